; Captures the nodes of a Java file. ../../engine/README.md explains the names of captures.

(line_comment) @comment
(block_comment) @comment

(package_declaration (_) @name .) @package
(import_declaration) @import

; Types. Modifiers hold annotations.
(class_declaration (modifiers)? @modifiers name: (identifier) @name body: (_) @body) @def.class
(class_declaration superclass: (superclass (_) @extends)) @def.class
(class_declaration interfaces: (super_interfaces (type_list (_) @implements))) @def.class
(interface_declaration (modifiers)? @modifiers name: (identifier) @name body: (_) @body) @def.interface
(interface_declaration (extends_interfaces (type_list (_) @extends))) @def.interface
(enum_declaration (modifiers)? @modifiers name: (identifier) @name body: (_) @body) @def.enum
(enum_declaration interfaces: (super_interfaces (type_list (_) @implements))) @def.enum
(record_declaration (modifiers)? @modifiers name: (identifier) @name body: (_) @body) @def.class
(record_declaration interfaces: (super_interfaces (type_list (_) @implements))) @def.class
(record_declaration parameters: (formal_parameters (formal_parameter (modifiers)? @modifiers type: (_) @type name: (identifier) @name) @def.field))
(annotation_type_declaration (modifiers)? @modifiers name: (identifier) @name body: (_) @body) @def.interface
(annotation_type_element_declaration (modifiers)? @modifiers type: (_) @type name: (identifier) @name) @def.method
(type_parameter (type_identifier) @name) @def.typeparam
(type_parameter (type_bound (_) @extends)) @def.typeparam

; Members.
(method_declaration (modifiers)? @modifiers type: (_) @type name: (identifier) @name) @def.method
(method_declaration body: (_) @body) @def.method
(constructor_declaration (modifiers)? @modifiers name: (identifier) @name body: (_) @body) @def.constructor
(compact_constructor_declaration (modifiers)? @modifiers name: (identifier) @name body: (_) @body) @def.constructor
(enum_constant (modifiers)? @modifiers name: (identifier) @name) @def.constant
(enum_constant body: (class_body) @scope)
; An anonymous class: its members belong to the enclosing declaration.
(object_creation_expression type: (_) @extends (class_body) @def.class)
(static_initializer) @scope
(field_declaration (modifiers)? @modifiers type: (_) @type declarator: (variable_declarator name: (identifier) @name value: (_)? @value) @def.field)
(constant_declaration (modifiers)? @modifiers type: (_) @type declarator: (variable_declarator name: (identifier) @name value: (_)? @value) @def.constant)

(method_declaration parameters: (formal_parameters (formal_parameter type: (_) @type name: (identifier) @name) @def.parameter))
(constructor_declaration parameters: (formal_parameters (formal_parameter type: (_) @type name: (identifier) @name) @def.parameter))
(spread_parameter (_) @type (variable_declarator name: (identifier) @name) @flag.rest) @def.parameter

; Inside bodies.
(block) @scope
(for_statement) @scope
(lambda_expression) @lambda
(lambda_expression body: (_) @value) @lambda
(switch_expression) @scope
(switch_rule) @scope
(local_variable_declaration declarator: (variable_declarator name: (identifier) @name value: (_)? @value) @def.local)
((local_variable_declaration type: (_) @type declarator: (variable_declarator) @def) (#not-eq? @type "var"))
(enhanced_for_statement) @scope
(enhanced_for_statement name: (identifier) @name value: (_) @iterated) @def.local
((enhanced_for_statement type: (_) @type) @def (#not-eq? @type "var"))
(catch_clause) @scope
(catch_formal_parameter (catch_type . (_) @type) name: (identifier) @name) @def.local
(try_with_resources_statement) @scope
(resource name: (identifier) @name value: (_) @value) @def.local
((resource type: (_) @type) @def (#not-eq? @type "var"))
(instanceof_expression right: (_) @type name: (identifier) @name) @def.local
(type_pattern (_) @type (identifier) @name) @def.local
(lambda_expression parameters: (identifier) @name @def.local @flag.inferred)
(inferred_parameters (identifier) @name @def.local @flag.inferred)
(lambda_expression parameters: (formal_parameters (formal_parameter type: (_) @type name: (identifier) @name) @def.local))
((lambda_expression parameters: (formal_parameters (formal_parameter type: (type_identifier) @_var name: (identifier) @name) @def.local @flag.inferred)) (#eq? @_var "var"))
(record_pattern_component (_) @type (identifier) @name .) @def.local

; Expressions.
(identifier) @ref
(field_access object: (_) @object field: (identifier) @name) @member
(scoped_identifier scope: (_) @object name: (identifier) @name) @member
(method_invocation object: (_)? @object name: (identifier) @name arguments: (argument_list) @args) @call
(method_invocation arguments: (argument_list (_) @arg)) @call
(method_invocation type_arguments: (type_arguments (_) @typearg)) @call
(method_reference . (_) @object (identifier) @name .) @member
(object_creation_expression type: (_) @type arguments: (argument_list) @args) @new
(object_creation_expression arguments: (argument_list (_) @arg)) @new
(explicit_constructor_invocation constructor: (_) @callee arguments: (argument_list) @args) @call
(explicit_constructor_invocation arguments: (argument_list (_) @arg)) @call
(array_creation_expression type: (_) @arg) @literal.Array
(cast_expression type: (_) @type) @cast
(array_access array: (_) @object) @index
(parenthesized_expression (_) @inner) @pass.paren
(assignment_expression right: (_) @inner) @pass.assign
(ternary_expression consequence: (_) @arg alternative: (_) @arg) @either
(this) @this
(super) @super
(string_literal) @literal.String
((decimal_integer_literal) @literal.int (#not-match? @literal.int "[lL]$"))
((decimal_integer_literal) @literal.long (#match? @literal.long "[lL]$"))
((hex_integer_literal) @literal.int (#not-match? @literal.int "[lL]$"))
((hex_integer_literal) @literal.long (#match? @literal.long "[lL]$"))
((decimal_floating_point_literal) @literal.double (#not-match? @literal.double "[fF]$"))
((decimal_floating_point_literal) @literal.float (#match? @literal.float "[fF]$"))
(character_literal) @literal.char
(true) @literal.boolean
(false) @literal.boolean
(null_literal) @literal.null
(class_literal (_) @arg) @literal.Class
(wildcard (_) @inner .) @pass.wildcard
; An enum constant is written without its type after `case`.
(switch_expression condition: (_) @inner body: (switch_block) @pass.switch)
(switch_expression body: (switch_block (_ (switch_label (identifier) @member @name))) @object)
(binary_expression left: (_) @arg operator: "+" right: (_) @arg) @either
(instanceof_expression) @literal.boolean
(unary_expression operator: "!") @literal.boolean
(unary_expression operator: ["-" "+" "~"] operand: (_) @inner) @pass.unary
(binary_expression left: (_) @arg operator: ["-" "*" "/" "%"] right: (_) @arg) @either
(binary_expression operator: ["==" "!=" "<" ">" "<=" ">=" "&&" "||"]) @literal.boolean
(marker_annotation name: (_) @ref)
(annotation name: (_) @ref)
(element_value_pair key: (identifier) @skip)
(labeled_statement . (identifier) @skip)
(break_statement (identifier) @skip)
(continue_statement (identifier) @skip)

; Types.
(type_identifier) @ref.type
(scoped_type_identifier (_) @object (type_identifier) @name .) @member
(generic_type . (_) @base) @generic
(generic_type (type_arguments (_) @arg)) @generic
(array_type element: (_) @arg) @array
(integral_type) @ref.type
(floating_point_type) @ref.type
(boolean_type) @ref.type
