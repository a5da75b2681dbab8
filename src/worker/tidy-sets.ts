/** Connects the queue, which knows what jobs refer to and follows want, with the documents and git objects that are kept. */

import path from 'node:path'
import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { type KeptReport, tidyKeptObjects } from '#generate/clone/kept-objects.ts'
import type { TidyObjects, TidySets } from '#queue/retention.ts'
import { createSetRetention, type SetRetention, type SetRetentionDeps, TICK } from '#store/retention.ts'
import { createSetStore } from '#store/sets.ts'

/** Where git objects of followed repositories are, below the spool: `<id of the follow>/`. */
export const KEPT_OBJECTS = 'cache/objects'

/** The retention of sets as configured. */
export function openSetRetention(
  config: Config,
  deps: Omit<SetRetentionDeps, 'sets' | 'limits' | 'clock'> = {},
): SetRetention {
  return createSetRetention({
    sets: createSetStore(path.join(config.spoolDir, 'docs')),
    limits: { maxIdleMs: config.cacheExpiryMs, maxBytes: config.maxDocsBytes },
    clock: Date.now,
    ...deps,
  })
}

/** A step for the supervisor; handles some sets at a time. */
export function createTidySets(config: Config, log: Log): TidySets {
  const tidy = openSetRetention(config)
  return async (readReferences) => {
    const { removed } = await tidy(TICK, readReferences)
    if (removed.length === 0) return
    const bytes = removed.reduce((sum, set) => sum + set.bytes, 0)
    log.info({ sets: removed.length, bytes }, 'removed documents')
  }
}

/** A step for the supervisor and `gc`. @param onReport - Called with what was removed. */
export function createTidyObjects(
  { spoolDir, keptObjectBytes, jobTimeoutMs }: Config,
  onReport: (report: KeptReport) => void,
): TidyObjects {
  const folder = path.join(spoolDir, KEPT_OBJECTS)
  return async (readWanted) => {
    const limits = { maxBytes: keptObjectBytes, graceMs: 2 * jobTimeoutMs, now: Date.now() }
    onReport(await tidyKeptObjects(folder, limits, readWanted))
  }
}
