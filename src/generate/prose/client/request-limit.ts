/** Limits concurrent requests: a semaphore whose limit adapts, and a pause shared by all. */

import { setTimeout } from 'node:timers/promises'
import { Aborted } from '#base/errors.ts'

/** Number of successful answers after which the limit is raised by one. */
const ANSWERS_PER_RAISE = 10

export class Semaphore {
  readonly #most: number
  #limit: number
  #running = 0
  #calm = 0
  readonly #waiting: { go: () => void; isFirst: boolean }[] = []

  constructor(most: number) {
    this.#most = Math.max(1, most)
    this.#limit = this.#most
  }

  /**
   * Acquire: first come, first served.
   *
   * @param isFirst - Precedes all waiting callers without this flag.
   * @returns Releases it; only the first call counts.
   * @throws {Aborted} The signal was aborted while waiting.
   */
  async take(signal: AbortSignal, isFirst = false): Promise<() => void> {
    if (signal.aborted) throw new Aborted('Aborted before the question was sent')
    if (this.#running >= this.#limit || this.#waiting.length > 0) await this.#queue(signal, isFirst)
    else this.#running += 1
    let isBack = false
    return () => {
      if (isBack) return
      isBack = true
      this.#running -= 1
      this.#next()
    }
  }

  /** The endpoint is overloaded: halve the limit. */
  narrow(): void {
    this.#calm = 0
    this.#limit = Math.max(1, Math.floor(this.#limit / 2))
  }

  /** A request was answered: raise the limit after every `ANSWERS_PER_RAISE` answers. */
  widen(): void {
    if (this.#limit === this.#most || ++this.#calm < ANSWERS_PER_RAISE) return
    this.#calm = 0
    this.#limit += 1
    this.#next()
  }

  #queue(signal: AbortSignal, isFirst: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(own), 1)
        reject(new Aborted('Aborted before the question was sent'))
      }
      const own = { go, isFirst }
      signal.addEventListener('abort', leave, { once: true })
      const at = isFirst ? this.#waiting.findIndex((other) => !other.isFirst) : -1
      this.#waiting.splice(at === -1 ? this.#waiting.length : at, 0, own)
    })
  }

  #next(): void {
    while (this.#running < this.#limit) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      this.#running += 1
      next.go()
    }
  }
}

/** Delays all requests until a point in time. */
export class Pause {
  readonly #time: Time
  #untilMs = 0

  constructor(time: Time) {
    this.#time = time
  }

  extend(ms: number): void {
    this.#untilMs = Math.max(this.#untilMs, this.#time.now() + ms)
  }

  /** @throws {Aborted} */
  async wait(signal: AbortSignal): Promise<void> {
    for (let left = this.#left(); left > 0; left = this.#left()) await this.#time.sleep(left, signal)
  }

  #left(): number {
    return this.#untilMs - this.#time.now()
  }
}

/** The clock; tests replace it. */
export interface Time {
  /** Milliseconds since the epoch. */
  now(): number
  /** @throws {Aborted} The signal was aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** The real clock. */
export const TIME: Time = {
  now: Date.now,
  async sleep(ms, signal) {
    try {
      await setTimeout(ms, undefined, { signal })
    } catch (error) {
      throw new Aborted('Aborted while waiting to retry', { cause: error })
    }
  },
}
