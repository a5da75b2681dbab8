; Captures the nodes of a Go file. ../../engine/README.md explains the names of captures.

(comment) @comment
(source_file (comment) @name (#match? @name "^//(go:build|\\s*\\+build) ")) @note.build

(package_clause (package_identifier) @name) @package
(import_spec) @import

; Types. A statement with one type begins at its keyword, after its comment.
(type_spec name: (type_identifier) @name type: (struct_type (field_declaration_list) @body)) @def.struct
(type_spec type: (struct_type (field_declaration_list (field_declaration !name type: (_) @extends)))) @def.struct
(type_spec name: (type_identifier) @name type: (interface_type "{" @body)) @def.interface
(type_spec type: (interface_type (type_elem . (_) @extends .))) @def.interface
(type_spec name: (type_identifier) @name type: [
  (type_identifier) (qualified_type) (generic_type) (pointer_type) (array_type) (slice_type) (map_type) (channel_type)
  (function_type) (parenthesized_type)
] @value) @def.type
(type_alias name: (type_identifier) @name type: (_) @value) @def.type @flag.static
((type_declaration (type_spec type: (struct_type)) @def.struct) @outer (#not-match? @outer "^type\\s*\\("))
((type_declaration (type_spec type: (interface_type)) @def.interface) @outer (#not-match? @outer "^type\\s*\\("))
((type_declaration (type_spec type: [
  (type_identifier) (qualified_type) (generic_type) (pointer_type) (array_type) (slice_type) (map_type) (channel_type)
  (function_type) (parenthesized_type)
]) @def.type) @outer (#not-match? @outer "^type\\s*\\("))
((type_declaration (type_alias) @def.type) @outer (#not-match? @outer "^type\\s*\\("))
(type_parameter_declaration name: (identifier) @def.typeparam @name type: (type_constraint . (_) @extends .))

(composite_literal type: (struct_type) @def.struct)
(composite_literal type: (struct_type) @declared)
(composite_literal type: [(slice_type element: (struct_type) @def.struct) (array_type element: (struct_type) @def.struct) (map_type value: (struct_type) @def.struct)])
(composite_literal type: [(slice_type element: (struct_type) @declared) (array_type element: (struct_type) @declared) (map_type value: (struct_type) @declared)])

; Members. The first name of a line gets the whole line; the others start at their name.
(field_declaration . name: (field_identifier) @name type: (_) @type) @def.field
(field_declaration name: (field_identifier) name: (field_identifier) @def.field @name type: (_) @type) @outer
(field_declaration !name type: (type_identifier) @type @name) @def.field
(field_declaration !name type: (qualified_type name: (_) @name) @type) @def.field
(method_elem name: (field_identifier) @name) @def.method
(method_elem result: (_) @type) @def.method

; Functions.
(function_declaration name: (identifier) @name) @def.function
(function_declaration result: (_) @type) @def.function
(function_declaration body: (_) @body) @def.function
; What a function returns at its end has the type of its result: `return reader{r}, nil`.
(function_declaration result: (_) body: (block (statement_list (return_statement (expression_list . (_) @value)) .))) @def.function
(method_declaration result: (_) body: (block (statement_list (return_statement (expression_list . (_) @value)) .))) @def.method
(method_declaration receiver: (parameter_list (parameter_declaration type: (_) @receiver)) name: (field_identifier) @name) @def.method
(method_declaration result: (_) @type) @def.method
(method_declaration body: (_) @body) @def.method
(method_declaration receiver: (parameter_list (parameter_declaration name: (identifier) @def.local @name type: (_) @type)))
(method_declaration receiver: (parameter_list (parameter_declaration type: (generic_type type_arguments: (type_arguments (type_elem (type_identifier) @def.typeparam @name))))))
(method_declaration receiver: (parameter_list (parameter_declaration type: (pointer_type (generic_type type_arguments: (type_arguments (type_elem (type_identifier) @def.typeparam @name)))))))

(function_declaration parameters: (parameter_list (parameter_declaration name: (identifier) @def.parameter @name type: (_) @type)))
(function_declaration parameters: (parameter_list (parameter_declaration !name) @def.parameter))
(method_declaration parameters: (parameter_list (parameter_declaration name: (identifier) @def.parameter @name type: (_) @type)))
(method_declaration parameters: (parameter_list (parameter_declaration !name) @def.parameter))
(method_elem parameters: (parameter_list (parameter_declaration name: (identifier) @def.parameter @name type: (_) @type)))
(method_elem parameters: (parameter_list (parameter_declaration !name type: (_) @type) @def.parameter))
(variadic_parameter_declaration type: (_) @arg) @array
(variadic_parameter_declaration name: (identifier) @name) @def.parameter @type @flag.rest
(variadic_parameter_declaration !name) @def.parameter @type @flag.rest
(function_declaration result: (parameter_list (parameter_declaration name: (identifier) @def.local @name type: (_) @type)))
(method_declaration result: (parameter_list (parameter_declaration name: (identifier) @def.local @name type: (_) @type)))
(func_literal result: (parameter_list (parameter_declaration name: (identifier) @def.local @name type: (_) @type)))
(function_declaration result: (parameter_list (parameter_declaration type: (_) @arg)) @tuple)
(method_declaration result: (parameter_list (parameter_declaration type: (_) @arg)) @tuple)
(method_elem result: (parameter_list (parameter_declaration type: (_) @arg)) @tuple)
(func_literal result: (parameter_list (parameter_declaration type: (_) @arg)) @tuple)
(function_type result: (parameter_list (parameter_declaration type: (_) @arg)) @tuple)
(func_literal parameters: (parameter_list (parameter_declaration name: (identifier) @def.local @name type: (_) @type)))

; Variables and constants.
(const_spec . name: (identifier) @name) @def.constant
(const_spec type: (_) @type) @def.constant
(const_spec value: (expression_list . (_) @value)) @def.constant
(const_spec name: (identifier) name: (identifier) @def.constant @name) @outer
((const_declaration (const_spec) @def.constant) @outer (#not-match? @outer "^const\\s*\\("))
(var_spec . name: (identifier) @name) @def.data
(var_spec type: (_) @type) @def.data
(var_spec . name: (identifier) . value: (expression_list . (_) @value)) @def.data
; `var _ Router = &Mux{}` states that one type implements the other.
((var_spec . name: (identifier) @name type: (_) value: (expression_list . (_) @value .)) @def.data (#match? @name "^_$"))
(var_spec . name: (identifier) . "," . name: (identifier) value: (expression_list . (_) @value . "," )) @def.data
(var_spec . name: (identifier) . "," . name: (identifier) value: (expression_list . (_) @inner .)) @pass.first
(var_spec . name: (identifier) . "," . name: (identifier) value: (expression_list . (_) .)) @def.data @value
(var_spec name: (identifier) name: (identifier) @def.data @name) @outer
(var_spec name: (identifier) name: (identifier) @def.data @name type: (_) @type) @outer
(var_spec . name: (identifier) . "," . name: (identifier) @def.data @name value: (expression_list . (_) . "," . (_) @value))
(var_spec . name: (identifier) . "," . name: (identifier) @def.data @name value: (expression_list . (_) .) @value)
(var_declaration (var_spec) @def.data) @outer

; A call may return several values: one pattern is for the statement, the other for the list.
(short_var_declaration left: (expression_list . (identifier) @def.local @name .) right: (expression_list . (_) @value .))
(short_var_declaration left: (expression_list . (identifier) @def.local @name . "," . (_)) right: (expression_list . (_) @value . ","))
(short_var_declaration left: (expression_list . (_) . "," . (identifier) @def.local @name) right: (expression_list . (_) . "," . (_) @value))
(short_var_declaration left: (expression_list . (_) . "," . (_) . "," . (identifier) @def.local @name) right: (expression_list . (_) . "," . (_) . "," . (_) @value))
(short_var_declaration left: (expression_list . (_) . ",") right: (expression_list . (_) @inner .)) @pass.first
(short_var_declaration left: (expression_list . (identifier) @def.local @name . ",") right: (expression_list . (_) .)) @value
(short_var_declaration left: (expression_list . (_) . "," . (identifier) @def.local @name) right: (expression_list . (_) .) @value)
(short_var_declaration left: (expression_list . (_) . "," . (_) . "," . (identifier) @def.local @name) right: (expression_list . (_) .))
(short_var_declaration right: (expression_list . (_) @inner .) @pass.second)
(var_spec value: (expression_list . (_) @inner .) @pass.second)
(receive_statement left: (expression_list . (identifier) @def.local @name) right: (_) @value)
(range_clause right: (_) @inner) @pass.key
(range_clause left: (expression_list . (identifier) @def.local @name) ":=") @value
(range_clause left: (expression_list . (_) . "," . (identifier) @def.local @name) ":=" right: (_) @iterated)

; Inside bodies.
(block) @scope
(if_statement) @scope
(for_statement) @scope
(expression_switch_statement) @scope
(type_switch_statement) @scope
(select_statement) @scope
(expression_case) @scope
(type_case) @scope
(default_case) @scope
(communication_case) @scope
(func_literal) @lambda
(func_literal result: (_) @type) @lambda
(type_switch_statement alias: (expression_list (identifier) @def.local @name) value: (_) @value)
(type_switch_statement alias: (expression_list (identifier) @name) (type_case . "case" . type: (_) @type @def.local . ":"))

; Expressions.
(identifier) @ref
(package_identifier) @ref
(selector_expression operand: (_) @object field: (field_identifier) @name) @member
(call_expression function: (_) @callee arguments: (argument_list) @args) @call
(call_expression arguments: (argument_list (_) @arg)) @call
(call_expression function: (identifier) @_name arguments: (argument_list . [
  (slice_type) (array_type) (map_type) (channel_type) (qualified_type) (generic_type) (type_identifier) (pointer_type)
  (struct_type) (function_type) (interface_type)
] @type) (#any-of? @_name "make" "new")) @cast
(call_expression function: (identifier) @_name arguments: (argument_list . (identifier) @type) (#any-of? @_name "make" "new")) @cast
(call_expression function: (identifier) @_name arguments: (argument_list . (_) @inner) (#eq? @_name "append")) @pass.append
(type_conversion_expression type: (generic_type) @callee operand: (_) @arg) @call
(type_conversion_expression type: [
  (slice_type) (array_type) (map_type) (channel_type) (qualified_type) (type_identifier) (pointer_type) (struct_type)
  (function_type) (interface_type)
] @type) @cast
(composite_literal type: (_) @type) @new
(type_assertion_expression type: (_) @type) @cast
(index_expression operand: (_) @object) @index
(type_instantiation_expression type: (_) @base) @generic
(slice_expression operand: (_) @inner) @pass.slice
(unary_expression operator: "<-" operand: (_) @object) @element
(unary_expression operator: ["&" "*"] operand: (_) @inner) @pass.pointer
(parenthesized_expression (_) @inner) @pass.paren
(interpreted_string_literal) @literal.string
(raw_string_literal) @literal.string
(int_literal) @literal.int
(float_literal) @literal.float64
(true) @literal.bool
(false) @literal.bool

; Keys of a struct literal are its fields; a value in braces alone is an element of the enclosing literal.
(composite_literal type: (_) @inner body: (literal_value) @pass.literal)
(literal_value (literal_element (literal_value) @element)) @object
(literal_value (keyed_element value: (literal_element (literal_value) @element))) @object
(literal_value (keyed_element key: (literal_element (identifier) @member @name))) @object

; Types.
(type_identifier) @ref.type
(qualified_type package: (_) @object name: (_) @name) @member
(generic_type type: (_) @base) @generic
(generic_type type_arguments: (type_arguments (type_elem (_) @arg))) @generic
(pointer_type (_) @inner) @pass.pointer
(parenthesized_type (_) @inner) @pass.paren
(slice_type element: (_) @arg) @array
(array_type element: (_) @arg) @array
(implicit_length_array_type element: (_) @arg) @array
(map_type value: (_) @arg) @array
(channel_type value: (_) @inner) @pass.chan
(function_type result: (_) @inner) @pass.func
(label_name) @skip
