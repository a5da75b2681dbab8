; Captures the nodes of a Rust file. ../../engine/README.md explains the names of captures.

(line_comment) @comment
(block_comment) @comment
(attribute_item) @attribute
(attribute_item (attribute) @skip)
(inner_attribute_item (attribute) @skip)

(use_declaration) @import
(extern_crate_declaration) @import

; Modules. A module without a body is a separate file.
(mod_item name: (identifier) @name) @def.module
(mod_item (visibility_modifier) @modifiers) @def.module
(mod_item body: (_) @body) @def.module
(mod_item !body) @def.module @flag.prototype

; Types.
(struct_item name: (type_identifier) @name) @def.struct
(struct_item (visibility_modifier) @modifiers) @def.struct
(struct_item body: (field_declaration_list) @body) @def.struct
(struct_item body: (ordered_field_declaration_list) @value) @def.struct
(union_item name: (type_identifier) @name body: (_) @body) @def.struct
(union_item (visibility_modifier) @modifiers) @def.struct
(enum_item name: (type_identifier) @name body: (_) @body) @def.enum
(enum_item (visibility_modifier) @modifiers) @def.enum
(enum_variant name: (identifier) @name) @def.constant
(enum_variant body: (ordered_field_declaration_list) @value) @def.constant
(ordered_field_declaration_list) @tuple
(ordered_field_declaration_list type: (_) @arg) @tuple
(trait_item name: (type_identifier) @name body: (_) @body) @def.trait
(trait_item (visibility_modifier) @modifiers) @def.trait
(trait_item bounds: (trait_bounds (_) @extends)) @def.trait
(type_item name: (type_identifier) @name type: (_) @value) @def.type
(type_item (visibility_modifier) @modifiers) @def.type
(associated_type name: (type_identifier) @name) @def.type
(associated_type bounds: (trait_bounds (_) @extends)) @def.type
(type_parameter name: (type_identifier) @name) @def.typeparam
(type_parameter bounds: (trait_bounds (_) @extends)) @def.typeparam
(where_predicate left: (type_identifier) @type bounds: (trait_bounds (_) @extends)) @def.typeparam
(impl_item type: (_) @receiver body: (_) @body) @def.impl
(impl_item trait: (_) @implements) @def.impl
(field_declaration name: (field_identifier) @name type: (_) @type) @def.field
(field_declaration (visibility_modifier) @modifiers) @def.field

; Functions and constants.
(function_item name: (identifier) @name body: (_) @body) @def.function
(function_item (visibility_modifier) @modifiers) @def.function
(function_item return_type: (_) @type) @def.function
(function_signature_item name: (identifier) @name) @def.function
(function_signature_item (visibility_modifier) @modifiers) @def.function
(function_signature_item return_type: (_) @type) @def.function
(macro_definition name: (identifier) @name) @def.macro
(macro_rule) @skip
(const_item name: (identifier) @name type: (_) @type) @def.constant
(const_item value: (_) @value) @def.constant
(const_item (visibility_modifier) @modifiers) @def.constant
(static_item name: (identifier) @name type: (_) @type) @def.variable
(static_item value: (_) @value) @def.variable
(static_item (visibility_modifier) @modifiers) @def.variable
(function_item parameters: (parameters (parameter pattern: (identifier) @name type: (_) @type) @def.parameter))
(function_signature_item parameters: (parameters (parameter pattern: (identifier) @name type: (_) @type) @def.parameter))
(function_item parameters: (parameters (parameter pattern: [(tuple_pattern) (reference_pattern) (struct_pattern) (tuple_struct_pattern) (slice_pattern) "_"] type: (_) @type) @def.parameter))
(parameter pattern: (reference_pattern (identifier) @def.local @name) type: (_) @type)
(self_parameter (self) @name) @def.local
(impl_item trait: (_) "for" @modifiers body: (declaration_list (function_item) @def.function))
(impl_item trait: (_) "for" @modifiers body: (declaration_list (const_item) @def.constant))
(impl_item trait: (_) "for" @modifiers body: (declaration_list (type_item) @def.type))
(closure_parameters (parameter pattern: (identifier) @def.local @name type: (_) @type))
(closure_parameters (identifier) @def.local @name @flag.inferred)
(closure_parameters (reference_pattern (identifier) @def.local @name @flag.inferred))
(closure_parameters (tuple_pattern (identifier) @def.local @name @flag.static))

; Locals. `finish` adds the positions of locals in patterns with several parts.
(let_declaration pattern: (identifier) @def.local @name type: (_) @type)
(let_declaration pattern: (identifier) @def.local @name value: (_) @value)
(let_declaration pattern: (identifier) @def.local @name !value)
(let_declaration pattern: (tuple_pattern (identifier) @def.local @name @flag.static) value: (_) @value)
(let_declaration pattern: (tuple_pattern (identifier) @def.local @name @flag.static) type: (_) @type)
(parameter pattern: (tuple_pattern (identifier) @def.local @name @flag.static) type: (_) @type)
(let_declaration pattern: (tuple_struct_pattern type: (identifier) @_t (identifier) @def.local @name) value: (_) @iterated (#any-of? @_t "Some" "Ok"))
(let_condition pattern: (tuple_struct_pattern type: (identifier) @_t [(identifier) @def.local @name (ref_pattern (identifier) @def.local @name) (ref_pattern (mut_pattern (identifier) @def.local @name)) (mut_pattern (identifier) @def.local @name)]) value: (_) @iterated (#any-of? @_t "Some" "Ok"))
(let_condition pattern: (identifier) @def.local @name value: (_) @value)
(match_expression value: (_) @iterated body: (match_block (match_arm pattern: (match_pattern (tuple_struct_pattern type: (identifier) @_t [(identifier) @def.local @name (ref_pattern (identifier) @def.local @name) (ref_pattern (mut_pattern (identifier) @def.local @name)) (mut_pattern (identifier) @def.local @name)])))) (#any-of? @_t "Some" "Ok"))
(match_expression value: (_) @value body: (match_block (match_arm pattern: (match_pattern (identifier) @def.local @name) (#match? @name "^[a-z_]"))))
(tuple_struct_pattern type: (_) @value (identifier) @def.local @name @flag.special (#not-any-of? @value "Some" "Ok" "Err"))
(tuple_struct_pattern type: (_) @value (ref_pattern (mut_pattern (identifier) @def.local @name @flag.special)) (#not-any-of? @value "Some" "Ok" "Err"))
(tuple_struct_pattern type: (_) @value (mut_pattern (identifier) @def.local @name @flag.special) (#not-any-of? @value "Some" "Ok" "Err"))
(tuple_struct_pattern type: (_) @value (ref_pattern (identifier) @def.local @name @flag.special) (#not-any-of? @value "Some" "Ok" "Err"))
(tuple_struct_pattern type: (identifier) @_t (identifier) @def.local @name (#eq? @_t "Err"))
(struct_pattern type: (_) @object (field_pattern name: (shorthand_field_identifier) @name) @member)
(struct_pattern (field_pattern name: (shorthand_field_identifier) @def.local @name) @value)
(struct_pattern type: (_) @object (field_pattern name: (field_identifier) @name) @member)
(struct_pattern (field_pattern pattern: (identifier) @def.local @name) @value)
(for_expression pattern: (identifier) @def.local @name value: (_) @iterated)
(for_expression pattern: (reference_pattern (identifier) @def.local @name) value: (_) @iterated)
(for_expression pattern: (tuple_pattern (identifier) @def.local @name @flag.static) value: (_) @iterated)
(captured_pattern . (identifier) @def.local @name)

(block) @scope
(if_expression) @scope
(while_expression) @scope
(for_expression) @scope
(match_arm) @scope
(closure_expression) @lambda
(closure_expression body: (_) @value) @lambda
(closure_expression body: (block (_) @value .)) @lambda

; Expressions.
(identifier) @ref
(self) @ref
((identifier) @this (#eq? @this "Self"))
((type_identifier) @this (#eq? @this "Self"))
(crate) @ref
(super) @ref
(field_expression value: (_) @object field: (field_identifier) @name) @member
(field_expression value: (_) @inner field: (integer_literal) @_n (#eq? @_n "0")) @pass.0
(field_expression value: (_) @inner field: (integer_literal) @_n (#eq? @_n "1")) @pass.1
(field_expression value: (_) @inner field: (integer_literal) @_n (#eq? @_n "2")) @pass.2
(scoped_identifier path: (_) @object name: (identifier) @name) @member
(scoped_type_identifier path: (_) @object name: (type_identifier) @name) @member
(call_expression function: (_) @callee arguments: (arguments) @args) @call
(call_expression arguments: (arguments (_) @arg)) @call
(generic_function function: (_) @inner) @pass.generic
(struct_expression name: (_) @type) @new
(struct_expression name: (_) @object body: (field_initializer_list (field_initializer field: (field_identifier) @name) @member))
(struct_expression name: (_) @object body: (field_initializer_list (shorthand_field_initializer (identifier) @name) @member))
(macro_invocation macro: (identifier) @name) @call
(macro_invocation macro: (scoped_identifier path: (_) @object name: (identifier) @name)) @call
(try_expression (_) @inner) @pass.try
(await_expression (_) @inner) @pass.await
(reference_expression value: (_) @inner) @pass.ref
(unary_expression (_) @inner) @pass.deref
(parenthesized_expression (_) @inner) @pass.paren
(type_cast_expression type: (_) @type) @cast
(index_expression . (_) @object) @index
(tuple_expression (_) @arg) @tuple
(array_expression (_) @arg) @literal.Array
(if_expression consequence: (block (_) @arg .) ) @either
(if_expression alternative: (else_clause (_) @arg)) @either
(match_expression body: (match_block (match_arm value: (_) @arg))) @either
(match_expression body: (match_block (match_arm value: (block (_) @arg .)))) @either
(if_expression alternative: (else_clause (block (_) @arg .))) @either
(unsafe_block (block (_) @inner .)) @pass.block
(string_literal) @literal.str
(raw_string_literal) @literal.str
(integer_literal) @literal.int
(float_literal) @literal.float
(char_literal) @literal.char
(boolean_literal) @literal.bool

; Names in the arguments of a macro may mean anything: only paths and plain names are certain.
(token_tree "." . (identifier) @skip)
(token_tree (identifier) @skip . [":" "=" "=>" "!"])
(token_tree ["fn" "struct" "enum" "mod" "let" "const" "static" "trait" "type"] . (identifier) @skip)
(token_tree [(identifier) (crate) (self)] @object . "::" . (identifier) @member @name)

; Types.
(type_identifier) @ref.type
(primitive_type) @ref.type
(generic_type type: (_) @base) @generic
(generic_type type_arguments: (type_arguments [
  (type_identifier) (scoped_type_identifier) (generic_type) (reference_type) (tuple_type) (array_type) (primitive_type)
  (pointer_type) (function_type) (dynamic_type) (abstract_type) (bounded_type) (unit_type) (never_type) (type_binding)
] @arg)) @generic
(generic_type_with_turbofish type: (_) @base) @generic
(generic_type_with_turbofish type_arguments: (type_arguments [
  (type_identifier) (scoped_type_identifier) (generic_type) (reference_type) (tuple_type) (array_type) (primitive_type)
  (pointer_type) (function_type) (dynamic_type) (abstract_type) (bounded_type) (unit_type) (never_type) (type_binding)
] @arg)) @generic
(reference_type type: (_) @inner) @pass.ref
(pointer_type type: (_) @inner) @pass.ref
(dynamic_type trait: (_) @inner) @pass.dyn
(abstract_type trait: (_) @inner) @pass.dyn
(bounded_type . (_) @inner) @pass.dyn
(array_type element: (_) @arg) @array
(tuple_type (_) @arg) @tuple
(function_type return_type: (_) @inner) @pass.fn
(bracketed_type (_) @inner) @pass.bracketed
(qualified_type type: (_) @inner) @pass.qualified
(type_binding type: (_) @inner) @pass.binding
