/** Cached lookups of a C or C++ program: its names, includes and definitions. */

import { greatest } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, Flag } from '#generate/analyse/engine/facts.ts'
import type { LinkContext } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import { sharedFolders } from '#generate/paths.ts'
import { Includes } from './includes.ts'
import { areSpelledAlike, haveEqualParameters } from './parameters.ts'

export const SOURCE = /\.(?:c|cc|cpp|cxx)$/i

export class CProgramIndex {
  readonly program: Program
  readonly includes: Includes
  /** Declarations outside namespaces and functions by bare name; also types nested in types, as C scopes them. */
  readonly byName = new Map<string, Decl[]>()
  readonly #definitions = new Map<Decl, Decl>()
  #documented: ReadonlyMap<Decl, Decl> | undefined

  constructor(program: Program, context: LinkContext) {
    this.program = program
    this.includes = new Includes(program, context)
    for (const file of program.files.values()) for (const decl of file.decls) this.#add(decl)
  }

  #add(decl: Decl): void {
    if (decl.name === '' || decl.fullName === '' || decl.isLocal) return
    const { language } = decl.file.spec
    const isNested = language === 'c' && (decl.isType || decl.kind === 'constant')
    if (!isNested && (decl.kind === 'field' || decl.fullName.includes('.') || isMemberOfType(decl))) return
    push(this.byName, decl.name, decl)
  }

  /** The definition of a prototype or an `extern` variable; the declaration itself if no definition is certain. */
  definitionOf(decl: Decl): Decl {
    if (!decl.has(Flag.prototype)) return decl
    const known = this.#definitions.get(decl)
    if (known !== undefined) return known
    const definition = this.#findDefinition(decl)
    this.#definitions.set(decl, definition)
    return definition
  }

  /** The prototype of a definition that has the longest doc comment. Prototypes in another source file do not count. */
  documentedPrototypeOf(decl: Decl): Decl | undefined {
    this.#documented ??= this.#findDocumented()
    return this.#documented.get(decl)
  }

  #findDocumented(): Map<Decl, Decl> {
    const documented = new Map<Decl, Decl>()
    for (const file of this.program.files.values()) {
      for (const one of file.decls) {
        if (!one.has(Flag.prototype) || one.doc === null) continue
        const definition = this.definitionOf(one)
        if (definition.file !== file && SOURCE.test(file.path)) continue
        const known = documented.get(definition)?.doc ?? ''
        if (one.doc.length > known.length) documented.set(definition, one)
      }
    }
    return documented
  }

  #findDefinition(decl: Decl): Decl {
    const all = decl.fullName === '' ? this.byName.get(decl.name) : this.program.byFullName.get(decl.fullName)
    let found = (all ?? []).filter((one) => canDefine(one, decl))
    const own = found.filter((one) => one.file === decl.file)
    if (own.length > 0) found = own
    else if (decl.has(Flag.fileLocal)) return decl
    // Functions declared in a C header have no overloads, whatever language defines them.
    if (decl.file.spec.language === 'cpp') {
      const equal = found.filter((one) => one.file.spec.language === 'c' || haveEqualParameters(decl, one))
      found = equal.length > 0 ? equal : found.filter((one) => isOnlyOne(all ?? [], decl, one))
      const alike = found.length > 1 ? found.filter((one) => areSpelledAlike(decl, one)) : []
      if (alike.length > 0) found = alike
    }
    if (found.length > 1) {
      const seeing = found.filter((one) => this.includes.seenBy(one.file).has(decl.file))
      if (seeing.length > 0) found = seeing
    }
    return onlyOrNearest(found, decl.file) ?? decl
  }
}

function isMemberOfType(decl: Decl): boolean {
  return decl.parent?.isType === true && !decl.parent.has(Flag.transparent)
}

function canDefine(one: Decl, decl: Decl): boolean {
  if (one.has(Flag.prototype) || one === decl) return false
  if (one.has(Flag.fileLocal) && one.file !== decl.file) return false
  // A `typedef` of functions declares a function like a variable: `plan_fn plan;`.
  return (
    one.kind === decl.kind || (one.isFunction && one.kind !== 'macro' && (decl.isFunction || decl.kind === 'variable'))
  )
}

/** Whether this is the only definition with that name and parameter count. Parameter types may differ in spelling. */
function isOnlyOne(all: readonly Decl[], decl: Decl, one: Decl): boolean {
  if (decl.parent?.isType === true || decl.parameters.length !== one.parameters.length) return false
  return all.every((other) => other === one || (other.has(Flag.prototype) && haveEqualParameters(other, decl)))
}

/** The only declaration, or the one in the nearest folder; if they are in one file, as in `#if` branches, the first that is not a stub. */
export function onlyOrNearest(decls: readonly Decl[], from: FileUnit): Decl | undefined {
  const [first] = decls
  if (first === undefined || decls.every((one) => one.file === first.file)) return firstWhole(decls)
  const shared = decls.map((one) => sharedFolders(one.file.path, from.path))
  const best = greatest(shared)
  const nearest = decls.filter((_, index) => shared[index] === best)
  return nearest.every((one) => one.file === nearest[0]?.file) ? firstWhole(nearest) : undefined
}

/** A function is a stub if another variant is more than this many times as long. */
const STUB = 4

/** The first declaration, unless it is a stub such as `int f(int a) { return 0; }` beside a real function. */
function firstWhole(decls: readonly Decl[]): Decl | undefined {
  const limit = decls.some((one) => !one.isFunction) ? 0 : greatest(decls.map(lengthOf)) / STUB
  return decls.find((one) => lengthOf(one) >= limit)
}

const lengthOf = (decl: Decl): number => decl.at(D.end) - decl.at(D.start)

const WINDOWS = /(?:^|\/)win(?:dows|32|64)?\//i
const UNIX = /(?:^|\/)(?:unix|posix|linux|darwin|macos)\//i

/** Whether two files are in folders for different systems: they are never compiled together. */
export const areApart = (one: string, other: string): boolean =>
  (WINDOWS.test(one) && UNIX.test(other)) || (UNIX.test(one) && WINDOWS.test(other))
