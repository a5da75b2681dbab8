/** The rules for the nodes of a grammar, and their compilation to numeric kind and field ids. */

import { push } from '#base/multimap.ts'
import type { NeverReturning } from './never-returning.ts'

/** How a rule affects the evaluation of a child, or of the node itself. */
export interface Effect {
  /**
   * `branch` is one of several alternatives in its parent, `maybe` may be skipped independently, `none` simply runs,
   * `outside` is evaluated where the enclosing function is defined.
   */
  readonly is: 'none' | 'outside' | 'branch' | 'maybe' | 'loop' | 'failure' | 'deferred' | 'nested'
  /**
   * How the code before it decides whether it runs. `holds`: a condition that holds, or fails if it comes after `else`; `fails`: all
   * earlier conditions failed; `next`: the same, and its own first child holds; `operator`: the first operand; `matches`: a case;
   * `repeats`: the head of the loop; `passed`: the function it is passed to.
   */
  readonly when?: 'holds' | 'fails' | 'next' | 'operator' | 'matches' | 'repeats' | 'passed'
  /** Index of the child that is the condition, unless it is the code before; -1 for everything before. */
  readonly condition?: number
  /** Evaluated after its n-th ancestor, counting from the parent. */
  readonly late?: number
  /** Evaluated after the child with this index. */
  readonly after?: number
  /** Adjacent children form one block. */
  readonly joins?: boolean
  /** The block extends to the end of the node. */
  readonly reaches?: boolean
  /** Number of clauses between the child and the node to whose end the block extends; 0 by default. */
  readonly clauses?: number
  /** The block extends to the end of the chain of calls and members that starts with its parent. */
  readonly isChained?: boolean
  /** A deferred call, whose arguments are evaluated at once. */
  readonly isCall?: boolean
}

/** The construct that a jump leaves: the code after the jump in it runs conditionally. */
export type Leave = 'function' | 'closure' | 'loop' | 'breakable' | 'throw' | 'goto' | 'none'

export interface Rule {
  /** The effect on the node itself. */
  readonly self?: Effect
  /**
   * For its children, selected by field (`.body`), by kind, by index among those not selected before (`#0`), or all
   * others (`*`). The first match wins.
   */
  readonly children?: Readonly<Record<string, Effect>>
  /** Applies to the children only if one of these operators is between the first two; without it, always. */
  readonly operators?: ReadonlySet<string>
  /** Whether its children run one after the other. */
  readonly isSequence?: boolean
  /** `function` and `class` are declarations; `closure` is a function as a value. */
  readonly makes?: 'function' | 'closure' | 'class'
  /** Can be called before its declaration, so exits before it do not guard it. */
  readonly isHoisted?: boolean
  /** Where a heredoc is evaluated, and its text below. */
  readonly heredoc?: 'start' | 'text'
  /** The closure in it is its body, not another function. */
  readonly holdsBlock?: boolean
  readonly isLoop?: boolean
  /** Its body runs if the condition fails. */
  readonly isNegated?: boolean
  /** Its cases are matched with what comes before them. */
  readonly isSwitch?: boolean
  /** A case that continues with the next one if nothing leaves it. */
  readonly fallsThrough?: boolean
  /** The children that are the pattern of a case; by default, those of certain fields and kinds. */
  readonly pattern?: 'first' | 'all but last'
  /** `break` ends it. */
  readonly isBreakable?: boolean
  /** Catches a `throw` in its body, if it has a handler. */
  readonly isTry?: boolean
  readonly leaves?: Leave
  /** A call, which may never return, or may be deferred. */
  readonly isCall?: boolean
  /** A statement; a call in it without a semicolon is a macro that controls the next statement. */
  readonly mayBeMacro?: boolean
  /** Has a label. */
  readonly isLabelled?: boolean
  /** A call or member access, which a `?.` before it may skip: `a?.b.c()` */
  readonly isLink?: boolean
  /** Leaves only as a statement of its own: a bare name may also be a variable or a part of an expression. */
  readonly isStatement?: boolean
}

export interface Grammar {
  readonly rules: Readonly<Record<string, Rule>>
  /** Calls that end the program or do not return; matched at the start of the call. */
  readonly exits?: RegExp
  readonly neverReturning?: NeverReturning | undefined
  /** Statements with several meanings; matched at their start. */
  readonly leaving?: readonly (readonly [RegExp, Leave])[]
  /** Matches a `break` or `continue` that names a label, or a number of loops, which it captures. */
  readonly jumps?: RegExp
  /** Matches functions that call their closure repeatedly, or once and immediately. */
  readonly iterators?: RegExp
  readonly immediate?: RegExp
  /** Matches calls that return the closure they are given. */
  readonly makers?: RegExp
  /** A `return` in a closure returns from the enclosing function. */
  readonly returnsOutward?: boolean
  /** Matches functions that defer their closure. */
  readonly deferring?: RegExp
  /** Matches methods that call their value, such as `invoke`. */
  readonly runs?: RegExp
  /** `call` matches a warning call up to its message; `about`, a mention of deprecation in it. */
  readonly warns?: { readonly call: RegExp; readonly about: RegExp }
  /** Whether values are called only by such methods: `name()` calls something else. */
  readonly runsByMethod?: boolean
}

interface CompiledChild {
  readonly field: number
  readonly kind: number
  /** -1 for any. */
  readonly index: number
  readonly effect: Effect
}

export interface CompiledRule extends Rule {
  readonly byChild: readonly CompiledChild[]
}

/** A grammar compiled to numeric kind and field ids. */
export interface CompiledGrammar {
  readonly grammar: Grammar
  readonly rules: readonly (CompiledRule | undefined)[]
  /** For each kind, 1 if its nodes assign a value to a name. */
  readonly assigns: Uint8Array
  readonly parentheses: Uint8Array
  readonly handlers: Uint8Array
  /** Declarations of functions without a body. */
  readonly signatures: Uint8Array
  /** Bodies of functions, if the grammar has no field for them. */
  readonly bodies: Uint8Array
  readonly declarators: Uint8Array
  /** Bodies of loops, if the grammar has no field for them. */
  readonly loopBodies: Uint8Array
  readonly argumentLists: Uint8Array
  /** Nodes that contain the names of parameters. */
  readonly parameters: Uint8Array
  /** Parts of the pattern of a case. */
  readonly patterns: { readonly kinds: Uint8Array; readonly fields: ReadonlySet<number> }
  readonly errorKind: number
  readonly nameField: number
  readonly functionField: number
  readonly bodyField: number
}

/** The kind and field ids of a grammar; a tree without fields has no field ids. */
export interface KindNames {
  readonly kinds: readonly { readonly symbol: number; readonly name: string; readonly isNamed: boolean }[]
  field(name: string): number | undefined
}

const ASSIGNS = new Set(
  `assignment assignment_expression init_declarator let_declaration property_declaration short_var_declaration
  val_definition var_spec variable_declarator`.split(/\s+/),
)
const PARENTHESES = new Set(['parenthesized_declarator', 'parenthesized_expression', 'parenthesized_statements'])
const HANDLERS = new Set(['catch_clause', 'catch_block', 'except_clause', 'except_group_clause', 'rescue'])
const SIGNATURES = new Set(['declaration', 'field_declaration', 'function_signature_item', 'function_declaration'])
const BODIES = new Set(['block', 'function_body'])
const LOOP_BODIES = new Set(['block', 'statements', 'do_group', 'do', 'case_block', 'compound_statement'])
const ARGUMENT_LISTS = new Set(['argument_list', 'arguments', 'value_arguments'])
const PATTERNS = new Set(
  `case_pattern case_switch_label switch_label switch_pattern guard if_clause if_guard unless_guard when_clause comparison_expression
  constant_pattern declaration_pattern recursive_pattern relational_pattern or_pattern and_pattern negated_pattern var_pattern
  type_pattern list_pattern parenthesized_pattern discard`.split(/\s+/),
)
const PATTERN_FIELDS = ['pattern', 'condition', 'value', 'type', 'communication', 'conditional_expressions', 'guard']
const DECLARATORS = new Set(['function_declarator'])
const NO_NUMBER = -2

export function compileGrammar(grammar: Grammar, names: KindNames, errorKind: number): CompiledGrammar {
  const numbers = new Map<string, number[]>()
  for (const { symbol, name, isNamed } of names.kinds) if (isNamed) push(numbers, name, symbol)
  const rules: (CompiledRule | undefined)[] = []
  const byChild = (selector: string, effect: Effect): CompiledChild[] => {
    const one = { field: NO_NUMBER, kind: NO_NUMBER, index: NO_NUMBER, effect }
    if (selector === '*') return [{ ...one, index: -1 }]
    if (selector.startsWith('#')) return [{ ...one, index: Number(selector.slice(1)) }]
    if (selector.startsWith('.')) return [{ ...one, field: names.field(selector.slice(1)) ?? NO_NUMBER }]
    return (numbers.get(selector) ?? []).map((kind) => ({ ...one, kind }))
  }
  for (const [name, rule] of Object.entries(grammar.rules)) {
    const children = Object.entries(rule.children ?? {}).flatMap(([selector, effect]) => byChild(selector, effect))
    for (const number of numbers.get(name) ?? []) rules[number] = { ...rule, byChild: children }
  }
  const marked = (wanted: ReadonlySet<string>): Uint8Array => {
    const marks = new Uint8Array(0x10000)
    for (const name of wanted) for (const number of numbers.get(name) ?? []) marks[number] = 1
    return marks
  }
  return {
    grammar,
    rules,
    assigns: marked(ASSIGNS),
    parentheses: marked(PARENTHESES),
    handlers: marked(HANDLERS),
    signatures: marked(SIGNATURES),
    bodies: marked(BODIES),
    declarators: marked(DECLARATORS),
    loopBodies: marked(LOOP_BODIES),
    argumentLists: marked(ARGUMENT_LISTS),
    parameters: marked(new Set([...numbers.keys()].filter((name) => name.includes('param')))),
    patterns: {
      kinds: marked(PATTERNS),
      fields: new Set(PATTERN_FIELDS.flatMap((name) => names.field(name) ?? [])),
    },
    errorKind,
    nameField: names.field('name') ?? NO_NUMBER,
    functionField: names.field('function') ?? NO_NUMBER,
    bodyField: names.field('body') ?? NO_NUMBER,
  }
}
