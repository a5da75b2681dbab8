/**
 * The supervisor: claims jobs, runs up to N at once, cancels them on request, takes over from dead workers, and shuts down
 * gracefully (`drain`). It does not know what a job does.
 */

import { forLog, type Log } from '#base/log.ts'
import type { Backend, Entry, Lease } from './backend.ts'
import { type Claim, claimNext, releaseStrays } from './claim.ts'
import type { Notify, Run } from './contract.ts'
import { createDeliveries } from './deliver.ts'
import { Cancelled, LeaseLost, RecordTooNew, ShuttingDown, SpoolTooNew, toSpoolError } from './errors.ts'
import { LEASE_MS } from './lease.ts'
import type { OnMetricEvent } from './metric-events.ts'
import { reapDead, reapWorker } from './reap.ts'
import { reconcile, reconcileAtStart } from './reconcile.ts'
import { createRetentionStep, type TidySets } from './retention.ts'
import { runClaim } from './run-claim.ts'
import { openSpool } from './spool/open.ts'
import type { Expectation } from './spool/root.ts'
import { pause, Wakeup } from './wakeup.ts'

/** Poll the queue this often, in addition to hints. */
const SCAN_MS = 1_000
const REAP_MS = 500
const DELIVER_MS = 500
const CANCEL_POLL_MS = 200
const SHUN_MS = 10_000
const CHECK_MS = 10 * 60_000
const RETENTION_MS = 60_000
/** After an abort, a run that does not settle is left behind. */
const SETTLE_MS = 15_000
const HARD_SETTLE_MS = 3_000

/** A part of their run that jobs of one kind may not all do at once, such as asking the same host. */
export interface Lanes {
  /** The lane of a job; `undefined` for jobs that need none. */
  laneOf(jobId: string): string | undefined
  /** Whether a job whose last report was of this stage is still in its lane. */
  isInLane(stage: string): boolean
  /** Jobs in one lane at once, of this supervisor. */
  width: number
}

export interface SuperviseOptions {
  /** Absolute. */
  spoolDir: string
  /** Which spool it must be; without it, one is made where there is none. */
  expect?: Expectation
  run: Run
  /** Jobs at once. */
  concurrency: number
  /** How many of the jobs that `laneOf` puts together may be in the stages of `isInLane` at once. */
  lanes?: Lanes
  /** True for codes of errors that may pass by themselves; such a job is tried up to three times. */
  isPassing(code: string): boolean
  /** How long jobs may go on once `signal` has fired; then they are handed back. */
  graceMs: number
  log: Log
  /** Claim nothing more, let runs finish. */
  signal: AbortSignal
  /** End at once. */
  hardSignal: AbortSignal
  /** How long a worker may give no sign of life; must be the same in all programs of a spool. At least 5,000. */
  leaseMs?: number
  /** What is old goes, bit by bit; without it all stays. */
  retention?: {
    /** Jobs that ended longer ago are removed. */
    keepJobsMs: number
    tidySets: TidySets
    /** Rest between two looks; a minute unless told otherwise. */
    everyMs?: number
  }
  /** Tells those who asked that their jobs have ended; without it, they wait for a supervisor that has it. */
  notify?: Notify
  /**
   * Called once, when the spool is open: before that nothing may be written to it.
   *
   * @param locate - Throws while another folder is in the place of the spool.
   */
  onOpen?(locate: () => unknown): void
  /** Told of what happens to jobs. */
  onMetricEvent?: OnMetricEvent
  /** Called when it begins to claim, and again under each new lease. */
  onWork?(): void
  clock?(): number
}

/**
 * Work until asked to end.
 *
 * @throws {SpoolTooNew}
 * @throws {SpoolUnavailable} At the start; later it waits for the spool to come back.
 */
export async function supervise(options: SuperviseOptions): Promise<void> {
  const { spoolDir, log, signal, leaseMs = LEASE_MS, clock = Date.now, onMetricEvent = () => undefined } = options
  const expect = options.expect ?? false
  const backend = await openSpool(spoolDir, { log, clock, leaseMs, expect }).catch((error) => {
    throw toSpoolError(error)
  })
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
  /** Until it has left its lane. */
  lane: string | undefined
}

/** Work under one worker id, until its lease is lost or the supervisor is asked to end. */
async function serveLease(backend: Backend, lease: Lease, settings: Settings, complain: Complaint): Promise<void> {
  const { run, concurrency, lanes, isPassing, log, signal, hardSignal, clock, onMetricEvent } = settings
  const { worker } = lease
  const running = new Set<Running>()
  const shunned = new Map<string, number>()
  const wakeup = new Wakeup()
  // The lease tells, or a claim that finds this worker struck off.
  const struckOff = new AbortController()
  const lost = AbortSignal.any([lease.lost, struckOff.signal])
  const over = AbortSignal.any([signal, lost])
  const ring = (): void => wakeup.ring()
  over.addEventListener('abort', ring, { once: true })
  const unwatch = backend.watch('queue', ring)
  /** A step of its own that goes on beside the claims: only where the spool is. */
  const beside = (restMs: number, step: () => Promise<unknown>): (() => void) =>
    every(restMs, complain, async () => {
      backend.locate()
      await step()
    })
  const timers: (() => unknown)[] = [
    beside(REAP_MS, async () => {
      if (!over.aborted && (await reapDead(backend, { log, clock, onMetricEvent })) > 0) ring()
    }),
    beside(CHECK_MS, () => reconcile(backend, 'suspects', log, clock, onMetricEvent)),
    ...startRetention(),
    ...startDeliveries(),
  ]
  log.info({ worker }, 'the supervisor works')
  settings.onWork?.()
  try {
    await reconcileAtStart(backend, log, clock, onMetricEvent)
    while (!over.aborted) {
      try {
        await fillSlots()
        complain.over()
      } catch (error) {
        if (error instanceof LeaseLost) {
          struckOff.abort()
          break
        }
        complain(error)
        if (await backend.prepare().catch(() => false))
          await reconcile(backend, 'suspects', log, clock, onMetricEvent).catch(complain)
      }
      await wakeup.wait(SCAN_MS)
    }
    if (running.size > 0) log.info({ worker, jobs: running.size }, 'no more jobs are claimed; some still run')
    await drain(running, lost, settings)
  } finally {
    unwatch()
    for (const stop of timers) await stop()
    if (lost.aborted) await reapWorker(backend, worker, undefined, { log, clock, onMetricEvent }).catch(complain)
    await lease.release().catch(complain)
    log.info({ worker }, lost.aborted ? 'the lease was lost' : 'the supervisor ends')
  }

  function startRetention(): (() => void)[] {
    if (settings.retention === undefined) return []
    const { keepJobsMs, tidySets, everyMs = RETENTION_MS } = settings.retention
    return [beside(everyMs, createRetentionStep(backend, { keepJobsMs, log, clock }, tidySets))]
  }

  function startDeliveries(): (() => unknown)[] {
    const { notify } = settings
    if (notify === undefined) return []
    const deliveries = createDeliveries(backend, { notify, log, clock, onMetricEvent, signal: over })
    return [beside(DELIVER_MS, deliveries.step), () => deliveries.settled()]
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
        // It goes back at the next look; all others go on.
        log.debug(forLog(error), 'a job of a newer version is passed over')
      }
    }
  }

  /** What could not be claimed is passed over for a while, so that it stands in nobody's way. */
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
      log,
      clock,
      hardSignal,
    })
    const stopPolling = every(CANCEL_POLL_MS, complain, () => passCancelOn(backend, claim, abort))
    running.add(item)
    void item.done.finally(() => {
      stopPolling()
      running.delete(item)
      ring()
    })
  }
}

/** A mark is a file of another process: look for it while the job runs. */
async function passCancelOn(backend: Backend, { job }: Claim, abort: AbortController): Promise<void> {
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
    : new ShuttingDown('The supervisor is ending.')
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

/** Says once that the spool cannot be used, and once that it can again. */
function createComplaint(log: Log): Complaint {
  let isOpen = false
  const complain = (error: unknown): void => {
    if (isOpen) return
    isOpen = true
    log.error(forLog(toSpoolError(error)), 'the spool cannot be used; trying on')
  }
  const over = (): void => {
    if (isOpen) log.info('the spool can be used again')
    isOpen = false
  }
  return Object.assign(complain, { over })
}
