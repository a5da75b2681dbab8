/** Statistics about the queue, obtained without opening files. */

import { lstat } from 'node:fs/promises'
import { greatest } from '#base/long-arrays.ts'
import type { QueueStats, Workers } from '#queue/backend.ts'
import { parseDelayedName, parseEntryName } from './file-names.ts'
import type { Listing } from './listing.ts'
import type { SpoolPaths } from './paths.ts'

export interface QueueStatsDeps {
  ready: Listing
  delayed: Listing
  workers: Pick<Workers, 'listLive'>
}

export function createQueueStats(paths: SpoolPaths, { ready, delayed, workers }: QueueStatsDeps): QueueStats {
  const listSupervisors = async () => (await workers.listLive()).filter(({ role }) => role === undefined)
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
      const oldest = all.reduce((min, ms) => Math.min(min, ms), Number.POSITIVE_INFINITY)
      return Number.isFinite(oldest) ? oldest : undefined
    },

    async countWorkers() {
      return (await listSupervisors()).length
    },

    async lastBeat() {
      const locks = (await listSupervisors()).map(({ worker }) =>
        lstat(`${paths.worker(worker)}.lock`).catch(() => undefined),
      )
      const last = Math.max(0, greatest((await Promise.all(locks)).map((found) => found?.mtimeMs ?? 0)))
      return last === 0 ? undefined : last
    },
  }
}
