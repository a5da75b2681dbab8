/**
 * Records checks of followed repositories: submits jobs for the refs that have moved, records what was seen, and schedules the next
 * check. Submissions are idempotent and recorded afterwards, so a repeated check submits nothing twice.
 */

import { AppError, toErrorRecord } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import type { JobIdentity } from '#base/job-id.ts'
import { forLog, type Log } from '#base/log.ts'
import { sha256Of } from '#base/sha256.ts'
import type { Backend } from '#queue/backend.ts'
import type { SubmitRequest } from '#queue/contract.ts'
import { isIn } from '#queue/job.ts'
import type { Submitter } from '#queue/submit.ts'
import { nextRetryMs, noteEndedJob, readDueRetries } from './failed-refs.ts'
import { type Follow, type FollowedRef, HEAD, MAX_REFS, noteFailure, noteLook, refNameOf } from './follow-record.ts'
import type { FollowDue } from './follow-store.ts'
import type { LookResult } from './look.ts'
import { delayAfterFailure, delayAfterLook } from './next-look.ts'

const MAX_ROUNDS = 100
const BRANCH = 'refs/heads/'
const TAG = 'refs/tags/'

export interface RecorderDeps {
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
  random?(): number
}

/** A check that this supervisor has claimed. */
export interface ClaimedLook {
  item: FollowDue
  follow: Follow
}

/** What a check found; see `LookResult`. */
type Seen = Extract<LookResult, { is: 'seen' }>
type Failed = Extract<LookResult, { is: 'failed' }>

export class LookRecorder {
  readonly #backend: Backend
  readonly #deps: Required<RecorderDeps>

  constructor(backend: Backend, deps: RecorderDeps) {
    this.#backend = backend
    this.#deps = { random: Math.random, ...deps }
  }

  /** @returns How long to wait before asking the host again, in milliseconds; 0 unless it limits requests. */
  async record(look: ClaimedLook, result: LookResult): Promise<number> {
    if (result.is === 'failed') return await this.#recordFailure(look, result)
    await this.#recordRefs(look, result)
    return 0
  }

  async #recordFailure({ item, follow }: ClaimedLook, result: Failed): Promise<number> {
    const { log, clock, random } = this.#deps
    const failed = await this.#update(follow, (now) => noteFailure(now, result.error))
    if (failed === undefined) {
      await this.#backend.looks.drop(item)
      return 0
    }
    const delayMs = delayAfterFailure(failed, result, random())
    log.info({ repo_url: follow.repo_url, code: result.error.code }, 'the check of a followed repository failed')
    await this.#schedule(item, clock() + delayMs)
    return result.isLimited ? delayMs : 0
  }

  async #recordRefs({ item, follow }: ClaimedLook, seen: Seen): Promise<void> {
    const { clock, random } = this.#deps
    const known = new Map(follow.refs.map((one) => [one.ref, one]))
    const retries = await readDueRetries(this.#backend, follow, clock())
    const moved = seen.refs.filter(({ ref, commit }) => known.get(ref)?.commit !== commit || retries.has(ref))
    const { submitted, unsubmitted, refused } = await this.#submitAll(follow, moved, known)
    failpoint('look:submitted')
    const refs = [...keptRefs(follow, seen, moved, known), ...unsubmitted, ...submitted]
    refs.sort((a, b) => (a.ref < b.ref ? -1 : 1))
    const next = await this.#update(follow, (now) => noteLook(now, { ...seen, refs }, clock()))
    failpoint('look:recorded')
    if (next === undefined) return await this.#backend.looks.drop(item)
    // The settings have changed since this check started.
    if (next.changed_at !== follow.changed_at) return await this.#schedule(item, clock())
    if (refused !== undefined) return await this.#postpone(item, next, refused)
    const isEitherOpen = isLeftOpen(follow, BRANCH) || isLeftOpen(follow, TAG)
    const waitsForRepository = isEitherOpen && moved.some(({ ref }) => ref === HEAD)
    const delayMs = delayAfterLook(next, { hasMoved: moved.length > 0, waitsForRepository }, clock(), random())
    await this.#schedule(item, Math.min(clock() + delayMs, nextRetryMs(next, clock())))
    for (const { job_id } of submitted) {
      // The job may have ended before its ref was recorded.
      const job = await this.#backend.jobs.read(job_id)
      if (job !== undefined && isIn(job, 'failed')) await noteEndedJob(this.#backend, job)
    }
  }

  /** @returns `unsubmitted`: the previous entries of refs that could not be submitted; `refused`: the first error. */
  async #submitAll(follow: Follow, moved: Seen['refs'], known: ReadonlyMap<string, FollowedRef>) {
    const submitted: FollowedRef[] = []
    const unsubmitted: FollowedRef[] = []
    let refused: unknown
    for (const { ref, commit } of moved) {
      const before = known.get(ref)
      try {
        submitted.push(await this.#submit(follow, ref, commit, before))
      } catch (error) {
        // If the queue or the disk is full, the next check submits the remaining refs.
        refused ??= error
        if (before !== undefined) unsubmitted.push(before)
      }
    }
    return { submitted, unsubmitted, refused }
  }

  async #submit(follow: Follow, ref: string, commit: string, before: FollowedRef | undefined): Promise<FollowedRef> {
    const { toRequest, submit, log, clock } = this.#deps
    const name = ref === HEAD ? null : refNameOf(ref)
    const request = await toRequest((jobId) => this.#readIdentity(jobId), follow.repo_url, name)
    // A ref may move back to a commit, so the key contains the previous commit and when it was submitted.
    const parts = [follow.id, follow.created_at, ref, before?.commit, before?.submitted_at, commit]
    const key = sha256Of(JSON.stringify(parts))
    const { job, outcome } = await submit({ ...request, hasMoved: true, idempotencyKey: `follow ${key}` })
    log.info({ job_id: job.job_id, ref, commit, outcome }, 'a ref of a followed repository has moved')
    const failure = before?.commit === commit ? before.failure : undefined
    const submitted_at = new Date(clock()).toISOString()
    return { ref, commit, job_id: job.job_id, submitted_at, ...(failure !== undefined && { failure }) }
  }

  async #readIdentity(jobId: string): Promise<JobIdentity | undefined> {
    const job = await this.#backend.jobs.read(jobId)
    return job && { repoUrl: job.repo_url, commitId: job.commit_id, options: job.options }
  }

  /** Check again later, because some of the moved refs could not be submitted. */
  async #postpone(item: FollowDue, follow: Follow, refused: unknown): Promise<void> {
    const { log, clock, random } = this.#deps
    const message = 'some changes of a followed repository could not be submitted'
    log.warn({ ...forLog(refused), repo_url: follow.repo_url }, message)
    const { retryAfterSeconds = 0 } = refused instanceof AppError ? refused : {}
    const failure = { isLimited: false, isPassing: true, retryAfterMs: retryAfterSeconds * 1_000 }
    const failed = await this.#update(follow, (now) => noteFailure(now, toErrorRecord(refused)))
    await this.#schedule(item, clock() + delayAfterFailure(failed ?? follow, failure, random()))
  }

  /** @returns The record as written; `undefined` when the repository is no longer followed. */
  async #update(follow: Follow, change: (now: Follow) => Follow): Promise<Follow | undefined> {
    let current: Follow | undefined = follow
    for (let round = 0; round < MAX_ROUNDS && current !== undefined; round++) {
      const written = await this.#backend.follows.update(current, change(current))
      if (written !== undefined) return written
      current = await this.#backend.follows.read(follow.id)
    }
    return undefined
  }

  /** Schedule the next check. If there are several entries, only the earliest is kept. */
  async #schedule(item: FollowDue, dueMs: number): Promise<void> {
    const { looks } = this.#backend
    const moved = await looks.move(item, dueMs)
    const others = (await looks.list()).filter(({ id, dueMs }) => id === item.id && dueMs !== moved?.dueMs)
    if (moved === undefined || others.length === 0) return
    const [, ...later] = [moved, ...others].sort((a, b) => a.dueMs - b.dueMs)
    for (const duplicate of later) await looks.drop(duplicate)
  }
}

/** The known refs that have not moved. If the repository's wish is unknown, also the unseen refs that depend on it. */
function keptRefs(
  follow: Follow,
  { refs, repositoryWish }: Seen,
  moved: Seen['refs'],
  known: ReadonlyMap<string, FollowedRef>,
): FollowedRef[] {
  const movedNames = new Set(moved.map(({ ref }) => ref))
  const kept = refs.flatMap(({ ref }) => (movedNames.has(ref) ? [] : (known.get(ref) ?? [])))
  if (repositoryWish !== undefined) return kept
  const seen = new Set(refs.map(({ ref }) => ref))
  const others = follow.refs.filter(({ ref }) => !seen.has(ref) && isLeftOpen(follow, ref))
  return [...kept, ...others.slice(0, MAX_REFS - seen.size)]
}

/** Whether the operator lets the repository decide which refs of this kind are kept. */
const isLeftOpen = ({ wish }: Follow, ref: string): boolean =>
  (wish.branches === undefined && ref.startsWith(BRANCH)) || (wish.tags === undefined && ref.startsWith(TAG))
