/** Statements and calls that may leave the code around them, and where control continues. */

import { type BlockTree, headOf, kindOf } from './block-tree.ts'
import type { FileExits } from './file-exits.ts'
import type { Frame } from './frame.ts'
import type { CompiledGrammar, CompiledRule, Leave } from './rules.ts'

/** Number of characters of a statement that show how it leaves. */
const MAX_HEAD = 40

/** @returns `undefined` if control does not leave at the node. */
export function leaveOf(
  tree: BlockTree,
  { grammar: { exits, leaving } }: CompiledGrammar,
  node: number,
  { leaves, isCall }: CompiledRule,
  file: FileExits,
): Leave | undefined {
  if (leaves === undefined && isCall !== true) return undefined
  if (leaves !== undefined && leaving === undefined) return leaves
  const text = headOf(tree, node, MAX_HEAD)
  if (leaves === undefined && exits?.test(text) !== true) return file.leaveAt(tree, node)
  return leaving?.find(([form]) => form.test(text))?.[1] ?? leaves ?? 'function'
}

/** @param below - The frame inside `frame` that control comes from. */
export function stops(
  tree: BlockTree,
  grammar: CompiledGrammar,
  frame: Frame,
  how: Leave,
  below: Frame | undefined,
): boolean {
  const { rule, isBody } = frame
  const isFunction = rule?.makes === 'function' || rule?.makes === 'class'
  if (isFunction || (isBody && rule?.makes === undefined)) return true
  if (rule?.makes === 'closure') return how !== 'function' || grammar.grammar.returnsOutward !== true
  switch (how) {
    case 'loop':
      return rule?.isLoop === true
    case 'breakable':
      return rule?.isLoop === true || rule?.isBreakable === true
    case 'throw':
      return rule?.isTry === true && below?.isTail !== true && hasHandler(tree, grammar, frame)
    default:
      return false
  }
}

function hasHandler(tree: BlockTree, { handlers }: CompiledGrammar, frame: Frame): boolean {
  if (frame.hasHandler !== undefined) return frame.hasHandler
  frame.hasHandler = false
  for (let child = frame.node + 1; child < frame.end; child = tree.after[child] ?? frame.end)
    if (handlers[kindOf(tree, child)] === 1) frame.hasHandler = true
  return frame.hasHandler
}
