/** Adds jobs to the queue while it has room. Jobs that are being added count like waiting ones. */

import type { Backend } from './backend.ts'
import { QueueFull } from './errors.ts'

/** Adds a job, or returns the number of waiting jobs if that is more than `maxWaiting`. */
export type AddingStep<T> = (maxWaiting: number) => Promise<{ done: T } | { waiting: number }>

export class QueueRoom {
  readonly #work: Pick<Backend['work'], 'countWaiting'>
  readonly #queueSize: number
  /** Jobs that are being added, in order; each promise resolves when the job has been added or refused. */
  readonly #adding = new Set<Promise<void>>()

  /** @param queueSize - Maximum number of waiting jobs. */
  constructor(work: Pick<Backend['work'], 'countWaiting'>, queueSize: number) {
    this.#work = work
    this.#queueSize = queueSize
  }

  /** Count the waiting jobs and add one. @throws {QueueFull} The maximum number of jobs is waiting or being added. */
  async add<T>(step: () => Promise<T>): Promise<T> {
    return await this.addCounting(async (maxWaiting) => {
      const waiting = await this.#work.countWaiting()
      return waiting > maxWaiting ? { waiting } : { done: await step() }
    })
  }

  /**
   * Add a job if there is room for it and for all jobs whose adding began earlier, whether or not they already count as waiting.
   * If there is not, try again when those have been added.
   *
   * @throws {QueueFull}
   */
  async addCounting<T>(step: AddingStep<T>): Promise<T> {
    let end = (): void => undefined
    const mine = new Promise<void>((resolve) => {
      end = resolve
    })
    this.#adding.add(mine)
    try {
      for (;;) {
        const all = [...this.#adding]
        const earlier = all.slice(0, all.indexOf(mine))
        const outcome = await step(this.#queueSize - earlier.length - 1)
        if ('done' in outcome) return outcome.done
        if (outcome.waiting >= this.#queueSize || earlier.length === 0)
          throw new QueueFull(`Too many jobs are waiting; the limit is ${this.#queueSize}.`)
        await Promise.all(earlier)
      }
    } finally {
      this.#adding.delete(mine)
      end()
    }
  }
}
