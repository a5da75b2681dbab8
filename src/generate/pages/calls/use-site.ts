/** Describes the position of one use in a body: its order, and whether it always happens. */

import type { BlockKind } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** The position of a call. */
export interface Site {
  /** Calls with smaller numbers happen first: an argument before the call that takes it. */
  order: number
  /** Whether it may be skipped: in a branch, after a possible exit from the body, or in error handling. */
  isBranch: boolean
  /** Whether it may happen repeatedly. */
  isLoop: boolean
  /** The innermost conditional block, -1 for none. Two calls in the same block either both happen or neither does. */
  block: number
  /** Whether it is in a nested function, whose position does not show when it runs. */
  isInner: boolean
  /** Kind of the block; `null` for a call that always happens. */
  context: BlockKind | null
  /** Whether only earlier exits can prevent it. */
  isGuarded: boolean
  /** Whether it only happens when there was an error. */
  isAfterError: boolean
}

const BRANCHES = new Set<BlockKind>(['branch', 'guarded', 'failure', 'unknown'])

/** The position of a use in its body. */
export function siteOf(repo: RepoIndex, use: Occurrence): Site {
  const around = repo.occurrences.blocksAround(use)
  const ruling = around.findIndex(({ kind }) => BRANCHES.has(kind) || kind === 'loop')
  const branches = around.filter(({ kind }) => BRANCHES.has(kind))
  return {
    order: use.order,
    isBranch: branches.length > 0,
    isLoop: around.some(({ kind }) => kind === 'loop'),
    isInner: around.some(({ kind }) => kind === 'nested'),
    block: ruling <= 0 ? (ruling === 0 ? use.block : -1) : (around[ruling - 1]?.parent ?? -1),
    context: around[ruling]?.kind ?? null,
    isGuarded: branches.length > 0 && branches.every(({ kind }) => kind === 'guarded'),
    isAfterError: around.some(({ kind }) => kind === 'failure'),
  }
}
