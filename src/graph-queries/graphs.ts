/** Answers questions about the graphs of sets. Indexes are opened on demand and cached. The server runs this in a thread. */

import { DamagedBytes } from '#base/bytes.ts'
import type { Caller } from '#base/caller.ts'
import { createLoadCache } from '#base/load-cache.ts'
import { GRAPH_INDEX_FILE } from './format.ts'
import type { Tally } from './graph-columns.ts'
import { createGraphParts, GraphFile, type GraphParts } from './graph-file.ts'
import { impactOf } from './impact.ts'
import { implementationsOf } from './implementations.ts'
import { describeSymbol, listSymbols, outlineOf } from './look-up.ts'
import { neighboursOf } from './neighbours.ts'
import { pathBetween } from './path-between.ts'
import type { Answers, Outcome, Question, QuestionName } from './questions.ts'
import { AmbiguousSymbol, NoSuchSymbol } from './resolve.ts'

export interface Graphs {
  /**
   * @param key - The key of a published set.
   * @throws If it runs in a thread: `ServerBusy` or `TookTooLong`.
   */
  ask(key: string, question: Question, caller?: Caller): Promise<Outcome>
}

/** Reads files of sets, and if it can, parts of them. */
export interface PartReader {
  readFile(key: string, name: string): Promise<Uint8Array | undefined>
  readBytes?(key: string, name: string, from: number, to: number): Promise<Uint8Array | undefined>
}

/** Limit on the columns of all graphs in memory. */
const MAX_BYTES = 96 * 1_048_576

export function createGraphs(sets: PartReader, maxBytes = MAX_BYTES, parts: GraphParts = createGraphParts()): Graphs {
  const graphs = createLoadCache(maxBytes, async (key) => {
    const graph = await GraphFile.open(
      async (from, to) =>
        sets.readBytes === undefined
          ? (await sets.readFile(key, GRAPH_INDEX_FILE))?.subarray(from, to)
          : sets.readBytes(key, GRAPH_INDEX_FILE, from, to),
      parts,
    )
    return graph && { value: graph, bytes: graph.bytes }
  })
  /** Graphs whose opening has been charged, to the first caller. */
  const paid = new WeakSet<GraphFile>()

  return {
    async ask(key, question) {
      const graph = await graphs.read(key)
      if (graph === undefined) return { is: 'no index' }
      const tally: Tally = { work: paid.has(graph) ? 0 : graph.header.nodes + graph.header.edges }
      paid.add(graph)
      try {
        return { is: 'answer', answer: await answer(graph, question, tally), work: tally.work }
      } catch (error) {
        const { work } = tally
        // The set was removed, or is damaged; at the next question there may be another.
        if (error instanceof DamagedBytes) graphs.forget(key)
        if (error instanceof NoSuchSymbol) return { is: 'no such symbol', symbol: error.symbol, work }
        if (!(error instanceof AmbiguousSymbol)) throw error
        const { symbol, candidates, total } = error
        return { is: 'ambiguous', symbol, candidates, total, work }
      }
    },
  }
}

function answer(graph: GraphFile, question: Question, tally: Tally): Promise<Answers[QuestionName]> {
  switch (question.ask) {
    case 'symbols':
      return listSymbols(graph, question, tally)
    case 'symbol':
      return describeSymbol(graph, question, tally)
    case 'callers':
    case 'callees':
      return neighboursOf(graph, question, tally)
    case 'implementations':
      return implementationsOf(graph, question, tally)
    case 'path_between':
      return pathBetween(graph, question, tally)
    case 'impact':
      return impactOf(graph, question, tally)
    case 'outline':
      return outlineOf(graph, question, tally)
  }
}
