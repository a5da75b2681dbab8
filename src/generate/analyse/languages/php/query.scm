; Captures the nodes of a PHP file. ../../engine/README.md explains the names of captures.
; A method overrides the inherited one whatever its parameters, and surplus arguments are not an error, so every
; parameter is @flag.rest.

(comment) @comment
(text) @skip
(text_interpolation) @skip

; Namespaces: with a body they are declarations, without one the whole file is in it.
(namespace_definition name: (namespace_name) @name !body) @package
(namespace_definition name: (namespace_name) @name body: (_) @body) @def.namespace
(namespace_use_declaration) @import.use
(include_expression) @import.include
(include_once_expression) @import.include
(require_expression) @import.include
(require_once_expression) @import.include

; Types.
(class_declaration name: (name) @name body: (_) @body) @def.class
(class_declaration (abstract_modifier) @modifiers) @def.class
(class_declaration (final_modifier) @modifiers) @def.class
(class_declaration (readonly_modifier) @modifiers) @def.class
(class_declaration (base_clause (_) @extends)) @def.class
(class_declaration (class_interface_clause (_) @implements)) @def.class
(class_declaration body: (declaration_list (use_declaration [(name) (qualified_name)] @extends))) @def.class
(interface_declaration name: (name) @name body: (_) @body) @def.interface
(interface_declaration (base_clause (_) @extends)) @def.interface
(trait_declaration name: (name) @name body: (_) @body) @def.trait
(trait_declaration body: (declaration_list (use_declaration [(name) (qualified_name)] @extends))) @def.trait
(enum_declaration name: (name) @name body: (_) @body) @def.enum
(enum_declaration (class_interface_clause (_) @implements)) @def.enum
(enum_declaration body: (enum_declaration_list (use_declaration [(name) (qualified_name)] @extends))) @def.enum
(anonymous_class body: (_) @body) @def.class
(anonymous_class (base_clause (_) @extends)) @def.class
(anonymous_class (class_interface_clause (_) @implements)) @def.class
(anonymous_class body: (declaration_list (use_declaration [(name) (qualified_name)] @extends))) @def.class
(use_list) @skip

; Members.
(method_declaration name: (name) @name) @def.method
(method_declaration return_type: (_) @type) @def.method
(method_declaration body: (_) @body) @def.method
(method_declaration (visibility_modifier) @modifiers) @def.method
(method_declaration (static_modifier) @modifiers) @def.method
(method_declaration (abstract_modifier) @modifiers) @def.method
(method_declaration body: (compound_statement (return_statement (_) @value) .)) @def.method
(property_declaration (property_element name: (variable_name) @name) @def.field) @outer
(property_declaration type: (_) @type (property_element) @def.field)
(property_declaration (visibility_modifier) @modifiers (property_element) @def.field)
(property_declaration (static_modifier) @modifiers (property_element) @def.field)
(property_declaration (readonly_modifier) @modifiers (property_element) @def.field)
(property_element default_value: (_) @value) @def.field
(property_promotion_parameter visibility: (visibility_modifier) @modifiers name: (variable_name) @name) @def.attribute
(property_promotion_parameter type: (_) @type) @def.attribute
(property_promotion_parameter name: (variable_name) @name @def.parameter @flag.rest)
(property_promotion_parameter type: (_) @type name: (variable_name) @def.parameter)
(const_declaration (const_element . (name) @name (_) @value) @def.constant) @outer
(const_declaration (visibility_modifier) @modifiers (const_element) @def.constant)
(enum_case name: (name) @name) @def.constant
; Assignments to a property show its value.
(assignment_expression
  left: (member_access_expression object: (variable_name) @_this name: (name) @name)
  right: (_) @value
  (#eq? @_this "$this")) @def.attribute @flag.special

; Functions and constants.
(function_definition name: (name) @name) @def.function
(function_definition return_type: (_) @type) @def.function
(function_definition body: (_) @body) @def.function
(function_definition body: (compound_statement (return_statement (_) @value) .)) @def.function
(function_call_expression
  function: [(name) (qualified_name)] @_define
  arguments: (arguments . (argument (string (string_content) @name)) . (argument (_) @value))
  (#match? @_define "^\\\\?define$")) @def.constant

(simple_parameter name: (variable_name) @name) @def.parameter @flag.rest
(simple_parameter type: (_) @type) @def.parameter
(variadic_parameter name: (variable_name) @name) @def.parameter @flag.rest

; Inside bodies. A variable belongs to the whole function.
(anonymous_function) @scope
(arrow_function) @scope
(anonymous_function parameters: (formal_parameters (_ name: (variable_name) @name) @def.local))
(anonymous_function parameters: (formal_parameters (_ type: (_) @type name: (variable_name)) @def.local))
(arrow_function parameters: (formal_parameters (_ name: (variable_name) @name) @def.local))
(arrow_function parameters: (formal_parameters (_ type: (_) @type name: (variable_name)) @def.local))
(assignment_expression left: (variable_name) @name right: (_) @value) @def.local
(reference_assignment_expression left: (variable_name) @name right: (_) @value) @def.local
(augmented_assignment_expression left: (variable_name) @name operator: "??=" right: (_) @value) @def.local
(assignment_expression left: (list_literal (variable_name) @name @def.local))
(assignment_expression left: (list_literal (_ (variable_name) @name @def.local)))
(foreach_statement . (_) @iterated . (variable_name) @name) @def.local
(foreach_statement . (_) @iterated . (pair (_) . (variable_name) @name)) @def.local
(foreach_statement . (_) @iterated . (by_ref (variable_name) @name)) @def.local
(foreach_statement . (_) . (pair . (variable_name) @name @def.local))
(catch_clause type: (_) @type name: (variable_name) @name) @def.local
(static_variable_declaration name: (variable_name) @name value: (_) @value) @def.local

; Names.
(variable_name) @ref
(variable_name (name) @skip)
((variable_name) @this (#eq? @this "$this"))
(name) @ref
(qualified_name) @ref
(relative_name) @ref
(namespace_name) @skip
(qualified_name (name) @skip)
(relative_name (name) @skip)
((name) @this (#any-of? @this "self" "static"))
((name) @super (#eq? @super "parent"))
((relative_scope) @this (#any-of? @this "self" "static"))
((relative_scope) @super (#eq? @super "parent"))
(argument name: (name) @skip)
(static_modifier) @this

; Expressions.
(member_access_expression object: (_) @object name: (name) @name) @member
(nullsafe_member_access_expression object: (_) @object name: (name) @name) @member
(scoped_property_access_expression scope: (_) @object name: (variable_name (name) @name)) @member
(class_constant_access_expression . (_) @object (name) @name .) @member
; `f(...)` makes a function value and calls nothing. These patterns precede those of calls, which would also match.
(member_call_expression object: (_) @object name: (name) @name arguments: (arguments . (variadic_placeholder))) @member.function
(scoped_call_expression scope: (_) @object name: (name) @name arguments: (arguments . (variadic_placeholder))) @member.function
(function_call_expression function: (_) @inner arguments: (arguments . (variadic_placeholder))) @pass.closure
(function_call_expression function: [(name) (qualified_name) (relative_name)] @ref.function arguments: (arguments . (variadic_placeholder)))
(member_call_expression object: (_) @object name: (name) @name arguments: (_) @args) @call
(member_call_expression arguments: (arguments (argument (_) @arg .))) @call
(nullsafe_member_call_expression object: (_) @object name: (name) @name arguments: (_) @args) @call
(nullsafe_member_call_expression arguments: (arguments (argument (_) @arg .))) @call
(scoped_call_expression scope: (_) @object name: (name) @name arguments: (_) @args) @call
(scoped_call_expression arguments: (arguments (argument (_) @arg .))) @call
(function_call_expression function: [(name) (qualified_name) (relative_name)] @callee arguments: (_) @args) @call
(function_call_expression function: (variable_name) @callee arguments: (_) @args) @call
(function_call_expression function: (parenthesized_expression) @callee arguments: (_) @args) @call
(function_call_expression function: (member_call_expression) @callee arguments: (_) @args) @call
(function_call_expression arguments: (arguments (argument (_) @arg .))) @call
(object_creation_expression . [(name) (qualified_name) (relative_name)] @type) @new
(object_creation_expression (arguments) @args) @new
(object_creation_expression (arguments (argument (_) @arg .))) @new
(object_creation_expression (anonymous_class)) @literal.object
(subscript_expression . (_) @object) @index
(parenthesized_expression (_) @inner) @pass.paren
(clone_expression (_) @inner) @pass.clone
(assignment_expression right: (_) @inner) @pass.assign
(augmented_assignment_expression operator: "??=" right: (_) @inner) @pass.assign
(error_suppression_expression (_) @inner) @pass.quiet
(conditional_expression body: (_) @arg) @either
(conditional_expression condition: (_) @arg !body) @either
(conditional_expression alternative: (_) @arg) @either
(binary_expression left: (_) @arg operator: "??" right: (_) @arg) @either
(match_expression body: (match_block (_ return_expression: (_) @arg))) @either
(array_creation_expression) @literal.array
(string) @literal.string
(encapsed_string) @literal.string
(integer) @literal.int
(float) @literal.float
(boolean) @literal.bool
(null) @literal.null

; Types.
(named_type (_) @inner) @pass.type
(optional_type (_) @inner) @pass.type
(union_type (_) @arg) @either
(intersection_type (_) @arg) @either
(disjunctive_normal_form_type (_) @arg) @either
(type_list (_) @arg) @either
(primitive_type) @ref.type
