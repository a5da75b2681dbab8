/** The running jobs of a supervisor: fills free slots from the queue, and ends the jobs at shutdown. */

import { forLog } from '#base/log.ts'
import type { Backend, Entry } from './backend.ts'
import { every, type OutageReporter } from './background.ts'
import { type Claim, claimSome, releaseStrays } from './claim.ts'
import { Cancelled, LeaseLost, RecordTooNew, ShuttingDown } from './errors.ts'
import type { OnMetricEvent } from './metric-events.ts'
import { type RunDeps, runClaim } from './run-claim.ts'
import { sleep } from './wakeup.ts'

const CANCEL_POLL_MS = 200
/** How often delayed entries that are due, and held entries without a claim, are looked for, however many hints arrive. */
const TIDY_MS = 500
/** A job that could not be claimed is skipped for this long. */
const SHUN_MS = 10_000
/** How long to wait for runs to settle after they were aborted. */
const SETTLE_MS = 15_000
const HARD_SETTLE_MS = 3_000

/** Limits how many jobs of one kind perform the same part of their run at once, such as cloning from the same host. */
export interface Lanes {
  /** The lane of a job; `undefined` for jobs without a limit. */
  laneOf(jobId: string): string | undefined
  /** Whether a job in this stage still occupies its lane. */
  isInLane(stage: string): boolean
  /** Maximum number of jobs in one lane, counting those of all supervisors if the storage has `lanes`, otherwise of this one. */
  width: number
}

interface Running {
  jobId: string
  abort: AbortController
  done: Promise<void>
  /** `undefined` once the job has left its lane. */
  lane: string | undefined
}

export interface SlotOptions extends Omit<RunDeps, 'onStage' | 'onMetricEvent'> {
  /** Maximum number of running jobs. */
  concurrency: number
  /** No limits by default. */
  lanes?: Lanes
  /** Whether the disk has room for a job. While it has none, no job is claimed. Always true by default. */
  hasRoom?(): Promise<boolean>
  /** How long jobs may continue after the start of a shutdown before they are returned to the queue. */
  graceMs: number
  onMetricEvent: OnMetricEvent
  reportOutage: OutageReporter
  /** Called when a slot or a lane becomes free. */
  onFree(): void
}

export class JobSlots {
  readonly #backend: Backend
  readonly #worker: string
  readonly #options: SlotOptions
  readonly #running = new Set<Running>()
  /** When jobs that could not be claimed may be tried again (`performance.now()`), keyed by id. */
  readonly #shunned = new Map<string, number>()
  /** Lanes that were full at the last check, counting the jobs of all supervisors. */
  #fullLanes: ReadonlySet<string> = new Set()
  /** Ids of jobs that have left their lane here but still occupy it in the storage. */
  readonly #lingering = new Set<string>()

  /** When delayed and stray entries were last looked for (`performance.now()`). */
  #tidiedAt = Number.NEGATIVE_INFINITY
  /** The result of the last check for room on the disk. */
  #hadRoom = true

  constructor(backend: Backend, worker: string, options: SlotOptions) {
    this.#backend = backend
    this.#worker = worker
    this.#options = options
  }

  get size(): number {
    return this.#running.size
  }

  /** Claims jobs while slots are free. */
  async fill(over: AbortSignal): Promise<void> {
    const { concurrency, log, clock } = this.#options
    const backend = this.#backend
    backend.locate()
    if (performance.now() - this.#tidiedAt >= TIDY_MS) {
      await backend.work.promoteDue(clock())
      await this.#releaseStrays()
      this.#tidiedAt = performance.now()
    }
    if (!(await this.#hasRoom())) return
    await this.#updateLanes()
    while (this.#running.size < concurrency && !over.aborted) {
      try {
        const claimed = await claimSome(backend, this.#worker, concurrency - this.#running.size, {
          log,
          clock,
          isAdmitted: this.#createAdmission(),
          mayStart: (entry) => this.#takeLane(entry),
          onClaim: (claim) => this.#begin(claim),
          onFault: ({ jobId }) => void this.#shunned.set(jobId, performance.now() + SHUN_MS),
        })
        if (claimed === 0) return
      } catch (error) {
        if (!(error instanceof RecordTooNew)) throw error
        await this.#releaseStrays()
        log.debug(forLog(error), 'skipped a job whose record was written by a newer version')
      }
    }
  }

  async #releaseStrays(): Promise<void> {
    await releaseStrays(this.#backend, this.#worker, new Set([...this.#running].map((item) => item.jobId)))
  }

  /** Whether the disk has room for a job. Logs when that changes. */
  async #hasRoom(): Promise<boolean> {
    const { hasRoom, log } = this.#options
    const isRoom = (await hasRoom?.()) ?? true
    if (isRoom !== this.#hadRoom) log.warn(isRoom ? 'the disk has room again' : 'the disk is full; jobs wait')
    this.#hadRoom = isRoom
    return isRoom
  }

  /** Returns a filter for the entries of one round. It counts the entries that it admits. */
  #createAdmission(): (entry: Entry) => boolean {
    const { lanes } = this.#options
    const used = new Map<string, number>()
    const use = (lane: string): unknown => used.set(lane, (used.get(lane) ?? 0) + 1)
    for (const { lane } of this.#running) if (lane !== undefined) use(lane)
    return ({ jobId }) => {
      const until = this.#shunned.get(jobId)
      if (until !== undefined && performance.now() < until) return false
      this.#shunned.delete(jobId)
      // The job's previous run on this supervisor has not left the lane yet.
      if (this.#lingering.has(jobId)) return false
      const lane = lanes?.laneOf(jobId)
      if (lanes === undefined || lane === undefined) return true
      if (this.#fullLanes.has(lane) || (used.get(lane) ?? 0) >= lanes.width) return false
      use(lane)
      return true
    }
  }

  /** Leave lanes that could not be left before, and find out which lanes are still full. */
  async #updateLanes(): Promise<void> {
    const { lanes } = this.#options
    const shared = this.#backend.lanes
    if (shared === undefined || lanes === undefined) return
    for (const jobId of this.#lingering) {
      await shared.leave(this.#worker, jobId)
      this.#lingering.delete(jobId)
    }
    if (this.#fullLanes.size > 0) this.#fullLanes = await shared.listFull(lanes.width)
  }

  /** @returns false when other supervisors have filled the lane of the job. */
  async #takeLane({ jobId }: Entry): Promise<boolean> {
    const { lanes } = this.#options
    const lane = lanes?.laneOf(jobId)
    const shared = this.#backend.lanes
    if (shared === undefined || lanes === undefined || lane === undefined) return true
    // `#begin` removes the id; if the claim fails, the next round leaves the lane.
    this.#lingering.add(jobId)
    const isIn = await shared.take({ worker: this.#worker, jobId, lane, width: lanes.width })
    if (!isIn) {
      this.#lingering.delete(jobId)
      this.#fullLanes = new Set([...this.#fullLanes, lane])
    }
    return isIn
  }

  #leaveLane({ jobId }: Running): void {
    const { onFree, reportOutage } = this.#options
    const shared = this.#backend.lanes
    if (shared === undefined) {
      onFree()
      return
    }
    this.#lingering.add(jobId)
    shared
      .leave(this.#worker, jobId)
      .then(() => this.#lingering.delete(jobId), reportOutage)
      .finally(onFree)
  }

  #begin(claim: Claim): void {
    const { lanes, onFree, reportOutage } = this.#options
    const { run, isPassing, onMetricEvent, workFolders, log, clock, hardSignal } = this.#options
    const { jobId } = claim.entry
    const abort = new AbortController()
    const item: Running = { jobId, abort, done: Promise.resolve(), lane: lanes?.laneOf(jobId) }
    const leaveLane = (): void => {
      if (item.lane === undefined) return
      item.lane = undefined
      this.#leaveLane(item)
    }
    function onStage(stage: string): void {
      if (lanes?.isInLane(stage) === false) leaveLane()
    }
    this.#lingering.delete(jobId)
    item.done = runClaim(this.#backend, this.#worker, claim, abort.signal, {
      run,
      isPassing,
      onStage,
      onMetricEvent,
      workFolders,
      log,
      clock,
      hardSignal,
    })
    const stopPolling = every(CANCEL_POLL_MS, reportOutage, () => abortIfCancelled(this.#backend, claim, abort))
    this.#running.add(item)
    void item.done.finally(() => {
      stopPolling()
      this.#running.delete(item)
      leaveLane()
      onFree()
    })
  }

  /** Graceful shutdown: lets running jobs finish for `graceMs`, then aborts them. */
  async drain(lost: AbortSignal): Promise<void> {
    const { graceMs, hardSignal } = this.#options
    const all = Promise.all([...this.#running].map((item) => item.done)).then(() => undefined)
    const noMoreTime = AbortSignal.any([hardSignal, lost])
    const finished = new AbortController()
    void all.then(() => finished.abort())
    await sleep(graceMs, AbortSignal.any([noMoreTime, finished.signal]))
    const reason = lost.aborted
      ? new LeaseLost('This worker was declared dead.')
      : new ShuttingDown('The supervisor is shutting down.')
    for (const { abort } of this.#running) if (!abort.signal.aborted) abort.abort(reason)
    await sleep(SETTLE_MS, AbortSignal.any([hardSignal, finished.signal]))
    await sleep(HARD_SETTLE_MS, finished.signal)
  }
}

/** Abort the run if another process has marked the job as cancelled in the storage. */
async function abortIfCancelled(backend: Backend, { job }: Claim, abort: AbortController): Promise<void> {
  backend.locate()
  if (abort.signal.aborted || !(await backend.cancels.isMarked(job))) return
  abort.abort(new Cancelled('The job was cancelled.'))
}
