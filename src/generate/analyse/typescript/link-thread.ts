/** The entry point of the thread that analyses TypeScript and JavaScript. Started by `run-in-thread.ts` only. */

import { parentPort, workerData } from 'node:worker_threads'
import { findEdges } from './find-edges.ts'
import type { LinkRequest, ProgramEdges } from './link-request.ts'

/** A message of the thread: the number of files done, or finally the result, without the facts of the request. */
export type Answer = number | ProgramEdges

/** Minimum time between two progress messages, in milliseconds. */
const PACE_MS = 100

let last = performance.now()
const onProgress = (done: number): void => {
  if (performance.now() - last < PACE_MS) return
  last = performance.now()
  parentPort?.postMessage(done satisfies Answer)
}
const request: LinkRequest = workerData
const found = await findEdges(request, new AbortController().signal, onProgress)
const facts = new Map([...found.facts].filter(([path]) => !request.facts.has(path)))
parentPort?.postMessage({ ...found, facts } satisfies Answer)
