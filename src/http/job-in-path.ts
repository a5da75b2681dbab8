/** Job ids in URLs. Invalid ids are refused without asking the queue. */

import { z } from 'zod'
import type { JobSnapshot } from '#queue/contract.ts'
import type { AppContext, AppDeps } from './deps.ts'
import type { ReadDocumentedJob } from './known-jobs.ts'
import { Refusal } from './problem.ts'

export const JobId = z
  .string()
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9._~@-]{0,239}$/)
  .meta({ description: 'The id of the job, `job_id` in responses.', examples: ['pallets--flask'] })

/**
 * The job id in the path.
 *
 * @throws {Refusal} `NO_SUCH_JOB`
 */
export function jobIdIn(c: AppContext, parameter = 'id'): string {
  const id = c.req.param(parameter) ?? ''
  if (!JobId.safeParse(id).success) throw noSuchJob()
  return id
}

/** @throws {Refusal} `NO_SUCH_JOB`, `JOB_EXPIRED` */
export async function readJob(
  c: AppContext,
  deps: Pick<AppDeps, 'queue'>,
  read: ReadDocumentedJob = deps.queue.read.bind(deps.queue),
): Promise<JobSnapshot> {
  return requireJob(c, deps, await read(jobIdIn(c)))
}

/** @throws {Refusal} `NO_SUCH_JOB`, `JOB_EXPIRED`: the job is missing. */
export async function requireJob(
  c: AppContext,
  deps: Pick<AppDeps, 'queue'>,
  job: JobSnapshot | undefined,
): Promise<JobSnapshot> {
  return job ?? (await refuseMissing(c, deps))
}

/** Refuses a missing job, by default the one in the path. @throws {Refusal} `JOB_EXPIRED` if it has expired, else `NO_SUCH_JOB`. */
export async function refuseMissing(
  c: AppContext,
  { queue }: Pick<AppDeps, 'queue'>,
  jobId: string = jobIdIn(c),
): Promise<never> {
  if (!(await queue.hasExpired(jobId))) throw noSuchJob()
  throw new Refusal(
    'JOB_EXPIRED',
    'This job finished so long ago that it has been removed.',
    'Submit the repository again; it gets the same URL.',
  )
}

export const noSuchJob = (): Refusal =>
  new Refusal('NO_SUCH_JOB', 'There is no such job.', 'GET /api/jobs lists the jobs; POST / creates one.')
