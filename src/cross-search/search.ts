/** Searches a storage: finds entries step by step, and ranks them. */

import { append } from '#base/long-arrays.ts'
import type { CrossFound, CrossHit } from './contract.ts'
import { type Step, scopeGroups, stepsOf } from './plan.ts'
import { MAX_QUERY, readCrossQuery } from './query.ts'
import { rank } from './rank.ts'

/** The queries that a storage answers. */
export interface CrossStorage {
  /**
   * Numbers of sets whose repository has this name: its full name or the last part of it, in any case, or its URL without the
   * scheme. Oldest first, at most `limit`.
   */
  setsCalled(name: string, limit: number): Promise<number[]>
  /** Entries in the order of their buckets, repositories in turn (`rounds.ts`), at most `limit`, with their ids. */
  find(step: Step, limit: number): Promise<readonly (readonly [id: string, hit: CrossHit])[]>
  isComplete(): Promise<boolean>
}

/** Maximum number of entries that a step examines. */
const MAX_OF_STEP = 300
/** With fewer results, wider steps follow. */
const FEW = 10
const MAX_SETS = 50

export async function searchStorage(
  storage: CrossStorage,
  text: string,
  within: readonly string[],
  limit: number,
): Promise<CrossFound> {
  const begin = performance.now()
  const query = readCrossQuery(text.slice(0, MAX_QUERY), within)
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
    const { steps, ifFew } = stepsOf(query)
    const look = async (step: Step): Promise<void> => {
      for (const [id, hit] of await storage.find([...step, ...scope], MAX_OF_STEP)) candidates.set(id, hit)
    }
    // With filters alone, finds the most important of the remaining entries.
    if (query.words.length === 0 && scope.length > 0) await look([])
    for (const step of steps) await look(step)
    for (const step of ifFew) {
      if (candidates.size >= FEW) break
      await look(step)
    }
  }
  const hits = rank(query, [...candidates.values()], limit)
  const isComplete = await storage.isComplete()
  return { hits, unknown, isComplete, work: performance.now() - begin }
}
