/**
 * Interface of a cache for files derived from a set that take long to make: archives and compressed large files.
 */

import type { ArchiveKind } from '#export/archive.ts'
import type { StoredBytes } from '#store/model.ts'
import type { Caller } from './limits/concurrency-limit.ts'

export type Wanted = { kind: 'archive'; key: string; archive: ArchiveKind; id: string } | GzipWanted

/** A compressed file of a set. */
export interface GzipWanted {
  kind: 'gzip'
  key: string
  name: string
  /** SHA-256 of the file, hex. */
  id: string
}

export interface MadeStore {
  /** The cached file, if it is intact. */
  find(wanted: Wanted): Promise<StoredBytes | undefined>
  /** True while it is being made. */
  isMaking(wanted: Wanted): boolean
  /**
   * Make it, or wait for it if it is being made. This continues when the caller disconnects.
   *
   * @param waitMs - The longest time to wait.
   * @returns `undefined` when it is not ready in time.
   * @throws {ServerBusy} Too many others are waiting.
   * @throws {TookTooLong}
   */
  make(wanted: Wanted, caller: Caller, waitMs: number): Promise<StoredBytes | undefined>
}
