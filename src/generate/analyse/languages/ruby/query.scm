; Captures the nodes of a Ruby file. ../../engine/README.md explains the names of captures.
; A method overrides the inherited one whatever its parameters, so every parameter is @flag.rest.

(comment) @comment

(call !receiver method: (identifier) @name arguments: (argument_list) (#any-of? @name "require" "require_relative" "autoload")) @import.require

; Modules and classes, which may be opened several times.
(module name: (_) @name body: (_)? @body) @def.module
(class name: (_) @name) @def.class
(class superclass: (superclass (_) @extends)) @def.class
(class body: (_) @body) @def.class
; Methods in `class << self` belong to the class; `ruby.ts` recognises them by the missing name.
(singleton_class) @def.namespace @flag.transparent
(assignment
  left: (constant) @name
  right: (call receiver: (constant) @_maker method: (identifier) @_new)
  (#any-of? @_maker "Struct" "Class" "Data")
  (#any-of? @_new "new" "define")) @def.class
(assignment
  left: (constant)
  right: (call receiver: (constant) @_class method: (identifier) @_new arguments: (argument_list . [(constant) (scope_resolution)] @extends .))
  (#eq? @_class "Class")
  (#eq? @_new "new")) @def.class
(assignment
  left: (constant)
  right: (call receiver: (constant) @_struct method: (identifier) @_new arguments: (argument_list (simple_symbol) @name @def.field))
  (#any-of? @_struct "Struct" "Data")
  (#any-of? @_new "new" "define"))
; `Options = Base.new(:a, :b) do … def … end`, where `Base` is a struct.
(assignment
  left: (constant) @name
  right: (call receiver: (constant) method: (identifier)) @_made
  (#match? @name "[a-z]")
  (#match? @_made "^[A-Z]\\w*\\.new\\(\\s*:[^()]*\\)\\s*do\\s[^|]*\\n[ \\t]*def ")
  (#not-match? @_made "^(Struct|Class|Module)\\.")) @def.class
(assignment
  left: (constant) @_class
  right: (call receiver: (constant) @extends method: (identifier)) @_made
  (#match? @_class "[a-z]")
  (#match? @_made "^[A-Z]\\w*\\.new\\(\\s*:[^()]*\\)\\s*do\\s[^|]*\\n[ \\t]*def ")
  (#not-match? @_made "^(Struct|Class|Module)\\.")) @def.class
(assignment
  left: (constant) @_class
  right: (call receiver: (constant) method: (identifier) arguments: (argument_list (simple_symbol) @name @def.field)) @_made
  (#match? @_class "[a-z]")
  (#match? @_made "^[A-Z]\\w*\\.new\\(\\s*:[^()]*\\)\\s*do\\s[^|]*\\n[ \\t]*def ")
  (#not-match? @_made "^(Struct|Class|Module)\\."))
; Constants.
(assignment left: (constant) @name right: (_) @value
  (#not-match? @value "^(Struct|Class|Module)\\.new\\b|^Data\\.define\\b|^[A-Z]\\w*\\.new\\(\\s*:[^()]*\\)\\s*do\\s[^|]*\\n[ \\t]*def ")) @def.constant
(operator_assignment left: (constant) @name right: (_) @value) @def.constant
(assignment left: (left_assignment_list (constant) @name @def.constant))

; Methods.
; The name of a setter is not a use of the reader of the same name.
(setter (identifier) @skip)
(method name: (_) @name) @def.function
(method body: (_) @body) @def.function
(method body: (body_statement (_) @value .)) @def.function
(method body: [(call) (identifier) (instance_variable) (constant) (operator_assignment) (conditional) (self)] @value) @def.function
(singleton_method object: (self) name: (_) @name) @def.function @flag.static
(singleton_method object: (constant) @receiver name: (_) @name) @def.function @flag.static
(singleton_method object: (identifier) name: (_) @skip)
(singleton_method body: (_) @body) @def.function
(singleton_method body: (body_statement (_) @value .)) @def.function
(singleton_method body: [(call) (identifier) (instance_variable) (constant) (operator_assignment) (conditional) (self)] @value) @def.function
(call !receiver method: (identifier) @_define arguments: (argument_list . [(simple_symbol) (string)] @name)
  (#any-of? @_define "define_method" "alias_method")) @def.function
(alias name: (_) @name alias: (_) @value) @def.function
(alias (_) @skip)
(call !receiver method: (identifier) @_attr arguments: (argument_list [(simple_symbol) (string)] @name @def.field)
  (#any-of? @_attr "attr_accessor" "attr_reader" "attr_writer" "attr")) @outer

; Methods that delegate through `Forwardable` or Rails. A method that `prefix:` renames is left out.
(call !receiver method: (identifier) @_delegators arguments: (argument_list . (_) (simple_symbol) @name @def.function)
  (#any-of? @_delegators "def_delegators" "def_instance_delegators")) @outer
(call !receiver method: (identifier) @_delegator arguments: (argument_list . (_) . (simple_symbol) @name @def.function .)
  (#any-of? @_delegator "def_delegator" "def_instance_delegator")) @outer
(call !receiver method: (identifier) @_delegator arguments: (argument_list . (_) . (_) . (simple_symbol) @name @def.function .)
  (#any-of? @_delegator "def_delegator" "def_instance_delegator")) @outer
(call !receiver method: (identifier) @_delegate arguments: (argument_list (simple_symbol) @name @def.function (pair key: (hash_key_symbol) @_to)) @_delegated
  (#eq? @_delegate "delegate") (#eq? @_to "to") (#not-match? @_delegated "\\bprefix:")) @outer

(method_parameters (identifier) @name @def.parameter @flag.rest)
(method_parameters (optional_parameter name: (_) @name value: (_) @value) @def.parameter @flag.rest)
(method_parameters (keyword_parameter name: (_) @name value: (_)? @value) @def.parameter @flag.rest)
(method_parameters (splat_parameter name: (_) @name) @def.parameter @flag.rest)
(method_parameters (hash_splat_parameter name: (_) @name) @def.parameter @flag.rest)
(method_parameters (block_parameter name: (_) @name) @def.parameter @flag.rest)
(method_parameters (destructured_parameter (identifier) @name @def.parameter @flag.rest))

; Inside bodies.
(block) @scope
(do_block) @scope
(lambda) @scope
(block_parameters (identifier) @name @def.local)
(block_parameters (_ name: (identifier) @name) @def.local)
(block_parameters (destructured_parameter (identifier) @name @def.local))
(lambda_parameters (identifier) @name @def.local)
(lambda_parameters (_ name: (identifier) @name) @def.local)
(assignment left: (identifier) @name right: (_) @value) @def.local
(operator_assignment left: (identifier) @name right: (_) @value) @def.local
(call !receiver method: (identifier) @_let arguments: (argument_list . (simple_symbol) @name) block: (block body: (block_body (_) @value .)) (#any-of? @_let "let" "let!" "subject" "subject!")) @def.local
(call !receiver method: (identifier) @_let arguments: (argument_list . (simple_symbol) @name) block: (do_block body: (body_statement (_) @value .)) (#any-of? @_let "let" "let!" "subject" "subject!")) @def.local
(left_assignment_list (identifier) @name @def.local)
(left_assignment_list (rest_assignment (identifier) @name @def.local))
(destructured_left_assignment (identifier) @name @def.local)
(exception_variable (identifier) @name @def.local)
(rescue exceptions: (exceptions . (_) @type .) variable: (exception_variable (identifier) @name)) @def.local
(for pattern: (identifier) @name @def.local)
(as_pattern name: (identifier) @name @def.local)
(keyword_pattern value: (identifier) @name @def.local)
(array_pattern (identifier) @name @def.local)
(assignment left: (instance_variable) @name right: (_) @value) @def.attribute
(operator_assignment left: (instance_variable) @name right: (_) @value) @def.attribute
(assignment left: (class_variable) @name right: (_) @value) @def.attribute
(operator_assignment left: (class_variable) @name right: (_) @value) @def.attribute

; Names.
(identifier) @ref
(constant) @ref
(instance_variable) @ref
(class_variable) @ref
(super) @ref
(self) @this
(scope_resolution scope: (_) @object name: (constant) @name) @member
(scope_resolution !scope) @ref
(scope_resolution !scope name: (constant) @skip)
(undef (_) @skip)

; Expressions.
(call receiver: (_)? @object method: [(identifier) (constant) (super)] @name (#not-eq? @name "class")) @call
(call receiver: (_) @inner method: (identifier) @_class (#eq? @_class "class")) @pass.class
(block_argument (simple_symbol) @name) @member
(call arguments: (argument_list) @args) @call
(call arguments: (argument_list (_) @arg)) @call
(element_reference object: (_) @object) @index
(assignment right: (_) @inner) @pass.assign
(operator_assignment left: (_) @arg operator: "||=" right: (_) @arg) @either
(parenthesized_statements (_) @inner .) @pass.paren
(binary left: (_) @arg operator: "||" right: (_) @arg) @either
(conditional consequence: (_) @arg alternative: (_) @arg) @either
(if consequence: (then (_) @arg .)) @either
(if alternative: (else (_) @arg .)) @either
(unless consequence: (then (_) @arg .)) @either
(case (when body: (then (_) @arg .))) @either
(case (else (_) @arg .)) @either
(begin (_) @inner .) @pass.begin
(return (argument_list . (_) @inner .)) @pass.return
(string) @literal.String
(simple_symbol) @literal.Symbol
(delimited_symbol) @literal.Symbol
(integer) @literal.Integer
(float) @literal.Float
(array) @literal.Array
(hash) @literal.Hash
(regex) @literal.Regexp
(nil) @literal.NilClass
(true) @literal.TrueClass
(false) @literal.FalseClass
