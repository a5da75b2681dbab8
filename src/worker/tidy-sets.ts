/** Connects the queue, which knows what jobs refer to and what follows need, with the retention of sets and git objects. */

import path from 'node:path'
import type { Config } from '#base/config.ts'
import { forLog, type Log } from '#base/log.ts'
import { bytesOfIndex, indexFolder } from '#cross-search/sqlite/generation.ts'
import { type KeptReport, tidyKeptObjects } from '#generate/clone/tidy-kept-objects.ts'
import type { TidyObjects, TidySets } from '#queue/retention.ts'
import {
  createSetRetention,
  type SetRetention,
  type SetRetentionDeps,
  type SetsReport,
  TICK,
} from '#store/retention.ts'
import { createSetStore } from '#store/sets.ts'
import type { DatabaseSets } from './configured-sets.ts'

/** The folder in the spool with the git objects of followed repositories, in one subfolder per follow, named by its id. */
export const KEPT_OBJECTS = 'cache/objects'

/** Set retention as configured. @param inDatabase - The sets if they are in a database. */
export function openSetRetention(
  config: Config,
  inDatabase: DatabaseSets | undefined,
  deps: Omit<SetRetentionDeps, 'sets' | 'limits' | 'clock' | 'otherBytes'> = {},
): SetRetention {
  return createSetRetention({
    sets: inDatabase?.shared ?? createSetStore(path.join(config.spoolDir, 'docs')),
    limits: { maxIdleMs: config.cacheExpiryMs, maxBytes: config.maxDocsBytes },
    // The clocks of machines may differ, so the database's is used.
    clock: inDatabase?.shared.clock ?? Date.now,
    // In a database, neither the index nor the queue counts towards the limit.
    ...(inDatabase === undefined && { otherBytes: () => bytesOfIndex(indexFolder(config.spoolDir)) }),
    ...deps,
  })
}

/**
 * Creates a step for the supervisor, which handles a limited number of sets per call.
 *
 * @param onReport - Called after each call; what it throws is logged.
 */
export function createTidySets(
  config: Config,
  inDatabase: DatabaseSets | undefined,
  log: Log,
  onReport: (report: SetsReport) => Promise<void>,
): TidySets {
  const tidy = openSetRetention(config, inDatabase)
  return async (readReferences) => {
    const report = await tidy(TICK, readReferences)
    const { removed } = report
    await onReport(report).catch((error) => log.warn(forLog(error), 'the size of the documents cannot be stored'))
    if (removed.length === 0) return
    const bytes = removed.reduce((sum, set) => sum + set.bytes, 0)
    log.info({ sets: removed.length, bytes }, 'removed documents')
  }
}

/** Creates a step for the supervisor and `gc`. @param onReport - Called with a report of what was removed. */
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
