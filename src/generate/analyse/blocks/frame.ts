/** The state that the walk over a tree keeps for a node while it is inside the node. */

import type { CompiledRule } from './compile-grammar.ts'
import type { Heads } from './heads.ts'
import type { Effect } from './rules.ts'

/** An open node. */
export interface Frame {
  readonly node: number
  readonly end: number
  readonly rule: CompiledRule | undefined
  /** Children so far, not counting those matched by a selector before `#n`. */
  count: number
  hasBranch: boolean
  /** What it is if the conditions of the alternatives so far failed; a kind of -1 for an unknown one. */
  tried: number[]
  /** The first case that falls through to this one; -1 for none. */
  firstCase: number
  /** A block that is still growing. */
  joined: { readonly start: number; end: number; readonly effect: Effect; readonly heads: Heads } | undefined
  /** Whether a macro repeats it. */
  isMacroLoop: boolean
  /** The child visited last, or -1. */
  last: number
  /** The effect on that child. */
  effect: Effect | undefined
  /** Offset after which control may have left, or -1. */
  guard: number
  /** Offset of the label where control continues in any case; infinite if it leaves the node. */
  guardUntil: number
  /** The conditions of the exits so far. */
  guards: number[]
  /** The length of `guards` before the last guarded child: nothing follows later exits. */
  guardsBefore: number
  /** Start and end of the guarded part. */
  guardedFrom: number
  lastEnd: number
  /** A handler or deferred part has been seen; it is not guarded. */
  hasTail: boolean
  /** A block extends to the end of the node. */
  isReached: boolean
  /** Whether it has a handler; `undefined` until needed. */
  hasHandler: boolean | undefined
  /** Whether it is a handler or a deferred part of its parent. */
  readonly isTail: boolean
  readonly isBody: boolean
  /** Whether it is a function or type that is only defined here. */
  readonly isNested: boolean
  /** The heads of the block that it begins; `null` if it begins none. */
  readonly heads: Heads | null
}

/** Creates a frame without a spread, which would take most of the time of the walk. */
export const openFrame = (
  node: number,
  end: number,
  rule: CompiledRule | undefined,
  isTail: boolean,
  isBody: boolean,
  isNested: boolean,
  heads: Heads | null,
): Frame => ({
  node,
  end,
  rule,
  count: 0,
  hasBranch: false,
  tried: [],
  firstCase: -1,
  joined: undefined,
  isMacroLoop: false,
  last: -1,
  effect: undefined,
  guard: -1,
  guardUntil: Number.POSITIVE_INFINITY,
  guards: [],
  guardsBefore: 0,
  guardedFrom: -1,
  lastEnd: -1,
  hasTail: false,
  isReached: false,
  hasHandler: undefined,
  isTail,
  isBody,
  isNested,
  heads,
})
