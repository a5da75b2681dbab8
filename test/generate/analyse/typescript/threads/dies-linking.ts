/** A helper that reads nothing, takes files to link, and dies. */
import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'

parentPort?.postMessage(new Map())
if (parentPort !== null) await once(parentPort, 'message')
Atomics.add(workerData.taken[1], 0, 8)
throw new Error('no')
