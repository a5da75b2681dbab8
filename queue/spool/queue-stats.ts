/** Statistics about the queue, from file names only. */

import { lstat, readdir } from 'node:fs/promises'
import type { QueueStats, Workers } from '#queue/backend.ts'
import { type Listing, noneIfGone } from './listing.ts'
import { parseDelayedName, parseEntryName, parseWorkerName, type SpoolPaths } from './paths.ts'

export interface QueueStatsDeps {
  ready: Listing
  delayed: Listing
  workers: Workers
  isReading: boolean
}

export function createQueueStats(
  paths: SpoolPaths,
  { ready, delayed, workers, isReading }: QueueStatsDeps,
): QueueStats {
  const listWorkers = () =>
    readdir(paths.workers).catch((error) => (isReading ? noneIfGone(error) : Promise.reject(error)))
  return {
    async oldestWaiting() {
      const all: number[] = []
      // Names are sorted by priority, then by time, so the first of each priority is its oldest.
      let priority = ''
      for (const name of await ready.names()) {
        if (name[0] === priority) continue
        priority = name[0] ?? ''
        all.push(parseEntryName(name)?.submittedMs ?? Number.POSITIVE_INFINITY)
      }
      for (const name of await delayed.names()) {
        all.push(parseDelayedName(name)?.entry.submittedMs ?? Number.POSITIVE_INFINITY)
      }
      const oldest = all.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY)
      return Number.isFinite(oldest) ? oldest : undefined
    },

    async countWorkers() {
      const dead = new Set((await workers.listDead()).map(({ worker }) => worker))
      const registered = (await listWorkers()).map(parseWorkerName)
      return registered.filter((worker) => worker !== undefined && !dead.has(worker)).length
    },

    async lastBeat() {
      const registered = (await listWorkers()).map(parseWorkerName).filter((worker) => worker !== undefined)
      const locks = registered.map((worker) => lstat(`${paths.worker(worker)}.lock`).catch(() => undefined))
      const last = Math.max(0, ...(await Promise.all(locks)).map((found) => found?.mtimeMs ?? 0))
      return last === 0 ? undefined : last
    },
  }
}
