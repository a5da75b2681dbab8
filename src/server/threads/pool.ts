/**
 * Threads that do tasks, one at a time each, while others wait in a line of bounded length, in which each client has its turn. A task that exceeds its deadline
 * or breaks its thread costs the thread, which is replaced; the tasks behind it never notice. A pool that has had nothing
 * to do for a while has no thread.
 */

import type { Worker } from 'node:worker_threads'
import { Aborted } from '#base/errors.ts'
import { LineByTurns } from '#base/line-by-turns.ts'
import { startThread } from '#base/thread.ts'
import { ShuttingDown } from '#queue/errors.ts'
import { FailedInThread, ServerBusy, TookTooLong } from './errors.ts'
import type { Reply } from './reply.ts'

export interface PoolOptions {
  /** The `.ts` file that a thread runs: it answers each message by `Reply`, after a first message that says it is ready. */
  script: URL
  /** Its `workerData`. */
  data: unknown
  threads: number
  /** Tasks that may wait for a thread, in all and for each client. */
  maxWaiting: number
  maxWaitingPerClient: number
  /** For one task, from when a thread has taken it. */
  deadlineMs: number
  /** Of the heap of a thread, MiB. */
  maxHeapMb: number
  /** Time without a task after which a thread ends; 5 minutes by default. */
  idleMs?: number
}

/** Who waits for the answer. */
export interface TaskCaller {
  /** Aborted when the caller is gone: a task that has not begun is dropped. */
  signal?: AbortSignal | undefined
  /** `undefined` for one that is not counted by itself. */
  client?: string | undefined
}

/** For a thread to load what it runs; no task can use it up. */
const START_MS = 60_000
const IDLE_MS = 300_000
const CLOSED = 'The service is shutting down.'
const LEFT = 'Nobody waits for the answer.'

interface Waiting {
  task: unknown
  client: string | undefined
  resolve(answer: unknown): void
  reject(error: unknown): void
}

interface Lane {
  thread: Worker | undefined
  isBusy: boolean
  idle: NodeJS.Timeout | undefined
}

export class ThreadPool<Task, Answer> {
  readonly #options: PoolOptions
  readonly #lanes: Lane[]
  readonly #line: LineByTurns<Waiting>
  #isClosed = false

  constructor(options: PoolOptions) {
    this.#options = options
    this.#line = new LineByTurns(options.maxWaiting)
    this.#lanes = Array.from({ length: options.threads }, () => ({ thread: undefined, isBusy: false, idle: undefined }))
  }

  /**
   * @throws {ServerBusy} Too many tasks wait.
   * @throws {TookTooLong}
   * @throws {Aborted} The caller was gone before the task began.
   * @throws {ShuttingDown}
   * @throws {FailedInThread} What the task threw.
   */
  run(task: Task, { signal, client }: TaskCaller = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new ShuttingDown(CLOSED))
      if (signal?.aborted === true) return reject(new Aborted(LEFT))
      const { maxWaiting, maxWaitingPerClient } = this.#options
      const isFull = this.#line.length >= maxWaiting || this.#line.waitingOf(client) >= maxWaitingPerClient
      if (isFull) return reject(new ServerBusy())
      const waiting: Waiting = { task, client, resolve: resolve as (answer: unknown) => void, reject }
      this.#line.add(waiting)
      const leave = (): void => {
        if (this.#line.leave(waiting)) reject(new Aborted(LEFT))
      }
      signal?.addEventListener('abort', leave, { once: true })
      this.#next()
    })
  }

  /** End the threads. What waits or runs is aborted. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const { reject } of this.#line.clear()) reject(new ShuttingDown(CLOSED))
    await Promise.all(this.#lanes.map((lane) => this.#end(lane)))
  }

  #next(): void {
    for (const lane of this.#lanes) {
      if (lane.isBusy || this.#isClosed) continue
      const waiting = this.#line.next()
      if (waiting === undefined) return
      lane.isBusy = true
      clearTimeout(lane.idle)
      void this.#work(lane, waiting.task)
        .then(waiting.resolve, waiting.reject)
        .finally(() => {
          lane.isBusy = false
          this.#line.done(waiting)
          lane.idle = setTimeout(() => this.#end(lane), this.#options.idleMs ?? IDLE_MS).unref()
          this.#next()
        })
    }
  }

  async #work(lane: Lane, task: unknown): Promise<unknown> {
    const worker = lane.thread ?? (await this.#start(lane))
    worker.ref()
    const outcome = nextMessage(worker, this.#options.deadlineMs)
    worker.postMessage(task)
    const reply = (await outcome) as Reply | undefined
    worker.unref()
    if (this.#isClosed) throw new ShuttingDown(CLOSED)
    if (reply === undefined) {
      await this.#end(lane)
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
    // Who waits for an answer is told of its end; between two tasks nobody is.
    worker.on('error', () => undefined)
    worker.once('exit', () => {
      if (lane.thread === worker) lane.thread = undefined
    })
    lane.thread = worker
    if ((await nextMessage(worker, START_MS)) !== undefined) return worker
    await this.#end(lane)
    throw this.#isClosed ? new ShuttingDown(CLOSED) : new Error('A thread of the server did not start.')
  }

  async #end(lane: Lane): Promise<void> {
    clearTimeout(lane.idle)
    const { thread } = lane
    lane.thread = undefined
    await thread?.terminate()
  }
}

/** `undefined` when the thread ended, or the time was up. */
function nextMessage(worker: Worker, deadlineMs: number): Promise<unknown> {
  return new Promise((resolve) => {
    const end = (message?: unknown): void => {
      clearTimeout(timer)
      worker.off('message', end).off('error', onEnd).off('exit', onEnd)
      resolve(message)
    }
    const onEnd = (): void => end()
    // An answer may have come while this thread was busy: it is taken before this.
    const timer = setTimeout(() => setImmediate(onEnd), deadlineMs)
    worker.once('message', end).once('error', onEnd).once('exit', onEnd)
  })
}
