/** Repeats steps on a connection after temporary errors, and counts how often the database was unavailable. */

import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { DatabaseFull, DatabaseUnavailable } from './errors.ts'
import { codeOf, faultOf, StepFailed } from './retried-errors.ts'

const MAX_ATTEMPTS = 5
const FIRST_PAUSE_MS = 40

/** Lends a connection to a step. */
type UseClient = <T>(step: (client: pg.PoolClient) => Promise<T>) => Promise<T>

export class RetriedSteps {
  readonly #use: UseClient
  #isClosed = false
  /** How often the database was unavailable. */
  failures = 0

  constructor(use: UseClient) {
    this.#use = use
  }

  /** Refuse all later attempts. */
  close(): void {
    this.#isClosed = true
  }

  /**
   * Run a step, retrying it after temporary errors.
   *
   * @param step - Calls `onSent` when something may have been committed. With a `StepFailed`, it throws its cause at once.
   * @param isOnce - Do not retry what may have been committed.
   * @returns Its value, and whether an earlier attempt may have been committed.
   */
  async run<T>(
    step: (client: pg.PoolClient, onSent: () => void) => Promise<T>,
    isOnce = false,
  ): Promise<{ value: T; isRepeated: boolean }> {
    let isRepeated = false
    for (let attempts = 1; ; attempts++) {
      if (this.#isClosed) throw new DatabaseUnavailable('The connections to the database were closed.')
      let isSent = false
      try {
        const value = await this.#use((client) => step(client, () => (isSent = true)))
        return { value, isRepeated }
      } catch (error) {
        if (error instanceof StepFailed) throw error.cause
        const fault = error instanceof DatabaseUnavailable ? 'unavailable' : faultOf(error)
        if (fault === 'lasting') throw error
        isRepeated ||= fault === 'lost' && isSent
        const isLast = attempts === MAX_ATTEMPTS || (isRepeated && isOnce)
        if (isLast || fault === 'unavailable' || fault === 'full') {
          this.failures += 1
          if (fault === 'unavailable') throw error
          if (fault === 'full') throw new DatabaseFull('The database has no space left.', { cause: error })
          throw new DatabaseUnavailable(`The database cannot be used (${codeOf(error)}).`, { cause: error })
        }
      }
      await delay(FIRST_PAUSE_MS * 2 ** (attempts - 1) * (0.5 + Math.random()))
    }
  }
}
