/** A helper that takes files and never answers. */
import { workerData } from 'node:worker_threads'

Atomics.add(workerData.taken[0], 0, 8)
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
