/** Which branches and tags of a followed repository are documented, and how often its host is asked for changes. Pure. */

import { z } from 'zod'
import { isRefPattern, PATTERN_FORM } from './ref-patterns.ts'

const MAX_PATTERNS = 20
/** Upper limit of `keep`: the number of branches, and of tags, kept besides the default branch. */
export const MAX_KEPT = 100
const DEFAULT_KEPT = 20

const Patterns = z.array(z.string().refine(isRefPattern, `expected ${PATTERN_FORM}`)).max(MAX_PATTERNS)

const KEPT_FORM = `expected a whole number from 1 to ${MAX_KEPT}`
const Kept = z.int(KEPT_FORM).min(1, KEPT_FORM).max(MAX_KEPT, KEPT_FORM)

/** The refs that the operator, or the repository in its `docspool.json`, wants to keep. The default branch is always kept. */
export const FollowWish = z.object({
  branches: Patterns.optional(),
  tags: Patterns.optional(),
  keep: Kept.optional(),
})
export type FollowWish = z.infer<typeof FollowWish>

/** The patterns by which refs are chosen. */
export const RefSelection = z.object({ branches: Patterns, tags: Patterns, keep: Kept })
export type RefSelection = z.infer<typeof RefSelection>

/**
 * Complete the operator's wish with the repository's own.
 *
 * @param fallback - The repository's wish. It can lower the number of kept refs, but not raise it.
 */
export function completeWish(given: FollowWish, fallback: FollowWish): RefSelection {
  const maxKept = given.keep ?? DEFAULT_KEPT
  return {
    branches: given.branches ?? fallback.branches ?? [],
    tags: given.tags ?? fallback.tags ?? [],
    keep: Math.min(maxKept, fallback.keep ?? maxKept),
  }
}

export const MIN_EVERY_MINUTES = 15
export const MAX_EVERY_MINUTES = 30 * 24 * 60
const UNITS: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1_440 }

/** Parse `15m`, `6h` or `2d` to minutes; `undefined` if invalid or not between 15 minutes and 30 days. */
export function parseEvery(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? []
  const minutes = Number(count) * (UNITS[unit] ?? Number.NaN)
  return minutes >= MIN_EVERY_MINUTES && minutes <= MAX_EVERY_MINUTES ? minutes : undefined
}

/** Format minutes as `15m`, `6h` or `2d`, in the largest unit that divides them. */
export function formatEvery(minutes: number): string {
  if (minutes % 1_440 === 0) return `${minutes / 1_440}d`
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`
}
