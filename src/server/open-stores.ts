/** Opens the stores of a server: the queue and the sets, and the dependencies of the application that read them. */

import type { Config } from '#base/config.ts'
import { freeBytesOf } from '#base/disk-space.ts'
import type { Log } from '#base/log.ts'
import type { Releasers } from '#base/releasers.ts'
import { readDocumentsSize } from '#metrics/documents-size.ts'
import { createServerMetrics } from '#metrics/server-metrics.ts'
import { keepSharedCounts, readSharedCounts } from '#metrics/shared-counts.ts'
import { createStoredCounts } from '#metrics/stored-counts.ts'
import type { JobQueue } from '#queue/contract.ts'
import type { OnMetricEvent } from '#queue/metric-events.ts'
import type { Queue } from '#queue/open-queue.ts'
import { createSetStore } from '#store/sets.ts'
import { openDatabaseSets } from '#worker/configured-sets.ts'
import { loadAssets } from './asset-reader.ts'
import { createGitTokenKeeper } from './git-token-keeper.ts'
import { createServerCounts } from './keep-counts.ts'
import { createLazyAnswerer } from './lazy-answerer.ts'
import { createSharedSpendReader, createSpendReader } from './spend-file.ts'
import { createThreads } from './threads/threads.ts'

export type OpenQueue = (
  config: Config,
  log: Log,
  onMetricEvent: OnMetricEvent,
) => Promise<JobQueue & Partial<Pick<Queue, 'follows' | 'announce' | 'locate'>> & { close(): Promise<void> }>

/** With a database: how long a page uses a job without reading it again. */
const KNOWN_JOB_MS = 1_000

/** @param releasers - Receives what closes the stores. */
export async function openStores(config: Config, log: Log, openQueue: OpenQueue, releasers: Releasers) {
  const { spoolDir, llm } = config
  const counts = createServerCounts()
  const queue = await openQueue(config, log, counts.onMetricEvent)
  releasers.push(() => queue.close())
  releasers.push(queue.announce?.() ?? (() => undefined))
  const inDatabase = await openDatabaseSets(config, log)
  releasers.push(() => inDatabase?.close())
  const stored = inDatabase?.counts ?? createStoredCounts(spoolDir, () => queue.locate?.())
  counts.keepWith((own) => keepSharedCounts(stored, own, { log }))
  releasers.push(() => counts.end())
  const tokenKeeper = inDatabase === undefined ? keepTokens(queue, config, log, releasers) : inDatabase.gitTokens
  const perDay = llm?.perDay ?? null
  const spend =
    inDatabase === undefined
      ? createSpendReader(spoolDir, perDay, log)
      : createSharedSpendReader(inDatabase.spend, perDay, log)
  const freeBytes = async () => (await freeBytesOf(spoolDir)) ?? null
  const metrics = createServerMetrics({
    readJobMetrics: () => readSharedCounts(stored),
    queue,
    spend,
    freeBytes,
    clock: Date.now,
    documents: { readSize: () => readDocumentsSize(spoolDir), maxBytes: config.maxDocsBytes },
  })
  const sets = inDatabase?.cached ?? createSetStore(`${spoolDir}/docs`)
  const assets = await loadAssets()
  const { close: closeThreads, ...threads } = createThreads({
    spoolDir,
    sets,
    assets,
    log,
    ...(inDatabase !== undefined && { hold: inDatabase.cached.hold }),
  })
  releasers.push(closeThreads)
  const { graphs } = threads
  return {
    ...(llm?.ask != null && {
      answerer: createLazyAnswerer({
        settings: llm,
        graphs,
        sets,
        spoolDir,
        sharedSpend: inDatabase?.spend,
        log: (level, text) => log[level](text),
      }),
    }),
    queue,
    sets,
    assets,
    spend,
    metrics,
    freeBytes,
    ...threads,
    ...(inDatabase !== undefined && { crossSearcher: inDatabase.index }),
    ...(queue.follows && { follows: queue.follows }),
    ...(tokenKeeper === undefined ? { whyNoTokens: 'DOCSPOOL_SECRET_KEY is not set' } : { tokenKeeper }),
    ...(inDatabase !== undefined && { clientJobs: inDatabase.clientJobs, knownJobMs: KNOWN_JOB_MS }),
  }
}

/** Keeps git tokens in memory, if jobs are in a spool. */
function keepTokens(queue: JobQueue, { spoolDir }: Config, log: Log, releasers: Releasers) {
  const keeper = createGitTokenKeeper(spoolDir, {
    isUnfinished: async (jobId) => {
      const status = (await queue.read(jobId))?.view.status
      return status === 'queued' || status === 'processing'
    },
    prepare: () => queue.probe(),
    log,
  })
  releasers.push(() => keeper.close())
  return keeper
}
