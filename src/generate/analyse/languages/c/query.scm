; C. The README of the engine explains the captures.

(comment) @comment
(preproc_include path: (string_literal) @name) @import.quote
(preproc_include path: (system_lib_string) @name) @import.angle

; Macros. Their bodies are plain text to the grammar.
(preproc_def name: (identifier) @name value: (_)? @body) @def.macro
(preproc_function_def name: (identifier) @name value: (_)? @body) @def.macro
(preproc_params (identifier) @name @def.parameter)

; Types. An unnamed type takes the name of its typedef; without one, its members belong to the enclosing declaration.
(struct_specifier body: (_) @body) @def.struct
(union_specifier body: (_) @body) @def.struct
(enum_specifier body: (_) @body @flag.transparent) @def.enum
; A bare name never means a tag.
(struct_specifier name: (type_identifier) @name @flag.special body: (_)) @def.struct
(union_specifier name: (type_identifier) @name @flag.special body: (_)) @def.struct
(enum_specifier name: (type_identifier) @name @flag.special body: (_)) @def.enum
(field_declaration type: (struct_specifier !name body: (_) @flag.transparent) @def.struct !declarator)
(field_declaration type: (union_specifier !name body: (_) @flag.transparent) @def.struct !declarator)
(type_definition type: [(struct_specifier !name body: (_)) (union_specifier !name body: (_))] @def.struct . declarator: (type_identifier) @name) @outer
(type_definition type: (enum_specifier !name body: (_)) @def.enum . declarator: (type_identifier) @name) @outer
(type_definition
  type: [(type_identifier) (primitive_type) (sized_type_specifier) (macro_type_specifier) (struct_specifier name: (_)) (union_specifier name: (_)) (enum_specifier name: (_))] @value
  declarator: [
    (type_identifier) @name
    (pointer_declarator declarator: (type_identifier) @name)
    (pointer_declarator declarator: (pointer_declarator declarator: (type_identifier) @name))
    (array_declarator declarator: (type_identifier) @name)
  ] @def.type) @outer
(type_definition
  type: [(struct_specifier !name body: (_)) (union_specifier !name body: (_))] @value
  declarator: (pointer_declarator declarator: (type_identifier) @name) @def.type) @outer
(type_definition
  type: (_) @type
  declarator: [
    (function_declarator declarator: [(type_identifier) @name (parenthesized_declarator [(type_identifier) @name (pointer_declarator declarator: (type_identifier) @name)])])
    (pointer_declarator declarator: (function_declarator declarator: [(type_identifier) @name (parenthesized_declarator [(type_identifier) @name (pointer_declarator declarator: (type_identifier) @name)])]))
  ] @def.type) @outer
(enumerator name: (identifier) @name value: (_)? @value) @def.constant

; Functions and their prototypes.
(function_definition
  type: (_) @type
  declarator: [
    (function_declarator declarator: [(identifier) @name (parenthesized_declarator (identifier) @name)])
    (pointer_declarator declarator: (function_declarator declarator: [(identifier) @name (parenthesized_declarator (identifier) @name)]))
    (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name)))
    (pointer_declarator declarator: (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))))
    (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))))
  ]
  body: (_) @body) @def.function
(declaration
  type: (_) @type
  declarator: [
    (function_declarator declarator: [(identifier) @name (parenthesized_declarator (identifier) @name)]) @def.function @flag.prototype
    (pointer_declarator declarator: (function_declarator declarator: [(identifier) @name (parenthesized_declarator (identifier) @name)]) @def.function @flag.prototype)
    (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name) @def.function @flag.prototype))
  ]) @outer
(parameter_declaration
  type: (_) @type
  declarator: [
    (identifier) @name
    (pointer_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @name))
    (pointer_declarator declarator: (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @name)))
    (array_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (array_declarator declarator: (identifier) @name))
    (pointer_declarator declarator: (pointer_declarator declarator: (array_declarator declarator: (identifier) @name)))
    (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (identifier) @name)))
    (function_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (identifier) @name))))
  ]) @def.parameter
; `TEST(name) {…}` defines a function by a macro.
(function_definition type: (type_identifier) declarator: (parenthesized_declarator (identifier)) body: (_) @body) @def.function @name
(translation_unit (expression_statement (call_expression) @name @outer) . (compound_statement) @def.function @body)
(preproc_ifdef (expression_statement (call_expression) @name @outer) . (compound_statement) @def.function @body)
(preproc_if (expression_statement (call_expression) @name @outer) . (compound_statement) @def.function @body)
; Parameters of a function pointer belong to no function.
(function_declarator declarator: (parenthesized_declarator) parameters: (parameter_list) @def.function)
(abstract_function_declarator parameters: (parameter_list) @def.function)

; Variables and fields.
(declaration
  type: (_) @type
  declarator: [
    (identifier) @name
    (pointer_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @name))
    (array_declarator declarator: (identifier) @name)
    (array_declarator declarator: (array_declarator declarator: (identifier) @name))
    (pointer_declarator declarator: (array_declarator declarator: (identifier) @name))
    (pointer_declarator declarator: (pointer_declarator declarator: (array_declarator declarator: (identifier) @name)))
    (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: [(identifier) @name (array_declarator declarator: (identifier) @name)])))
    (pointer_declarator declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: [(identifier) @name (array_declarator declarator: (identifier) @name)]))))
    (init_declarator declarator: [
      (identifier) @name
      (pointer_declarator declarator: (identifier) @name)
      (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @name))
      (array_declarator declarator: (identifier) @name)
      (array_declarator declarator: (array_declarator declarator: (identifier) @name))
      (pointer_declarator declarator: (array_declarator declarator: (identifier) @name))
    (pointer_declarator declarator: (pointer_declarator declarator: (array_declarator declarator: (identifier) @name)))
      (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: [(identifier) @name (array_declarator declarator: (identifier) @name)])))
      (pointer_declarator declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: [(identifier) @name (array_declarator declarator: (identifier) @name)]))))
    ] value: (_) @value)
  ] @def.data) @outer
(field_declaration
  type: (_) @type
  declarator: [
    (field_identifier) @name
    (pointer_declarator declarator: (field_identifier) @name)
    (pointer_declarator declarator: (pointer_declarator declarator: (field_identifier) @name))
    (pointer_declarator declarator: (pointer_declarator declarator: (pointer_declarator declarator: (field_identifier) @name)))
    (array_declarator declarator: (field_identifier) @name)
    (array_declarator declarator: (array_declarator declarator: (field_identifier) @name))
    (pointer_declarator declarator: (array_declarator declarator: (field_identifier) @name))
    (pointer_declarator declarator: (pointer_declarator declarator: (array_declarator declarator: (field_identifier) @name)))
    (pointer_declarator declarator: (array_declarator declarator: (array_declarator declarator: (field_identifier) @name)))
    (array_declarator declarator: (array_declarator declarator: (array_declarator declarator: (field_identifier) @name)))
    (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (field_identifier) @name)))
    (pointer_declarator declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (field_identifier) @name))))
  ] @def.field) @outer

; Expressions.
(compound_statement) @scope
(for_statement) @scope
(identifier) @ref
(true) @ref
(false) @ref
; Checking whether a macro is defined does not use it.
(preproc_ifdef name: (identifier) @skip)
(preproc_elifdef name: (identifier) @skip)
(preproc_defined (identifier) @skip)
(call_expression function: (_) @callee) @call
(field_expression argument: (_) @object field: (field_identifier) @name) @member
(subscript_expression argument: (_) @object) @index
(pointer_expression argument: (_) @inner) @pass.pointer
(parenthesized_expression (_) @inner) @pass.paren
(binary_expression left: (_) @inner operator: ["+" "-"]) @pass.sum
(assignment_expression left: (_) @inner) @pass.assign
(conditional_expression consequence: (_)? @arg alternative: (_) @arg) @either
(cast_expression type: (_) @type) @cast
(compound_literal_expression type: (_) @type) @cast
(offsetof_expression type: (_) @object member: (field_identifier) @name) @member
(attribute_specifier) @skip

; `.name = value` in the initializer of a variable or a literal.
(declaration type: (_) @object declarator: (init_declarator value: (initializer_list [
  (initializer_pair designator: (field_designator (field_identifier) @name) @member)
  (initializer_list (initializer_pair designator: (field_designator (field_identifier) @name) @member))
  (initializer_pair value: (initializer_list (initializer_pair designator: (field_designator (field_identifier) @name) @member)))
])))
(compound_literal_expression type: (_) @object value: (initializer_list
  (initializer_pair designator: (field_designator (field_identifier) @name) @member)))

; Types. The keyword before a tag distinguishes it from a typedef.
(type_descriptor type: (_) @inner) @pass.type
(type_identifier) @ref.type
(struct_specifier name: (type_identifier) @skip)
(union_specifier name: (type_identifier) @skip)
(enum_specifier name: (type_identifier) @skip)
(struct_specifier !body) @ref.type
(union_specifier !body) @ref.type
(enum_specifier !body) @ref.type
(struct_specifier body: (_)) @this
(union_specifier body: (_)) @this
(enum_specifier body: (_)) @this
