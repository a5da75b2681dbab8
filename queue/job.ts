/**
 * The record of a job and the only ways it moves. Pure: the clock is an argument, and a move from the wrong state does
 * not compile. What a move leaves alone stays: the last published set (`docs_key`, `resolved_commit`, `spend`, `degraded`)
 * outlives later runs, also those that fail.
 *
 *     queued ──start──► processing ──complete──► completed ─┐
 *       ▲ ▲ └─cancelQueued─┐  │ └──────fail────► failed ─────┤
 *       │ └──retryLater────┼──┤                    ▲        │
 *       │    requeueDead   └──┼────────────────────┘        │
 *       │    handBack         │                             │
 *       └─────────────────────┴──────────resubmit───────────┘
 *
 * A job that runs may be asked for another run (`askAgain`): at its end it does not rest but is queued anew, in one step.
 */

import { z } from 'zod'
import type { ErrorRecord } from '#base/errors.ts'
import { Callback, carryOn } from './callbacks.ts'
import type { RunResult, SubmitRequest } from './contract.ts'
import { Degraded, JobOptions, JobSpend } from './options.ts'

const Time = z.iso.datetime()
const Count = z.int().nonnegative()
const Text = z.string().max(10_000)

/** What this program writes. Raise it with each change after which a program of before would read a record wrongly, or not at all. */
export const RECORD_VERSION = 2
/** Of a record that is read: those of version 1 have all that those of version 2 have, or a default in its place. */
export const RecordVersion = z.literal([1, RECORD_VERSION]).transform(() => RECORD_VERSION as typeof RECORD_VERSION)

const Identity = z.object({
  version: RecordVersion,
  job_id: z.string().min(1).max(200),
  repo_url: z.string().max(4_000),
  commit_id: z.string().max(500).nullable(),
  options: JobOptions,
  main_model: z.string().max(500),
  priority: z.int().min(0).max(9),
  force: z.boolean(),
  created_at: Time,
  /** When it was queued last by a caller; grows with each submission, and names the entry in the queue. */
  submitted_at: Time,
  rev: Count,
  epoch: Count,
  attempt: Count,
  stalls: Count,
  /** Records of before had no such field. */
  callbacks: z.array(Callback).max(100).default([]),
})

/** Of the published set. Records of before had no such fields. */
const Cost = { spend: JobSpend.nullable().default(null), degraded: Degraded.nullable().default(null) }
const Unpublished = {
  docs_key: z.string().max(200).nullable(),
  resolved_commit: z.string().max(64).nullable(),
  ...Cost,
}

/** A submission that waits for the end of the run that was on when it came. */
const Again = z.object({
  submitted_at: Time,
  priority: z.int().min(0).max(9),
  main_model: z.string().max(500),
  /** It came when the run was about to be cancelled, and is not concerned by that. */
  after_cancel: z.boolean().default(false),
})

const Queued = Identity.extend({ status: z.literal('queued'), not_before: Time.nullable(), ...Unpublished })
const Processing = Identity.extend({
  status: z.literal('processing'),
  worker: z.string().max(200),
  started_at: Time,
  /** Records of before had no such field. */
  again: Again.nullable().default(null),
  ...Unpublished,
})
const Completed = Identity.extend({
  status: z.literal('completed'),
  started_at: Time,
  completed_at: Time,
  summary: Text,
  docs_key: z.string().max(200),
  resolved_commit: z.string().max(64),
  ...Cost,
})
const Failed = Identity.extend({
  status: z.literal('failed'),
  started_at: Time.nullable(),
  completed_at: Time,
  error_code: z.string().max(100),
  error_message: Text,
  hint: Text.nullable(),
  ...Unpublished,
})

/** A job as it is stored: one revision. */
export const Job = z.discriminatedUnion('status', [Queued, Processing, Completed, Failed])
export type Job = z.infer<typeof Job>

/** A job in this state (or one of these). */
export type JobIn<S extends Job['status']> = Extract<Job, { status: S }>

export const isIn = <S extends Job['status']>(job: Job, ...states: S[]): job is JobIn<S> =>
  (states as string[]).includes(job.status)

const iso = (ms: number): string => new Date(ms).toISOString()

/** When the job was submitted last, in milliseconds. */
export const submittedMs = (job: Job): number => Date.parse(job.submitted_at)

function shared(job: Job) {
  const { version, job_id, repo_url, commit_id, options, main_model, priority, force } = job
  const { created_at, submitted_at, rev, epoch, attempt, stalls, docs_key, resolved_commit, spend, degraded } = job
  const { callbacks } = job
  return {
    ...{ version, job_id, repo_url, commit_id, options, main_model, priority, force },
    ...{ created_at, submitted_at, rev, epoch, attempt, stalls, docs_key, resolved_commit, spend, degraded },
    callbacks,
  }
}

/** A job that nobody has submitted before. */
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
  }
}

/** Claim it: a new epoch under this worker. */
export function start(job: JobIn<'queued'>, worker: string, now: number): JobIn<'processing'> {
  return { ...shared(job), status: 'processing', epoch: job.epoch + 1, worker, started_at: iso(now), again: null }
}

/**
 * Somebody insists while it runs: another run follows this one. Of many who do, all get the same one.
 *
 * @param by - With whether the run has been asked to end.
 * @returns The job itself when that changes nothing.
 */
export function askAgain(
  job: JobIn<'processing'>,
  by: Omit<Resubmission, 'force'> & { isCancelled: boolean },
  now: number,
): JobIn<'processing'> {
  const { again } = job
  const priority = Math.min(by.priority, again?.priority ?? by.priority)
  const after_cancel = by.isCancelled || again?.after_cancel === true
  if (again !== null && again.priority === priority && again.after_cancel === after_cancel) return job
  const submitted_at = again?.submitted_at ?? nextSubmission(job, now)
  return { ...job, again: { submitted_at, priority, main_model: by.mainModel, after_cancel } }
}

/** Each submission is later than the one before, whatever the clock says: its time names the entry in the queue. */
const nextSubmission = (job: Job, now: number): string => iso(Math.max(now, submittedMs(job) + 1))

/** It made these documents, or found that those of before are still right. */
export function complete(job: JobIn<'processing'>, result: RunResult, now: number): JobIn<'completed'> {
  const isSame = result.docsKey === job.docs_key
  return {
    ...shared(job),
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

/** It failed for good; this try counts. */
export function fail(job: JobIn<'processing'>, error: ErrorRecord, now: number): JobIn<'failed'> {
  return { ...end(job, job.started_at, error, now), attempt: job.attempt + 1 }
}

/** Its worker died once too often. */
export function failDead(job: JobIn<'processing'>, error: ErrorRecord, now: number): JobIn<'failed'> {
  return { ...end(job, job.started_at, error, now), stalls: job.stalls + 1 }
}

/** How a run ends: with `ended`, or, when it was asked for again, in the queue with what it has published. */
export function orAgain<J extends JobIn<'completed' | 'failed'>>(
  { again }: JobIn<'processing'>,
  ended: J,
): J | JobIn<'queued'> {
  if (again === null) return ended
  return {
    ...anew(ended, { priority: again.priority, force: true, mainModel: again.main_model }),
    submitted_at: again.submitted_at,
  }
}

/** Somebody cancelled it while it ran, and with it the run that was to follow, unless that was asked for after the cancel. */
export function cancelProcessing(
  job: JobIn<'processing'>,
  error: ErrorRecord,
  now: number,
): JobIn<'failed' | 'queued'> {
  const ended = end(job, job.started_at, error, now)
  return job.again?.after_cancel === true ? orAgain(job, ended) : ended
}

/** Somebody cancelled it while it waited. */
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

/** It failed in a way that may pass: another try, not before `notBefore`. */
export function retryLater(job: JobIn<'processing'>, notBefore: number): JobIn<'queued'> {
  return { ...requeue(job), attempt: job.attempt + 1, not_before: iso(notBefore) }
}

/** It could not be tried at all: another try, not before `notBefore`, and nothing is counted. */
export function postpone(job: JobIn<'processing'>, notBefore: number): JobIn<'queued'> {
  return { ...requeue(job), not_before: iso(notBefore) }
}

/** Its worker died: back to where it stood in the queue. */
export function requeueDead(job: JobIn<'processing'>): JobIn<'queued'> {
  return { ...requeue(job), stalls: job.stalls + 1 }
}

/** Its worker gives it back, at a shutdown or with a lost lease: nothing is counted. */
export function handBack(job: JobIn<'processing'>): JobIn<'queued'> {
  return requeue(job)
}

/** A run that was asked for again meanwhile need not follow: this one is yet to begin. */
function requeue(job: JobIn<'processing'>): JobIn<'queued'> {
  return { ...shared(job), status: 'queued', not_before: null, force: job.force || job.again !== null }
}

/** What may differ when a job that ended is queued again. */
export type Resubmission = Pick<SubmitRequest, 'priority' | 'force' | 'mainModel'> & {
  /** The same submission goes on: callbacks that were told of its end are told again. */
  tellsAgain?: boolean
}

/** Queue it anew: counters start over, the published set stays. */
export function resubmit(job: JobIn<'completed' | 'failed'>, by: Resubmission, now: number): JobIn<'queued'> {
  return { ...anew(job, by), submitted_at: nextSubmission(job, now) }
}

function anew(job: JobIn<'completed' | 'failed'>, by: Resubmission): JobIn<'queued'> {
  const { priority, force, mainModel, tellsAgain = false } = by
  const counters = { attempt: 0, stalls: 0, callbacks: carryOn(job, tellsAgain) }
  return { ...shared(job), ...counters, status: 'queued', not_before: null, priority, force, main_model: mainModel }
}

/** A later submission wants no answer from the cache: the job that waits must give none. */
export function insist(job: JobIn<'queued'>): JobIn<'queued'> {
  return { ...job, force: true }
}
