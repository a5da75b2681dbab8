/** Searches a storage: finds entries step by step, and ranks them. */

import { append, greatest } from '#base/long-arrays.ts'
import type { CrossFound, CrossHit } from './contract.ts'
import { neighboursOf, replaceWords } from './correct-spelling.ts'
import { begunStep, nameStep, type Step, scopeGroups, stepsOf, stepsOfWords } from './plan.ts'
import { type CrossQuery, MAX_QUERY, readCrossQuery } from './query.ts'
import { rank } from './rank.ts'

/** The queries that a storage answers. */
export interface CrossStorage {
  /**
   * Numbers of sets whose repository has this name: its full name or the last part of it, case-insensitive, or its URL without the
   * scheme. Oldest first, at most `limit`.
   */
  setsCalled(name: string, limit: number): Promise<number[]>
  /** Entries in the order of their buckets, alternating between repositories (`rounds.ts`), at most `limit`, with their ids. */
  find(step: Step, limit: number): Promise<readonly (readonly [id: string, hit: CrossHit])[]>
  /** For each step, the number of entries that it finds, at most `most`. Must be cheap for many steps of which most find nothing. */
  counts(steps: readonly Step[], most: number): Promise<number[]>
  isComplete(): Promise<boolean>
}

/** Maximum number of entries that a step examines. */
const MAX_OF_STEP = 300
/** With fewer results, wider steps follow. */
const FEW = 10
const MAX_SETS = 50
const MAX_COUNTED = 5_000
/** Maximum number of words that are corrected. */
const MAX_CORRECTED = 2
/** Uses in names are counted up to this number; similar words with at least as many rank equally. */
const MAX_USES = 20

export async function searchStorage(
  storage: CrossStorage,
  text: string,
  within: readonly string[],
  limit: number,
): Promise<CrossFound> {
  const begin = performance.now()
  const given = readCrossQuery(text.slice(0, MAX_QUERY), within)
  const { query, counts } = await correctSpelling(storage, given)
  const unknown: string[] = []
  const sets: number[] = []
  for (const name of query.repositories) {
    const found = await storage.setsCalled(name, MAX_SETS)
    if (found.length === 0) unknown.push(name)
    append(sets, found)
  }
  const candidates = new Map<string, CrossHit>()
  // A filter by an unknown repository finds nothing.
  if (query.repositories.length === 0 || sets.length > 0) {
    const scope = scopeGroups(query, query.repositories.length === 0 ? undefined : sets)
    const { steps, ifFew } = stepsOf(query, rarestFirst(query.words, counts))
    const look = async (step: Step): Promise<void> => {
      for (const [id, hit] of await storage.find([...step, ...scope], MAX_OF_STEP)) candidates.set(id, hit)
    }
    // If the query has only filters, finds the most important entries that pass them.
    if (query.words.length === 0 && scope.length > 0) await look([])
    for (const step of steps) await look(step)
    for (const step of ifFew) {
      if (candidates.size >= FEW) break
      await look(step)
    }
  }
  const hits = rank(query, [...candidates.values()], limit, rarityOf(query.words, counts))
  const isComplete = await storage.isComplete()
  const corrected = query === given ? null : `${query.typed} ${query.filters}`.trim()
  return { hits, corrected, unknown, isComplete, work: performance.now() - begin }
}

/** The number of entries that have a word, up to `MAX_COUNTED`. */
type Counts = ReadonlyMap<string, number>

/** Corrects words that occur in no entry. @returns The query itself if there are no such words or no similar ones. */
async function correctSpelling(
  storage: CrossStorage,
  query: CrossQuery,
): Promise<{ query: CrossQuery; counts: Counts }> {
  const counts = await countWords(storage, query.words)
  const missing = query.words.filter((word) => counts.get(word) === 0)
  const [last] = missing.slice(-1)
  if (missing.length === 0 || missing.length > MAX_CORRECTED || last === undefined) return { query, counts }
  // A word that begins a name may be incomplete rather than misspelled.
  const [begun = 0] = await storage.counts([begunStep(last)], 1)
  if (begun > 0) return { query, counts }
  const corrections = new Map<string, string>()
  for (const word of missing) {
    const words = neighboursOf(word)
    const found = await storage.counts(words.map(nameStep), MAX_USES)
    const best = Math.max(0, greatest(found))
    const [correction] = best === 0 ? [] : words.slice(found.indexOf(best))
    if (correction !== undefined) corrections.set(word, correction)
  }
  const typed = replaceWords(query.typed, corrections)
  if (typed === query.typed) return { query, counts }
  const { filters, kinds, languages, repositories } = query
  const corrected = { ...readCrossQuery(typed), filters, kinds, languages, repositories }
  return { query: corrected, counts: await countWords(storage, corrected.words) }
}

async function countWords(storage: CrossStorage, words: readonly string[]): Promise<Counts> {
  const counts = await storage.counts(stepsOfWords(words), MAX_COUNTED)
  return new Map(words.map((word, at) => [word, counts[at] ?? 0]))
}

const rarestFirst = (words: readonly string[], counts: Counts): string[] =>
  words
    .filter((word) => (counts.get(word) ?? 0) > 0)
    .sort((one, other) => (counts.get(one) ?? 0) - (counts.get(other) ?? 0))

/** The weight of each word: rare words are more significant. */
const rarityOf = (words: readonly string[], counts: Counts): number[] =>
  words.map((word) => Math.log2(1 + MAX_COUNTED / Math.max(1, counts.get(word) ?? 0)))
