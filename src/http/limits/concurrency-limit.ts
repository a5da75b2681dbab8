/** Limits concurrency, in total and per client. */

import type { AccessLimits } from '#base/access-settings.ts'

/** Maximum number of open streams, unless the settings say otherwise. */
const MAX_STREAMS = 1_000

export interface ConcurrencyLimits {
  /** In total. */
  max: number
  /** 0 for no limit. */
  maxPerClient: number
}

export type ReachedLimit = 'total' | 'client'

export class ConcurrencyLimit {
  readonly limits: ConcurrencyLimits
  readonly #byClient = new Map<string, number>()
  #total = 0

  constructor(limits: ConcurrencyLimits) {
    this.limits = limits
  }

  /**
   * Acquire `amount`. It may take the total over a limit that was not reached beforehand.
   *
   * @returns A release function, safe to call more than once; `undefined` when a limit is reached.
   */
  take(client: string | undefined, amount = 1): (() => void) | undefined {
    if (this.reached(client) !== undefined) return undefined
    this.#total += amount
    if (client !== undefined) this.#byClient.set(client, (this.#byClient.get(client) ?? 0) + amount)
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#total -= amount
      if (client === undefined) return
      const left = (this.#byClient.get(client) ?? amount) - amount
      if (left === 0) this.#byClient.delete(client)
      else this.#byClient.set(client, left)
    }
  }

  /** The limit that is reached, so that `take` would acquire nothing; `undefined` if none is. */
  reached(client: string | undefined): ReachedLimit | undefined {
    const { max, maxPerClient } = this.limits
    const own = client === undefined ? 0 : (this.#byClient.get(client) ?? 0)
    if (client !== undefined && maxPerClient > 0 && own >= maxPerClient) return 'client'
    return this.#total >= max ? 'total' : undefined
  }
}

export const createConcurrencyLimit = (limits: AccessLimits | undefined): ConcurrencyLimit =>
  new ConcurrencyLimit({ max: limits?.maxStreams ?? MAX_STREAMS, maxPerClient: limits?.streamsPerClient ?? 0 })
