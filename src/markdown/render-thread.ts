/** The thread that renders pages and highlights files. Started by `render-thread-client.ts`. */

import { parentPort } from 'node:worker_threads'
import { colourSource } from './highlight-file.ts'
import { type RenderedPage, renderMarkdown } from './render.ts'

/** The Markdown of a page, or a file to highlight. */
export type Task = string | { text: string; language: string | null }

/** `null` when the renderer threw. */
export type AnswerTo<T extends Task> = { made: (T extends string ? RenderedPage : Uint8Array) | null }

parentPort?.on('message', (task: Task) => {
  parentPort?.postMessage({ made: attempt(task) })
})
parentPort?.postMessage('ready')

/** Errors are caused by the page (`NestedTooDeep`, stack overflow) and do not affect the thread. */
function attempt(task: Task): RenderedPage | Uint8Array | null {
  try {
    return typeof task === 'string' ? renderMarkdown(task) : colourSource(task.text, task.language)
  } catch {
    return null
  }
}
