/**
 * A deadline for work on one text, measured in CPU time of this process. On a busy machine, wall-clock time would make results
 * depend on the load. The work checks the deadline itself; `interruptible.ts` interrupts work that does not.
 */

/** The limit of wall-clock time, as a multiple of the limit of CPU time. */
const MAX_WAIT = 6

export class Deadline {
  readonly #limitMs: number
  readonly #startMs = performance.now()
  readonly #cpu = process.cpuUsage()

  constructor(limitMs: number) {
    this.#limitMs = limitMs
  }

  /** Cheap while the wall-clock time is within the limit. */
  get isOver(): boolean {
    const passedMs = performance.now() - this.#startMs
    if (passedMs <= this.#limitMs) return false
    const { user, system } = process.cpuUsage(this.#cpu)
    return (user + system) / 1_000 >= this.#limitMs || passedMs > this.#limitMs * MAX_WAIT
  }
}

/**
 * Starts a stopwatch for work of this process.
 *
 * @returns The milliseconds since then: wall-clock time, or the CPU time of this process if that is less, as on a busy machine.
 */
export function startStopwatch(): () => number {
  const startMs = performance.now()
  const cpu = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return Math.min(performance.now() - startMs, (user + system) / 1_000)
  }
}
