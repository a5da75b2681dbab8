/** Lists jobs by age from file names, and keeps a mark for each job that was removed because it expired: `expired/<xx>/<job id>`. */

import { lstat, readdir, rm, rmdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isErrno, unlessGone } from '#base/errors.ts'
import { exists } from '#base/files.ts'
import { push } from '#base/multimap.ts'
import type { Expiry, ListPosition } from '#queue/backend.ts'
import { dayOf, isDay, isJobId, parsePlaceName, placeName } from './file-names.ts'
import { listFolder, listRepository } from './listing.ts'
import { makeFolder } from './make-folder.ts'
import { ENDED, type SpoolPaths } from './paths.ts'

/** The number of folders with marks, one of which is swept at a time. */
const MARK_FOLDERS = 256

export function createExpiry(paths: SpoolPaths, clock: () => number, isReading: boolean): Expiry {
  /** The number of the folder of marks to sweep next. */
  let nextFolder = 0
  const listStatus = isReading ? listFolder : (folder: string) => readdir(folder)

  /** Days, oldest first, with their folders of completed and failed jobs. */
  async function listDays(beforeMs: number): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>()
    for (const status of ENDED) {
      for (const day of (await listStatus(paths.endedStatus(status))).filter(isDay)) {
        if (day > dayOf(beforeMs)) continue
        push(found, day, path.join(paths.endedStatus(status), day))
      }
    }
    return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)))
  }

  async function oldestEnded({
    beforeMs,
    after,
    limit,
  }: Parameters<Expiry['oldestEnded']>[0]): Promise<ListPosition[]> {
    const from = after === undefined ? '' : placeName(after)
    const places: ListPosition[] = []
    for (const [day, folders] of await listDays(beforeMs)) {
      if (after !== undefined && day < dayOf(after.submittedMs)) continue
      const names = (await Promise.all(folders.map(listFolder))).flat().sort()
      for (const name of names) {
        const place = name > from ? parsePlaceName(name) : undefined
        if (place === undefined) continue
        if (place.submittedMs >= beforeMs || places.length === limit) return places
        places.push(place)
      }
    }
    return places
  }

  return {
    oldestEnded,

    async removeEmptyDays(beforeMs) {
      for (const [day, folders] of await listDays(beforeMs)) {
        if (day < dayOf(beforeMs)) for (const folder of folders) await rmdir(folder).catch(unlessInUse)
      }
    },

    async mark(jobId) {
      const file = paths.expiredMark(jobId)
      await makeFolder(path.dirname(file))
      await writeFile(file, '', { flag: 'a', mode: 0o600 })
      await utimes(file, clock() / 1_000, clock() / 1_000)
    },

    async isMarked(jobId) {
      return isJobId(jobId) && (await exists(paths.expiredMark(jobId)))
    },

    unmark: (jobId) => rm(paths.expiredMark(jobId), { recursive: true, force: true }),

    async sweepMarks({ beforeMs, isDry }) {
      const folder = path.join(paths.expired, nextFolder.toString(16).padStart(2, '0'))
      let swept = 0
      for (const name of await listFolder(folder)) {
        const found = await lstat(path.join(folder, name)).catch(unlessGone)
        if (found === undefined || !found.isFile() || found.mtimeMs >= beforeMs) continue
        if (!isDry) await rm(path.join(folder, name), { force: true })
        swept += 1
      }
      nextFolder = (nextFolder + 1) % MARK_FOLDERS
      return { swept, isEnd: nextFolder === 0 }
    },

    async jobsOf(repoUrl) {
      const jobIds = await listRepository(paths, repoUrl)
      // There are no jobs, or the index was lost; in the latter case, this throws.
      if (jobIds.length === 0) await lstat(paths.repos)
      return jobIds
    },
  }
}

function unlessInUse(error: unknown): undefined {
  if (!isErrno(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST')) throw error
}
