/** Counts what is held open: in all, and by client. */

import type { AccessLimits } from '#base/access-settings.ts'

export interface ConcurrencyLimits {
  most: number
  /** 0 for no limit. */
  mostPerClient: number
}

/** Who holds something open. */
export interface Caller {
  /** Aborted when the caller is gone. */
  signal: AbortSignal
  /** `undefined` for one that is not counted by itself. */
  client: string | undefined
}

/** What is too many. */
export type TooMany = 'in all' | 'of this client'

export class ConcurrencyLimit {
  readonly limits: ConcurrencyLimits
  readonly #byClient = new Map<string, number>()
  #all = 0

  constructor(limits: ConcurrencyLimits) {
    this.limits = limits
  }

  /**
   * Hold one more, or what counts as so many; at first also more than the limit.
   *
   * @returns A function that lets go, which may be called again; or what is too many.
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

  /** What is too many for one more. */
  check(client: string | undefined): TooMany | undefined {
    const { most, mostPerClient } = this.limits
    const own = client === undefined ? 0 : (this.#byClient.get(client) ?? 0)
    if (client !== undefined && mostPerClient > 0 && own >= mostPerClient) return 'of this client'
    return this.#all >= most ? 'in all' : undefined
  }
}

const MOST = 1_000

export const createConcurrencyLimit = (limits: AccessLimits | undefined): ConcurrencyLimit =>
  new ConcurrencyLimit({ most: limits?.maxStreams ?? MOST, mostPerClient: limits?.streamsPerClient ?? 0 })
