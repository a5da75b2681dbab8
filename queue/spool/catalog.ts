/** Counts and the list of jobs from names alone: those that wait, those that are held, and an index of those that ended. */

import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import type { Catalog, Place } from '#queue/backend.ts'
import type { Status } from '#queue/contract.ts'
import { type Job, type JobIn, submittedMs } from '#queue/job.ts'
import { makeFolder } from './layout.ts'
import { Listing, lowerBound, readStamp } from './listing.ts'
import { type EndedStatus, isDay, isWorkerId, parsePlaceName, placeName, repoPrefix, type SpoolPaths } from './paths.ts'
import { touch } from './work.ts'

/** Days whose names stay in memory. */
const KEPT_DAYS = 16
/** Where the place of a job begins in the name of an entry, and in that of a delayed one. */
const ENTRY_HEAD = '5-'.length
const DELAYED_HEAD = '1700000000000-5-'.length

export interface CatalogDeps {
  ready: Listing
  delayed: Listing
}

export function createCatalog(paths: SpoolPaths, { ready, delayed }: CatalogDeps): Catalog {
  const days = new Map<string, Listing>()
  const sizes = new Map<string, { stamp: string; isSettled: boolean; size: number }>()

  async function newest(query: Parameters<Catalog['newest']>[0]): Promise<Place[]> {
    const { status, repoUrl, limit, after } = query
    const ids = repoUrl === undefined ? undefined : await listRepo(repoUrl)
    const top = new Newest(limit, after === undefined ? undefined : placeName(after), ids)
    if (status === undefined || status === 'queued') {
      const names = await ready.names()
      // Within a priority they are in the order of places.
      for (let priority = 0; priority <= 9; priority++) top.offerSorted(names, `${priority}-`)
      for (const name of await delayed.names()) top.offer(name.slice(DELAYED_HEAD))
    }
    if (status === undefined || status === 'processing') {
      for (const name of await listActive()) top.offer(name.slice(ENTRY_HEAD))
    }
    const ended = (['completed', 'failed'] as const).filter((one) => status === undefined || status === one)
    for (const day of await listDays(ended)) {
      if (top.isFullAbove(day)) break
      for (const one of ended) top.offerSorted(await listDay(one, day), '')
    }
    return top.keys.map(parsePlaceName).filter((place) => place !== undefined)
  }

  async function listRepo(repoUrl: string): Promise<Set<string>> {
    const prefix = repoPrefix(repoUrl)
    const names = await listFolder(paths.repoShard(repoUrl))
    return new Set(names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)))
  }

  async function listActive(): Promise<string[]> {
    const workers = (await readdir(paths.active)).filter(isWorkerId)
    return (await Promise.all(workers.map((worker) => listFolder(paths.activeOf(worker))))).flat()
  }

  /** Newest first. */
  async function listDays(statuses: readonly EndedStatus[]): Promise<string[]> {
    const names = await Promise.all(statuses.map((status) => readdir(paths.endedStatus(status))))
    return [...new Set(names.flat())].filter(isDay).sort().reverse()
  }

  async function listDay(status: EndedStatus, day: string): Promise<readonly string[]> {
    const folder = path.join(paths.endedStatus(status), day)
    const listing = days.get(folder) ?? new Listing(folder)
    days.delete(folder)
    days.set(folder, listing)
    for (const oldest of [...days.keys()].slice(0, -KEPT_DAYS)) days.delete(oldest)
    return await listing.names().catch(noneIfGone)
  }

  async function countEnded(status: EndedStatus): Promise<number> {
    const names = (await readdir(paths.endedStatus(status))).filter(isDay)
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
      // A day that has become empty is removed.
      await touchIn(paths.endedDay(job.status, submittedMs(job)), paths.endedEntry(job.status, placeOf(job)))
    },
    async removeEnded(job) {
      await rm(paths.endedEntry(job.status, placeOf(job)), { force: true })
    },
    async forget(job: Job) {
      await rm(paths.repoEntry(job.repo_url, job.job_id), { force: true })
    },
    async counts(): Promise<Record<Status, number>> {
      const [waiting, late, held, completed, failed] = await Promise.all([
        ready.names(),
        delayed.names(),
        listActive(),
        countEnded('completed'),
        countEnded('failed'),
      ])
      return { queued: waiting.length + late.length, processing: held.length, completed, failed }
    },
  }
}

/** The places with the highest keys below a cursor, each once. */
class Newest {
  /** Highest first. */
  readonly keys: string[] = []
  readonly #limit: number
  readonly #below: string | undefined
  readonly #ids: ReadonlySet<string> | undefined

  constructor(limit: number, below: string | undefined, ids: ReadonlySet<string> | undefined) {
    this.#limit = limit
    this.#below = below
    this.#ids = ids
  }

  offer(key: string): void {
    if (this.#below !== undefined && key >= this.#below) return
    if (!this.#isRoomFor(key)) return
    if (this.#ids !== undefined && !this.#ids.has(key.slice(PLACE_HEAD))) return
    const index = this.#indexOf(key)
    if (this.keys[index] === key) return
    this.keys.splice(index, 0, key)
    if (this.keys.length > this.#limit) this.keys.pop()
  }

  /** Names that are keys after their head, sorted: from the highest down to the first that does not get in. */
  offerSorted(names: readonly string[], head: string): void {
    const least = lowerBound(names, head)
    const end = head === '' ? names.length : lowerBound(names, `${head.slice(0, -1)}.`)
    const from = this.#below === undefined ? end : Math.min(end, lowerBound(names, head + this.#below))
    for (let at = from - 1; at >= least; at--) {
      const key = (names[at] ?? '').slice(head.length)
      if (!this.#isRoomFor(key)) return
      this.offer(key)
    }
  }

  #isRoomFor(key: string): boolean {
    const last = this.keys.at(-1)
    return this.keys.length < this.#limit || last === undefined || key > last
  }

  /** True when no name of this day, or of an earlier one, can get in. */
  isFullAbove(day: string): boolean {
    const last = this.keys.at(-1)
    if (last === undefined || this.keys.length < this.#limit) return false
    const [year, month, date] = [day.slice(0, 4), day.slice(4, 6), day.slice(6)]
    return Number(last.slice(0, PLACE_HEAD - 1)) >= Date.UTC(Number(year), Number(month) - 1, Number(date) + 1)
  }

  #indexOf(key: string): number {
    let low = 0
    let high = this.keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.keys[middle] ?? '') > key) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Where the id begins in the name of a place. */
const PLACE_HEAD = '1700000000000-'.length

const placeOf = (job: JobIn<'completed' | 'failed'>): Place => ({ jobId: job.job_id, submittedMs: submittedMs(job) })

/** Which jobs a repository has: one empty file each, named after both. */
const noteRepo = (paths: SpoolPaths, job: Job): Promise<void> =>
  touchIn(paths.repoShard(job.repo_url), paths.repoEntry(job.repo_url, job.job_id))

/** Make an empty file, and its folder if that is missing. */
async function touchIn(folder: string, file: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await touch(file)
    } catch (error) {
      if (!isErrno(error, 'ENOENT') || tries > 2) throw error
      await makeFolder(folder)
    }
  }
}

async function listFolder(folder: string): Promise<string[]> {
  return await readdir(folder).catch(noneIfGone)
}

function noneIfGone(error: unknown): string[] {
  if (isErrno(error, 'ENOENT', 'ENOTDIR')) return []
  throw error
}
