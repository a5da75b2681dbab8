/** Answers questions about sets using their search index and graph. The server runs this in a thread. */

import type { Caller } from '#base/caller.ts'
import { createGraphs, type Graphs, type PartReader } from '#graph-queries/graphs.ts'
import { createFileSearcher, type FileSearcher } from '#search/file-searcher.ts'
import { createSearcher, type Searcher } from '#search/searcher.ts'
import type { SetReader } from '#store/sets.ts'
import type { Answer } from './answer.ts'
import { findEvidence } from './evidence.ts'

export interface Asker {
  /**
   * @param key - The key of a published set.
   * @returns `undefined` when the set does not exist, or was made by an older version without a graph index.
   * @throws If it runs in a thread: `ServerBusy` or `TookTooLong`.
   */
  ask(key: string, question: string, caller?: Caller): Promise<{ answer: Answer; work: number } | undefined>
}

export const createAsker = (
  searcher: Pick<Searcher, 'search'>,
  graphs: Pick<Graphs, 'ask'>,
  files: FileSearcher,
): Asker => ({
  ask: (key, question) =>
    findEvidence(
      {
        search: (query, limit) => searcher.search(key, query, limit),
        graph: (query) => graphs.ask(key, query),
        files: (text, limit) => files.find(key, text, limit),
      },
      question,
    ),
})

/** Creates an asker with its own searcher and graphs. */
export const askerOf = (sets: Pick<SetReader, 'readFile'> & PartReader): Asker =>
  createAsker(createSearcher(sets), createGraphs(sets), createFileSearcher(sets))
