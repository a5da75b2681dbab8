; Captures the nodes of a Scala file. ../../engine/README.md explains the names of captures.

(comment) @comment
(block_comment) @comment
(package_clause !body name: (_) @name) @note.package
(package_clause name: (_) @name body: (_)) @def.namespace
(package_clause name: (_) @skip)
(package_object name: (_) @name) @def.namespace
(import_declaration) @import

; Types.
; A name that does not follow the keyword belongs to code that the grammar cannot read: `class A extends B()() with C`. Such a
; type is a field without a name, whose members nobody can name.
(class_definition _ . name: (identifier) @name) @def.class
(class_definition (modifiers) @modifiers) @def
(class_definition body: (_) @body) @def.field
(class_definition extend: (extends_clause type: (_) @extends)) @def
(class_definition class_parameters: (class_parameters (class_parameter name: (identifier) @name type: (_) @type) @def.field))
(class_definition class_parameters: (class_parameters (class_parameter (modifiers) @modifiers) @def.field))
(class_definition "case" @modifiers class_parameters: (class_parameters (class_parameter) @def.field))
(object_definition _ . name: (_) @name) @def.class
(object_definition (modifiers) @modifiers) @def
(object_definition body: (_) @body) @def.field
(object_definition extend: (extends_clause type: (_) @extends)) @def
(trait_definition _ . name: (identifier) @name) @def.trait
(trait_definition (modifiers) @modifiers) @def
(trait_definition body: (_) @body) @def.field
(trait_definition extend: (extends_clause type: (_) @extends)) @def
(enum_definition name: (identifier) @name body: (_)? @body) @def.enum
(enum_definition extend: (extends_clause type: (_) @extends)) @def.enum
(enum_definition class_parameters: (class_parameters (class_parameter name: (identifier) @name type: (_) @type) @def.field))
(simple_enum_case name: (identifier) @name) @def.constant
(full_enum_case name: (identifier) @name) @def.class
(full_enum_case class_parameters: (class_parameters (class_parameter name: (identifier) @name type: (_) @type) @def.field))
(type_definition _ . name: (type_identifier) @name) @def.type
(type_definition (modifiers) @modifiers) @def
(type_definition type: (_) @value) @def
(type_parameters name: (identifier) @name @def.typeparam)
(instance_expression [(type_identifier) (generic_type) (stable_type_identifier)] @extends (template_body) @def.class)
(given_definition name: (_) @name body: (with_template_body) @body) @def.class
(given_definition name: (_) return_type: (_) @extends body: (with_template_body)) @def.class
; Nobody can name the members of an instance without a name.
(given_definition !name body: (with_template_body)) @def.field
([
  (class_definition (annotation) @modifiers)
  (object_definition (annotation) @modifiers)
  (trait_definition (annotation) @modifiers)
  (type_definition (annotation) @modifiers)
  (function_definition (annotation) @modifiers)
  (function_declaration (annotation) @modifiers)
  (val_definition (annotation) @modifiers)
] @def (#match? @modifiers "^@deprecated\\b"))

; Members.
((function_definition name: (_) @name) @def.function (#not-eq? @name "this"))
((function_definition name: (identifier) @name) @def.constructor (#eq? @name "this"))
(function_definition (modifiers) @modifiers) @def
(function_definition return_type: (_) @type) @def
(function_definition body: (_) @body) @def
(function_definition body: (_) @value) @def
(function_declaration name: (_) @name) @def.function
(function_declaration (modifiers) @modifiers) @def.function
(function_declaration return_type: (_) @type) @def.function
(extension_definition parameters: (parameters (parameter type: (_) @receiver)) body: (function_definition) @def)
[
  (template_body (val_definition pattern: (identifier) @name) @def.field)
  (template_body (var_definition pattern: (identifier) @name) @def.field)
  (enum_body (val_definition pattern: (identifier) @name) @def.field)
  (compilation_unit (val_definition pattern: (identifier) @name) @def.variable)
  (compilation_unit (var_definition pattern: (identifier) @name) @def.variable)
  (block (val_definition pattern: (identifier) @name) @def.local)
  (block (var_definition pattern: (identifier) @name) @def.local)
  (indented_block (val_definition pattern: (identifier) @name) @def.local)
  (indented_block (var_definition pattern: (identifier) @name) @def.local)
  (case_clause (val_definition pattern: (identifier) @name) @def.local)
  (case_clause (var_definition pattern: (identifier) @name) @def.local)
  (lambda_expression (val_definition pattern: (identifier) @name) @def.local)
]
(val_definition (modifiers) @modifiers) @def
(val_definition type: (_) @type) @def
(val_definition value: (_) @value) @def
(val_definition value: (_) @body) @def
(var_definition (modifiers) @modifiers) @def
(var_definition type: (_) @type) @def
(var_definition value: (_) @value) @def
(val_declaration (modifiers)? @modifiers name: (identifier) @name type: (_) @type) @def.field
(var_declaration (modifiers)? @modifiers name: (identifier) @name type: (_) @type) @def.field

(function_definition (parameters (parameter name: (identifier) @name type: (_) @type) @def.parameter))
(function_declaration (parameters (parameter name: (identifier) @name type: (_) @type) @def.parameter))
(parameters (parameter default_value: (_)) @def @flag.optional)
(parameters (parameter type: (repeated_parameter_type)) @def @flag.rest)
(parameters ["implicit" "using"] (parameter) @def @flag.optional)
; Only the first of several parameter lists is required.
(function_definition (parameters) (parameters (parameter) @def @flag.optional))
(function_declaration (parameters) (parameters (parameter) @def @flag.optional))

; Inside bodies.
(block) @scope
(indented_block) @scope
(for_expression) @scope
(case_clause) @scope
(enumerator . (identifier) @name "<-" . (_) @iterated) @def.local
(enumerator . (identifier) @name "=" . (_) @value) @def.local
(typed_pattern pattern: (identifier) @name type: (_) @type) @def.local
(capture_pattern name: (identifier) @name) @def.local
((case_class_pattern pattern: (identifier) @name @def.local) (#match? @name "^[a-z]"))
((tuple_pattern (identifier) @name @def.local) (#match? @name "^[a-z]"))
((case_clause pattern: (identifier) @name @def.local) (#match? @name "^[a-z]"))
(self_type (identifier) @name @def.local)
(lambda_expression) @lambda
(lambda_expression (_) @value .) @lambda
(lambda_expression parameters: (identifier) @name @def.local @flag.inferred)
(lambda_expression parameters: (bindings (binding name: (identifier) @name) @def.local @flag.inferred))
(lambda_expression parameters: (bindings (binding type: (_) @type) @def))

; Expressions.
(identifier) @ref
(operator_identifier) @ref
(field_expression value: (_) @object field: (_) @name) @member
(stable_identifier (_) @object (identifier) @name .) @member
(call_expression function: [(identifier) (field_expression) (generic_function) (operator_identifier)] @callee) @call
(call_expression function: [(identifier) (field_expression) (generic_function) (operator_identifier)] arguments: (arguments) @args) @call
(call_expression function: [(identifier) (field_expression) (generic_function) (operator_identifier)] arguments: (arguments (_) @arg)) @call
(call_expression function: [(identifier) (field_expression) (generic_function) (operator_identifier)] arguments: (block (_) @arg .)) @call
; The result of a call is the result after its last argument list.
(call_expression function: (call_expression) @inner) @pass.curried
(call_expression function: (generic_function type_arguments: (type_arguments (_) @typearg))) @call
(generic_function function: (_) @inner) @pass.generic
((infix_expression left: (_) @object operator: (_) @name right: (_) @arg) @call (#not-any-of? @name "==" "!=" "&&" "||" "<" ">" "<=" ">=" "eq" "ne"))
((infix_expression operator: (_) @name) @literal.Boolean (#any-of? @name "==" "!=" "&&" "||" "<" ">" "<=" ">=" "eq" "ne"))
(instance_expression [(type_identifier) (generic_type) (stable_type_identifier)] @type) @new
(instance_expression (arguments) @args) @new
(instance_expression (arguments (_) @arg)) @new
(ascription_expression (_) (_) @type .) @cast
(parenthesized_expression (_) @inner) @pass.paren
(assignment_expression right: (_) @inner) @pass.assign
(if_expression consequence: (_) @arg alternative: (_) @arg) @either
(match_expression body: (case_block (case_clause body: (_) @arg .))) @either
((identifier) @this (#eq? @this "this"))
((identifier) @super (#eq? @super "super"))
(string) @literal.String
(interpolated_string_expression) @literal.String
(interpolated_string_expression interpolator: (identifier) @skip)
(integer_literal) @literal.Int
(floating_point_literal) @literal.Double
(boolean_literal) @literal.Boolean
(character_literal) @literal.Char
(null_literal) @literal.null
(unit) @literal.Unit
(arguments (assignment_expression left: (identifier) @skip))

; Types.
(type_identifier) @ref.type
(generic_type type: (_) @base) @generic
(generic_type type_arguments: (type_arguments (_) @arg)) @generic
(stable_type_identifier (_) @object (type_identifier) @name .) @member.type
(compound_type base: (_) @inner) @pass.type
(annotated_type . (_) @inner) @pass.type
(lazy_parameter_type type: (_) @inner) @pass.type
(repeated_parameter_type type: (_) @arg) @array
(singleton_type (_) @inner) @pass.type
(function_type parameter_types: (parameter_types (_) @arg)) @literal.Function
(function_type return_type: (_) @arg) @literal.Function
