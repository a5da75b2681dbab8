/**
 * A thread pool. Each thread runs one task at a time; further tasks wait in a bounded queue that is fair to clients. Callers of
 * equal tasks share one run, but nothing else: each client has its own place in the queue, the first place decides when the
 * task starts, and a caller who disconnects takes only itself out of the queue. When a task exceeds its deadline or breaks its
 * thread, the task is refused at once and the thread replaced; other tasks are not affected. A thread in native code, such as an
 * SQLite query, ends only when that returns; until then, it is replaced only once. Idle threads exit after a while.
 */

import type { Worker } from 'node:worker_threads'
import { Aborted } from '#base/errors.ts'
import { FairQueue } from '#base/fair-queue.ts'
import { startThread } from '#base/thread.ts'
import { ShuttingDown } from '#queue/errors.ts'
import { readCpuWait } from './cpu-wait.ts'
import { FailedInThread, ServerBusy, TookTooLong } from './errors.ts'
import type { Ready, Reply } from './task-loop.ts'

export interface PoolOptions<Task> {
  /** The `.ts` file that a thread runs. It first sends `Ready`, then a `Reply` to each message. */
  script: URL
  /** The `workerData` of the threads. */
  data: unknown
  threads: number
  /** Equal for tasks that may share one run and its answer; `undefined` for a task that runs alone, which is the default. */
  keyOf?(task: Task): string | undefined
  /** Maximum number of waiting tasks, in total and for each client. */
  maxWaiting: number
  maxWaitingPerClient: number
  /**
   * Time limit of one task, not counting the time in the queue. Nor does it count the time in which the thread waits for a CPU,
   * up to `MAX_STRETCH` times the limit: threads give precedence to others, so on a busy machine they wait most of the time.
   */
  deadlineMs: number
  /** Limit of the heap of each thread, MiB. */
  maxHeapMb: number
  /** Time without a task after which a thread exits; 5 minutes by default. */
  idleMs?: number
}

export interface TaskCaller {
  /** Aborted when the caller disconnects; a task that has not started is dropped. */
  signal?: AbortSignal | undefined
  /** `undefined` for callers without a limit of their own. */
  client?: string | undefined
}

/** How long a thread may take to start; not part of the time limit of tasks. */
const START_MS = 60_000
const IDLE_MS = 300_000
const MAX_STRETCH = 10
/** How long to wait at least before a time limit is checked again. */
const RECHECK_MS = 20
const CLOSED = 'The service is shutting down.'
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

interface Lane {
  thread: Worker | undefined
  /** The kernel's id of the thread, if known. */
  threadId: number | undefined
  isBusy: boolean
  idle: NodeJS.Timeout | undefined
  /** The end of the thread that was replaced last. */
  ending: Promise<void> | undefined
  /** A thread that must end before this lane takes another task. */
  blocked: Promise<void> | undefined
}

export class ThreadPool<Task, Answer> {
  readonly #options: PoolOptions<Task>
  readonly #readCpuWait: typeof readCpuWait
  readonly #lanes: Lane[]
  readonly #line: FairQueue<Place<Task>>
  /** All tasks that wait or run, keyed by `keyOf`, or by themselves. */
  readonly #works = new Map<unknown, Work<Task>>()
  #isClosed = false

  constructor(options: PoolOptions<Task>, deps = { readCpuWait }) {
    this.#options = options
    this.#readCpuWait = deps.readCpuWait
    this.#line = new FairQueue(options.maxWaiting)
    this.#lanes = Array.from({ length: options.threads }, () => ({
      thread: undefined,
      threadId: undefined,
      isBusy: false,
      idle: undefined,
      ending: undefined,
      blocked: undefined,
    }))
  }

  /**
   * @throws {ServerBusy} Too many tasks are waiting.
   * @throws {TookTooLong}
   * @throws {Aborted} The caller disconnected before the task started.
   * @throws {ShuttingDown}
   * @throws {FailedInThread} The task threw an error.
   */
  run(task: Task, { signal, client }: TaskCaller = {}): Promise<Answer> {
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
    await Promise.all(this.#lanes.map((lane) => this.#end(lane)))
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
      clearTimeout(lane.idle)
      void this.#run(lane, first.work).finally(async () => {
        this.#line.done(first)
        await lane.blocked
        lane.isBusy = false
        if (this.#isClosed) return
        lane.idle = setTimeout(() => this.#end(lane), this.#options.idleMs ?? IDLE_MS).unref()
        this.#next()
      })
    }
  }

  /** Run a task and answer all its callers, also those that join while it runs. Never rejects. */
  async #run(lane: Lane, work: Work<Task>): Promise<void> {
    work.isRunning = true
    for (const place of work.places.values()) this.#line.leave(place)
    work.places.clear()
    const end = await this.#work(lane, work.task).then(
      (answer) => (caller: Waiting) => caller.resolve(answer),
      (error) => (caller: Waiting) => caller.reject(error),
    )
    this.#works.delete(work.key)
    for (const caller of work.callers) end(caller)
  }

  async #work(lane: Lane, task: unknown): Promise<unknown> {
    const worker = lane.thread ?? (await this.#start(lane))
    worker.ref()
    const { deadlineMs } = this.#options
    const waitedBefore = this.#readCpuWait(lane.threadId)
    const waitedMs = (): number =>
      Math.min((MAX_STRETCH - 1) * deadlineMs, this.#readCpuWait(lane.threadId) - waitedBefore)
    const outcome = nextMessage(worker, deadlineMs, waitedMs)
    worker.postMessage(task)
    const reply = (await outcome) as Reply | undefined
    worker.unref()
    if (this.#isClosed) throw new ShuttingDown(CLOSED)
    if (reply === undefined) {
      this.#replace(lane)
      throw new TookTooLong()
    }
    if ('answer' in reply) return reply.answer
    throw new FailedInThread(reply.error)
  }

  async #start(lane: Lane): Promise<Worker> {
    const { script, data, maxHeapMb } = this.#options
    const worker = startThread(script, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
      name: 'answers',
    })
    // `nextMessage` handles errors during a task; without a listener, errors between tasks would be thrown.
    worker.on('error', () => undefined)
    worker.once('exit', () => {
      if (lane.thread === worker) lane.thread = undefined
    })
    lane.thread = worker
    const ready = (await nextMessage(worker, START_MS)) as Ready | undefined
    lane.threadId = ready?.threadId
    if (ready !== undefined) return worker
    await this.#end(lane)
    throw this.#isClosed ? new ShuttingDown(CLOSED) : new Error('A thread of the server did not start.')
  }

  #replace(lane: Lane): void {
    const ending = this.#end(lane).finally(() => {
      if (lane.ending === ending) lane.ending = undefined
    })
    lane.blocked = lane.ending
    lane.ending = ending
  }

  async #end(lane: Lane): Promise<void> {
    clearTimeout(lane.idle)
    const { thread } = lane
    lane.thread = undefined
    await thread?.terminate()
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

/**
 * @param waitedMs - How much of the time since the call does not count; does not decrease.
 * @returns `undefined` when the thread has exited or the time is up.
 */
function nextMessage(worker: Worker, deadlineMs: number, waitedMs = (): number => 0): Promise<unknown> {
  return new Promise((resolve) => {
    const startedAt = performance.now()
    const end = (message?: unknown): void => {
      clearTimeout(timer)
      worker.off('message', end).off('error', onEnd).off('exit', onEnd)
      resolve(message)
    }
    const onEnd = (): void => end()
    const check = (): void => {
      const leftMs = startedAt + deadlineMs + waitedMs() - performance.now()
      // A message that arrived while this thread was busy is delivered before `setImmediate` runs.
      if (leftMs <= 0) setImmediate(onEnd)
      else timer = setTimeout(check, Math.max(RECHECK_MS, leftMs))
    }
    let timer = setTimeout(check, deadlineMs)
    worker.once('message', end).once('error', onEnd).once('exit', onEnd)
  })
}
