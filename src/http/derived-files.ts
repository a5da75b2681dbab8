/** Interface of a cache for what takes long to make of a set: its archives. */

import type { ArchiveKind } from '#export/archive.ts'
import type { SiteVersions } from '#export/site-versions.ts'
import type { StoredBytes } from '#store/model.ts'
import type { Caller } from './limits/concurrency-limit.ts'

export interface DerivedFile {
  /** The set's key. */
  key: string
  archive: ArchiveKind
  /** See `archiveId`. */
  id: string
  /** For the switcher of a site. */
  versions?: SiteVersions | undefined
}

export interface DerivedFileStore {
  /** The cached file, if it is intact. */
  find(wanted: DerivedFile): Promise<StoredBytes | undefined>
  /** True while it is being made. */
  isMaking(wanted: DerivedFile): boolean
  /**
   * Make it, or wait for it if it is being made. This continues when the caller disconnects.
   *
   * @param waitMs - The longest time to wait.
   * @returns `undefined` when it is not ready in time.
   * @throws {ServerBusy} Too many others are waiting.
   * @throws {TookTooLong}
   */
  make(wanted: DerivedFile, caller: Caller, waitMs: number): Promise<StoredBytes | undefined>
}
