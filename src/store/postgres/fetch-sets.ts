/** Brings sets of a database into the folder of this machine, and copies sets of the folder to the database. */

import { AsyncLocalStorage } from 'node:async_hooks'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import { makeFolders, temporaryName } from '#base/files.ts'
import { createStepLimit } from '#base/step-limit.ts'
import { DatabaseUnavailable } from '#database/errors.ts'
import { moveIntoPlace } from '#store/move-into-place.ts'
import { asidePath } from '#store/set-aside.ts'
import { KEY } from '#store/set-reader.ts'
import type { FetchCharge, SetStore } from '#store/sets.ts'
import type { FolderLimit } from './folder-limit.ts'
import { isSame, writeParts } from './piece-files.ts'
import { listSpans, ownBytes, readPieces } from './set-pieces.ts'
import { SetGone, type SharedPart, type SharedSets } from './shared-sets.ts'

/** Sets that are fetched at once; others wait. */
const MAX_FETCHES = 2

export interface SetFetcher {
  /** Fetch the set into the folder unless it is already there. @returns false when there is no such set. */
  hold(key: string): Promise<boolean>
  /** Copy a set from the folder to the database. Resolves when it is durable there. */
  share(key: string): Promise<void>
  /** Check the set again when it is held next. */
  recheck(key: string): void
  /** Run a step whose fetches are charged to its caller. */
  forCaller<T>(charge: FetchCharge, step: () => T): T
}

/** @param local - The sets in `folder`. */
export function createSetFetcher(
  folder: string,
  { local, shared, room }: { local: SetStore; shared: SharedSets; room: FolderLimit },
): SetFetcher {
  /** Keys of the sets whose files this process has checked. */
  const checked = new Set<string>()
  const fetching = new Map<string, Promise<boolean>>()
  const callers = new AsyncLocalStorage<FetchCharge>()
  const limited = createStepLimit(MAX_FETCHES)

  async function hold(key: string): Promise<boolean> {
    if (!KEY.test(key)) return false
    if (checked.has(key) && (await local.has(key))) return true
    if (!fetching.has(key) && !(await local.has(key))) callers.getStore()?.begin()
    const running = fetching.get(key) ?? checkOrFetch(key).finally(() => fetching.delete(key))
    fetching.set(key, running)
    return await running
  }

  /** Check the set in the folder, or fetch it. @returns false when there is no such set. */
  async function checkOrFetch(key: string): Promise<boolean> {
    let parts: readonly SharedPart[]
    try {
      parts = await shared.listParts(key)
    } catch (error) {
      // While the database is unavailable, a set in the folder is used unchecked; a later call checks it.
      if (error instanceof DatabaseUnavailable && (await local.has(key))) return true
      throw error
    }
    if (parts.length === 0) {
      checked.delete(key)
      return false
    }
    const isWhole = (await local.has(key)) && (await isSame(path.join(folder, key), parts))
    if (!isWhole && !(await limited(() => fetch(key, parts)))) return false
    checked.add(key)
    return true
  }

  /** @returns false when the set was removed in the meantime. */
  async function fetch(key: string, parts: readonly SharedPart[]): Promise<boolean> {
    const bytes = parts.reduce((sum, { length }) => sum + length, 0)
    const caller = callers.getStore()
    // A supervisor that fetches for a job, or for the search, is not refused.
    if (caller === undefined) room.add(bytes)
    else await room.makeRoom(bytes)
    caller?.charge(bytes)
    makeFolders(folder)
    const temporary = path.join(folder, temporaryName())
    try {
      makeFolders(temporary)
      await writeParts(temporary, key, shared.readBodies(parts))
      await moveIntoPlace(temporary, path.join(folder, key))
      await remove(asidePath(path.join(folder, key)))
    } catch (error) {
      if (!(error instanceof SetGone)) throw error
      return false
    } finally {
      await remove(temporary)
    }
    room.trimSoon()
    return true
  }

  async function share(key: string): Promise<void> {
    const manifest = await local.readManifest(key)
    if (manifest === undefined) throw new SetGone('The set is not in the folder of this machine.')
    const source = path.join(folder, key)
    const spans = await listSpans(source)
    const pieces = () => readPieces(source, spans)
    await shared.publish({ key, repoUrl: manifest.repo_url, bytes: ownBytes(spans), pieces })
    checked.add(key)
    room.trimSoon()
  }

  return {
    hold,
    share,
    recheck: (key) => void checked.delete(key),
    forCaller: (charge, step) => callers.run(charge, step),
  }
}
