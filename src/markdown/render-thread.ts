/** The thread that renders pages and highlights files. Started by `render-thread-client.ts`. */

import { parentPort, workerData } from 'node:worker_threads'
import { startStopwatch } from '#base/deadline.ts'
import { type PackedFields, PackedText } from '#base/packed-text.ts'
import { colourSource } from './highlight-file.ts'
import { packPage, unpackPage } from './kept-page.ts'
import { type RenderedPage, renderMarkdown } from './render.ts'

export interface ThreadOptions {
  /** Leave out the HTML of pages. */
  isTextOnly: boolean
}

export interface SourceText {
  text: string
  language: string | null
}

export interface PageTask {
  markdown: string
  /** The commit that the page links to, if the rendered page is to be cached. */
  commit?: string
  /** The page as it was cached, if it was. */
  kept?: Uint8Array | undefined
}

/** A page, or files to highlight. */
export type Task = PageTask | readonly SourceText[]

/** A rendered page as it leaves the thread: its HTML is compressed here. `kept` is set if it is to be cached. */
export type SentPage = Omit<RenderedPage, 'html'> & { html: PackedFields; kept?: Uint8Array }

/** `made` is `null` when the renderer threw; `ms` is the time that it took, without waiting for other threads. */
export type AnswerTo<T extends Task> = { made: (T extends PageTask ? SentPage : Uint8Array[]) | null; ms: number }

parentPort?.on('message', (task: Task) => {
  const spentMs = startStopwatch()
  const made = 'markdown' in task ? attempt(() => render(task)) : task.map(colours)
  parentPort?.postMessage({ made, ms: spentMs() })
})
parentPort?.postMessage('ready')

function render({ markdown, commit, kept }: PageTask): SentPage {
  const isKept = commit !== undefined && kept !== undefined
  const page = isKept ? unpackPage(kept, commit) : renderMarkdown(markdown, workerData as ThreadOptions)
  const fresh = isKept || commit === undefined ? undefined : packPage(page, commit)
  return { ...page, html: PackedText.of(page.html), ...(fresh && { kept: fresh }) }
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
