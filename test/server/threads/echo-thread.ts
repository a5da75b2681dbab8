/** A thread for the tests of the pool: it says where it runs, waits, loops, throws or breaks, as it is told. */

import { closeSync, openSync } from 'node:fs'
import { threadId, workerData } from 'node:worker_threads'
import { answerTasks } from '#server/threads/task-loop.ts'

export type EchoTask = 'where' | 'loop' | 'throw' | 'break' | { wait: SharedArrayBuffer } | { fifo: string }

answerTasks(async (task: EchoTask) => {
  if (task === 'throw') throw new Error('thrown')
  if (task === 'break') process.exit(1)
  if (task === 'loop') for (;;);
  // Holds this thread, and no other, until it is told to go on.
  if (typeof task === 'object' && 'wait' in task) Atomics.wait(new Int32Array(task.wait), 0, 0)
  // In native code until somebody writes: nothing can end this thread before.
  if (typeof task === 'object' && 'fifo' in task) closeSync(openSync(task.fifo, 'r'))
  return { threadId, workerData }
})
