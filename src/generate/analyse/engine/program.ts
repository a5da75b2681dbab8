/** All files of a language family, with tables of the declarations that other files can name. */

import { push } from '#base/multimap.ts'
import { type Each, Incidents, LimitExceeded } from '#generate/incidents.ts'
import { type Decl, type FileUnit, MAX_OF_ONE_NAME, NO_DECLS } from './declarations.ts'
import { D, Flag, NONE } from './facts.ts'
import type { LinkContext } from './language.ts'

/** Tables are maps, so that names such as `constructor` and `__proto__` are harmless. */
export class Program {
  readonly files: ReadonlyMap<string, FileUnit>
  /** All declarations outside functions, keyed by qualified name. */
  readonly byFullName = new Map<string, Decl[]>()
  /** All packages and namespaces, with all their prefixes. */
  readonly namespaces = new Set<string>()
  readonly #members = new Map<Decl, Map<string, Decl[]>>()
  /** Files whose analysis failed in part. */
  readonly broken = new Set<FileUnit>()
  /** Types that share a qualified name, and their members; filled when needed. */
  readonly #parts = new Map<string, readonly Decl[]>()
  readonly #membersOfParts = new Map<string, Map<string, readonly Decl[]>>()

  readonly #incidents: Incidents
  readonly #about: Each<FileUnit> = {
    stage: 'analyse',
    fileOf: (file) => file.path,
    onFailure: (file) => this.broken.add(file),
  }

  constructor(files: readonly FileUnit[], context: LinkContext, incidents = new Incidents()) {
    this.#incidents = incidents
    this.files = new Map(files.map((file) => [file.path, file]))
    this.each(files, (file) => {
      file.package = file.spec.linking.packageOf(file, context)
      this.#addNamespace(file.package)
      const counts = new Map<string, number>()
      for (const decl of file.decls) this.#register(decl, counts)
    })
  }

  /** Do work on one file at a time, so that an error or timeout affects no other file. */
  each(files: Iterable<FileUnit>, work: (file: FileUnit) => void): void {
    this.#incidents.each(files, this.#about, work)
  }

  /** Report that part of a file was ignored. @param limit - A sentence such as "Only the first 500 `using` directives count." */
  noteLimit(file: string, limit: string): void {
    this.#incidents.add('analyse', file, new LimitExceeded(limit))
  }

  /** Like `each`, calling `pause` regularly. */
  async eachWithPauses(
    files: Iterable<FileUnit>,
    work: (file: FileUnit) => void,
    pause: () => Promise<unknown>,
  ): Promise<void> {
    await this.#incidents.eachWithPauses(files, this.#about, work, pause)
  }

  /** Declarations directly in a type or namespace, including attached ones, keyed by name. */
  membersOf(decl: Decl): ReadonlyMap<string, readonly Decl[]> {
    return this.#members.get(decl) ?? NO_MEMBERS
  }

  /** All types and modules with a qualified name. */
  partsOf(fullName: string): readonly Decl[] {
    let parts = this.#parts.get(fullName)
    if (parts === undefined) {
      parts = this.byFullName.get(fullName)?.filter((part) => part.isType || part.kind === 'module') ?? NO_DECLS
      this.#parts.set(fullName, parts)
    }
    return parts
  }

  /** Members of this name in all types with a qualified name. */
  membersOfParts(fullName: string, name: string): readonly Decl[] {
    let members = this.#membersOfParts.get(fullName)
    if (members === undefined) {
      members = new Map()
      this.#membersOfParts.set(fullName, members)
    }
    let named = members.get(name)
    if (named === undefined) {
      named = this.partsOf(fullName).flatMap((part) => this.membersOf(part).get(name) ?? NO_DECLS)
      members.set(name, named)
    }
    return named
  }

  /** Make `decl` a member of a type that is declared elsewhere. Does nothing the second time, when a file is started again after an interruption. */
  attach(decl: Decl, host: Decl): void {
    const fullName = `${host.fullName}.${decl.name}`
    if (decl.host === host && decl.fullName === fullName) return
    if ((this.membersOf(host).get(decl.name)?.length ?? 0) >= MAX_OF_ONE_NAME) {
      decl.file.isCrowded = true
      return
    }
    this.addMember(host, decl)
    push(this.byFullName, fullName, decl)
    decl.host = host
    decl.fullName = fullName
  }

  addMember(host: Decl, decl: Decl): void {
    this.#parts.clear()
    this.#membersOfParts.clear()
    let members = this.#members.get(host)
    if (members === undefined) {
      members = new Map()
      this.#members.set(host, members)
    }
    push(members, decl.name, decl)
  }

  removeMember(host: Decl, decl: Decl): void {
    this.#membersOfParts.clear()
    const members = this.#members.get(host)
    const left = members?.get(decl.name)?.filter((one) => one !== decl) ?? []
    if (left.length > 0) members?.set(decl.name, left)
    else members?.delete(decl.name)
  }

  /** @param counts - How often the file declares each qualified name. */
  #register(decl: Decl, counts: Map<string, number>): void {
    if (decl.isLocal || (decl.name === '' && !decl.isType)) return
    const parent = visibleParent(decl)
    if (parent === undefined) return
    // It cannot be referred to by name, but its members can be found through values.
    if (decl.name === '') {
      decl.fullName = `${parent?.fullName ?? decl.file.package}.?`
      return
    }
    const isNameless = decl.at(D.receiver) !== NONE || (parent?.isType === true && parent.fullName === '')
    const hasCrowd = parent !== null && (this.membersOf(parent).get(decl.name)?.length ?? 0) >= MAX_OF_ONE_NAME
    if (parent !== null && !hasCrowd && this.membersOf(parent).get(decl.name)?.includes(decl) !== true)
      this.addMember(parent, decl)
    if (isNameless) return
    const rules = decl.file.spec.linking
    const prefix = parent === null ? (rules.packageAround?.(decl) ?? decl.file.package) : parent.fullName
    if (parent === null) this.#addNamespace(prefix)
    const fullName = prefix === '' ? decl.name : `${prefix}.${decl.name}`
    const count = (counts.get(fullName) ?? 0) + 1
    counts.set(fullName, count)
    if (count > MAX_OF_ONE_NAME) {
      decl.file.isCrowded = true
      return
    }
    if (decl.fullName !== fullName) push(this.byFullName, fullName, decl)
    decl.fullName = fullName
    if (decl.kind === 'namespace' || decl.kind === 'module') this.#addNamespace(decl.fullName)
  }

  #addNamespace(path: string): void {
    for (let at = path; at !== '' && !this.namespaces.has(at); at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      this.namespaces.add(at)
    }
  }
}

const NO_MEMBERS: ReadonlyMap<string, readonly Decl[]> = new Map()

/** The declaration that contains this one as a member: `null` for the file, `undefined` inside a function. */
function visibleParent(decl: Decl): Decl | null | undefined {
  let at = decl.parent
  while (at?.has(Flag.transparent) === true) at = at.parent
  if (at === null) return null
  return at.isType || at.kind === 'namespace' || at.kind === 'module' || at.kind === 'impl' ? at : undefined
}
