/** Answers questions about the graphs of sets. Indexes are opened on demand and kept. The server runs this in a thread. */

import { DamagedIndex } from './bytes.ts'
import { GRAPH_INDEX_FILE } from './format.ts'
import { GraphFile, type ReadBytes, type Tally } from './graph-file.ts'
import { impactOf } from './impact.ts'
import { implementationsOf } from './implementations.ts'
import { describeSymbol, listSymbols, outlineOf } from './look-up.ts'
import { neighboursOf } from './neighbours.ts'
import { pathBetween } from './path-between.ts'
import type { Answers, Outcome, Question, QuestionName } from './questions.ts'
import { AmbiguousSymbol, NoSuchSymbol } from './resolve.ts'

export interface GraphCaller {
  /** Aborted when the caller disconnects. */
  signal: AbortSignal
  /** `undefined` for callers without a limit of their own. */
  client: string | undefined
}

export interface Graphs {
  /**
   * @param key - The key of a published set.
   * @throws If it runs in a thread: `ServerBusy` or `TookTooLong`.
   */
  ask(key: string, question: Question, caller?: GraphCaller): Promise<Outcome>
}

/** Reads files of sets, and parts of them where it can. */
export interface PartReader {
  readFile(key: string, name: string): Promise<Uint8Array | undefined>
  readBytes?(key: string, name: string, from: number, to: number): Promise<Uint8Array | undefined>
}

/** Limit of the columns of all graphs in memory. The last one is always kept. */
const MAX_BYTES = 96 * 1_048_576

export function createGraphs(sets: PartReader, maxBytes = MAX_BYTES): Graphs {
  /** Least recently used first. */
  const kept = new Map<string, Promise<GraphFile | undefined>>()
  const sizes = new Map<string, number>()

  function open(key: string, tally: Tally): Promise<GraphFile | undefined> {
    const known = kept.get(key)
    kept.delete(key)
    const opening = known ?? load(key, tally)
    kept.set(key, opening)
    return opening
  }

  async function load(key: string, tally: Tally): Promise<GraphFile | undefined> {
    const read: ReadBytes = async (from, to) =>
      sets.readBytes === undefined
        ? (await sets.readFile(key, GRAPH_INDEX_FILE))?.subarray(from, to)
        : sets.readBytes(key, GRAPH_INDEX_FILE, from, to)
    const graph = await GraphFile.open(read).catch((error) => {
      kept.delete(key)
      throw error
    })
    if (graph === undefined) kept.delete(key)
    else {
      tally.work += graph.header.nodes + graph.header.edges
      sizes.set(key, graph.bytes)
      makeRoom(key)
    }
    return graph
  }

  function makeRoom(newest: string): void {
    let total = 0
    for (const bytes of sizes.values()) total += bytes
    for (const key of [...kept.keys()]) {
      if (total <= maxBytes) return
      if (key === newest) continue
      total -= sizes.get(key) ?? 0
      sizes.delete(key)
      kept.delete(key)
    }
  }

  return {
    async ask(key, question) {
      const tally: Tally = { work: 0 }
      const graph = await open(key, tally)
      if (graph === undefined) return { is: 'no index' }
      try {
        return { is: 'answer', answer: await answer(graph, question, tally), work: tally.work }
      } catch (error) {
        const { work } = tally
        // The set was removed, or is damaged: it may be there again, whole, when it is asked next.
        if (error instanceof DamagedIndex) kept.delete(key)
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
