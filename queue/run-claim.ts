/** Runs one claimed job and records the result. Attempts with temporary errors are repeated with exponential backoff. */

import { isDeepStrictEqual } from 'node:util'
import { AppError, toErrorRecord } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import { forLog, type Log } from '#base/log.ts'
import { scrub } from '#base/scrub.ts'
import type { Backend, Entry, EventSink } from './backend.ts'
import { openCallbacks } from './callbacks.ts'
import type { Claim } from './claim.ts'
import { Cancelled, LeaseLost, ShuttingDown, WorkerDied, WorkerNotStarted } from './errors.ts'
import { followIdOf } from './follows/follow-record.ts'
import { readNeighbours } from './follows/neighbours.ts'
import {
  cancelProcessing,
  complete,
  fail,
  handBack,
  isIn,
  type Job,
  type JobIn,
  orAgain,
  postpone,
  retryLater,
} from './job.ts'
import type { MetricEvent, OnMetricEvent } from './metric-events.ts'
import { afterDeath, cancelled, endOf, followRecord } from './reap.ts'
import type { ClaimedJob, Progress, Run, RunContext } from './runner.ts'
import { pause } from './wakeup.ts'
import type { WorkFolders } from './work-folders.ts'

/** Attempts are spread over 15 to 26 minutes, so that a job survives a restart or a short outage of its host. */
const MAX_ATTEMPTS = 8
const BACKOFF_MS = 10_000
const MAX_BACKOFF_MS = 600_000
const JITTER = 0.25
/** The operator must free space on a full disk; the job waits for that, however often it has been tried. */
const WAITS_FOR_SPACE = 'SPOOL_FULL'
/** Limit of the delay that an error itself requests. */
const MAX_REQUESTED_MS = 3_600_000
/** How long a job waits when no process can be started. */
const NOT_STARTED_MS = 30_000
const MAX_TEXT = 2_000
/** Reports that change only the text are written at most this often. */
const TEXT_EVERY_MS = 1_000
const COMMIT_RETRY_MS = 500

export interface RunDeps {
  run: Run
  /** Whether a code is that of a temporary error; the job is then tried several times. */
  isPassing(code: string): boolean
  /** Called when a stage starts. */
  onStage?(stage: string): void
  onMetricEvent?: OnMetricEvent
  workFolders: WorkFolders
  log: Log
  clock(): number
  /** Ends all waits. */
  hardSignal: AbortSignal
}

type Outcome = JobIn<'queued' | 'completed' | 'failed'>
/**
 * The transition to record. It is applied to the newest revision, because another run may have been requested since the claim.
 */
type Ending = (job: JobIn<'processing'>) => Outcome
/** The end of a run: the transition to record and its metric event. */
interface Conclusion {
  ending: Ending
  event: MetricEvent
}

/**
 * Run the job, record the result, move its entry accordingly and remove its work folder.
 *
 * Never rejects. If the storage is unavailable, retries until the result is recorded or `hardSignal` is aborted; then `reapDead`
 * recovers the job.
 *
 * @param signal - Stops the run; its reason is `Cancelled`, `ShuttingDown` or `LeaseLost`.
 */
export async function runClaim(
  backend: Backend,
  worker: string,
  { entry, job, place }: Claim,
  signal: AbortSignal,
  deps: RunDeps,
): Promise<void> {
  const { log, clock, onMetricEvent = () => undefined } = deps
  const startedAt = performance.now()
  const isFirst = job.attempt === 0 && job.stalls === 0
  onMetricEvent({ type: 'started', waitMs: isFirst ? Math.max(0, clock() - Date.parse(job.submitted_at)) : null })
  const about = { job_id: job.job_id, epoch: job.epoch }
  const events = backend.events.open(job.job_id, job.epoch)
  log.info(about, 'a job starts')
  const conclusion = await perform(backend, job, signal, events, deps, startedAt)
  const { settled, isIndexed = false, event } = await commit(backend, { entry, job, place }, conclusion, deps)
  if (settled === undefined) {
    onMetricEvent({ type: 'fenced' })
    log.warn(about, 'fenced: this worker was declared dead; the result of the job is discarded')
  } else {
    onMetricEvent(event)
    if (event.type === 'stalled' && isIn(settled, 'failed')) onMetricEvent(endedEvent(settled.error_code, startedAt))
    log.info(
      { ...about, status: settled.status, ...(isIn(settled, 'failed') && { code: settled.error_code }) },
      'a job ends',
    )
    await events.append(endOf(settled, clock()))
  }
  await events.close()
  await tidy(async () => failpoint('commit:recorded'))
  if (!isIndexed) {
    await tidy(() =>
      settled === undefined ? backend.work.drop(worker, entry) : followRecord(backend, worker, entry, settled),
    )
  }
  await deps.workFolders.remove(job.job_id, job.epoch)

  async function tidy(step: () => Promise<void>): Promise<void> {
    // `reapDead` or the next check finishes what failed here.
    await step().catch((error) => log.warn({ ...forLog(error), ...about }, 'could not clean up after a job'))
  }
}

async function perform(
  backend: Backend,
  job: JobIn<'processing'>,
  signal: AbortSignal,
  events: EventSink,
  deps: RunDeps,
  startedAt: number,
): Promise<Conclusion> {
  const context = createContext(job, signal, events, deps)
  const { absences } = backend
  const wasAway = (): boolean => backend.absences !== absences || !isThere(backend)
  try {
    const { summary, ...rest } = await deps.run(await toClaimedJob(backend, deps.workFolders, job), context)
    const result = { ...rest, summary: summary.slice(0, MAX_TEXT) }
    const now = deps.clock()
    return { ending: (newest) => orAgain(newest, complete(newest, result, now)), event: endedEvent(null, startedAt) }
  } catch (error) {
    return afterError(job, error, signal, wasAway(), deps, startedAt)
  } finally {
    context.end()
  }
}

const endedEvent = (code: string | null, startedAt: number): MetricEvent => ({
  type: 'ended',
  status: code === null ? 'completed' : 'failed',
  code,
  ms: performance.now() - startedAt,
})

async function toClaimedJob(backend: Backend, workFolders: WorkFolders, job: JobIn<'processing'>): Promise<ClaimedJob> {
  const { docs_key: docsKey, resolved_commit: resolvedCommit } = job
  // An error is ignored, because the follow only makes the job cheaper.
  const follow = await backend.follows.read(followIdOf(job.repo_url)).catch(() => undefined)
  return {
    jobId: job.job_id,
    repoUrl: job.repo_url,
    commitId: job.commit_id,
    options: job.options,
    mainModel: job.main_model,
    submittedAt: job.submitted_at,
    epoch: job.epoch,
    previous: docsKey === null || resolvedCommit === null ? null : { docsKey, resolvedCommit },
    force: job.force,
    ...(follow !== undefined && { isFollowed: true, neighbours: await readNeighbours(backend, follow, job) }),
    workDir: workFolders.folderOf(job.job_id, job.epoch),
  }
}

function createContext(
  { job_id, epoch }: JobIn<'processing'>,
  signal: AbortSignal,
  events: EventSink,
  { hardSignal, clock, onStage, onMetricEvent = () => undefined, log }: RunDeps,
): RunContext & { end(): void } {
  let stage = 'start'
  let stageAt = performance.now()
  function beginStage(next: string): void {
    const now = performance.now()
    onMetricEvent({ type: 'stage', stage, ms: now - stageAt })
    stage = next
    stageAt = now
  }
  const at = (): string => new Date(clock()).toISOString()
  let last: Progress | undefined
  let writtenAt = Number.NEGATIVE_INFINITY
  return {
    signal,
    hardSignal,
    report(progress) {
      const percent = Math.min(100, Math.max(0, Math.trunc(progress.percent)))
      const isNews = progress.stage !== last?.stage || percent !== last.percent
      const now = performance.now()
      if (progress.stage !== last?.stage) {
        beginStage(progress.stage)
        onStage?.(progress.stage)
      }
      if (!isNews && now - writtenAt < TEXT_EVERY_MS) return
      last = { stage: progress.stage, percent, text: scrub(progress.text).slice(0, MAX_TEXT) }
      writtenAt = now
      void events.append({ type: 'progress', at: at(), ...last })
    },
    log: (level, text) => void events.append({ type: 'log', at: at(), level, text: scrub(text) }),
    trouble: (text) => log.warn({ job_id, epoch, stderr: text }, 'the process of a job wrote to its standard error'),
    received: (bytes) => onMetricEvent({ type: 'received', bytes }),
    end: () => beginStage('end'),
    spawned: (pid, pidStart) => events.append({ type: 'spawn', at: at(), pid, pidStart }),
  }
}

function isThere(backend: Backend): boolean {
  try {
    backend.locate()
    return true
  } catch {
    return false
  }
}

/**
 * Determine the transition after a run that ended with an error.
 *
 * @param wasAway - Whether the storage was unavailable during the run. That is assumed to be the cause, so the attempt does not
 *   count.
 */
function afterError(
  job: JobIn<'processing'>,
  error: unknown,
  signal: AbortSignal,
  wasAway: boolean,
  deps: RunDeps,
  startedAt: number,
): Conclusion {
  const { isPassing, log } = deps
  const now = deps.clock()
  const reason: unknown = signal.aborted ? signal.reason : undefined
  if (reason instanceof Cancelled) {
    const error = cancelled()
    return { ending: (newest) => cancelProcessing(newest, error, now), event: endedEvent(error.code, startedAt) }
  }
  if (reason instanceof ShuttingDown || reason instanceof LeaseLost || wasAway) {
    return { ending: handBack, event: { type: 'handed back' } }
  }
  if (error instanceof WorkerNotStarted) {
    const stderr = error.cause instanceof Error ? error.cause.message : ''
    log.error({ code: error.code, job_id: job.job_id, stderr }, 'no worker can be started; the job waits')
    return { ending: (newest) => postpone(newest, now + NOT_STARTED_MS), event: { type: 'postponed' } }
  }
  if (error instanceof WorkerDied) {
    log.warn({ ...forLog(error), job_id: job.job_id, epoch: job.epoch }, error.message)
    return { ending: (newest) => afterDeath(newest, now), event: { type: 'stalled' } }
  }
  if (!(error instanceof AppError)) log.error({ ...forLog(error), job_id: job.job_id }, 'a job failed because of a bug')
  const record = toErrorRecord(error)
  const message = scrub(record.message).slice(0, MAX_TEXT)
  if (record.code === WAITS_FOR_SPACE || (isPassing(record.code) && job.attempt + 1 < MAX_ATTEMPTS)) {
    const notBefore = now + waitMs(job.attempt, error)
    log.warn({ job_id: job.job_id, code: record.code, attempt: job.attempt + 1 }, 'a job is tried again later')
    return { ending: (newest) => retryLater(newest, notBefore, message), event: { type: 'retried' } }
  }
  const hint = record.hint?.slice(0, MAX_TEXT) ?? null
  const code = record.code.slice(0, 100)
  return {
    ending: (newest) => orAgain(newest, fail(newest, { code, message, hint }, now)),
    event: endedEvent(code, startedAt),
  }
}

/**
 * Exponential backoff, added to the delay that the error itself requests, which is limited to an hour. The jitter is small, so that
 * all attempts together take a known minimum time.
 */
function waitMs(attempt: number, error: unknown): number {
  const jitter = 1 - JITTER + 2 * JITTER * Math.random()
  const backoffMs = jitter * Math.min(MAX_BACKOFF_MS, BACKOFF_MS * 2 ** Math.min(attempt, 20))
  const requestedMs = error instanceof AppError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0
  return Math.min(MAX_REQUESTED_MS, requestedMs) + backoffMs
}

/**
 * Record the end of the run in the storage where the claim was made. If a copy has replaced the storage, the job is handed
 * back instead, because the copy does not have the documents of the run.
 *
 * @returns `settled`: the written record, or `undefined` when this worker no longer has the claim. `isIndexed`: its entry
 *   was moved, too.
 */
async function commit(
  backend: Backend,
  { entry, job: claimed, place }: Claim,
  conclusion: Conclusion,
  deps: RunDeps,
): Promise<{ settled: Job | undefined; isIndexed?: boolean; event: MetricEvent }> {
  let job = claimed
  for (let attempts = 0; ; attempts++) {
    let { event } = conclusion
    try {
      const isHere = backend.locate() === place
      if (!isHere) event = { type: 'handed back' }
      const next = isHere ? conclusion.ending(job) : handBack(job)
      const ended = await record(backend, job, next, entry)
      if (ended !== undefined) return { settled: ended.written, isIndexed: ended.isIndexed, event }
      const now = await backend.jobs.read(job.job_id)
      const isClaimed = now !== undefined && isIn(now, 'processing') && now.epoch === job.epoch
      // Another worker has taken over, or an earlier attempt of this worker wrote the record and failed only afterwards.
      if (!isClaimed) return { settled: isDeepStrictEqual(now, { ...next, rev: job.rev + 1 }) ? now : undefined, event }
      job = now
    } catch (error) {
      if (attempts === 0)
        deps.log.error({ ...forLog(error), job_id: job.job_id }, 'the result of a job cannot be recorded; retrying')
      if (deps.hardSignal.aborted) return { settled: undefined, event }
      await pause(COMMIT_RETRY_MS, deps.hardSignal)
    }
  }
}

async function record(
  { jobs, joined }: Backend,
  job: JobIn<'processing'>,
  next: Outcome,
  entry: Entry,
): Promise<{ written: Job; isIndexed: boolean } | undefined> {
  if (joined !== undefined && !isIn(next, 'queued') && openCallbacks(next).length === 0)
    return await joined.finish(job, next, entry)
  const written = await jobs.update<Job>(job, next)
  return written && { written, isIndexed: false }
}
