/**
 * Published document sets on disk: `docs/<key>/` with `manifest.json`, `set.pack` and, if the set contains source files,
 * `sources.pack` with its table. A set stored as a delta to other versions also has `base-1.pack` and so on. A set is published
 * completely or not at all (`publish-set.ts`) and never changes, so manifests are cached. In sets of version 1, each file of the
 * set is a separate file on disk.
 */

import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import { unlessGone } from '#base/errors.ts'
import { isTemporaryLeftover, isTemporaryName, listToRemove } from '#base/files.ts'
import { findDamage } from './find-damage.ts'
import type { Manifest, SetPage } from './model.ts'
import { isPlainFolder } from './plain-file.ts'
import { type NewSet, publishSet } from './publish-set.ts'
import { removeIf } from './remove.ts'
import { asidePath, isAsideName, isAsideOld } from './set-aside.ts'
import { type SetDamaged, unlessDamaged } from './set-damaged.ts'
import { createPartsReader, KEY, type SetReader } from './set-reader.ts'
import { measureFolder, type Size } from './size.ts'
import { createUseRecorder, readUse, writeUse } from './use.ts'

export type { FetchCharge, SetReader } from './set-reader.ts'

export interface SetWriter {
  /**
   * Publish a set. It becomes visible when all of it is durable.
   *
   * @param neighbours - Keys of sets of other versions, the most similar first. Parts that the new set shares with one of them
   *   are not stored again; the sets can be removed in any order.
   * @returns The key: 64 hex digits, a hash of the manifest and all bytes of the set, so equal sets share one folder.
   */
  publish(set: NewSet, neighbours?: readonly string[]): Promise<string>
  /** The repository that a set documents; `undefined` also for a damaged set, which stays where it is. */
  readRepoUrl(key: string): Promise<string | undefined>
  /** Read all of a set. @returns Why it is damaged, if it is; it has then been set aside. */
  check(key: string): Promise<SetDamaged | undefined>
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
   * default, an hour) after its last change. Damaged sets are removed 30 days after they were set aside. Sets that cannot be removed
   * are counted.
   */
  sweep(olderThanMs?: number): Promise<Swept>
}

export interface Swept {
  removed: number
  /** Number of sets that could not be removed, for example because they belong to another user. */
  stuck: number
}

export type SetStore = SetReader & SetWriter

/** An unfinished set of this age is assumed to belong to a dead process. */
const UNFINISHED_MS = 3_600_000

/** @param folder - The folder `docs/` of the spool; created by the first publication. */
export function createSetStore(folder: string, clock: () => number = Date.now): SetStore {
  const placeOf = (key: string): string => path.join(folder, key)
  const note = createUseRecorder((key, now) => writeUse(placeOf(key), now), clock)
  const { forget, peekManifest, toDamaged, ...reader } = createPartsReader(folder)
  const { has, readManifest } = reader
  const readIfWhole = (key: string): Promise<Manifest | undefined> => readManifest(key).catch(unlessDamaged)

  async function removeUnused(key: string, usedMs: number): Promise<boolean> {
    if (!KEY.test(key)) return false
    const isGone = await removeIf(placeOf(key), (now) => now <= usedMs)
    if (isGone) forget(key)
    return isGone
  }

  return {
    ...reader,

    isSetAside: async (key) => KEY.test(key) && !(await has(key)) && (await isPlainFolder(asidePath(placeOf(key)))),

    readRepoUrl: async (key) => (await peekManifest(key))?.repo_url,

    async check(key) {
      if (!KEY.test(key)) return undefined
      const part = await findDamage(placeOf(key))
      // It may have been removed or replaced while it was read.
      if (part === undefined || (await findDamage(placeOf(key))) === undefined) return undefined
      return toDamaged(key, part)
    },

    noteUse(key) {
      if (KEY.test(key)) note(key)
    },

    lastUse: async (key) => (KEY.test(key) ? readUse(placeOf(key)) : undefined),

    renew: async (key) => KEY.test(key) && (await writeUse(placeOf(key), clock())),

    measure: async (key) => (KEY.test(key) ? measureFolder(placeOf(key)) : { bytes: 0, files: 0 }),

    publish: (set, neighbours) => publishSet(folder, set, { clock, neighbours, readManifest: readIfWhole }),

    async remove(key) {
      await removeUnused(key, Number.POSITIVE_INFINITY)
    },

    removeUnused,

    async sweep(olderThanMs = UNFINISHED_MS) {
      const swept: Swept = { removed: 0, stuck: 0 }
      for (const name of await listToRemove(folder)) {
        if (!isTemporaryName(name) && !isAsideName(name)) continue
        const file = path.join(folder, name)
        const found = await lstat(file).catch(() => undefined)
        if (found === undefined || !isLeftover(name, clock() - found.mtimeMs, olderThanMs)) continue
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
      const entries = (await readdir(folder, { withFileTypes: true }).catch(unlessGone)) ?? []
      return entries
        .filter((entry) => entry.isDirectory() && KEY.test(entry.name))
        .map((entry) => entry.name)
        .sort()
    },
  }
}

const isLeftover = (name: string, ageMs: number, olderThanMs: number): boolean =>
  isTemporaryName(name) ? (isTemporaryLeftover(name) ?? ageMs > olderThanMs) : isAsideOld(ageMs)

/** An error of the operating system, not a bug. */
const isSystemError = (error: unknown): boolean => error instanceof Error && 'errno' in error

/** The name of a page's HTML file: `src-http.md` → `src-http.html`. */
export const htmlNameOf = (page: SetPage['file']): string => page.replace(/\.md$/, '.html')
