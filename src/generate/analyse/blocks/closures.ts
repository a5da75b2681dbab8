/** Finds when a function expression is called, and its name, from the code around it. */

import { type BlockTree, childAt, headOf, kindOf, startOf } from './block-tree.ts'
import type { CompiledGrammar } from './compile-grammar.ts'
import type { Frame } from './frame.ts'

/** Number of characters before a closure that may name its callee. */
const MAX_CALLEE = 80
const MAX_NAME = 60
/** The callee and the operator before it: `?.let`, `forEach(`. */
const CALLEE = /(\?\.|^|[^\w$])([A-Za-z_]\w*[?!]?)[ \t]*(?:\([^()\n]*\)[ \t]*|\()?$/
const NAME = /^[$@]{0,2}[\p{L}_][\p{L}\p{N}_]*$/u

/**
 * The effect of a function expression: `nested` if nothing is known about its calls, `none` if it is called in place,
 * else the effect of the function that it is passed to.
 *
 * @param frames - The open nodes that enclose it, outermost first.
 */
export function closureEffect(
  tree: BlockTree,
  { grammar, parentheses, functionField }: CompiledGrammar,
  frames: readonly Frame[],
  node: number,
): 'nested' | 'none' | 'branch' | 'loop' | 'deferred' {
  let [inner, at] = [node, frames.length - 1]
  while (at > 0 && parentheses[kindOf(tree, frames[at]?.node ?? 0)] === 1) {
    inner = frames[at]?.node ?? 0
    at -= 1
  }
  const call = frames[at]
  if (call?.rule?.isCall === true) {
    const field = tree.fields[inner] ?? 0
    const isCallee = field === functionField || (field === 0 && childAt(tree, call.node, 0) === inner)
    if (isCallee) return 'none'
  }
  const { iterators, immediate, deferring } = grammar
  if (frames.length === 0 || (iterators ?? immediate ?? deferring) === undefined) return 'nested'
  const start = startOf(tree, node)
  const [, before, callee = ''] = CALLEE.exec(tree.text.slice(Math.max(0, start - MAX_CALLEE), start)) ?? []
  if (iterators?.test(callee) === true) return 'loop'
  if (deferring?.test(callee) === true) return 'deferred'
  if (immediate?.test(callee) !== true) return 'nested'
  return before === '?.' ? 'branch' : 'none'
}

/** Whether a call immediately runs the code passed to it. */
export function isImmediate(tree: BlockTree, { grammar: { immediate } }: CompiledGrammar, node: number): boolean {
  const start = startOf(tree, node)
  const [, , callee = ''] = CALLEE.exec(tree.text.slice(Math.max(0, start - MAX_CALLEE), start)) ?? []
  return immediate?.test(callee) === true
}

/** The name of a function or type, or of the variable it is assigned to. */
export function nameOf(
  tree: BlockTree,
  { grammar: { makers }, rules, nameField, assigns }: CompiledGrammar,
  frames: readonly Frame[],
  node: number,
): string | null {
  const makes = rules[kindOf(tree, node)]?.makes
  if (tree.fields.length === 0 && makes !== 'closure') return nameAt(tree, childAt(tree, node, 0))
  const end = tree.after[node] ?? 0
  for (let child = node + 1; child < end; child = tree.after[child] ?? end)
    if ((tree.fields[child] ?? 0) === nameField) return nameAt(tree, child)
  for (const { node: around, rule } of frames.slice(-2).reverse()) {
    if (assigns[kindOf(tree, around)] === 1) {
      const first = childAt(tree, around, 0)
      // `let mut run = …`
      return nameAt(tree, /^(?:let|mut|var)$/.test(headOf(tree, first, 4)) ? childAt(tree, around, 1) : first)
    }
    // The variable holds what the call returns.
    if (rule?.isCall === true && makers?.test(headOf(tree, around, MAX_NAME)) !== true) return null
  }
  return null
}

function nameAt(tree: BlockTree, node: number): string | null {
  const text = headOf(tree, node, MAX_NAME + 1)
  return NAME.test(text) && text.length <= MAX_NAME ? text : null
}
