/** Drops pasted doc comments, and those that only refer to another: `Same as above, but used internally`. */

import { push } from '#base/multimap.ts'
import { type Component, compareText, type Edge, TYPE_KINDS } from '#generate/model.ts'

const KINDS = new Set<Component['kind']>(['class', 'enum', 'interface', 'macro', 'struct', 'trait'])

/**
 * Drops these comments:
 *
 * - of a method, the comment of the one that it overrides, which then describes both; not in Go, where methods only implement
 * - of types and macros with the same comment in one file, all but the first, unless they extend the same type
 * - a sentence that many definitions of a file share, except for the number in their name
 * - a short comment that methods of one name share in many files, as from a template
 * - a sentence that only refers to another comment or repeats the declaration
 */
export function withoutPastedComments(components: readonly Component[], edges: Iterable<Edge>): Component[] {
  const byId = new Map(components.map((one) => [one.id, one]))
  const types = new Set(components.flatMap(({ kind, name }) => (TYPE_KINDS.has(kind) ? name : [])))
  const pasted = new Set([
    ...seriesIn(components),
    ...templatesIn(components),
    ...components.flatMap((one) => (isCircular(one, types) ? one.id : [])),
  ])
  const bases = new Map<string, string>()
  const copies = new Set<string>()
  for (const { kind, from, to } of edges) {
    if (kind === 'extends') bases.set(from, to)
    const own = kind === 'overrides' && from !== to && !from.includes('.go#') ? byId.get(from) : undefined
    // Without its text, the tables of a comment say little.
    if (own?.doc == null || own.details !== undefined || own.doc !== byId.get(to)?.doc) continue
    copies.add(from)
    // The original keeps its comment, however many copies there are.
    pasted.delete(to)
  }
  for (const id of copies) pasted.add(id)
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

/** `Same as above, but shorter`, `Initializes a new instance of the Plan class.` */
const CIRCULAR =
  /^(?:\W*(?:the )?same (?:as (?:the )?(?:above|before|below|previous)|but)\b.{0,60}|initiali[sz]es a new instance of (?:the )?\S{1,120}(?: (?:class|struct|record))?\.?)$/is
/** `Write implements io.Writer.` */
const IMPLEMENTS = /^(\S{1,80}) implements (?:the )?(\S{1,80}?)(?: interface)?\.?$/i

/** @param types - The names of the repository's types. */
function isCircular({ doc, name }: Component, types: ReadonlySet<string>): boolean {
  if (doc === null || doc.length > MAX_SERIES) return false
  const [, subject, base = ''] = IMPLEMENTS.exec(doc.trim()) ?? []
  const isOfThis = subject?.split('.').at(-1) === name
  return (isOfThis && (/\w\.\w/.test(base) || types.has(base))) || CIRCULAR.test(doc.trim())
}

const MAX_SERIES = 200
/** Minimum number of names with the same sentence. */
const MIN_SERIES = 4

/** The ids of definitions whose comment differs from others in the file only by the number in their name. */
function seriesIn(components: readonly Component[]): string[] {
  const series = new Map<string, Component[]>()
  for (const one of components) {
    const { doc, file, name } = one
    if (doc === null || doc.length > MAX_SERIES || !/\d/.test(doc)) continue
    if (name.includes(doc.replace(/\D+/g, ''))) push(series, JSON.stringify([file, doc.replace(/\d+/g, '#')]), one)
  }
  return [...series.values()]
    .filter((all) => new Set(all.map(({ name }) => name)).size >= MIN_SERIES)
    .flatMap((all) => all.map(({ id }) => id))
}

/** Minimum number of files with the same method and the same sentence. */
const MIN_COPIES = 5

/** The ids of methods that have the same name and the same short comment in many files. */
function templatesIn(components: readonly Component[]): string[] {
  const copies = new Map<string, Component[]>()
  for (const one of components) {
    const { doc, kind, name } = one
    if (doc !== null && doc.length <= MAX_SERIES && kind === 'method') push(copies, JSON.stringify([name, doc]), one)
  }
  return [...copies.values()]
    .filter((all) => new Set(all.map(({ file }) => file)).size >= MIN_COPIES)
    .flatMap((all) => all.map(({ id }) => id))
}
