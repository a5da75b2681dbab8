/**
 * The supervisor: claims jobs, runs up to `concurrency` at once, cancels them on request, takes over from dead workers,
 * and shuts down gracefully (`drain`). What a job does is up to `run`.
 */

import type { Backend, Lease } from './backend.ts'
import { createOutageReporter, every, type OutageReporter } from './background.ts'
import { createDeliveries } from './deliver-webhooks.ts'
import { LeaseLost, SpoolTooNew } from './errors.ts'
import { createLooks, type LookDeps } from './follows/look-at-follows.ts'
import { JobSlots, type SlotOptions } from './job-slots.ts'
import { LEASE_MS } from './lease.ts'
import type { OnMetricEvent } from './metric-events.ts'
import { openStorage, placeOf } from './open-storage.ts'
import { reapDead, reapWorker } from './reap.ts'
import { reconcile, reconcileAtStart } from './reconcile.ts'
import { createRetentionStep, type TidyCaches, type TidySets } from './retention.ts'
import type { Expectation } from './spool/root.ts'
import { createSubmitter, type SubmitSettings } from './submit.ts'
import { toSpoolError } from './to-spool-error.ts'
import { sleep, Wakeup } from './wakeup.ts'
import type { Notify } from './webhook-notice.ts'
import { createWorkFolders } from './work-folders.ts'

/** Poll the queue this often, in addition to hints. */
const SCAN_MS = 1_000
const REAP_MS = 500
/** Longer intervals for a database, because all machines together cause its load. */
const SHARED_REAP_MS = 2_000
const SHARED_LOOK_MS = 1_000
const DELIVER_MS = 500
const LOOK_STEP_MS = 500
const CHECK_MS = 10 * 60_000
const RETENTION_MS = 60_000

export interface SuperviseOptions
  extends Pick<
    SlotOptions,
    'run' | 'isPassing' | 'concurrency' | 'lanes' | 'hasRoom' | 'graceMs' | 'log' | 'hardSignal'
  > {
  /** The absolute path of the spool or, with a database, of this machine's working folder. */
  spoolDir: string
  /** The URL of the database; `null` or absent if the queue is in the spool. */
  databaseUrl?: string | null
  /** Which spool is expected; by default, one is created if there is none. */
  expect?: Expectation
  /** Stop claiming and let running jobs finish. */
  signal: AbortSignal
  /** A worker without a heartbeat for this long is considered dead. At least 5,000, and equal in all programs of a spool. */
  leaseMs?: number
  /** Removes expired jobs and unused document sets in small steps; by default, nothing is removed. */
  retention?: {
    /** Jobs that finished longer ago than this are removed. */
    keepJobsMs: number
    tidySets: TidySets
    tidyCaches?: TidyCaches
    /** Pause between two steps; a minute by default. */
    everyMs?: number
  }
  /** Delivers webhooks; without it, they wait for another supervisor. */
  notify?: Notify
  /** Checks the refs of followed repositories; without it, checks wait for another supervisor. */
  follows?: Pick<LookDeps, 'look' | 'toRequest'> & { admission: SubmitSettings }
  /**
   * Called once, when the spool is open; nothing may be written to it before.
   *
   * @param locate - Throws while the spool is unavailable or another folder is in its place.
   */
  onOpen?(locate: () => unknown): void
  onMetricEvent?: OnMetricEvent
  /** Called when the supervisor starts to claim jobs, and again with each new lease. */
  onWork?(): void
  clock?(): number
}

/**
 * Work until `signal` is aborted.
 *
 * @throws {SpoolTooNew}
 * @throws {SpoolUnavailable} Only at startup; later, the supervisor waits until the spool is available again.
 */
export async function supervise(options: SuperviseOptions): Promise<void> {
  const {
    spoolDir,
    databaseUrl = null,
    log,
    signal,
    leaseMs = LEASE_MS,
    clock: ownClock = Date.now,
    onMetricEvent = () => undefined,
  } = options
  const expect = options.expect ?? false
  const backend = await openStorage(placeOf({ spoolDir, databaseUrl }), {
    log,
    clock: ownClock,
    leaseMs,
    expect,
  }).catch((error) => {
    throw toSpoolError(error)
  })
  const clock = backend.clock ?? ownClock
  const reportOutage = createOutageReporter(log)
  options.onOpen?.(backend.locate)
  try {
    while (!signal.aborted) {
      try {
        await backend.prepare()
        await serveLease(backend, await backend.workers.register(), { ...options, clock, onMetricEvent }, reportOutage)
      } catch (error) {
        if (error instanceof SpoolTooNew) throw error
        reportOutage(error)
        await sleep(SCAN_MS, signal)
      }
    }
  } finally {
    await backend.close()
  }
}

type Settings = SuperviseOptions & { clock(): number; onMetricEvent: OnMetricEvent }

/** Work under one worker id until its lease is lost or `signal` is aborted. */
async function serveLease(
  backend: Backend,
  lease: Lease,
  settings: Settings,
  reportOutage: OutageReporter,
): Promise<void> {
  const { log, signal, clock, onMetricEvent } = settings
  const { worker } = lease
  const workFolders = createWorkFolders(settings.spoolDir, log)
  const wakeup = new Wakeup()
  // A lost lease is reported by the lease itself, or by a claim that finds this worker unregistered.
  const unregistered = new AbortController()
  const lost = AbortSignal.any([lease.lost, unregistered.signal])
  const over = AbortSignal.any([signal, lost])
  const ring = (): void => wakeup.ring()
  over.addEventListener('abort', ring, { once: true })
  const unwatch = backend.watch('queue', ring)
  const slots = new JobSlots(backend, worker, { ...settings, workFolders, reportOutage, onFree: ring })
  const timers = startBackground(backend, settings, reportOutage, over, async () => {
    if (!over.aborted && (await reapDead(backend, { log, clock, onMetricEvent, workFolders })) > 0) ring()
  })
  log.info({ worker }, 'the supervisor has started')
  settings.onWork?.()
  try {
    await reconcileAtStart(backend, log, clock, onMetricEvent)
    while (!over.aborted) {
      try {
        await slots.fill(over)
        reportOutage.over()
      } catch (error) {
        if (error instanceof LeaseLost) {
          unregistered.abort()
          break
        }
        reportOutage(error)
        if (await backend.prepare().catch(() => false))
          await reconcile(backend, 'suspects', log, clock, { onMetricEvent }).catch(reportOutage)
      }
      await wakeup.wait(SCAN_MS)
    }
    if (slots.size > 0) log.info({ worker, jobs: slots.size }, 'no more jobs are claimed; waiting for running jobs')
    await slots.drain(lost)
  } finally {
    unwatch()
    for (const stop of timers) await stop()
    if (lost.aborted) await reapWorker(backend, worker, undefined, { log, clock, onMetricEvent }).catch(reportOutage)
    await lease.release().catch(reportOutage)
    log.info({ worker }, lost.aborted ? 'the lease was lost' : 'the supervisor has stopped')
  }
}

/** Starts all background work except running jobs. @returns Functions that stop each part of it. */
function startBackground(
  backend: Backend,
  settings: Settings,
  reportOutage: OutageReporter,
  over: AbortSignal,
  reap: () => Promise<void>,
): (() => unknown)[] {
  const { retention, notify, follows, log, clock, onMetricEvent } = settings
  /** Run a step periodically, unless the spool is unavailable. */
  const start = (restMs: number, step: () => Promise<unknown>): (() => void) =>
    every(restMs, reportOutage, async () => {
      backend.locate()
      await step()
    })
  const timers: (() => unknown)[] = [
    start(settings.databaseUrl == null ? REAP_MS : SHARED_REAP_MS, reap),
    start(CHECK_MS, () => reconcile(backend, 'suspects', log, clock, { onMetricEvent })),
  ]
  if (retention !== undefined) {
    const { keepJobsMs, everyMs = RETENTION_MS, ...tidy } = retention
    timers.push(start(everyMs, createRetentionStep(backend, { keepJobsMs, log, clock }, tidy)))
  }
  if (notify !== undefined) {
    const deliveries = createDeliveries(backend, { notify, log, clock, onMetricEvent, signal: over })
    timers.push(start(DELIVER_MS, deliveries.step), () => deliveries.settled())
  }
  if (follows !== undefined) {
    const { admission, ...rest } = follows
    const { submit } = createSubmitter(backend, admission, clock)
    const looks = createLooks(backend, { ...rest, submit, log, clock, signal: over })
    timers.push(start(settings.databaseUrl == null ? LOOK_STEP_MS : SHARED_LOOK_MS, looks.step), () => looks.settled())
  }
  return timers
}
