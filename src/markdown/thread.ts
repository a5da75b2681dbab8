/** A thread that does one task at a time and may be given up at any moment. It knows nothing of what to do then. */

import type { Worker } from 'node:worker_threads'
import { Deadline } from '#base/deadline.ts'
import { Aborted } from '#base/errors.ts'
import { startThread } from '#base/thread.ts'
import type { AnswerTo, Task } from './render-thread.ts'

/** Time for the thread to load the renderer; nothing of a page's making can use it up. */
const START_MS = 60_000
/** From one look at a deadline that the clock alone has passed to the next. */
const AGAIN_MS = 100

export class RenderThread {
  readonly #worker: Worker
  readonly #signal: AbortSignal | undefined

  private constructor(worker: Worker, signal: AbortSignal | undefined) {
    this.#worker = worker
    this.#signal = signal
  }

  /**
   * @param maxHeapMb - A page that needs more ends the thread.
   * @throws {Aborted}
   */
  static async start(maxHeapMb: number, signal: AbortSignal | undefined): Promise<RenderThread> {
    const worker = startThread(new URL('./render-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    })
    const thread = new RenderThread(worker, signal)
    let cause: unknown
    try {
      const outcome = await thread.#next(START_MS)
      if (outcome.type === 'message') return thread
      cause = outcome.cause
    } catch (aborted) {
      await thread.stop()
      throw aborted
    }
    await thread.stop()
    throw new Error('The thread that renders pages did not start', { cause })
  }

  /**
   * Render a page or colour a file. After anything but an answer, the thread is good for nothing but `stop`.
   *
   * @throws {Aborted}
   */
  async work<T extends Task>(task: T, deadlineMs: number): Promise<AnswerTo<T> | 'deadline' | 'crash'> {
    const answer = this.#next(deadlineMs)
    this.#worker.postMessage(task)
    const outcome = await answer
    return outcome.type === 'message' ? (outcome.message as AnswerTo<T>) : outcome.type
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }

  /** Whatever comes first of the thread's next message, its end and the deadline, in time that this process was given. */
  async #next(deadlineMs: number): Promise<Outcome> {
    const worker = this.#worker
    const signal = this.#signal
    let timer: NodeJS.Timeout | undefined
    let undo = () => {}
    try {
      return await new Promise<Outcome>((resolve, reject) => {
        const onMessage = (message: unknown) => resolve({ type: 'message', message })
        const onEnd = (cause: unknown) => resolve({ type: 'crash', cause })
        const onAbort = () => reject(new Aborted('The rendering was stopped.'))
        const deadline = new Deadline(deadlineMs)
        const onTime = () => {
          if (!deadline.isOver) timer = setTimeout(onTime, AGAIN_MS)
          // An answer may have come while this thread was busy: it is taken before this.
          else setImmediate(() => resolve({ type: 'deadline', cause: undefined }))
        }
        timer = setTimeout(onTime, deadlineMs)
        worker.once('message', onMessage).once('error', onEnd).once('exit', onEnd)
        signal?.addEventListener('abort', onAbort, { once: true })
        undo = () => {
          worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd)
          signal?.removeEventListener('abort', onAbort)
        }
        if (signal?.aborted === true) onAbort()
      })
    } finally {
      clearTimeout(timer)
      undo()
    }
  }
}

type Outcome = { type: 'message'; message: unknown } | { type: 'crash' | 'deadline'; cause: unknown }
