/** The thread that builds an index of a set. Started by `build-in-thread.ts` only. */

import { parentPort, workerData } from 'node:worker_threads'
import { build } from './build-task.ts'

parentPort?.postMessage(build(workerData))
