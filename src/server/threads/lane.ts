/**
 * One slot of a thread pool: a thread that runs one task at a time. It is started by the first task, and replaced when a task
 * exceeds its time limit or breaks it. A thread in native code, such as an SQLite query, ends only when that returns; until then, it
 * is replaced only once.
 */

import type { Worker } from 'node:worker_threads'
import { AppError } from '#base/errors.ts'
import { TookTooLong } from '#base/overload-errors.ts'
import { startThread } from '#base/thread.ts'
import { ShuttingDown } from '#queue/errors.ts'
import { readCpuWait } from './cpu-wait.ts'
import type { Ready, Reply } from './task-loop.ts'

export interface LaneOptions {
  /** The `.ts` file that a thread runs. It first sends `Ready`, then a `Reply` to each message. */
  script: URL
  /** The `workerData` of the threads. */
  data: unknown
  /**
   * Time limit of one task. Time waiting for a CPU is excluded, up to `MAX_STRETCH` times the limit:
   * threads give precedence to others, so on a busy machine they wait most of the time.
   */
  deadlineMs: number
  /** Limit on the heap of each thread, MiB. */
  maxHeapMb: number
  /** Time without a task after which a thread exits; 5 minutes by default. */
  idleMs?: number
}

/** How long a thread may take to start; not part of the time limit of tasks. */
const START_MS = 60_000
const IDLE_MS = 300_000
const MAX_STRETCH = 10
/** Minimum delay before a time limit is checked again. */
const RECHECK_MS = 20
export const CLOSED = 'The service is shutting down.'

/** An error thrown by a task in its thread, with its code, if any, and its stack. */
class FailedInThread extends AppError {
  readonly code: string

  constructor({ code = 'INTERNAL', message, stack }: { code: string | undefined; message: string; stack: string }) {
    super(message)
    this.code = code
    this.stack = stack
  }
}

export class Lane {
  readonly #options: LaneOptions
  readonly #readCpuWait: typeof readCpuWait
  #thread: Worker | undefined
  /** The kernel's id of the thread, if known. */
  #threadId: number | undefined
  #idle: NodeJS.Timeout | undefined
  /** The end of the thread that was replaced last. */
  #ending: Promise<void> | undefined
  /** The end of a thread before which this lane takes no other task. */
  #blocked: Promise<void> | undefined
  #isClosed = false
  /** Whether a task runs, or none can run yet. */
  isBusy = false

  constructor(options: LaneOptions, deps = { readCpuWait }) {
    this.#options = options
    this.#readCpuWait = deps.readCpuWait
  }

  /**
   * Run a task.
   *
   * @returns The answer of the thread.
   * @throws {TookTooLong} @throws {FailedInThread} The task threw an error. @throws {ShuttingDown}
   */
  async run(task: unknown): Promise<unknown> {
    clearTimeout(this.#idle)
    const worker = this.#thread ?? (await this.#start())
    worker.ref()
    const { deadlineMs } = this.#options
    const waitedBefore = this.#readCpuWait(this.#threadId)
    const waitedMs = (): number =>
      Math.min((MAX_STRETCH - 1) * deadlineMs, this.#readCpuWait(this.#threadId) - waitedBefore)
    const outcome = nextMessage(worker, deadlineMs, waitedMs)
    worker.postMessage(task)
    const reply = (await outcome) as Reply | undefined
    worker.unref()
    if (this.#isClosed) throw new ShuttingDown(CLOSED)
    if (reply === undefined) {
      this.#replace()
      throw new TookTooLong()
    }
    if ('answer' in reply) return reply.answer
    throw new FailedInThread(reply.error)
  }

  /** Wait until the next task can run. The thread exits if none comes. */
  async rest(): Promise<void> {
    await this.#blocked
    this.isBusy = false
    if (!this.#isClosed) this.#idle = setTimeout(() => this.#end(), this.#options.idleMs ?? IDLE_MS).unref()
  }

  /** Terminate the thread; a running task is aborted. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#end()
  }

  async #start(): Promise<Worker> {
    const { script, data, maxHeapMb } = this.#options
    const worker = startThread(script, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
      name: 'answers',
    })
    // `nextMessage` handles errors during a task; without a listener, errors between tasks would be thrown.
    worker.on('error', () => undefined)
    worker.once('exit', () => {
      if (this.#thread === worker) this.#thread = undefined
    })
    this.#thread = worker
    const ready = (await nextMessage(worker, START_MS)) as Ready | undefined
    this.#threadId = ready?.threadId
    if (ready !== undefined) return worker
    await this.#end()
    throw this.#isClosed ? new ShuttingDown(CLOSED) : new Error('A thread of the server did not start.')
  }

  #replace(): void {
    const ending = this.#end().finally(() => {
      if (this.#ending === ending) this.#ending = undefined
    })
    this.#blocked = this.#ending
    this.#ending = ending
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle)
    const thread = this.#thread
    this.#thread = undefined
    await thread?.terminate()
  }
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
