/** Queues a finished job again, from the API and from its page. */

import type { JobSnapshot } from '#queue/contract.ts'
import { WrongState } from '#queue/errors.ts'
import type { AppContext, AppDeps } from './deps.ts'
import { readRetryToken, withToken } from './git-token.ts'
import { jobIdIn, readJob, requireJob } from './job-in-path.ts'
import { hasEnded } from './long-polling.ts'

/**
 * Queue the job in the path again. Its token is stored only if it can be queued.
 *
 * @throws {Refusal} As for a submission, and `NO_SUCH_JOB`, `JOB_EXPIRED`, `GIT_TOKEN_MISSING`.
 * @throws {WrongState} The job is queued or processing.
 */
export async function retryJob(c: AppContext, deps: AppDeps): Promise<JobSnapshot> {
  const id = jobIdIn(c)
  const job = await readJob(c, deps)
  if (!hasEnded(job)) throw new WrongState(`The job is ${job.view.status}.`)
  const token = await readRetryToken(c, deps, job)
  c.var.limits.submission(c)
  const uncount = await c.var.limits.job(c, id)
  try {
    const retry = () => deps.queue.retry(id, deps.mainModel)
    const tokenOfJob = { jobId: id, token, client: c.var.limits.callerOf(c).client }
    return await requireJob(c, deps, await withToken(deps, tokenOfJob, retry, (queued) => queued !== undefined))
  } catch (error) {
    uncount()
    throw error
  }
}
