/** Counts and lists jobs using only file names: waiting entries, held entries, and the index of finished jobs. */

import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { isErrno } from '#base/errors.ts'
import type { Catalog, ListPosition, PlaceQuery } from '#queue/backend.ts'
import type { Status } from '#queue/contract.ts'
import { type Job, type JobIn, submittedMs } from '#queue/job.ts'
import { isDay, isWorkerId, parsePlaceName } from './file-names.ts'
import { isDenied } from './foreign-files.ts'
import { Listing, listFolder, listRepository, noneIfGone, readStamp } from './listing.ts'
import { makeFolder } from './make-folder.ts'
import type { EndedStatus, SpoolPaths } from './paths.ts'
import { PlaceWindow } from './place-window.ts'
import { touch } from './work-queue.ts'

/** Number of days whose listings are cached. */
const CACHED_DAYS = 16
/** Lengths of what precedes the name made by `placeName` in the names of entries and delayed entries. */
const ENTRY_HEAD = '5-'.length
const DELAYED_HEAD = '1700000000000-5-'.length

/** Limit on repeated counts, because consecutive counts may never agree while many jobs change state. */
const MAX_COUNTS = 5

type Open = Pick<Record<Status, number>, 'queued' | 'processing'>

export interface CatalogDeps {
  ready: Listing
  delayed: Listing
  /** Treat missing folders as empty instead of failing, because a reader does not create them. */
  isReading: boolean
}

export function createCatalog(paths: SpoolPaths, { ready, delayed, isReading }: CatalogDeps): Catalog {
  const list = isReading ? listFolder : (folder: string) => readdir(folder)
  const days = new Map<string, Listing>()
  const sizes = new Map<string, { stamp: string; isSettled: boolean; size: number }>()

  async function newest(query: PlaceQuery): Promise<ListPosition[]> {
    const { status, repoUrl } = query
    const window = new PlaceWindow(
      query,
      repoUrl === undefined ? undefined : new Set(await listRepository(paths, repoUrl)),
    )
    if (status === undefined || status === 'queued') {
      const names = await ready.names()
      // Within a priority, names are sorted by time.
      for (let priority = 0; priority <= 9; priority++) window.offerSorted(names, `${priority}-`)
      for (const name of await delayed.names()) window.offer(name.slice(DELAYED_HEAD))
    }
    if (status === undefined || status === 'processing') {
      for (const name of await listActive()) window.offer(name.slice(ENTRY_HEAD))
    }
    const ended = (['completed', 'failed'] as const).filter((one) => status === undefined || status === one)
    const days = await listDays(ended)
    for (const day of window.isDown ? days : days.reverse()) {
      if (window.isClosedTo(day)) continue
      for (const one of ended) window.offerSorted(await listDay(one, day), '')
      // Yields, because a search by name may have to read all names.
      if (query.nameHas !== undefined) await turn()
    }
    return window.keys.map(parsePlaceName).filter((place) => place !== undefined)
  }

  async function listActive(): Promise<string[]> {
    const workers = (await list(paths.active)).filter(isWorkerId)
    return (await Promise.all(workers.map((worker) => listFolder(paths.activeOf(worker)).catch(noneIfDenied)))).flat()
  }

  /** Counts until two counts agree, because a count misses a job that moves from a folder not yet read to one already read. */
  async function countOpen(): Promise<Open> {
    const counts = [await countOnce()]
    while (counts.length < MAX_COUNTS) {
      const [before, now] = [counts.at(-1), await countOnce()]
      if (before?.queued === now.queued && before.processing === now.processing) return now
      counts.push(now)
    }
    return counts.reduce((largest, count) => (sum(count) > sum(largest) ? count : largest))
  }

  async function countOnce(): Promise<Open> {
    const [waiting, late, held] = await Promise.all([ready.names(), delayed.names(), listActive()])
    return { queued: waiting.length + late.length, processing: held.length }
  }

  /** Days with finished jobs, newest first. */
  async function listDays(statuses: readonly EndedStatus[]): Promise<string[]> {
    const names = await Promise.all(statuses.map((status) => list(paths.endedStatus(status))))
    return [...new Set(names.flat())].filter(isDay).sort().reverse()
  }

  async function listDay(status: EndedStatus, day: string): Promise<readonly string[]> {
    const folder = path.join(paths.endedStatus(status), day)
    const listing = days.get(folder) ?? new Listing(folder)
    days.delete(folder)
    days.set(folder, listing)
    for (const oldest of [...days.keys()].slice(0, -CACHED_DAYS)) days.delete(oldest)
    return await listing.names().catch(noneIfGone)
  }

  async function countEnded(status: EndedStatus): Promise<number> {
    const names = (await list(paths.endedStatus(status))).filter(isDay)
    const counts = await Promise.all(names.map((day) => countDay(path.join(paths.endedStatus(status), day))))
    return counts.reduce((sum, count) => sum + count, 0)
  }

  async function countDay(folder: string): Promise<number> {
    try {
      const known = sizes.get(folder)
      const found = readStamp(folder)
      if (found === undefined) return 0
      if (known?.isSettled && known.stamp === found.stamp) return known.size
      const size = (await readdir(folder)).length
      sizes.set(folder, { ...found, size })
      return size
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error
      return 0
    }
  }

  return {
    newest,
    note: (job) => noteRepo(paths, job),
    async addEnded(job) {
      // The folder of the day may be missing, because empty ones are removed.
      await touchIn(paths.endedDay(job.status, submittedMs(job)), paths.endedEntry(job.status, placeOf(job)))
    },
    async removeEnded(job) {
      await rm(paths.endedEntry(job.status, placeOf(job)), { force: true })
    },
    async forget(job: Job) {
      await rm(paths.repoEntry(job.repo_url, job.job_id), { force: true })
    },
    async counts(): Promise<Record<Status, number>> {
      const [open, completed, failed] = await Promise.all([countOpen(), countEnded('completed'), countEnded('failed')])
      return { ...open, completed, failed }
    },
  }
}

const sum = ({ queued, processing }: Open): number => queued + processing

const placeOf = (job: JobIn<'completed' | 'failed'>): ListPosition => ({
  jobId: job.job_id,
  submittedMs: submittedMs(job),
})

/** Add the job to the index by repository, as an empty file named after both. */
const noteRepo = (paths: SpoolPaths, job: Job): Promise<void> =>
  touchIn(paths.repoShard(job.repo_url), paths.repoEntry(job.repo_url, job.job_id))

/** How often a missing folder is created before giving up, because others remove empty ones. */
const MAX_TOUCH_ATTEMPTS = 3

/** Create an empty file, and its folder if it is missing. */
async function touchIn(folder: string, file: string): Promise<void> {
  for (let attempts = 0; ; attempts++) {
    try {
      return await touch(file)
    } catch (error) {
      if (!isErrno(error, 'ENOENT') || attempts >= MAX_TOUCH_ATTEMPTS) throw error
      await makeFolder(folder)
    }
  }
}

/** For the folder of a worker, which is skipped if it is inaccessible. */
function noneIfDenied(error: unknown): string[] {
  if (!isDenied(error)) throw error
  return []
}
