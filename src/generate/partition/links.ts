/** Which files of a repository use which: the graph that groups of files are steered by. */

import type { Analysis } from '#generate/model.ts'

/** Files that each file uses or is used by, by path; without guesses and without itself. */
export type FileLinks = ReadonlyMap<string, ReadonlySet<string>>

/** Links that were found for certain. How many there are between two files is not told: that changes too often. */
export function linksOf(analysis: Analysis): FileLinks {
  const fileOf = new Map(analysis.components.map((component) => [component.id, component.file]))
  const links = new Map<string, Set<string>>()
  const add = (from: string, to: string): void => {
    const found = links.get(from)
    if (found === undefined) links.set(from, new Set([to]))
    else found.add(to)
  }
  for (const { from, to, origin } of analysis.edges) {
    if (origin === 'unique-name') continue
    const a = fileOf.get(from) ?? from
    const b = fileOf.get(to) ?? to
    if (a === b) continue
    add(a, b)
    add(b, a)
  }
  return links
}
