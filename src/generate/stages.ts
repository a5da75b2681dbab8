/**
 * How long a stage of a generation may take, and which file is to blame when one does not end. A stage that takes a
 * value and gives one is ended from outside and done again without that file.
 */

import { Aborted, AppError } from '#base/errors.ts'
import { OutOfTime, runWithTimeLimit } from '#base/interruptible.ts'
import type { Incidents } from './incidents.ts'
import { forgetReading, heldFile, traced } from './last-read.ts'
import type { Inventory } from './model.ts'

/** Thrown when a stage took too long and no file can be blamed for it. */
export class StageTimedOut extends AppError {
  readonly code = 'STAGE_TIMED_OUT'
  override readonly hint =
    'Raise DOCSPOOL_JOB_TIMEOUT_S (a stage gets a third of it), or leave files out with `exclude` in docspool.json.'

  constructor(stage: string, limitMs: number, options?: ErrorOptions) {
    super(`The stage "${stage}" took longer than ${limitMs / 1_000} s.`, options)
  }
}

/** Files that one stage is done again without. */
const MAX_LEFT_OUT = 5
/** Time that a stage needs for each file at most, all going well. */
const USUAL_FILE_MS = 20
/** Times the limit, when it was too short and no file was to blame. */
const GROWTH = 3

export class Stages {
  readonly incidents: Incidents
  /** For each stage. */
  readonly limitMs: number

  constructor(incidents: Incidents, limitMs: number) {
    this.incidents = incidents
    this.limitMs = limitMs
  }

  /**
   * Do a stage, or a part of one, that waits for nothing.
   *
   * @param atMostMs - By default all that a stage may take.
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
   * As `run`. The file that is being read when the time is up is noted, loses its text, and the work begins again; when
   * it holds up the work once more, it loses its place in the inventory.
   *
   * @param work - Pure: what it was at when its time was up is lost.
   */
  runOn<T>(stage: string, inventory: Inventory, work: (inventory: Inventory) => T): T {
    let given = traced(inventory)
    let limit = this.incidents.fileMs + inventory.files.length * USUAL_FILE_MS
    let leftOut = 0
    for (;;) {
      forgetReading()
      try {
        return this.run(stage, () => work(given), limit)
      } catch (error) {
        if (!(error instanceof StageTimedOut)) throw error
        const held = heldFile(this.incidents.fileMs)
        if (held !== undefined && leftOut < MAX_LEFT_OUT) {
          leftOut++
          this.incidents.add(stage, held, error.cause)
          given = without(given, held)
        } else if (limit < this.limitMs) limit *= GROWTH
        else throw error
      }
    }
  }

  /**
   * Do a stage that waits for something.
   *
   * @param work - Given a signal that also fires when the time is up.
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
