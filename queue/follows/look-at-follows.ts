/**
 * Checks the refs of followed repositories when due; `record-look.ts` then submits jobs for refs that have moved. A supervisor
 * claims a check by moving its entry in the schedule past the maximum duration of a check, so that it is due again if it dies.
 */

import { LRUCache } from 'lru-cache'
import { failpoint } from '#base/failpoint.ts'
import { forLog } from '#base/log.ts'
import type { Backend } from '#queue/backend.ts'
import { orUnreadable } from '#queue/unreadable-records.ts'
import { readDocumentedRefs } from './documented-refs.ts'
import { type Follow, HEAD } from './follow-record.ts'
import type { FollowDue } from './follow-store.ts'
import type { Look, LookRequest, LookResult } from './look.ts'
import { type ClaimedLook, LookRecorder, type RecorderDeps } from './record-look.ts'

/** The maximum duration of `Look`. */
export const LOOK_MS = 60_000
/** A claimed check is due again after this time unless it was finished. */
const TAKEN_MS = 2 * LOOK_MS
/**
 * The size of a batch, which runs in one process, and the number of simultaneous batches. A slow host delays only its own batch.
 */
const MAX_AT_ONCE = 16
const MAX_BATCHES = 4
/** The maximum number of rate-limiting hosts that are remembered. */
const MAX_HOSTS = 1_000

export interface LookDeps extends RecorderDeps {
  look: Look
  /** Aborts checks in progress, which are due again soon. */
  signal: AbortSignal
}

export interface Looks {
  /** Start some of the due checks. Call this periodically. */
  step(): Promise<void>
  /** Resolves when no check is in progress. */
  settled(): Promise<void>
}

export function createLooks(backend: Backend, deps: LookDeps): Looks {
  const { look, log, clock, signal, random = Math.random } = deps
  const { follows, looks, jobs } = backend
  /** The time until which a rate-limiting host is not asked, keyed by host. */
  const limited = new LRUCache<string, number>({ max: MAX_HOSTS })
  const recorder = new LookRecorder(backend, deps)
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
      .catch((error) => log.warn(forLog(error), 'checks of followed repositories are postponed'))
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
      try {
        const limitedMs = await recorder.record(one, results.get(one.follow.id) ?? NO_ANSWER)
        if (limitedMs > 0) limited.set(hostOf(one.follow), clock() + limitedMs)
      } catch (error) {
        logPostponed(one, error)
      }
    }
  }

  /** Log that a check is postponed; it is due again after `TAKEN_MS`. */
  function logPostponed({ follow }: ClaimedLook, error: unknown): void {
    log.warn({ ...forLog(error), repo_url: follow.repo_url }, 'the check of a followed repository is postponed')
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

  return {
    step,
    async settled() {
      await Promise.all(running)
    },
  }
}

const hostOf = ({ repo_url: url }: Follow): string => (URL.canParse(url) ? new URL(url).host : '')

const NO_ANSWER: LookResult = {
  is: 'failed',
  error: { code: 'HOST_UNREACHABLE', message: 'The host did not answer in time.', hint: null },
  isLimited: false,
  isPassing: true,
  retryAfterMs: 0,
}
