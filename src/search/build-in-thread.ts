/** Builds an index of a set in a thread, so that the main thread can do other work. */

import { startThread } from '#base/thread.ts'
import type { BuildTask, Built } from './build-task.ts'

/**
 * @param limitMs - Wall-clock time.
 * @returns `undefined` when the thread failed or took too long, or the signal was aborted. Never rejects.
 */
export async function buildInThread<T extends BuildTask>(
  task: T,
  limitMs: number,
  signal: AbortSignal,
): Promise<Built<T> | undefined> {
  const worker = startThread(new URL('./build-thread.ts', import.meta.url), { workerData: task })
  let end = (): void => {}
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise((resolve) => {
      end = () => resolve(undefined)
      timer = setTimeout(end, limitMs)
      signal.addEventListener('abort', end, { once: true })
      if (signal.aborted) end()
      worker.on('message', resolve).on('error', end).on('exit', end)
    })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    await worker.terminate()
  }
}
