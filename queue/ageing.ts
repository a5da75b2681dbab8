/** The order of the queue: priority with ageing, so that no job waits forever. Pure. */

import type { Entry } from './backend.ts'

/** One step of priority is worth this much waiting time. */
export const AGEING_MS = 3_600_000

/**
 * The rank of an entry; the lowest is first, and ties go to the higher priority. Ranks never change, so entries are never moved.
 */
export const rankOf = (entry: Pick<Entry, 'priority' | 'submittedMs'>): number =>
  entry.submittedMs + entry.priority * AGEING_MS
