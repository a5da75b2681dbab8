/**
 * Renders many pages, and colours many files, in threads of their own, each with a deadline. What hangs or breaks the
 * thread costs the thread, which is replaced, and falls back to its source; the others never notice.
 */

import { Aborted } from '#base/errors.ts'
import { PackedText } from '#base/packed-text.ts'
import { type FallbackReason, renderFallback } from './fallback.ts'
import type { RenderedPage } from './render.ts'
import type { AnswerTo, Task } from './render-thread.ts'
import { RenderThread } from './thread.ts'

export interface RenderOptions {
  /** For one page or file; 10 seconds by default. */
  deadlineMs?: number
  /** Larger pages are not tried; in characters, 1,048,576 by default. */
  maxChars?: number
  /** Memory of a thread, in MiB; 512 by default. */
  maxHeapMb?: number
  signal?: AbortSignal
}

export interface PageResult extends Omit<RenderedPage, 'html'> {
  /** As `RenderedPage` has it. */
  html: PackedText
  /** Why the page shows its source; `null` when it was rendered. */
  fallback: FallbackReason | null
}

/** As many as a small machine has cores; more only wait for each other. */
const THREADS = 2
const DEADLINE_MS = 10_000
/** Files that take longer are slow; when the slow ones have taken so long together, all others are shown plain. */
const SLOW_COLOUR_MS = 1_000
const MAX_SLOW_COLOURS_MS = 60_000

/**
 * Renders pages. Its threads begin to load when it is made, so make it early, and close it always.
 */
export class PageRenderer {
  readonly #options: RenderOptions
  readonly #lanes: Lane[]

  constructor(options: RenderOptions = {}) {
    this.#options = options
    this.#lanes = Array.from({ length: THREADS }, () => new Lane(options))
  }

  /**
   * The same pages give the same results, but for those that the deadline meets. A page is taken when a thread is free for it.
   *
   * @returns One result a page, in the same order.
   * @throws {Aborted} The signal fired.
   */
  async render(pages: Iterable<{ markdown: string }>, onProgress?: (done: number) => void): Promise<PageResult[]> {
    const { maxChars = 1_048_576 } = this.#options
    const results: PageResult[] = []
    const left = pages[Symbol.iterator]()
    let taken = 0
    let done = 0
    await Promise.all(
      this.#lanes.map(async (lane) => {
        for (let next = left.next(); next.done !== true; next = left.next()) {
          const index = taken++
          const { markdown } = next.value
          results[index] =
            markdown.length > maxChars ? fallBack(markdown, 'too large') : await this.#page(lane, markdown)
          onProgress?.(++done)
        }
      }),
    )
    return results
  }

  /**
   * The colours of files, in the same order; none for what could not be coloured. May run beside `render`: pages and
   * files take turns.
   *
   * @throws {Aborted} The signal fired.
   */
  async colour(files: readonly { text: string; language: string | null }[]): Promise<Uint8Array[]> {
    const results: Uint8Array[] = files.map(() => new Uint8Array())
    const left = files.entries()
    let slowMs = 0
    await Promise.all(
      this.#lanes.map(async (lane) => {
        for (const [index, { text, language }] of left) {
          if (language === null || slowMs >= MAX_SLOW_COLOURS_MS) continue
          const begun = performance.now()
          const answer = await lane.work({ text, language }, this.#options.deadlineMs ?? DEADLINE_MS)
          const ms = performance.now() - begun
          if (ms > SLOW_COLOUR_MS) slowMs += ms
          if (typeof answer !== 'string' && answer.made !== null) results[index] = answer.made
        }
      }),
    )
    return results
  }

  async #page(lane: Lane, markdown: string): Promise<PageResult> {
    const answer = await lane.work(markdown, this.#options.deadlineMs ?? DEADLINE_MS)
    if (typeof answer === 'string') return fallBack(markdown, answer)
    const { made } = answer
    return made === null ? fallBack(markdown, 'crash') : { ...made, html: new PackedText(made.html), fallback: null }
  }

  /** End the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()))
  }
}

/** One thread after the other, each until a page spoils it. */
class Lane {
  readonly #options: RenderOptions
  #thread: Promise<RenderThread>
  /** Settles when the task before is done: a thread does one at a time. */
  #last: Promise<unknown> = Promise.resolve()
  #isClosed = false

  constructor(options: RenderOptions) {
    this.#options = options
    this.#thread = this.#start()
  }

  #start(): Promise<RenderThread> {
    const { maxHeapMb = 512, signal } = this.#options
    const thread = RenderThread.start(maxHeapMb, signal)
    // Who renders next meets the failure; until then nobody waits for it.
    thread.catch(() => undefined)
    return thread
  }

  work<T extends Task>(task: T, deadlineMs: number): Promise<AnswerTo<T> | 'deadline' | 'crash'> {
    const done = this.#last.then(() => this.#work(task, deadlineMs))
    this.#last = done.catch(() => undefined)
    return done
  }

  async #work<T extends Task>(task: T, deadlineMs: number): Promise<AnswerTo<T> | 'deadline' | 'crash'> {
    const thread = await this.#thread
    this.#assertOpen()
    const answer = await thread.work(task, deadlineMs)
    if (typeof answer !== 'string') return answer
    await thread.stop()
    this.#assertOpen()
    this.#thread = this.#start()
    return answer
  }

  /** A thread that ended answers nothing, not even that. */
  #assertOpen(): void {
    if (this.#isClosed) throw new Aborted('The renderer was closed.')
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const thread = await this.#thread.catch(() => undefined)
    await thread?.stop()
  }
}

function fallBack(markdown: string, reason: FallbackReason): PageResult {
  const page = renderFallback(markdown, reason)
  return { ...page, html: PackedText.of(page.html), fallback: reason }
}
