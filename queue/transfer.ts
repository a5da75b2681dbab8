/** What `docspool move` needs of a storage beside its `Backend`: everything listed, and written as it was in another one. */

import type { KeyRecord, OutboxItem } from './backend.ts'
import type { Pause } from './contract.ts'
import type { Follow } from './follows/follow-record.ts'
import type { Job } from './job.ts'

/** An idempotency key. The key itself is not stored. */
export interface HashedKey {
  /** SHA-256 of the key, 64 hex digits. */
  hash: string
  record: KeyRecord
  takenMs: number
}

/** A mark of a job that was removed because it expired. */
export interface ExpiredMark {
  jobId: string
  atMs: number
}

/** Recorded in the target of a move. */
export interface Move {
  /** `Transfer.id` of the source. */
  source: string
  isFinished: boolean
}

/** Lists are in no order. What is restored is durable after `sync`; what is there already stays as it is. */
export interface Transfer {
  /** Identifies the storage: `spool 0f…`, `database 3a…`. */
  readonly id: string
  listJobs(): AsyncIterable<Job>
  /** Write a record with its revision. It is in no index then. */
  restoreJob(job: Job): Promise<void>
  restoreFollow(follow: Follow): Promise<void>
  listKeys(): AsyncIterable<HashedKey>
  restoreKey(key: HashedKey): Promise<void>
  listExpired(): AsyncIterable<ExpiredMark>
  restoreExpired(mark: ExpiredMark): Promise<void>
  /** Pending webhooks, whenever they are due. */
  listOutbox(): AsyncIterable<OutboxItem>
  restorePause(pause: Pause): Promise<void>
  sync(): Promise<void>
  readMove(): Promise<Move | undefined>
  /** Durable when it resolves. */
  writeMove(move: Move): Promise<void>
}

/** One thing that is moved: the same text in both storages. */
export interface MovedItem {
  id: string
  text: string
}

/** All things of one kind. */
export interface MovedPart {
  /** `jobs`. */
  name: string
  /** Copy everything that is missing in the target. Yields what the source has. */
  copy(): AsyncIterable<MovedItem>
  /** What the target has. */
  list(): AsyncIterable<MovedItem>
}
