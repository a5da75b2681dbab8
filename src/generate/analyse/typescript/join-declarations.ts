/**
 * Merges JavaScript with its declaration file. A merged component has the lines and calls of the code, the signature
 * and doc comment of the declaration, and the uses of both. Components that only the declaration file has, mostly types,
 * are unchanged.
 */

import { push } from '#base/multimap.ts'
import { type Component, compareText, type Edge, type EdgeKind, type FileExport } from '#generate/model.ts'
import type { FoundEdges } from './link-request.ts'

export interface Joined {
  readonly components: Component[]
  readonly edges: ReadonlyMap<string, FoundEdges>
}

const INHERITANCE: ReadonlySet<EdgeKind> = new Set(['extends', 'implements', 'overrides'])
/** Limit on nested namespaces. */
const MAX_DEPTH = 5
/** Limit on the length of a chain of base classes. */
const MAX_BASES = 20

/**
 * @param pairs - The paths of code files, keyed by the path of the declaration file.
 * @param edges - Edges keyed by path.
 */
export function joinDeclarations(
  components: Component[],
  edges: ReadonlyMap<string, FoundEdges>,
  pairs: ReadonlyMap<string, string>,
): Joined {
  if (pairs.size === 0) return { components, edges }
  const join = new DeclarationJoiner(components, edges)
  for (const [declaration, code] of [...pairs].sort(([a], [b]) => compareText(a, b))) {
    join.pair(edges.get(declaration)?.exports ?? [], code)
  }
  const toOf = (id: string): string => join.implementations.get(id) ?? pairs.get(id) ?? id
  const moved = new Map([...edges].map(([path, found]) => [path, redirect(found, toOf, join)]))
  return { components: join.components(), edges: moved }
}

class DeclarationJoiner {
  /** Ids of components in the code, keyed by the id of their declaration. */
  readonly implementations = new Map<string, string>()
  /** Ids of the targets of exports, which may be the namespace of a class, keyed in the same way. */
  readonly exported = new Map<string, string>()
  /** Merged components, keyed by their new id. */
  readonly #joined = new Map<string, Component>()
  readonly #byId: ReadonlyMap<string, Component>
  readonly #members = new Map<string, Component[]>()
  /** Components of declaration files, keyed by file and qualified name. */
  readonly #declared = new Map<string, Component[]>()
  readonly #bases = new Map<string, string[]>()
  readonly #edges: ReadonlyMap<string, FoundEdges>

  constructor(components: readonly Component[], edges: ReadonlyMap<string, FoundEdges>) {
    this.#edges = edges
    this.#byId = new Map(components.map((one) => [one.id, one]))
    for (const one of components) {
      if (one.parent !== null) push(this.#members, one.parent, one)
      if (isDeclaration(one)) push(this.#declared, `${one.file}#${one.qualifiedName}`, one)
    }
    for (const { edges: own } of edges.values())
      for (const { from, to, kind } of own) if (kind === 'extends') push(this.#bases, from, to)
  }

  /**
   * Merge declarations with the exports of the same name. A namespace declares the module that is exported under its
   * name.
   */
  pair(declared: readonly FileExport[], code: string, depth = 0): void {
    const made = new Map((this.#edges.get(code)?.exports ?? []).map(({ name, to }) => [name, to]))
    for (const { name, to } of declared) {
      const declaration = this.#valueOf(to ?? '')
      const target = made.get(name) ?? (name === 'default' ? made.get('export=') : undefined) ?? ''
      if (declaration === undefined || this.implementations.has(declaration.id)) continue
      const one = this.#byId.get(target)
      if (declaration.kind !== 'namespace') {
        if (one === undefined || isDeclaration(one)) continue
        this.#merge(declaration, one)
        this.exported.set(to ?? '', one.id)
      } else if (one === undefined && this.#edges.has(target) && depth < MAX_DEPTH) {
        const members = this.#members.get(declaration.id) ?? []
        this.pair(
          members.map((member) => ({ name: member.name, to: member.id })),
          target,
          depth + 1,
        )
        if (members.every(({ id }) => this.implementations.has(id))) this.implementations.set(declaration.id, target)
      }
    }
  }

  /** The class, function or constant that shares its name with a namespace. */
  #valueOf(id: string): Component | undefined {
    const one = this.#byId.get(id)
    if (one === undefined || !isDeclaration(one) || one.kind !== 'namespace')
      return one && isDeclaration(one) ? one : undefined
    const others = this.#declared.get(`${one.file}#${one.qualifiedName}`) ?? []
    return others.find(({ kind }) => kind === 'class' || kind === 'function' || kind === 'constant') ?? one
  }

  components(): Component[] {
    const own = [...this.#byId.values()].filter(({ id }) => !this.implementations.has(id) && !this.#joined.has(id))
    return [...own, ...this.#joined.values()]
  }

  #merge(declaration: Component, code: Component): void {
    this.implementations.set(declaration.id, code.id)
    this.#joined.set(code.id, joined(this.#joined.get(code.id) ?? code, declaration))
    for (const member of this.#members.get(declaration.id) ?? []) {
      const other = this.#memberOf(code.id, member.name) ?? withoutCode(member, code)
      this.implementations.set(member.id, other.id)
      this.#joined.set(other.id, joined(this.#joined.get(other.id) ?? other, member))
    }
  }

  /** Find a member of a class or of one of its base classes. */
  #memberOf(container: string, name: string): Component | undefined {
    let pending = [container]
    for (let step = 0; pending.length > 0 && step < MAX_BASES; step++) {
      const found = pending
        .flatMap((one) => this.#members.get(one) ?? [])
        .find((one) => one.name === name && (one.kind === 'method' || one.kind === 'field'))
      if (found !== undefined) return found
      pending = pending.flatMap((one) => this.#bases.get(one) ?? [])
    }
    return undefined
  }
}

function isDeclaration({ file }: Component): boolean {
  return /\.d\.[cm]?ts$/.test(file)
}

/** A declared member that the code creates in a way the analysis does not see, such as `this.name = …`. */
function withoutCode(member: Component, { id, qualifiedName, file, startLine, endLine }: Component): Component {
  const name = `${qualifiedName}.${member.name}`
  return { ...member, id: `${id}.${member.name}`, qualifiedName: name, file, startLine, endLine, parent: id }
}

/** @param code - The component of the code, possibly already merged with another declaration. */
function joined(code: Component, declaration: Component): Component {
  const { doc, details, overloads } = declaration
  const isAlike = declaration.name === code.name && isCalled(declaration) === isCalled(code)
  const merged = { ...code, exported: code.exported || declaration.exported, visibility: declaration.visibility }
  if (isAlike) {
    merged.signature = declaration.signature
    if (overloads !== undefined) merged.overloads = overloads
  }
  // A comment with tags alone, such as `@deprecated`, does not replace the text of the code's comment; nor does that of a
  // constant that is another name of a function: `module.exports = Object.assign(f, { f })`.
  if (doc !== null && (code.doc === null || isCalled(declaration) || !isCalled(code))) {
    merged.doc = doc
    delete merged.details
  }
  if (details !== undefined) merged.details = { ...merged.details, ...details }
  return merged
}

function isCalled({ kind }: Component): boolean {
  return kind === 'function' || kind === 'method'
}

/**
 * Redirect edges from declarations to the code. Edges from a declaration now start at its file; the supertypes of a
 * class are taken from the code.
 */
function redirect(
  found: FoundEdges,
  toOf: (id: string) => string,
  { implementations, exported }: DeclarationJoiner,
): FoundEdges {
  const edges = found.edges.map((edge): Edge => {
    if (!implementations.has(edge.from)) return { ...edge, to: toOf(edge.to) }
    const file = edge.from.slice(0, edge.from.indexOf('#'))
    // Uses refer to edges by index, so no edge may be removed; an edge from a file to itself is ignored.
    return { ...edge, from: file, to: INHERITANCE.has(edge.kind) ? file : toOf(edge.to) }
  })
  const exports = found.exports.map(({ name, to }) => ({
    name,
    to: to === null ? null : (exported.get(to) ?? toOf(to)),
  }))
  const bindings = found.uses.bindings.map((one) => ({ ...one, to: one.to === null ? null : toOf(one.to) }))
  return { ...found, edges, exports, uses: { ...found.uses, bindings } }
}
