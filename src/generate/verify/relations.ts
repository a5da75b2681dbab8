/** What the graph says of the arrows that pages draw. Guesses are left out, since no diagram may show one. */

import type { Analysis, EdgeKind } from '#generate/model.ts'

/** From an id to the ids at the other ends. */
export type Arrows = ReadonlyMap<string, ReadonlySet<string>>

export interface Relations {
  /** Number of confident edges from a file to another. */
  readonly files: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Calls and makes. */
  readonly calls: Arrows
  readonly extends: Arrows
  readonly implements: Arrows
  /** By component. */
  readonly names: ReadonlyMap<string, string>
}

export function relationsOf(analysis: Analysis): Relations {
  const fileOf = new Map(analysis.components.map((component) => [component.id, component.file]))
  const files = new Map<string, Map<string, number>>()
  for (const { from, to, origin } of analysis.edges) {
    if (origin === 'unique-name') continue
    const [a, b] = [fileOf.get(from) ?? from, fileOf.get(to) ?? to]
    const row = files.get(a) ?? new Map<string, number>()
    files.set(a, row)
    row.set(b, (row.get(b) ?? 0) + 1)
  }
  return {
    files,
    calls: arrowsOf(analysis, ['calls', 'instantiates']),
    extends: arrowsOf(analysis, ['extends']),
    implements: arrowsOf(analysis, ['implements']),
    names: new Map(analysis.components.map(({ id, name }) => [id, name])),
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
