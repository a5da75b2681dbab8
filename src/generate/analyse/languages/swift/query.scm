; Captures the nodes of a Swift file. ../../engine/README.md explains the names of captures.

(comment) @comment
(multiline_comment) @comment
(import_declaration) @skip

; Types. An extension adds to a type that is declared elsewhere.
(class_declaration (modifiers)? @modifiers declaration_kind: "class" name: (type_identifier) @name body: (_) @body) @def.class
(class_declaration declaration_kind: "class" (inheritance_specifier inherits_from: (_) @extends)) @def.class
(class_declaration (modifiers)? @modifiers declaration_kind: "actor" name: (type_identifier) @name body: (_) @body) @def.class
(class_declaration declaration_kind: "actor" (inheritance_specifier inherits_from: (_) @extends)) @def.class
(class_declaration (modifiers)? @modifiers declaration_kind: "struct" name: (type_identifier) @name body: (_) @body) @def.struct
(class_declaration declaration_kind: "struct" (inheritance_specifier inherits_from: (_) @extends)) @def.struct
(class_declaration (modifiers)? @modifiers declaration_kind: "enum" name: (type_identifier) @name body: (_) @body) @def.enum
(class_declaration declaration_kind: "enum" (inheritance_specifier inherits_from: (_) @extends)) @def.enum
(class_declaration declaration_kind: "extension" name: (_) @receiver body: (_) @body) @def.impl
(class_declaration declaration_kind: "extension" (inheritance_specifier inherits_from: (_) @extends)) @def.impl
(protocol_declaration name: (type_identifier) @name body: (_) @body) @def.interface
(protocol_declaration (modifiers) @modifiers) @def.interface
(protocol_declaration (inheritance_specifier inherits_from: (_) @extends)) @def.interface
(typealias_declaration name: (type_identifier) @name) @def.type
(typealias_declaration (modifiers) @modifiers) @def.type
(type_parameter . (type_identifier) @name) @def.typeparam
(type_parameter name: (_) @extends) @def.typeparam

; Members and functions.
(function_declaration name: [(simple_identifier) (custom_operator)] @name) @def.function
(function_declaration name: ["==" "!=" "===" "!==" "<" ">" "<=" ">=" "+" "-" "*" "/" "%" "+=" "-=" "*=" "/=" "%=" "!"] @name) @def.function
(function_declaration name: [(user_type) (optional_type) (array_type) (existential_type) (opaque_type)] @type) @def.function
(function_declaration (modifiers) @modifiers) @def.function
(function_declaration body: (_) @body) @def.function
(protocol_function_declaration name: (simple_identifier) @name) @def.function
(protocol_function_declaration name: [(user_type) (optional_type) (array_type) (existential_type) (opaque_type)] @type) @def.function
(subscript_declaration "subscript" @name) @def.function
(subscript_declaration (modifiers) @modifiers) @def.function
(subscript_declaration name: [(user_type) (optional_type) (array_type) (existential_type) (opaque_type)] @type) @def.function
; `{ get set }` in a protocol is no body.
(class_body (subscript_declaration (computed_property) @body) @def.function)
(enum_class_body (subscript_declaration (computed_property) @body) @def.function)
(init_declaration name: "init" @name) @def.constructor
(init_declaration (modifiers) @modifiers) @def.constructor
(init_declaration body: (_) @body) @def.constructor
; The modifiers of an extension apply to its members.
(class_declaration (modifiers) @modifiers declaration_kind: "extension" body: (class_body (_) @def))
(class_declaration (modifiers) @modifiers declaration_kind: "extension" body: (class_body (property_declaration name: (pattern) @def)))
; The kind of a property depends on its parent.
(class_body (property_declaration (modifiers)? @modifiers
  name: (pattern bound_identifier: (simple_identifier) @name) @def.field (type_annotation (_) @type)? value: (_)? @value computed_value: (_)? @body) @outer)
(enum_class_body (property_declaration (modifiers)? @modifiers
  name: (pattern bound_identifier: (simple_identifier) @name) @def.field (type_annotation (_) @type)? value: (_)? @value computed_value: (_)? @body) @outer)
(source_file (property_declaration (modifiers)? @modifiers
  name: (pattern bound_identifier: (simple_identifier) @name) @def.variable (type_annotation (_) @type)? value: (_)? @value computed_value: (_)? @body) @outer)
(statements (property_declaration
  name: (pattern bound_identifier: (simple_identifier) @name) @def.local (type_annotation (_) @type)? value: (_)? @value))
(protocol_property_declaration name: (pattern bound_identifier: (simple_identifier) @name)) @def.field
(protocol_property_declaration (type_annotation (_) @type)) @def.field
(enum_entry name: (simple_identifier) @name @def.constant) @outer

(parameter name: (simple_identifier) @name) @def.parameter
(parameter [(user_type) (optional_type) (array_type) (existential_type) (opaque_type)] @type) @def.parameter
(_ (parameter) @def.parameter @flag.optional . "=")
(_ (parameter) @def.parameter @flag.rest . "...")


; Inside bodies.
(statements) @scope
(if_statement) @scope
(while_statement) @scope
(for_statement) @scope
(switch_entry) @scope
(lambda_literal) @lambda
(lambda_parameter name: (simple_identifier) @name) @def.local
(lambda_parameter [(user_type) (optional_type) (array_type) (existential_type) (opaque_type)] @type) @def.local
(for_statement item: (pattern bound_identifier: (simple_identifier) @name) @def.local collection: (_) @iterated)
(if_statement bound_identifier: (simple_identifier) @name @def.local . "=" . condition: (_) @value)
(guard_statement bound_identifier: (simple_identifier) @name @def.local . "=" . condition: (_) @value)
(catch_block) @scope
(catch_block error: (pattern bound_identifier: (simple_identifier) @name @def.local))
(catch_block error: (pattern (pattern bound_identifier: (simple_identifier) @name @def.local)))
(if_statement condition: (pattern bound_identifier: (simple_identifier) @name @def.local))
(guard_statement condition: (pattern bound_identifier: (simple_identifier) @name @def.local))
(switch_pattern (pattern (pattern bound_identifier: (simple_identifier) @name @def.local)))

; Expressions.
(simple_identifier) @ref
(navigation_expression target: (_) @object suffix: (navigation_suffix suffix: (simple_identifier) @name)) @member
(call_expression . (_) @callee (call_suffix) @args) @call
(call_expression (call_suffix (value_arguments (value_argument value: (_) @arg)))) @call
(call_expression (call_suffix (lambda_literal) @arg)) @call
(prefix_expression operation: "." target: (simple_identifier) @skip)
(value_argument_label) @skip
; Labels of an attribute's arguments: `@available(*, deprecated, message: "…")`.
(attribute (simple_identifier) @skip . ":")
(tuple_type_item name: (simple_identifier) @skip)
(self_expression) @this
(super_expression) @super
(as_expression (user_type) @type) @cast
(try_expression expr: (_) @inner) @pass.try
(await_expression expr: (_) @inner) @pass.await
(tuple_expression . value: (_) @inner .) @pass.paren
(postfix_expression target: (_) @inner) @pass.force
(line_string_literal) @literal.String
(array_literal) @literal.Array
(integer_literal) @literal.Int
(real_literal) @literal.Double
(boolean_literal) @literal.Bool

; Types.
(type_identifier) @ref.type
((type_identifier) @this (#eq? @this "Self"))
(user_type . (type_identifier) @inner .) @pass.type
(user_type . (type_identifier) @object . (type_identifier) @name .) @member
(user_type . (type_identifier) @base . (type_arguments name: (_) @arg)) @generic
(existential_type (_) @inner) @pass.any
(opaque_type (_) @inner) @pass.some
(optional_type wrapped: (_) @inner) @pass.optional
(array_type (_) @arg) @array
