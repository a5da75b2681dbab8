/** Takes an entry from the queue and makes its job `processing` under this worker. */

import { failpoint } from '#base/failpoint.ts'
import { forLog, type Log } from '#base/log.ts'
import { type Backend, type Entry, entryOf } from './backend.ts'
import { cancelQueuedJob } from './cancel-queued.ts'
import type { Taken } from './combined-steps.ts'
import { LeaseLost, RecordTooNew } from './errors.ts'
import { isIn, type JobIn } from './job.ts'
import { handBack, start } from './job-transitions.ts'
import { placeEntry } from './place-entry.ts'
import { recoverJob } from './reap.ts'
import { isOfOneRecord } from './unreadable-records.ts'

export interface Claim {
  entry: Entry
  job: JobIn<'processing'>
  /** The location of the storage (`Backend.locate`) at the claim. The result is recorded there or not at all. */
  place: string
}

export interface ClaimDeps {
  /** Called with each claim. */
  onClaim(claim: Claim): void
  log: Log
  clock(): number
  /** Whether an entry may be claimed now. By default, all are admitted. */
  isAdmitted?(entry: Entry): boolean
  /** Called with an entry that was taken. If it returns false, the entry is put back; it must not be admitted again soon. */
  mayStart?(entry: Entry): Promise<boolean>
  /** Called with an entry that was taken but whose job could not be claimed. This worker still holds it. */
  onFault?(entry: Entry): void
}

type TakenEntry = Pick<Taken, 'entry'> & Partial<Taken>

/**
 * Claim the first jobs in the queue, dropping entries with no matching record on the way. If some cannot be claimed, the others
 * are. Of several errors, the one with the widest effect is thrown, and the others are logged.
 *
 * @param max - The maximum number; a storage without `combined` claims one at a time.
 * @returns How many. 0 when no admitted job is waiting, or the queue is paused.
 * @throws {LeaseLost} This worker was declared dead.
 * @throws {SpoolUnavailable} The storage is not available.
 */
export async function claimSome(backend: Backend, worker: string, max: number, deps: ClaimDeps): Promise<number> {
  for (;;) {
    const place = backend.locate()
    const all = await (backend.combined?.take ?? takeBySteps(backend))(worker, max, deps.isAdmitted)
    if (all.length === 0) return 0
    failpoint('claim:renamed')
    const outcomes = await Promise.allSettled(all.map((taken) => claimTaken(backend, worker, taken, place, deps)))
    throwWidest(outcomes, all, deps.log)
    const claimed = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length
    if (claimed > 0) return claimed
  }
}

/**
 * Throw the error with the widest effect, if there is one: a lost lease, else an error of the whole storage, else one of a record.
 * Log the others.
 *
 * @param taken - The entries that the outcomes belong to, in the same order.
 */
function throwWidest(outcomes: readonly PromiseSettledResult<unknown>[], taken: readonly TakenEntry[], log: Log): void {
  const errors = outcomes.flatMap((outcome, at) =>
    outcome.status === 'rejected' ? [{ error: outcome.reason as unknown, job_id: taken[at]?.entry.jobId }] : [],
  )
  const [widest, ...others] = errors.sort((a, b) => narrowness(a.error) - narrowness(b.error))
  if (widest === undefined) return
  for (const { error, job_id } of others) {
    const level = error instanceof RecordTooNew ? 'debug' : 'warn'
    log[level]({ ...forLog(error), job_id }, 'a job could not be claimed')
  }
  throw widest.error
}

const narrowness = (error: unknown): number => (error instanceof LeaseLost ? 0 : isOfOneRecord(error) ? 2 : 1)

/** @returns Whether the job was claimed. */
async function claimTaken(
  backend: Backend,
  worker: string,
  taken: TakenEntry,
  place: string,
  deps: ClaimDeps,
): Promise<boolean> {
  const { entry } = taken
  try {
    if ((await deps.mayStart?.(entry)) === false) {
      await backend.work.putBack(worker, entry, null)
      return false
    }
    const job = await take(backend, worker, taken, deps)
    if (job !== undefined) deps.onClaim({ entry, job, place })
    return job !== undefined
  } catch (error) {
    deps.onFault?.(entry)
    throw error
  }
}

const takeBySteps =
  ({ work }: Backend) =>
  async (worker: string, _max: number, isAdmitted?: ClaimDeps['isAdmitted']): Promise<TakenEntry[]> => {
    const entry = (await work.isPaused()) ? undefined : await work.claim(worker, isAdmitted)
    return entry === undefined ? [] : [{ entry }]
  }

/**
 * Release entries that this worker holds but does not work on: a claim or a result that could not be recorded.
 *
 * @param busy - Ids of the jobs that are running.
 */
export async function releaseStrays(backend: Backend, worker: string, busy: ReadonlySet<string>): Promise<void> {
  for (const entry of await backend.work.claimedBy(worker)) {
    if (busy.has(entry.jobId)) continue
    try {
      await release(backend, worker, entry)
    } catch (error) {
      if (!isOfOneRecord(error)) throw error
      // Put back, because another worker may be able to read the record.
      await backend.work.putBack(worker, entry, null)
    }
  }
}

async function release(backend: Backend, worker: string, entry: Entry): Promise<void> {
  let job = await backend.jobs.read(entry.jobId)
  while (job !== undefined && isIn(job, 'processing') && job.worker === worker) {
    job = (await backend.jobs.update(job, handBack(job))) ?? (await backend.jobs.read(entry.jobId))
  }
  await placeEntry(backend, worker, entry, job)
}

/** Record the claim of an entry that this worker has taken. */
async function take(
  backend: Backend,
  worker: string,
  { entry, read }: TakenEntry,
  deps: ClaimDeps,
): Promise<JobIn<'processing'> | undefined> {
  let known = read?.()
  for (;;) {
    const { job, isCancelled } = known ?? (await readNow(backend, entry))
    known = undefined
    if (job !== undefined && isIn(job, 'queued')) {
      if (isCancelled) {
        const ended = await cancelQueuedJob(backend, job, deps.clock())
        if (ended !== undefined) return await dropEntry(backend, worker, entry)
      } else {
        const claimed = await record(backend, worker, entry, job, start(job, worker, deps.clock()))
        if (claimed !== undefined) return claimed
      }
    } else if (job !== undefined && isIn(job, 'processing')) {
      // A duplicate entry for a running job; the worker that runs it holds the first one.
      if (job.worker === worker) return await dropDuplicate(backend, worker, entry, job)
      if (await backend.workers.isRegistered(job.worker)) return await dropEntry(backend, worker, entry)
      await recoverJob(backend, job, deps)
    } else {
      await placeEntry(backend, worker, entry, job)
      return undefined
    }
  }
}

async function readNow(backend: Backend, { jobId }: Entry): Promise<ReturnType<Taken['read']>> {
  const job = await backend.jobs.read(jobId)
  const isCancelled = job !== undefined && isIn(job, 'queued') && (await backend.cancels.isMarked(job))
  return { job, isCancelled }
}

/**
 * Record the claim, unless another process has changed the record.
 *
 * @throws {LeaseLost} This worker was declared dead between taking the entry and recording the claim.
 */
async function record(
  backend: Backend,
  worker: string,
  entry: Entry,
  job: JobIn<'queued'>,
  next: JobIn<'processing'>,
): Promise<JobIn<'processing'> | undefined> {
  const { combined, jobs, work } = backend
  const claimed = await (combined === undefined ? jobs.update(job, next) : combined.start(job, next, entry))
  failpoint('claim:recorded')
  // If the record has not changed, the entry has.
  const isChanged = claimed === undefined && (combined === undefined || (await jobs.read(entry.jobId))?.rev !== job.rev)
  if (isChanged) return undefined
  if (claimed !== undefined && (combined !== undefined || (await work.holds(worker, entry)))) {
    failpoint('claim:confirmed')
    return claimed
  }
  const returned = claimed && (await jobs.update(claimed, handBack(claimed)))
  if (returned !== undefined) await work.push(entryOf(returned), null)
  throw new LeaseLost('This worker was declared dead while it claimed a job.')
}

async function dropEntry(backend: Backend, worker: string, entry: Entry): Promise<undefined> {
  await backend.work.drop(worker, entry)
}

/** Drop a duplicate entry of a job that this worker runs. One with the same name has replaced the first entry and is kept. */
async function dropDuplicate(
  backend: Backend,
  worker: string,
  entry: Entry,
  job: JobIn<'processing'>,
): Promise<undefined> {
  if (entryOf(job).submittedMs !== entry.submittedMs) await backend.work.drop(worker, entry)
}
