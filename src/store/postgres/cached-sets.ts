/**
 * Sets stored in a database, cached in the folder `docs/` of this machine. The first read of a set fetches all of it and checks
 * each piece against its hash; a set that is already in the folder is checked once per process. Several processes may use the
 * folder.
 */

import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import { LRUCache } from 'lru-cache'
import { makeFolders, temporaryName } from '#base/files.ts'
import type { Log } from '#base/log.ts'
import { MANIFEST, PACKED_MANIFEST, readManifestIn } from '#store/manifest-file.ts'
import type { Manifest } from '#store/model.ts'
import { unlessDamaged } from '#store/set-damaged.ts'
import { KEY } from '#store/set-reader.ts'
import { createSetStore, type SetReader } from '#store/sets.ts'
import { createUseRecorder } from '#store/use.ts'
import { createSetFetcher } from './fetch-sets.ts'
import { createFolderLimit } from './folder-limit.ts'
import { writeParts } from './piece-files.ts'
import { SetGone, type SharedSets } from './shared-sets.ts'

/** Maximum number of entries of `rechecked`. */
const MAX_RECHECKS_KEPT = 10_000
/** When a part cannot be read, its set is checked again, at most once in this time. */
const RECHECK_MS = 60_000

export interface CachedSets extends SetReader {
  /** Fetch the set into the folder of this machine unless it is already there. @returns false when there is no such set. */
  hold(key: string): Promise<boolean>
  /** Copy a set from the folder of this machine to the database. Resolves when it is durable there. */
  share(key: string): Promise<void>
}

export interface CachedSetsDeps {
  shared: SharedSets
  /** Limit on the size of the folder; sets used recently are kept even above it. */
  maxBytes: number
  /** See `createFolderLimit`. */
  minExcessBytes?: number | undefined
  log: Log
}

/** @param folder - `docs/` of this machine; created if necessary. */
export function createCachedSets(
  folder: string,
  { shared, maxBytes, minExcessBytes, log }: CachedSetsDeps,
): CachedSets {
  const local = createSetStore(folder)
  const isKnown = (key: string): Promise<boolean> => isKnownTo(shared, folder, key)
  const room = createFolderLimit(local, { maxBytes, minExcessBytes, isKnown, log })
  const { hold, share, recheck, forCaller } = createSetFetcher(folder, { local, shared, room })
  /** Keys of the sets that were checked again a moment ago. */
  const rechecked = new LRUCache<string, true>({ max: MAX_RECHECKS_KEPT, ttl: RECHECK_MS })
  const noteSharedUse = createUseRecorder(
    (key) => shared.renew(key),
    () => performance.now(),
  )

  function noteUse(key: string): void {
    local.noteUse(key)
    if (KEY.test(key)) noteSharedUse(key)
  }

  /**
   * Read from a set in the folder, fetching it first if necessary.
   *
   * @param isPart - Whether the set contains what `step` reads. If it does, but `step` returns `undefined`, the folder is damaged.
   */
  async function read<T>(
    key: string,
    step: () => Promise<T | undefined>,
    isPart: (manifest: Manifest) => boolean = () => true,
  ): Promise<T | undefined> {
    if (!(await hold(key))) return undefined
    const value = await step().catch(unlessDamaged)
    if (value !== undefined || rechecked.has(key)) return value
    const manifest = await local.readManifest(key).catch(unlessDamaged)
    if (manifest !== undefined && !isPart(manifest)) return undefined
    rechecked.set(key, true)
    recheck(key)
    return (await hold(key)) ? await step() : undefined
  }

  /** Fetches only the manifest of a set that is not in the folder, and does not store it. */
  async function peekManifest(key: string): Promise<Manifest | undefined> {
    if (!KEY.test(key)) return undefined
    if (await local.has(key)) return await local.readManifest(key).catch(unlessDamaged)
    const parts = (await shared.listParts(key)).filter(({ file }) => file === MANIFEST || file === PACKED_MANIFEST)
    const temporary = path.join(folder, temporaryName())
    try {
      makeFolders(folder)
      makeFolders(temporary)
      await writeParts(temporary, key, shared.readBodies(parts))
      return (await readManifestIn(temporary))?.manifest
    } catch (error) {
      if (!(error instanceof SetGone)) throw error
      return undefined
    } finally {
      await remove(temporary)
    }
  }

  return {
    hold,
    share,
    noteUse,
    has: hold,
    forCaller,
    peekManifest,
    readManifest: (key) => read(key, () => local.readManifest(key)),
    readFile: (key, name) => read(key, () => local.readFile(key, name), hasFile(name)),
    openFile: (key, name) => read(key, async () => await local.openFile?.(key, name), hasFile(name)),
    openPacked: (key, name) => read(key, async () => await local.openPacked?.(key, name), hasFile(name)),
    readHtml: (key, page) => read(key, () => local.readHtml(key, page), hasPage(page)),
    listSources: async (key) => (await read(key, () => local.listSources(key))) ?? [],
    // Not through `read`: the manifest does not say which source files exist, so `undefined` does not mean damage.
    findSource: async (key, name) => ((await hold(key)) ? await local.findSource(key, name) : undefined),
    readSource: (key, name) => read(key, () => local.readSource(key, name)),
  }
}

const hasFile =
  (name: string) =>
  ({ files }: Manifest): boolean =>
    files.some((file) => file.name === name)

const hasPage =
  (page: string) =>
  ({ pages }: Manifest): boolean =>
    pages.some(({ file }) => file === page)

/**
 * Whether the database has or had a set. A set that is newer than the database mark came from the database or was shared with it;
 * older ones were in the folder before the database was used.
 */
async function isKnownTo(shared: SharedSets, folder: string, key: string): Promise<boolean> {
  const markMs = (await lstat(path.join(folder, '..', 'control', 'database')).catch(() => undefined))?.mtimeMs ?? 0
  const made = await lstat(path.join(folder, key)).catch(() => undefined)
  return (made?.birthtimeMs ?? 0) > markMs || (await shared.listParts(key)).length > 0
}
