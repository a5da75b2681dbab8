/** Leaves out doc comments that were pasted, or that only point at another one: `Same as above, but used internally`. */

import { type Component, compareText, type Edge } from '#generate/model.ts'

const KINDS = new Set<Component['kind']>(['class', 'enum', 'interface', 'macro', 'struct', 'trait'])

/** Matches a comment without a subject. */
const SAME_AS_ANOTHER = /^\W*(?:the )?same (?:as (?:the )?(?:above|before|below|previous)\b|but\b)/i
const MAX_SAME = 80

/**
 * A method with the comment of the one that it overrides has none of its own, and so is described by that; of types and macros in a
 * file with the same comment, the first one keeps it, with those that extend the same type.
 */
export function withoutPastedComments(components: readonly Component[], edges: Iterable<Edge>): Component[] {
  const byId = new Map(components.map((one) => [one.id, one]))
  const pasted = new Set(components.flatMap(({ id, doc }) => (doc !== null && isSame(doc) ? id : [])))
  const bases = new Map<string, string>()
  for (const { kind, from, to } of edges) {
    if (kind === 'extends') bases.set(from, to)
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
    else if (other.name !== component.name && !isSibling(other, component)) pasted.add(component.id)
  }
  return components.map((one) => (pasted.has(one.id) ? { ...one, doc: null } : one))

  function isSibling(a: Component, b: Component): boolean {
    return bases.has(a.id) && bases.get(a.id) === bases.get(b.id)
  }
}

const isSame = (doc: string): boolean => doc.length <= MAX_SAME && SAME_AS_ANOTHER.test(doc)
