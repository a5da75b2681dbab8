; Captures the nodes of a Kotlin file. ../../engine/README.md explains the names of captures.

(line_comment) @comment
(block_comment) @comment
; At the top of a file, an annotation whose only argument has no name is parsed as a statement before its declaration.
(source_file (annotated_expression) @attribute)
(package_header (qualified_identifier) @name) @package
(import) @import

; Types.
(class_declaration name: (identifier) @name) @def
(class_declaration (modifiers) @modifiers) @def
(class_declaration (class_body) @body) @def
(class_declaration "interface") @def.interface
; Strings in annotations may contain the word.
((class_declaration (modifiers) @_enum "class") @def.enum (#match? @_enum "^(?:[^\"]|\"(?:[^\"\\\\]|\\\\.)*\")*\\benum\\b"))
((class_declaration (modifiers) @_class "class") @def.class (#not-match? @_class "^(?:[^\"]|\"(?:[^\"\\\\]|\\\\.)*\")*\\benum\\b"))
(class_declaration . "class") @def.class
(class_declaration (delegation_specifiers (delegation_specifier (user_type) @extends))) @def
(class_declaration (delegation_specifiers (delegation_specifier (constructor_invocation (user_type) @extends)))) @def
(class_declaration (delegation_specifiers (delegation_specifier (explicit_delegation . (user_type) @extends)))) @def
(object_declaration name: (identifier) @name (class_body)? @body) @def.class
(object_declaration (modifiers) @modifiers) @def.class
(object_declaration (delegation_specifiers (delegation_specifier (user_type) @extends))) @def.class
(object_declaration (delegation_specifiers (delegation_specifier (constructor_invocation (user_type) @extends)))) @def.class
(object_declaration (delegation_specifiers (delegation_specifier (explicit_delegation . (user_type) @extends)))) @def.class
; Members of a companion are members of the type around it.
(companion_object) @def.class @flag.transparent
(companion_object name: (identifier) @name) @def.class
(companion_object (modifiers) @modifiers) @def.class
(companion_object (delegation_specifiers (delegation_specifier (user_type) @extends))) @def.class
(companion_object (delegation_specifiers (delegation_specifier (constructor_invocation (user_type) @extends)))) @def.class
(companion_object (delegation_specifiers (delegation_specifier (explicit_delegation . (user_type) @extends)))) @def.class
(object_literal) @def.class
(object_literal (delegation_specifiers (delegation_specifier (user_type) @extends))) @def.class
(object_literal (delegation_specifiers (delegation_specifier (constructor_invocation (user_type) @extends)))) @def.class
(object_literal (delegation_specifiers (delegation_specifier (explicit_delegation . (user_type) @extends)))) @def.class
(object_literal (delegation_specifiers . (delegation_specifier (user_type) @type))) @cast
(object_literal (delegation_specifiers . (delegation_specifier (constructor_invocation (user_type) @type)))) @cast
(object_literal (delegation_specifiers . (delegation_specifier (explicit_delegation . (user_type) @type)))) @cast
(type_alias (modifiers)? @modifiers type: (identifier) @name (_) @value .) @def.type
(type_parameter (identifier) @name) @def.typeparam
(type_parameter (identifier) (_) @extends .) @def.typeparam
(type_constraint (identifier) @type (_) @extends .) @def.typeparam

; Members.
(function_declaration name: (identifier) @name) @def.function
(function_declaration (modifiers) @modifiers) @def.function
(function_declaration (function_body) @body) @def.function
(function_declaration (function_body (_) @value)) @def.function
(function_declaration (function_value_parameters) . [(user_type) (nullable_type) (function_type) (parenthesized_type)] @type) @def.function
(function_declaration [(user_type) (nullable_type) (parenthesized_type)] @receiver . name: (identifier)) @def.function
(secondary_constructor "constructor" @name) @def.constructor
(secondary_constructor (modifiers) @modifiers) @def.constructor
(secondary_constructor (block) @body) @def.constructor
(enum_entry (identifier) @name) @def.constant
(enum_entry (class_body) @scope)
((class_parameter (modifiers)? @modifiers (identifier) @name . (_) @type) @def.field (#match? @def.field "(^|[\\s)])va[lr]\\s+[\\w`]+\\s*:"))
((class_parameter (identifier) @name . (_) @type) @def.parameter (#not-match? @def.parameter "(^|[\\s)])va[lr]\\s+[\\w`]+\\s*:"))
[
  (source_file (property_declaration (variable_declaration . (identifier) @name)) @def.variable)
  (class_body (property_declaration (variable_declaration . (identifier) @name)) @def.field)
  (enum_class_body (property_declaration (variable_declaration . (identifier) @name)) @def.field)
  (block (property_declaration (variable_declaration . (identifier) @name)) @def.local)
  (lambda_literal (property_declaration (variable_declaration . (identifier) @name)) @def.local)
]
(property_declaration (modifiers) @modifiers) @def
(property_declaration (variable_declaration (identifier) (_) @type .)) @def
(property_declaration (variable_declaration) . (_) @value) @def
(property_declaration (getter (function_body (_) @value))) @def
(property_declaration (getter) @body) @def
(property_declaration (property_delegate (call_expression (identifier) @_lazy (annotated_lambda (lambda_literal (_) @value .)))) (#eq? @_lazy "lazy")) @def
(property_declaration [(user_type) (nullable_type) (parenthesized_type)] @receiver . (variable_declaration)) @def
(multi_variable_declaration (variable_declaration . (identifier) @name) @def.local)

[
  (function_declaration (function_value_parameters (parameter (identifier) @name (_) @type .) @def.parameter))
  (secondary_constructor (function_value_parameters (parameter (identifier) @name (_) @type .) @def.parameter))
]
[
  (function_declaration (function_value_parameters (parameter) @def.parameter @flag.optional . "="))
  (secondary_constructor (function_value_parameters (parameter) @def.parameter @flag.optional . "="))
]
[
  (function_declaration (function_value_parameters (parameter_modifiers) @_vararg . (parameter) @def.parameter @flag.rest) (#match? @_vararg "vararg"))
  (secondary_constructor (function_value_parameters (parameter_modifiers) @_vararg . (parameter) @def.parameter @flag.rest) (#match? @_vararg "vararg"))
]

; Inside bodies.
(block) @scope
(for_statement) @scope
(if_expression) @scope
(when_expression) @scope
(when_entry) @scope
(catch_block) @scope
(getter) @scope
(setter) @scope
(for_statement (variable_declaration . (identifier) @name) @def.local . (_) @iterated)
(for_statement (variable_declaration (identifier) (_) @type .) @def.local)
(catch_block (identifier) @name (_) @type) @def.local
(when_subject (variable_declaration . (identifier) @name) @def.local . (_) @value)
(setter (identifier) @name @def.local)
; A check with `is` applies to the code after it.
(is_expression left: (identifier) @name "is" right: (_) @type) @def.local
(when_expression (when_subject (identifier) @name) (when_entry condition: (type_test "is" (_) @type) @def.local))
(lambda_literal) @lambda
(lambda_literal (_) @value .) @lambda
(lambda_parameters (variable_declaration . (identifier) @name) @def.local @flag.inferred)
(lambda_parameters (variable_declaration (identifier) (_) @type .) @def.local)
(anonymous_function) @lambda
(anonymous_function (function_value_parameters (parameter (identifier) @name (_) @type .) @def.local))

; Expressions.
(identifier) @ref
(navigation_expression (_) @object (identifier) @name .) @member
(call_expression . (_) @callee (value_arguments) @args) @call
(call_expression (value_arguments (value_argument (_) @arg .))) @call
(call_expression (type_arguments (type_projection (_) @typearg))) @call
(call_expression . [(identifier) (navigation_expression) (parenthesized_expression)] @callee (annotated_lambda (lambda_literal) @arg .) .) @call
(call_expression (call_expression (value_arguments)) @call . (annotated_lambda (lambda_literal) @arg .))
(call_expression (call_expression (value_arguments)) @inner . (annotated_lambda)) @pass.call
(infix_expression . (_) @object . (identifier) @name . (_) @arg) @call
(binary_expression left: (_) @object operator: ["+" "-" "*" "/" "%"] @name right: (_) @arg) @call
(binary_expression left: (_) @arg operator: "?:" right: (_) @arg) @either
(binary_expression operator: ["==" "!=" "<" ">" "<=" ">=" "&&" "||" "===" "!=="]) @literal.Boolean
(is_expression) @literal.Boolean
(in_expression) @literal.Boolean
(as_expression right: (_) @type) @cast
(index_expression . (_) @object) @index
(parenthesized_expression (_) @inner) @pass.paren
(unary_expression argument: (_) @inner) @pass.unary
(if_expression condition: (_) (_) @arg) @either
((this_expression) @this (#eq? @this "this"))
(this_expression (identifier) @type) @cast
(super_expression) @super
(string_literal) @literal.String
(multiline_string_literal) @literal.String
((number_literal) @literal.Long (#match? @literal.Long "[^uU][lL]$"))
((number_literal) @literal.ULong (#match? @literal.ULong "[uU][lL]$"))
((number_literal) @literal.UInt (#match? @literal.UInt "[uU]$"))
((number_literal) @literal.Int (#not-match? @literal.Int "[uUlL]$"))
(float_literal) @literal.Double
(character_literal) @literal.Char
((identifier) @literal.null (#eq? @literal.null "null"))
((identifier) @literal.Boolean (#any-of? @literal.Boolean "true" "false"))
(value_argument . (identifier) @skip . "=")
(return_expression label: (identifier) @skip)

; Types: the identifiers of a name are siblings.
(user_type . (identifier) @ref.type)
(user_type . (type_modifiers) . (identifier) @ref.type)
(user_type (identifier) @object . (identifier) @member @name)
(user_type (identifier) @inner .) @pass.type
(user_type (identifier) @base . (type_arguments (type_projection (_) @arg))) @generic
(nullable_type (_) @inner) @pass.nullable
(parenthesized_type (_) @inner) @pass.paren
(function_type . (function_type_parameters)) @literal.Function
(function_type . (type_modifiers) . (function_type_parameters)) @literal.Function
(function_type . [(user_type) (nullable_type) (parenthesized_type)] @arg . (function_type_parameters)) @literal.Extension
(function_type (function_type_parameters (_) @arg)) @literal
(function_type (function_type_parameters) (_) @arg .) @literal
