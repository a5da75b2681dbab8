/** Reads all file names of the spool and quarantines those that do not belong. Opens no files. */

import { accessSync, constants, type Dirent } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { unlessGone } from '#base/errors.ts'
import { isTemporaryName } from '#base/files.ts'
import type { FoundPlace, ListPosition } from '#queue/backend.ts'
import {
  isDay,
  isFollowId,
  isJobId,
  isShard,
  isWorkerId,
  parseDelayedName,
  parseEntryName,
  parseLookName,
  parseOutboxName,
  parsePlaceName,
  parseRepoName,
  parseRevisionName,
  shardOf,
} from './file-names.ts'
import { isDenied } from './foreign-files.ts'
import type { SpoolPaths } from './paths.ts'
import type { Quarantine } from './quarantine.ts'

export interface NamedPlace extends FoundPlace {
  file: string
}

/** What file names say about a job, as bits. A number per job keeps memory usage small even with a million jobs. */
const PLACED = 1
const PLACED_AGAIN = 2
const FOLDER = 4
const NOTED = 8

export interface SpoolNames {
  /** Number of jobs that have a folder. */
  jobs: number
  /** Ids of the jobs that have a folder. */
  ids(): Iterable<string>
  /** Ids of jobs with no index entry or more than one, and of those missing in the index by repository. */
  suspects(): Iterable<string>
  /** Ids with an index entry but no folder. */
  withoutFolder(): Iterable<string>
}

/**
 * Read all names once and quarantine files that do not belong. The queue is read before the folders of jobs, so that an
 * entry without a folder cannot belong to a job that is just being accepted.
 */
export async function readNames(paths: SpoolPaths, quarantine: Quarantine): Promise<SpoolNames> {
  const found = new Map<string, number>()
  const mark = (jobId: string, bit: number): unknown => found.set(jobId, (found.get(jobId) ?? 0) | bit)

  /** Quarantine entries that do not belong in a folder. @returns The subfolders that belong there. */
  async function walk(folder: string, belongs: (entry: Dirent) => boolean, reason: string): Promise<string[]> {
    const folders: string[] = []
    for (const entry of await listEntries(folder)) {
      if (isTemporaryName(entry.name)) continue
      if (!belongs(entry)) await quarantine(path.join(folder, entry.name), reason)
      else if (entry.isDirectory()) folders.push(path.join(folder, entry.name))
    }
    return folders
  }

  const folderNamed = (test: (name: string) => boolean) => (entry: Dirent) => entry.isDirectory() && test(entry.name)

  await walk(paths.active, folderNamed(isWorkerId), 'not the folder of a worker')
  for (const status of ['completed', 'failed'] as const) {
    await walk(paths.endedStatus(status), folderNamed(isDay), 'not a day')
  }
  for (const { folder, parse, reason } of await listQueueFolders(paths)) {
    const isEntry = (entry: Dirent): boolean => {
      const place = entry.isFile() ? parse(entry.name) : undefined
      if (place === undefined) return false
      mark(place.jobId, ((found.get(place.jobId) ?? 0) & PLACED) === 0 ? PLACED : PLACED_AGAIN)
      return true
    }
    await walk(folder, isEntry, reason)
  }
  let jobs = 0
  for (const shard of await walk(paths.jobs, folderNamed(isShard), 'not a folder of jobs')) {
    const isJob = (name: string): boolean => {
      if (!isJobId(name) || shardOf(name) !== path.basename(shard)) return false
      mark(name, FOLDER)
      jobs += 1
      return true
    }
    await walk(shard, folderNamed(isJob), 'not the folder of a job')
  }
  for (const shard of await walk(paths.repos, folderNamed(isShard), 'not a folder of repositories')) {
    const isNote = (entry: Dirent): boolean => {
      const jobId = entry.isFile() ? parseRepoName(entry.name) : undefined
      if (jobId !== undefined && found.has(jobId)) mark(jobId, NOTED)
      return jobId !== undefined
    }
    await walk(shard, isNote, 'not a note about a job')
  }
  await walk(
    paths.outbox,
    (entry) => entry.isFile() && parseOutboxName(entry.name) !== undefined,
    'not a pending webhook',
  )
  await walk(paths.looks, (entry) => entry.isFile() && parseLookName(entry.name) !== undefined, 'not a pending look')
  for (const folder of await walk(paths.follows, folderNamed(isFollowId), 'not a followed repository')) {
    const isRevision = (entry: Dirent) => entry.isFile() && parseRevisionName(entry.name) !== undefined
    await walk(folder, isRevision, 'not a record of a followed repository')
  }
  for (const shard of await walk(paths.expired, folderNamed(isShard), 'not a folder of marks')) {
    const isMark = (entry: Dirent) =>
      entry.isFile() && isJobId(entry.name) && shardOf(entry.name) === path.basename(shard)
    await walk(shard, isMark, 'not the mark of an expired job')
  }

  function* select(test: (bits: number) => boolean): Generator<string> {
    for (const [jobId, bits] of found) if (test(bits)) yield jobId
  }
  const hasFolder = (bits: number): boolean => (bits & FOLDER) !== 0
  return {
    jobs,
    ids: () => select(hasFolder),
    suspects: () => select((bits) => hasFolder(bits) && bits !== (PLACED | FOLDER | NOTED)),
    withoutFolder: () => select((bits) => !hasFolder(bits) && (bits & PLACED) !== 0),
  }
}

/** The entries of some jobs in the queue and in the index of finished jobs. */
export async function findPlaces(paths: SpoolPaths, ids: ReadonlySet<string>): Promise<Map<string, NamedPlace[]>> {
  const places = new Map<string, NamedPlace[]>()
  if (ids.size === 0) return places
  for (const { folder, kind, parse } of await listQueueFolders(paths)) {
    for (const { name } of await listEntries(folder)) {
      const place = parse(name)
      if (place === undefined || !ids.has(place.jobId)) continue
      const file = path.join(folder, name)
      const found = places.get(place.jobId) ?? []
      found.push({
        kind,
        file,
        submittedMs: place.submittedMs,
        remove: () => rm(file, { recursive: true, force: true }),
      })
      places.set(place.jobId, found)
    }
  }
  return places
}

interface QueueFolder {
  folder: string
  kind: FoundPlace['kind']
  parse(name: string): ListPosition | undefined
  /** The reason for quarantining other names. */
  reason: string
}

/** The folders that contain entries of jobs. */
async function listQueueFolders(paths: SpoolPaths): Promise<QueueFolder[]> {
  const list = async (folder: string, test: (name: string) => boolean): Promise<string[]> =>
    (await listEntries(folder))
      .filter((entry) => entry.isDirectory() && test(entry.name))
      .map(({ name }) => path.join(folder, name))
  // `claimedBy` reports the folders of other users.
  const workers = (await list(paths.active, isWorkerId)).filter(isReadable)
  const days = await Promise.all((['completed', 'failed'] as const).map((one) => list(paths.endedStatus(one), isDay)))
  const entry = { parse: parseEntryName, reason: 'not an entry of the queue' }
  const ended = { kind: 'ended', parse: parsePlaceName, reason: 'not an index entry of a job' } as const
  return [
    { folder: paths.ready, kind: 'waiting', ...entry },
    {
      folder: paths.delayed,
      kind: 'waiting',
      parse: (name) => parseDelayedName(name)?.entry,
      reason: 'not a delayed entry',
    },
    ...workers.map((folder): QueueFolder => ({ folder, kind: 'held', ...entry })),
    ...days.flat().map((folder): QueueFolder => ({ folder, ...ended })),
  ]
}

/** Also true if it no longer exists. */
function isReadable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK)
    return true
  } catch (error) {
    return !isDenied(error)
  }
}

/** The entries of a folder; none if it no longer exists. */
export async function listEntries(folder: string): Promise<Dirent[]> {
  return (await readdir(folder, { withFileTypes: true }).catch(unlessGone)) ?? []
}
