/** Counts what is held open: in all, and by client. */

import type { AccessLimits } from '#base/access-settings.ts'

export interface ConcurrencyLimits {
  most: number
  /** 0 for no limit. */
  mostPerClient: number
}

/** Who holds something open. */
export interface Caller {
  /** Fires when the caller is gone. */
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
   * Hold one more.
   *
   * @returns A function that lets go, which may be called again; or what is too many.
   */
  take(client: string | undefined): (() => void) | TooMany {
    const { most, mostPerClient } = this.limits
    const own = client === undefined ? 0 : (this.#byClient.get(client) ?? 0)
    if (client !== undefined && mostPerClient > 0 && own >= mostPerClient) return 'of this client'
    if (this.#all >= most) return 'in all'
    this.#all++
    if (client !== undefined) this.#byClient.set(client, own + 1)
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#all--
      if (client === undefined) return
      const left = (this.#byClient.get(client) ?? 1) - 1
      if (left === 0) this.#byClient.delete(client)
      else this.#byClient.set(client, left)
    }
  }
}

const MOST = 1_000

export const createConcurrencyLimit = (limits: AccessLimits | undefined): ConcurrencyLimit =>
  new ConcurrencyLimit({ most: limits?.maxStreams ?? MOST, mostPerClient: limits?.streamsPerClient ?? 0 })
