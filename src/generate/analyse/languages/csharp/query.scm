; Captures the nodes of a C# file. ../../engine/README.md explains the names of captures.

(comment) @comment
(using_directive) @import
(file_scoped_namespace_declaration name: (_) @name) @package
(global_attribute) @skip
(preproc_if condition: (_) @skip)
(preproc_elif condition: (_) @skip)

; Namespaces and types.
(namespace_declaration name: (_) @name) @def.namespace
(class_declaration name: (identifier) @name body: (_)? @body) @def.class
(class_declaration [(modifier) (attribute_list)] @modifiers) @def.class
(class_declaration (base_list [(identifier) (qualified_name) (generic_name) (alias_qualified_name)] @extends)) @def.class
(class_declaration (base_list (primary_constructor_base_type type: (_) @extends))) @def.class
(class_declaration (parameter_list (parameter type: (_) @type name: (identifier) @name) @def.parameter))
((struct_declaration name: (identifier) @name body: (_)? @body) @def.struct (#not-eq? @name "__"))
; An extension block, see `extension-blocks.ts`.
((struct_declaration name: (identifier) @name body: (_) @body) @def.impl @flag.transparent (#eq? @name "__"))
(struct_declaration [(modifier) (attribute_list)] @modifiers) @def.struct
((struct_declaration name: (identifier) @_name (base_list [(identifier) (qualified_name) (generic_name) (alias_qualified_name)] @extends)) @def.struct (#not-eq? @_name "__"))
(struct_declaration (parameter_list (parameter type: (_) @type name: (identifier) @name) @def.parameter))
(record_declaration name: (identifier) @name body: (_)? @body) @def.class
(record_declaration [(modifier) (attribute_list)] @modifiers) @def.class
(record_declaration (base_list [(identifier) (qualified_name) (generic_name) (alias_qualified_name)] @extends)) @def.class
(record_declaration (base_list (primary_constructor_base_type type: (_) @extends))) @def.class
(record_declaration "record" @modifiers (parameter_list (parameter (attribute_list)? @modifiers type: (_) @type name: (identifier) @name) @def.field))
(interface_declaration name: (identifier) @name body: (_)? @body) @def.interface
(interface_declaration [(modifier) (attribute_list)] @modifiers) @def.interface
(interface_declaration (base_list [(identifier) (qualified_name) (generic_name) (alias_qualified_name)] @extends)) @def.interface
(enum_declaration name: (identifier) @name body: (_)? @body) @def.enum
(enum_declaration [(modifier) (attribute_list)] @modifiers) @def.enum
(enum_member_declaration name: (identifier) @name) @def.constant
(delegate_declaration name: (identifier) @name) @def.type
(delegate_declaration [(modifier) (attribute_list)] @modifiers) @def.type
(type_parameter name: (identifier) @name) @def.typeparam
(type_parameter_constraints_clause (identifier) @type (type_parameter_constraint type: (_) @extends)) @def.typeparam

; Members.
(method_declaration returns: (_) @type name: (identifier) @name) @def.method
(method_declaration [(modifier) (attribute_list)] @modifiers) @def.method
(method_declaration body: (_) @body) @def.method
(constructor_declaration name: (identifier) @name) @def.constructor
(constructor_declaration [(modifier) (attribute_list)] @modifiers) @def.constructor
(constructor_declaration (constructor_initializer) @body) @def.constructor
(constructor_declaration body: (_) @body) @def.constructor
(destructor_declaration "~" @name body: (_) @body) @def.method
(operator_declaration type: (_) @type "operator" @name body: (_)? @body) @def.method
(operator_declaration (modifier) @modifiers) @def.method
(conversion_operator_declaration "operator" @name type: (_) @type body: (_)? @body) @def.method
(conversion_operator_declaration (modifier) @modifiers) @def.method
(indexer_declaration type: (_) @type "this" @name) @def.method
(indexer_declaration (modifier) @modifiers) @def.method
(indexer_declaration accessors: (_) @body) @def.method
(indexer_declaration value: (_) @body) @def.method
(property_declaration type: (_) @type name: (identifier) @name) @def.field
(property_declaration [(modifier) (attribute_list)] @modifiers) @def.field
(property_declaration accessors: (_) @body) @def.field
(property_declaration value: (arrow_expression_clause) @body) @def.field
(event_declaration type: (_) @type name: (identifier) @name accessors: (_) @body) @def.field
(event_declaration (modifier) @modifiers) @def.field
(field_declaration (variable_declaration type: (_) @type (variable_declarator name: (identifier) @name) @def.field))
(field_declaration (modifier) @modifiers (variable_declaration (variable_declarator) @def.field))
(field_declaration (attribute_list) @modifiers (variable_declaration (variable_declarator) @def.field))
(field_declaration (variable_declaration (variable_declarator name: (identifier) "=" . (_) @value) @def.field))
(event_field_declaration (variable_declaration type: (_) @type (variable_declarator name: (identifier) @name) @def.field))
(event_field_declaration (modifier) @modifiers (variable_declaration (variable_declarator) @def.field))
(event_field_declaration (attribute_list) @modifiers (variable_declaration (variable_declarator) @def.field))
(local_function_statement type: (_) @type name: (identifier) @name) @def.function

[
  (method_declaration parameters: (parameter_list (parameter type: (_) @type name: (identifier) @name) @def.parameter))
  (constructor_declaration parameters: (parameter_list (parameter type: (_) @type name: (identifier) @name) @def.parameter))
  (local_function_statement parameters: (parameter_list (parameter type: (_) @type name: (identifier) @name) @def.parameter))
  (operator_declaration parameters: (parameter_list (parameter type: (_) @type name: (identifier) @name) @def.parameter))
  (conversion_operator_declaration parameters: (parameter_list (parameter type: (_) @type name: (identifier) @name) @def.parameter))
  (indexer_declaration parameters: (bracketed_parameter_list (parameter type: (_) @type name: (identifier) @name) @def.parameter))
  (delegate_declaration parameters: (parameter_list (parameter type: (_) @type name: (identifier) @name) @def.parameter))
]
[
  (method_declaration parameters: (parameter_list (parameter "=") @def.parameter @flag.optional))
  (constructor_declaration parameters: (parameter_list (parameter "=") @def.parameter @flag.optional))
  (local_function_statement parameters: (parameter_list (parameter "=") @def.parameter @flag.optional))
]
; `f(this T value)` is called with and without its first argument.
(method_declaration parameters: (parameter_list . (parameter (modifier) @_this) @def.parameter @flag.optional) (#eq? @_this "this"))
; `params T[] rest` has no node of its own.
[
  (method_declaration parameters: (parameter_list type: [(array_type type: (_) @type) (nullable_type type: (array_type type: (_) @type))] name: (identifier) @name @def.parameter @flag.rest))
  (constructor_declaration parameters: (parameter_list type: [(array_type type: (_) @type) (nullable_type type: (array_type type: (_) @type))] name: (identifier) @name @def.parameter @flag.rest))
  (local_function_statement parameters: (parameter_list type: [(array_type type: (_) @type) (nullable_type type: (array_type type: (_) @type))] name: (identifier) @name @def.parameter @flag.rest))
]

; Inside bodies.
(block) @scope
(for_statement) @scope
(foreach_statement) @scope
(using_statement) @scope
(fixed_statement) @scope
(catch_clause) @scope
(switch_body) @scope
(switch_expression_arm) @scope
(query_expression) @scope
(accessor_declaration) @scope
(arrow_expression_clause) @scope
[
  (local_declaration_statement (variable_declaration type: (_) @type (variable_declarator name: (identifier) @name) @def.local))
  (using_statement (variable_declaration type: (_) @type (variable_declarator name: (identifier) @name) @def.local))
  (for_statement (variable_declaration type: (_) @type (variable_declarator name: (identifier) @name) @def.local))
  (fixed_statement (variable_declaration type: (_) @type (variable_declarator name: (identifier) @name) @def.local))
]
[
  (local_declaration_statement (variable_declaration (variable_declarator name: (identifier) "=" . (_) @value) @def.local))
  (using_statement (variable_declaration (variable_declarator name: (identifier) "=" . (_) @value) @def.local))
  (for_statement (variable_declaration (variable_declarator name: (identifier) "=" . (_) @value) @def.local))
]
(foreach_statement type: (_) @type left: (identifier) @name right: (_) @iterated) @def.local
(catch_declaration type: (_) @type name: (identifier) @name) @def.local
(declaration_expression type: (_) @type name: (identifier) @name) @def.local
(declaration_pattern type: (_) @type name: (identifier) @name) @def.local
(recursive_pattern type: (_) @type name: (identifier) @name) @def.local
(var_pattern name: (identifier) @name) @def.local
(tuple_pattern name: (identifier) @name @def.local)
(from_clause name: (identifier) @name (_) @iterated .) @def.local
(let_clause (identifier) @name "=" (_) @value) @def.local
(lambda_expression) @lambda
(lambda_expression body: (_) @value) @lambda
(lambda_expression parameters: (implicit_parameter) @name @def.local @flag.inferred)
(lambda_expression parameters: (parameter_list (parameter !type name: (identifier) @name) @def.local @flag.inferred))
(lambda_expression parameters: (parameter_list (parameter type: (_) @type name: (identifier) @name) @def.local))
(anonymous_method_expression) @lambda
(anonymous_method_expression parameters: (parameter_list (parameter type: (_) @type name: (identifier) @name) @def.local))

; Expressions.
(identifier) @ref
(member_access_expression expression: _ @object name: (identifier) @name) @member
(member_access_expression expression: _ @object name: (generic_name . (identifier) @name)) @member
(qualified_name qualifier: (_) @object name: (identifier) @name) @member
(qualified_name qualifier: (_) @object name: (generic_name . (identifier) @member @name))
(qualified_name name: (generic_name) @inner) @pass.type
(alias_qualified_name name: (identifier) @name) @ref
(alias_qualified_name alias: (identifier) @skip)
(conditional_access_expression condition: (_) @object (member_binding_expression name: (identifier) @name) @member)
(conditional_access_expression condition: (_) @object (member_binding_expression name: (generic_name . (identifier) @name)) @member)
(conditional_access_expression condition: (_) @object (element_binding_expression) @index)
(conditional_access_expression (_) @inner .) @pass.conditional
(invocation_expression function: [(identifier) (member_access_expression) (conditional_access_expression) (parenthesized_expression) (invocation_expression) (element_access_expression) (postfix_unary_expression) (alias_qualified_name)] @callee arguments: (argument_list) @args) @call
(invocation_expression function: (generic_name . (identifier) @name) arguments: (argument_list) @args) @call
(invocation_expression arguments: (argument_list (argument (_) @arg .))) @call
(invocation_expression function: (generic_name (type_argument_list (_) @typearg))) @call
(invocation_expression function: (member_access_expression name: (generic_name (type_argument_list (_) @typearg)))) @call
(object_creation_expression type: (_) @type) @new
(object_creation_expression arguments: (argument_list) @args) @new
(object_creation_expression arguments: (argument_list (argument (_) @arg .))) @new
(object_creation_expression initializer: (initializer_expression (assignment_expression left: (identifier) @member @name))) @object
(with_expression (_) @object (with_initializer (identifier) @member @name))
(array_creation_expression type: (_) @type) @cast
(cast_expression type: (_) @type) @cast
(as_expression right: (_) @type) @cast
(is_expression right: (_) @arg) @literal.bool
(is_pattern_expression) @literal.bool
(default_expression type: (_) @type) @cast
(typeof_expression type: (_) @arg) @literal.Type
(element_access_expression expression: _ @object) @index
(parenthesized_expression (_) @inner) @pass.paren
(await_expression (_) @inner) @pass.await
(postfix_unary_expression (_) @inner) @pass.unary
(prefix_unary_expression (_) @inner) @pass.unary
(ref_expression (_) @inner) @pass.ref
(assignment_expression right: (_) @inner) @pass.assign
(conditional_expression consequence: (_) @arg alternative: (_) @arg) @either
(binary_expression left: (_) @arg operator: ["??" "+"] right: (_) @arg) @either
(binary_expression operator: ["==" "!=" "<" ">" "<=" ">=" "&&" "||"]) @literal.bool
(switch_expression (switch_expression_arm (_) @arg .)) @either
(with_expression . (_) @inner) @pass.with
(constructor_initializer ["this" "base"] @callee (argument_list) @args) @call
(constructor_initializer (argument_list (argument (_) @arg .))) @call
"this" @this
"base" @super
(string_literal) @literal.string
(interpolated_string_expression) @literal.string
(verbatim_string_literal) @literal.string
(raw_string_literal) @literal.string
((integer_literal) @literal.int (#not-match? @literal.int "[uUlL]$"))
((integer_literal) @literal.long (#match? @literal.long "[^uU][lL]$"))
((integer_literal) @literal.uint (#match? @literal.uint "[uU]$"))
((integer_literal) @literal.ulong (#match? @literal.ulong "([uU][lL]|[lL][uU])$"))
((real_literal) @literal.double (#not-match? @literal.double "[fFmM]$"))
((real_literal) @literal.float (#match? @literal.float "[fF]$"))
((real_literal) @literal.decimal (#match? @literal.decimal "[mM]$"))
(character_literal) @literal.char
(boolean_literal) @literal.bool
(null_literal) @literal.null
(attribute name: (identifier) @ref.annotation)
(attribute name: (qualified_name) @ref.annotation)
(attribute_argument (identifier) @skip . "=")
(argument name: (identifier) @skip)
(subpattern . (identifier) @skip)
(anonymous_object_creation_expression (identifier) @skip . "=")
(tuple_element name: (identifier) @skip)
(labeled_statement . (identifier) @skip)
(goto_statement (identifier) @skip)
(implicit_type) @skip

; Types.
(predefined_type) @ref.type
(generic_name . (identifier) @base) @generic
(generic_name (type_argument_list (_) @arg)) @generic
(array_type type: (_) @arg) @array
(nullable_type type: (_) @inner) @pass.nullable
(ref_type type: (_) @inner) @pass.ref
(pointer_type type: (_) @inner) @pass.pointer
