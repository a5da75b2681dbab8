/** Pause, resume and drain, for the command line. The switch lies in the storage: it outlives all programs. */

import { forLog, type Log } from '#base/log.ts'
import type { Backend } from './backend.ts'
import type { Pause } from './contract.ts'
import { toSpoolError } from './errors.ts'
import { LEASE_MS } from './lease.ts'
import { reapDead } from './reap.ts'
import { openSpool } from './spool/open.ts'
import { pause as rest } from './wakeup.ts'

const LOOK_MS = 200
/** A supervisor that looked at the switch right before it was thrown may claim yet; then it shows within this time. */
const SETTLE_MS = 1_000

export interface ControlDeps {
  log: Log
  clock(): number
}

/** Let no job begin from now on. What runs goes on. @returns What keeps the queue paused: this call or an earlier one. */
export function pauseQueue(spoolDir: string, by: string, deps: ControlDeps): Promise<Pause> {
  return withSpool(spoolDir, deps, (backend) => backend.control.pause(by))
}

/** @returns Whether the queue was paused. */
export function resumeQueue(spoolDir: string, deps: ControlDeps): Promise<boolean> {
  return withSpool(spoolDir, deps, (backend) => backend.control.resume())
}

export interface DrainOptions {
  /** Who asks. */
  by: string
  /** Ends the wait. */
  signal: AbortSignal
  /** Told of the number of running jobs when it changes. */
  onRunning(jobs: number): void
}

/** Pause, and wait until nothing runs. The queue stays paused. @returns false when the signal fired before. */
export function drainQueue(
  spoolDir: string,
  { by, signal, onRunning }: DrainOptions,
  deps: ControlDeps,
): Promise<boolean> {
  return withSpool(spoolDir, deps, async (backend) => {
    await backend.control.pause(by)
    let last = -1
    let idleSince: number | undefined
    while (!signal.aborted) {
      // Where no supervisor is left, nobody else takes over from those that died.
      await reapDead(backend, deps).catch((error) => deps.log.warn(forLog(error), 'dead workers could not be cleared'))
      const { processing } = await backend.catalog.counts()
      if (processing !== last) onRunning(processing)
      last = processing
      const now = performance.now()
      idleSince = processing === 0 ? (idleSince ?? now) : undefined
      if (idleSince !== undefined && now - idleSince >= SETTLE_MS) return true
      await rest(LOOK_MS, signal)
    }
    return false
  })
}

async function withSpool<T>(
  spoolDir: string,
  { log, clock }: ControlDeps,
  step: (backend: Backend) => Promise<T>,
): Promise<T> {
  try {
    const backend = await openSpool(spoolDir, { log, clock, leaseMs: LEASE_MS, expect: true })
    try {
      return await step(backend)
    } finally {
      await backend.close()
    }
  } catch (error) {
    throw toSpoolError(error)
  }
}
