/** The edges of the graph that diagrams may show, without guessed edges. */

import { fileForUser } from '#generate/go-platforms.ts'
import type { Analysis, EdgeKind, SourceFile } from '#generate/model.ts'

/** Ids of the targets, keyed by the id of the source. */
export type Arrows = ReadonlyMap<string, ReadonlySet<string>>

export interface Relations {
  /** Number of edges from one file to another. */
  readonly files: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly extends: Arrows
  readonly implements: Arrows
  readonly mixins: Arrows
  /** Whether a component (with its members) or a file uses another in any way. */
  uses(from: string, to: string): boolean
}

/** @param sources - The files of the inventory, by path. */
export function relationsOf(analysis: Analysis, sources: ReadonlyMap<string, SourceFile>): Relations {
  const components = new Map(analysis.components.map((component) => [component.id, component]))
  const fileOf = new Map(analysis.components.map((component) => [component.id, component.file]))
  const files = new Map<string, Map<string, number>>()
  const byFile = new Map<string, { from: string; to: string }[]>()
  for (const edge of analysis.edges) {
    const { from, to, kind, origin } = edge
    if (origin === 'unique-name') continue
    const [home, target] = [fileOf.get(from) ?? from, components.get(to)]
    const a = analysis.occurrences.fileOf(edge, home)
    const b = target === undefined ? to : fileForUser(sources, target, a)
    for (const path of new Set([a, home])) {
      const own = byFile.get(path) ?? []
      byFile.set(path, own)
      own.push({ from, to })
    }
    // A Go type implements an interface without naming it, so its file does not use the file of the interface.
    if ((kind === 'implements' || kind === 'overrides') && a.endsWith('.go')) continue
    const row = files.get(a) ?? new Map<string, number>()
    files.set(a, row)
    row.set(b, (row.get(b) ?? 0) + 1)
  }
  return {
    files,
    extends: arrowsOf(analysis, ['extends']),
    implements: arrowsOf(analysis, ['implements']),
    mixins: arrowsOf(analysis, ['mixes-in']),
    uses(from, to) {
      const inner = (id: string, whole: string): boolean => id === whole || id.startsWith(`${whole}.`)
      const isFrom = (id: string): boolean => (fileOf.has(from) ? inner(id, from) : (fileOf.get(id) ?? id) === from)
      const isTo = (id: string): boolean => (fileOf.has(to) ? inner(id, to) : (fileOf.get(id) ?? id) === to)
      return (byFile.get(fileOf.get(from) ?? from) ?? []).some((edge) => isFrom(edge.from) && isTo(edge.to))
    },
  }
}

function arrowsOf(analysis: Analysis, kinds: readonly EdgeKind[]): Arrows {
  const arrows = new Map<string, Set<string>>()
  for (const { from, to, kind, origin } of analysis.edges) {
    if (origin === 'unique-name' || !kinds.includes(kind)) continue
    const row = arrows.get(from)
    if (row === undefined) arrows.set(from, new Set([to]))
    else row.add(to)
  }
  return arrows
}
