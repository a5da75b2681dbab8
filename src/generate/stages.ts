/**
 * Limits the time of each stage, and finds the file to blame when a stage takes too long. A stage that only computes a
 * value is interrupted and rerun without that file.
 */

import { Aborted, AppError } from '#base/errors.ts'
import { OutOfTime, runWithTimeLimit } from '#base/interruptible.ts'
import type { Incidents } from './incidents.ts'
import { forgetReading, heldFile, traced } from './last-read.ts'
import type { Inventory } from './model.ts'

/** Thrown when a stage took too long and no file can be blamed. */
export class StageTimedOut extends AppError {
  readonly code = 'STAGE_TIMED_OUT'
  override readonly hint =
    'Raise DOCSPOOL_JOB_TIMEOUT_S (a stage gets a third of it), or leave files out with `exclude` in docspool.json.'

  constructor(stage: string, limitMs: number, options?: ErrorOptions) {
    super(`The stage "${stage}" took longer than ${limitMs / 1_000} s.`, options)
  }
}

/** Limit on the files that a stage is rerun without. */
const MAX_LEFT_OUT = 5
/** Upper bound of the time that a stage normally needs for each file. */
const USUAL_FILE_MS = 20
/** Factor for the limit if it was too short and no file is to blame; the next attempt gets all the remaining time. */
const GROWTH = 3

export class Stages {
  readonly incidents: Incidents
  /** Time limit of each stage. */
  readonly limitMs: number

  constructor(incidents: Incidents, limitMs: number) {
    this.incidents = incidents
    this.limitMs = limitMs
  }

  /**
   * Run a synchronous stage, or a part of one.
   *
   * @param atMostMs - Defaults to the limit of a stage.
   * @throws {StageTimedOut}
   */
  run<T>(stage: string, work: () => T, atMostMs = this.limitMs): T {
    const limit = Math.min(atMostMs, this.limitMs)
    try {
      return runWithTimeLimit(limit, work)
    } catch (error) {
      throw error instanceof OutOfTime ? new StageTimedOut(stage, limit, { cause: error }) : error
    }
  }

  /**
   * Like `run`, but restarts without the file that was being read when the time was up: first without its text and, if
   * it happens again, without the file.
   *
   * @param work - Pure, because it may run again.
   */
  runOn<T>(stage: string, inventory: Inventory, work: (inventory: Inventory) => T): T {
    let given = traced(inventory)
    let limit = this.incidents.fileMs + inventory.files.length * USUAL_FILE_MS
    let leftOut = 0
    let extended = 0
    // All attempts together have the time of one stage.
    const end = performance.now() + this.limitMs
    for (;;) {
      forgetReading()
      const left = Math.max(1, Math.round(end - performance.now()))
      try {
        return this.run(stage, () => work(given), Math.min(limit, left))
      } catch (error) {
        if (!(error instanceof StageTimedOut)) throw error
        const held = heldFile(this.incidents.fileMs)
        if (held !== undefined && leftOut < MAX_LEFT_OUT) {
          leftOut++
          this.incidents.add(stage, held, error.cause)
          given = without(given, held)
        } else if (limit < left) limit = ++extended === 1 ? limit * GROWTH : this.limitMs
        else throw new StageTimedOut(stage, this.limitMs, { cause: error.cause })
      }
    }
  }

  /**
   * Run an asynchronous stage.
   *
   * @param work - Its signal is also aborted when the time is up.
   * @throws {StageTimedOut}
   */
  async wait<T>(stage: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const clock = new AbortController()
    const timer = setTimeout(() => clock.abort(), this.limitMs)
    try {
      return await work(AbortSignal.any([signal, clock.signal]))
    } catch (error) {
      const isOver = error instanceof OutOfTime || (error instanceof Aborted && clock.signal.aborted && !signal.aborted)
      throw isOver ? new StageTimedOut(stage, this.limitMs, { cause: error }) : error
    } finally {
      clearTimeout(timer)
    }
  }
}

function without(inventory: Inventory, path: string): Inventory {
  const files = inventory.files.flatMap((file) => {
    if (file.path !== path) return [file]
    return file.text === null ? [] : [{ ...file, text: null }]
  })
  return traced({ ...inventory, files })
}
