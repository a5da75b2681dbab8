/** Decides how to answer a submission of a job that has already finished. Pure. */

import { isFullCommitId } from '#base/commit-id.ts'
import type { SubmitRequest } from './contract.ts'
import type { JobIn } from './job.ts'

export interface AdmissionSettings {
  /** How long requests for a full commit id are answered from the cache. */
  cacheExpiryMs: number
  /** How long requests for a branch or tag are answered from the cache. Those for local folders never are. */
  revalidateMs: number
  /** How long a failed job cannot be submitted again. */
  retryCooldownMs: number
}

/** Answer from the finished job, refuse for `waitMs`, or queue it again. */
export type AdmissionDecision = { is: 'cached' } | { is: 'cooldown'; waitMs: number } | { is: 'again' }

/**
 * `cached`: completed recently with the requested model. `cooldown`: failed recently; cancelled jobs may be submitted again at
 * once. `force` and `hasMoved` skip both.
 */
export function decideAdmission(
  job: JobIn<'completed' | 'failed'>,
  request: Pick<SubmitRequest, 'force' | 'hasMoved' | 'mainModel'>,
  settings: AdmissionSettings,
  now: number,
): AdmissionDecision {
  if (request.force || request.hasMoved) return { is: 'again' }
  const age = now - Date.parse(job.completed_at)
  // The clock was set back.
  if (age < 0) return { is: 'again' }
  if (job.status === 'completed') {
    if (job.main_model !== request.mainModel) return { is: 'again' }
    const isPinned = isFullCommitId(job.commit_id ?? '')
    // Looking up the commit of a local folder is cheap.
    const revalidateMs = job.repo_url.startsWith('file:') ? 0 : settings.revalidateMs
    return age < (isPinned ? settings.cacheExpiryMs : revalidateMs) ? { is: 'cached' } : { is: 'again' }
  }
  const waitMs = settings.retryCooldownMs - age
  return waitMs > 0 && job.error_code !== 'CANCELLED' ? { is: 'cooldown', waitMs } : { is: 'again' }
}
