/**
 * Renders many pages in threads of their own, each with a deadline. A page that hangs or breaks the thread costs the
 * thread, which is replaced, and falls back to its source; the other pages never notice.
 */

import { Aborted } from '#base/errors.ts'
import { type FallbackReason, renderFallback } from './fallback.ts'
import type { RenderedPage } from './render.ts'
import { RenderThread } from './thread.ts'

export interface RenderOptions {
  /** For one page; 10 seconds by default. */
  deadlineMs?: number
  /** Larger pages are not tried; in characters, 1,048,576 by default. */
  maxChars?: number
  /** Memory of a thread, in MiB; 512 by default. */
  maxHeapMb?: number
  signal?: AbortSignal
}

export interface PageResult extends RenderedPage {
  /** Why the page shows its source; `null` when it was rendered. */
  fallback: FallbackReason | null
}

/** As many as a small machine has cores; more only wait for each other. */
const THREADS = 2

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
          results[index] = markdown.length > maxChars ? fallBack(markdown, 'too large') : await lane.render(markdown)
          onProgress?.(++done)
        }
      }),
    )
    return results
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

  async render(markdown: string): Promise<PageResult> {
    const thread = await this.#thread
    const answer = await thread.render(markdown, this.#options.deadlineMs ?? 10_000)
    if (typeof answer !== 'string') {
      return answer.page === null ? fallBack(markdown, 'crash') : { ...answer.page, fallback: null }
    }
    await thread.stop()
    if (this.#isClosed) throw new Aborted('The renderer was closed.')
    this.#thread = this.#start()
    return fallBack(markdown, answer)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const thread = await this.#thread.catch(() => undefined)
    await thread?.stop()
  }
}

function fallBack(markdown: string, reason: FallbackReason): PageResult {
  return { ...renderFallback(markdown, reason), fallback: reason }
}
