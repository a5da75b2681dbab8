/** Removes git objects that no followed repository needs any more (`kept-objects.ts`). */

import { lstat, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { isTemporaryName, listToRemove } from '#base/files.ts'
import { parseIfJson } from '#base/parse-json.ts'
import { COMMIT, PACK, Packs, sizeOf } from './kept-objects.ts'

/** The id of a follow. */
const HOME = /^[0-9a-f]{32}$/

/** The size of all kept objects, and of those removed. */
export interface KeptReport {
  bytes: number
  removedBytes: number
}

/**
 * Remove objects that no followed repository needs and, above the limit, those of the least recently used repositories.
 *
 * @param folder - Contains a folder for each repository, named by the id of its follow.
 * @param readWanted - Reads the commits that a follow needs; `undefined` if the repository is no longer followed.
 * @param graceMs - Objects used within this time are kept, because a job may be reading them.
 */
export async function tidyKeptObjects(
  folder: string,
  { maxBytes, graceMs, now }: { maxBytes: number; graceMs: number; now: number },
  readWanted: (id: string) => Promise<ReadonlySet<string> | undefined>,
): Promise<KeptReport> {
  const rows: { home: string; usedMs: number; bytes: number }[] = []
  let removedBytes = 0
  for (const id of await listToRemove(folder).catch(() => [])) {
    const home = path.join(folder, id)
    if (!HOME.test(id) || !(await isFolder(home))) continue
    const before = await sizeOf(path.join(home, 'objects', 'pack'))
    const wanted = await readWanted(id)
    const usedMs = await tidyOne(home, wanted ?? new Set(), now - graceMs)
    if (wanted === undefined && usedMs < now - graceMs) await rm(home, { recursive: true, force: true })
    const bytes = await sizeOf(path.join(home, 'objects', 'pack'))
    removedBytes += before - bytes
    rows.push({ home, usedMs, bytes })
  }
  let bytes = rows.reduce((sum, row) => sum + row.bytes, 0)
  for (const row of rows.sort((a, b) => a.usedMs - b.usedMs)) {
    if (bytes <= maxBytes || row.usedMs >= now - graceMs) break
    await rm(row.home, { recursive: true, force: true })
    bytes -= row.bytes
    removedBytes += row.bytes
  }
  return { bytes, removedBytes }
}

/** @returns The time of the last use of any object of the repository. */
async function tidyOne(home: string, wanted: ReadonlySet<string>, beforeMs: number): Promise<number> {
  const needed = new Set<string>()
  let usedMs = (await lstat(home).catch(() => undefined))?.mtimeMs ?? 0
  for (const name of await listOf(path.join(home, 'commits'), COMMIT)) {
    const file = path.join(home, 'commits', name)
    const found = await lstat(file).catch(() => undefined)
    if (found === undefined) continue
    if (!wanted.has(name) && found.mtimeMs < beforeMs) {
      await rm(file, { force: true })
      continue
    }
    usedMs = Math.max(usedMs, found.mtimeMs)
    const text = await readFile(file, 'utf8').catch(() => '[]')
    for (const pack of Packs.safeParse(parseIfJson(text)).data ?? []) needed.add(pack)
  }
  const objects = path.join(home, 'objects')
  const packs = path.join(objects, 'pack')
  for (const name of (await isFolder(objects)) ? await listOf(packs, PACK) : []) {
    const found = await lstat(path.join(packs, name)).catch(() => undefined)
    const isNeeded = needed.has(name.replace(/\.(?:pack|idx)$/, ''))
    // A pack is written before the commits that need it.
    if (found !== undefined && !isNeeded && found.ctimeMs < beforeMs) await rm(path.join(packs, name), { force: true })
  }
  return usedMs
}

/** Names of that form, and of unfinished files; none in a folder that cannot be read. */
async function listOf(folder: string, form: RegExp): Promise<string[]> {
  const names = await listToRemove(folder).catch(() => [])
  return names.filter((name) => form.test(name) || isTemporaryName(name))
}

const isFolder = async (folder: string): Promise<boolean> =>
  (await lstat(folder).catch(() => undefined))?.isDirectory() === true
