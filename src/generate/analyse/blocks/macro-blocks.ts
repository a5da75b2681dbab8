/**
 * Statements that a C macro controls: `for_each(x) { … }`. Its definition is not read, so it is a loop if its name says
 * so.
 */

import { type BlockTree, childAt, endOf, headOf, kindOf } from './block-tree.ts'
import type { CompiledGrammar } from './compile-grammar.ts'
import type { Frame } from './frame.ts'

const LOOP = /^\w{0,60}for_?each|^(?:\w{0,60}_)?for_\w/i
const MAX_NAME = 80

/** How the macro before a statement controls it; `undefined` if there is none. */
export function macroBefore(
  tree: BlockTree,
  { rules }: CompiledGrammar,
  { rule, last }: Frame,
  node: number,
): 'loop' | 'unknown' | undefined {
  if (last === -1 || rule?.isSequence !== true) return undefined
  if (rules[kindOf(tree, last)]?.mayBeMacro !== true || tree.text[endOf(tree, last) - 1] !== ')') return undefined
  if (LOOP.test(headOf(tree, last, MAX_NAME))) return 'loop'
  // A macro that is a whole statement may lack its semicolon, too.
  return tree.text[tree.starts[node] ?? 0] === '{' ? 'unknown' : undefined
}

/** What a macro with a name as its argument is, which looks like a function in a function: `GUARD(lock) { … }`. */
export function macroAt(
  tree: BlockTree,
  { parentheses }: CompiledGrammar,
  node: number,
): 'loop' | 'unknown' | undefined {
  if (parentheses[kindOf(tree, childAt(tree, node, 1))] !== 1) return undefined
  return LOOP.test(headOf(tree, node, MAX_NAME)) ? 'loop' : 'unknown'
}
