/** Where one use stands in its body: in which order, and whether it always happens. */

import type { Block, BlockKind, Component } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** When a call happens that does not always, and once; the names of the words for it. */
export type When =
  | 'sometimes'
  | 'inSeveral'
  | 'unlessEnded'
  | 'repeated'
  | 'repeatedSometimes'
  | 'repeatedUnlessEnded'
  | 'afterError'
  | 'inInner'
  | 'inMacro'
  | 'oneOf'

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
  /**
   * `unlessEnded`: only what may leave the body comes before it. `inInner`: in a function that the body only makes, which may
   * never run. `inMacro`: among what a macro is given. `oneOf`: what is called there may be other things as well. `null`: always, and
   * once.
   */
  when: When | null
}

const BRANCHES = new Set<BlockKind>(['branch', 'guarded', 'failure', 'unknown'])

/** Where a use stands in the body that it is of. */
export function siteOf({ occurrences }: RepoIndex, use: Occurrence): Site {
  const around = occurrences.blocksAround(use)
  const ruling = around.findIndex(({ kind }) => BRANCHES.has(kind) || kind === 'loop')
  const branches = around.filter(({ kind }) => BRANCHES.has(kind))
  const isLoop = around.some(({ kind }) => kind === 'loop')
  return {
    order: use.order,
    isBranch: branches.length > 0,
    isLoop,
    when: around.some(({ kind }) => kind === 'nested')
      ? 'inInner'
      : use.kind === 'references'
        ? 'inMacro'
        : whenOf(branches, isLoop),
    block: ruling <= 0 ? (ruling === 0 ? use.block : -1) : (around[ruling - 1]?.parent ?? -1),
    context: around[ruling]?.kind ?? null,
  }
}

/** Where a call stands that is no known use of anything: behind the uses before it. */
export function siteAt(repo: RepoIndex, { id, file }: Component, line: number, column: number): Site {
  const { occurrences } = repo
  const before = occurrences.usesIn(id).filter((use) => use.line < line || (use.line === line && use.column <= column))
  const order = before.reduce((most, use) => Math.max(most, use.order), 0) + 0.5
  const block = occurrences.blocksOf(file).findLastIndex((one) => one.startLine <= line && line <= one.endLine)
  return siteOf(repo, { from: id, to: id, kind: 'calls', file, line, column, order, block })
}

/** @param branches - Around it, the innermost first. */
function whenOf(branches: readonly Block[], isLoop: boolean): When | null {
  if (branches.some(({ kind }) => kind === 'failure')) return 'afterError'
  const isGuarded = branches.every(({ kind }) => kind === 'guarded')
  if (branches.length === 0) return isLoop ? 'repeated' : null
  if (isLoop) return isGuarded ? 'repeatedUnlessEnded' : 'repeatedSometimes'
  return isGuarded ? 'unlessEnded' : 'sometimes'
}
