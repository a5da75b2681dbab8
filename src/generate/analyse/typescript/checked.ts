/** The compiler's checker under a deadline, made anew when it has grown large and when a hostile file has broken it. */

import { Deadline } from '#base/deadline.ts'
import { ts } from '#generate/analyse/compiler.mjs'
import type { FileEdges } from './edges.ts'
import type { OpenFile } from './facts.ts'
import type { Index } from './index-of-components.ts'
import { createProgramOf } from './program.ts'
import type { Reach } from './reach.ts'
import { createFindMember } from './receivers.ts'
import type { Resolve } from './resolve.ts'
import { createFind, type Lookup } from './symbols.ts'

/** Opens a file of the program; the same file every time. */
export type Open = (path: string) => OpenFile | undefined

export interface Checked {
  /** Whether `prepare` is to be called before `run`. */
  readonly isUnprepared: boolean
  /**
   * Make the compiler's program and checker, which takes the longer the more files there are.
   *
   * @throws What the compiler throws.
   */
  prepare(): void
  /**
   * Do one file's work with the checker.
   *
   * @returns What the work gave; `undefined` when there will be no more checker: its time is up, or it broke too often.
   * @throws What the compiler throws. Then, as when it was ended by its time limit, the checker is to be thrown away.
   */
  run(path: string, work: (lookup: Lookup) => FileEdges): FileEdges | undefined
  /** Throw the checker away: a broken one may remember half of what it was at. */
  discard(): void
}

const MAX_BROKEN = 5
/** Types that a checker holds before it is thrown away, at about 1.5 KB each with what hangs on them. What they share is made anew. */
const MAX_TYPES = 400_000

/**
 * @param paths - What there is work for; nothing is opened that these do not lead to.
 * @param milliseconds - That this process may be given from now, for all work together.
 */
export function createChecked(
  paths: readonly string[],
  open: Open,
  index: Index,
  reach: Reach,
  resolve: Resolve,
  milliseconds: number,
): Checked {
  const deadline = new Deadline(milliseconds)
  const isOver = (): boolean => deadline.isOver
  const token: ts.CancellationToken = {
    isCancellationRequested: isOver,
    throwIfCancellationRequested: () => {
      if (isOver()) throw new ts.OperationCanceledException()
    },
  }
  const programOf = createProgramOf(open, resolve)
  let program: ts.Program | undefined
  let broken = 0

  const isEnded = (): boolean => isOver() || broken >= MAX_BROKEN

  return {
    get isUnprepared() {
      return !isEnded() && (program === undefined || typesIn(program) > MAX_TYPES)
    },
    prepare: () => {
      program = programOf([...reach.ambient, ...paths])
      program.getTypeChecker()
    },
    run: (path, work) => {
      if (isEnded() || program === undefined) return undefined
      try {
        return program
          .getTypeChecker()
          .runWithCancellationToken(token, (checker) =>
            work(
              createFind(
                checker,
                index,
                resolve,
                reach.namesFrom(path),
                createFindMember(checker, reach.guardsSeenFrom(path)),
              ),
            ),
          )
      } catch (error) {
        if (!(error instanceof ts.OperationCanceledException)) throw error
        program = undefined
        return undefined
      }
    },
    discard: () => {
      program = undefined
      broken++
    },
  }
}

/** The compiler counts them for its diagnostics. */
function typesIn(program: ts.Program & { getTypeCount?(): number }): number {
  return program.getTypeCount?.() ?? 0
}
