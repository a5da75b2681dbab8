/** Calculates when to look at a followed repository next. Pure. */

import type { Follow } from './follow-record.ts'

const MINUTE_MS = 60_000
/** The delay after a webhook, so that several pushes in a row cause one look. */
export const TOLD_MS = 1_000
/** A host may send the webhook before its refs are updated: look again after this time if nothing has moved. */
const LATE_MS = 30_000
/** The delay after the first documents are made, whose `docspool.json` may name more branches and tags. */
const SAID_MS = 2 * MINUTE_MS
const MAX_BACKOFF_MS = 24 * 60 * MINUTE_MS
/** Looks are spread over the last tenth of the interval, which is never exceeded. */
const JITTER = 0.1

export interface LookFailure {
  /** The host has limited the rate of requests. */
  isLimited: boolean
  /** The failure is temporary. */
  isPassing: boolean
  /** The minimum delay that the host has asked for. */
  retryAfterMs: number
}

/**
 * The delay after a successful look.
 *
 * @param random - 0 to 1.
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
  const soonest = isEarly ? LATE_MS : waitsForRepository ? SAID_MS : Number.POSITIVE_INFINITY
  return Math.min(soonest, everyMs * (1 - JITTER * random))
}

/**
 * The delay after a failed look: exponential backoff, and at least what the host has asked for. Temporary failures are
 * retried before the end of the interval; rate limits and permanent failures later.
 *
 * @param follow - Includes this failure.
 * @param random - 0 to 1.
 */
export function delayAfterFailure(follow: Follow, failure: LookFailure, random: number): number {
  const everyMs = follow.every_minutes * MINUTE_MS
  const doubled = 2 ** Math.min(follow.failures - 1, 20)
  const isSoon = failure.isPassing && !failure.isLimited
  const least = isSoon ? Math.min(everyMs, MINUTE_MS * doubled) : everyMs * doubled
  const most = Math.max(everyMs, MAX_BACKOFF_MS)
  return Math.min(most, Math.max(failure.retryAfterMs, least)) * (1 + JITTER * random)
}
