/**
 * The interface that `docspool move` needs from a storage besides `Backend`: list everything, and write it as it was in another
 * storage.
 */

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

/** The state of a move, recorded in its target. */
export interface Move {
  /** `Transfer.id` of the source. */
  source: string
  isFinished: boolean
}

/** Lists are in no particular order. Restored items are durable after `sync`; existing items are not changed. */
export interface Transfer {
  /** Identifies the storage, such as `spool 0f…` or `database 3a…`. */
  readonly id: string
  listJobs(): AsyncIterable<Job>
  /** Write a record with its revision, without indexing it. */
  restoreJob(job: Job): Promise<void>
  restoreFollow(follow: Follow): Promise<void>
  listKeys(): AsyncIterable<HashedKey>
  restoreKey(key: HashedKey): Promise<void>
  listExpired(): AsyncIterable<ExpiredMark>
  restoreExpired(mark: ExpiredMark): Promise<void>
  /** All pending webhooks, due or not. */
  listOutbox(): AsyncIterable<OutboxItem>
  restorePause(pause: Pause): Promise<void>
  /** Make everything that was restored durable. */
  sync(): Promise<void>
  readMove(): Promise<Move | undefined>
  /** Durable when it resolves. */
  writeMove(move: Move): Promise<void>
}

/** An item that is moved, for comparison: `text` is equal in both storages. */
export interface MovedItem {
  id: string
  text: string
}

/** All items of one kind. */
export interface MovedPart {
  /** The kind, such as `jobs`. */
  name: string
  /** Copy all items that are missing in the target. Yields each item of the source when it is copied. */
  copy(): AsyncIterable<MovedItem>
  /** The items that the target contains. */
  list(): AsyncIterable<MovedItem>
}
