/** Limits concurrency, in total and per client. */

import type { AccessLimits } from '#base/access-settings.ts'

const MOST = 1_000

export interface ConcurrencyLimits {
  most: number
  /** 0 for no limit. */
  mostPerClient: number
}

export interface Caller {
  /** Aborted when the client disconnects. */
  signal: AbortSignal
  /** `undefined` for callers without a limit of their own. */
  client: string | undefined
}

/** Which limit is reached. */
export type TooMany = 'in all' | 'of this client'

export class ConcurrencyLimit {
  readonly limits: ConcurrencyLimits
  readonly #byClient = new Map<string, number>()
  #all = 0

  constructor(limits: ConcurrencyLimits) {
    this.limits = limits
  }

  /**
   * Acquire `amount`. It may exceed the limit if the limit had not been reached before.
   *
   * @returns A release function, safe to call more than once, or the limit that is reached.
   */
  take(client: string | undefined, amount = 1): (() => void) | TooMany {
    const tooMany = this.check(client)
    if (tooMany !== undefined) return tooMany
    this.#all += amount
    if (client !== undefined) this.#byClient.set(client, (this.#byClient.get(client) ?? 0) + amount)
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#all -= amount
      if (client === undefined) return
      const left = (this.#byClient.get(client) ?? amount) - amount
      if (left === 0) this.#byClient.delete(client)
      else this.#byClient.set(client, left)
    }
  }

  /** The limit that is reached, if any. */
  check(client: string | undefined): TooMany | undefined {
    const { most, mostPerClient } = this.limits
    const own = client === undefined ? 0 : (this.#byClient.get(client) ?? 0)
    if (client !== undefined && mostPerClient > 0 && own >= mostPerClient) return 'of this client'
    return this.#all >= most ? 'in all' : undefined
  }
}

export const createConcurrencyLimit = (limits: AccessLimits | undefined): ConcurrencyLimit =>
  new ConcurrencyLimit({ most: limits?.maxStreams ?? MOST, mostPerClient: limits?.streamsPerClient ?? 0 })
