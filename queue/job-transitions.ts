/**
 * The state transitions of a job. Pure: the clock is an argument, and a transition from the wrong state does not compile. The last
 * published set (`docs_key`, `resolved_commit`, `documented_at`, `spend`, `degraded`) is kept until another replaces it, even when later runs
 * fail.
 *
 *     queued ──start──► processing ──complete──► completed ─┐
 *       ▲ ▲ └─cancelQueued─┐  │ └──────fail────► failed ─────┤
 *       │ └──retryLater────┼──┤                    ▲        │
 *       │    requeueDead   └──┼────────────────────┘        │
 *       │    handBack         │                             │
 *       └─────────────────────┴──────────resubmit───────────┘
 *
 * Another run can be requested while a job is running (`requestRerun`). When the run ends, the job is queued again in one step.
 */

import type { ErrorRecord } from '#base/errors.ts'
import { sha256Of } from '#base/sha256.ts'
import { callbacksForNextRun } from './callbacks.ts'
import { PreviousRun, type SubmitRequest } from './contract.ts'
import { type Job, type JobIn, RECORD_VERSION, Shared, submittedMs } from './job.ts'
import { NO_CONTEXT, toView } from './job-view.ts'
import type { RunResult } from './runner.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

/** The fields that a job has in every state. */
const shared = (job: Job): Shared => Shared.parse(job)

/** The first revision of a new job. */
export function createJob(request: Omit<SubmitRequest, 'callback'>, now: number): JobIn<'queued'> {
  return {
    version: RECORD_VERSION,
    job_id: request.jobId,
    repo_url: request.repoUrl,
    commit_id: request.commitId,
    options: request.options,
    main_model: request.mainModel,
    priority: request.priority,
    force: request.force,
    created_at: iso(now),
    submitted_at: iso(now),
    rev: 1,
    epoch: 0,
    attempt: 0,
    stalls: 0,
    callbacks: [],
    status: 'queued',
    not_before: null,
    docs_key: null,
    resolved_commit: null,
    spend: null,
    degraded: null,
    ...keyOf(request),
  }
}

/** Identifies the submission, so that it is recognised when it is repeated after a crash. */
function keyOf({ idempotencyKey: key }: Partial<Pick<SubmitRequest, 'idempotencyKey'>>): { submission_key?: string } {
  return typeof key === 'string' ? { submission_key: sha256Of(key) } : {}
}

/** Whether the submission with this idempotency key was the last to queue the job. */
export const isQueuedBy = (job: Job, key: string): boolean => job.submission_key === sha256Of(key)

/** A worker claims the job; the epoch increases. */
export function start(job: JobIn<'queued'>, worker: string, now: number): JobIn<'processing'> {
  return { ...shared(job), status: 'processing', epoch: job.epoch + 1, worker, started_at: iso(now), again: null }
}

/**
 * Request another run after the current one. Several requests result in one run.
 *
 * @param by - `isCancelled`: whether the current run is being cancelled.
 * @returns The job itself when nothing changes.
 */
export function requestRerun(
  job: JobIn<'processing'>,
  by: Resubmission & { isCancelled: boolean; hasMoved?: boolean | undefined },
  now: number,
): JobIn<'processing'> {
  const { again } = job
  const priority = Math.min(by.priority, again?.priority ?? by.priority)
  const after_cancel = by.isCancelled || again?.after_cancel === true
  // A submission during a cancellation gets a new run that ignores caches.
  const force = by.force || by.hasMoved !== true || again?.force === true
  const isSame = again !== null && again.priority === priority && again.after_cancel === after_cancel
  if (isSame && again.force === force && again.main_model === by.mainModel) return job
  const submitted_at = again?.submitted_at ?? nextSubmission(job, now)
  return { ...job, again: { submitted_at, priority, main_model: by.mainModel, after_cancel, force } }
}

/** Submission times always increase, even when the clock is set back, because they are part of the names of entries. */
const nextSubmission = (job: Job, now: number): string => iso(Math.max(now, submittedMs(job) + 1))

/** The run has published a set, or found that the previous one is still valid. */
export function complete(job: JobIn<'processing'>, result: RunResult, now: number): JobIn<'completed'> {
  const isSame = result.docsKey === job.docs_key
  const { commit_on_ref: _, ...kept } = shared(job)
  const commit_on_ref = isOnRef(job, result)
  return {
    ...kept,
    ...(!isSame && { documented_at: iso(now) }),
    ...(commit_on_ref !== undefined && { commit_on_ref }),
    status: 'completed',
    started_at: job.started_at,
    completed_at: iso(now),
    summary: result.summary,
    docs_key: result.docsKey,
    resolved_commit: result.resolvedCommit,
    spend: result.spend ?? (isSame ? job.spend : null),
    degraded: result.degraded === undefined && isSame ? job.degraded : (result.degraded ?? null),
  }
}

/**
 * Whether the commit is on a branch or tag. Once true, it stays true, even if the branch has moved on and the commit is submitted by
 * its id.
 */
function isOnRef(job: JobIn<'processing'>, { resolvedCommit, isOnRef }: RunResult): boolean | undefined {
  const before = job.resolved_commit === resolvedCommit ? job.commit_on_ref : undefined
  return before === true ? true : (isOnRef ?? before)
}

/** The run failed permanently. */
export function fail(job: JobIn<'processing'>, error: ErrorRecord, now: number): JobIn<'failed'> {
  return { ...end(job, job.started_at, error, now), attempt: job.attempt + 1 }
}

/** The worker died too many times. */
export function failDead(job: JobIn<'processing'>, error: ErrorRecord, now: number): JobIn<'failed'> {
  return { ...end(job, job.started_at, error, now), stalls: job.stalls + 1 }
}

/** The end of a run: `ended`, or queued again if another run was requested. */
export function orRerun<J extends JobIn<'completed' | 'failed'>>(
  { again }: JobIn<'processing'>,
  ended: J,
): J | JobIn<'queued'> {
  if (again === null) return ended
  return {
    ...queuedAgain(ended, { priority: again.priority, force: again.force, mainModel: again.main_model }),
    submitted_at: again.submitted_at,
  }
}

/** The running job was cancelled. A requested further run is cancelled, too, unless it was requested after the cancellation. */
export function cancelProcessing(
  job: JobIn<'processing'>,
  error: ErrorRecord,
  now: number,
): JobIn<'failed' | 'queued'> {
  const ended = end(job, job.started_at, error, now)
  return job.again?.after_cancel === true ? orRerun(job, ended) : ended
}

/** The queued job was cancelled. */
export function cancelQueued(job: JobIn<'queued'>, error: ErrorRecord, now: number): JobIn<'failed'> {
  return end(job, null, error, now)
}

function end(job: Job, startedAt: string | null, error: ErrorRecord, now: number): JobIn<'failed'> {
  return {
    ...shared(job),
    status: 'failed',
    started_at: startedAt,
    completed_at: iso(now),
    error_code: error.code,
    error_message: error.message,
    hint: error.hint,
  }
}

/** The run failed with a temporary error; the job is tried again, but not before `notBefore`. */
export function retryLater(job: JobIn<'processing'>, notBefore: number, reason?: string): JobIn<'queued'> {
  const waits_because = reason?.slice(0, 2_000)
  return {
    ...requeue(job),
    attempt: job.attempt + 1,
    not_before: iso(notBefore),
    ...(waits_because !== undefined && { waits_because }),
  }
}

/** The run could not start; the job is tried again, but not before `notBefore`. The attempt does not count. */
export function postpone(job: JobIn<'processing'>, notBefore: number): JobIn<'queued'> {
  return { ...requeue(job), not_before: iso(notBefore) }
}

/** The worker died; the job returns to its position in the queue. */
export function requeueDead(job: JobIn<'processing'>): JobIn<'queued'> {
  return { ...requeue(job), stalls: job.stalls + 1 }
}

/** The worker returns the job, at shutdown or after losing its lease. The attempt does not count. */
export function handBack(job: JobIn<'processing'>): JobIn<'queued'> {
  return requeue(job)
}

/**
 * Queue the job again. A further run that was requested in the meantime is dropped, because the new run satisfies the request.
 */
function requeue(job: JobIn<'processing'>): JobIn<'queued'> {
  return { ...shared(job), status: 'queued', not_before: null, force: job.force || job.again?.force === true }
}

/** The properties that may change when a finished job is queued again. */
export type Resubmission = Pick<SubmitRequest, 'priority' | 'force' | 'mainModel'> & {
  idempotencyKey?: string | null
  /** Whether delivered callbacks are delivered again, because the same submission continues. */
  isRedelivered?: boolean
}

/** Queue a finished job again. Counters are reset, and the published set is kept. */
export function resubmit(job: JobIn<'completed' | 'failed'>, by: Resubmission, now: number): JobIn<'queued'> {
  return { ...queuedAgain(job, by), submitted_at: nextSubmission(job, now) }
}

function queuedAgain(job: JobIn<'completed' | 'failed'>, by: Resubmission): JobIn<'queued'> {
  const { priority, force, mainModel, isRedelivered = false } = by
  const { submission_key: _, ...kept } = shared(job)
  const counters = { attempt: 0, stalls: 0, callbacks: callbacksForNextRun(job, isRedelivered), ...keyOf(by) }
  const previous_run = PreviousRun.parse(toView(job, NO_CONTEXT))
  return {
    ...kept,
    ...counters,
    previous_run,
    status: 'queued',
    not_before: null,
    priority,
    force,
    main_model: mainModel,
  }
}

/** A later submission has `force`, so the waiting job must ignore caches. */
export function withForce(job: JobIn<'queued'>): JobIn<'queued'> {
  return { ...job, force: true }
}
