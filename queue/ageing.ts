/** The order of the queue: priority with ageing, so that no job waits forever. Pure. */

import type { Entry } from './backend.ts'

/** A step of priority equals an hour of waiting. */
export const AGEING_MS = 3_600_000

/** The order of the queue, lowest first; ties go to the higher priority. It never changes, so entries are never moved. */
export const rankOf = (entry: Pick<Entry, 'priority' | 'submittedMs'>): number =>
  entry.submittedMs + entry.priority * AGEING_MS
