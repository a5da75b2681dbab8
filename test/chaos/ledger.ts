/** What was asked of the server and what it answered: the side of the books that the spool is held against. */

import type { JobView, Outcome } from '#queue/contract.ts'

/** An answer that promises something: it was given, so it must hold. */
export interface Promised {
  jobId: string
  /** `submit`: the job ends after this revision. `answer`: the job is known. `delete`: it is gone. */
  what: 'submit' | 'answer' | 'delete'
  /** The revision the answer showed; 0 for `delete`. */
  rev: number
  /** `performance.now()` when it was asked. */
  askedAt: number
}

export interface Ledger {
  readonly promised: Promised[]
  /** Requests that may have queued a job, answered or not, and the latest time at which they may have done so. */
  readonly submissions: { jobId: string; endedAt: number }[]
  /** By status of the answer; 0: none came. */
  readonly answers: Map<number, number>
  readonly outcomes: Map<string, number>
  /** Idempotency keys whose answers named different jobs. */
  readonly splitKeys: Set<string>
  /** Answers that no client expects of this server. */
  readonly oddAnswers: string[]
}

export function createLedger(): Ledger {
  return {
    promised: [],
    submissions: [],
    answers: new Map(),
    outcomes: new Map(),
    splitKeys: new Set(),
    oddAnswers: [],
  }
}

export type Submitted = JobView & { outcome: Outcome }

export function increment<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
