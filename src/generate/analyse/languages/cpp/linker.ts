/** Resolves C++ names through namespaces and `using`, then, as in C, through the files that a file includes. */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, Flag, type ImportFact, NONE } from '#generate/analyse/engine/facts.ts'
import {
  EXTERNAL,
  type LinkRules,
  type NameUse,
  type Resolution,
  type Value,
} from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import { CLinker, cRules, tablesOf } from '#generate/analyse/languages/c-family/linker.ts'
import { SOURCE } from '#generate/analyse/languages/c-family/tables.ts'
import { conversionScore } from './conversions.ts'
import { namespaceAt, namespaceOf } from './macro-namespaces.ts'
import { elementOf, isPointer } from './standard-library.ts'
import { mayOverride } from './virtual-functions.ts'

export const cppRules: LinkRules = {
  ...cRules,
  hasImplicitThis: true,
  callsMakeInstances: true,
  hasPartialTypes: true,
  hasOpenModules: true,
  mayOverride,
  dropsAmbiguous: true,
  packageOf: namespaceOf,
  packageAround: (decl) => (decl.kind === 'macro' ? '' : namespaceAt(decl.file, decl.start)),
  isComponent: (decl, program) => decl.parent?.isType === true || tablesOf(program).definitionOf(decl) === decl,
  link: (program, semantics, context) => new CppLinker(tablesOf(program, context), semantics),
}

/** Limit on the `using` lines of one file. */
const MAX_USINGS = 500

class CppLinker extends CLinker {
  readonly #names = new Set<string>()
  readonly #usings = new Map<FileUnit, readonly ImportFact[]>()
  /** The class that each test of `TEST_F` extends. */
  readonly #fixtures = new Map<Decl, Decl | null>()

  protected override find(file: FileUnit, name: string, wanted: NameUse, around: string): Resolution | undefined {
    const own = this.#inNamespaces(file, name, wanted, around)
    if (own !== undefined) return own
    const found = this.findGlobal(file, name, wanted)
    if (found !== undefined && found.isExternal !== true) return found
    const { namespaces } = this.tables.program
    for (const path of namesAround(around, name)) {
      if (namespaces.has(path) && wanted !== 'call') return { decls: [], origin: 'package', namespace: path }
    }
    return wanted === 'type' || this.#isKnown(name) ? undefined : EXTERNAL
  }

  /** The macro-opened namespace that contains the scope's outermost declaration. */
  protected override namespaceAround(file: FileUnit, scope: number): string {
    if (file.package === '') return ''
    let decl: Decl | undefined
    for (let at = scope; at !== NONE; at = file.scopeParent(at)) decl = file.scopeDecl(at) ?? decl
    return decl === undefined ? file.package : namespaceAt(file, decl.start)
  }

  /** A name without a namespace, as C resolves it. */
  protected findGlobal(file: FileUnit, name: string, wanted: NameUse): Resolution | undefined {
    return super.find(file, name, wanted, '')
  }

  /** All overloads of a function; for an alias, all declarations of its name in its file. */
  protected override choose(
    all: readonly Decl[],
    visible: ReadonlyMap<FileUnit, number>,
    file: FileUnit,
    wanted: NameUse,
  ): Resolution | undefined {
    const visibleDecls = wanted === 'type' ? [] : all.filter((decl) => decl.isFunction && visible.has(decl.file))
    if (visibleDecls.length === 0 || visibleDecls.some((decl) => decl.kind === 'macro')) {
      const one = super.choose(all, visible, file, wanted)
      const [first] = one?.decls ?? []
      if (one === undefined || first?.kind !== 'type') return one
      return { ...one, decls: all.filter((decl) => decl.kind === 'type' && decl.file === first.file) }
    }
    return { decls: visibleDecls, origin: visibleDecls.some((decl) => decl.file === file) ? 'package' : 'import' }
  }

  memberOf(value: Value, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    if (value.kind === 'function') return this.#memberOfDeclared(value.decls[0], name, wanted, file)
    if (value.kind !== 'type' && value.kind !== 'instance') return undefined
    if (value.decl === null) {
      const [inner] = value.args
      return inner !== undefined && isPointer(value.name)
        ? this.semantics.memberOf(inner, name, wanted, file)
        : undefined
    }
    if (value.decl.kind !== 'module') return undefined
    return this.#byPath(value.decl.fullName, name, wanted, file)
  }

  /** In the body of `TEST_F(Fixture, name) {…}`, a name may be a member of the fixture, as the test is a method of a subclass. */
  lookUpIn(file: FileUnit, scope: number, name: string, wanted: NameUse): Resolution | undefined {
    const test = file.scopeDecl(scope)
    if (test?.isFunction !== true || !test.name.startsWith('TEST_') || test.at(D.ownScope) !== scope) return undefined
    let fixture = this.#fixtures.get(test)
    if (fixture === undefined) {
      const type = /^TEST_[FP]\(\s*(\w+)/.exec(test.name)?.[1] ?? ''
      const found = this.semantics.lookUp(file, file.scopeParent(scope), type, test.start, 'type')
      fixture = found?.decls.find((decl) => decl.isType) ?? null
      this.#fixtures.set(test, fixture)
    }
    if (fixture === null) return undefined
    const self: Value = { kind: 'instance', decl: fixture, name: fixture.name, args: [] }
    const found = this.semantics.memberOf(self, name, wanted, file)
    return found === undefined || found.decls.length === 0 ? undefined : found
  }

  override elementOf(value: Value): Value | undefined {
    return elementOf(value)
  }

  conversionScore(given: Value, wanted: Value): number | undefined {
    return conversionScore(this.semantics, given, wanted)
  }

  override resultOfValue(value: Value, file: FileUnit): Value | undefined {
    const operator = this.semantics.memberOf(value, 'operator()', 'call', file)
    const [decl] = operator?.decls ?? []
    if (decl === undefined) return super.resultOfValue(value, file)
    return this.semantics.resultOf(decl, operator?.receiver)
  }

  /** The initializer of a variable may look like a function's parameters: `Thing x(a);` */
  #memberOfDeclared(decl: Decl | undefined, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    if (decl === undefined || !decl.has(Flag.prototype) || decl.fullName !== '') return undefined
    const made = this.semantics.resultOf(decl, undefined)
    return made === undefined ? undefined : this.semantics.memberOf(made, name, wanted, file)
  }

  /** Finds names in the file's macro namespaces and in the namespaces of its `using` lines. */
  #inNamespaces(file: FileUnit, name: string, wanted: NameUse, around: string): Resolution | undefined {
    for (const path of namesAround(around, name)) {
      if (path === name) break
      const found = this.#named(path, wanted, file)
      if (found !== undefined) return { ...found, origin: 'package' }
    }
    for (const { path, alias, isWildcard } of this.#usingsOf(file)) {
      const last = alias ?? path.slice(path.lastIndexOf('.') + 1)
      if (!isWildcard && last !== name) continue
      for (const full of namesAround(around, isWildcard ? `${path}.${name}` : path)) {
        const found = this.#named(full, wanted, file)
        if (found !== undefined) return found
        if (!isWildcard && this.tables.program.namespaces.has(full)) {
          return { decls: [], origin: 'import', namespace: full }
        }
      }
      if (!isWildcard) return EXTERNAL
    }
    return undefined
  }

  /** The `using` lines without duplicate namespaces: all are tried for each name. */
  #usingsOf(file: FileUnit): readonly ImportFact[] {
    const known = this.#usings.get(file)
    if (known !== undefined) return known
    const usings = new Map<string, ImportFact>()
    for (const one of file.facts.imports) {
      const key = `${one.path} ${one.alias} ${one.isWildcard}`
      if ((one.kind !== 'using' && one.kind !== 'alias') || usings.has(key)) continue
      if (usings.size < MAX_USINGS) usings.set(key, one)
    }
    const list = [...usings.values()]
    this.#usings.set(file, list)
    return list
  }

  #named(path: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    const decls = accepted(this.tables.program.byFullName.get(path) ?? [], wanted, file.spec.linking)
    const known = this.visibleFrom(decls, file)
    return known.length === 0 ? undefined : { decls: known, origin: 'import' }
  }

  /**
   * Declarations in included files; otherwise those included by a file that includes this one, since a header may rely on what
   * precedes it.
   */
  visibleFrom(decls: readonly Decl[], file: FileUnit): readonly Decl[] {
    const visible = this.tables.includes.seenBy(file)
    const seen = decls.filter((decl) => visible.has(decl.file))
    if (seen.length > 0) return seen
    const others = decls.filter((decl) => canBeElsewhere(decl))
    if (others.length === 0) return others
    for (const includer of this.tables.includes.includersOf(file)) {
      const around = this.tables.includes.seenBy(includer)
      const known = others.filter((decl) => around.has(decl.file))
      if (known.length > 0) return known
    }
    return []
  }

  #byPath(path: string, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    const full = `${path}.${name}`
    const found = this.#named(full, wanted, file)
    if (found !== undefined) return found
    return this.tables.program.namespaces.has(full) ? { decls: [], origin: 'package', namespace: full } : undefined
  }

  /** Whether anything in the repository has this name. */
  #isKnown(name: string): boolean {
    if (this.#names.size === 0) {
      for (const file of this.tables.program.files.values()) {
        for (const decl of file.decls) if (!decl.isLocal) this.#names.add(decl.name)
      }
    }
    return this.#names.has(name)
  }
}

/**
 * Whether a file can see a declaration without including it, because headers rely on each other. False for declarations
 * that are private to another source file.
 */
function canBeElsewhere(decl: Decl): boolean {
  return !decl.has(Flag.fileLocal) && (decl.isFunction || !SOURCE.test(decl.file.path))
}

/** `a.b` and `c`: `a.b.c`, `a.c`, `c`. */
function namesAround(path: string, name: string): string[] {
  const names: string[] = []
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) names.push(`${at}.${name}`)
  names.push(name)
  return names
}
