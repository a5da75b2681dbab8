/** Resolves Go names: a package is a folder, and an import names it by a path. */

import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { declaredExports } from '#generate/analyse/engine/declared-exports.ts'
import { D, Flag } from '#generate/analyse/engine/facts.ts'
import {
  EXTERNAL,
  type LinkContext,
  type Linker,
  type LinkRules,
  type NameUse,
  type Relation,
  type Resolution,
  type Value,
} from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { constraintsOfLines, fits, isUnconstrained, targetOf } from '#generate/go-platforms.ts'
import type { FileExport } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { builtins, commonNames } from './common-names.ts'
import { implementations } from './implementations.ts'
import { methodType } from './method-types.ts'
import { Modules } from './modules.ts'

export const goLinking: LinkRules = {
  family: 'go',
  importSeparator: '/',
  hasImplicitThis: false,
  hasSeparateCalls: false,
  callsMakeInstances: true,
  hasPartialTypes: false,
  commonNames,
  packageOf: (file, context) => packageIn(file, modulesOf(context).pathOf(folderOf(file.path))),
  // A method of the same name does not override an embedded type's: the embedded type still calls its own.
  mayOverride: (decl, above, { program }) =>
    above.parent?.kind === 'interface' && !areOtherMethods(program, decl, above),
  cannotImplement: (type, contract, program) =>
    [...program.membersOf(contract)].some(([name, [wanted]]) =>
      program
        .membersOf(type)
        .get(name)
        ?.some((one) => wanted !== undefined && areOtherMethods(program, one, wanted)),
    ),
  importsWhatItUses: (file, target) => file.package !== target.package,
  variants,
  link: (program, semantics, context) => new GoLinker(program, semantics, modulesOf(context)),
}

/** Whether the types of two methods are known and differ. */
function areOtherMethods(program: Program, one: Decl, other: Decl): boolean {
  if (!one.isFunction || !other.isFunction) return false
  const [own, wanted] = [methodType(program, one), methodType(program, other)]
  return own !== undefined && wanted !== undefined && own !== wanted
}

const modulesOf = memoized((context: LinkContext) => new Modules(context))

/** The package of a file. Tests may be in a separate package in the folder of the package that they test. */
function packageIn(file: FileUnit, path: string): string {
  return file.path.endsWith('_test.go') && file.facts.packageName.endsWith('_test') ? `${path}_test` : path
}

const constraintsIn = memoized(({ path, facts }: FileUnit) =>
  constraintsOfLines(
    path,
    facts.notes.flatMap((note) => (note.startsWith('build ') ? note.slice('build '.length) : [])),
  ),
)

function variants(decls: readonly Decl[], file: FileUnit): readonly Decl[] {
  if (decls.length < 2) return decls
  const own = decls.filter((decl) => decl.file === file)
  if (own.length > 0) return own
  const target = targetOf(constraintsIn(file))
  const fitting = decls.filter((decl) => fits(constraintsIn(decl.file), target))
  return fitting.length === 0 ? decls : fitting
}

interface Imports {
  /** Package paths by their local names; `null` for packages from outside the repository. */
  readonly named: ReadonlyMap<string, string | null>
  /** Names that packages from outside the repository probably declare; a declaration in the package itself rules one out. */
  readonly guessed: ReadonlySet<string>
  /** Packages whose names are all in scope: `import . "path"`. */
  readonly dotted: readonly string[]
  /** All names of a package from outside the repository are in scope. */
  readonly isOpen: boolean
  /** Paths outside the repository that were imported without a name. */
  readonly outside: readonly string[]
}

class GoLinker implements Linker {
  readonly #program: Program
  readonly #semantics: Semantics
  readonly #modules: Modules
  readonly #imports = new Map<FileUnit, Imports>()
  /** The name that a package declares, keyed by its path. */
  readonly #packageNames = new Map<string, string>()
  readonly #filesOf = new Map<string, FileUnit[]>()
  #relations: ReadonlyMap<FileUnit, readonly Relation[]> | undefined

  constructor(program: Program, semantics: Semantics, goModules: Modules) {
    this.#program = program
    this.#semantics = semantics
    this.#modules = goModules
    for (const file of program.files.values()) {
      push(this.#filesOf, file.package, file)
      // A folder may contain tools as `package main`, excluded by build constraints.
      const isOther = file.facts.packageName === 'main' && !isUnconstrained(constraintsIn(file))
      if (file.facts.packageName !== '' && !isOther) this.#packageNames.set(file.package, file.facts.packageName)
    }
    for (const decls of program.byFullName.values()) if (decls.length > 1) fittingFirst(decls)
  }

  /** The exports of a file; none for a program or a test, which cannot be imported. */
  exportsOf(file: FileUnit): FileExport[] {
    const isForOthers = file.facts.packageName !== 'main' && !file.path.endsWith('_test.go')
    return isForOthers ? declaredExports(file, this.#program, ({ name }) => name) : []
  }

  lookUp(file: FileUnit, name: string, wanted: NameUse): Resolution | undefined {
    const { named, guessed, dotted, isOpen, outside } = this.#importsOf(file)
    const path = named.get(name)
    if (path === null) return EXTERNAL
    if (path !== undefined) return { decls: [], origin: 'import', namespace: path }
    const own = this.#inPackage(file.package, name, wanted, file)
    if (own !== undefined) return { decls: own, origin: 'package' }
    if (guessed.has(name)) return EXTERNAL
    for (const other of dotted) {
      const decls = this.#inPackage(other, name, wanted, file)
      if (decls !== undefined) return { decls, origin: 'import' }
    }
    if (builtins.has(name)) return wanted === 'type' ? undefined : EXTERNAL
    // An outside package may have a different name than its path suggests.
    if (isOpen || (wanted === 'value' && outside.some((one) => one.includes(name)))) return EXTERNAL
    return undefined
  }

  /** Used names are resolved one by one (`importsWhatItUses`); a blank import is for the side effects of `init`. */
  *importedFiles(file: FileUnit): Iterable<string> {
    for (const { path, kind } of file.facts.imports) {
      if (kind !== 'blank') continue
      const target = this.#modules.resolve(path, folderOf(file.path))
      for (const other of this.#filesOf.get(target ?? '') ?? []) {
        if (
          other.decls.some((decl) => decl.name === 'init' && decl.parent === null) &&
          !other.path.endsWith('_test.go')
        )
          yield other.path
      }
    }
  }

  relationsOf(file: FileUnit): Iterable<Relation> {
    this.#relations ??= implementations(this.#program, this.#semantics)
    return this.#relations.get(file) ?? []
  }

  /** Keys of a map or list literal are plain names; in a map they are most likely constants. */
  memberOf(value: Value, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    const type = wanted === 'value' ? this.#underlying(value) : undefined
    if (type?.name !== '[]' || type.decl !== null) return undefined
    const found = this.lookUp(file, name, wanted)
    return found?.decls.some((decl) => decl.kind === 'constant') === true ? found : undefined
  }

  elementOf(value: Value): Value | undefined {
    const type = this.#underlying(value)
    return type?.name === 'func' ? undefined : type?.args.at(-1)
  }

  lambdaOf(result: Value): Value {
    return { kind: 'instance', decl: null, name: 'func', args: [result] }
  }

  /** A function that wraps a function so that it is called once: `sync.OnceValue`. */
  resultOf(_: Value, name: string, __: FileUnit, given: () => Value | undefined): Value | undefined {
    if (name !== 'OnceValue' && name !== 'OnceValues') return undefined
    const result = given()
    return result && this.lambdaOf(result.kind === 'type' ? { ...result, kind: 'instance' } : result)
  }

  resultOfValue(value: Value): Value | undefined {
    const type = this.#underlying(value)
    return type?.name === 'func' ? type.args[0] : undefined
  }

  pass(wrapper: string, value: Value): Value | undefined {
    switch (wrapper) {
      case 'chan':
      case 'func':
        return {
          kind: 'type',
          decl: null,
          name: wrapper,
          args: [value.kind === 'type' ? { ...value, kind: 'instance' } : value],
        }
      case 'first':
        return isTuple(value) ? value.args[0] : value
      case 'second':
        return isTuple(value) ? value.args[1] : undefined
      case 'key': {
        const type = this.#underlying(value)
        return type?.name === 'chan' || type?.name === 'Seq' || type?.name === 'Seq2' ? type.args[0] : undefined
      }
      default:
        return value
    }
  }

  /** The underlying type of a named type, if that is a list, map, channel or function. */
  #underlying(value: Value): (Value & { kind: 'instance' | 'type' }) | undefined {
    let at: Value | undefined = value
    for (let steps = 0; steps < 10; steps++) {
      if (at?.kind !== 'instance' && at?.kind !== 'type') return undefined
      if (at.decl === null) return at
      const expr: number = at.decl.kind === 'type' ? at.decl.at(D.value) : -1
      if (expr < 0) return undefined
      at = this.#semantics.typeOf(at.decl.file, expr)
    }
    return undefined
  }

  #importsOf(file: FileUnit): Imports {
    const known = this.#imports.get(file)
    if (known !== undefined) return known
    const named = new Map<string, string | null>()
    const guessed = new Set<string>()
    const dotted: string[] = []
    const outside: string[] = []
    let isOpen = false
    for (const { path, alias, isWildcard, kind } of file.facts.imports) {
      if (kind === 'blank') continue
      const target = this.#modules.resolve(path, folderOf(file.path))
      if (isWildcard) {
        if (target === undefined) isOpen = true
        else dotted.push(target)
        continue
      }
      const isOurs = target !== undefined && this.#filesOf.has(target)
      if (isOurs || alias !== null) {
        const declared = isOurs ? this.#packageNames.get(target) : undefined
        named.set(alias ?? declared ?? assumedNames(path)[0] ?? path, isOurs ? target : null)
        continue
      }
      for (const name of assumedNames(path)) guessed.add(name)
      outside.push(path)
    }
    const imports = { named, guessed, dotted, isOpen, outside }
    this.#imports.set(file, imports)
    return imports
  }

  #inPackage(path: string, name: string, wanted: NameUse, file: FileUnit): readonly Decl[] | undefined {
    const all = this.#program.byFullName.get(`${path}.${name}`)
    if (all === undefined) return undefined
    const named = all.filter((decl) => !decl.has(Flag.fileLocal))
    const decls = accepted(variants(named, file), wanted, file.spec.linking)
    return decls.length > 0 ? decls : undefined
  }
}

function isTuple(value: Value): value is Value & { kind: 'instance' | 'type' } {
  return (value.kind === 'instance' || value.kind === 'type') && value.name === '()'
}

/** Sorts the declaration for the most common target first, because one may have to represent all. */
function fittingFirst(decls: Decl[]): void {
  const rank = (decl: Decl): number => (fits(constraintsIn(decl.file), 'linux/amd64') ? 0 : 1)
  decls.sort((a, b) => rank(a) - rank(b))
}

/**
 * The names that a package may declare, the most likely first: the last part of its path that is not a version
 * (`ImportPathToAssumedName` of goimports), or the version itself, as `v1` of Kubernetes.
 */
function assumedNames(path: string): string[] {
  const parts = path.split('/')
  const last = parts.at(-1) ?? path
  const isVersion = /^v\d+$/.test(last) && parts.length > 1
  const name = ((isVersion ? parts.at(-2) : last) ?? path).replace(/^go-/, '').replace(/[^\p{L}\p{N}_].*$/su, '')
  return isVersion ? [name, last] : [name]
}
