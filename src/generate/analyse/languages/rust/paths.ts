/** Resolves paths through modules: `crate::a::B`, `super::c`, imports with `use`, and re-exports. */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, Flag, type ImportFact, VISIBILITIES } from '#generate/analyse/engine/facts.ts'
import { EXTERNAL, type NameUse, type Resolution, type Value } from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import type { Crates } from './crates.ts'

interface Import {
  readonly fact: ImportFact
  readonly file: FileUnit
  /** The module that contains the `use`. */
  readonly module: string
}

/** The imports of one scope. */
interface Uses {
  readonly named: Map<string, Import[]>
  readonly globs: Import[]
}

/** Limit on the names that one lookup tries in modules, through re-exports. */
const MAX_VISITED = 2_000

/** Limit on the globs of a scope, and on the imports that share a name: resolving a name may try all of them. */
const MAX_CANDIDATES = 200

export class Paths {
  readonly #program: Program
  readonly #semantics: Semantics
  readonly #crates: Crates
  readonly #byScope = new Map<FileUnit, Map<number, Uses>>()
  readonly #byModule = new Map<string, Uses>()
  /** What the current lookup has tried. Nothing is tried twice, because modules may re-export each other. */
  readonly #visited = new Set<string>()
  /** The turn of `semantics` in which that lookup began. */
  #turn = 0
  readonly #known = new Map<string, Resolution | undefined>()

  constructor(program: Program, semantics: Semantics, crates: Crates) {
    this.#program = program
    this.#semantics = semantics
    this.#crates = crates
    for (const file of program.files.values()) this.#readUses(file)
  }

  /** Resolves a name through the `use` declarations of a scope. */
  imported(file: FileUnit, scope: number, name: string, wanted: NameUse): Resolution | undefined {
    // The files of one module share what it uses.
    const uses = scope === 0 ? this.#byModule.get(file.package) : this.#byScope.get(file)?.get(scope)
    return uses === undefined ? undefined : this.#inUses(uses, name, wanted)
  }

  /** The module that the first name of a path refers to. */
  start(file: FileUnit, scope: number, name: string): string | undefined {
    const module = this.#moduleAt(file, scope)
    if (name === 'crate' || name === '$crate') return crateOf(module)
    if (name === 'self') return module
    if (name === 'super') return parentOf(module)
    return this.#crates.library(name)
  }

  /** Resolves a bare name that another file of the module declares: one that includes the file, or that it includes. */
  inOtherFiles(file: FileUnit, scope: number, name: string, wanted: NameUse): Resolution | undefined {
    const included = this.#crates.includesOf(file.path)
    const hasSeveralFiles = this.#crates.hasSeveralFiles(file.package)
    if ((included.size === 0 && !hasSeveralFiles) || this.#moduleAt(file, scope) !== file.package) return undefined
    const modules = new Set([...included].map((path) => this.#crates.moduleOf(path)))
    if (hasSeveralFiles) modules.add(file.package)
    for (const module of modules) {
      const decls = accepted(this.#program.byFullName.get(`${module}.${name}`) ?? [], wanted, file.spec.linking)
      if (decls.length > 0) return { decls, origin: 'package' }
    }
    return undefined
  }

  /** Resolves a member of a module: a declaration, else an import. */
  inModule(path: string, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    if (name === 'super') return { decls: [], origin: 'import', namespace: parentOf(path) }
    const module = this.#realPath(path)
    const key = `${module}\0${name}\0${wanted}`
    if (this.#known.has(key)) return this.#known.get(key)
    if (this.#turn !== this.#semantics.turn) this.#visited.clear()
    this.#turn = this.#semantics.turn
    if (this.#visited.has(key) || this.#visited.size >= MAX_VISITED) return undefined
    const isOutermost = this.#visited.size === 0
    this.#visited.add(key)
    try {
      const found = this.#find(module, name, wanted, file)
      // Inside a cycle the answer may be incomplete.
      if (isOutermost || found !== undefined) this.#known.set(key, found)
      return found
    } finally {
      if (isOutermost) this.#visited.clear()
    }
  }

  /**
   * The re-exports in the `pub use` declarations of a module: individual names with their last name before `as`, and
   * whole modules.
   */
  reExportsOf(module: string): {
    named: [name: string, found: Resolution | undefined, original: string][]
    globs: Resolution[]
  } {
    const uses = this.#byModule.get(module)
    const isPublic = ({ fact }: Import): boolean => fact.kind === 'pub'
    const named = [...(uses?.named ?? [])].flatMap(([name, imports]): [string, Resolution | undefined, string][] => {
      const one = imports.find(isPublic)
      if (one === undefined || name === '_') return []
      return [[name, this.#inAnySense(one), one.fact.path.split('::').at(-1) ?? '']]
    })
    const globs = (uses?.globs ?? []).filter(isPublic).flatMap((one) => this.#resolve(one, 'type') ?? [])
    return { named, globs }
  }

  #inAnySense(one: Import): Resolution | undefined {
    const senses: readonly NameUse[] = ['type', 'value', 'call']
    const found = senses.map((wanted) => this.#resolve(one, wanted))
    const own = found.filter((one) => one !== undefined && one.isExternal !== true)
    return own.find((one) => !this.#isPrivateModule(one)) ?? own[0] ?? found[0]
  }

  /** A private module cannot be re-exported: `pub use crate::run::run` means the function. */
  #isPrivateModule(found: Resolution | undefined): boolean {
    const [decl] = found?.decls ?? []
    return decl?.kind === 'module' && VISIBILITIES[decl.at(D.visibility)] !== 'public'
  }

  /** Files that declare the names in a file's `use` declarations. */
  *filesOfImports(file: FileUnit): Iterable<string> {
    for (const fact of file.facts.imports) {
      const found = this.#resolve({ fact, file, module: this.#moduleAt(file, fact.scope) }, 'value')
      const module = found?.namespace === undefined ? undefined : this.#crates.fileOf(this.#realPath(found.namespace))
      if (module !== undefined && this.#program.files.has(module)) yield module
      for (const decl of found?.decls ?? []) {
        const target =
          decl.kind === 'module' && decl.has(Flag.prototype) ? this.#crates.fileOf(decl.fullName) : undefined
        yield target ?? decl.file.path
      }
    }
  }

  #find(module: string, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    const all = this.#program.byFullName.get(`${module}.${name}`) ?? []
    const decls = accepted(all, wanted, file.spec.linking)
    const imported = this.#byModule.get(module)
    // A stand-in for builds without a dependency.
    const isStandIn = imported?.named.has(name) === true && decls.every((decl) => decl.has(Flag.otherBuild))
    const outside = isStandIn ? this.#inUses(imported, name, wanted) : undefined
    if (outside?.isExternal === true) return outside
    if (decls.length > 0) return { decls, origin: 'import' }
    if (wanted !== 'call' && this.#crates.fileOf(`${module}.${name}`) !== undefined)
      return { decls: [], origin: 'import', namespace: `${module}.${name}` }
    return imported === undefined ? undefined : this.#inUses(imported, name, wanted)
  }

  #inUses(uses: Uses, name: string, wanted: NameUse): Resolution | undefined {
    let outside: Resolution | undefined
    for (const one of uses.named.get(name) ?? []) {
      const found = this.#resolve(one, wanted)
      if (found !== undefined && found.isExternal !== true) return { ...found, origin: 'import' }
      outside ??= found
    }
    if (outside !== undefined) return outside
    const inBase = (base: Resolution, file: FileUnit): Resolution | undefined => {
      const found = this.#memberOf(base, name, wanted, file)
      return found === undefined || found.isExternal === true ? undefined : { ...found, origin: 'import' }
    }
    const forOthers: [base: Resolution, file: FileUnit][] = []
    for (const one of uses.globs) {
      const base = this.#resolve(one, 'type')
      if (base === undefined || base.isExternal === true) continue
      if (base.decls[0]?.has(Flag.otherBuild) === true) {
        forOthers.push([base, one.file])
        continue
      }
      const found = inBase(base, one.file)
      if (found !== undefined) return found
    }
    // Modules for other systems only count for names that no other module has.
    for (const [base, file] of forOthers) {
      const found = inBase(base, file)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Resolves the path of a `use`. */
  #resolve({ fact, file, module }: Import, wanted: NameUse): Resolution | undefined {
    const isGlobal = fact.path.startsWith('::')
    const parts = fact.path.replace(/^::/, '').split('::')
    const [first = ''] = parts
    let at: Resolution | undefined = this.#first(
      first,
      file,
      module,
      isGlobal,
      parts.length === 1 ? wanted : 'type',
      fact,
    )
    if (at === undefined || at.isExternal === true) return at
    for (const [index, name] of parts.slice(1).entries()) {
      at = this.#memberOf(at, name, index === parts.length - 2 ? wanted : 'type', file)
      if (at === undefined || at.isExternal === true) return at
    }
    return at
  }

  #first(
    name: string,
    file: FileUnit,
    module: string,
    isGlobal: boolean,
    wanted: NameUse,
    fact: ImportFact,
  ): Resolution | undefined {
    const namespace =
      name === 'crate' ? crateOf(module) : name === 'self' ? module : name === 'super' ? parentOf(module) : undefined
    if (namespace !== undefined) return { decls: [], origin: 'import', namespace }
    const library = this.#crates.library(name)
    if (!isGlobal) {
      // `use x::x` does not mean itself.
      const own = this.#program.byFullName.get(`${this.#realPath(module)}.${name}`) ?? []
      const decls = accepted(own, wanted, file.spec.linking)
      if (decls.length > 0) return { decls, origin: 'import' }
      const root = crateOf(module)
      const fromRoot =
        root !== module && this.#crates.usesFromRoot(root) ? this.inModule(root, name, wanted, file) : undefined
      if (fromRoot !== undefined && fromRoot.isExternal !== true) return fromRoot
      const isItself = fact.alias === null && !fact.isWildcard && fact.path.endsWith(`::${name}`)
      const other = library === undefined && !isItself ? this.inModule(module, name, wanted, file) : undefined
      if (other !== undefined && other.isExternal !== true) return other
    }
    return library === undefined ? EXTERNAL : { decls: [], origin: 'import', namespace: library }
  }

  #memberOf(found: Resolution, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    if (found.namespace !== undefined) return this.inModule(found.namespace, name, wanted, file)
    const [decl] = found.decls
    if (decl === undefined) return undefined
    if (decl.kind === 'module') return this.inModule(decl.fullName, name, wanted, file)
    const type: Value = { kind: 'type', decl, name: decl.name, args: [] }
    return decl.isType ? this.#semantics.memberOf(type, name, wanted, file) : undefined
  }

  /** The path of a module; a file that is a module of several crates belongs to the first of them. */
  #realPath(module: string): string {
    const file = this.#crates.fileOf(module)
    return file === undefined ? module : this.#crates.moduleOf(file)
  }

  #moduleAt(file: FileUnit, scope: number): string {
    for (let s = scope; s >= 0; s = file.scopeParent(s)) {
      const module = moduleOfScope(file, s)
      if (module !== undefined) return module.fullName
    }
    return file.package
  }

  #readUses(file: FileUnit): void {
    const scopes = new Map<number, Uses>()
    for (const fact of file.facts.imports) {
      const one: Import = { fact, file, module: this.#moduleAt(file, fact.scope) }
      const shared = fact.scope === 0 ? this.#byModule.get(one.module) : undefined
      const uses = scopes.get(fact.scope) ?? shared ?? { named: new Map<string, Import[]>(), globs: [] }
      scopes.set(fact.scope, uses)
      const isKnown = (other: Import): boolean => other.fact.path === fact.path
      if (fact.isWildcard) {
        if (uses.globs.length < MAX_CANDIDATES && !uses.globs.some(isKnown)) uses.globs.push(one)
      } else {
        const name = fact.alias ?? fact.path.split('::').at(-1) ?? fact.path
        const others = uses.named.get(name)
        if (others === undefined) uses.named.set(name, [one])
        else if (others.length < MAX_CANDIDATES && !others.some(isKnown)) others.push(one)
      }
      const made = fact.scope === 0 ? undefined : moduleOfScope(file, fact.scope)
      if (fact.scope === 0 || made !== undefined) this.#byModule.set(one.module, uses)
    }
    if (scopes.size > 0) this.#byScope.set(file, scopes)
  }
}

/** The module whose body is this scope. */
function moduleOfScope(file: FileUnit, scope: number): Decl | undefined {
  const decl = file.scopeDecl(scope)
  return decl?.kind === 'module' && decl.at(D.ownScope) === scope ? decl : undefined
}

export function crateOf(module: string): string {
  const dot = module.indexOf('.')
  return dot < 0 ? module : module.slice(0, dot)
}

function parentOf(module: string): string {
  const dot = module.lastIndexOf('.')
  return dot < 0 ? module : module.slice(0, dot)
}
