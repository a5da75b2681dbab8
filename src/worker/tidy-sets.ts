/** Connects the queue, which knows the sets that jobs refer to, with the store of sets, to remove old ones. */

import path from 'node:path'
import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import type { TidySets } from '#queue/retention.ts'
import { createSetRetention, type SetRetention, type SetRetentionDeps, TICK } from '#store/retention.ts'
import { createSetStore } from '#store/sets.ts'
import type { DatabaseSets } from './configured-sets.ts'

/** The retention of sets as configured. @param inDatabase - The sets, if they are in a database. */
export function openSetRetention(
  config: Config,
  inDatabase: DatabaseSets | undefined,
  deps: Omit<SetRetentionDeps, 'sets' | 'limits' | 'clock'> = {},
): SetRetention {
  return createSetRetention({
    sets: inDatabase?.shared ?? createSetStore(path.join(config.spoolDir, 'docs')),
    limits: { maxIdleMs: config.cacheExpiryMs, maxBytes: config.maxDocsBytes },
    // Machines may disagree about the time.
    clock: inDatabase?.shared.clock ?? Date.now,
    ...deps,
  })
}

/** A step for the supervisor; handles some sets at a time. */
export function createTidySets(config: Config, inDatabase: DatabaseSets | undefined, log: Log): TidySets {
  const tidy = openSetRetention(config, inDatabase)
  return async (readReferences) => {
    const { removed } = await tidy(TICK, readReferences)
    if (removed.length === 0) return
    const bytes = removed.reduce((sum, set) => sum + set.bytes, 0)
    log.info({ sets: removed.length, bytes }, 'removed documents')
  }
}
