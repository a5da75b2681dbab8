/** The certain edges of the graph: those that diagrams may show. */

import { push } from '#base/multimap.ts'
import { fileForUser } from '#generate/go-platforms.ts'
import type { Analysis, EdgeKind, SourceFile } from '#generate/model.ts'
import { isWithin } from '#generate/within-component.ts'

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
  const fileOf = (id: string): string => components.get(id)?.file ?? id
  const files = new Map<string, Map<string, number>>()
  const byFile = new Map<string, { from: string; to: string }[]>()
  for (const edge of analysis.edges) {
    const { from, to, kind, origin } = edge
    if (origin === 'unique-name') continue
    const [home, used] = [fileOf(from), components.get(to)]
    const source = analysis.occurrences.fileOf(edge, home)
    const target = used === undefined ? to : fileForUser(sources, used, source)
    // A component that is declared in several files may use another in a file that is not its home; `uses` finds either.
    for (const path of new Set([source, home])) push(byFile, path, { from, to })
    // A Go type implements an interface without naming it, so its file does not use the file of the interface.
    if ((kind === 'implements' || kind === 'overrides') && source.endsWith('.go')) continue
    const row = files.get(source) ?? new Map<string, number>()
    files.set(source, row)
    row.set(target, (row.get(target) ?? 0) + 1)
  }
  const isIn = (id: string, whole: string): boolean =>
    components.has(whole) ? isWithin(components, id, whole) : fileOf(id) === whole
  return {
    files,
    extends: arrowsOf(analysis, ['extends']),
    implements: arrowsOf(analysis, ['implements']),
    mixins: arrowsOf(analysis, ['mixes-in']),
    uses: (from, to) => (byFile.get(fileOf(from)) ?? []).some((edge) => isIn(edge.from, from) && isIn(edge.to, to)),
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
