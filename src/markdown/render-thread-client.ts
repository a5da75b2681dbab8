/** Controls the rendering thread from the main thread. It runs one task at a time and can be stopped at any moment. */

import type { Worker } from 'node:worker_threads'
import { Deadline } from '#base/deadline.ts'
import { startThread } from '#base/thread.ts'
import type { AnswerTo, Task, ThreadOptions } from './render-thread.ts'

/** How long the thread may take to load the renderer; not part of the deadline of a page. */
const START_MS = 60_000
/** Interval for rechecking a deadline that has passed in wall-clock time but not in CPU time. */
const RECHECK_MS = 100
/** Twice the default. In a smaller young generation, several collections would copy the tree of a page. */
const YOUNG_HEAP_MB = 96

export class RenderThread {
  readonly #worker: Worker
  readonly #loaded: Promise<void>

  /**
   * Start the thread. It loads in the background; if that fails, the first task rejects.
   *
   * @param maxHeapMb - The thread exits if a page needs more.
   * @param isTextOnly - Leave out the HTML of pages.
   */
  constructor(maxHeapMb: number, isTextOnly: boolean) {
    this.#worker = startThread(new URL('./render-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
      workerData: { isTextOnly } satisfies ThreadOptions,
    })
    this.#loaded = this.#load()
    this.#loaded.catch(() => undefined)
  }

  async #load(): Promise<void> {
    const outcome = await this.#next(START_MS)
    if (outcome.type === 'message') return
    await this.stop()
    throw new Error('The thread that renders pages did not start', { cause: outcome.cause })
  }

  /**
   * Render a page or highlight a file. If the result is not an answer, the thread must be stopped.
   *
   * @throws The thread did not start, or was stopped before it had loaded.
   */
  async work<T extends Task>(task: T, deadlineMs: number): Promise<AnswerTo<T> | 'deadline' | 'crash'> {
    await this.#loaded
    const answer = this.#next(deadlineMs)
    this.#worker.postMessage(task)
    const outcome = await answer
    return outcome.type === 'message' ? (outcome.message as AnswerTo<T>) : outcome.type
  }

  /** Ends a task in the middle, which then counts as a crash. */
  async stop(): Promise<void> {
    await this.#worker.terminate()
  }

  /** Waits for the next message, the exit of the thread, or the deadline in CPU time of this process. */
  async #next(deadlineMs: number): Promise<Outcome> {
    const worker = this.#worker
    let timer: NodeJS.Timeout | undefined
    let undo = () => {}
    try {
      return await new Promise<Outcome>((resolve) => {
        const onMessage = (message: unknown) => resolve({ type: 'message', message })
        const onEnd = (cause: unknown) => resolve({ type: 'crash', cause })
        const deadline = new Deadline(deadlineMs)
        const onTime = () => {
          if (!deadline.isOver) timer = setTimeout(onTime, RECHECK_MS)
          // A message that arrived while this thread was busy is delivered before `setImmediate` runs.
          else setImmediate(() => resolve({ type: 'deadline', cause: undefined }))
        }
        timer = setTimeout(onTime, deadlineMs)
        worker.once('message', onMessage).once('error', onEnd).once('exit', onEnd)
        undo = () => worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd)
      })
    } finally {
      clearTimeout(timer)
      undo()
    }
  }
}

type Outcome = { type: 'message'; message: unknown } | { type: 'crash' | 'deadline'; cause: unknown }
