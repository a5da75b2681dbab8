/** Entries of the queue as rows of the database, and their order. */

import { rankOf } from '#queue/ageing.ts'
import type { Entry } from '#queue/backend.ts'

export interface EntryRow {
  job_id: string
  submitted_ms: number
  priority: number
  rank: number
}

export const toEntryRow = (entry: Entry): EntryRow => ({
  job_id: entry.jobId,
  submitted_ms: Math.trunc(entry.submittedMs),
  priority: entry.priority,
  rank: Math.trunc(rankOf(entry)),
})

export const toEntry = ({ job_id, priority, submitted_ms }: Omit<EntryRow, 'rank'>): Entry => ({
  jobId: job_id,
  priority,
  submittedMs: submitted_ms,
})

/** Whether an entry comes before another in the queue. */
export const isBefore = (one: EntryRow, other: EntryRow): boolean =>
  one.rank < other.rank ||
  (one.rank === other.rank &&
    (one.priority < other.priority || (one.priority === other.priority && one.job_id < other.job_id)))
