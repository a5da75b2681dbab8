/**
 * Selects the entries that a step examines if it finds many: repositories take turns, so that copies of one cannot crowd out
 * the original. Pure.
 */

/** Number of entries of a repository in a round. */
export const PER_ROUND = 3
/** Maximum number of entries with the terms of a step that take part. */
export const MAX_COMPARED = 5_000

/** The first entries of each repository, then the next of each, and so on; within a round in the given order. */
export function inRounds<Entry>(entries: readonly Entry[], setOf: (entry: Entry) => number, limit: number): Entry[] {
  const counts = new Map<number, number>()
  const rounds: Entry[][] = []
  for (const entry of entries) {
    const set = setOf(entry)
    const count = counts.get(set) ?? 0
    counts.set(set, count + 1)
    const round = Math.floor(count / PER_ROUND)
    rounds[round] ??= []
    rounds[round].push(entry)
  }
  return rounds.flat().slice(0, limit)
}
