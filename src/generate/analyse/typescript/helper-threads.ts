/**
 * Threads that take a share of the files of a large analysis: each reads files, gets the facts of all others, and links
 * files. If a thread fails, this one processes the files that it had taken.
 */

import type { Worker } from 'node:worker_threads'
import { Aborted } from '#base/errors.ts'
import { startThread } from '#base/thread.ts'
import type { SourceFile } from '#generate/model.ts'
import type { FileFacts } from './facts.ts'
import type { FileEdges } from './link/file-edges.ts'
import type { Reads } from './link/program.ts'
import type { LinkRequest } from './link-request.ts'
import type { ByPath } from './read-and-link.ts'
import { SharedItems } from './shared-items.ts'

/** The `workerData` of a helper. */
export interface HelperData {
  readonly request: LinkRequest
  /** The files whose facts are not known. */
  readonly unread: readonly SourceFile[]
  /** How many files have been taken, for reading and for linking. */
  readonly taken: readonly [Int32Array, Int32Array]
}

/** After reading: all files that could be read, in order, with the facts of those that the helper has not read. */
export interface LinkOrder {
  readonly facts: ReadonlyMap<string, FileFacts | undefined>
  /** The files to be linked. */
  readonly stale: readonly string[]
}

/** A helper's answers: what it has read, then what it has linked. */
export type ReadAnswer = ByPath<FileFacts | undefined>
export interface LinkAnswer {
  readonly edges: ByPath<FileEdges>
  readonly reads: Reads
}

/**
 * Files may take several times their time limit on a busy machine. If no file is started for this long, the helpers are
 * considered hung.
 */
const HANG_MS = 60_000
/** The time between two progress messages while this thread waits. */
const PROGRESS_INTERVAL_MS = 100
/** The stack of the main thread plus what Node reserves in a worker, so that both fail at the same depth of nesting. */
const STACK_MB = (984 + 192) / 1_024
const SCRIPT = new URL('./link-thread.ts', import.meta.url)

export interface HelperOptions {
  /** The number of helpers. */
  readonly count: number
  /** Whether this thread takes no files unless a helper fails. */
  readonly areAlone: boolean
  readonly script?: URL | undefined
  readonly hangMs?: number | undefined
}

export class HelperThreads {
  readonly #areAlone: boolean
  readonly #hangMs: number
  readonly #signal: AbortSignal
  readonly #taken: HelperData['taken'] = [sharedNumber(), sharedNumber()]
  readonly #helpers: readonly Helper[]

  constructor(request: LinkRequest, signal: AbortSignal, options: HelperOptions) {
    const { count, areAlone, script = SCRIPT, hangMs = HANG_MS } = options
    this.#areAlone = areAlone
    this.#hangMs = hangMs
    this.#signal = signal
    const links = request.links && { files: new Map(), answers: new Map() }
    const data: HelperData = {
      request: { ...request, facts: new Map(), links },
      unread: unreadOf(request),
      taken: this.#taken,
    }
    this.#helpers = Array.from({ length: count }, () => new Helper(data, script, signal))
  }

  /** The share of this thread. @param items - The unread files, or those to be linked. */
  share<T>(step: 'read' | 'link', items: readonly T[]): Iterator<T> {
    return this.#areAlone ? [].values() : new SharedItems(items, this.#taken[STEPS[step]])
  }

  /** The number of files whose linking has begun. */
  get linking(): number {
    return Atomics.load(this.#taken[STEPS.link], 0)
  }

  /** What helpers have read. Call it when `share` has no files left. @throws {Aborted} */
  async read(): Promise<ReadAnswer[]> {
    return (await this.#answers(STEPS.read, () => {})) as ReadAnswer[]
  }

  /** Tell the helpers to start linking. @param facts - The facts of all files that could be read, in order. */
  startLinking(facts: ReadonlyMap<string, FileFacts>, stale: readonly string[]): void {
    for (const { answers, worker } of this.#helpers) {
      const own = answers[STEPS.read] as ReadAnswer | undefined
      const lacking = new Map([...facts].map(([path, one]) => [path, own?.get(path) === one ? undefined : one]))
      worker.postMessage({ facts: lacking, stale } satisfies LinkOrder)
    }
  }

  /** What helpers have linked. Call it when `share` has no files left. @throws {Aborted} */
  async linked(onWait: () => void): Promise<LinkAnswer[]> {
    return (await this.#answers(STEPS.link, onWait)) as LinkAnswer[]
  }

  async #answers(step: 0 | 1, onWait: () => void): Promise<unknown[]> {
    let last = { taken: -1, at: 0 }
    const timer = setInterval(() => {
      const taken = Atomics.load(this.#taken[step], 0)
      if (taken !== last.taken) last = { taken, at: performance.now() }
      else if (performance.now() - last.at > this.#hangMs) for (const helper of this.#helpers) helper.end()
      onWait()
    }, PROGRESS_INTERVAL_MS)
    const answers = await Promise.all(this.#helpers.map((helper) => helper.answer(step))).finally(() =>
      clearInterval(timer),
    )
    if (this.#signal.aborted) throw new Aborted('The analysis was aborted.')
    return answers.filter((one) => one !== undefined)
  }

  async close(): Promise<void> {
    await Promise.all(this.#helpers.map((helper) => helper.close()))
  }
}

/** Indexes of the steps, for answers and for the numbers of files taken. */
const STEPS = { read: 0, link: 1 } as const

const sharedNumber = (): Int32Array => new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))

/** Files without known facts. */
export function unreadOf({ files, facts }: LinkRequest): SourceFile[] {
  return files.filter(({ path }) => !facts.has(path))
}

class Helper {
  readonly worker: Worker
  readonly answers: unknown[] = []
  readonly #signal: AbortSignal
  #hasEnded = false
  #wake = (): void => {}

  constructor(data: HelperData, script: URL, signal: AbortSignal) {
    this.worker = startThread(script, { resourceLimits: { stackSizeMb: STACK_MB }, workerData: data })
    this.#signal = signal
    this.worker.on('exit', this.end).on('error', (error) => {
      process.emitWarning(`A helper thread failed, and its files are analysed without it: ${String(error)}`)
      this.end()
    })
    this.worker.on('message', (answer: unknown) => {
      this.answers.push(answer)
      this.#wake()
    })
    signal.addEventListener('abort', this.end, { once: true })
  }

  /** Stop waiting for the answers that the thread still owes. */
  readonly end = (): void => {
    this.#hasEnded = true
    this.#wake()
  }

  /** @returns `undefined` if the thread has died or was abandoned, or the signal was aborted. */
  async answer(index: number): Promise<unknown> {
    if (this.answers.length <= index && !this.#hasEnded) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.answers[index]
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.end)
    await this.worker.terminate()
  }
}
