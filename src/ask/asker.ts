/** Answers questions about sets with their search and their graph. The server runs this in a thread. */

import { createGraphs, type GraphCaller, type Graphs, type PartReader } from '#graph-queries/graphs.ts'
import { createFileSearcher, type FileSearcher } from '#search/file-searcher.ts'
import { createSearcher, type Searcher } from '#search/searcher.ts'
import type { SetReader } from '#store/sets.ts'
import type { Answer } from './answer.ts'
import { findEvidence } from './evidence.ts'

export interface Asker {
  /**
   * @param key - The key of a published set.
   * @returns `undefined` when the set does not exist, or has no index of its graph because an older version made it.
   * @throws If it runs in a thread: `ServerBusy` or `TookTooLong`.
   */
  ask(key: string, question: string, caller?: GraphCaller): Promise<{ answer: Answer; work: number } | undefined>
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
        graph: (asked) => graphs.ask(key, asked),
        files: (text, limit) => files.find(key, text, limit),
      },
      question,
    ),
})

/** With a search and graphs of its own. */
export const askerOf = (sets: Pick<SetReader, 'readFile'> & PartReader): Asker =>
  createAsker(createSearcher(sets), createGraphs(sets), createFileSearcher(sets))
