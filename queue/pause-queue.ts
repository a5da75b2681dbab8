/** Pauses, resumes and drains the queue, for the command line. The pause is stored with the queue, so it outlives all processes. */

import { forLog, type Log } from '#base/log.ts'
import type { Pause } from './contract.ts'
import { type StoragePlace, withStorage } from './open-storage.ts'
import { reapDead } from './reap.ts'
import { sleep } from './wakeup.ts'

const POLL_MS = 200
/** A supervisor that checked just before the pause may still claim a job; the claim becomes visible within this time. */
const SETTLE_MS = 1_000

const NEVER = new AbortController().signal

export interface ControlDeps {
  log: Log
  clock(): number
}

/** Stop claiming jobs; running jobs continue. @returns The pause in effect, which an earlier call may have made. */
export function pauseQueue(place: StoragePlace, by: string, deps: ControlDeps): Promise<Pause> {
  return withStorage(place, deps, (backend) => backend.control.pause(by))
}

/** @returns Whether the queue was paused. */
export function resumeQueue(place: StoragePlace, deps: ControlDeps): Promise<boolean> {
  return withStorage(place, deps, (backend) => backend.control.resume())
}

export interface DrainOptions {
  /** `user@host`, recorded with the pause. */
  by: string
  /** Ends the wait. */
  signal: AbortSignal
  /** Called with the number of running jobs whenever it changes. */
  onRunning(jobs: number): void
}

/** Pause the queue and wait until no job is running. The queue stays paused. @returns false when the wait was aborted first. */
export function drainQueue(
  place: StoragePlace,
  { by, signal, onRunning }: DrainOptions,
  deps: ControlDeps,
): Promise<boolean> {
  return withStorage(place, deps, async (backend) => {
    await backend.control.pause(by)
    let last = -1
    let idleSince: number | undefined
    for (;;) {
      // If no supervisor is running, nobody else takes over the jobs of dead workers.
      await reapDead(backend, deps).catch((error) => deps.log.warn(forLog(error), 'dead workers could not be cleared'))
      const { processing } = await backend.catalog.counts()
      if (processing !== last) onRunning(processing)
      last = processing
      const now = performance.now()
      idleSince = processing === 0 ? (idleSince ?? now) : undefined
      if (idleSince !== undefined && now - idleSince >= SETTLE_MS) return true
      // If the queue is idle, the wait is finished even if the signal is aborted, because the queue is about to be drained.
      if (signal.aborted && idleSince === undefined) return false
      await sleep(POLL_MS, idleSince === undefined ? signal : NEVER)
    }
  })
}
