/** Finds the effect that a node's rule has on a child, by the field, kind or position of the child. */

import { type BlockTree, childAt, endOf, headOf, kindOf, lastChildOf, startOf } from './block-tree.ts'
import { isImmediate } from './closures.ts'
import type { CompiledGrammar } from './compile-grammar.ts'
import type { Frame } from './frame.ts'
import type { Effect } from './rules.ts'

/** Limits on the characters of an operator with the space around it, and of an operator that has no node. */
const MAX_OPERATOR_GAP = 40
const MAX_OPERATOR = 8
/** Limit on the characters of a pattern that matches any value. */
const MAX_PATTERN = 80

/** The effect of a rule on the node itself; none for the only case of several, if it matches any value. */
export function effectOnSelf(
  tree: BlockTree,
  { grammar: { irrefutable } }: CompiledGrammar,
  parent: Frame,
  node: number,
  self: Effect | undefined,
): Effect | undefined {
  if (irrefutable === undefined || self?.when !== 'matches') return self
  const isOnly = childAt(tree, parent.node, 0) === node && lastChildOf(tree, parent.node) === node
  const [pattern = ''] = headOf(tree, node, MAX_PATTERN).split('=>')
  return isOnly && irrefutable.test(pattern) ? undefined : self
}

/** The effect on a child of the innermost open node; `undefined` for none. Call it once for each child, as it counts them. */
export function effectOn(
  tree: BlockTree,
  grammar: CompiledGrammar,
  parent: Frame,
  node: number,
  kind: number,
): Effect | undefined {
  const effect = effectOf(tree, parent, node, kind)
  if (effect?.when !== 'passed') return effect
  // Braces around a function expression do not form a block.
  const inner = grammar.rules[kindOf(tree, childAt(tree, node, 0))]
  return inner?.makes === 'closure' || isImmediate(tree, grammar, node) ? undefined : effect
}

function effectOf(tree: BlockTree, parent: Frame, node: number, kind: number): Effect | undefined {
  const { rule } = parent
  if (rule === undefined || rule.byChild.length === 0) return undefined
  if (rule.operators !== undefined && !hasOperator(tree, parent, rule.operators)) return undefined
  const field = tree.fields[node] ?? 0
  let isCounted = false
  for (const one of rule.byChild) {
    if (one.index >= 0 && !isCounted) {
      isCounted = true
      parent.count += 1
    }
    if (one.field === field || one.kind === kind || one.index === -1 || one.index === parent.count - 1)
      return one.effect
  }
  return undefined
}

function hasOperator(tree: BlockTree, { node }: Frame, operators: ReadonlySet<string>): boolean {
  const [left, right] = [childAt(tree, node, 0), childAt(tree, node, 1)]
  const [from, to] = [endOf(tree, left), startOf(tree, right)]
  if (to - from > MAX_OPERATOR_GAP) return false
  // In Ruby, a backslash continues the line.
  const between = tree.text.slice(from, to).replaceAll('\\\n', '').trim()
  // If the operator has its own node, that is the second child.
  return operators.has(between === '' ? tree.text.slice(to, Math.min(endOf(tree, right), to + MAX_OPERATOR)) : between)
}
