/** Decides what a submission of a job that there is already comes to. Pure. */

import type { SubmitRequest } from './contract.ts'
import type { JobIn } from './job.ts'

export interface AdmissionSettings {
  /** How long a pinned full commit is answered from the cache. */
  cacheExpiryMs: number
  /** How long anything else is; a folder of this machine never. */
  revalidateMs: number
  /** How long a failed job is not tried again. */
  retryCooldownMs: number
}

/** What to do about a job that has ended: answer from it, refuse for `waitMs`, or queue it anew. */
export type Admission = { is: 'cached' } | { is: 'cooldown'; waitMs: number } | { is: 'again' }

/**
 * `cached`: completed, fresh and of the model that is asked for. `cooldown`: it failed a short time ago; a cancelled job may be submitted again at once,
 * since nothing is wrong with it. `force` gets past both.
 */
export function decideAdmission(
  job: JobIn<'completed' | 'failed'>,
  request: Pick<SubmitRequest, 'force' | 'mainModel'>,
  settings: AdmissionSettings,
  now: number,
): Admission {
  if (request.force) return { is: 'again' }
  const age = now - Date.parse(job.completed_at)
  // A clock that was ahead has been put right.
  if (age < 0) return { is: 'again' }
  if (job.status === 'completed') {
    if (job.main_model !== request.mainModel) return { is: 'again' }
    const isPinned = /^[0-9a-f]{40}$/i.test(job.commit_id ?? '')
    // Asking a folder of this machine for its commit costs nothing.
    const revalidateMs = job.repo_url.startsWith('file:') ? 0 : settings.revalidateMs
    return age < (isPinned ? settings.cacheExpiryMs : revalidateMs) ? { is: 'cached' } : { is: 'again' }
  }
  const waitMs = settings.retryCooldownMs - age
  return waitMs > 0 && job.error_code !== 'CANCELLED' ? { is: 'cooldown', waitMs } : { is: 'again' }
}
