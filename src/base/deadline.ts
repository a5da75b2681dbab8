/**
 * The time that work on one text may take. On a machine with much to do the clock alone would end what needs little: the
 * same text would be read at one time and left out at another. So what counts is the time that this process was given.
 */

/** Times the limit that may pass on the clock, however little of it was ours. */
const MAX_WAIT = 6

export class Deadline {
  readonly #limitMs: number
  readonly #startMs = performance.now()
  readonly #cpu = process.cpuUsage()

  constructor(limitMs: number) {
    this.#limitMs = limitMs
  }

  /** Cheap while the time is not up by the clock. */
  get isOver(): boolean {
    const passedMs = performance.now() - this.#startMs
    if (passedMs <= this.#limitMs) return false
    const { user, system } = process.cpuUsage(this.#cpu)
    return (user + system) / 1_000 >= this.#limitMs || passedMs > this.#limitMs * MAX_WAIT
  }
}
