/**
 * The thread for short tasks: searching sets, one or all, comparing them, answering questions, and rendering pages of source files.
 */

import { workerData } from 'node:worker_threads'
import { type Asker, createAsker } from '#ask/asker.ts'
import type { CrossFound, CrossLinks, CrossSearcher } from '#cross-search/contract.ts'
import { createIndexFile } from '#cross-search/sqlite/index-file.ts'
import { createSqliteIndex } from '#cross-search/sqlite/sqlite-index.ts'
import type { Diff } from '#diff/change.ts'
import { createGraphs } from '#graph-queries/graphs.ts'
import type { Outcome, Question } from '#graph-queries/questions.ts'
import { createDiffer } from '#http/differ.ts'
import type { SourcePages } from '#http/source-pages.ts'
import { createSourcePages } from '#http/source-pages.ts'
import { createFileSearcher } from '#search/file-searcher.ts'
import { createSearcher, type Found } from '#search/searcher.ts'
import { createSetStore } from '#store/sets.ts'
import { answerTasks } from './task-loop.ts'

export interface AnswerThreadData {
  /** The folder of all sets. */
  docs: string
  /** The folder of the index over all repositories. */
  index: string
  /** Hashes of assets for `?v=`, keyed by name. */
  versions: ReadonlyMap<string, string>
}

export type AnswerTask =
  | { type: 'search'; search: [key: string, query: string, limit: number] }
  | { type: 'cross-search'; search: [query: string, within: readonly string[], limit: number] }
  | { type: 'links'; repoUrl: string }
  | { type: 'diff'; diff: [before: string, after: string] }
  | { type: 'whole diff'; diff: [before: string, after: string] }
  | { type: 'graph'; graph: [key: string, question: Question] }
  | { type: 'ask'; ask: [key: string, question: string] }
  | { type: 'source'; source: Parameters<SourcePages['file']> }
  | { type: 'sources'; sources: Parameters<SourcePages['list']> }

export type AskResult = Awaited<ReturnType<Asker['ask']>>

export type ThreadAnswer =
  | Found
  | CrossFound
  | CrossLinks
  | Diff
  | Outcome
  | AskResult
  | Uint8Array<ArrayBuffer>
  | undefined

const { docs, index, versions } = workerData as AnswerThreadData
const sets = createSetStore(docs)
const searcher = createSearcher(sets)
const all: CrossSearcher = createSqliteIndex(createIndexFile(index))
const graphs = createGraphs(sets)
const asker = createAsker(searcher, graphs, createFileSearcher(sets))
const differ = createDiffer(sets)
const pages = createSourcePages(sets, { version: (name) => versions.get(name) ?? '' })

answerTasks(
  (task: AnswerTask): Promise<ThreadAnswer> => {
    if (task.type === 'diff') return differ.shown(...task.diff)
    if (task.type === 'whole diff') return differ.whole(...task.diff)
    if (task.type === 'cross-search') return all.search(...task.search)
    if (task.type === 'links') return all.links(task.repoUrl)
    if (task.type === 'search') return searcher.search(...task.search)
    if (task.type === 'graph') return graphs.ask(...task.graph)
    if (task.type === 'ask') return asker.ask(...task.ask)
    return task.type === 'source' ? pages.file(...task.source) : pages.list(...task.sources)
  },
  (answer) => (answer instanceof Uint8Array ? [answer.buffer] : []),
)
