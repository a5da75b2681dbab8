/** The queue as the server and the command line use it. */

import { createHash } from 'node:crypto'
import { isErrno } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import type { Log } from '#base/log.ts'
import { type Backend, entryOf, type ListPosition, type QueuePlace } from './backend.ts'
import type {
  FollowedRepositories,
  JobPage,
  JobQueue,
  JobSnapshot,
  ListQuery,
  QueueState,
  Submission,
} from './contract.ts'
import { IdempotencyKeyReused, isOfOneRecord, SpoolFull, SpoolUnavailable, toSpoolError, WrongState } from './errors.ts'
import { createFollowedRepositories } from './follows/followed-repositories.ts'
import { isIn, type Job, submittedMs } from './job.ts'
import { toView } from './job-view.ts'
import { LEASE_MS } from './lease.ts'
import { openStorage, type StoragePlace } from './open-storage.ts'
import { cancelWaiting } from './reap.ts'
import { reconcile, reconcileAtStart } from './reconcile.ts'
import { removeEnded } from './remove.ts'
import { createRepairScheduler } from './repair-scheduler.ts'
import { announceServer } from './server-presence.ts'
import { isJobId } from './spool/paths.ts'
import type { Expectation } from './spool/root.ts'
import { createEventStreams } from './stream-events.ts'
import { type Admission, createSubmitter, type SubmitSettings } from './submit.ts'
import { createChangeWaiter } from './wait-for-change.ts'
import { createJobWatch } from './watch-job.ts'

export interface QueueSettings extends SubmitSettings {
  /** Maximum number of followed repositories; 1,000 by default. */
  maxFollows?: number
}

export interface QueueDeps {
  log: Log
  /** Milliseconds since the epoch. */
  clock(): number
  /** Which spool is expected; by default, one is created if there is none. */
  expect?: Expectation
}

export interface Queue extends JobQueue {
  readonly follows: FollowedRepositories
  /** Register this process as a server; see `announceServer`. */
  announce(): () => Promise<void>
  /** Finish background work. */
  close(): Promise<void>
}

/** The read-only part of the queue. */
export type QueueReader = Pick<Queue, 'read' | 'list' | 'counts' | 'paused' | 'state' | 'foreignFiles' | 'close'> & {
  readonly follows: Pick<FollowedRepositories, 'read' | 'list'>
}

const READ_ONLY_SETTINGS: QueueSettings = { queueSize: 0, cacheExpiryMs: 0, retryCooldownMs: 0, revalidateMs: 0 }
const MAX_FOLLOWS = 1_000
const MAX_PAGE = 100
/** Extra index entries that are read for a page, in case some are stale. */
const EXTRA_PLACES = 8
/** Index entries that are read for a page of jobs with documents, because many jobs may have none. */
const DOCUMENTED_PLACES = 500

/**
 * Open a queue and check its storage, which is created if there is none.
 *
 * @throws The errors of `openStorage`.
 */
export async function openQueue(place: StoragePlace, settings: QueueSettings, deps: QueueDeps): Promise<Queue> {
  try {
    const backend = await openStorage(place, { ...deps, leaseMs: LEASE_MS })
    await reconcileAtStart(backend, deps.log, backend.clock ?? deps.clock)
    return createQueue(backend, settings, deps)
  } catch (error) {
    throw toSpoolError(error)
  }
}

/**
 * Open a queue for reading: nothing is created, repaired, taken over or quarantined.
 *
 * @throws {NoSpool}
 * @throws The errors of `openStorage`.
 */
export async function openQueueToRead(place: StoragePlace, { log, clock }: QueueDeps): Promise<QueueReader> {
  try {
    const backend = await openStorage(place, { log, clock, leaseMs: LEASE_MS, isReading: true })
    return createQueue(backend, READ_ONLY_SETTINGS, { log, clock, isReading: true })
  } catch (error) {
    throw toSpoolError(error)
  }
}

/** Create a queue on any storage. */
export function createQueue(
  backend: Backend,
  settings: QueueSettings,
  { log, clock: ownClock, isReading = false }: Omit<QueueDeps, 'expect'> & { isReading?: boolean },
): Queue {
  const clock = backend.clock ?? ownClock
  const submitter = createSubmitter(backend, settings, clock)
  const watch = createJobWatch(backend)
  const changed = createChangeWaiter(watch, read)
  const { streamEvents, readLog, readLogEnd } = createEventStreams(backend, watch)

  const repairs = createRepairScheduler(() => reconcile(backend, 'suspects', log, clock), log)

  const isThere = async (): Promise<boolean> => {
    try {
      await backend.prepare()
      return true
    } catch {
      return false
    }
  }

  /** Run a step, and check that the spool was not replaced in the meantime. */
  async function once<T>(step: () => Promise<T>): Promise<T> {
    const place = backend.locate()
    const value = await step()
    if (backend.doubts > 0) repairs.soon()
    if (backend.locate() !== place) throw new SpoolUnavailable('The spool has been replaced by a copy.')
    return value
  }

  /** Run a step. If the spool was unavailable but is available again, possibly without its folders, try once more. */
  async function use<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await once(step)
    } catch (raw) {
      const error = toSpoolError(raw)
      if (isReading) throw error
      if (error instanceof SpoolFull || error instanceof SpoolUnavailable) repairs.soon()
      // These are not from a spool that was away. A second try would join the job that the first one has recorded only in part.
      const isLasting = isErrno(raw, 'EXDEV', 'EACCES', 'EPERM')
      const isBack = error instanceof SpoolUnavailable && !isLasting && (await isThere())
      if (!isBack) throw error
    }
    try {
      return await once(step)
    } catch (error) {
      throw toSpoolError(error)
    }
  }

  /** Snapshots of finished jobs, which depend only on the record. */
  const finished = new WeakMap<Job, JobSnapshot>()

  /** @param place - The place of a queued job, if it is known. */
  async function snapshot(job: Job, place?: QueuePlace): Promise<JobSnapshot> {
    const known = finished.get(job)
    if (known !== undefined) return known
    const isQueued = isIn(job, 'queued')
    const [position, isPaused, progress] = await Promise.all([
      isQueued ? (place?.position ?? backend.work.position(entryOf(job))) : null,
      isQueued && (place?.isPaused ?? backend.work.isPaused()),
      isIn(job, 'processing') ? backend.events.lastProgress(job.job_id, job.epoch) : null,
    ])
    const view = toView(job, { position, progress, isPaused })
    const version = createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22)
    const made = { view, docsKey: job.docs_key, version }
    if (isIn(job, 'completed', 'failed')) finished.set(job, made)
    return made
  }

  async function read(jobId: string): Promise<JobSnapshot | undefined> {
    return await use(async () => {
      const job = await backend.jobs.read(jobId)
      return job === undefined ? undefined : await snapshot(job)
    })
  }

  async function toSubmission({ outcome, job, waitMs, place }: Admission): Promise<Submission> {
    const current = await snapshot(job, place)
    return { outcome, job: current, retryAfterSeconds: retryAfter(outcome, current, waitMs) }
  }

  async function list(query: ListQuery): Promise<JobPage> {
    const { status, repoUrl, nameHas, withPrivate, documented, after, before } = query
    const limit = Math.min(MAX_PAGE, Math.max(1, Math.trunc(query.limit)))
    const maxPlaces = documented === true ? DOCUMENTED_PLACES : limit + EXTRA_PLACES
    const given = before ?? after
    const cursor = given === undefined ? undefined : parseCursor(given)
    if (given !== undefined && cursor === undefined) return { jobs: [], next: null, previous: null }
    const places = await backend.catalog.newest({
      ...(status !== undefined && { status }),
      ...(repoUrl !== undefined && { repoUrl }),
      ...(nameHas !== undefined && { nameHas }),
      ...(withPrivate !== undefined && { withPrivate }),
      ...(documented === true && { documented }),
      ...(cursor !== undefined && { [before === undefined ? 'after' : 'before']: cursor }),
      limit: maxPlaces,
    })
    const jobs: JobSnapshot[] = []
    let last: ListPosition | undefined
    for (const place of places) {
      if (jobs.length === limit) break
      last = place
      const job = await backend.jobs.read(place.jobId).catch(skipUnreadable)
      // The index is stale: the job was removed, submitted again, or has another status.
      if (job === undefined || submittedMs(job) !== place.submittedMs) continue
      if (documented === true && job.docs_key === null) continue
      if ((status ?? job.status) === job.status) jobs.push(await snapshot(job))
    }
    const isMore = last !== undefined && last !== places.at(-1)
    const mayBeMore = places.length === maxPlaces
    const far = last !== undefined && (isMore || mayBeMore) ? toCursor(last) : null
    const [first] = places
    // The jobs before the first one of a page are on the page that its cursor came from.
    const near = given === undefined || first === undefined ? null : toCursor(first)
    return before === undefined
      ? { jobs, next: far, previous: near }
      : { jobs: jobs.reverse(), next: near, previous: far }
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
      failpoint('cancel:marked')
      // If the job was handed back or finished in the meantime, its worker no longer polls the mark, so try again.
      const now = await backend.jobs.read(jobId)
      if (now?.rev === job.rev) return await snapshot(now)
    }
  }

  async function retry(jobId: string, defaultModel?: string): Promise<JobSnapshot | undefined> {
    for (;;) {
      const job = await backend.jobs.read(jobId)
      if (job === undefined) return undefined
      if (!isIn(job, 'completed', 'failed')) throw new WrongState(`The job is ${job.status}.`)
      const force = job.status === 'completed' || job.force
      const mainModel = job.options.model ?? defaultModel ?? job.main_model
      const queued = await submitter.requeue(job, { priority: job.priority, mainModel, force, isRedelivered: true })
      if (queued !== undefined) return await snapshot(queued)
    }
  }

  async function remove(jobId: string): Promise<boolean> {
    for (;;) {
      const job = await backend.jobs.read(jobId)
      if (job === undefined) return false
      if (!isIn(job, 'completed', 'failed')) throw new WrongState(`The job is ${job.status}.`)
      // An earlier job with this id may have expired; this one is removed on request.
      await backend.expiry.unmark(jobId)
      if (await removeEnded(backend, job)) return true
    }
  }

  async function state(): Promise<QueueState> {
    const [counts, paused, oldest, workers, beat] = await Promise.all([
      backend.catalog.counts(),
      backend.control.read(),
      backend.stats.oldestWaiting(),
      backend.stats.countWorkers(),
      backend.stats.lastBeat(),
    ])
    const oldestWaitingMs = oldest === undefined ? null : Math.max(0, clock() - oldest)
    const beatAgeMs = beat === undefined || workers === 0 ? null : Math.max(0, clock() - beat)
    return { counts, paused: paused ?? null, oldestWaitingMs, workers, beatAgeMs }
  }

  async function takeKey(key: string, request: string): Promise<() => Promise<void>> {
    // Starts with a word, so that it differs from the fingerprint of any single submission.
    const several = `several ${createHash('sha256').update(request).digest('hex')}`
    const mine = { request: several, jobId: '', outcome: null }
    const held = await backend.keys.take(key, mine)
    if (held.request !== several) throw new IdempotencyKeyReused('This idempotency key was used for another request.')
    return async () => {
      if (held === mine) await backend.keys.giveBack(key, mine).catch(() => undefined)
    }
  }

  const followed = createFollowedRepositories(backend, settings.maxFollows ?? MAX_FOLLOWS, clock)

  return {
    follows: {
      put: (request) => use(() => followed.put(request)),
      read: (repoUrl) => use(() => followed.read(repoUrl)),
      list: () => use(followed.list),
      remove: (repoUrl) => use(() => followed.remove(repoUrl)),
      tell: (repoUrl, delivery) => use(() => followed.tell(repoUrl, delivery)),
    },
    changed,
    streamEvents,
    read,
    readLog: (jobId, epoch, offset) => use(() => readLog(jobId, epoch, offset)),
    readLogEnd: (jobId, limit) => use(() => readLogEnd(jobId, limit)),
    takeKey: (key, request) => use(() => takeKey(key, request)),
    submit: (request) => use(async () => await toSubmission(await submitter.submit(request))),
    list: (query) => use(() => list(query)),
    counts: () => use(() => backend.catalog.counts()),
    cancel: (jobId) => use(() => cancel(jobId)),
    retry: (jobId, mainModel) => use(() => retry(jobId, mainModel)),
    remove: (jobId) => use(() => remove(jobId)),
    hasExpired: (jobId) => use(() => backend.expiry.isMarked(jobId)),
    paused: () => use(async () => (await backend.control.read()) ?? null),
    state: () => use(state),
    foreignFiles: () => use(() => backend.foreignFiles()),
    announce: () => announceServer(backend, log),
    probe: () =>
      backend.probe().catch((error) => {
        throw toSpoolError(error)
      }),
    async close() {
      repairs.stop()
      await backend.close()
    },
  }
}

/** Seconds until the next poll, more for jobs far back in the queue; `null` when cached. */
function retryAfter(outcome: Admission['outcome'], { view }: JobSnapshot, waitMs: number): number | null {
  if (outcome === 'cached') return null
  if (outcome === 'cooldown') return Math.max(1, Math.ceil(waitMs / 1_000))
  return Math.min(60, 1 + (view.queue_position ?? 1))
}

const toCursor = (place: ListPosition): string => `${place.submittedMs}-${place.jobId}`

function parseCursor(text: string): ListPosition | undefined {
  const [, ms, jobId] = /^([0-9]{1,13})-(.+)$/u.exec(text) ?? []
  return jobId === undefined || !isJobId(jobId) ? undefined : { submittedMs: Number(ms), jobId }
}

/** Omits a job whose record cannot be read from the list. */
function skipUnreadable(error: unknown): undefined {
  if (!isOfOneRecord(error)) throw error
}
