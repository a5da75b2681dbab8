/**
 * What takes long to make of a set and is made once: an archive, a large file compressed. Whoever has a disk gives the
 * application a store of such things; here is what it asks of one.
 */

import type { ArchiveKind } from '#export/archive.ts'
import type { StoredBytes } from '#store/model.ts'
import type { Caller } from './limits/concurrency-limit.ts'

export type Wanted = { kind: 'archive'; key: string; archive: ArchiveKind; id: string } | GzipWanted

/** A file of a set, compressed. */
export interface GzipWanted {
  kind: 'gzip'
  key: string
  name: string
  /** SHA-256 of the file, hex. */
  id: string
}

export interface MadeStore {
  /** What was made before, if it is whole. */
  find(wanted: Wanted): Promise<StoredBytes | undefined>
  /** True while it is being made. */
  isMaking(wanted: Wanted): boolean
  /**
   * Make it, or wait for it where it is being made; it is made on where the caller has gone.
   *
   * @param waitMs - For so long.
   * @returns `undefined` when it is not ready then.
   * @throws {ServerBusy} Too many others are to be made before.
   * @throws {TookTooLong}
   */
  make(wanted: Wanted, caller: Caller, waitMs: number): Promise<StoredBytes | undefined>
}
