/** The thread that renders: a page's Markdown comes in, its HTML goes out. Started by `thread.ts` only. */

import { parentPort } from 'node:worker_threads'
import { type RenderedPage, renderMarkdown } from './render.ts'

/** `page` is `null` when the renderer threw. */
export interface Answer {
  page: RenderedPage | null
}

parentPort?.on('message', (markdown: string) => {
  parentPort?.postMessage({ page: attempt(markdown) } satisfies Answer)
})
parentPort?.postMessage('ready')

/** What makes the renderer throw is in the page (`NestedTooDeep`, a stack that overflows) and leaves the thread as it was. */
function attempt(markdown: string): RenderedPage | null {
  try {
    return renderMarkdown(markdown)
  } catch {
    return null
  }
}
