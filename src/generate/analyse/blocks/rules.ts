/** What a grammar's table says of its nodes, and how it is made ready for a tree: by numbers of kinds and fields. */

/** What becomes of a child, or of a node itself. */
export interface Effect {
  /**
   * `branch` is one of the alternatives of its parent, `maybe` is passed over or not by itself, `none` simply runs.
   */
  readonly is: 'none' | 'branch' | 'maybe' | 'loop' | 'failure' | 'deferred' | 'nested'
  /** Evaluated when so many nodes around it are, its parent the first. */
  readonly late?: number
  /** Evaluated after the child of this index. */
  readonly after?: number
  /** Neighbours are one block. */
  readonly joins?: boolean
  /** All that follows in the node belongs to the same block. */
  readonly reaches?: boolean
  /** It is a call whose arguments are evaluated at once. */
  readonly isCall?: boolean
}

/** What makes code behind it run only sometimes, by how far it leaves. */
export type Leave = 'function' | 'closure' | 'loop' | 'breakable' | 'throw' | 'none'

export interface Rule {
  /** Of the node itself. */
  readonly self?: Effect
  /**
   * Of its children: by field (`.body`), by kind, by their number among those that nothing before names (`#0`), or of all
   * others (`*`). The first that fits counts.
   */
  readonly children?: Readonly<Record<string, Effect>>
  /** The children count where one of these stands between the first two of them; by default they always do. */
  readonly operators?: ReadonlySet<string>
  /** Its children are run one after the other. */
  readonly isSequence?: boolean
  /** Function: one with a body that runs when it is called. Closure: the same as a value. */
  readonly makes?: 'function' | 'closure' | 'class'
  readonly isLoop?: boolean
  /** `break` ends it. */
  readonly isBreakable?: boolean
  /** A `throw` in its body goes no further, where a handler is there. */
  readonly isTry?: boolean
  readonly leaves?: Leave
  /** It is a call, which may be one that does not come back, or be all that is deferred. */
  readonly isCall?: boolean
}

export interface Grammar {
  readonly rules: Readonly<Record<string, Rule>>
  /** What is called when a program ends or gives up: matched where a call begins. */
  readonly exits?: RegExp
  /** Statements of several meanings: matched where one begins. */
  readonly leaving?: readonly (readonly [RegExp, Leave])[]
  /** Functions that call the block behind them again and again, or once and at once. */
  readonly iterators?: RegExp
  readonly immediate?: RegExp
  /** A `return` in a block leaves the function around it. */
  readonly returnsOutward?: boolean
  /** Defers the block behind it. */
  readonly deferring?: RegExp
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

/** A grammar's table, by numbers of kinds. */
export interface CompiledGrammar {
  readonly grammar: Grammar
  readonly rules: readonly (CompiledRule | undefined)[]
  /** By kind: 1 for what may hold a name that a value is assigned to. */
  readonly assigns: Uint8Array
  readonly parentheses: Uint8Array
  readonly handlers: Uint8Array
  readonly errorKind: number
  readonly nameField: number
  readonly functionField: number
}

/** What a grammar calls its nodes and fields, by their numbers; a tree without fields has none. */
export interface KindNames {
  readonly kinds: readonly { readonly symbol: number; readonly name: string; readonly isNamed: boolean }[]
  field(name: string): number | undefined
}

const ASSIGNS = new Set(
  `assignment assignment_expression init_declarator let_declaration property_declaration short_var_declaration
  val_definition var_spec variable_declarator`.split(/\s+/),
)
const PARENTHESES = new Set(['parenthesized_expression', 'parenthesized_statements'])
const HANDLERS = new Set(['catch_clause', 'catch_block', 'except_clause', 'except_group_clause', 'rescue'])
const NO_NUMBER = -2

export function compileGrammar(grammar: Grammar, names: KindNames, errorKind: number): CompiledGrammar {
  const numbers = new Map<string, number[]>()
  for (const { symbol, name, isNamed } of names.kinds)
    if (isNamed) numbers.set(name, [...(numbers.get(name) ?? []), symbol])
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
    errorKind,
    nameField: names.field('name') ?? NO_NUMBER,
    functionField: names.field('function') ?? NO_NUMBER,
  }
}
