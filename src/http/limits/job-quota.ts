/**
 * Counts the unfinished jobs of each client, in memory only. Counts are lost at a restart, and the least recently active
 * clients are dropped when there are very many; a client may then get more jobs than its limit. Ended jobs count until they are
 * checked, some at each request above the limit.
 */

import { hasEnded } from '#http/long-polling.ts'
import type { JobQueue } from '#queue/contract.ts'

/** Maximum number of job ids in memory. */
const MAX_IDS = 100_000
/** Number of jobs checked for completion when a client has reached its limit. */
const MAX_CHECKED = 16

/** Counts the unfinished jobs of clients. */
export interface ClientJobs {
  /**
   * Count a job of this client.
   *
   * @returns A function that undoes the count; `undefined` when the client has too many jobs.
   */
  take(client: string, jobId: string): Promise<(() => void) | undefined>
}

export class JobQuota implements ClientJobs {
  readonly #queue: Pick<JobQueue, 'read'>
  readonly #maxPerClient: number
  readonly #maxIds: number
  /** Least recently used first, both clients and their jobs. */
  readonly #jobs = new Map<string, Set<string>>()
  #ids = 0

  constructor(queue: Pick<JobQueue, 'read'>, maxPerClient: number, maxIds = MAX_IDS) {
    this.#queue = queue
    this.#maxPerClient = maxPerClient
    this.#maxIds = maxIds
  }

  /** Number of job ids in memory. */
  get size(): number {
    return this.#ids
  }

  async take(client: string, jobId: string): Promise<(() => void) | undefined> {
    const nothing = (): void => undefined
    if (this.#jobs.get(client)?.has(jobId)) return nothing
    if (this.#countOf(client) >= this.#maxPerClient) {
      await this.#dropEnded(client)
      if (this.#countOf(client) >= this.#maxPerClient) return (await this.#isUnfinished(jobId)) ? nothing : undefined
    }
    const jobs = this.#jobs.get(client) ?? new Set()
    this.#jobs.delete(client)
    // Another call may have counted the job in the meantime.
    if (!jobs.has(jobId)) this.#ids++
    this.#jobs.set(client, jobs.add(jobId))
    while (this.#ids > this.#maxIds) this.#forget()
    return () => this.#drop(client, jobId)
  }

  #countOf(client: string): number {
    return this.#jobs.get(client)?.size ?? 0
  }

  /** Drops ended jobs among some of the client's jobs, in rotation. */
  async #dropEnded(client: string): Promise<void> {
    for (const jobId of [...(this.#jobs.get(client) ?? [])].slice(0, MAX_CHECKED)) {
      if (!(await this.#isUnfinished(jobId))) this.#drop(client, jobId)
      else if (this.#jobs.get(client)?.delete(jobId)) this.#jobs.get(client)?.add(jobId)
    }
  }

  async #isUnfinished(jobId: string): Promise<boolean> {
    const job = await this.#queue.read(jobId)
    return job !== undefined && !hasEnded(job)
  }

  #drop(client: string, jobId: string): void {
    const jobs = this.#jobs.get(client)
    if (!jobs?.delete(jobId)) return
    this.#ids--
    if (jobs.size === 0) this.#jobs.delete(client)
  }

  #forget(): void {
    const [oldest] = this.#jobs
    if (oldest === undefined) return
    this.#jobs.delete(oldest[0])
    this.#ids -= oldest[1].size
  }
}
