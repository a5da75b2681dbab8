/** Describes the position of one use in a body: its order, and whether it always happens. */

import type { Block, BlockKind, Component } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** When a call that does not always happen exactly once happens; the values are keys of texts. */
export type When =
  | 'sometimes'
  | 'inOneBranch'
  | 'unlessEnded'
  | 'repeated'
  | 'repeatedSometimes'
  | 'afterError'
  | 'oneOf'

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
  /** Whether it is in a nested function, whose position does not tell when it runs. */
  isInner: boolean
  /** The enclosing branches that exclude others. */
  alternatives: readonly Block[]
  /** Kind of the block; `null` for a call that always happens. */
  context: BlockKind | null
  /**
   * `unlessEnded`: after code that may leave the body. `inOneBranch`: in one of several branches that exclude each other. `oneOf`: one
   * of several possible targets. `null`: nothing else is known.
   */
  when: When | null
}

const BRANCHES = new Set<BlockKind>(['branch', 'guarded', 'failure', 'unknown'])

/** The position of a use in its body. */
export function siteOf(repo: RepoIndex, use: Occurrence): Site {
  const around = repo.occurrences.blocksAround(use)
  const ruling = around.findIndex(({ kind }) => BRANCHES.has(kind) || kind === 'loop')
  const branches = around.filter(({ kind }) => BRANCHES.has(kind))
  const isLoop = around.some(({ kind }) => kind === 'loop')
  const nested = around.findIndex(({ kind }) => kind === 'nested')
  const within = nested === -1 ? branches : around.slice(0, nested).filter(({ kind }) => BRANCHES.has(kind))
  return {
    order: use.order,
    isBranch: branches.length > 0,
    isLoop,
    isInner: nested !== -1,
    when: around.some((block) => block.kind === 'nested' && isHandler(repo, use, block))
      ? 'afterError'
      : // The arguments of a macro of Rust, which are not parsed.
        use.kind === 'references'
        ? null
        : whenOf(within, isLoop && nested === -1),
    alternatives: around.filter(({ decision }) => decision !== undefined),
    block: ruling <= 0 ? (ruling === 0 ? use.block : -1) : (around[ruling - 1]?.parent ?? -1),
    context: around[ruling]?.kind ?? null,
  }
}

/** The position of an unresolved call: after the uses before it. */
export function siteAt(repo: RepoIndex, { id, file }: Component, line: number, column: number): Site {
  const { occurrences } = repo
  const before = occurrences.usesIn(id).filter((use) => use.line < line || (use.line === line && use.column <= column))
  const order = before.reduce((most, use) => Math.max(most, use.order), 0) + 0.5
  const block = occurrences.blocksOf(file).findLastIndex((one) => one.startLine <= line && line <= one.endLine)
  return siteOf(repo, { from: id, to: id, kind: 'calls', file, line, column, order, block })
}

/** Whether a nested function that ends its first line is given to `.catch(…)`. */
const isHandler = (repo: RepoIndex, { file, line }: Occurrence, { startLine }: Block): boolean =>
  line > startLine && /\.catch\([^)]{0,40}\)? => \{\s{0,9}$/.test(codeLines(repo, file, startLine, startLine)[0] ?? '')

/** @param branches - Enclosing branches, the innermost first. */
function whenOf(branches: readonly Block[], isLoop: boolean): When | null {
  if (branches.some(({ kind }) => kind === 'failure')) return 'afterError'
  if (branches.length === 0) return isLoop ? 'repeated' : null
  if (isLoop) return 'repeatedSometimes'
  return branches.every(({ kind }) => kind === 'guarded') ? 'unlessEnded' : 'sometimes'
}

/** Whether at most one of two calls happens. Two branches of a decision in the same lines are taken for one. */
export const areExclusive = (one: Site, other: Site): boolean =>
  one.alternatives.some((a) =>
    other.alternatives.some(
      (b) => a.decision === b.decision && (a.startLine !== b.startLine || a.endLine !== b.endLine),
    ),
  )
