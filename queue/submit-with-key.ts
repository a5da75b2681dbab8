/** Submissions with an idempotency key: a repeated request gets the result of the first one. */

import { failpoint } from '#base/failpoint.ts'
import { isSameRequest } from '#base/job-id.ts'
import { secretOfJob } from '#base/private-jobs.ts'
import { sha256Of } from '#base/sha256.ts'
import type { Backend, KeyRecord } from './backend.ts'
import type { SubmitRequest } from './contract.ts'
import { IdempotencyKeyReused, JobIdTaken } from './errors.ts'
import { isIn, type Job } from './job.ts'
import { isQueuedBy } from './job-transitions.ts'
import type { Admission } from './submit.ts'

/** @param admit - Submits the request as one without a key. */
export async function submitWithKey(
  { keys, jobs }: Pick<Backend, 'keys' | 'jobs'>,
  key: string,
  request: SubmitRequest,
  admit: () => Promise<Admission>,
): Promise<Admission> {
  const mine: KeyRecord = { request: fingerprint(request), jobId: request.jobId, outcome: null }
  const held = await keys.take(key, mine)
  failpoint('key:taken')
  if (!isTakenFor(held, request)) {
    throw new IdempotencyKeyReused('This idempotency key was used for another request.')
  }
  if (held.outcome !== null && held.outcome !== 'cooldown') {
    const job = await jobs.read(held.jobId)
    if (job !== undefined) return { outcome: held.outcome, job: requireSame(job, request), waitMs: 0 }
  }
  const accepted = held === mine ? undefined : await readAccepted(jobs, held, key)
  if (accepted !== undefined) {
    await keys.settle(key, { ...mine, outcome: 'created' })
    return { outcome: 'created', job: requireSame(accepted, request), waitMs: 0 }
  }
  let admission: Admission | undefined
  try {
    admission = await admit()
  } finally {
    // If nothing was accepted, release the key, so that the same request can be retried. If that also fails, the key expires; the
    // error being thrown is the more useful one.
    const isAccepted = admission !== undefined && admission.outcome !== 'cooldown'
    if (!isAccepted && held === mine) await keys.release(key, mine).catch(() => undefined)
  }
  if (admission.outcome === 'cooldown') return admission
  await keys.settle(key, { ...mine, outcome: admission.outcome })
  failpoint('key:answered')
  return admission
}

/** The job of an earlier attempt that was accepted and has started, although its response was not stored. */
async function readAccepted(
  jobs: Backend['jobs'],
  { jobId, outcome }: KeyRecord,
  key: string,
): Promise<Job | undefined> {
  if (outcome !== null) return undefined
  const job = await jobs.read(jobId)
  if (job === undefined || isIn(job, 'queued') || !isQueuedBy(job, key)) return undefined
  await jobs.confirm(job)
  return job
}

/**
 * Whether a key was used for the same request. The job id may differ, because earlier versions used other ids, but the secret
 * of a private job must not.
 */
const isTakenFor = (held: KeyRecord, request: SubmitRequest): boolean =>
  held.request === fingerprint({ ...request, jobId: held.jobId }) &&
  secretOfJob(held.jobId) === secretOfJob(request.jobId)

/**
 * Make sure that a job belongs to the same repository, commit and options as the request, whatever its id.
 *
 * @throws {JobIdTaken}
 */
export function requireSame(job: Job, request: SubmitRequest): Job {
  const { repo_url: repoUrl, commit_id: commitId, options } = job
  if (isSameRequest({ repoUrl, commitId, options }, request)) return job
  throw new JobIdTaken('The id of this submission belongs to a job with another repository, commit or options.')
}

/**
 * A hash that is equal for equal requests. The default model is a setting of the server, not part of the request; the constant
 * `offline` in its place keeps fingerprints equal to those of earlier versions.
 */
function fingerprint(request: SubmitRequest): string {
  const { jobId, repoUrl, commitId, options, priority, force, hasMoved, callback } = request
  const basic = [jobId, repoUrl, commitId, Object.entries(options).sort(), priority, force, 'offline']
  const more = [...(callback === undefined ? [] : [callback.url]), ...(hasMoved === true ? [{ hasMoved }] : [])]
  const text = JSON.stringify([...basic, ...more])
  return sha256Of(text)
}
