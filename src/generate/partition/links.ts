/** Which files of a repository use which: the graph that groups of files are steered by. */

import type { Analysis } from '#generate/model.ts'

/** By the file that uses: how many edges lead to each other file. Without guesses. */
export type FileLinks = ReadonlyMap<string, ReadonlyMap<string, number>>

export function linksOf(analysis: Analysis): FileLinks {
  const fileOf = new Map(analysis.components.map((component) => [component.id, component.file]))
  const links = new Map<string, Map<string, number>>()
  for (const { from, to, origin } of analysis.edges) {
    if (origin === 'unique-name') continue
    const user = fileOf.get(from) ?? from
    const used = fileOf.get(to) ?? to
    if (user === used) continue
    const row = links.get(user) ?? new Map<string, number>()
    links.set(user, row)
    row.set(used, (row.get(used) ?? 0) + 1)
  }
  return links
}
