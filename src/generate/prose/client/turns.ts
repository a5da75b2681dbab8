/** Who may ask now: a queue for a bounded number of turns and a pause that all share. */

import { Aborted } from '#base/errors.ts'

/** Answers after which one more may be asked at once again. */
const CALM = 10

export class Turns {
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
   * Wait for a turn: first come, first served.
   *
   * @param isFirst - Before all who wait and are not.
   * @returns What gives it back; only its first call does.
   * @throws {Aborted} The signal fired before.
   */
  async take(signal: AbortSignal, isFirst = false): Promise<() => void> {
    if (signal.aborted) throw new Aborted('Given up before it was asked')
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

  /** The endpoint has too much to do: half as many at once from now on. */
  narrow(): void {
    this.#calm = 0
    this.#limit = Math.max(1, Math.floor(this.#limit / 2))
  }

  /** It answered; now and then one more is tried. */
  widen(): void {
    if (this.#limit === this.#most || ++this.#calm < CALM) return
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
        reject(new Aborted('Given up before it was asked'))
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

/** Until when nobody asks. */
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

/** The clock, for tests to replace. */
export interface Time {
  /** Milliseconds since the epoch. */
  now(): number
  /** @throws {Aborted} The signal fired. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}
