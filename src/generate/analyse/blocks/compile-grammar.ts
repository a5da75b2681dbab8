/** Compiles the rules of a grammar to its numeric kind and field ids. */

import { push } from '#base/multimap.ts'
import type { Effect, Grammar, Rule } from './rules.ts'

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
