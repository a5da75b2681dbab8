/** A token bucket for each client, with bounded memory. No I/O; the time is an argument. */

import { LRUCache } from 'lru-cache'

export interface Rate {
  /** For the `RateLimit` headers. */
  name: string
  /** Capacity of the bucket, which refills in one window. */
  max: number
  windowS: number
}

export interface RateDecision {
  ok: boolean
  /** Tokens left. */
  left: number
  /** Seconds until the bucket is full again. */
  fullInS: number
  /** Seconds until a token is available; 0 when one is. */
  retryInS: number
}

/** Clients in memory. With more, the least recently used is dropped and starts with a full bucket. */
const MAX_CLIENTS = 20_000

/** Buckets start full and refill at a constant rate. */
export class RateLimiter {
  readonly rate: Rate
  readonly #buckets: LRUCache<string, { level: number; at: number }>

  constructor(rate: Rate, maxClients = MAX_CLIENTS) {
    this.rate = rate
    this.#buckets = new LRUCache({ max: maxClients })
  }

  /** Number of clients in memory. */
  get size(): number {
    return this.#buckets.size
  }

  /**
   * Take tokens, if at least one is left. An expensive request may overdraw the bucket; the client then waits longer.
   *
   * @param nowMs - Milliseconds since the epoch.
   */
  take(client: string, nowMs: number, amount = 1): RateDecision {
    const level = this.#levelOf(client, nowMs)
    const ok = level >= 1
    return { ok, ...this.#set(client, nowMs, ok ? level - amount : level) }
  }

  /**
   * Take tokens unconditionally; a negative number returns some.
   *
   * @returns Also how many were taken, which may be fewer: the overdraft is limited.
   */
  charge(client: string, nowMs: number, amount: number): Omit<RateDecision, 'ok'> & { charged: number } {
    const level = this.#levelOf(client, nowMs)
    return { ...this.#set(client, nowMs, level - amount), charged: Math.min(amount, level + this.rate.max) }
  }

  /** The overdraft is at most the capacity. */
  #set(client: string, nowMs: number, wanted: number): Omit<RateDecision, 'ok'> {
    const { max } = this.rate
    const level = Math.max(-max, wanted)
    this.#buckets.set(client, { level, at: nowMs })
    const secondsFor = (amount: number): number => Math.max(0, Math.ceil(amount / this.#perSecond))
    const left = Math.max(0, Math.floor(level))
    return { left, fullInS: secondsFor(max - level), retryInS: secondsFor(1 - level) }
  }

  /** True when all tokens are used up. */
  isEmpty(client: string, nowMs: number): boolean {
    return this.#levelOf(client, nowMs) < 1
  }

  get #perSecond(): number {
    return this.rate.max / this.rate.windowS
  }

  #levelOf(client: string, nowMs: number): number {
    const bucket = this.#buckets.get(client)
    if (bucket === undefined) return this.rate.max
    const passedS = Math.max(0, nowMs - bucket.at) / 1_000
    return Math.min(this.rate.max, bucket.level + passedS * this.#perSecond)
  }
}
