/** An order in which things are met after those they use. */

/**
 * The items so that each comes after those it uses, where there are no circles; in a circle, and between what does not
 * depend on each other, the one that uses least of what is left comes first, then the one that stood first.
 *
 * @param weightOf - How much one uses another, 0 for not at all. Quadratic: meant for the siblings of a page.
 */
export function dependencyOrder<T>(items: readonly T[], weightOf: (from: T, to: T) => number): T[] {
  const left = [...items]
  const result: T[] = []
  while (left.length > 0) {
    const open = left.map((from) => left.reduce((sum, to) => sum + (from === to ? 0 : weightOf(from, to)), 0))
    const next = open.indexOf(Math.min(...open))
    result.push(...left.splice(next, 1))
  }
  return result
}
