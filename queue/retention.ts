/**
 * Removes expired jobs, and determines which document sets the others refer to. It works in small steps, is safe to run
 * concurrently, and keeps jobs that are queued again meanwhile.
 */

import { forLog, type Log } from '#base/log.ts'
import { type Backend, type ListPosition, MARK_PARTS } from './backend.ts'
import { isOfOneRecord } from './errors.ts'
import { isIn, type Job } from './job.ts'
import { removeEnded } from './remove.ts'

const REMOVED_A_TICK = 200
const READ_A_TICK = 1_000
/** How long it is known that a job was there and is gone for its age. */
const MARK_KEPT_MS = 90 * 24 * 3_600_000

export interface RetentionDeps {
  /** A job that ended longer ago than this is removed. */
  keepJobsMs: number
  log: Log
  clock(): number
  /** Tell what would go, and let it stay. */
  isDry?: boolean
}

export interface JobRetention {
  /**
   * Go on where the last call ended: at most 200 jobs go and 1,000 records are read.
   *
   * @returns The ids that went, and whether the newest of the old places was reached: then the next call begins anew.
   */
  removeSome(): Promise<{ removed: string[]; isEnd: boolean }>
  /** Forget old marks, in the next one of `MARK_PARTS` parts. @returns How many. */
  sweepMarks(): Promise<number>
}

export function createJobRetention(backend: Backend, deps: RetentionDeps): JobRetention {
  const { keepJobsMs, log, clock, isDry = false } = deps
  let after: ListPosition | undefined
  let part = 0

  /** Days are those of the submission: the record tells when the job ended. */
  async function expire({ jobId }: ListPosition, beforeMs: number): Promise<boolean> {
    const job = await readUnless(backend, jobId)
    if (job === undefined || job === 'unreadable' || !isIn(job, 'completed', 'failed')) return false
    if (Date.parse(job.completed_at) >= beforeMs) return false
    if (isDry) return true
    await backend.expiry.mark(jobId)
    if (await removeEnded(backend, job)) return true
    // Queued anew in between; or removed by another that does the same, and then the mark is right.
    if ((await backend.jobs.read(jobId)) !== undefined) await backend.expiry.unmark(jobId)
    return false
  }

  return {
    async removeSome() {
      const beforeMs = clock() - keepJobsMs
      const query = { beforeMs, limit: READ_A_TICK, ...(after !== undefined && { after }) }
      const places = await backend.expiry.oldestEnded(query)
      const removed: string[] = []
      let isEnd = places.length < READ_A_TICK
      for (const place of places) {
        if (removed.length === REMOVED_A_TICK) {
          isEnd = false
          break
        }
        if (await expire(place, beforeMs)) removed.push(place.jobId)
        after = place
      }
      // What had ended too late to go now is looked at again.
      if (isEnd) after = undefined
      if (!isDry) await backend.expiry.removeEmptyDays(beforeMs)
      if (removed.length > 0 && !isDry) log.info({ jobs: removed.length }, 'removed jobs that ended long ago')
      return { removed, isEnd }
    },

    async sweepMarks() {
      const swept = await backend.expiry.sweepMarks({ beforeMs: clock() - MARK_KEPT_MS, part, isDry })
      part = (part + 1) % MARK_PARTS
      return swept
    },
  }
}

/** What the jobs of a repository say about its document sets. */
export interface SetReferences {
  keys: ReadonlySet<string>
  /** One of them runs, or its record cannot be read. */
  isBusy: boolean
  /** How many there are. */
  jobs: number
}

/** A record of a newer version is that version's to judge. */
async function readUnless(backend: Backend, jobId: string): Promise<Job | undefined | 'unreadable'> {
  return await backend.jobs.read(jobId).catch((error) => {
    if (!isOfOneRecord(error)) throw error
    return 'unreadable' as const
  })
}

/** @param without - Jobs that do not count. */
export async function readReferences(
  backend: Backend,
  repoUrl: string,
  without: ReadonlySet<string> = new Set(),
): Promise<SetReferences> {
  const ids = (await backend.expiry.jobsOf(repoUrl)).filter((jobId) => !without.has(jobId))
  const keys = new Set<string>()
  let isBusy = false
  for (const jobId of ids) {
    const job = await readUnless(backend, jobId)
    if (job === undefined) continue
    // It may refer to any of them.
    if (job === 'unreadable') {
      isBusy = true
      continue
    }
    if (job.docs_key !== null) keys.add(job.docs_key)
    if (isIn(job, 'processing')) isBusy = true
  }
  return { keys, isBusy, jobs: ids.length }
}

/** Clears document sets away; it is given what jobs say about those of a repository. */
export type TidySets = (readSetReferences: (repoUrl: string) => Promise<SetReferences>) => Promise<void>

/** All of it as a step of a program that goes on; what fails is told, and tried again the next time. */
export function createRetentionStep(backend: Backend, deps: RetentionDeps, tidySets: TidySets): () => Promise<void> {
  const retention = createJobRetention(backend, deps)
  const steps = [
    // First: on a full disk this is what makes room, and it needs none.
    () => tidySets((repoUrl) => readReferences(backend, repoUrl)),
    retention.removeSome,
    retention.sweepMarks,
  ]
  return async () => {
    for (const step of steps) {
      try {
        await step()
      } catch (error) {
        deps.log.warn(forLog(error), 'what is old could not be cleared away; the next look tries again')
      }
    }
  }
}
