/** Holds callers and callees of every definition of a set against its `graph.json`. */

import type { Graphs } from '#graph-queries/graphs.ts'
import type { Answers, QuestionName } from '#graph-queries/questions.ts'

interface GraphJson {
  components: { id: string }[]
  edges: { from: string; to: string; kind: string; origin: string }[]
}

export interface Compared {
  symbols: number
  /** Ids whose callers or callees differ. */
  wrong: string[]
  /** Ids that are further declarations of another definition; their edges are counted with that. */
  merged: number
}

const KINDS = new Set(['calls', 'instantiates'])

export async function compare(graphs: Graphs, graph: GraphJson): Promise<Compared> {
  const lists = { callers: new Map<string, Set<string>>(), callees: new Map<string, Set<string>>() }
  const add = (map: Map<string, Set<string>>, key: string, value: string): void => {
    map.set(key, (map.get(key) ?? new Set()).add(value))
  }
  const mains = new Map<string, string>()
  for (const { id } of graph.components) mains.set(id, await mainOf(graphs, id))
  const main = (id: string): string => mains.get(id) ?? id
  for (const { from, to, kind, origin } of graph.edges) {
    if (!KINDS.has(kind) || origin === 'unique-name' || main(from) === main(to)) continue
    add(lists.callers, main(to), main(from))
    add(lists.callees, main(from), main(to))
  }
  const wrong: string[] = []
  let merged = 0
  for (const { id } of graph.components) {
    if (main(id) !== id) {
      merged += 1
      continue
    }
    for (const ask of ['callers', 'callees'] as const) {
      const found = await allOf(graphs, ask, id)
      const expected = [...(lists[ask].get(id) ?? [])].sort()
      if (found.join('\n') !== expected.join('\n')) wrong.push(`${ask} ${id}`)
    }
  }
  return { symbols: graph.components.length - merged, wrong, merged }
}

async function mainOf(graphs: Graphs, symbol: string): Promise<string> {
  const outcome = await graphs.ask('key', { ask: 'symbol', symbol })
  return outcome.is === 'answer' ? (outcome.answer as Answers['symbol']).symbol.id : `${outcome.is} ${symbol}`
}

/** All pages of a list. */
async function allOf(graphs: Graphs, ask: QuestionName & ('callers' | 'callees'), symbol: string): Promise<string[]> {
  const ids: string[] = []
  for (let after: number | null = 0; after !== null; ) {
    const outcome = await graphs.ask('key', {
      ask,
      symbol,
      kinds: ['calls', 'instantiates'],
      guesses: false,
      limit: 200,
      after,
    })
    if (outcome.is !== 'answer') return [outcome.is]
    const answer = outcome.answer as Answers['callers']
    ids.push(...answer.results.map(({ id }) => id))
    after = answer.next
  }
  return ids.sort()
}
