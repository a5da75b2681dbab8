/** Where one use stands in its body: in which order, and whether it always happens. */

import type { BlockKind } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import type { Survey } from './survey.ts'

/** When a call happens that does not always, and once; the names of the words for it. */
export const WHENS = ['sometimes', 'inSeveral', 'unlessEnded', 'repeated', 'repeatedSometimes'] as const
export type When = (typeof WHENS)[number]

/** Where a body calls something. */
export interface Site {
  /** What has the smaller number is called first: an argument before the call that takes it. */
  order: number
  /** Whether it may be passed over: also behind what may leave the body, and in what deals with an error. */
  isBranch: boolean
  /** Whether it may happen again and again. */
  isLoop: boolean
  /** The block right around it that says so, -1 for none; of two with the same one, both happen or none. */
  block: number
  /** What kind of block that is; `null` for a call that always happens. */
  context: BlockKind | null
  /** `unlessEnded`: only what may leave the body comes before it. `null`: always, and once. */
  when: When | null
}

const BRANCHES = new Set<BlockKind>(['branch', 'guarded', 'failure', 'unknown'])

/** Where a use stands in the body that it is of; nothing in a function that is only made there. */
export function siteOf({ occurrences }: Survey, use: Occurrence): Site | undefined {
  const around = occurrences.blocksAround(use)
  if (around.some(({ kind }) => kind === 'nested')) return undefined
  const ruling = around.findIndex(({ kind }) => BRANCHES.has(kind) || kind === 'loop')
  const branches = around.filter(({ kind }) => BRANCHES.has(kind))
  const isLoop = around.some(({ kind }) => kind === 'loop')
  const once = branches.every(({ kind }) => kind === 'guarded') ? 'unlessEnded' : 'sometimes'
  return {
    order: use.order,
    isBranch: branches.length > 0,
    isLoop,
    when: isLoop ? (branches.length > 0 ? 'repeatedSometimes' : 'repeated') : branches.length > 0 ? once : null,
    block: ruling <= 0 ? (ruling === 0 ? use.block : -1) : (around[ruling - 1]?.parent ?? -1),
    context: around[ruling]?.kind ?? null,
  }
}
