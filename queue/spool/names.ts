/** All names of the spool at one look, with what has no place in it put aside. Opens no file. */

import type { Dirent } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { isTemporaryName } from '#base/files.ts'
import type { FoundPlace, Place } from '#queue/backend.ts'
import {
  isDay,
  isJobId,
  isShard,
  isWorkerId,
  parseDelayedName,
  parseEntryName,
  parsePlaceName,
  parseRepoName,
  type SpoolPaths,
  shardOf,
} from './paths.ts'
import type { Quarantine } from './quarantine.ts'

export interface NamedPlace extends FoundPlace {
  file: string
}

export interface SpoolNames {
  /** Where each id was found. */
  places: Map<string, NamedPlace[]>
  /** Jobs that have a folder. */
  ids: Set<string>
  /** Jobs that are noted with a repository. */
  noted: Set<string>
}

/** The queue is read before the folders of jobs: an entry whose job has no folder by then never had one. */
export async function readNames(paths: SpoolPaths, quarantine: Quarantine): Promise<SpoolNames> {
  const places = new Map<string, NamedPlace[]>()

  function note(kind: FoundPlace['kind'], file: string, place: Place | undefined): boolean {
    if (place === undefined) return false
    const remove = () => rm(file, { recursive: true, force: true })
    const found = places.get(place.jobId) ?? []
    found.push({ kind, file, submittedMs: place.submittedMs, remove })
    places.set(place.jobId, found)
    return true
  }

  /** @returns The folders that `isPlace` knows; what is neither file nor folder of this place goes aside. */
  async function walk(
    folder: string,
    isPlace: (entry: Dirent, file: string) => boolean,
    reason: string,
  ): Promise<string[]> {
    const folders: string[] = []
    for (const entry of await listEntries(folder)) {
      const file = path.join(folder, entry.name)
      if (isTemporaryName(entry.name)) continue
      if (!isPlace(entry, file)) await quarantine(file, reason)
      else if (entry.isDirectory()) folders.push(file)
    }
    return folders
  }

  const queueEntry = (kind: FoundPlace['kind']) => (entry: Dirent, file: string) =>
    entry.isFile() && note(kind, file, parseEntryName(entry.name))
  const delayedEntry = (entry: Dirent, file: string) =>
    entry.isFile() && note('waiting', file, parseDelayedName(entry.name)?.entry)
  const endedEntry = (entry: Dirent, file: string) => entry.isFile() && note('ended', file, parsePlaceName(entry.name))
  const folderNamed = (test: (name: string) => boolean) => (entry: Dirent) => entry.isDirectory() && test(entry.name)

  await walk(paths.ready, queueEntry('waiting'), 'not an entry of the queue')
  await walk(paths.delayed, delayedEntry, 'not a delayed entry')
  for (const worker of await walk(paths.active, folderNamed(isWorkerId), 'not the folder of a worker')) {
    await walk(worker, queueEntry('held'), 'not an entry of the queue')
  }
  for (const status of ['completed', 'failed'] as const) {
    for (const day of await walk(paths.endedStatus(status), folderNamed(isDay), 'not a day')) {
      await walk(day, endedEntry, 'not the place of a job')
    }
  }
  const ids = new Set<string>()
  for (const shard of await walk(paths.jobs, folderNamed(isShard), 'not a folder of jobs')) {
    const isJob = (name: string) => isJobId(name) && shardOf(name) === path.basename(shard)
    for (const job of await walk(shard, folderNamed(isJob), 'not the folder of a job')) ids.add(path.basename(job))
  }
  const noted = new Set<string>()
  for (const shard of await walk(paths.repos, folderNamed(isShard), 'not a folder of repositories')) {
    const isNote = (entry: Dirent) => entry.isFile() && parseRepoName(entry.name) !== undefined
    await walk(shard, isNote, 'not the note of a job')
    for (const entry of await listEntries(shard)) noted.add(parseRepoName(entry.name) ?? '')
  }
  for (const shard of await walk(paths.expired, folderNamed(isShard), 'not a folder of marks')) {
    const isMark = (entry: Dirent) =>
      entry.isFile() && isJobId(entry.name) && shardOf(entry.name) === path.basename(shard)
    await walk(shard, isMark, 'not the mark of an expired job')
  }
  return { places, ids, noted }
}

/** Nothing when the folder is gone by now. */
export async function listEntries(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  }
}
