/**
 * A thread pool. Each thread runs one task at a time (`lane.ts`); other tasks wait in a bounded queue that is fair to clients.
 * Callers of equal tasks share one run, but nothing else: each client has its own place in the queue, the first place decides when
 * the task starts, and a caller who disconnects takes only itself out of the queue. When a task exceeds its time limit or breaks its
 * thread, the task is refused at once; other tasks are not affected.
 */

import type { Caller } from '#base/caller.ts'
import { Aborted } from '#base/errors.ts'
import { FairQueue } from '#base/fair-queue.ts'
import { ServerBusy } from '#base/overload-errors.ts'
import { ShuttingDown } from '#queue/errors.ts'
import { readCpuWait } from './cpu-wait.ts'
import { CLOSED, Lane, type LaneOptions } from './lane.ts'

export interface PoolOptions<Task> extends LaneOptions {
  threads: number
  /** Equal for tasks that may share one run and its answer; `undefined` for a task that runs alone, which is the default. */
  keyOf?(task: Task): string | undefined
  /** Maximum number of waiting tasks, in total and for each client. */
  maxWaiting: number
  maxWaitingPerClient: number
}

const DISCONNECTED = 'The caller has disconnected.'

/** A task that waits or runs, with all callers that will get its answer. */
interface Work<Task> {
  key: unknown
  task: Task
  isRunning: boolean
  callers: Set<Waiting>
  /** Its places in the queue, one for each client, until it runs. */
  places: Map<string | undefined, Place<Task>>
}

interface Place<Task> {
  client: string | undefined
  work: Work<Task>
}

interface Waiting {
  client: string | undefined
  resolve(answer: unknown): void
  reject(error: unknown): void
}

export class ThreadPool<Task, Answer> {
  readonly #options: PoolOptions<Task>
  readonly #lanes: Lane[]
  readonly #line: FairQueue<Place<Task>>
  /** All tasks that wait or run, keyed by `keyOf`, or by themselves. */
  readonly #works = new Map<unknown, Work<Task>>()
  #isClosed = false

  constructor(options: PoolOptions<Task>, deps = { readCpuWait }) {
    this.#options = options
    this.#line = new FairQueue(options.maxWaiting)
    this.#lanes = Array.from({ length: options.threads }, () => new Lane(options, deps))
  }

  /**
   * @throws {ServerBusy} Too many tasks are waiting.
   * @throws {TookTooLong}
   * @throws {Aborted} The caller disconnected before the task started.
   * @throws {ShuttingDown}
   * @throws {FailedInThread} The task threw an error.
   */
  run(task: Task, { signal, client }: Partial<Caller> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new ShuttingDown(CLOSED))
      if (signal?.aborted === true) return reject(new Aborted(DISCONNECTED))
      const key = this.#options.keyOf?.(task) ?? Symbol('alone')
      const work = this.#works.get(key) ?? newWork(key, task)
      if (!this.#mayWait(work, client)) return reject(new ServerBusy())
      this.#works.set(key, work)
      const caller: Waiting = { client, resolve: resolve as (answer: unknown) => void, reject }
      work.callers.add(caller)
      if (work.isRunning) return
      if (!work.places.has(client)) this.#line.add(placeIn(work, client))
      const leave = (): void => {
        if (work.isRunning || !work.callers.delete(caller)) return
        this.#removePlace(work, client)
        if (work.callers.size === 0) this.#works.delete(key)
        reject(new Aborted(DISCONNECTED))
      }
      signal?.addEventListener('abort', leave, { once: true })
      this.#next()
    })
  }

  /** Terminate the threads. Waiting and running tasks are aborted. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#line.clear()
    for (const [key, { isRunning, callers }] of this.#works) {
      if (isRunning) continue
      this.#works.delete(key)
      for (const { reject } of callers) reject(new ShuttingDown(CLOSED))
    }
    await Promise.all(this.#lanes.map((lane) => lane.close()))
  }

  /** Joining a task costs nothing, except that a client may have a limited number of places. */
  #mayWait(work: Work<Task>, client: string | undefined): boolean {
    if (work.isRunning || work.places.has(client)) return true
    const { maxWaiting, maxWaitingPerClient } = this.#options
    if (this.#line.waitingOf(client) >= maxWaitingPerClient) return false
    return work.callers.size > 0 || this.#countWaiting() < maxWaiting
  }

  #countWaiting(): number {
    let count = 0
    for (const { isRunning } of this.#works.values()) if (!isRunning) count += 1
    return count
  }

  /** Remove the place of a client that has no caller left. */
  #removePlace({ callers, places }: Work<Task>, client: string | undefined): void {
    const place = places.get(client)
    if (place === undefined || [...callers].some((caller) => caller.client === client)) return
    places.delete(client)
    this.#line.leave(place)
  }

  #next(): void {
    for (const lane of this.#lanes) {
      if (lane.isBusy || this.#isClosed) continue
      const first = this.#line.next()
      if (first === undefined) return
      lane.isBusy = true
      void this.#run(lane, first.work).finally(async () => {
        this.#line.done(first)
        await lane.rest()
        if (!this.#isClosed) this.#next()
      })
    }
  }

  /** Run a task and answer all its callers, also those that join while it runs. Never rejects. */
  async #run(lane: Lane, work: Work<Task>): Promise<void> {
    work.isRunning = true
    for (const place of work.places.values()) this.#line.leave(place)
    work.places.clear()
    const end = await lane.run(work.task).then(
      (answer) => (caller: Waiting) => caller.resolve(answer),
      (error) => (caller: Waiting) => caller.reject(error),
    )
    this.#works.delete(work.key)
    for (const caller of work.callers) end(caller)
  }
}

const newWork = <Task>(key: unknown, task: Task): Work<Task> => ({
  key,
  task,
  isRunning: false,
  callers: new Set(),
  places: new Map(),
})

function placeIn<Task>(work: Work<Task>, client: string | undefined): Place<Task> {
  const place = { client, work }
  work.places.set(client, place)
  return place
}
