/**
 * The queue as the server and the command line use it: opens it, and repeats steps and repairs after its storage was unavailable.
 * The steps themselves are in the files that it imports; supervisors use `supervisor.ts`.
 */

import { isErrno } from '#base/errors.ts'
import type { Log } from '#base/log.ts'
import { sha256Of } from '#base/sha256.ts'
import type { Backend } from './backend.ts'
import { createJobChanges } from './change-jobs.ts'
import type { JobQueue, JobSnapshot, QueueState, Submission } from './contract.ts'
import { IdempotencyKeyReused, SpoolFull, SpoolUnavailable } from './errors.ts'
import { createFollowedRepositories, type FollowedRepositories } from './follows/followed-repositories.ts'
import { createJobObserver } from './job-observer.ts'
import { createSnapshots } from './job-snapshots.ts'
import { LEASE_MS } from './lease.ts'
import { createJobList } from './list-jobs.ts'
import type { OnMetricEvent } from './metric-events.ts'
import { openStorage, type StoragePlace } from './open-storage.ts'
import { reconcile, reconcileAtStart } from './reconcile.ts'
import { createRepairScheduler } from './repair-scheduler.ts'
import { announceServer } from './server-presence.ts'
import type { Expectation } from './spool/root.ts'
import { createEventStreams } from './stream-events.ts'
import { type Admission, createSubmitter, type SubmitSettings } from './submit.ts'
import { toSpoolError } from './to-spool-error.ts'
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
  /** Called for jobs that are taken over from dead workers. */
  onMetricEvent?: OnMetricEvent
}

export interface Queue extends JobQueue {
  readonly follows: FollowedRepositories
  /** Register this process as a server; see `announceServer`. */
  announce(): () => Promise<void>
  /** Throws while another folder is mounted where the spool should be. */
  locate(): unknown
  /** Finish background work. */
  close(): Promise<void>
}

/** The read-only part of the queue. */
export type QueueReader = Pick<Queue, 'read' | 'list' | 'counts' | 'paused' | 'state' | 'foreignFiles' | 'close'> & {
  readonly follows: Pick<FollowedRepositories, 'read' | 'list'>
}

const READ_ONLY_SETTINGS: QueueSettings = { queueSize: 0, cacheExpiryMs: 0, retryCooldownMs: 0, revalidateMs: 0 }
const MAX_FOLLOWS = 1_000

/**
 * Open a queue and check its storage, which is created if there is none.
 *
 * @throws The errors of `openStorage`.
 */
export async function openQueue(place: StoragePlace, settings: QueueSettings, deps: QueueDeps): Promise<Queue> {
  try {
    const backend = await openStorage(place, { ...deps, leaseMs: LEASE_MS })
    await reconcileAtStart(backend, deps.log, backend.clock ?? deps.clock, deps.onMetricEvent)
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
  { log, clock: ownClock, onMetricEvent, isReading = false }: Omit<QueueDeps, 'expect'> & { isReading?: boolean },
): Queue {
  const clock = backend.clock ?? ownClock
  const submitter = createSubmitter(backend, settings, clock)
  const snapshot = createSnapshots(backend)
  const list = createJobList(backend, snapshot)
  const { cancel, retry, remove } = createJobChanges(backend, submitter, snapshot, clock)
  const subscribe = createJobObserver(backend, createJobWatch(backend))
  const changed = createChangeWaiter(subscribe, snapshot)
  const { streamEvents, readLog, readLogEnd } = createEventStreams(backend, subscribe)

  const repairs = createRepairScheduler(() => reconcile(backend, 'suspects', log, clock, { onMetricEvent }), log)

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
    if (backend.uncheckedJobs > 0) repairs.soon()
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
      // These do not mean that the spool was unavailable. A second try would join the job that the first one has only partly recorded.
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
    const fingerprint = `several ${sha256Of(request)}`
    const mine = { request: fingerprint, jobId: '', outcome: null }
    const held = await backend.keys.take(key, mine)
    if (held.request !== fingerprint)
      throw new IdempotencyKeyReused('This idempotency key was used for another request.')
    return async () => {
      // If this fails, the key is released when it expires.
      if (held === mine) await backend.keys.release(key, mine).catch(() => undefined)
    }
  }

  const followed = createFollowedRepositories(backend, settings.maxFollows ?? MAX_FOLLOWS, clock)

  return {
    follows: {
      put: (request) => use(() => followed.put(request)),
      read: (repoUrl) => use(() => followed.read(repoUrl)),
      list: () => use(followed.list),
      page: (after, limit) => use(() => followed.page(after, limit)),
      remove: (repoUrl) => use(() => followed.remove(repoUrl)),
      requestLook: (repoUrl, delivery) => use(() => followed.requestLook(repoUrl, delivery)),
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
    locate: () => backend.locate(),
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
