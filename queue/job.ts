/** The record of a job. Its transitions are in `job-transitions.ts`. */

import { z } from 'zod'
import { Callback } from './callbacks.ts'
import { PreviousRun } from './contract.ts'
import { JobOptions } from './job-options.ts'
import { Degraded, JobSpend } from './job-spend.ts'

const Time = z.iso.datetime()
const Count = z.int().nonnegative()
const Text = z.string().max(10_000)

/** The version of new records. Raise it with each change that earlier versions of docspool would misread. */
export const RECORD_VERSION = 2
/** Accepts versions 1 and 2; fields that version 1 does not have get default values. */
export const RecordVersion = z.literal([1, RECORD_VERSION]).transform(() => RECORD_VERSION as typeof RECORD_VERSION)

/** The fields that a job has in every state. */
export const Shared = z.object({
  version: RecordVersion,
  job_id: z.string().min(1).max(200),
  repo_url: z.string().max(4_000),
  commit_id: z.string().max(500).nullable(),
  options: JobOptions,
  main_model: z.string().max(500),
  priority: z.int().min(0).max(9),
  force: z.boolean(),
  created_at: Time,
  /** When the job was last submitted. Increases with each submission; part of the name of the entry in the queue. */
  submitted_at: Time,
  rev: Count,
  epoch: Count,
  attempt: Count,
  stalls: Count,
  /** Missing in old records. */
  callbacks: z.array(Callback).max(100).default([]),
  /** Hash of the idempotency key of the submission that queued the job last, if it had one. Earlier versions drop it. */
  submission_key: z.string().max(64).optional(),
  /** The key of the published set; `null` before the first. */
  docs_key: z.string().max(200).nullable(),
  resolved_commit: z.string().max(64).nullable(),
  /** When the published set was generated. Missing in records of older sets; earlier versions drop it. */
  documented_at: Time.optional(),
  /** The cost of the published set. Missing in old records. */
  spend: JobSpend.nullable().default(null),
  degraded: Degraded.nullable().default(null),
  /** Whether a branch or tag contains `resolved_commit`; see `JobView`. Missing in records of older sets; earlier versions drop it. */
  commit_on_ref: z.boolean().optional(),
  /** How the run of the submission before this one ended. Missing in old records; earlier versions drop it. */
  previous_run: PreviousRun.optional(),
})
export type Shared = z.infer<typeof Shared>

/** A submission that waits for the current run to end. */
const Again = z.object({
  submitted_at: Time,
  priority: z.int().min(0).max(9),
  main_model: z.string().max(500),
  /** Whether it was submitted after the run had been cancelled, so that the cancellation does not apply to it. */
  after_cancel: z.boolean().default(false),
  /** Whether it ignores caches. In earlier versions, it always did. */
  force: z.boolean().default(true),
})

const Queued = Shared.extend({
  status: z.literal('queued'),
  not_before: Time.nullable(),
  /** Why the last attempt failed, while the next one waits for `not_before`. Earlier versions drop it. */
  waits_because: z.string().max(2_000).optional(),
})
const Processing = Shared.extend({
  status: z.literal('processing'),
  worker: z.string().max(200),
  started_at: Time,
  /** Missing in old records. */
  again: Again.nullable().default(null),
})
const Completed = Shared.extend({
  status: z.literal('completed'),
  started_at: Time,
  completed_at: Time,
  summary: Text,
  docs_key: z.string().max(200),
  resolved_commit: z.string().max(64),
})
const Failed = Shared.extend({
  status: z.literal('failed'),
  started_at: Time.nullable(),
  completed_at: Time,
  error_code: z.string().max(100),
  error_message: Text,
  hint: Text.nullable(),
})

/** One revision of a job's record. */
export const Job = z.discriminatedUnion('status', [Queued, Processing, Completed, Failed])
export type Job = z.infer<typeof Job>

/** A job in this state (or one of these). */
export type JobIn<S extends Job['status']> = Extract<Job, { status: S }>

export const isIn = <S extends Job['status']>(job: Job, ...states: S[]): job is JobIn<S> =>
  (states as string[]).includes(job.status)

/** When the job was submitted last, in milliseconds. */
export const submittedMs = (job: Job): number => Date.parse(job.submitted_at)
