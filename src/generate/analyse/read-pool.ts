/**
 * Reads many files in threads. A batch whose thread dies is read again, one file at a time in a new thread; a file that
 * ends a thread by itself is left out. Few and small files are read without threads: starting one takes a while.
 */

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { Aborted } from '#base/errors.ts'
import type { SourceFile } from '#generate/model.ts'
import type { ReadAnswer, ReadRequest, ReadResult } from './read-thread.ts'

const HOOKS = new URL('../../tsx.mjs', import.meta.url).href
const HEAP_MB = 1_024
/** Characters of a batch: large enough to make messages cheap, small enough to share the work evenly. */
const BATCH_CHARACTERS = 200_000
/** A file may take its parser's and its query's deadline; beyond a multiple of that a thread hangs. */
const BATCH_DEADLINE_MS = 120_000

export interface PoolOptions {
  /** Threads that read at once; by default as many as there are processors, at most 4. */
  threads?: number | undefined
  /** Memory of a thread's JavaScript; a file that needs more is left out. */
  heapMb?: number | undefined
  signal: AbortSignal
  /** Files that are read, failed ones included. */
  onProgress(done: number): void
}

/**
 * @param files - With text, of languages that the thread knows.
 * @returns What was made of each, by path, without the files that could not be read.
 * @throws {Aborted} The signal fired.
 * @throws {Error} The grammar or the query of a language cannot be loaded.
 */
export async function readInThreads<T extends ReadResult>(
  files: readonly SourceFile[],
  { threads = Math.min(4, availableParallelism()), heapMb = HEAP_MB, signal, onProgress }: PoolOptions,
): Promise<Map<string, T>> {
  const results = new Map<string, T>()
  const queue = batchesOf(files)
  let done = 0

  const take = (batch: readonly SourceFile[], answer: ReadAnswer): void => {
    for (const [index, file] of batch.entries()) {
      const read = answer[index]
      if (read !== undefined && typeof read !== 'string') results.set(file.path, read as T)
    }
    done += batch.length
    onProgress(done)
  }

  const work = async (): Promise<void> => {
    let thread: ReadThread | undefined
    try {
      for (let batch = queue.pop(); batch !== undefined; batch = queue.pop()) {
        thread ??= await ReadThread.start(heapMb, signal)
        const answer = await thread.read(batch)
        if (answer !== undefined) {
          take(batch, answer)
          continue
        }
        await thread.stop()
        thread = undefined
        if (batch.length === 1) take(batch, [])
        else for (const file of batch) queue.push([file])
      }
    } finally {
      await thread?.stop()
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(threads, queue.length)) }, work))
  return results
}

/**
 * Each of one language. They are taken from the end: there stand the languages with the least text, so that what it takes
 * to load them is not left for last, and then the largest files.
 */
function batchesOf(files: readonly SourceFile[]): SourceFile[][] {
  const byLanguage = new Map<string, { files: SourceFile[]; characters: number }>()
  for (const file of files) {
    const language = file.language ?? ''
    const known = byLanguage.get(language) ?? { files: [], characters: 0 }
    known.files.push(file)
    known.characters += sizeOf(file)
    byLanguage.set(language, known)
  }
  const batches: SourceFile[][] = []
  for (const { files: own } of [...byLanguage.values()].sort((a, b) => b.characters - a.characters)) {
    let size = Number.POSITIVE_INFINITY
    for (const file of own.sort((a, b) => sizeOf(a) - sizeOf(b))) {
      if (size + sizeOf(file) > BATCH_CHARACTERS) {
        batches.push([])
        size = 0
      }
      batches.at(-1)?.push(file)
      size += sizeOf(file)
    }
  }
  return batches
}

const sizeOf = (file: SourceFile): number => file.text?.length ?? 0

class ReadThread {
  readonly #worker: Worker
  readonly #signal: AbortSignal

  private constructor(worker: Worker, signal: AbortSignal) {
    this.#worker = worker
    this.#signal = signal
  }

  static async start(heapMb: number, signal: AbortSignal): Promise<ReadThread> {
    const worker = new Worker(new URL('./read-thread.ts', import.meta.url), {
      execArgv: ['--import', HOOKS],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    })
    const thread = new ReadThread(worker, signal)
    const first = await thread.#next().catch(async (error: unknown) => {
      await thread.stop()
      throw error
    })
    if (first.type === 'message') return thread
    await thread.stop()
    throw new Error('The thread that reads code did not start', { cause: first.cause })
  }

  /** @returns `undefined` when the thread died; it is good for nothing but `stop` then. */
  async read(files: readonly SourceFile[]): Promise<ReadAnswer | undefined> {
    const answer = this.#next()
    const request: ReadRequest = {
      files: files.map(({ path, language, text }) => ({ path, language: language ?? '', text: text ?? '' })),
    }
    this.#worker.postMessage(request)
    const outcome = await answer
    if (typeof outcome.message === 'string') throw new Error(outcome.message)
    return outcome.message as ReadAnswer | undefined
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }

  /** Whatever comes first of the next message, the thread's end and the deadline. */
  #next(): Promise<Outcome> {
    const worker = this.#worker
    const signal = this.#signal
    return new Promise<Outcome>((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer)
        worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd)
        signal.removeEventListener('abort', onAbort)
      }
      const onMessage = (message: unknown): void => {
        settle()
        resolve({ type: 'message', message })
      }
      const onEnd = (cause: unknown): void => {
        settle()
        resolve({ type: 'end', cause })
      }
      const onAbort = (): void => {
        settle()
        reject(new Aborted('The analysis was given up.'))
      }
      const timer = setTimeout(onEnd, BATCH_DEADLINE_MS, 'deadline')
      worker.once('message', onMessage).once('error', onEnd).once('exit', onEnd)
      signal.addEventListener('abort', onAbort, { once: true })
      if (signal.aborted) onAbort()
    })
  }
}

type Outcome = { type: 'message'; message: unknown } | { type: 'end'; message?: undefined; cause: unknown }
