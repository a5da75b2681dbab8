/**
 * Published document sets on disk: `docs/<key>/` with `manifest.json`, `set.pack` and, if the set contains source files,
 * `sources.pack` with its table. A set stored as a delta to other versions also has `base-1.pack` and so on. A set is published
 * completely or not at all (`publish-set.ts`) and never changes, so manifests are cached. In sets of version 1, each file of the
 * set is a separate file on disk.
 */

import type { Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import { isErrno } from '#base/errors.ts'
import { isTemporaryLeft, isTemporaryName, listToRemove } from '#base/files.ts'
import { createLoadCache } from '#base/load-cache.ts'
import { streamFile } from './file-stream.ts'
import { MANIFEST, PACKED_MANIFEST, readManifestIn } from './manifest-file.ts'
import type { Manifest, SetFile, SetPage, SourceRow, StoredBytes, StoredSource } from './model.ts'
import { createPartReader } from './part-reader.ts'
import { isPlainFile, readPlainFile } from './plain-file.ts'
import { type NewSet, publishSet } from './publish-set.ts'
import { removeIf } from './remove.ts'
import { measureFolder, type Size } from './size.ts'
import { createSourceReader } from './source-reader.ts'
import { createUseNotes, readUse, writeUse } from './use.ts'

/** Reads sets. Names are looked up in the manifest and never joined to a path unchecked. */
export interface SetReader {
  readManifest(key: string): Promise<Manifest | undefined>
  /** Checks on disk whether the set exists, even if its manifest is cached. */
  has(key: string): Promise<boolean>
  /** The bytes of a file that the manifest lists. */
  readFile(key: string, name: string): Promise<Uint8Array | undefined>
  /** Part of such a file: the bytes from `from` (inclusive) to `to` (exclusive), fewer at its end. */
  readBytes?(key: string, name: string, from: number, to: number): Promise<Uint8Array | undefined>
  /** A file that the manifest lists, as a stream. */
  openFile?(key: string, name: string): Promise<StoredBytes | undefined>
  /** A file that the manifest lists, as a stream of gzip; `undefined` also if it is not stored as gzip. */
  openPacked?(key: string, name: string): Promise<StoredBytes | undefined>
  /** The sanitised HTML of a page that the manifest lists by its Markdown file, in UTF-8. */
  readHtml(key: string, page: string): Promise<Uint8Array | undefined>
  /** The source files stored in the set, sorted by path. */
  listSources(key: string): Promise<SourceRow[]>
  /** A source file by its name or, if none has that name, by its path. */
  findSource(key: string, name: string): Promise<SourceRow | undefined>
  /** @param name - The name of a `SourceRow`. */
  readSource(key: string, name: string): Promise<StoredSource | undefined>
  /** Record that the set is in use. Returns at once and never throws. */
  noteUse(key: string): void
}

export interface SetWriter {
  /**
   * Publish a set. It becomes visible when all of it is durable.
   *
   * @param neighbours - Keys of sets of other versions, the most similar first. Parts that the new set shares with one of them
   *   are not stored again; the sets can be removed in any order.
   * @returns The key: 64 hex digits, a hash of the manifest and all bytes of the set, so equal sets share one folder.
   */
  publish(set: NewSet, neighbours?: readonly string[]): Promise<string>
  /** Delete a set. Readers that have its manifest get `undefined` for its files. */
  remove(key: string): Promise<void>
  /** Delete a set unless it was used after `usedMs`, a value of `lastUse`. @returns Whether it was deleted. */
  removeUnused(key: string, usedMs: number): Promise<boolean>
  /** When the set was last published, renewed or used; `undefined` when it does not exist. */
  lastUse(key: string): Promise<number | undefined>
  /** Record that the set is about to be used, so that it is not deleted. @returns false when it does not exist. */
  renew(key: string): Promise<boolean>
  /** The size of the set on disk. The size of shared files is divided among their sets, so it changes when one is removed. */
  measure(key: string): Promise<Size>
  /** Keys of all published sets, sorted. */
  list(): Promise<string[]>
  /**
   * Remove unfinished sets of dead processes. If the process cannot be seen from here, the set is removed `olderThanMs` (by
   * default, an hour) after its last change. Sets that cannot be removed are counted.
   */
  sweep(olderThanMs?: number): Promise<Swept>
}

export interface Swept {
  removed: number
  /** Number of sets that could not be removed, for example because they belong to another user. */
  stuck: number
}

export type SetStore = SetReader & SetWriter

/** Keys of versions up to 0.6 have 32 digits. */
const KEY = /^(?:[0-9a-f]{32}|[0-9a-f]{64})$/
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._~-]{0,199}$/
/** Limit of the cache of manifests, in bytes of JSON; in memory, each takes a few times as much. */
const MAX_CACHED_MANIFEST_BYTES = 24 * 1_048_576
/** An unfinished set of this age is assumed to belong to a dead process. */
const UNFINISHED_MS = 3_600_000

/**
 * @param folder - The folder `docs/` of the spool; created by the first publication.
 */
export function createSetStore(folder: string, clock: () => number = Date.now): SetStore {
  const manifests = createLoadCache(MAX_CACHED_MANIFEST_BYTES, async (key) => {
    const read = await readManifestIn(path.join(folder, key))
    return read?.manifest.key === key ? { value: read.manifest, bytes: read.bytes } : undefined
  })
  const note = createUseNotes((key, now) => writeUse(path.join(folder, key), now), clock)
  const sources = createSourceReader(folder)

  const readManifest = async (key: string): Promise<Manifest | undefined> =>
    KEY.test(key) ? manifests.read(key) : undefined

  /** A file that the manifest lists; `undefined` also for an invalid name. */
  async function listed(key: string, name: string): Promise<{ manifest: Manifest; file: SetFile } | undefined> {
    if (!NAME.test(name)) return undefined
    const manifest = await readManifest(key)
    const file = manifest?.files.find((one) => one.name === name)
    return manifest && file && { manifest, file }
  }

  const parts = createPartReader(folder)

  async function removeUnused(key: string, usedMs: number): Promise<boolean> {
    if (!KEY.test(key)) return false
    const isGone = await removeIf(path.join(folder, key), (now) => now <= usedMs)
    if (isGone) manifests.forget(key)
    return isGone
  }

  return {
    readManifest,

    async has(key) {
      if (!KEY.test(key)) return false
      const names = [MANIFEST, PACKED_MANIFEST].map((name) => path.join(folder, key, name))
      const exists = (await isPlainFile(names[0] ?? '')) || (await isPlainFile(names[1] ?? ''))
      if (!exists) manifests.forget(key)
      return exists
    },

    async readFile(key, name) {
      const { manifest, file } = (await listed(key, name)) ?? {}
      if (manifest === undefined || file === undefined) return undefined
      return file.stored === undefined ? readPlainFile(path.join(folder, key, name)) : parts.read(manifest, file.stored)
    },

    async readBytes(key, name, from, to) {
      const { manifest, file } = (await listed(key, name)) ?? {}
      if (manifest === undefined || file?.stored === undefined) return undefined
      return parts.readRange(manifest, file.stored, from, to)
    },

    async openFile(key, name) {
      const { manifest, file } = (await listed(key, name)) ?? {}
      if (manifest === undefined || file === undefined) return undefined
      if (file.stored !== undefined) return parts.open(manifest, file.stored)
      const plain = path.join(folder, key, name)
      if (!(await isPlainFile(plain))) return undefined
      return { bytes: file.bytes, read: (from, to) => streamFile(plain, from, to) }
    },

    async openPacked(key, name) {
      const { manifest, file } = (await listed(key, name)) ?? {}
      return manifest && file?.stored && parts.openPacked(manifest, file.stored)
    },

    async readHtml(key, page) {
      const manifest = await readManifest(key)
      const { html, stored } = manifest?.pages.find((entry) => entry.file === page) ?? {}
      if (manifest === undefined || html === undefined || !NAME.test(html)) return undefined
      return stored === undefined ? readPlainFile(path.join(folder, key, 'html', html)) : parts.read(manifest, stored)
    },

    listSources: async (key) => (KEY.test(key) ? sources.list(key) : []),

    findSource: async (key, name) => (KEY.test(key) ? sources.find(key, name) : undefined),

    readSource: async (key, name) => (KEY.test(key) ? sources.read(key, name) : undefined),

    noteUse(key) {
      if (KEY.test(key)) note(key)
    },

    lastUse: async (key) => (KEY.test(key) ? readUse(path.join(folder, key)) : undefined),

    renew: async (key) => KEY.test(key) && (await writeUse(path.join(folder, key), clock())),

    measure: async (key) => (KEY.test(key) ? measureFolder(path.join(folder, key)) : { bytes: 0, files: 0 }),

    publish: (set, neighbours) => publishSet(folder, set, { clock, neighbours, readManifest }),

    async remove(key) {
      await removeUnused(key, Number.POSITIVE_INFINITY)
    },

    removeUnused,

    async sweep(olderThanMs = UNFINISHED_MS) {
      const swept: Swept = { removed: 0, stuck: 0 }
      for (const name of await listToRemove(folder)) {
        if (!isTemporaryName(name)) continue
        const file = path.join(folder, name)
        const found = await lstat(file).catch(() => undefined)
        if (found === undefined || !(isTemporaryLeft(name) ?? Date.now() - found.mtimeMs > olderThanMs)) continue
        try {
          await remove(file)
          swept.removed += 1
        } catch (error) {
          if (!isSystemError(error)) throw error
          swept.stuck += 1
        }
      }
      return swept
    },

    async list() {
      const entries = await listFolder(folder)
      return entries
        .filter((entry) => entry.isDirectory() && KEY.test(entry.name))
        .map((entry) => entry.name)
        .sort()
    },
  }
}

async function listFolder(target: string): Promise<Dirent[]> {
  try {
    return await readdir(target, { withFileTypes: true })
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  }
}

/** An error of the operating system, not a bug. */
const isSystemError = (error: unknown): boolean => error instanceof Error && 'errno' in error

/** The name of a page's HTML file: `src-http.md` → `src-http.html`. */
export const htmlNameOf = (page: SetPage['file']): string => page.replace(/\.md$/, '.html')
