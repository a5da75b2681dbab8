/** The thread that renders pages and highlights files. Started by `render-thread-client.ts`. */

import { parentPort, workerData } from 'node:worker_threads'
import { type PackedFields, PackedText } from '#base/packed-text.ts'
import { colourSource } from './highlight-file.ts'
import { type RenderedPage, renderMarkdown } from './render.ts'

export interface ThreadOptions {
  /** Leave out the HTML of pages. */
  isTextOnly: boolean
}

/** The Markdown of a page, or a file to highlight. */
export type Task = string | { text: string; language: string | null }

/** A rendered page as it leaves the thread: its HTML is compressed here. */
export type SentPage = Omit<RenderedPage, 'html'> & { html: PackedFields }

/** `null` when the renderer threw. */
export type AnswerTo<T extends Task> = { made: (T extends string ? SentPage : Uint8Array) | null }

parentPort?.on('message', (task: Task) => {
  parentPort?.postMessage({ made: attempt(task) })
})
parentPort?.postMessage('ready')

/** Errors are caused by the page (`NestedTooDeep`, stack overflow) and do not affect the thread. */
function attempt(task: Task): SentPage | Uint8Array | null {
  try {
    if (typeof task !== 'string') return colourSource(task.text, task.language)
    const page = renderMarkdown(task, workerData as ThreadOptions)
    return { ...page, html: PackedText.of(page.html) }
  } catch {
    return null
  }
}
