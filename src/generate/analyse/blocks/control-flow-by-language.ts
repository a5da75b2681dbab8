/** Control flow rules for the nodes of each grammar. Kinds that are not listed simply run. */

import { NEVER_RETURNING } from './never-returning.ts'
import type { Effect, Grammar, Leave, Rule } from './rules.ts'

const none: Effect = { is: 'none' }
const branch: Effect = { is: 'branch' }
const branches: Effect = { is: 'branch', joins: true }
/** Runs if the condition before it holds; after `else`, if it fails. */
const either: Effect = { is: 'branch', when: 'holds' }
const otherwise: Effect = { is: 'branch', when: 'fails' }
/** Runs if the conditions before it fail and its own condition holds: `elif`. */
const next: Effect = { is: 'branch', when: 'next' }
const arm: Effect = { is: 'branch', when: 'matches' }
const modified: Effect = { is: 'maybe', late: 1, when: 'holds', condition: 1 }
const operand: Effect = { is: 'maybe', when: 'operator' }
/** Code passed to a call, which runs it: `later { … }`. */
const passed: Effect = { is: 'nested', when: 'passed' }
const maybe: Effect = { is: 'maybe' }
const loop: Effect = { is: 'loop' }
const bodyOfLoop: Effect = { is: 'loop', when: 'repeats' }
const failure: Effect = { is: 'failure' }
const deferred: Effect = { is: 'deferred' }
const nested: Effect = { is: 'nested' }
/** A loop whose block extends from a condition to the end of the loop. */
const loops: Effect = { is: 'loop', reaches: true, when: 'repeats' }
const step: Effect = { is: 'loop', reaches: true, late: 1, when: 'repeats' }
/** The same in a clause of the loop: `for i := 0; i < n; i++ {` */
const clauseLoops: Effect = { is: 'loop', reaches: true, clauses: 1, when: 'repeats' }
/** The code that `?.` skips if its receiver is null. */
const skipped: Effect = { is: 'maybe', reaches: true }
const skippedChain: Effect = { is: 'maybe', reaches: true, isChained: true }
const clauseStep: Effect = { is: 'loop', reaches: true, clauses: 1, late: 2, when: 'repeats' }

const outside: Effect = { is: 'outside' }
/** Condition and body of a loop. */
const repeated: Effect = { is: 'loop', joins: true, when: 'repeats' }

const sequence: Rule = { isSequence: true }
const call: Rule = { isCall: true }
const link: Rule = { isLink: true }
const callLink: Rule = { isCall: true, isLink: true }
const safeLink: Rule = { children: { '.object': none, '.condition': none, '*': skippedChain }, isLink: true }
const func: Rule = { makes: 'function' }
const hoisted: Rule = { ...func, isHoisted: true }
const type: Rule = { makes: 'class' }
const closure: Rule = { makes: 'closure' }
const leaves = (leave: Leave): Rule => ({ leaves: leave })
const ends = (effect: Effect): Rule => ({ self: effect, isSequence: true })

/** The second operand may be skipped. */
const short = (...operators: string[]): Rule => ({
  children: { '#0': none, '*': operand },
  ...(operators.length === 0 ? {} : { operators: new Set(operators) }),
})
const choice: Rule = { children: { '.consequence': either, '.body': either, '.alternative': otherwise } }
const whole: Rule = { self: bodyOfLoop, isLoop: true }
/** Its condition comes after its body. */
const tested: Rule = { self: loop, isLoop: true }
const counted: Rule = { children: { '.condition': loops, '.update': step, '.body': loops }, isLoop: true }
const each: Rule = { children: { '.body': bodyOfLoop }, isLoop: true }
/** The first child is evaluated for each element, and so are the clauses behind the first one. */
const comprehension: Rule = { children: { '#0': { is: 'loop', late: 1 }, '#1': none, '*': loop } }
/** A case that falls through to the next one. */
const fallingArm: Rule = { ...ends(arm), fallsThrough: true }
const matched: Rule = { isSwitch: true }
const switched: Rule = { isBreakable: true, isSwitch: true }
const handler: Rule = { self: failure }
const attempt: Rule = { isTry: true }
const directive: Rule = {
  children: { '.name': none, '.condition': none, '.alternative': branch, '*': branches },
  isSequence: true,
}

const C: Record<string, Rule> = {
  compound_statement: sequence,
  if_statement: choice,
  conditional_expression: choice,
  while_statement: whole,
  do_statement: tested,
  for_statement: counted,
  switch_statement: switched,
  case_statement: fallingArm,
  binary_expression: short('&&', '||', 'and', 'or'),
  preproc_if: directive,
  preproc_ifdef: directive,
  preproc_else: sequence,
  preproc_elif: directive,
  function_definition: func,
  call_expression: call,
  return_statement: leaves('function'),
  goto_statement: leaves('goto'),
  break_statement: leaves('breakable'),
  continue_statement: leaves('loop'),
  expression_statement: { mayBeMacro: true },
  labeled_statement: { isLabelled: true },
}

const TO_LABEL = /^(?:break|continue)(?:\s{1,4}|@)(\w{1,30})/
const LEVELS = /^(?:break|continue)\s{1,4}(\d{1,3})/

const C_EXITS = /^(?:std::|::)?(?:_?exit|abort|quick_exit|terminate|longjmp|errx?|verrx?)\s*\(/

const JVM_EXITS = /^(?:System\s*\.\s*exit|exitProcess|sys\s*\.\s*exit|error|TODO)\s*\(/

export const GRAMMARS: Readonly<Record<string, Grammar>> = {
  c: { rules: C, exits: C_EXITS, neverReturning: NEVER_RETURNING.c },
  cpp: {
    rules: {
      ...C,
      for_range_loop: each,
      catch_clause: handler,
      try_statement: attempt,
      lambda_expression: closure,
      class_specifier: type,
      struct_specifier: type,
      throw_statement: leaves('throw'),
      co_return_statement: leaves('function'),
    },
    neverReturning: NEVER_RETURNING.cpp,
    exits: C_EXITS,
  },
  csharp: {
    rules: {
      block: sequence,
      if_statement: choice,
      conditional_expression: choice,
      while_statement: whole,
      do_statement: tested,
      for_statement: counted,
      foreach_statement: each,
      switch_statement: switched,
      switch_section: fallingArm,
      switch_expression: matched,
      switch_expression_arm: { self: arm, pattern: 'all but last' },
      try_statement: attempt,
      catch_clause: handler,
      finally_clause: { self: deferred },
      binary_expression: short('&&', '||', '??'),
      assignment_expression: short('??='),
      local_function_statement: hoisted,
      method_declaration: func,
      constructor_declaration: func,
      destructor_declaration: func,
      operator_declaration: func,
      conversion_operator_declaration: func,
      property_declaration: func,
      lambda_expression: closure,
      anonymous_method_expression: closure,
      where_clause: { self: loop },
      select_clause: { self: loop },
      let_clause: { self: loop },
      order_by_clause: { self: loop },
      group_clause: { self: loop },
      invocation_expression: callLink,
      member_access_expression: link,
      element_access_expression: link,
      conditional_access_expression: safeLink,
      return_statement: leaves('function'),
      yield_statement: leaves('function'),
      throw_statement: leaves('throw'),
      throw_expression: leaves('throw'),
      goto_statement: leaves('goto'),
      labeled_statement: { isLabelled: true },
      break_statement: leaves('breakable'),
      continue_statement: leaves('loop'),
      preproc_if: directive,
      preproc_else: sequence,
      preproc_elif: directive,
    },
    neverReturning: NEVER_RETURNING.csharp,
    runs: /^Invoke$/,
    exits: /^Environment\s*\.\s*(?:Exit|FailFast)\s*\(/,
    leaving: [
      [/^yield\s+return\b/, 'none'],
      [/^throw\b/, 'throw'],
      [/^break\b/, 'breakable'],
      [/^continue\b/, 'loop'],
    ],
    iterators: /^(?:ForEach|Select(?:Many)?|Where|Any|All|(?:Order|Group)By(?:Descending)?|ToDictionary|RemoveAll)$/,
  },
  go: {
    rules: {
      statement_list: sequence,
      if_statement: choice,
      for_statement: { children: { for_clause: none, range_clause: none, '.body': loops, '#0': loops }, isLoop: true },
      for_clause: { children: { '.condition': clauseLoops, '.update': clauseStep } },
      expression_switch_statement: switched,
      type_switch_statement: switched,
      select_statement: { isBreakable: true, isSwitch: false },
      expression_case: { self: arm },
      type_case: { self: arm },
      communication_case: { self: branch },
      default_case: { self: arm },
      binary_expression: short('&&', '||'),
      defer_statement: { children: { call_expression: { is: 'deferred', isCall: true } } },
      function_declaration: func,
      method_declaration: func,
      func_literal: closure,
      call_expression: call,
      return_statement: leaves('function'),
      goto_statement: leaves('goto'),
      labeled_statement: { isLabelled: true },
      break_statement: leaves('breakable'),
      continue_statement: leaves('loop'),
    },
    neverReturning: NEVER_RETURNING.go,
    runs: /^ServeHTTP$/,
    jumps: TO_LABEL,
    exits: /^(?:panic|os\.Exit|runtime\.Goexit|log\.(?:Fatal|Panic)(?:f|ln)?)\s*\(/,
  },
  java: {
    rules: {
      block: sequence,
      constructor_body: sequence,
      if_statement: choice,
      ternary_expression: choice,
      while_statement: whole,
      do_statement: tested,
      for_statement: counted,
      enhanced_for_statement: each,
      switch_expression: switched,
      switch_rule: { self: arm },
      switch_block_statement_group: fallingArm,
      try_statement: attempt,
      try_with_resources_statement: attempt,
      catch_clause: handler,
      finally_clause: { self: deferred },
      binary_expression: short('&&', '||'),
      assert_statement: short(),
      object_creation_expression: { children: { class_body: nested } },
      method_declaration: func,
      constructor_declaration: func,
      compact_constructor_declaration: func,
      class_declaration: type,
      record_declaration: type,
      lambda_expression: closure,
      method_invocation: call,
      return_statement: leaves('function'),
      throw_statement: leaves('throw'),
      yield_statement: leaves('breakable'),
      break_statement: leaves('breakable'),
      continue_statement: leaves('loop'),
    },
    neverReturning: NEVER_RETURNING.java,
    runs: /^(?:accept|apply|call|execute|handle|run)$/,
    runsByMethod: true,
    jumps: TO_LABEL,
    exits: JVM_EXITS,
    iterators: /^(?:forEach(?:Ordered|Remaining)?|removeIf|mapTo(?:Obj|Int|Long|Double)|(?:any|all|none)Match)$/,
  },
  kotlin: {
    rules: {
      block: sequence,
      if_expression: { children: { '.condition': none, '*': either } },
      when_expression: matched,
      when_entry: { self: arm },
      for_statement: {
        children: {
          label: none,
          annotation: none,
          variable_declaration: none,
          multi_variable_declaration: none,
          '#0': none,
          '*': bodyOfLoop,
        },
        isLoop: true,
      },
      while_statement: whole,
      do_while_statement: tested,
      try_expression: attempt,
      catch_block: handler,
      finally_block: { self: deferred },
      binary_expression: short('&&', '||', '?:'),
      function_declaration: func,
      secondary_constructor: func,
      getter: func,
      setter: func,
      class_declaration: type,
      object_literal: type,
      anonymous_function: func,
      lambda_literal: { ...closure, isSequence: true },
      call_expression: call,
      return_expression: leaves('function'),
      throw_expression: leaves('throw'),
      labeled_expression: leaves('none'),
      break_expression: leaves('loop'),
      continue_expression: leaves('loop'),
    },
    neverReturning: NEVER_RETURNING.kotlin,
    runs: /^invoke$/,
    jumps: TO_LABEL,
    exits: JVM_EXITS,
    leaving: [
      [/^return@/, 'closure'],
      [/^(?:break|continue)\b/, 'loop'],
      // Only a `return` leaves the function around a lambda that may be called later.
      [JVM_EXITS, 'throw'],
    ],
    returnsOutward: true,
    iterators: /^(?:forEach(?:Indexed)?|onEach|repeat|(?:map|flatMap|filter)(?:Not|NotNull|Indexed|Values|Keys|To)?)$/,
    immediate: /^(?:run|let|also|apply|with|use|synchronized|withLock|buildString|buildList|buildMap|runBlocking)$/,
  },
  php: {
    rules: {
      compound_statement: sequence,
      colon_block: sequence,
      if_statement: { children: { else_if_clause: next, else_clause: otherwise, '.body': either } },
      conditional_expression: choice,
      while_statement: whole,
      do_statement: tested,
      for_statement: counted,
      foreach_statement: each,
      switch_statement: switched,
      case_statement: fallingArm,
      default_statement: fallingArm,
      match_expression: matched,
      match_conditional_expression: { self: arm },
      match_default_expression: { self: arm },
      try_statement: attempt,
      catch_clause: handler,
      finally_clause: { self: deferred },
      binary_expression: short('&&', '||', 'and', 'or', '??'),
      augmented_assignment_expression: short('??='),
      function_definition: func,
      method_declaration: func,
      class_declaration: type,
      anonymous_class: type,
      anonymous_function: closure,
      arrow_function: closure,
      function_call_expression: call,
      member_call_expression: callLink,
      member_access_expression: link,
      subscript_expression: link,
      nullsafe_member_call_expression: safeLink,
      nullsafe_member_access_expression: safeLink,
      scoped_call_expression: call,
      exit_statement: leaves('function'),
      return_statement: leaves('function'),
      throw_expression: leaves('throw'),
      goto_statement: leaves('goto'),
      labeled_statement: { isLabelled: true },
      break_statement: leaves('breakable'),
      // In a `switch` it does what `break` does.
      continue_statement: leaves('breakable'),
      program: sequence,
    },
    neverReturning: NEVER_RETURNING.php,
    runs: /^(?:handle|__invoke)$/,
    warns: { call: /^trigger_error\(\s*(["'])(.*)/s, about: /E_USER_DEPRECATED/ },
    jumps: LEVELS,
    exits: /^(?:die|exit)\s*\(/,
    iterators: /^(?:array_map|each)$/,
  },
  python: {
    rules: {
      module: sequence,
      block: sequence,
      if_statement: { children: { '#0': none, block: either } },
      elif_clause: { self: next },
      else_clause: { self: otherwise },
      conditional_expression: {
        children: { '#0': { ...either, after: 1, condition: 1 }, '#1': none, '#2': otherwise },
      },
      while_statement: { children: { '#0': repeated, block: repeated, else_clause: maybe }, isLoop: true },
      for_statement: { children: { block: bodyOfLoop, else_clause: maybe }, isLoop: true },
      assert_statement: short(),
      comparison_operator: { children: { '#0': none, '#1': none, '*': maybe } },
      list_comprehension: comprehension,
      set_comprehension: comprehension,
      dictionary_comprehension: comprehension,
      generator_expression: comprehension,
      match_statement: matched,
      case_clause: { self: arm, pattern: 'all but last' },
      try_statement: { children: { else_clause: maybe }, isTry: true },
      except_clause: handler,
      except_group_clause: handler,
      finally_clause: { self: deferred },
      boolean_operator: short(),
      function_definition: func,
      lambda: closure,
      parameters: { self: outside },
      lambda_parameters: { self: outside },
      call,
      return_statement: leaves('function'),
      raise_statement: leaves('throw'),
      break_statement: leaves('loop'),
      continue_statement: leaves('loop'),
    },
    neverReturning: NEVER_RETURNING.python,
    warns: { call: /^(?:warnings\.)?warn\(\s*f?(["'])(.*)/s, about: /DeprecationWarning/ },
    exits: /^(?:sys\.exit|os\._exit|exit|quit)\s*\(/,
  },
  ruby: {
    rules: {
      program: sequence,
      body_statement: { isSequence: true, isTry: true },
      block_body: { isSequence: true, isTry: true },
      begin: { isSequence: true, isTry: true },
      // biome-ignore lint/suspicious/noThenProperty: a kind of node
      then: sequence,
      do: sequence,
      parenthesized_statements: sequence,
      if: choice,
      unless: { ...choice, isNegated: true },
      elsif: { ...choice, self: branch },
      else: ends(arm),
      conditional: choice,
      if_modifier: { children: { '.body': modified } },
      unless_modifier: { children: { '.body': modified }, isNegated: true },
      while: whole,
      until: whole,
      while_modifier: { ...tested, children: { '.body': { is: 'none', late: 1 } } },
      until_modifier: { ...tested, children: { '.body': { is: 'none', late: 1 } } },
      for: each,
      case: matched,
      case_match: matched,
      when: { self: arm },
      in_clause: { self: arm },
      rescue: handler,
      rescue_modifier: { children: { '.handler': failure } },
      ensure: ends(deferred),
      binary: short('&&', '||', 'and', 'or'),
      operator_assignment: short('||=', '&&='),
      optional_parameter: { children: { '.value': maybe } },
      keyword_parameter: { children: { '.value': maybe } },
      method: func,
      singleton_method: func,
      class: type,
      block: closure,
      do_block: closure,
      lambda: { ...func, holdsBlock: true },
      call: { ...call, children: { '.receiver': none, '*': skipped }, operators: new Set(['&.']) },
      return: leaves('function'),
      next: leaves('loop'),
      break: leaves('loop'),
      redo: leaves('loop'),
      identifier: { ...call, isStatement: true },
      heredoc_beginning: { heredoc: 'start' },
      heredoc_body: { heredoc: 'text' },
    },
    neverReturning: NEVER_RETURNING.ruby,
    runs: /^call$/,
    runsByMethod: true,
    warns: { call: /^(?:Kernel\.)?warn[ (]+(["'])(.*)/s, about: /deprecat/i },
    exits: /^(?:raise|fail|throw|exit!?|abort|Kernel\.exit)\b(?!\s*[=.])/,
    leaving: [
      [/^(?:raise|fail)\b/, 'throw'],
      [/^(?:exit|abort|Kernel|throw)\b/, 'function'],
    ],
    returnsOutward: true,
    iterators:
      /^(?:each(?:_\w+)?|reverse_each|times|upto|downto|step|loop|map!?|flat_map|collect!?|select!?|filter(?:_map)?|reject!?|find_each|find_in_batches)$/,
    immediate: /^(?:tap|then|synchronize|transaction|catch)$/,
    makers: /^(?:lambda|proc|Proc\.new)\b/,
  },
  rust: {
    rules: {
      block: sequence,
      if_expression: choice,
      let_declaration: { children: { '.alternative': { is: 'maybe', when: 'fails', condition: -1 } } },
      while_expression: whole,
      loop_expression: whole,
      for_expression: each,
      match_expression: matched,
      match_arm: { self: arm, pattern: 'first' },
      binary_expression: short('&&', '||'),
      function_item: hoisted,
      closure_expression: closure,
      async_block: closure,
      call_expression: call,
      macro_invocation: call,
      return_expression: leaves('function'),
      try_expression: leaves('throw'),
      break_expression: leaves('loop'),
      continue_expression: leaves('loop'),
    },
    neverReturning: NEVER_RETURNING.rust,
    jumps: /^(?:break|continue)\s{1,4}'(\w{1,30})/,
    exits:
      // The `!` of most macros is blank here.
      /^(?:(?:std::)?process::(?:exit|abort)|panic|unreachable|todo|unimplemented|bail)\s*(?:!\s*)?[([{]|^(?:\w{1,30}::){0,2}(?:ready|ensure)[!\s]\(/,
  },
  scala: {
    rules: {
      block: sequence,
      indented_block: sequence,
      template_body: sequence,
      if_expression: choice,
      while_expression: whole,
      do_while_expression: tested,
      // With `yield`, it only chains the calls of any type that has `flatMap`.
      for_expression: {
        children: { '.enumerators': none, '*': bodyOfLoop },
        operators: new Set([')', '}', 'do', ') do', '} do']),
        isLoop: true,
      },
      match_expression: matched,
      case_clause: { self: arm },
      try_expression: attempt,
      catch_clause: handler,
      finally_clause: { self: deferred },
      infix_expression: short('&&', '||'),
      instance_expression: { children: { template_body: nested } },
      function_definition: hoisted,
      class_definition: type,
      object_definition: type,
      lambda_expression: closure,
      call_expression: { isCall: true, children: { block: passed, case_block: passed } },
      return_expression: leaves('function'),
      throw_expression: leaves('throw'),
    },
    neverReturning: NEVER_RETURNING.scala,
    exits: JVM_EXITS,
    iterators: /^foreach$/,
    immediate: /^(?:synchronized|blocking|locally|Try)$/,
    irrefutable: /^case\b(?:[\s(),_]|\b(?!(?:false|if|null|true)\b)[a-z]\w{0,60}\b)*$/,
  },
  swift: {
    rules: {
      statements: sequence,
      if_statement: {
        children: { '.condition': none, '.bound_identifier': none, statements: either, if_statement: otherwise },
      },
      guard_statement: { children: { '.condition': none, statements: { is: 'maybe', when: 'fails' } } },
      ternary_expression: { children: { '.condition': none, '*': either } },
      for_statement: {
        children: { '.item': none, '.collection': none, where_clause: loops, statements: loops },
        isLoop: true,
      },
      while_statement: whole,
      repeat_while_statement: tested,
      switch_statement: switched,
      switch_entry: { self: arm, pattern: 'all but last' },
      do_statement: attempt,
      catch_block: handler,
      nil_coalescing_expression: short(),
      conjunction_expression: short(),
      disjunction_expression: short(),
      function_declaration: func,
      init_declaration: func,
      class_declaration: type,
      lambda_literal: closure,
      call_expression: call,
      control_transfer_statement: leaves('function'),
    },
    neverReturning: NEVER_RETURNING.swift,
    jumps: TO_LABEL,
    exits: /^(?:fatalError|preconditionFailure|exit|abort)\s*\(/,
    leaving: [
      [/^throw\b/, 'throw'],
      [/^break\b/, 'breakable'],
      [/^continue\b/, 'loop'],
      [/^(?:fallthrough|yield)\b/, 'none'],
    ],
    iterators: /^forEach$/,
    immediate: /^(?:autoreleasepool|withLock|sync)$/,
    deferring: /^defer$/,
  },
  bash: {
    rules: {
      program: sequence,
      compound_statement: sequence,
      subshell: sequence,
      do_group: sequence,
      if_statement: {
        children: { '.condition': none, elif_clause: next, else_clause: otherwise, '*': { ...either, joins: true } },
        isSequence: true,
      },
      elif_clause: sequence,
      else_clause: sequence,
      while_statement: whole,
      for_statement: each,
      c_style_for_statement: counted,
      case_statement: matched,
      case_item: ends(arm),
      list: short(),
      function_definition: func,
      command: call,
    },
    jumps: LEVELS,
    exits: /^(?:exit|return|break|continue|die)\b/,
    leaving: [
      [/^(?:break|continue)\b/, 'loop'],
      [/^(?:exit|return|die)\b/, 'function'],
    ],
  },
}
