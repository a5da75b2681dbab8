; C++. The README of the engine explains the captures.

(comment) @comment
(preproc_include path: (string_literal) @name) @import.quote
(preproc_include path: (system_lib_string) @name) @import.angle
(using_declaration) @import.using
(namespace_alias_definition) @import.alias

; Macros. Their bodies are plain text to the grammar.
(preproc_def name: (identifier) @name value: (_)? @body) @def.macro
(preproc_function_def name: (identifier) @name value: (_)? @body) @def.macro
(preproc_params (identifier) @name @def.parameter)

; Namespaces; the members of an unnamed or inline namespace also belong to the enclosing one.
(namespace_definition name: (_) @name body: (_) @body) @def.module
(namespace_definition "inline" @flag.transparent) @def.module
(namespace_definition !name body: (_) @body @flag.transparent) @def.module

; Types.
(class_specifier body: (_) @body) @def.class
(class_specifier name: [(type_identifier) @name (template_type name: (type_identifier) @name) (qualified_identifier scope: (_) @receiver name: [(type_identifier) @name (template_type name: (type_identifier) @name)])] body: (_)) @def.class
(class_specifier (base_class_clause [(type_identifier) (qualified_identifier) (template_type) (dependent_type)] @extends) body: (_)) @def.class
(struct_specifier body: (_) @body) @def.struct
(struct_specifier name: [(type_identifier) @name (template_type name: (type_identifier) @name) (qualified_identifier scope: (_) @receiver name: [(type_identifier) @name (template_type name: (type_identifier) @name)])] body: (_)) @def.struct
(struct_specifier (base_class_clause [(type_identifier) (qualified_identifier) (template_type) (dependent_type)] @extends) body: (_)) @def.struct
(union_specifier body: (_) @body) @def.struct
(union_specifier name: [(type_identifier) @name (template_type name: (type_identifier) @name) (qualified_identifier scope: (_) @receiver name: [(type_identifier) @name (template_type name: (type_identifier) @name)])] body: (_)) @def.struct
(base_class_clause [(type_identifier) (qualified_identifier) (template_type)] @ref.type)
(enum_specifier name: (type_identifier)? @name body: (_) @body) @def.enum
(type_definition type: [(struct_specifier !name body: (_)) (union_specifier !name body: (_))] @def.struct . declarator: (type_identifier) @name) @outer
(type_definition type: (enum_specifier !name body: (_)) @def.enum . declarator: (type_identifier) @name) @outer
(field_declaration type: [(struct_specifier !name body: (_) @flag.transparent) (union_specifier !name body: (_) @flag.transparent)] @def.struct !declarator)
(type_definition
  type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier name: (_)) (union_specifier name: (_)) (enum_specifier name: (_)) (class_specifier name: (_)) (dependent_type)] @value
  declarator: [
    (type_identifier) @name
    (pointer_declarator declarator: (type_identifier) @name)
    (array_declarator declarator: (type_identifier) @name)
  ] @def.type) @outer
(type_definition
  type: (_) @type
  declarator: [
    (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (type_identifier) @name)))
    (function_declarator declarator: (parenthesized_declarator (type_identifier) @name))
    (function_declarator declarator: (type_identifier) @name)
    (pointer_declarator declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (type_identifier) @name))))
  ] @def.type) @outer
(alias_declaration name: (type_identifier) @name type: (_) @value) @def.type
(concept_definition name: (identifier) @name) @def.type
(enumerator name: (identifier) @name value: (_)? @value) @def.constant

; Templates: their parameters belong to the templated declaration.
(template_declaration (class_specifier body: (_)) @def.class) @outer.scope
(template_declaration [(struct_specifier body: (_)) (union_specifier body: (_))] @def.struct) @outer.scope
(template_declaration (alias_declaration) @def.type) @outer.scope
(template_declaration (concept_definition) @def.type) @outer.scope
(template_declaration (function_definition type: (_)) @def.function) @outer.scope
(template_declaration (function_definition !type declarator: (operator_cast)) @def.function) @outer.scope
(template_declaration [(declaration declarator: [
    (function_declarator declarator: [(identifier) (field_identifier) (operator_name)]) @def.function
    (pointer_declarator declarator: (function_declarator declarator: [(identifier) (field_identifier) (operator_name)]) @def.function)
    (reference_declarator (function_declarator declarator: [(identifier) (field_identifier) (operator_name)]) @def.function)
  ]) (field_declaration declarator: [
    (function_declarator declarator: [(identifier) (field_identifier) (operator_name)]) @def.function
    (pointer_declarator declarator: (function_declarator declarator: [(identifier) (field_identifier) (operator_name)]) @def.function)
    (reference_declarator (function_declarator declarator: [(identifier) (field_identifier) (operator_name)]) @def.function)
  ])]) @outer.scope
(template_declaration (template_declaration (class_specifier body: (_)) @def.class)) @outer.scope
(template_declaration (template_declaration [(struct_specifier body: (_)) (union_specifier body: (_))] @def.struct)) @outer.scope
(template_declaration (template_declaration (function_definition type: (_)) @def.function)) @outer.scope
(type_parameter_declaration (type_identifier) @name) @def.typeparam
(variadic_type_parameter_declaration (type_identifier) @name) @def.typeparam
(optional_type_parameter_declaration name: (type_identifier) @name) @def.typeparam
(template_parameter_list (parameter_declaration declarator: (identifier) @name) @def.local)
(template_parameter_list (optional_parameter_declaration declarator: (identifier) @name) @def.local)

; Functions.
; A constructor has no type. Outside classes, a function without a type is made by a macro: `TEST(suite, name) {…}`.
(field_declaration_list (function_definition !type declarator: (function_declarator declarator: (identifier) @name) body: (_) @body) @def.constructor)
(field_declaration_list (function_definition !type declarator: (function_declarator declarator: (identifier) @name)) @def.constructor)
(field_declaration_list (template_declaration (function_definition !type declarator: (function_declarator declarator: (identifier) @name)) @def.constructor) @outer.scope)
(field_declaration_list (_ (function_definition !type declarator: (function_declarator declarator: (identifier) @name)) @def.constructor))
(translation_unit (function_definition !type declarator: (function_declarator declarator: (identifier)) @name body: (_) @body) @def.function)
(declaration_list (function_definition !type declarator: (function_declarator declarator: (identifier)) @name body: (_) @body) @def.function)
(translation_unit (_ (function_definition !type declarator: (function_declarator declarator: (identifier)) @name body: (_) @body) @def.function))
(translation_unit (preproc_ifdef (_ (function_definition !type declarator: (function_declarator declarator: (identifier)) @name body: (_) @body) @def.function)))
(translation_unit (preproc_if (_ (function_definition !type declarator: (function_declarator declarator: (identifier)) @name body: (_) @body) @def.function)))
(function_definition !type declarator: [
    (function_declarator declarator: (qualified_identifier scope: (_) @receiver name: [(identifier) @name (template_function name: (identifier) @name)]))
    (function_declarator declarator: (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: [(identifier) @name (template_function name: (identifier) @name)])))
    (function_declarator declarator: (qualified_identifier name: (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: [(identifier) @name (template_function name: (identifier) @name)]))))
  ] body: (_) @body) @def.constructor
(template_declaration (function_definition !type declarator: [
    (function_declarator declarator: (qualified_identifier scope: (_) @receiver name: (identifier) @name))
    (function_declarator declarator: (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: (identifier) @name)))
    (function_declarator declarator: (qualified_identifier name: (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: (identifier) @name))))
  ]) @def.constructor) @outer.scope
(function_definition type: (_) declarator: (function_declarator declarator: [(identifier) @name (field_identifier) @name (operator_name) @name (destructor_name) @name (parenthesized_declarator (identifier) @name) (template_function name: (identifier) @name) (qualified_identifier scope: (_) @receiver name: [(identifier) @name (operator_name) @name (destructor_name) @name (template_function name: (identifier) @name)]) (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: [(identifier) @name (operator_name) @name (destructor_name) @name (template_function name: (identifier) @name)])) (qualified_identifier name: (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: [(identifier) @name (operator_name) @name (destructor_name) @name (template_function name: (identifier) @name)])))])) @def.function
(function_definition type: (_) declarator: [(pointer_declarator declarator: (function_declarator declarator: [(identifier) @name (field_identifier) @name (operator_name) @name (destructor_name) @name (parenthesized_declarator (identifier) @name) (template_function name: (identifier) @name) (qualified_identifier scope: (_) @receiver name: [(identifier) @name (operator_name) @name (destructor_name) @name (template_function name: (identifier) @name)]) (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: [(identifier) @name (operator_name) @name (destructor_name) @name (template_function name: (identifier) @name)])) (qualified_identifier name: (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: [(identifier) @name (operator_name) @name (destructor_name) @name (template_function name: (identifier) @name)])))])) (reference_declarator (function_declarator declarator: [(identifier) @name (field_identifier) @name (operator_name) @name (destructor_name) @name (parenthesized_declarator (identifier) @name) (template_function name: (identifier) @name) (qualified_identifier scope: (_) @receiver name: [(identifier) @name (operator_name) @name (destructor_name) @name (template_function name: (identifier) @name)]) (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: [(identifier) @name (operator_name) @name (destructor_name) @name (template_function name: (identifier) @name)])) (qualified_identifier name: (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: [(identifier) @name (operator_name) @name (destructor_name) @name (template_function name: (identifier) @name)])))]))]) @def.function
(function_definition type: (_) declarator: (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: [(identifier) @name (field_identifier) @name (operator_name) @name (destructor_name) @name (parenthesized_declarator (identifier) @name) (template_function name: (identifier) @name) (qualified_identifier scope: (_) @receiver name: [(identifier) @name (operator_name) @name (destructor_name) @name (template_function name: (identifier) @name)])])))) @def.function
(function_definition type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier) (union_specifier) (enum_specifier) (class_specifier) (dependent_type)] @type) @def.function
(function_definition declarator: (function_declarator (trailing_return_type (type_descriptor type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier) (union_specifier) (enum_specifier) (class_specifier) (dependent_type)] @type)))) @def.function
(function_definition declarator: (pointer_declarator declarator: (function_declarator (trailing_return_type (type_descriptor type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier) (union_specifier) (enum_specifier) (class_specifier) (dependent_type)] @type))))) @def.function
(function_definition declarator: (reference_declarator (function_declarator (trailing_return_type (type_descriptor type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier) (union_specifier) (enum_specifier) (class_specifier) (dependent_type)] @type))))) @def.function
(function_definition body: (_) @body) @def.function
(function_definition !type declarator: [
    (function_declarator declarator: (destructor_name) @name)
    (function_declarator declarator: (qualified_identifier scope: (_) @receiver name: (destructor_name) @name))
    (function_declarator declarator: (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: (destructor_name) @name)))
    (function_declarator declarator: (qualified_identifier name: (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: (destructor_name) @name))))
    (operator_cast) @name
    (qualified_identifier scope: (_) @receiver name: (operator_cast) @name)
    (qualified_identifier name: (qualified_identifier scope: (_) @receiver name: (operator_cast) @name))
  ]) @def.function
(declaration type: (_) declarator: [
    (function_declarator declarator: [(identifier) @name (operator_name) @name (parenthesized_declarator (identifier) @name) (template_function name: (identifier) @name)]) @def.function @flag.prototype
    (pointer_declarator declarator: (function_declarator declarator: [(identifier) @name (operator_name) @name (parenthesized_declarator (identifier) @name) (template_function name: (identifier) @name)]) @def.function @flag.prototype)
    (reference_declarator (function_declarator declarator: [(identifier) @name (operator_name) @name (parenthesized_declarator (identifier) @name) (template_function name: (identifier) @name)]) @def.function @flag.prototype)
    (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: [(identifier) @name (operator_name) @name (parenthesized_declarator (identifier) @name) (template_function name: (identifier) @name)]) @def.function @flag.prototype))
  ]) @outer
(field_declaration type: (_) declarator: [
    (function_declarator declarator: [(field_identifier) @name (operator_name) @name]) @def.function @flag.prototype
    (pointer_declarator declarator: (function_declarator declarator: [(field_identifier) @name (operator_name) @name]) @def.function @flag.prototype)
    (reference_declarator (function_declarator declarator: [(field_identifier) @name (operator_name) @name]) @def.function @flag.prototype)
    (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: [(field_identifier) @name (operator_name) @name]) @def.function @flag.prototype))
  ]) @outer
(declaration type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier) (union_specifier) (enum_specifier) (class_specifier) (dependent_type)] @type declarator: (function_declarator declarator: [(identifier) (field_identifier) (operator_name)]) @def.function)
(declaration type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier) (union_specifier) (enum_specifier) (class_specifier) (dependent_type)] @type declarator: (pointer_declarator declarator: (function_declarator declarator: [(identifier) (field_identifier) (operator_name)]) @def.function))
(declaration type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier) (union_specifier) (enum_specifier) (class_specifier) (dependent_type)] @type declarator: (reference_declarator (function_declarator declarator: [(identifier) (field_identifier) (operator_name)]) @def.function))
(declaration declarator: (function_declarator declarator: [(identifier) (field_identifier) (operator_name)] (trailing_return_type (type_descriptor type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier) (union_specifier) (enum_specifier) (class_specifier) (dependent_type)] @type))) @def.function)
(field_declaration type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier) (union_specifier) (enum_specifier) (class_specifier) (dependent_type)] @type declarator: (function_declarator declarator: [(identifier) (field_identifier) (operator_name)]) @def.function)
(field_declaration type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier) (union_specifier) (enum_specifier) (class_specifier) (dependent_type)] @type declarator: (pointer_declarator declarator: (function_declarator declarator: [(identifier) (field_identifier) (operator_name)]) @def.function))
(field_declaration type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier) (union_specifier) (enum_specifier) (class_specifier) (dependent_type)] @type declarator: (reference_declarator (function_declarator declarator: [(identifier) (field_identifier) (operator_name)]) @def.function))
(field_declaration declarator: (function_declarator declarator: [(identifier) (field_identifier) (operator_name)] (trailing_return_type (type_descriptor type: [(type_identifier) (primitive_type) (sized_type_specifier) (qualified_identifier) (template_type) (struct_specifier) (union_specifier) (enum_specifier) (class_specifier) (dependent_type)] @type))) @def.function)
(declaration !type declarator: (function_declarator declarator: (identifier) @name) @def.constructor @flag.prototype) @outer
(declaration !type declarator: [(function_declarator declarator: (destructor_name) @name) @def.function @flag.prototype (operator_cast) @name @def.function @flag.prototype]) @outer
; `TEST(suite, name) {…}` defines a function by a macro.
(translation_unit (expression_statement (call_expression) @name @outer) . (compound_statement) @def.function @body)
(declaration_list (expression_statement (call_expression) @name @outer) . (compound_statement) @def.function @body)
(preproc_ifdef (expression_statement (call_expression) @name @outer) . (compound_statement) @def.function @body)
(preproc_if (expression_statement (call_expression) @name @outer) . (compound_statement) @def.function @body)
(preproc_else (expression_statement (call_expression) @name @outer) . (compound_statement) @def.function @body)

; `f(void)` has no parameters.
(parameter_list (parameter_declaration type: (_)) @def.parameter (#not-eq? @def.parameter "void"))
(parameter_list (parameter_declaration type: (_) @type) @def.parameter (#not-eq? @def.parameter "void"))
(parameter_list (parameter_declaration declarator: [(identifier) @name (pointer_declarator declarator: (identifier) @name) (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @name)) (reference_declarator (identifier) @name) (pointer_declarator declarator: (reference_declarator (identifier) @name)) (reference_declarator (pointer_declarator declarator: (identifier) @name)) (array_declarator declarator: (identifier) @name) (array_declarator declarator: (array_declarator declarator: (identifier) @name)) (pointer_declarator declarator: (array_declarator declarator: (identifier) @name)) (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (identifier) @name))) (reference_declarator (parenthesized_declarator (identifier) @name)) (array_declarator declarator: (parenthesized_declarator (reference_declarator (identifier) @name)))]) @def.parameter)
(parameter_list (optional_parameter_declaration type: (_)? @type) @def.parameter @flag.optional)
(parameter_list (optional_parameter_declaration declarator: [(identifier) @name (pointer_declarator declarator: (identifier) @name) (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @name)) (reference_declarator (identifier) @name) (pointer_declarator declarator: (reference_declarator (identifier) @name)) (reference_declarator (pointer_declarator declarator: (identifier) @name)) (array_declarator declarator: (identifier) @name) (array_declarator declarator: (array_declarator declarator: (identifier) @name)) (pointer_declarator declarator: (array_declarator declarator: (identifier) @name)) (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (identifier) @name))) (reference_declarator (parenthesized_declarator (identifier) @name)) (array_declarator declarator: (parenthesized_declarator (reference_declarator (identifier) @name)))]) @def.parameter)
(parameter_list (variadic_parameter_declaration type: (_)) @def.parameter @flag.rest)
(parameter_list (variadic_parameter_declaration declarator: [(variadic_declarator (identifier) @name) (reference_declarator (variadic_declarator (identifier) @name))]) @def.parameter)
(parameter_list "..." @def.parameter @flag.rest)
; Parameters of a function pointer belong to no function.
(function_declarator declarator: (parenthesized_declarator) parameters: (parameter_list) @def.function)
(abstract_function_declarator declarator: (_) parameters: (parameter_list) @def.function)
(type_descriptor declarator: (abstract_function_declarator parameters: (parameter_list) @def.function))
(catch_clause) @def.function
(lambda_expression) @def.function
(lambda_expression) @lambda

; Variables and fields.
(declaration declarator: [
    (identifier) @name
    (pointer_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @name))
    (reference_declarator (identifier) @name)
    (pointer_declarator declarator: (reference_declarator (identifier) @name))
    (reference_declarator (pointer_declarator declarator: (identifier) @name))
    (array_declarator declarator: (identifier) @name)
    (array_declarator declarator: (array_declarator declarator: (identifier) @name))
    (pointer_declarator declarator: (array_declarator declarator: (identifier) @name))
    (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (identifier) @name)))
    (reference_declarator (parenthesized_declarator (identifier) @name))
    (array_declarator declarator: (parenthesized_declarator (reference_declarator (identifier) @name)))
    (init_declarator declarator: [(identifier) @name (pointer_declarator declarator: (identifier) @name) (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @name)) (reference_declarator (identifier) @name) (pointer_declarator declarator: (reference_declarator (identifier) @name)) (reference_declarator (pointer_declarator declarator: (identifier) @name)) (array_declarator declarator: (identifier) @name) (array_declarator declarator: (array_declarator declarator: (identifier) @name)) (pointer_declarator declarator: (array_declarator declarator: (identifier) @name)) (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (identifier) @name))) (reference_declarator (parenthesized_declarator (identifier) @name)) (array_declarator declarator: (parenthesized_declarator (reference_declarator (identifier) @name)))])
    (init_declarator declarator: (qualified_identifier scope: (_) @receiver name: (identifier) @name)) (qualified_identifier scope: (_) @receiver name: (identifier) @name)
  ] @def.data) @outer
; A declaration that contains a function declarator is a prototype.
(declaration type: (_) @type declarator: [
    (identifier)
    (pointer_declarator declarator: [(identifier) (array_declarator) (reference_declarator (identifier)) (function_declarator declarator: (parenthesized_declarator)) (pointer_declarator declarator: [(identifier) (array_declarator) (pointer_declarator declarator: (identifier))])])
    (reference_declarator [(identifier) (parenthesized_declarator) (pointer_declarator declarator: (identifier))])
    (array_declarator)
    (init_declarator)
    (function_declarator declarator: (parenthesized_declarator))
  ] @def.data)
(declaration type: (placeholder_type_specifier) declarator: (init_declarator value: (_) @value) @def.data)
(condition_clause value: (declaration type: (_) @type declarator: [(identifier) @name (pointer_declarator declarator: (identifier) @name) (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @name)) (reference_declarator (identifier) @name) (pointer_declarator declarator: (reference_declarator (identifier) @name)) (reference_declarator (pointer_declarator declarator: (identifier) @name)) (array_declarator declarator: (identifier) @name) (array_declarator declarator: (array_declarator declarator: (identifier) @name)) (pointer_declarator declarator: (array_declarator declarator: (identifier) @name)) (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (identifier) @name))) (reference_declarator (parenthesized_declarator (identifier) @name)) (array_declarator declarator: (parenthesized_declarator (reference_declarator (identifier) @name)))]) @def.local)
(condition_clause value: (declaration type: (placeholder_type_specifier) declarator: [(identifier) @name (pointer_declarator declarator: (identifier) @name) (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @name)) (reference_declarator (identifier) @name) (pointer_declarator declarator: (reference_declarator (identifier) @name)) (reference_declarator (pointer_declarator declarator: (identifier) @name)) (array_declarator declarator: (identifier) @name) (array_declarator declarator: (array_declarator declarator: (identifier) @name)) (pointer_declarator declarator: (array_declarator declarator: (identifier) @name)) (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (identifier) @name))) (reference_declarator (parenthesized_declarator (identifier) @name)) (array_declarator declarator: (parenthesized_declarator (reference_declarator (identifier) @name)))] value: (_) @value) @def.local)
(structured_binding_declarator (identifier) @name @def.data)
(for_range_loop type: (_) @type declarator: [(identifier) @name (reference_declarator (identifier) @name) (pointer_declarator declarator: (identifier) @name)]) @def.local
(for_range_loop type: (placeholder_type_specifier) declarator: [(identifier) @name (reference_declarator (identifier) @name) (pointer_declarator declarator: (identifier) @name)] right: (_) @iterated) @def.local
(field_declaration type: (_) declarator: [
    (field_identifier) @name
    (pointer_declarator declarator: (field_identifier) @name)
    (pointer_declarator declarator: (pointer_declarator declarator: (field_identifier) @name))
    (reference_declarator (field_identifier) @name)
    (pointer_declarator declarator: (reference_declarator (field_identifier) @name))
    (reference_declarator (pointer_declarator declarator: (field_identifier) @name))
    (array_declarator declarator: (field_identifier) @name)
    (array_declarator declarator: (array_declarator declarator: (field_identifier) @name))
    (pointer_declarator declarator: (array_declarator declarator: (field_identifier) @name))
    (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (field_identifier) @name)))
    (reference_declarator (parenthesized_declarator (field_identifier) @name))
    (array_declarator declarator: (parenthesized_declarator (reference_declarator (field_identifier) @name)))
  ] @def.field) @outer
(field_declaration type: (_) @type declarator: [(field_identifier) (pointer_declarator declarator: [(field_identifier) (pointer_declarator) (array_declarator)]) (reference_declarator (field_identifier)) (array_declarator) (function_declarator declarator: (parenthesized_declarator))] @def.field)

; Expressions.
(compound_statement) @scope
(for_statement) @scope
(for_range_loop) @scope
(if_statement) @scope
(while_statement) @scope
(switch_statement) @scope
(call_expression
  function: [(template_function name: (identifier) @_name arguments: (template_argument_list . (type_descriptor) @type))
    (qualified_identifier name: (template_function name: (identifier) @_name arguments: (template_argument_list . (type_descriptor) @type)))]
  (#any-of? @_name "static_cast" "dynamic_cast" "reinterpret_cast" "const_cast" "make_unique" "make_shared" "bit_cast" "any_cast")) @cast
(identifier) @ref
(call_expression function: (_) @callee arguments: (argument_list) @args) @call
(call_expression arguments: (argument_list (_) @arg)) @call
(field_expression argument: (_) @object field: [(field_identifier) @name (template_method name: (field_identifier) @name) (dependent_name (template_method name: (field_identifier) @name)) (destructor_name) @name]) @member
(subscript_expression argument: (_) @object) @index
(pointer_expression argument: (_) @inner) @pass.pointer
(parenthesized_expression (_) @inner) @pass.paren
(binary_expression left: (_) @inner operator: ["+" "-"]) @pass.sum
(assignment_expression left: (_) @inner) @pass.assign
(conditional_expression consequence: (_)? @arg alternative: (_) @arg) @either
(cast_expression type: (_) @type) @cast
(compound_literal_expression type: (_) @type) @cast
(new_expression type: (_) @type) @new
(template_function name: (_) @inner) @pass.template
(this) @this
(string_literal) @literal.char
(raw_string_literal) @literal.char
(char_literal) @literal.char
((number_literal) @literal.int (#match? @literal.int "^(?:[0-9']+|0[xXbB][0-9a-fA-F']+)$"))
((number_literal) @literal.unsigned (#match? @literal.unsigned "^(?:[0-9']+|0[xXbB][0-9a-fA-F']+)[uU]$"))
((number_literal) @literal.long (#match? @literal.long "[lL][uU]?$"))
((number_literal) @literal.double (#match? @literal.double "^[0-9']*(?:\\.|[eE])[0-9eE'+-]*$"))
((number_literal) @literal.float (#match? @literal.float "^[0-9']*(?:\\.|[eE])[0-9eE'+-]*[fF]$"))
(true) @literal.bool
(false) @literal.bool
(field_initializer . (field_identifier) @ref)
(field_initializer . (template_method name: (field_identifier) @ref))
(attribute_specifier) @skip
(attribute_declaration) @skip
(preproc_ifdef name: (identifier) @skip)
(preproc_defined (identifier) @skip)
(destructor_name (identifier) @skip)
(declaration type: (_) @object declarator: (init_declarator value: (initializer_list
  (initializer_pair designator: (field_designator (field_identifier) @name) @member))))

; `a::b::c` is read from the left, though the grammar nests it to the right.
(namespace_identifier) @ref.type
(qualified_identifier name: (_) @inner) @pass.path
(qualified_identifier scope: (_) @object name: [(identifier) (type_identifier) (operator_name) (destructor_name)] @member @name)
(qualified_identifier scope: (_) @object name: (template_function name: (identifier) @member @name))
(qualified_identifier scope: (_) @object name: (template_type name: (type_identifier) @member @name))
(qualified_identifier scope: (_) @object name: (dependent_name [(template_function name: (identifier) @member @name) (template_type name: (type_identifier) @member @name)]))
(qualified_identifier scope: (_) @object name: (qualified_identifier scope: (namespace_identifier) @member @name))
(qualified_identifier scope: (_) @object name: (qualified_identifier scope: (template_type name: (type_identifier) @member @name)))

; Types.
(type_descriptor type: (_) @inner) @pass.type
(dependent_type (_) @inner) @pass.type
(type_identifier) @ref.type
(template_type name: (_) @base) @generic
(template_type arguments: (template_argument_list (type_descriptor) @arg)) @generic
(struct_specifier !body name: (_) @inner) @pass.type
(union_specifier !body name: (_) @inner) @pass.type
(enum_specifier !body name: (_) @inner) @pass.type
(class_specifier !body name: (_) @inner) @pass.type
(struct_specifier body: (_)) @this
(union_specifier body: (_)) @this
(class_specifier body: (_)) @this
(enum_specifier body: (_)) @this
(parameter_declaration type: [(primitive_type) (sized_type_specifier)] @ref.type)
(optional_parameter_declaration type: [(primitive_type) (sized_type_specifier)] @ref.type)

; `template Box<int> make<int>(int);` only makes the compiler instantiate a template that is used elsewhere.
(template_instantiation) @skip
