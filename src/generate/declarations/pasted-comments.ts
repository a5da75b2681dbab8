/** Leaves out doc comments that were pasted: they say of one thing what another one is. */

import { type Component, compareText, type Edge } from '#generate/model.ts'

const KINDS = new Set<Component['kind']>(['class', 'enum', 'interface', 'macro', 'struct', 'trait'])

/**
 * A method with the comment of the one that it overrides has none of its own, and so is described by that; of types and macros in a
 * file with the same comment, the first one keeps it.
 */
export function withoutPastedComments(components: readonly Component[], edges: Iterable<Edge>): Component[] {
  const byId = new Map(components.map((one) => [one.id, one]))
  const pasted = new Set<string>()
  for (const { kind, from, to } of edges) {
    const own = kind === 'overrides' && from !== to ? byId.get(from)?.doc : undefined
    if (own != null && own === byId.get(to)?.doc) pasted.add(from)
  }
  const first = new Map<string, Component>()
  const inOrder = components
    .filter(({ kind, doc }) => doc !== null && KINDS.has(kind))
    .sort((a, b) => compareText(a.file, b.file) || a.startLine - b.startLine)
  for (const component of inOrder) {
    const key = JSON.stringify([component.file, component.doc])
    const other = first.get(key)
    if (other === undefined) first.set(key, component)
    else if (other.name !== component.name) pasted.add(component.id)
  }
  return components.map((one) => (pasted.has(one.id) ? { ...one, doc: null } : one))
}
