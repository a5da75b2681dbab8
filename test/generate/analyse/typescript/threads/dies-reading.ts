/** A helper that takes files and dies. */
import { workerData } from 'node:worker_threads'

Atomics.add(workerData.taken[0], 0, 8)
throw new Error('no')
