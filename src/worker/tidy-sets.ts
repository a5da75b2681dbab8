/** Connects the queue, which knows what jobs and follows need, to the retention of sets, git objects and model answers. */

import path from 'node:path'
import type { Config } from '#base/config.ts'
import { forLog, type Log } from '#base/log.ts'
import { bytesOfIndex, indexFolder } from '#cross-search/sqlite/generation.ts'
import { type KeptReport, tidyKeptObjects } from '#generate/clone/tidy-kept-objects.ts'
import { pruneAnswers } from '#generate/prose/client/answer-store.ts'
import type { TidyCaches, TidySets } from '#queue/retention.ts'
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

/** Retention of sets, as configured. @param inDatabase - The database's sets, if they are stored there. */
export function openSetRetention(
  config: Config,
  inDatabase: DatabaseSets | undefined,
  deps: Omit<SetRetentionDeps, 'sets' | 'limits' | 'clock' | 'otherBytes'> = {},
): SetRetention {
  return createSetRetention({
    sets: inDatabase?.shared ?? createSetStore(path.join(config.spoolDir, 'docs')),
    limits: { maxIdleMs: config.cacheExpiryMs, maxBytes: config.maxDocsBytes },
    // The clocks of machines may differ, so the database's clock is used.
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
    await onReport(report).catch((error) => log.warn(forLog(error), 'cannot record the size of the documents'))
    if (removed.length === 0) return
    const bytes = removed.reduce((sum, set) => sum + set.bytes, 0)
    log.info({ sets: removed.length, bytes }, 'removed documents')
  }
}

/** The folders in the spool with model answers: `answers` for documents, `asked` for readers' questions. */
const ANSWER_FOLDERS = ['answers', 'asked']
const PRUNE_ANSWERS_MS = 24 * 3_600_000

/**
 * Creates a step for the supervisor and `gc` that removes git objects over their limits and, once a day, model
 * answers that were not used for 90 days.
 *
 * @param onReport - Called with a report of the git objects that were removed.
 */
export function createTidyCaches(
  { spoolDir, keptObjectBytes, jobTimeoutMs }: Config,
  onReport: (report: KeptReport) => void,
): TidyCaches {
  let nextPruneMs = 0
  return async (readWanted) => {
    const now = Date.now()
    if (now >= nextPruneMs) {
      nextPruneMs = now + PRUNE_ANSWERS_MS
      for (const folder of ANSWER_FOLDERS) await pruneAnswers(path.join(spoolDir, folder))
    }
    const limits = { maxBytes: keptObjectBytes, graceMs: 2 * jobTimeoutMs, now }
    onReport(await tidyKeptObjects(path.join(spoolDir, KEPT_OBJECTS), limits, readWanted))
  }
}
