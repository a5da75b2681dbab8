/** Moves edges to the components that replace their ends, and joins edges that become equal. */

import { compareText, type Edge } from '#generate/model.ts'

interface Ends {
  isDropped(edge: Edge): boolean
  isChanged(id: string): boolean
  from(edge: Edge): string
  /** The new id; `null` for a component that no longer exists. */
  to(id: string): string | null
}

/**
 * Returns edges with their new ends, sorted as before, each with the old edges that it replaces.
 *
 * @param testsIn - Derives the edges of kind `tests` from the others.
 */
export function joinEdges(
  old: readonly Edge[],
  ends: Ends,
  testsIn: (edges: readonly Edge[]) => Edge[],
): { edges: Edge[]; sources: (readonly number[])[] } {
  const rows: { edge: Edge; sources: number[] }[] = []
  const changed = new Map<string, { edge: Edge; sources: number[] }>()
  for (const [index, edge] of old.entries()) {
    if (ends.isDropped(edge)) continue
    if (!ends.isChanged(edge.from) && !ends.isChanged(edge.to)) {
      rows.push({ edge, sources: [index] })
      continue
    }
    const [from, to] = [ends.from(edge), ends.to(edge.to)]
    if (to === null || from === to) continue
    const key = `${from}\0${to}\0${edge.kind}`
    const known = changed.get(key)
    if (known === undefined) {
      const row = { edge: { ...edge, from, to }, sources: [index] }
      changed.set(key, row)
      rows.push(row)
    } else {
      known.sources.push(index)
      if (edge.confidence > known.edge.confidence) known.edge = { ...edge, from, to }
    }
  }
  const tests = new Map<string, Edge>()
  for (const edge of testsIn(rows.map((row) => row.edge))) {
    const key = `${edge.from}\0${edge.to}`
    if ((tests.get(key)?.confidence ?? -1) < edge.confidence) tests.set(key, edge)
  }
  for (const edge of tests.values()) rows.push({ edge, sources: [] })
  rows.sort(
    ({ edge: a }, { edge: b }) => compareText(a.from, b.from) || compareText(a.to, b.to) || compareText(a.kind, b.kind),
  )
  return { edges: rows.map(({ edge }) => edge), sources: rows.map(({ sources }) => sources) }
}
