/** The thread that makes short answers which would hold up others: it searches sets, and makes pages of large source files. */

import { workerData } from 'node:worker_threads'
import type { SourcePages } from '#http/source-pages.ts'
import { createSourcePages } from '#http/source-pages.ts'
import { createSearcher, type Found } from '#search/searcher.ts'
import { createSetStore } from '#store/sets.ts'
import { answerTasks } from './reply.ts'

export interface AnswerThreadData {
  /** The folder of all sets. */
  docs: string
  /** Of the assets that pages load. */
  versions: ReadonlyMap<string, string>
}

export type AnswerTask =
  | { type: 'search'; search: [key: string, query: string, limit: number] }
  | { type: 'source'; source: Parameters<SourcePages['file']> }
  | { type: 'sources'; sources: Parameters<SourcePages['list']> }

export type ThreadAnswer = Found | Uint8Array<ArrayBuffer> | undefined

const { docs, versions } = workerData as AnswerThreadData
const sets = createSetStore(docs)
const searcher = createSearcher(sets)
const pages = createSourcePages(sets, { version: (name) => versions.get(name) ?? '' })

answerTasks(
  (task: AnswerTask): Promise<ThreadAnswer> => {
    if (task.type === 'search') return searcher.search(...task.search)
    return task.type === 'source' ? pages.file(...task.source) : pages.list(...task.sources)
  },
  (answer) => (answer instanceof Uint8Array ? [answer.buffer] : []),
)
