/** Statements and calls that may leave the code around them, and where control continues. */

import { type BlockTree, headOf, kindOf } from './block-tree.ts'
import type { CompiledGrammar, CompiledRule } from './compile-grammar.ts'
import type { FileExits } from './file-exits.ts'
import type { Frame } from './frame.ts'
import type { Leave } from './rules.ts'

/** Number of characters at the start of a statement that show how it leaves. */
const MAX_HEAD = 40
/** Number of characters between a label and its statement. */
const MAX_SPACE = 40

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

/** A statement that leaves; `break` and `continue` may name a label, or say how many loops they leave. */
export interface Jump {
  readonly how: Leave
  /** '' for none. */
  readonly label: string
  readonly levels: number
}

export function jumpOf(tree: BlockTree, { grammar: { jumps } }: CompiledGrammar, node: number, how: Leave): Jump {
  const isJump = how === 'loop' || how === 'breakable'
  const [, to = ''] = (isJump && jumps?.exec(headOf(tree, node, MAX_HEAD))) || []
  const isNumber = /^\d+$/.test(to)
  return { how, label: isNumber ? '' : to, levels: isNumber ? Math.max(1, Number(to)) : 1 }
}

/** Whether a jump of this kind cannot leave the frame. */
export function isBoundary({ grammar }: CompiledGrammar, { rule, isBody }: Frame, how: Leave): boolean {
  if (rule?.makes === 'function' || rule?.makes === 'class') return true
  if (isBody && rule?.makes === undefined) return true
  return rule?.makes === 'closure' && (how !== 'function' || grammar.returnsOutward !== true)
}

/**
 * Whether a jump of one level targets the frame: to its end, its next iteration or its handler.
 *
 * @param below - The frame inside `frame` that control comes from.
 */
export function isJumpTarget(
  tree: BlockTree,
  grammar: CompiledGrammar,
  frame: Frame,
  { how, label }: Jump,
  below: Frame | undefined,
): boolean {
  const { rule } = frame
  if (label !== '') return isLabelled(tree, frame, label)
  switch (how) {
    case 'loop':
      return rule?.isLoop === true || frame.isMacroLoop
    case 'breakable':
      return rule?.isLoop === true || rule?.isBreakable === true || frame.isMacroLoop
    case 'throw':
      return rule?.isTry === true && below?.isTail !== true && hasHandler(tree, grammar, frame)
    default:
      return false
  }
}

/** `outer: for …`, `'outer: loop …`, `outer@ for …`; in some grammars the label is a part of the loop. */
function isLabelled({ text, starts }: BlockTree, { node }: Frame, label: string): boolean {
  const start = starts[node] ?? 0
  const own = text[start] === "'" ? start + 1 : start
  if (text.startsWith(`${label}:`, own) || text.startsWith(`${label}@`, own)) return true
  const before = text.slice(Math.max(0, start - label.length - MAX_SPACE), start).trimEnd()
  return before.endsWith(`${label}:`) && !/\w$/.test(before.slice(0, -label.length - 1))
}

function hasHandler(tree: BlockTree, { handlers }: CompiledGrammar, frame: Frame): boolean {
  if (frame.hasHandler !== undefined) return frame.hasHandler
  frame.hasHandler = false
  for (let child = frame.node + 1; child < frame.end; child = tree.after[child] ?? frame.end)
    if (handlers[kindOf(tree, child)] === 1) frame.hasHandler = true
  return frame.hasHandler
}
