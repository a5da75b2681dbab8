/** The dependencies of the application that use threads. */

import type { Log } from '#base/log.ts'
import type { CrossFound, CrossLinks } from '#cross-search/contract.ts'
import { indexFolder } from '#cross-search/sqlite/generation.ts'
import type { Diff } from '#diff/change.ts'
import type { Outcome } from '#graph-queries/questions.ts'
import type { AppDeps, AssetReader } from '#http/deps.ts'
import type { Found } from '#search/searcher.ts'
import type { SetReader } from '#store/sets.ts'
import { ASSETS } from '#templates/assets.ts'
import type { AnswerTask, AnswerThreadData, AskResult, ThreadAnswer } from './answer-thread.ts'
import { createDerivedFileStore, type MakeTask } from './derived-file-store.ts'
import type { MakeThreadData } from './make-thread.ts'
import { ThreadPool } from './pool.ts'

export interface ThreadsOptions {
  spoolDir: string
  sets: Pick<SetReader, 'has'>
  assets: AssetReader
  log: Log
  /** Brings a set into the folder that threads read, if sets are stored elsewhere. */
  hold?(key: string): Promise<unknown>
}

export interface Threads
  extends Required<
    Pick<AppDeps, 'differ' | 'searcher' | 'crossSearcher' | 'graphs' | 'asker' | 'sourcePages' | 'made'>
  > {
  close(): Promise<void>
}

/** A search takes tens of milliseconds, or some seconds if a large index must be read first. */
const ANSWER = { threads: 1, maxWaiting: 64, maxWaitingPerClient: 16, deadlineMs: 15_000, maxHeapMb: 768 }
/**
 * A search over all repositories takes tens of milliseconds. It has a thread of its own, since a query of SQLite cannot be
 * interrupted: after its deadline, another thread takes over.
 */
const CROSS = { threads: 1, maxWaiting: 32, maxWaitingPerClient: 8, deadlineMs: 5_000, maxHeapMb: 256 }
/** An archive takes seconds, or a minute for the largest sets. */
const MAKE = { threads: 1, maxWaiting: 16, maxWaitingPerClient: 4, deadlineMs: 300_000, maxHeapMb: 768, idleMs: 60_000 }

/** Threads start with their first task. */
export function createThreads({ spoolDir, sets, assets, log, hold }: ThreadsOptions): Threads {
  const docs = `${spoolDir}/docs`
  const files: MakeThreadData['assets'] = new Map(
    ASSETS.flatMap(({ name }) => {
      const found = assets.read(name)
      return found === undefined ? [] : [[name, { body: found.body, hash: found.hash }]]
    }),
  )
  const versions = new Map(ASSETS.map(({ name }) => [name, assets.version(name)]))
  const thread = {
    script: new URL('./answer-thread.ts', import.meta.url),
    data: { docs, index: indexFolder(spoolDir), versions } satisfies AnswerThreadData,
  }
  const answers = new ThreadPool<AnswerTask, ThreadAnswer>({ ...ANSWER, ...thread, keyOf: keyOfAnswer })
  const cross = new ThreadPool<AnswerTask, ThreadAnswer>({ ...CROSS, ...thread })
  const makers = new ThreadPool<MakeTask, null>({
    ...MAKE,
    keyOf: ({ file }) => file,
    script: new URL('./make-thread.ts', import.meta.url),
    data: { docs, assets: files } satisfies MakeThreadData,
  })
  const made = createDerivedFileStore(`${spoolDir}/made`, { pool: makers, hasSet: (key) => sets.has(key) })
  made.sweep().catch((error) => log.warn({ err: error }, 'incomplete derived files cannot be removed'))
  const page = (answer: ThreadAnswer) => answer as Uint8Array<ArrayBuffer> | undefined
  return {
    searcher: {
      async search(key, query, limit, caller) {
        if (hold !== undefined) await hold(key)
        const task: AnswerTask = { type: 'search', search: [key, query, limit] }
        return (await answers.run(task, caller)) as Found | undefined
      },
    },
    crossSearcher: {
      search: async (query, within, limit, caller) =>
        (await cross.run({ type: 'cross-search', search: [query, within, limit] }, caller)) as CrossFound | undefined,
      links: async (repoUrl, caller) => (await cross.run({ type: 'links', repoUrl }, caller)) as CrossLinks | undefined,
    },
    graphs: {
      ask: async (key, question, caller) =>
        (await answers.run({ type: 'graph', graph: [key, question] }, caller)) as Outcome,
    },
    asker: {
      ask: async (key, question, caller) =>
        (await answers.run({ type: 'ask', ask: [key, question] }, caller)) as AskResult,
    },
    differ: {
      async whole(before, after, caller) {
        return page(await answers.run({ type: 'whole diff', diff: [before, after] }, caller))
      },
      async shown(before, after, caller) {
        return (await answers.run({ type: 'diff', diff: [before, after] }, caller)) as Diff | undefined
      },
    },
    sourcePages: {
      async file(job, key, row, caller) {
        if (hold !== undefined) await hold(key)
        return page(await answers.run({ type: 'source', source: [job, key, row] }, caller))
      },
      async list(job, key, caller) {
        if (hold !== undefined) await hold(key)
        return page(await answers.run({ type: 'sources', sources: [job, key] }, caller))
      },
    },
    made,
    async close() {
      await Promise.all([answers.close(), cross.close(), makers.close()])
    },
  }
}

/**
 * Pages and comparisons depend on immutable sets only, so callers who wait for the same one share it. Other answers are cheaper, and
 * are charged by their work to each caller.
 */
const keyOfAnswer = (task: AnswerTask): string | undefined =>
  task.type === 'source' || task.type === 'sources' || task.type === 'diff' || task.type === 'whole diff'
    ? JSON.stringify(task)
    : undefined
