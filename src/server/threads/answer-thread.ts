/**
 * The thread for short tasks: searching sets, comparing them, answering questions, and rendering pages of source files.
 */

import { workerData } from 'node:worker_threads'
import { type Asker, createAsker } from '#ask/asker.ts'
import type { Diff } from '#diff/change.ts'
import { createGraphs } from '#graph-queries/graphs.ts'
import type { Outcome, Question } from '#graph-queries/questions.ts'
import { createDiffer } from '#http/differ.ts'
import type { SourcePages } from '#http/source-pages.ts'
import { createSourcePages } from '#http/source-pages.ts'
import { createSearcher, type Found } from '#search/searcher.ts'
import { createSetStore } from '#store/sets.ts'
import { answerTasks } from './task-loop.ts'

export interface AnswerThreadData {
  /** The folder of all sets. */
  docs: string
  /** Hashes of assets for `?v=`, by name. */
  versions: ReadonlyMap<string, string>
}

export type AnswerTask =
  | { type: 'search'; search: [key: string, query: string, limit: number] }
  | { type: 'diff'; diff: [before: string, after: string] }
  | { type: 'whole diff'; diff: [before: string, after: string] }
  | { type: 'graph'; graph: [key: string, question: Question] }
  | { type: 'ask'; ask: [key: string, question: string] }
  | { type: 'source'; source: Parameters<SourcePages['file']> }
  | { type: 'sources'; sources: Parameters<SourcePages['list']> }

export type Asked = Awaited<ReturnType<Asker['ask']>>

export type ThreadAnswer = Found | Diff | Outcome | Asked | Uint8Array<ArrayBuffer> | undefined

const { docs, versions } = workerData as AnswerThreadData
const sets = createSetStore(docs)
const searcher = createSearcher(sets)
const graphs = createGraphs(sets)
const asker = createAsker(searcher, graphs)
const differ = createDiffer(sets)
const pages = createSourcePages(sets, { version: (name) => versions.get(name) ?? '' })

answerTasks(
  (task: AnswerTask): Promise<ThreadAnswer> => {
    if (task.type === 'diff') return differ.shown(...task.diff)
    if (task.type === 'whole diff') return differ.whole(...task.diff)
    if (task.type === 'search') return searcher.search(...task.search)
    if (task.type === 'graph') return graphs.ask(...task.graph)
    if (task.type === 'ask') return asker.ask(...task.ask)
    return task.type === 'source' ? pages.file(...task.source) : pages.list(...task.sources)
  },
  (answer) => (answer instanceof Uint8Array ? [answer.buffer] : []),
)
