/**
 * Renders many pages in a thread of their own, each with a deadline. A page that hangs or breaks the thread costs the
 * thread, which is replaced, and falls back to its source; the other pages never notice.
 */

import { type FallbackReason, renderFallback } from './fallback.ts'
import type { RenderedPage } from './render.ts'
import { RenderThread } from './thread.ts'

export interface RenderOptions {
  /** For one page; 10 seconds by default. */
  deadlineMs?: number
  /** Larger pages are not tried; in characters, 1,048,576 by default. */
  maxChars?: number
  /** Memory of the thread; 512 by default. */
  maxHeapMb?: number
  signal?: AbortSignal
  onProgress?: (done: number, total: number) => void
}

export interface PageResult extends RenderedPage {
  /** Why the page shows its source; `null` when it was rendered. */
  fallback: FallbackReason | null
}

/**
 * Render pages in their order. The same pages give the same results, but for those that the deadline meets.
 *
 * @returns One result a page, in the same order.
 * @throws {Aborted} The signal fired; the thread is gone.
 */
export async function renderPages(
  pages: readonly { markdown: string }[],
  options: RenderOptions = {},
): Promise<PageResult[]> {
  const { deadlineMs = 10_000, maxChars = 1_048_576, maxHeapMb = 512, signal, onProgress } = options
  const results: PageResult[] = []
  let thread: RenderThread | undefined

  async function render(markdown: string): Promise<PageResult> {
    if (markdown.length > maxChars) return fallBack(markdown, 'too large')
    thread ??= await RenderThread.start(maxHeapMb, signal)
    const answer = await thread.render(markdown, deadlineMs)
    if (typeof answer !== 'string') {
      return answer.page === null ? fallBack(markdown, 'crash') : { ...answer.page, fallback: null }
    }
    await thread.stop()
    thread = undefined
    return fallBack(markdown, answer)
  }

  try {
    for (const { markdown } of pages) {
      results.push(await render(markdown))
      onProgress?.(results.length, pages.length)
    }
    return results
  } finally {
    await thread?.stop()
  }
}

function fallBack(markdown: string, reason: FallbackReason): PageResult {
  return { ...renderFallback(markdown, reason), fallback: reason }
}
