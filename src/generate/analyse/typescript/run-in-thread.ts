/** Runs the analysis in a separate thread. */

import { Aborted } from '#base/errors.ts'
import { startThread } from '#base/thread.ts'
import type { AnalyseContext } from '#generate/analyse/analyser.ts'
import type { FileFacts } from './facts.ts'
import type { LinkRequest, ProgramEdges } from './link-request.ts'
import type { Answer } from './link-thread.ts'

/** The stack of the main thread plus what Node reserves in a worker, so that both fail at the same depth of nesting. */
const STACK_MB = (984 + 192) / 1_024

/**
 * @throws {Aborted} The signal was aborted.
 * @throws {Error} The error that ended the thread, such as `ERR_WORKER_OUT_OF_MEMORY`.
 */
export async function runInThread(request: LinkRequest, { signal, onProgress }: AnalyseContext): Promise<ProgramEdges> {
  const worker = startThread(new URL('./link-thread.ts', import.meta.url), {
    resourceLimits: { stackSizeMb: STACK_MB },
    workerData: request,
  })
  let giveUp = (): void => {}
  try {
    return await new Promise<ProgramEdges>((resolve, reject) => {
      const fail = (cause: unknown): void =>
        reject(cause instanceof Error ? cause : new Error('The thread that analyses TypeScript exited'))
      giveUp = () => reject(new Aborted('The analysis was aborted.'))
      signal.addEventListener('abort', giveUp, { once: true })
      if (signal.aborted) giveUp()
      worker.on('error', fail).on('exit', fail)
      worker.on('message', (answer: Answer) => {
        if (typeof answer === 'number') onProgress(answer, request.files.length)
        else resolve({ ...answer, facts: inOrder(request, answer) })
      })
    })
  } finally {
    signal.removeEventListener('abort', giveUp)
    await worker.terminate()
  }
}

/** Facts that were in the request stay the same objects. */
function inOrder(request: LinkRequest, { facts }: ProgramEdges): Map<string, FileFacts> {
  const all = new Map<string, FileFacts>()
  for (const { path } of request.files) {
    const one = request.facts.get(path) ?? facts.get(path)
    if (one !== undefined) all.set(path, one)
  }
  return all
}
