/** Interface of a cache for files that are slow to generate from a set: its archives. */

import type { Caller } from '#base/caller.ts'
import type { ArchiveKind } from '#export/archive.ts'
import type { SiteVersions } from '#export/site-versions.ts'
import type { StoredBytes } from '#store/model.ts'

export interface DerivedFile {
  /** The set's key. */
  key: string
  archive: ArchiveKind
  /** See `archiveId`. */
  id: string
  /** The versions in the switcher of a site. */
  versions?: SiteVersions | undefined
}

export interface DerivedFileStore {
  /** The cached file, if it is intact. */
  find(wanted: DerivedFile): Promise<StoredBytes | undefined>
  /** True while the file is being generated. */
  isMaking(wanted: DerivedFile): boolean
  /**
   * Generate the file, or wait if it is being generated. Generation continues when the caller disconnects.
   *
   * @param waitMs - The longest time to wait.
   * @returns `undefined` when it is not ready in time.
   * @throws {ServerBusy} Too many requests are waiting.
   * @throws {TookTooLong}
   */
  make(wanted: DerivedFile, caller: Caller, waitMs: number): Promise<StoredBytes | undefined>
}
