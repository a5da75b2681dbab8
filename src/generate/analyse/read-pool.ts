/**
 * Reads many files in threads, for all analysers of a repository. If a thread dies, its batch is read again, one file
 * at a time; a file that kills a thread on its own is left out. A thread that cannot read any more is replaced. Threads
 * hold several batches, so that they continue while this thread is busy.
 */

import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { Aborted } from '#base/errors.ts'
import { append } from '#base/long-arrays.ts'
import { startThread } from '#base/thread.ts'
import type { SourceFile } from '#generate/model.ts'
import { batchesOf } from './batches.ts'
import type { ReadFailure } from './read-failure.ts'
import type { ReadAnswer, ReadRequest, ReadResult } from './read-thread.ts'

const SCRIPT = new URL('./read-thread.ts', import.meta.url)
const HEAP_MB = 1_024
/** Maximum number of batches that one thread holds. */
const MAX_HELD = 4
/** A file may take as long as the time limits of its parser and its query; a thread that takes a multiple of that hangs. */
const BATCH_DEADLINE_MS = 60_000

export interface PoolOptions {
  /** Number of threads that read at once; by default the number of processors, at most 4. */
  threads?: number | undefined
  /** JavaScript heap of a thread in megabytes; a file that needs more is left out. */
  heapMb?: number | undefined
  signal: AbortSignal
  /** The script of a thread. */
  script?: URL | undefined
}

/** A batch and its callbacks. */
interface Task {
  readonly batch: readonly SourceFile[]
  take(batch: readonly SourceFile[], answer: ReadAnswer): void
  fail(error: Error): void
}

interface Thread {
  readonly worker: Worker
  /** Batches that were sent and not yet answered, in order. */
  readonly held: Task[]
  isReady: boolean
  hasRead: boolean
  timer: NodeJS.Timeout | undefined
}

export class ReadPool {
  readonly #limit: number
  readonly #heapMb: number
  readonly #script: URL
  readonly #signal: AbortSignal
  readonly #threads = new Set<Thread>()
  /** Waiting tasks; the last one runs first. */
  readonly #queue: Task[] = []

  constructor({
    threads = Math.min(4, availableParallelism()),
    heapMb = HEAP_MB,
    signal,
    script = SCRIPT,
  }: PoolOptions) {
    this.#script = script
    this.#limit = Math.max(1, threads)
    this.#heapMb = heapMb
    this.#signal = signal
    signal.addEventListener('abort', this.#abort, { once: true })
  }

  /** Whether threads are running, so that reading here would be no faster. */
  get isStarted(): boolean {
    return this.#threads.size > 0
  }

  /**
   * @param files - Files with text in languages that the thread supports.
   * @param onProgress - Called with the number of files read, failed ones included.
   * @param onFailure - Called for each file that could not be read; if it throws, the promise rejects with that error.
   * @returns Results keyed by path, without files that could not be read.
   * @throws {Aborted} The signal was aborted.
   * @throws {Error} The grammar or the query of a language cannot be loaded.
   */
  read<T extends ReadResult>(
    files: readonly SourceFile[],
    onProgress: (done: number) => void,
    onFailure: (path: string, why: ReadFailure) => void,
  ): Promise<Map<string, T>> {
    const results = new Map<string, T>()
    let done = 0
    return new Promise((resolve, reject) => {
      if (this.#signal.aborted) throw new Aborted('The analysis was aborted.')
      if (files.length === 0) resolve(results)
      const take = (batch: readonly SourceFile[], answer: ReadAnswer): void => {
        for (const [index, file] of batch.entries()) {
          const read = answer[index] ?? 'out of memory'
          if (typeof read !== 'string') results.set(file.path, read as T)
          else {
            try {
              onFailure(file.path, read)
            } catch (error) {
              reject(error)
            }
          }
        }
        done += batch.length
        onProgress(done)
        if (done === files.length) resolve(results)
      }
      for (const batch of batchesOf(files)) this.#queue.push({ batch, take, fail: reject })
      while (this.#threads.size < Math.min(this.#limit, this.#queue.length)) this.#start()
      this.#fill()
    })
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#abort)
    await Promise.all([...this.#threads].map((thread) => this.#stop(thread)))
  }

  readonly #abort = (): void => {
    this.#failAll(new Aborted('The analysis was aborted.'))
  }

  #failAll(error: Error): void {
    const tasks = this.#queue.splice(0)
    for (const thread of [...this.#threads]) {
      append(tasks, thread.held.splice(0))
      this.#stop(thread).catch((cause: unknown) => tasks[0]?.fail(new Error('A thread did not end', { cause })))
    }
    for (const task of tasks) task.fail(error)
  }

  #start(): void {
    const worker = startThread(this.#script, {
      resourceLimits: { maxOldGenerationSizeMb: this.#heapMb },
    })
    const thread: Thread = { worker, held: [], isReady: false, hasRead: false, timer: undefined }
    this.#threads.add(thread)
    worker
      .on('message', (message: ReadAnswer | string) => this.#answered(thread, message))
      .on('error', (cause: unknown) => this.#died(thread, cause))
      .on('exit', (cause: unknown) => this.#died(thread, cause))
  }

  /**
   * The first message means that the thread is ready; a string instead of an answer, that a language cannot be loaded.
   */
  #answered(thread: Thread, message: ReadAnswer | string): void {
    if (thread.isReady) {
      const task = thread.held.shift()
      if (typeof message === 'string') task?.fail(new Error(message))
      else if (task !== undefined) this.#take(thread, task, message)
    }
    thread.isReady = true
    this.#watch(thread)
    this.#fill()
  }

  #take(thread: Thread, task: Task, answer: ReadAnswer): void {
    const { length } = answer
    if (length === 0 && !thread.hasRead) {
      thread.held.unshift(task)
      this.#died(thread, 'nothing read')
      return
    }
    thread.hasRead = true
    if (length < task.batch.length) {
      append(this.#queue, [...thread.held.splice(0), { ...task, batch: task.batch.slice(length) }])
      this.#stop(thread).catch(() => undefined)
      this.#start()
    }
    if (length > 0) task.take(task.batch.slice(0, length), answer)
  }

  /** Gives threads as many batches as they can hold, fewer near the end, so that all finish at about the same time. */
  #fill(): void {
    for (let held = 1; held <= MAX_HELD; held++) {
      if (held > 1 && this.#queue.length <= this.#threads.size * held) return
      for (const thread of this.#threads) {
        if (thread.held.length >= held) continue
        const task = this.#queue.pop()
        if (task === undefined) return
        thread.held.push(task)
        const request: ReadRequest = {
          files: task.batch.map(({ path, language, text }) => ({ path, language: language ?? '', text: text ?? '' })),
        }
        thread.worker.postMessage(request)
        if (thread.held.length === 1) this.#watch(thread)
      }
    }
  }

  #watch(thread: Thread): void {
    clearTimeout(thread.timer)
    thread.timer =
      thread.held.length === 0 ? undefined : setTimeout(() => this.#died(thread, 'deadline'), BATCH_DEADLINE_MS)
  }

  #died(thread: Thread, cause: unknown): void {
    if (!this.#threads.has(thread)) return
    this.#stop(thread).catch(() => undefined)
    if (!thread.isReady) {
      append(this.#queue, thread.held.splice(0))
      this.#failAll(new Error('The thread that reads code did not start', { cause }))
      return
    }
    const [first, ...others] = thread.held.splice(0)
    append(this.#queue, others)
    if (first !== undefined) {
      if (first.batch.length === 1) first.take(first.batch, [cause === 'deadline' ? 'too slow' : 'out of memory'])
      else for (const file of first.batch) this.#queue.push({ ...first, batch: [file] })
    }
    if (this.#queue.length > 0) this.#start()
    this.#fill()
  }

  async #stop(thread: Thread): Promise<void> {
    this.#threads.delete(thread)
    clearTimeout(thread.timer)
    await thread.worker.terminate()
  }
}

/** Like `ReadPool.read`, with a pool of its own. */
export async function readInThreads<T extends ReadResult>(
  files: readonly SourceFile[],
  {
    onProgress,
    onFailure = () => {},
    ...options
  }: PoolOptions & { onProgress(done: number): void; onFailure?(path: string, why: ReadFailure): void },
): Promise<Map<string, T>> {
  const pool = new ReadPool(options)
  try {
    return await pool.read<T>(files, onProgress, onFailure)
  } finally {
    await pool.close()
  }
}
