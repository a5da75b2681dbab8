/** A helper that takes all files, reads none, and fails to link one. */
import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'

Atomics.add(workerData.taken[0], 0, 1_000)
parentPort?.postMessage(new Map())
if (parentPort !== null) await once(parentPort, 'message')
Atomics.add(workerData.taken[1], 0, 1_000)
const edges = new Map([['src/b.ts', 'too slow']])
parentPort?.postMessage({ edges, reads: new Map() })
