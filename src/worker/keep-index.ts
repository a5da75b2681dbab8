/**
 * Keeps the search index over all repositories up to date, alongside the supervisor: a loop of small steps, and a thread that
 * does the writing.
 */

import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '#base/config.ts'
import { forLog, type Log } from '#base/log.ts'
import type { RepositoryPolicy } from '#base/repository.ts'
import { readConfiguredQueue } from '#cli/configured-queue.ts'
import type { CrossIndex, IndexedJob, IndexedSet, IndexWriter } from '#cross-search/contract.ts'
import { currentOf, indexFolder } from '#cross-search/sqlite/generation.ts'
import { createUpdate, type DocumentedJob, type DocumentedJobs } from '#cross-search/update.ts'
import type { JobQueue, JobSnapshot } from '#queue/contract.ts'
import { isOfRepository, readDocuments } from '#queue/repository-documents.ts'
import type { IndexAnswer, IndexTask, IndexThreadData } from '#server/threads/index-thread.ts'
import { ThreadPool } from '#server/threads/pool.ts'
import type { CachedSets } from '#store/postgres/cached-sets.ts'
import type { DatabaseSets } from './configured-sets.ts'

const MIN_REST_MS = 3_000
/** After a step that changes nothing, the loop rests this many times as long as the step took. */
const REST_FACTOR = 40
/** Number of jobs that are listed at once. */
const PAGE_SIZE = 100
/** The deadline is generous: writing a large set takes seconds, and longer on a busy machine. */
const WRITER = {
  threads: 1,
  maxWaiting: 4,
  maxWaitingPerClient: 4,
  deadlineMs: 300_000,
  maxHeapMb: 1_024,
  idleMs: 30_000,
}

/**
 * Runs until `signal` is aborted. Never rejects.
 *
 * @param inDatabase - The sets and the index if they are in a database.
 */
export async function keepIndex(
  config: Config,
  inDatabase: DatabaseSets | undefined,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const writer = createIndexWriter(config.spoolDir, inDatabase)
  try {
    const queue = await readConfiguredQueue(config, log)
    try {
      const step = createUpdate({
        jobs: jobsOf(queue, config),
        index: writer,
        onFailure: (repository, error) =>
          log.warn({ ...forLog(error), repository }, 'documents cannot be added to the search over all repositories'),
      })
      while (!signal.aborted) {
        const startMs = performance.now()
        const isChanged = await step().catch((error) => {
          if (!signal.aborted) log.warn(forLog(error), 'the search over all repositories cannot be kept up to date')
          return false
        })
        const restMs = isChanged ? 0 : Math.max(MIN_REST_MS, REST_FACTOR * (performance.now() - startMs))
        await pause(restMs, undefined, { signal }).catch(() => undefined)
      }
    } finally {
      await queue.close()
    }
  } catch (error) {
    log.warn(forLog(error), 'the search over all repositories cannot be kept up to date')
  } finally {
    await writer.close()
  }
}

type Writer = IndexWriter & { close(): Promise<void> }

/**
 * Sets are read in a thread, because large ones take seconds; it also writes, if the index is in the spool. The thread ends when
 * there is nothing to do.
 */
export function createIndexWriter(
  spoolDir: string,
  inDatabase: { cached: Pick<CachedSets, 'hold'>; index: CrossIndex } | undefined,
): Writer {
  const folder = indexFolder(spoolDir)
  const pool = new ThreadPool<IndexTask, IndexAnswer>({
    ...WRITER,
    script: new URL('../server/threads/index-thread.ts', import.meta.url),
    data: { docs: path.join(spoolDir, 'docs'), index: folder } satisfies IndexThreadData,
  })
  const close = (): Promise<void> => pool.close()
  if (inDatabase === undefined) {
    return {
      generation: async () => currentOf(folder),
      list: async () => (await pool.run({ type: 'list' })) as IndexedJob[],
      put: async (job) => (await pool.run({ type: 'put', job })) === true,
      async remove(repoUrl) {
        await pool.run({ type: 'remove', repoUrl })
      },
      async complete() {
        await pool.run({ type: 'complete' })
      },
      close,
    }
  }
  const { cached, index } = inDatabase
  return {
    ...index,
    // Constant, because changes by other machines are found when their jobs are checked.
    generation: async () => 'database',
    async put(job) {
      if (!(await cached.hold(job.key))) return false
      const set = (await pool.run({ type: 'read', job })) as IndexedSet | undefined
      if (set !== undefined) await index.put(set)
      return set !== undefined
    },
    close,
  }
}

/** The jobs whose documents are shown as those of their repository. */
export function jobsOf(queue: Pick<JobQueue, 'list' | 'read'>, policy: RepositoryPolicy): DocumentedJobs {
  return {
    async page(after) {
      const { jobs, next } = await queue.list({ documented: true, limit: PAGE_SIZE, ...(after !== null && { after }) })
      return { jobs: jobs.filter(isOfRepository).map(toJob), next }
    },
    async ofRepository(repoUrl) {
      const { jobs } = await readDocuments(queue, repoUrl, policy)
      // The index contains a repository once for each spelling of its URL in jobs.
      return jobs.filter(({ view }) => view.repo_url === repoUrl).map(toJob)
    },
    async read(jobId) {
      const job = await queue.read(jobId)
      return job === undefined || !isOfRepository(job) ? undefined : toJob(job)
    },
  }
}

const toJob = ({ view, docsKey }: JobSnapshot): DocumentedJob => ({
  jobId: view.job_id,
  repoUrl: view.repo_url,
  key: docsKey,
  since: Date.parse(view.created_at),
  isSpecial: view.commit_id !== null || Object.keys(view.options).length > 0,
})
