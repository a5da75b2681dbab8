/**
 * Looks at the refs of followed repositories when due, and submits jobs for refs that have moved. A supervisor claims a
 * look by moving its entry in the schedule past the maximum duration of a look, so that it is due again if the
 * supervisor dies. Submissions are idempotent and recorded afterwards, so a repeated look submits nothing twice.
 */

import { LRUCache } from 'lru-cache'
import { AppError, toErrorRecord } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import type { JobIdentity } from '#base/job-id.ts'
import { forLog, type Log } from '#base/log.ts'
import { append } from '#base/long-arrays.ts'
import { sha256Of } from '#base/sha256.ts'
import type { Backend } from '#queue/backend.ts'
import type { SubmitRequest } from '#queue/contract.ts'
import { isIn } from '#queue/job.ts'
import type { Submitter } from '#queue/submit.ts'
import { orUnreadable } from '#queue/unreadable-records.ts'
import { readDocumentedRefs } from './documented-refs.ts'
import { nextRetryMs, noteEndedJob, readDueRetries } from './failed-refs.ts'
import { type Follow, type FollowedRef, HEAD, MAX_REFS, noteFailure, noteLook, refNameOf } from './follow-record.ts'
import type { FollowDue } from './follow-store.ts'
import type { Look, LookRequest, LookResult } from './look.ts'
import { delayAfterFailure, delayAfterLook } from './next-look.ts'

/** The maximum duration of `Look`. */
export const LOOK_MS = 60_000
/** A claimed look is due again after this time unless it was finished. */
const TAKEN_MS = 2 * LOOK_MS
/**
 * The size of a batch, which runs in one process, and the number of simultaneous batches. A slow host delays only its own
 * batch.
 */
const MAX_AT_ONCE = 16
const MAX_BATCHES = 4
/** The maximum number of rate-limiting hosts that are remembered. */
const MAX_HOSTS = 1_000
const MAX_ROUNDS = 100

export interface LookDeps {
  look: Look
  /**
   * The submission for a branch or tag.
   *
   * @param readJob - Reads the request that a job was created for.
   * @param name - The name of the branch or tag; `null` for the default branch.
   */
  toRequest(
    readJob: (jobId: string) => Promise<JobIdentity | undefined>,
    repoUrl: string,
    name: string | null,
  ): Promise<SubmitRequest>
  submit: Submitter['submit']
  log: Log
  clock(): number
  /** Aborts looks in progress, which are due again soon. */
  signal: AbortSignal
  random?(): number
}

/** A look that this supervisor has claimed. */
interface ClaimedLook {
  item: FollowDue
  follow: Follow
}

export interface Looks {
  /** Start some of the due looks. Call this periodically. */
  step(): Promise<void>
  /** Resolves when no look is in progress. */
  settled(): Promise<void>
}

export function createLooks(backend: Backend, deps: LookDeps): Looks {
  const { look, submit, toRequest, log, clock, signal, random = Math.random } = deps
  const { follows, looks, jobs } = backend
  /** The time until which a rate-limiting host is not asked, keyed by host. */
  const limited = new LRUCache<string, number>({ max: MAX_HOSTS })
  const running = new Set<Promise<void>>()

  async function step(): Promise<void> {
    if (running.size >= MAX_BATCHES) return
    const taken: ClaimedLook[] = []
    for (const item of await looks.list()) {
      if (item.dueMs > clock() || taken.length === MAX_AT_ONCE || signal.aborted) break
      const one = await take(item)
      if (one !== undefined) taken.push(one)
    }
    if (taken.length === 0) return
    failpoint('look:taken')
    const batch: Promise<void> = lookAt(taken)
      .catch((error) => log.warn(forLog(error), 'looks at followed repositories are postponed'))
      .finally(() => running.delete(batch))
    running.add(batch)
  }

  async function lookAt(all: ClaimedLook[]): Promise<void> {
    const taken: ClaimedLook[] = []
    const requests: LookRequest[] = []
    for (const one of all) {
      try {
        requests.push(await toLookRequest(one))
        taken.push(one)
      } catch (error) {
        // Without the job, the patterns of docspool.json are unknown, and the refs that they match would be dropped.
        logPostponed(one, error)
      }
    }
    if (taken.length === 0) return
    const results = await look(requests, signal)
    if (signal.aborted) {
      for (const { item } of taken) await looks.move(item, clock())
      return
    }
    for (const one of taken) {
      const result = results.get(one.follow.id) ?? NO_ANSWER
      await settle(one, result).catch((error) => logPostponed(one, error))
    }
  }

  /** Log that a look is postponed; it is due again after `TAKEN_MS`. */
  function logPostponed({ follow }: ClaimedLook, error: unknown): void {
    log.warn({ ...forLog(error), repo_url: follow.repo_url }, 'a look at a followed repository is postponed')
  }

  async function take(item: FollowDue): Promise<ClaimedLook | undefined> {
    const moved = await looks.move(item, clock() + TAKEN_MS)
    if (moved === undefined) return undefined
    // Postponed: a newer version may be able to read the record.
    const follow = await follows.read(item.id).catch(orUnreadable)
    if (follow === 'unreadable') return undefined
    if (follow === undefined) {
      await looks.drop(moved)
      return undefined
    }
    const until = limited.get(hostOf(follow)) ?? 0
    if (until <= clock()) return { item: moved, follow }
    await looks.move(moved, until + random() * TAKEN_MS)
    return undefined
  }

  async function toLookRequest({ follow }: ClaimedLook): Promise<LookRequest> {
    const head = follow.refs.find(({ ref }) => ref === HEAD)
    const job = head === undefined ? undefined : await jobs.read(head.job_id)
    return {
      id: follow.id,
      repoUrl: follow.repo_url,
      wish: follow.wish,
      docsKey: job?.docs_key ?? null,
      repositoryWish: follow.repository_wish,
      documented: await readDocumentedRefs(backend, follow),
      counted: follow.counted ?? [],
    }
  }

  async function settle({ item, follow }: ClaimedLook, result: LookResult): Promise<void> {
    if (result.is === 'failed') {
      const failed = await record(follow, (now) => noteFailure(now, result.error))
      if (failed === undefined) return await looks.drop(item)
      const delayMs = delayAfterFailure(failed, result, random())
      if (result.isLimited) limited.set(hostOf(follow), clock() + delayMs)
      log.info({ repo_url: follow.repo_url, code: result.error.code }, 'a look at a followed repository failed')
      return await schedule(item, clock() + delayMs)
    }
    const known = new Map(follow.refs.map((one) => [one.ref, one]))
    const retries = await readDueRetries(backend, follow, clock())
    const moved = result.refs.filter(({ ref, commit }) => known.get(ref)?.commit !== commit || retries.has(ref))
    const kept = result.refs.flatMap(({ ref }) => (moved.some((one) => one.ref === ref) ? [] : (known.get(ref) ?? [])))
    if (result.repositoryWish === undefined) {
      const chosen = new Set(result.refs.map(({ ref }) => ref))
      const others = follow.refs.filter(({ ref }) => !chosen.has(ref) && isLeftOpen(follow, ref))
      append(kept, others.slice(0, MAX_REFS - chosen.size))
    }
    const submitted: FollowedRef[] = []
    let refused: unknown
    for (const { ref, commit } of moved) {
      try {
        submitted.push(await submitRef(follow, ref, commit, known.get(ref)))
      } catch (error) {
        // If the queue or the disk is full, the next look submits the remaining refs.
        refused ??= error
        const before = known.get(ref)
        if (before !== undefined) kept.push(before)
      }
    }
    failpoint('look:submitted')
    const refs = [...kept, ...submitted].sort((a, b) => (a.ref < b.ref ? -1 : 1))
    const next = await record(follow, (now) => noteLook(now, { ...result, refs }, clock()))
    failpoint('look:recorded')
    if (next === undefined) return await looks.drop(item)
    // The settings have changed since this look started.
    if (next.changed_at !== follow.changed_at) return await schedule(item, clock())
    if (refused !== undefined) {
      log.warn(
        { ...forLog(refused), repo_url: follow.repo_url },
        'some changes of a followed repository could not be submitted',
      )
      const { retryAfterSeconds = 0 } = refused instanceof AppError ? refused : {}
      const failure = { isLimited: false, isPassing: true, retryAfterMs: retryAfterSeconds * 1_000 }
      const failed = await record(next, (now) => noteFailure(now, toErrorRecord(refused)))
      return await schedule(item, clock() + delayAfterFailure(failed ?? next, failure, random()))
    }
    const waitsForRepository =
      (isLeftOpen(follow, BRANCH) || isLeftOpen(follow, TAG)) && moved.some(({ ref }) => ref === HEAD)
    const delayMs = delayAfterLook(next, { hasMoved: moved.length > 0, waitsForRepository }, clock(), random())
    await schedule(item, Math.min(clock() + delayMs, nextRetryMs(next, clock())))
    for (const { job_id } of submitted) {
      // The job may have ended before its ref was recorded.
      const job = await jobs.read(job_id)
      if (job !== undefined && isIn(job, 'failed')) await noteEndedJob(backend, job)
    }
  }

  async function submitRef(follow: Follow, ref: string, commit: string, before: FollowedRef | undefined) {
    const name = ref === HEAD ? null : refNameOf(ref)
    const request = await toRequest(readIdentity, follow.repo_url, name)
    // A ref may move back to a commit, so the key contains the previous commit and when it was submitted.
    const parts = [follow.id, follow.created_at, ref, before?.commit, before?.submitted_at, commit]
    const key = sha256Of(JSON.stringify(parts))
    const { job, outcome } = await submit({ ...request, hasMoved: true, idempotencyKey: `follow ${key}` })
    log.info({ job_id: job.job_id, ref, commit, outcome }, 'a followed repository has moved')
    const failure = before?.commit === commit ? before.failure : undefined
    const submitted_at = new Date(clock()).toISOString()
    return { ref, commit, job_id: job.job_id, submitted_at, ...(failure !== undefined && { failure }) }
  }

  async function readIdentity(jobId: string): Promise<JobIdentity | undefined> {
    const job = await jobs.read(jobId)
    return job && { repoUrl: job.repo_url, commitId: job.commit_id, options: job.options }
  }

  /** @returns The record as written; `undefined` when the repository is no longer followed. */
  async function record(follow: Follow, change: (now: Follow) => Follow): Promise<Follow | undefined> {
    let current: Follow | undefined = follow
    for (let round = 0; round < MAX_ROUNDS && current !== undefined; round++) {
      const written = await follows.update(current, change(current))
      if (written !== undefined) return written
      current = await follows.read(follow.id)
    }
    return undefined
  }

  /** Schedule the next look. If there are several entries, only the earliest is kept. */
  async function schedule(item: FollowDue, dueMs: number): Promise<void> {
    const moved = await looks.move(item, dueMs)
    const others = (await looks.list()).filter(({ id, dueMs }) => id === item.id && dueMs !== moved?.dueMs)
    if (moved === undefined || others.length === 0) return
    const [, ...later] = [moved, ...others].sort((a, b) => a.dueMs - b.dueMs)
    for (const duplicate of later) await looks.drop(duplicate)
  }

  return {
    step,
    async settled() {
      await Promise.all(running)
    },
  }
}

const BRANCH = 'refs/heads/'
const TAG = 'refs/tags/'

/** Whether the operator lets the repository decide which refs of this kind are kept. */
const isLeftOpen = ({ wish }: Follow, ref: string): boolean =>
  (wish.branches === undefined && ref.startsWith(BRANCH)) || (wish.tags === undefined && ref.startsWith(TAG))

const hostOf = ({ repo_url: url }: Follow): string => (URL.canParse(url) ? new URL(url).host : '')

const NO_ANSWER: LookResult = {
  is: 'failed',
  error: { code: 'HOST_UNREACHABLE', message: 'The host did not answer in time.', hint: null },
  isLimited: false,
  isPassing: true,
  retryAfterMs: 0,
}
