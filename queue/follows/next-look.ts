/** When a followed repository is looked at next. Pure. */

import type { Follow } from './follow-record.ts'

const MINUTE_MS = 60_000
/** After a webhook, so that several pushes at once make one look. */
export const TOLD_MS = 1_000
/** A host may list refs a moment after it has sent the webhook of a push: look again when nothing has moved. */
const LATE_MS = 30_000
/** The look that follows a first documentation, whose `docspool.json` may name further branches and tags. */
const SAID_MS = 2 * MINUTE_MS
const MAX_BACKOFF_MS = 24 * 60 * MINUTE_MS
/** Looks are spread over this last part of the interval, so that it is never exceeded. */
const JITTER = 0.1

export interface LookFailure {
  /** The host limits how often it may be asked. */
  isLimited: boolean
  /** The same look may succeed soon. */
  isPassing: boolean
  /** The shortest time that the host has asked for. */
  retryAfterMs: number
}

/**
 * The delay after a look that succeeded.
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
 * The delay after a failed look: exponential, and at least what the host asked for. Failures that pass are tried again sooner
 * than the interval; limits and lasting ones later.
 *
 * @param follow - With this failure counted.
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
