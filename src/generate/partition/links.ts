/** How often files use each other; used to order modules. */

import type { Analysis } from '#generate/model.ts'

/** For each file, the number of edges to every file that it uses, without guessed edges. */
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
