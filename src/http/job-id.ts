/** Job ids in URLs. What could not be an id is unknown, and the queue is not asked. */

import type { JobSnapshot } from '#queue/contract.ts'
import type { AppContext, AppDeps } from './deps.ts'
import { Refusal } from './problem.ts'

const JOB_ID = /^[A-Za-z0-9_-][A-Za-z0-9._~@-]{0,239}$/

/**
 * The id in the path.
 *
 * @throws {Refusal} `NO_SUCH_JOB`
 */
export function jobIdIn(c: AppContext): string {
  const id = c.req.param('id') ?? ''
  if (!JOB_ID.test(id)) throw noSuchJob()
  return id
}

/** @throws {Refusal} `NO_SUCH_JOB` */
export async function readJob(c: AppContext, { queue }: Pick<AppDeps, 'queue'>): Promise<JobSnapshot> {
  return known(await queue.read(jobIdIn(c)))
}

/** @throws {Refusal} `NO_SUCH_JOB` when there is none. */
export function known(job: JobSnapshot | undefined): JobSnapshot {
  if (job === undefined) throw noSuchJob()
  return job
}

export const noSuchJob = (): Refusal =>
  new Refusal('NO_SUCH_JOB', 'There is no such job.', 'GET /api/jobs lists the jobs; POST / makes one.')
