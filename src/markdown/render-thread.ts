/** The thread that renders pages and highlights files. Started by `render-thread-client.ts`. */

import { parentPort, workerData } from 'node:worker_threads'
import { startStopwatch } from '#base/deadline.ts'
import { type PackedFields, PackedText } from '#base/packed-text.ts'
import { colourSource } from './highlight-file.ts'
import { type RenderedPage, renderMarkdown } from './render.ts'

export interface ThreadOptions {
  /** Leave out the HTML of pages. */
  isTextOnly: boolean
}

export interface SourceText {
  text: string
  language: string | null
}

/** The Markdown of a page, or files to highlight. */
export type Task = string | readonly SourceText[]

/** A rendered page as it leaves the thread: its HTML is compressed here. */
export type SentPage = Omit<RenderedPage, 'html'> & { html: PackedFields }

/** `made` is `null` when the renderer threw; `ms` is the time that it took, without waiting for other threads. */
export type AnswerTo<T extends Task> = { made: (T extends string ? SentPage : Uint8Array[]) | null; ms: number }

parentPort?.on('message', (task: Task) => {
  const spentMs = startStopwatch()
  const made = typeof task === 'string' ? attempt(() => render(task)) : task.map(colours)
  parentPort?.postMessage({ made, ms: spentMs() })
})
parentPort?.postMessage('ready')

function render(markdown: string): SentPage {
  const page = renderMarkdown(markdown, workerData as ThreadOptions)
  return { ...page, html: PackedText.of(page.html) }
}

const colours = ({ text, language }: SourceText): Uint8Array =>
  attempt(() => colourSource(text, language)) ?? new Uint8Array()

/** Errors are caused by the text (`NestedTooDeep`, stack overflow) and do not affect the thread. */
function attempt<T>(make: () => T): T | null {
  try {
    return make()
  } catch {
    return null
  }
}
