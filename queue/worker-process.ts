/** Whether the process of a worker has exited, as far as this machine can tell. */

import { isProcessAlive } from '#base/process.ts'
import type { WorkerInfo } from './backend.ts'

/** Also false for processes that are not visible from here: on another machine, started before the last boot, or in another container. */
export function hasExited(info: WorkerInfo, here: Pick<WorkerInfo, 'bootId' | 'pidNamespace'>): boolean {
  if (info.bootId !== here.bootId || info.pidNamespace !== here.pidNamespace) return false
  return !isProcessAlive(info.pid, info.pidStart)
}
