/** Where one use stands in its body: in which order, and whether it always happens. */

import type { BlockKind } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import type { Survey } from './survey.ts'

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
}

const BRANCHES = new Set<BlockKind>(['branch', 'guarded', 'failure', 'unknown'])

/** Where a use stands in the body that it is of; nothing in a function that is only made there. */
export function siteOf({ occurrences }: Survey, use: Occurrence): Site | undefined {
  const around = occurrences.blocksAround(use)
  if (around.some(({ kind }) => kind === 'nested')) return undefined
  const ruling = around.findIndex(({ kind }) => BRANCHES.has(kind) || kind === 'loop')
  return {
    order: use.order,
    isBranch: around.some(({ kind }) => BRANCHES.has(kind)),
    isLoop: around.some(({ kind }) => kind === 'loop'),
    block: ruling <= 0 ? (ruling === 0 ? use.block : -1) : (around[ruling - 1]?.parent ?? -1),
    context: around[ruling]?.kind ?? null,
  }
}
