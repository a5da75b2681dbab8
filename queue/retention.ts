/**
 * Removes expired jobs in small steps. It is safe to run concurrently, and keeps jobs of followed refs and jobs that are
 * queued again in the meantime.
 */

import { forLog, type Log } from '#base/log.ts'
import type { Backend, ListPosition } from './backend.ts'
import { readKept, readWantedCommits } from './follows/kept-jobs.ts'
import { isIn } from './job.ts'
import { removeEnded } from './remove.ts'
import { readReferences, type SetReferences } from './set-references.ts'
import { orUnreadable } from './unreadable-records.ts'

const MAX_REMOVED = 200
const MAX_READ = 1_000
/** How long the marks of expired jobs are kept. */
const MARK_KEPT_MS = 90 * 24 * 3_600_000

export interface RetentionDeps {
  /** Jobs that finished longer ago than this are removed. */
  keepJobsMs: number
  log: Log
  clock(): number
  /** Remove nothing and only report what would be removed. */
  isDry?: boolean
}

export interface JobRetention {
  /**
   * Remove the next expired jobs, continuing where the last call stopped: removes at most 200 jobs and reads at most
   * 1,000 records.
   *
   * @returns The removed ids. `isEnd` is true when all old jobs have been checked; the next call then starts over.
   */
  removeSome(): Promise<{ removed: string[]; isEnd: boolean }>
  /** Delete some old marks; see `Expiry.sweepMarks`. */
  sweepMarks(): Promise<{ swept: number; isEnd: boolean }>
}

export function createJobRetention(backend: Backend, deps: RetentionDeps): JobRetention {
  const { keepJobsMs, log, clock, isDry = false } = deps
  let after: ListPosition | undefined

  /**
   * Remove a job if it has expired. The index contains only the submission time, so the record is read for the time
   * when the job finished.
   */
  async function expire({ jobId }: ListPosition, beforeMs: number): Promise<boolean> {
    const job = await backend.jobs.read(jobId).catch(orUnreadable)
    if (job === undefined || job === 'unreadable' || !isIn(job, 'completed', 'failed')) return false
    if (Date.parse(job.completed_at) >= beforeMs) return false
    if ((await readKept(backend, job.repo_url))(jobId)) return false
    if (isDry) return true
    await backend.expiry.mark(jobId)
    if (await removeEnded(backend, job)) return true
    // A job that was queued again in the meantime is unmarked. If another process removed it, the mark is right.
    if ((await backend.jobs.read(jobId)) !== undefined) await backend.expiry.unmark(jobId)
    return false
  }

  return {
    async removeSome() {
      const beforeMs = clock() - keepJobsMs
      const query = { beforeMs, limit: MAX_READ, ...(after !== undefined && { after }) }
      const places = await backend.expiry.oldestEnded(query)
      const removed: string[] = []
      let isEnd = places.length < MAX_READ
      for (const place of places) {
        if (removed.length === MAX_REMOVED) {
          isEnd = false
          break
        }
        if (await expire(place, beforeMs)) removed.push(place.jobId)
        after = place
      }
      // Start over, so that jobs that finished too recently are checked again.
      if (isEnd) after = undefined
      if (!isDry) await backend.expiry.removeEmptyDays(beforeMs)
      if (removed.length > 0 && !isDry) log.info({ jobs: removed.length }, 'removed expired jobs')
      return { removed, isEnd }
    },

    sweepMarks: () => backend.expiry.sweepMarks({ beforeMs: clock() - MARK_KEPT_MS, isDry }),
  }
}

/** Removes unused document sets. Its argument reads which sets the jobs of a repository refer to. */
export type TidySets = (readSetReferences: (repoUrl: string) => Promise<SetReferences>) => Promise<void>

/**
 * Removes git objects that no followed repository needs, and unused answers of models. Its argument reads the commits
 * that a follow needs; `undefined` if the repository is no longer followed.
 */
export type TidyCaches = (readWanted: (followId: string) => Promise<ReadonlySet<string> | undefined>) => Promise<void>

/** Retention as a step to call periodically. Errors are logged, and the next call tries again. */
export function createRetentionStep(
  backend: Backend,
  deps: RetentionDeps,
  { tidySets, tidyCaches = async () => undefined }: { tidySets: TidySets; tidyCaches?: TidyCaches | undefined },
): () => Promise<void> {
  const retention = createJobRetention(backend, deps)
  const steps = [
    // First, because on a full disk this frees space without needing any.
    () => tidySets((repoUrl) => readReferences(backend, repoUrl)),
    () => tidyCaches((followId) => readWantedCommits(backend, followId)),
    retention.removeSome,
    retention.sweepMarks,
  ]
  return async () => {
    for (const step of steps) {
      try {
        await step()
      } catch (error) {
        deps.log.warn(forLog(error), 'a step of retention failed; the next one tries again')
      }
    }
  }
}
