/** The thread that works on TypeScript and JavaScript: a request comes in, what was found goes out. Started by `run-in-thread.ts` only. */

import { parentPort, workerData } from 'node:worker_threads'
import { findEdges } from './find-edges.ts'
import type { ProgramEdges, Request } from './work.ts'

/** How many files are done, and at last what was found, without the facts that were given. */
export type Answer = number | ProgramEdges

/** Milliseconds between two words of progress. */
const PACE_MS = 100

let last = performance.now()
const onProgress = (done: number): void => {
  if (performance.now() - last < PACE_MS) return
  last = performance.now()
  parentPort?.postMessage(done satisfies Answer)
}
const request: Request = workerData
const found = await findEdges(request, new AbortController().signal, onProgress)
const facts = new Map([...found.facts].filter(([path]) => !request.facts.has(path)))
parentPort?.postMessage({ ...found, facts } satisfies Answer)
