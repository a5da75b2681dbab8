/** The queue as the server and the command line use it. */

import { createHash } from 'node:crypto'
import { forLog, type Log } from '#base/log.ts'
import { type Backend, entryOf, type Place } from './backend.ts'
import { createChanges } from './changes.ts'
import type { JobQueue, JobSnapshot, ListQuery, Submission } from './contract.ts'
import { SpoolUnavailable, toSpoolError, WrongState } from './errors.ts'
import { isIn, type Job, submittedMs } from './job.ts'
import { LEASE_MS } from './lease.ts'
import { cancelWaiting } from './reap.ts'
import { reconcile } from './reconcile.ts'
import { openSpool } from './spool/open.ts'
import { isJobId } from './spool/paths.ts'
import { type Admission, createSubmitter, type SubmitSettings } from './submit.ts'
import { toView } from './view.ts'

export type QueueSettings = SubmitSettings

export interface QueueDeps {
  log: Log
  /** Milliseconds since the epoch. */
  clock(): number
}

export interface Queue extends JobQueue {
  /** Finish what runs in the background. */
  close(): Promise<void>
}

const MAX_PAGE = 100
/** Names that a page reads beyond its size, for jobs that have moved since. */
const SLACK = 8

/**
 * Open the queue of a spool; the spool is made when there is none, and checked.
 *
 * @param spoolDir - Absolute.
 * @throws {SpoolTooNew}
 * @throws {SpoolUnavailable}
 */
export async function openQueue(spoolDir: string, settings: QueueSettings, deps: QueueDeps): Promise<Queue> {
  try {
    const backend = await openSpool(spoolDir, { ...deps, leaseMs: LEASE_MS })
    await reconcile(backend, 'suspects', deps.log, deps.clock)
    return createQueue(backend, settings, deps)
  } catch (error) {
    throw toSpoolError(error)
  }
}

function createQueue(backend: Backend, settings: QueueSettings, { log, clock }: QueueDeps): Queue {
  const submitter = createSubmitter(backend, settings, clock)
  const changed = createChanges(backend, read)

  /** Work with the spool. It may have been away, and be back without its folders: then once more. */
  async function use<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step()
    } catch (raw) {
      const error = toSpoolError(raw)
      if (!(error instanceof SpoolUnavailable) || !(await backend.prepare().catch(() => false))) throw error
    }
    reconcile(backend, 'suspects', log, clock).catch((error) =>
      log.warn(forLog(error), 'the spool could not be checked'),
    )
    try {
      return await step()
    } catch (error) {
      throw toSpoolError(error)
    }
  }

  async function snapshot(job: Job): Promise<JobSnapshot> {
    const view = toView(job, {
      position: isIn(job, 'queued') ? await backend.work.position(entryOf(job)) : null,
      progress: isIn(job, 'processing') ? await backend.events.lastProgress(job.job_id, job.epoch) : null,
    })
    const version = createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22)
    return { view, docsKey: job.docs_key, version }
  }

  async function read(jobId: string): Promise<JobSnapshot | undefined> {
    return await use(async () => {
      const job = await backend.jobs.read(jobId)
      return job === undefined ? undefined : await snapshot(job)
    })
  }

  async function toSubmission({ outcome, job, waitMs }: Admission): Promise<Submission> {
    const shot = await snapshot(job)
    return { outcome, job: shot, retryAfterSeconds: retryAfter(outcome, shot, waitMs) }
  }

  async function list({ status, repoUrl, limit: wanted, after }: ListQuery) {
    const limit = Math.min(MAX_PAGE, Math.max(1, Math.trunc(wanted)))
    const cursor = after === undefined ? undefined : parseCursor(after)
    if (after !== undefined && cursor === undefined) return { jobs: [], next: null }
    const query = { ...(status !== undefined && { status }), ...(repoUrl !== undefined && { repoUrl }) }
    const at = cursor === undefined ? {} : { after: cursor }
    const places = await backend.catalog.newest({ ...query, ...at, limit: limit + SLACK })
    const jobs: JobSnapshot[] = []
    let last: Place | undefined
    for (const place of places) {
      if (jobs.length === limit) break
      last = place
      const job = await backend.jobs.read(place.jobId)
      // The record knows better: removed, queued anew since, or moved on.
      if (job === undefined || submittedMs(job) !== place.submittedMs) continue
      if ((status ?? job.status) === job.status) jobs.push(await snapshot(job))
    }
    const isMore = last !== undefined && last !== places.at(-1)
    const mayBeMore = places.length === limit + SLACK
    return { jobs, next: last !== undefined && (isMore || mayBeMore) ? toCursor(last) : null }
  }

  async function cancel(jobId: string): Promise<JobSnapshot | undefined> {
    for (;;) {
      const job = await backend.jobs.read(jobId)
      if (job === undefined) return undefined
      if (isIn(job, 'queued')) {
        const ended = await cancelWaiting(backend, job, clock())
        if (ended === undefined) continue
        await backend.work.discard(entryOf(job))
        return await snapshot(ended)
      }
      if (isIn(job, 'completed', 'failed')) return await snapshot(job)
      await backend.cancels.mark(job)
      // Handed back or ended meanwhile? Its worker would look no more.
      const now = await backend.jobs.read(jobId)
      if (now?.rev === job.rev) return await snapshot(now)
    }
  }

  async function retry(jobId: string): Promise<JobSnapshot | undefined> {
    for (;;) {
      const job = await backend.jobs.read(jobId)
      if (job === undefined) return undefined
      if (!isIn(job, 'completed', 'failed')) throw new WrongState(`The job is ${job.status}.`)
      const force = job.status === 'completed' || job.force
      const queued = await submitter.requeue(job, { priority: job.priority, mainModel: job.main_model, force })
      if (queued !== undefined) return await snapshot(queued)
    }
  }

  async function remove(jobId: string): Promise<boolean> {
    for (;;) {
      const job = await backend.jobs.read(jobId)
      if (job === undefined) return false
      if (!isIn(job, 'completed', 'failed')) throw new WrongState(`The job is ${job.status}.`)
      await backend.catalog.removeEnded(job)
      if (await backend.jobs.remove(job)) {
        await backend.catalog.forget(job)
        return true
      }
    }
  }

  return {
    changed,
    read,
    submit: (request) => use(async () => await toSubmission(await submitter.submit(request))),
    list: (query) => use(() => list(query)),
    counts: () => use(() => backend.catalog.counts()),
    cancel: (jobId) => use(() => cancel(jobId)),
    retry: (jobId) => use(() => retry(jobId)),
    remove: (jobId) => use(() => remove(jobId)),
    async probe() {
      await backend.probe().catch((error) => {
        throw toSpoolError(error)
      })
    },
    close: () => backend.close(),
  }
}

/** Whole seconds until it is worth asking again; a job far back in the queue is asked for less often. */
function retryAfter(outcome: Admission['outcome'], { view }: JobSnapshot, waitMs: number): number | null {
  if (outcome === 'cached') return null
  if (outcome === 'cooldown') return Math.max(1, Math.ceil(waitMs / 1_000))
  return Math.min(60, 1 + (view.queue_position ?? 1))
}

const toCursor = (place: Place): string => `${place.submittedMs}-${place.jobId}`

function parseCursor(text: string): Place | undefined {
  const [, ms, jobId] = /^([0-9]{1,13})-(.+)$/u.exec(text) ?? []
  return jobId === undefined || !isJobId(jobId) ? undefined : { submittedMs: Number(ms), jobId }
}
