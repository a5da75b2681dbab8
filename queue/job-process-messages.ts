/** The messages between a supervisor and the process of a job. Both sides validate what they receive. */

import { z } from 'zod'
import { JobOptions } from './job-options.ts'
import { Degraded, JobSpend } from './job-spend.ts'
import type { ClaimedJob, RunResult } from './runner.ts'

/** Longer texts are truncated, not rejected: a report must not fail its job. */
const text = (length: number) => z.string().transform((value) => value.slice(0, length))

/** Requires a schema for each field of `T`, because parsing would drop fields without one. */
type FieldsOf<T> = { [Name in keyof Required<T>]: z.ZodType<T[Name]> }

const Job = z.object({
  jobId: z.string(),
  repoUrl: z.string(),
  commitId: z.string().nullable(),
  options: JobOptions,
  mainModel: z.string(),
  submittedAt: z.string(),
  epoch: z.int(),
  previous: z.object({ docsKey: z.string(), resolvedCommit: z.string() }).nullable(),
  neighbours: z.array(z.string()).max(100).optional(),
  force: z.boolean(),
  isFollowed: z.boolean().optional(),
  gitToken: z.string().optional(),
  isSpendShared: z.boolean().optional(),
  workDir: z.string(),
} satisfies FieldsOf<ClaimedJob>)

/** A message to the process of the job: to wait for one, the job, an answer to a question, or a request to stop. */
export const ToChild = z.discriminatedUnion('type', [
  // The job may come at any time. Otherwise, it is the first message and follows at once.
  z.object({ type: z.literal('wait') }),
  z.object({
    type: z.literal('job'),
    job: Job,
    /** Settings that are kept out of the environment, keyed by variable name. */
    settings: z.record(z.string(), z.string()).optional(),
  }),
  z.object({ type: z.literal('stop') }),
  // `answer` is absent if the question could not be answered.
  z.object({ type: z.literal('answer'), id: z.int(), answer: z.unknown().optional() }),
])
export type ToChild = z.infer<typeof ToChild>

/** A message from the process of the job. The first `done` or `failed` is the result; later ones are ignored. */
export const FromChild = z.discriminatedUnion('type', [
  // A process that was asked to wait has loaded its program.
  z.object({ type: z.literal('ready') }),
  // The job was received. If the process dies later, the attempt has failed; if it dies earlier, the program could not start.
  z.object({ type: z.literal('taken') }),
  z.object({ type: z.literal('progress'), stage: text(100), percent: z.number(), text: text(2_000) }),
  z.object({ type: z.literal('log'), level: z.enum(['info', 'warn', 'error']), text: text(4_000) }),
  // A heartbeat of the event loop.
  z.object({ type: z.literal('alive') }),
  z.object({ type: z.literal('received'), bytes: z.number().nonnegative() }),
  // Only `run` and the process know the meaning of a question.
  z.object({ type: z.literal('ask'), id: z.int(), question: z.unknown() }),
  z.object({
    type: z.literal('done'),
    result: z.object({
      docsKey: z.string().min(1).max(200),
      resolvedCommit: z.string().min(1).max(64),
      isOnRef: z.boolean().optional(),
      summary: text(2_000),
      spend: JobSpend.optional(),
      degraded: Degraded.nullish(),
    } satisfies FieldsOf<RunResult>),
  }),
  z.object({
    type: z.literal('failed'),
    error: z.object({ code: text(100), message: text(2_000), hint: text(2_000).nullable() }),
    retryAfterSeconds: z.number().nonnegative().optional(),
  }),
])
export type FromChild = z.infer<typeof FromChild>
