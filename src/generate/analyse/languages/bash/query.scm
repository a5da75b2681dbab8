; Captures the nodes of a shell script. ../../engine/README.md explains the names of captures.

(comment) @comment

(function_definition name: (word) @name body: (_) @body) @def.function

; Declarations that a script provides to scripts that source it.
(declaration_command ["readonly" "export"] (variable_assignment name: (variable_name) @name value: (_)? @value) @def.constant) @outer
(declaration_command ["declare" "typeset"] (word) @_flags (variable_assignment name: (variable_name) @name) @def.constant
  (#match? @_flags "^-[a-zA-Z]*[rx]")) @outer
(program (variable_assignment name: (variable_name) @name value: (_)? @value) @def.variable
  (#match? @name "^[A-Z][A-Z0-9_]*$"))
(declaration_command "local" (variable_assignment name: (variable_name) @name) @def.local)
(declaration_command "local" (variable_name) @name @def.local)
(function_definition body: (_ (declaration_command ["declare" "typeset"] (variable_assignment name: (variable_name) @name) @def.local)))
(for_statement variable: (variable_name) @name @def.local)

; Files. The grammar includes a line break before a backslash in the next word. Running a script is not reading it, but the file is as needed.
(command name: (command_name (word) @_source) argument: (_) (#match? @_source "^\\s*\\\\?(source|\\.)$")) @import.source
(command name: (command_name [(word) (string) (concatenation)] @note.run (#match? @note.run "/")))
(command name: (command_name (word) @_shell) argument: [(word) (string) (concatenation)] @note.run
  (#any-of? @_shell "bash" "sh" "dash" "ksh" "zsh" "exec")
  (#match? @note.run "\\.(sh|bash|ksh|zsh)\"?$|/"))
; A script of the repository that is found by its name alone; a common program rarely has a hyphen.
(command name: (command_name (word) @note.start) (#match? @note.start "^[a-z][a-z0-9]*(-[a-z0-9]+)+$"))
(command name: (command_name (word) @_exec) . argument: (word) @note.start
  (#eq? @_exec "exec") (#match? @note.start "^[a-z][a-z0-9]*(-[a-z0-9]+)+$"))

; Names.
(variable_name) @ref
(command name: (command_name (word) @name) (#not-match? @name "^\\s*\\\\?(source|\\.)$")) @call
(command name: (command_name (word) @_trap) . argument: (word) @call @name (#eq? @_trap "trap"))
; Functions that complete a command, or that a key or a hook runs, are named where they are set.
(command name: (command_name (word) @_compdef) . argument: (word) @call @name (#eq? @_compdef "compdef"))
(command name: (command_name (word) @_complete) argument: (word) @_flag . argument: (word) @call @name
  (#eq? @_complete "complete") (#eq? @_flag "-F"))
