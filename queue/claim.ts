/** From an entry of the queue to a job that is `processing` under this worker. */

import { failpoint } from '#base/failpoint.ts'
import type { Log } from '#base/log.ts'
import { type Backend, type Entry, entryOf } from './backend.ts'
import { isOfOneRecord, LeaseLost } from './errors.ts'
import { handBack, isIn, type JobIn, start } from './job.ts'
import { cancelWaiting, followRecord, recoverJob } from './reap.ts'

export interface Claim {
  entry: Entry
  job: JobIn<'processing'>
  /** Where the storage was, by `Backend.locate`: a result is recorded nowhere else. */
  place: string
}

export interface ClaimDeps {
  log: Log
  clock(): number
  /** False for entries to pass over for now. */
  isAdmitted?(entry: Entry): boolean
  /** Told of an entry that was taken and could not be claimed; it is still held. */
  onFault?(entry: Entry): void
}

/**
 * Take the job that is first in the queue.
 *
 * Entries that no record bears out are cleared away on the way.
 *
 * @returns The claim, or `undefined` when nothing waits that may be taken.
 * @throws {LeaseLost} This worker was declared dead.
 * @throws {SpoolUnavailable} The storage is away.
 */
export async function claimNext(backend: Backend, worker: string, deps: ClaimDeps): Promise<Claim | undefined> {
  for (;;) {
    const place = backend.locate()
    const entry = await backend.work.claim(worker, deps.isAdmitted)
    if (entry === undefined) return undefined
    failpoint('claim:renamed')
    try {
      const job = await take(backend, worker, entry, deps)
      if (job !== undefined) return { entry, job, place }
    } catch (error) {
      deps.onFault?.(entry)
      throw error
    }
  }
}

/**
 * Let go of entries that this worker holds without working on them: a claim or an end that the storage could not take.
 *
 * @param busy - Ids of the jobs it works on.
 */
export async function releaseStrays(backend: Backend, worker: string, busy: ReadonlySet<string>): Promise<void> {
  for (const entry of await backend.work.claimedBy(worker)) {
    if (busy.has(entry.jobId)) continue
    try {
      await release(backend, worker, entry)
    } catch (error) {
      if (!isOfOneRecord(error)) throw error
      // Others may be able to read it.
      await backend.work.putBack(worker, entry, null)
    }
  }
}

async function release(backend: Backend, worker: string, entry: Entry): Promise<void> {
  let job = await backend.jobs.read(entry.jobId)
  while (job !== undefined && isIn(job, 'processing') && job.worker === worker) {
    job = (await backend.jobs.update(job, handBack(job))) ?? (await backend.jobs.read(entry.jobId))
  }
  await followRecord(backend, worker, entry, job)
}

/** The entry is in this worker's hands; the record says whether the job is. */
async function take(
  backend: Backend,
  worker: string,
  entry: Entry,
  deps: ClaimDeps,
): Promise<JobIn<'processing'> | undefined> {
  for (;;) {
    const job = await backend.jobs.read(entry.jobId)
    if (job !== undefined && isIn(job, 'queued')) {
      if (await backend.cancels.isMarked(job)) {
        const ended = await cancelWaiting(backend, job, deps.clock())
        if (ended !== undefined) return await leave(backend, worker, entry)
      } else {
        const claimed = await backend.jobs.update(job, start(job, worker, deps.clock()))
        failpoint('claim:recorded')
        if (claimed !== undefined) return await confirm(backend, worker, entry, claimed)
      }
    } else if (job !== undefined && isIn(job, 'processing')) {
      // A second entry of a job that runs: its own worker holds the first one.
      if (job.worker === worker) return await leaveOwn(backend, worker, entry, job)
      if (await backend.workers.isRegistered(job.worker)) return await leave(backend, worker, entry)
      await recoverJob(backend, job, deps)
    } else {
      await followRecord(backend, worker, entry, job)
      return undefined
    }
  }
}

async function leave(backend: Backend, worker: string, entry: Entry): Promise<undefined> {
  await backend.work.drop(worker, entry)
}

/** The second entry may have the name of the first, and then is the first by now. */
async function leaveOwn(backend: Backend, worker: string, entry: Entry, job: JobIn<'processing'>): Promise<undefined> {
  if (entryOf(job).submittedMs !== entry.submittedMs) await backend.work.drop(worker, entry)
}

/** A worker that was struck off between taking the entry and recording the claim must not start. */
async function confirm(
  backend: Backend,
  worker: string,
  entry: Entry,
  job: JobIn<'processing'>,
): Promise<JobIn<'processing'>> {
  if (await backend.work.holds(worker, entry)) {
    failpoint('claim:confirmed')
    return job
  }
  const returned = await backend.jobs.update(job, handBack(job))
  if (returned !== undefined) await backend.work.push(entryOf(returned), null)
  throw new LeaseLost('This worker was declared dead while it claimed a job.')
}
