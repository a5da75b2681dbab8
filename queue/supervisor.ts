/**
 * The supervisor: claims jobs, runs up to N at once, cancels them on request, takes over from dead workers, and shuts down
 * gracefully (`drain`). It does not know what a job does.
 */

import { forLog, type Log } from '#base/log.ts'
import type { Backend, Entry, Lease } from './backend.ts'
import { type Claim, claimNext, releaseStrays } from './claim.ts'
import type { Notify, Run } from './contract.ts'
import { createDeliveries } from './deliver-webhooks.ts'
import { Cancelled, LeaseLost, RecordTooNew, ShuttingDown, SpoolTooNew, toSpoolError } from './errors.ts'
import { createLooks, type LookDeps } from './follows/look-at-follows.ts'
import { LEASE_MS } from './lease.ts'
import type { OnMetricEvent } from './metric-events.ts'
import { openStorage, placeOf } from './open-storage.ts'
import { reapDead, reapWorker } from './reap.ts'
import { reconcile, reconcileAtStart } from './reconcile.ts'
import { createRetentionStep, type TidyObjects, type TidySets } from './retention.ts'
import { runClaim } from './run-claim.ts'
import type { Expectation } from './spool/root.ts'
import { createSubmitter, type SubmitSettings } from './submit.ts'
import { pause, Wakeup } from './wakeup.ts'
import { createWorkFolders } from './work-folders.ts'

/** Poll the queue this often, in addition to hints. */
const SCAN_MS = 1_000
const REAP_MS = 500
const DELIVER_MS = 500
const LOOK_STEP_MS = 500
const CANCEL_POLL_MS = 200
const SHUN_MS = 10_000
const CHECK_MS = 10 * 60_000
const RETENTION_MS = 60_000
/** How long to wait for runs to settle after they were aborted. */
const SETTLE_MS = 15_000
const HARD_SETTLE_MS = 3_000

/** Limits how many jobs of one kind do the same part of their run at once, such as fetching from the same host. */
export interface Lanes {
  /** The lane of a job; `undefined` for jobs without a limit. */
  laneOf(jobId: string): string | undefined
  /** Whether a job in this stage still occupies its lane. */
  isInLane(stage: string): boolean
  /** Maximum number of jobs of this supervisor in one lane. */
  width: number
}

export interface SuperviseOptions {
  /** The spool, or this machine's folder beside a database. Absolute. */
  spoolDir: string
  /** Where the queue is, if it is not in the spool. */
  databaseUrl?: string | null
  /** Which spool is expected; by default, one is created if there is none. */
  expect?: Expectation
  run: Run
  /** Maximum number of running jobs. */
  concurrency: number
  /** No limits by default. */
  lanes?: Lanes
  /** True for codes of temporary errors; such a job is tried up to three times. */
  isPassing(code: string): boolean
  /** How long jobs may continue after `signal` was aborted; then they are handed back. */
  graceMs: number
  log: Log
  /** Stop claiming and let running jobs finish. */
  signal: AbortSignal
  /** Stop at once. */
  hardSignal: AbortSignal
  /** A worker without a heartbeat for this long is dead. Must be the same in all programs of a spool. At least 5,000. */
  leaseMs?: number
  /** Removes expired jobs and unused document sets in small steps; by default, nothing is removed. */
  retention?: {
    /** Jobs that finished longer ago are removed. */
    keepJobsMs: number
    tidySets: TidySets
    tidyObjects?: TidyObjects
    /** Pause between two steps; a minute by default. */
    everyMs?: number
  }
  /** Delivers webhooks; without it, they wait for another supervisor. */
  notify?: Notify
  /** Looks at the refs of followed repositories; without it, looks wait for another supervisor. */
  follows?: Pick<LookDeps, 'look' | 'toRequest'> & { admission: SubmitSettings }
  /**
   * Called once, when the spool is open; nothing may be written to it before.
   *
   * @param locate - Throws while another folder is in the place of the spool.
   */
  onOpen?(locate: () => unknown): void
  onMetricEvent?: OnMetricEvent
  /** Called when the supervisor starts to claim, and again with each new lease. */
  onWork?(): void
  clock?(): number
}

/**
 * Work until `signal` is aborted.
 *
 * @throws {SpoolTooNew}
 * @throws {SpoolUnavailable} At the start only; later, the supervisor waits until the spool is available again.
 */
export async function supervise(options: SuperviseOptions): Promise<void> {
  const {
    spoolDir,
    databaseUrl = null,
    log,
    signal,
    leaseMs = LEASE_MS,
    clock = Date.now,
    onMetricEvent = () => undefined,
  } = options
  const expect = options.expect ?? false
  const backend = await openStorage(placeOf({ spoolDir, databaseUrl }), { log, clock, leaseMs, expect }).catch(
    (error) => {
      throw toSpoolError(error)
    },
  )
  const complain = createComplaint(log)
  options.onOpen?.(backend.locate)
  try {
    while (!signal.aborted) {
      try {
        await backend.prepare()
        await serveLease(backend, await backend.workers.register(), { ...options, clock, onMetricEvent }, complain)
      } catch (error) {
        if (error instanceof SpoolTooNew) throw error
        complain(error)
        await pause(SCAN_MS, signal)
      }
    }
  } finally {
    await backend.close()
  }
}

type Settings = SuperviseOptions & { clock(): number; onMetricEvent: OnMetricEvent }

interface Running {
  jobId: string
  abort: AbortController
  done: Promise<void>
  /** `undefined` once the job has left its lane. */
  lane: string | undefined
}

/** Work under one worker id, until its lease is lost or `signal` is aborted. */
async function serveLease(backend: Backend, lease: Lease, settings: Settings, complain: Complaint): Promise<void> {
  const { run, concurrency, lanes, isPassing, log, signal, hardSignal, clock, onMetricEvent } = settings
  const { worker } = lease
  const workFolders = createWorkFolders(settings.spoolDir, log)
  const running = new Set<Running>()
  const shunned = new Map<string, number>()
  const wakeup = new Wakeup()
  // A lost lease is reported by the lease itself, or by a claim that finds this worker unregistered.
  const unregistered = new AbortController()
  const lost = AbortSignal.any([lease.lost, unregistered.signal])
  const over = AbortSignal.any([signal, lost])
  const ring = (): void => wakeup.ring()
  over.addEventListener('abort', ring, { once: true })
  const unwatch = backend.watch('queue', ring)
  /** Run a step periodically in the background, unless the spool is unavailable. */
  const inBackground = (restMs: number, step: () => Promise<unknown>): (() => void) =>
    every(restMs, complain, async () => {
      backend.locate()
      await step()
    })
  const timers: (() => unknown)[] = [
    inBackground(REAP_MS, async () => {
      if (!over.aborted && (await reapDead(backend, { log, clock, onMetricEvent, workFolders })) > 0) ring()
    }),
    inBackground(CHECK_MS, () => reconcile(backend, 'suspects', log, clock, onMetricEvent)),
    ...startRetention(),
    ...startDeliveries(),
    ...startLooks(),
  ]
  log.info({ worker }, 'the supervisor has started')
  settings.onWork?.()
  try {
    await reconcileAtStart(backend, log, clock, onMetricEvent)
    while (!over.aborted) {
      try {
        await fillSlots()
        complain.over()
      } catch (error) {
        if (error instanceof LeaseLost) {
          unregistered.abort()
          break
        }
        complain(error)
        if (await backend.prepare().catch(() => false))
          await reconcile(backend, 'suspects', log, clock, onMetricEvent).catch(complain)
      }
      await wakeup.wait(SCAN_MS)
    }
    if (running.size > 0) log.info({ worker, jobs: running.size }, 'no more jobs are claimed; waiting for running jobs')
    await drain(running, lost, settings)
  } finally {
    unwatch()
    for (const stop of timers) await stop()
    if (lost.aborted) await reapWorker(backend, worker, undefined, { log, clock, onMetricEvent }).catch(complain)
    await lease.release().catch(complain)
    log.info({ worker }, lost.aborted ? 'the lease was lost' : 'the supervisor has stopped')
  }

  function startRetention(): (() => void)[] {
    if (settings.retention === undefined) return []
    const { keepJobsMs, everyMs = RETENTION_MS, ...tidy } = settings.retention
    return [inBackground(everyMs, createRetentionStep(backend, { keepJobsMs, log, clock }, tidy))]
  }

  function startDeliveries(): (() => unknown)[] {
    const { notify } = settings
    if (notify === undefined) return []
    const deliveries = createDeliveries(backend, { notify, log, clock, onMetricEvent, signal: over })
    return [inBackground(DELIVER_MS, deliveries.step), () => deliveries.settled()]
  }

  function startLooks(): (() => unknown)[] {
    if (settings.follows === undefined) return []
    const { admission, ...rest } = settings.follows
    const { submit } = createSubmitter(backend, admission, clock)
    const looks = createLooks(backend, { ...rest, submit, log, clock, signal: over })
    return [inBackground(LOOK_STEP_MS, looks.step), () => looks.settled()]
  }

  async function fillSlots(): Promise<void> {
    backend.locate()
    await backend.work.promoteDue(clock())
    await releaseStrays(backend, worker, new Set([...running].map((item) => item.jobId)))
    while (running.size < concurrency && !over.aborted && !(await backend.work.isPaused())) {
      try {
        const claim = await claimNext(backend, worker, { log, clock, isAdmitted, onFault })
        if (claim === undefined) return
        begin(claim)
      } catch (error) {
        if (!(error instanceof RecordTooNew)) throw error
        // `releaseStrays` puts the entry back in the next round.
        log.debug(forLog(error), 'skipped a job whose record was written by a newer version')
      }
    }
  }

  /** Skip a job that could not be claimed for a while, so that it does not block others. */
  function onFault({ jobId }: Entry): void {
    shunned.set(jobId, performance.now() + SHUN_MS)
  }

  function isAdmitted(entry: Entry): boolean {
    const until = shunned.get(entry.jobId)
    if (until !== undefined && performance.now() < until) return false
    shunned.delete(entry.jobId)
    const lane = lanes?.laneOf(entry.jobId)
    if (lanes === undefined || lane === undefined) return true
    return [...running].filter((item) => item.lane === lane).length < lanes.width
  }

  function begin(claim: Claim): void {
    const abort = new AbortController()
    const item: Running = {
      jobId: claim.entry.jobId,
      abort,
      done: Promise.resolve(),
      lane: lanes?.laneOf(claim.entry.jobId),
    }
    function onStage(stage: string): void {
      if (item.lane === undefined || lanes?.isInLane(stage) !== false) return
      item.lane = undefined
      ring()
    }
    item.done = runClaim(backend, worker, claim, abort.signal, {
      run,
      isPassing,
      onStage,
      onMetricEvent,
      workFolders,
      log,
      clock,
      hardSignal,
    })
    const stopPolling = every(CANCEL_POLL_MS, complain, () => abortIfCancelled(backend, claim, abort))
    running.add(item)
    void item.done.finally(() => {
      stopPolling()
      running.delete(item)
      ring()
    })
  }
}

/** Abort the run if its cancellation was requested, which another process marks in the storage. */
async function abortIfCancelled(backend: Backend, { job }: Claim, abort: AbortController): Promise<void> {
  backend.locate()
  if (abort.signal.aborted || !(await backend.cancels.isMarked(job))) return
  abort.abort(new Cancelled('The job was cancelled.'))
}

/** Graceful shutdown: let running jobs finish for `graceMs`, then abort them. */
async function drain(
  running: ReadonlySet<Running>,
  lost: AbortSignal,
  { graceMs, hardSignal }: Settings,
): Promise<void> {
  const all = Promise.all([...running].map((item) => item.done)).then(() => undefined)
  const noMoreTime = AbortSignal.any([hardSignal, lost])
  const finished = new AbortController()
  void all.then(() => finished.abort())
  await pause(graceMs, AbortSignal.any([noMoreTime, finished.signal]))
  const reason = lost.aborted
    ? new LeaseLost('This worker was declared dead.')
    : new ShuttingDown('The supervisor is shutting down.')
  for (const { abort } of running) if (!abort.signal.aborted) abort.abort(reason)
  await pause(SETTLE_MS, AbortSignal.any([hardSignal, finished.signal]))
  await pause(HARD_SETTLE_MS, finished.signal)
}

/** Run a step in a loop with pauses. Errors are reported and do not stop it. @returns Stops the loop. */
function every(restMs: number, complain: Complaint, step: () => Promise<unknown>): () => void {
  const stop = new AbortController()
  void (async () => {
    while (!stop.signal.aborted) {
      await pause(restMs, stop.signal)
      if (!stop.signal.aborted) await step().catch(complain)
    }
  })()
  return () => stop.abort()
}

type Complaint = ((error: unknown) => void) & { over(): void }

/** Logs once that the spool cannot be used, and once that it can be used again. */
function createComplaint(log: Log): Complaint {
  let isOpen = false
  const complain = (error: unknown): void => {
    if (isOpen) return
    isOpen = true
    log.error(forLog(toSpoolError(error)), 'the spool cannot be used; retrying')
  }
  const over = (): void => {
    if (isOpen) log.info('the spool can be used again')
    isOpen = false
  }
  return Object.assign(complain, { over })
}
