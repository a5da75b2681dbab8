/** Token buckets by client, bounded in memory. Pure but for its own state; the time is an argument. */

export interface Rate {
  /** In the headers of answers. */
  name: string
  /** So many at once, and so many a window. */
  most: number
  windowS: number
}

export interface RateDecision {
  ok: boolean
  /** Whole ones that are left. */
  left: number
  /** Seconds until the bucket is full again. */
  fullInS: number
  /** Seconds until there is one again; 0 when there is. */
  retryInS: number
}

/** Clients that are remembered; of those beyond, who has not asked for longest is forgotten, and begins anew. */
const MOST_CLIENTS = 20_000

/** A bucket holds `most`, is full at first, and fills evenly. */
export class RateLimiter {
  readonly #rate: Rate
  readonly #mostClients: number
  /** The client that asked last is the last. */
  readonly #buckets = new Map<string, { level: number; at: number }>()

  constructor(rate: Rate, mostClients = MOST_CLIENTS) {
    this.#rate = rate
    this.#mostClients = mostClients
  }

  get rate(): Rate {
    return this.#rate
  }

  /** How many clients are remembered. */
  get size(): number {
    return this.#buckets.size
  }

  /**
   * Take something, if there is one at least. What is dear may take more than there is: the client then waits the longer.
   *
   * @param nowMs - Never falls by more than clocks are set back.
   */
  take(client: string, nowMs: number, amount = 1): RateDecision {
    const level = this.#levelOf(client, nowMs)
    const ok = level >= 1
    return { ok, ...this.#set(client, nowMs, ok ? level - amount : level) }
  }

  /** Take what an answer has turned out to cost, whether there is any or not. */
  charge(client: string, nowMs: number, amount: number): Omit<RateDecision, 'ok'> {
    return this.#set(client, nowMs, this.#levelOf(client, nowMs) - amount)
  }

  /** A debt is at most what a bucket holds. */
  #set(client: string, nowMs: number, wanted: number): Omit<RateDecision, 'ok'> {
    const { most } = this.#rate
    const level = Math.max(-most, wanted)
    this.#buckets.delete(client)
    this.#buckets.set(client, { level, at: nowMs })
    if (this.#buckets.size > this.#mostClients) this.#forget()
    const secondsFor = (amount: number): number => Math.max(0, Math.ceil(amount / this.#perSecond))
    const left = Math.max(0, Math.floor(level))
    return { left, fullInS: secondsFor(most - level), retryInS: secondsFor(1 - level) }
  }

  /** True when there is nothing to take. */
  isEmpty(client: string, nowMs: number): boolean {
    return this.#levelOf(client, nowMs) < 1
  }

  get #perSecond(): number {
    return this.#rate.most / this.#rate.windowS
  }

  #levelOf(client: string, nowMs: number): number {
    const bucket = this.#buckets.get(client)
    if (bucket === undefined) return this.#rate.most
    const passedS = Math.max(0, nowMs - bucket.at) / 1_000
    return Math.min(this.#rate.most, bucket.level + passedS * this.#perSecond)
  }

  #forget(): void {
    const [oldest] = this.#buckets.keys()
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}
