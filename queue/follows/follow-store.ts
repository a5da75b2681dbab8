/** The storage interface of follows. */

import type { Follow } from './follow-record.ts'

/** Records of followed repositories, with compare-and-swap. */
export interface FollowStore {
  /** The newest revision. */
  read(id: string): Promise<Follow | undefined>
  /** Ids of all followed repositories, and of some that were removed. Opens no records. */
  list(): Promise<string[]>
  /** Write the first revision, durably. @returns The record as written; `undefined` when the repository is already followed. */
  create(follow: Follow): Promise<Follow | undefined>
  /**
   * Write `next` as the revision after `current`, durably.
   *
   * @returns The record as written, or `undefined` when another process wrote this revision first.
   */
  update(current: Follow, next: Follow): Promise<Follow | undefined>
  /** Delete the record, durably. @returns false when it has changed since or does not exist. */
  remove(follow: Follow): Promise<boolean>
}

/** A scheduled check of the refs of a followed repository. */
export interface FollowDue {
  id: string
  /** Milliseconds since the epoch. */
  dueMs: number
}

/**
 * The schedule of checks of followed repositories. A supervisor claims a check by moving it to a later time, which only
 * one process can do.
 */
export interface FollowSchedule {
  /** Schedule a check for this time, unless one is due earlier. Durable when it resolves. */
  hasten(id: string, dueMs: number): Promise<void>
  /** All scheduled checks, the earliest first. */
  list(): Promise<FollowDue[]>
  /** Reschedule a check. @returns The new entry; `undefined` when another process has moved or removed it. */
  move(item: FollowDue, dueMs: number): Promise<FollowDue | undefined>
  drop(item: FollowDue): Promise<void>
}
