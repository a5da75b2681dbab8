/** Reads which document sets the jobs of a repository refer to, so that the others can be removed. */

import type { Backend } from './backend.ts'
import { readKept } from './follows/kept-jobs.ts'
import { isIn } from './job.ts'
import { orUnreadable } from './unreadable-records.ts'

/** The document sets that the jobs of a repository refer to. */
export interface SetReferences {
  keys: ReadonlySet<string>
  /** Keys of the sets of followed refs, which are kept. */
  kept: ReadonlySet<string>
  /** Whether a job is running, or the record of a job cannot be read. */
  isBusy: boolean
  /** Number of jobs. */
  jobs: number
}

/** @param without - Ids of jobs to ignore. */
export async function readReferences(
  backend: Backend,
  repoUrl: string,
  without: ReadonlySet<string> = new Set(),
): Promise<SetReferences> {
  const ids = (await backend.expiry.jobsOf(repoUrl)).filter((jobId) => !without.has(jobId))
  const isKept = await readKept(backend, repoUrl)
  const keys = new Set<string>()
  const kept = new Set<string>()
  let isBusy = false
  let jobs = 0
  for (const jobId of ids) {
    const job = await backend.jobs.read(jobId).catch(orUnreadable)
    // A job is removed before its entry, which may remain after a crash.
    if (job === undefined) continue
    jobs += 1
    // An unreadable record may refer to any set.
    if (job === 'unreadable') {
      isBusy = true
      continue
    }
    if (job.docs_key !== null) {
      keys.add(job.docs_key)
      if (isKept(jobId)) kept.add(job.docs_key)
    }
    if (isIn(job, 'processing')) isBusy = true
  }
  return { keys, kept, isBusy, jobs }
}
