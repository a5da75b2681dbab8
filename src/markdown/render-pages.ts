/**
 * Renders pages and highlights files in threads, each with a deadline. A page that exceeds it or breaks the thread falls back to
 * its source, and the thread is replaced; other pages are not affected.
 */

import { Aborted } from '#base/errors.ts'
import { PackedText } from '#base/packed-text.ts'
import { type FallbackReason, renderFallback } from './fallback-page.ts'
import type { RenderedPage } from './render.ts'
import type { AnswerTo, SourceText, Task } from './render-thread.ts'
import { RenderThread } from './render-thread-client.ts'

export interface RenderOptions {
  /** Time limit of one page or file; 10 seconds by default. */
  deadlineMs?: number
  /** Larger pages are not rendered; characters, 1,048,576 by default. */
  maxChars?: number
  /** Heap limit of a thread, in MiB; 512 by default. */
  maxHeapMb?: number
  /** Leave out HTML and colours, for sets that are written as Markdown. */
  isTextOnly?: boolean
}

export interface PageResult extends Omit<RenderedPage, 'html'> {
  /** The HTML of `RenderedPage`, packed; empty if it is left out. */
  html: PackedText
  /** Why the page shows its source; `null` when it was rendered. */
  fallback: FallbackReason | null
}

/** As many as a small machine has cores. */
const THREADS = 2
const DEADLINE_MS = 10_000
/**
 * The length of the files that a thread highlights in one task: its next task waits until the main thread, which is mostly
 * analysing code, reads the answer.
 */
const TASK_CHARS = 131_072
/** Tasks that take longer count as slow. When slow ones have taken `MAX_SLOW_TOTAL_MS` together, the rest are not highlighted. */
const SLOW_TASK_MS = 1_000
const MAX_SLOW_TOTAL_MS = 60_000

/** The threads start loading when it is created, so create it early. Always close it. */
export class PageRenderer {
  readonly #options: RenderOptions
  readonly #lanes: Lane[]

  constructor(options: RenderOptions = {}) {
    this.#options = options
    this.#lanes = Array.from({ length: THREADS }, () => new Lane(options))
  }

  /**
   * Render pages. The same pages have the same results, unless they exceed the deadline. Each page is requested from the
   * iterable while the threads are rendering those before it.
   *
   * @param onPage - Called with each result and the number of its page, in the order in which they are done.
   * @returns The results, in the order of the pages.
   * @throws {Aborted}
   */
  async render(
    pages: Iterable<{ markdown: string }>,
    onPage?: (page: PageResult, index: number) => void,
  ): Promise<PageResult[]> {
    const { maxChars = 1_048_576 } = this.#options
    const results: PageResult[] = []
    const left = pages[Symbol.iterator]()
    let taken = 0
    let ahead: ReturnType<typeof left.next> | undefined
    const take = () => {
      const next = ahead ?? left.next()
      ahead = undefined
      return next
    }
    const takeAhead = async () => {
      // Waits until the page before it has been sent to its thread.
      await new Promise((resolve) => setImmediate(resolve))
      ahead ??= left.next()
    }
    await Promise.all(
      this.#lanes.map(async (lane) => {
        for (let next = take(); next.done !== true; next = take()) {
          const index = taken++
          const { markdown } = next.value
          const rendering = markdown.length > maxChars ? fallBack(markdown, 'too large') : this.#page(lane, markdown)
          const [page] = await Promise.all([rendering, takeAhead()])
          results[index] = page
          onPage?.(page, index)
        }
      }),
    )
    return results
  }

  /**
   * Highlight files. May run concurrently with `render`; pages and files take turns.
   *
   * @returns The packed colours, in the order of the files; empty for files that could not be highlighted.
   * @throws {Aborted}
   */
  async colour(files: readonly SourceText[]): Promise<Uint8Array[]> {
    const results: Uint8Array[] = files.map(() => new Uint8Array())
    if (this.#options.isTextOnly) return results
    const lane = this.#lanes[0] as Lane
    let slowMs = 0
    const highlight = async (indexes: readonly number[]): Promise<void> => {
      if (slowMs >= MAX_SLOW_TOTAL_MS) return
      const { deadlineMs = DEADLINE_MS } = this.#options
      const task = indexes.flatMap((index) => files[index] ?? [])
      const answer = await lane.work(task, deadlineMs)
      const ms = typeof answer === 'string' ? deadlineMs : answer.ms
      if (ms > SLOW_TASK_MS) slowMs += ms
      if (typeof answer !== 'string')
        for (const [at, index] of indexes.entries()) results[index] = answer.made?.[at] ?? new Uint8Array()
      else if (indexes.length > 1) for (const index of indexes) await highlight([index])
    }
    for (const indexes of tasksOf(files)) await highlight(indexes)
    return results
  }

  async #page(lane: Lane, markdown: string): Promise<PageResult> {
    const answer = await lane.work(markdown, this.#options.deadlineMs ?? DEADLINE_MS)
    if (typeof answer === 'string') return fallBack(markdown, answer)
    const { made } = answer
    return made === null ? fallBack(markdown, 'crash') : { ...made, html: new PackedText(made.html), fallback: null }
  }

  /** Terminate the threads. Pages that are being rendered or wait are rejected with `Aborted`. */
  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()))
  }
}

/** A thread that is replaced when a page breaks it. */
class Lane {
  readonly #options: RenderOptions
  #thread: RenderThread
  /** Settles when the previous task is done: a thread runs one task at a time. */
  #last: Promise<unknown> = Promise.resolve()
  #isClosed = false

  constructor(options: RenderOptions) {
    this.#options = options
    this.#thread = this.#start()
  }

  #start(): RenderThread {
    const { maxHeapMb = 512, isTextOnly = false } = this.#options
    return new RenderThread(maxHeapMb, isTextOnly)
  }

  work<T extends Task>(task: T, deadlineMs: number): Promise<AnswerTo<T> | 'deadline' | 'crash'> {
    const done = this.#last.then(() => this.#work(task, deadlineMs))
    this.#last = done.catch(() => undefined)
    return done
  }

  async #work<T extends Task>(task: T, deadlineMs: number): Promise<AnswerTo<T> | 'deadline' | 'crash'> {
    this.#assertOpen()
    const answer = await this.#thread.work(task, deadlineMs).catch((error) => {
      this.#assertOpen()
      throw error
    })
    if (typeof answer !== 'string') return answer
    await this.#thread.stop()
    this.#assertOpen()
    this.#thread = this.#start()
    return answer
  }

  /** A terminated thread does not reply, so check before each use. */
  #assertOpen(): void {
    if (this.#isClosed) throw new Aborted('The renderer was closed.')
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#thread.stop()
  }
}

/** The indexes of the files of each task. */
function tasksOf(files: readonly SourceText[]): number[][] {
  const tasks: number[][] = []
  let room = 0
  for (const [index, { text, language }] of files.entries()) {
    if (language === null) continue
    const task = tasks.at(-1)
    if (task === undefined || text.length > room) {
      tasks.push([index])
      room = TASK_CHARS
    } else task.push(index)
    room -= text.length
  }
  return tasks
}

function fallBack(markdown: string, reason: FallbackReason): PageResult {
  const page = renderFallback(markdown, reason)
  return { ...page, html: PackedText.of(page.html), fallback: reason }
}
