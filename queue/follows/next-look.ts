/** Calculates when a followed repository is checked next. Pure. */

import type { Follow } from './follow-record.ts'

const MINUTE_MS = 60_000
/** The delay after a webhook, so that several pushes in a row cause one check. */
export const WEBHOOK_DELAY_MS = 1_000
/** The delay after a webhook that was followed by no change, because a host may send it before its refs are updated. */
const LATE_MS = 30_000
/**
 * The delay after a new version of the default branch was submitted, because its `docspool.json` may name more branches and tags.
 */
const REPOSITORY_WISH_MS = 2 * MINUTE_MS
const MAX_BACKOFF_MS = 24 * 60 * MINUTE_MS
/** Checks are spread over the last tenth of the interval; after failures, delays are extended by up to a tenth. */
const JITTER = 0.1

export interface LookFailure {
  /** Whether the host has limited the rate of requests. */
  isLimited: boolean
  /** Whether the failure is temporary. */
  isPassing: boolean
  /** The minimum delay that the host has requested. */
  retryAfterMs: number
}

/**
 * The delay after a successful check.
 *
 * @param random - A random number from 0 to 1.
 */
export function delayAfterLook(
  follow: Follow,
  { hasMoved, waitsForRepository }: { hasMoved: boolean; waitsForRepository: boolean },
  now: number,
  random: number,
): number {
  const everyMs = follow.every_minutes * MINUTE_MS
  const toldMs = follow.told_at === null ? Number.NEGATIVE_INFINITY : Date.parse(follow.told_at)
  const isEarly = !hasMoved && now - toldMs < LATE_MS
  const soonest = isEarly ? LATE_MS : waitsForRepository ? REPOSITORY_WISH_MS : Number.POSITIVE_INFINITY
  return Math.min(soonest, everyMs * (1 - JITTER * random))
}

/**
 * The delay after a failed check: exponential backoff, and at least the delay that the host has requested, up to a day or the
 * interval. Temporary failures are retried before the end of the interval; rate limits and permanent failures later.
 *
 * @param follow - The record, including this failure.
 * @param random - A random number from 0 to 1.
 */
export function delayAfterFailure(follow: Follow, failure: LookFailure, random: number): number {
  const everyMs = follow.every_minutes * MINUTE_MS
  const doubled = 2 ** Math.min(follow.failures - 1, 20)
  const isSoon = failure.isPassing && !failure.isLimited
  const minMs = isSoon ? Math.min(everyMs, MINUTE_MS * doubled) : everyMs * doubled
  const maxMs = Math.max(everyMs, MAX_BACKOFF_MS)
  return Math.min(maxMs, Math.max(failure.retryAfterMs, minMs)) * (1 + JITTER * random)
}
