/** How long threads of this process have waited for a CPU, by the kernel's count. Only Linux counts it. */

import { readFileSync, readlinkSync } from 'node:fs'
import path from 'node:path'

/** The kernel's id of the current thread; `undefined` if the system does not report it. */
export function readThreadId(): number | undefined {
  try {
    return Number(path.basename(readlinkSync('/proc/thread-self')))
  } catch {
    return undefined
  }
}

/**
 * Read how long a thread has been ready to run while other threads had the CPUs.
 *
 * @param threadId - From `readThreadId`.
 * @returns Milliseconds since the start of the thread; 0 if unknown.
 */
export function readCpuWait(threadId: number | undefined): number {
  if (threadId === undefined) return 0
  try {
    const [, waitedNs] = readFileSync(`/proc/self/task/${threadId}/schedstat`, 'utf8').split(' ')
    return Number(waitedNs) / 1e6 || 0
  } catch {
    return 0
  }
}
