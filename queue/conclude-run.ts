/**
 * Decides how a job continues when its run has ended: completed, failed, tried again later, or handed back.
 * `commit-run.ts` records it.
 */

import { AppError, toErrorRecord } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import { scrub } from '#base/scrub.ts'
import { cancelled } from './cancel-queued.ts'
import { Cancelled, LeaseLost, ShuttingDown, WorkerDied, WorkerNotStarted } from './errors.ts'
import type { JobIn } from './job.ts'
import { cancelProcessing, complete, fail, handBack, orRerun, postpone, retryLater } from './job-transitions.ts'
import type { MetricEvent } from './metric-events.ts'
import { afterDeath } from './reap.ts'
import type { RunResult } from './runner.ts'

/** Attempts are spread over 15 to 26 minutes, so that a job survives a restart or a short outage of its host. */
const MAX_ATTEMPTS = 8
const BACKOFF_MS = 10_000
const MAX_BACKOFF_MS = 600_000
const JITTER = 0.25
/** A job waits until the operator frees space on a full disk, regardless of the number of attempts. */
const WAITS_FOR_SPACE = 'SPOOL_FULL'
/** Limit on the delay that an error itself requests. */
const MAX_REQUESTED_MS = 3_600_000
/** How long a job waits when no process can be started. */
const NOT_STARTED_MS = 30_000
const MAX_TEXT = 2_000

/** The states that a run may leave its job in. */
export type Outcome = JobIn<'queued' | 'completed' | 'failed'>
/**
 * The transition to record. It is applied to the newest revision, because another run may have been requested since the claim.
 */
type Ending = (job: JobIn<'processing'>) => Outcome
/** The end of a run: the transition to record and its metric event. */
export interface Conclusion {
  ending: Ending
  event: MetricEvent
}

export interface ConclusionDeps {
  /** Whether a code is that of a temporary error, after which the job is retried. */
  isPassing(code: string): boolean
  log: Log
  clock(): number
}

/** Determine the transition after a run that succeeded. */
export function afterResult({ summary, ...rest }: RunResult, deps: ConclusionDeps, startedAt: number): Conclusion {
  const result = { ...rest, summary: summary.slice(0, MAX_TEXT) }
  const now = deps.clock()
  return { ending: (newest) => orRerun(newest, complete(newest, result, now)), event: endedEvent(null, startedAt) }
}

/**
 * Determine the transition after a run that ended with an error.
 *
 * @param options.wasUnavailable - Whether the storage was unavailable during the run. That is assumed to be the cause, so the attempt
 *   does not count.
 */
export function afterError(
  job: JobIn<'processing'>,
  error: unknown,
  { signal, wasUnavailable, startedAt }: { signal: AbortSignal; wasUnavailable: boolean; startedAt: number },
  deps: ConclusionDeps,
): Conclusion {
  const { isPassing, log } = deps
  const now = deps.clock()
  const reason: unknown = signal.aborted ? signal.reason : undefined
  if (reason instanceof Cancelled) {
    const error = cancelled()
    return { ending: (newest) => cancelProcessing(newest, error, now), event: endedEvent(error.code, startedAt) }
  }
  if (reason instanceof ShuttingDown || reason instanceof LeaseLost || wasUnavailable) {
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
    const reason = record.code === WAITS_FOR_SPACE ? message : `${message} ${triesLeft(job.attempt, notBefore)}`
    return { ending: (newest) => retryLater(newest, notBefore, reason), event: { type: 'retried' } }
  }
  const hint = record.hint?.slice(0, MAX_TEXT) ?? null
  const code = record.code.slice(0, 100)
  return {
    ending: (newest) => orRerun(newest, fail(newest, { code, message, hint }, now)),
    event: endedEvent(code, startedAt),
  }
}

/**
 * Exponential backoff, added to the delay that the error itself requests, which is limited to an hour. The jitter is
 * small, so that all attempts together take a known minimum time.
 */
function waitMs(attempt: number, error: unknown): number {
  const jitter = 1 - JITTER + 2 * JITTER * Math.random()
  const backoffMs = jitter * meanBackoffMs(attempt)
  const requestedMs = error instanceof AppError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0
  return Math.min(MAX_REQUESTED_MS, requestedMs) + backoffMs
}

const meanBackoffMs = (attempt: number): number => Math.min(MAX_BACKOFF_MS, BACKOFF_MS * 2 ** Math.min(attempt, 20))

/**
 * `Try 2 of 8; given up at about 18:25 UTC.`
 *
 * @param attempt - Number of attempts that failed before this one.
 * @param notBefore - When the next one begins. The duration of attempts and the delays that hosts request are unknown.
 */
function triesLeft(attempt: number, notBefore: number): string {
  let lastAt = notBefore
  for (let next = attempt + 1; next < MAX_ATTEMPTS - 1; next++) lastAt += meanBackoffMs(next)
  const time = new Date(lastAt).toISOString().slice(11, 16)
  return `Try ${attempt + 2} of ${MAX_ATTEMPTS}; given up at about ${time} UTC.`
}

/** @param code - Of the error; `null` if the job is completed. @param startedAt - By `performance.now()`. */
export const endedEvent = (code: string | null, startedAt: number): MetricEvent => ({
  type: 'ended',
  status: code === null ? 'completed' : 'failed',
  code,
  ms: performance.now() - startedAt,
})
