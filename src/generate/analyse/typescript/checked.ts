/** The compiler's checker under a deadline, made anew when a hostile file has broken it. */

import ts from 'typescript'
import type { FileEdges } from './edges.ts'
import type { Index } from './index-of-components.ts'
import type { Parsed } from './parse.ts'
import { createProgram } from './program.ts'
import type { Resolve } from './resolve.ts'
import { createFind, type Find } from './symbols.ts'

export interface Checked {
  /**
   * Do one file's work with the checker.
   *
   * @returns What the work gave; `broken` when the compiler ran out of stack or failed in it, `ended` when there will
   * be no more checker: its time is up, or it broke too often.
   */
  run(work: (find: Find) => FileEdges): FileEdges | 'broken' | 'ended'
}

/** A broken checker may remember half of what it was at, so it is thrown away. */
const MAX_CHECKERS = 5

/** @param milliseconds - Wall clock from now, for all work together. */
export function createChecked(
  parsed: readonly Parsed[],
  index: Index,
  resolve: Resolve,
  milliseconds: number,
): Checked {
  const deadline = performance.now() + milliseconds
  const isOver = (): boolean => performance.now() > deadline
  const token: ts.CancellationToken = {
    isCancellationRequested: isOver,
    throwIfCancellationRequested: () => {
      if (isOver()) throw new ts.OperationCanceledException()
    },
  }
  const trees = new Map(parsed.map((one) => [one.path, one.tree]))
  const memberNames = new Set(parsed.flatMap((one) => [...one.memberNames]))
  let checker: ts.TypeChecker | undefined
  let made = 0

  return {
    run: (work) => {
      if (isOver() || (checker === undefined && made === MAX_CHECKERS)) return 'ended'
      try {
        if (checker === undefined) {
          made++
          checker = createProgram(trees, resolve).getTypeChecker()
        }
        return checker.runWithCancellationToken(token, (current) =>
          work(createFind(current, index, resolve, memberNames)),
        )
      } catch (error) {
        checker = undefined
        return error instanceof ts.OperationCanceledException ? 'ended' : 'broken'
      }
    },
  }
}
