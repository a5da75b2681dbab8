/**
 * Resolves Rust names through crates, modules, `use` with its globs and re-exports, traits, and types at the end of
 * pointers.
 */

import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, Flag, NONE } from '#generate/analyse/engine/facts.ts'
import {
  EXTERNAL,
  type LinkContext,
  type Linker,
  type LinkRules,
  type NameUse,
  type Resolution,
  type Value,
} from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import type { FileExport } from '#generate/model.ts'
import { Crates } from './crates.ts'
import { Paths } from './paths.ts'
import { prelude } from './prelude.ts'
import { publicNames } from './public-names.ts'
import { Shapes, tupleElement } from './shapes.ts'
import { elementOfStandard, FOR_ALL, instance, POINTERS, parameterOfStandard, resultOfStandard } from './standard.ts'
import { stdMethodNames } from './std-method-names.ts'

export const rustLinking: LinkRules = {
  family: 'rust',
  importSeparator: '::',
  hasImplicitThis: false,
  hasSeparateCalls: false,
  callsMakeInstances: true,
  hasPartialTypes: false,
  typesNeedPaths: true,
  commonNames: stdMethodNames,
  packageOf: (file, context) => cratesOf(context).moduleOf(file.path),
  // `mod x;` names a file, which is described separately.
  isComponent: (decl) => decl.kind !== 'module' || !decl.has(Flag.prototype),
  mayOverride: (_, above) => above.parent?.kind === 'trait',
  variants,
  link: (program, semantics, context) => new RustLinker(program, semantics, cratesOf(context)),
}

const cratesOf = memoized((context: LinkContext) => new Crates(context))

/** Keeps declarations for other systems and for tests only if there are no others. */
function variants(decls: readonly Decl[]): readonly Decl[] {
  if (decls.length < 2) return decls
  const fitting = decls.filter((decl) => !decl.has(Flag.otherBuild))
  return fitting.length === 0 ? decls : fitting
}

/** `Args::parse()`, as `#[derive(Parser)]` of clap adds it to a type. */
const isDerivedParse = ({ kind }: Value, name: string): boolean =>
  kind === 'type' && (name === 'parse' || name === 'parse_from')

class RustLinker implements Linker {
  readonly #program: Program
  readonly #semantics: Semantics
  readonly #crates: Crates
  readonly #paths: Paths
  readonly #shapes: Shapes
  readonly #macros = new Map<string, Decl[]>()

  constructor(program: Program, semantics: Semantics, all: Crates) {
    this.#program = program
    this.#semantics = semantics
    this.#crates = all
    this.#paths = new Paths(program, semantics, all)
    this.#shapes = new Shapes(program, semantics)
    for (const file of program.files.values()) {
      for (const decl of file.decls) {
        if (decl.kind === 'macro') push(this.#macros, decl.name, decl)
      }
    }
    for (const decls of program.byFullName.values()) {
      if (decls.length > 1) decls.sort((a, b) => Number(a.has(Flag.otherBuild)) - Number(b.has(Flag.otherBuild)))
    }
  }

  lookUpIn(file: FileUnit, scope: number, name: string, wanted: NameUse): Resolution | null | undefined {
    const found = this.#paths.imported(file, scope, name, wanted)
    if (found !== undefined) return found
    // Names of the enclosing module are not in scope in a module.
    const decl = file.scopeDecl(scope)
    return decl?.kind === 'module' && decl.at(D.ownScope) === scope ? null : undefined
  }

  lookUp(file: FileUnit, name: string, wanted: NameUse, scope: number): Resolution | undefined {
    if (name.startsWith('$crate::')) return this.#inMacro(file, scope, name)
    if (name.endsWith('!')) return this.#macro(file, scope, name.slice(0, -1))
    const start = this.#paths.start(file, scope, name)
    if (start !== undefined) return { decls: [], origin: 'import', namespace: start }
    const inOthers = this.#paths.inOtherFiles(file, scope, name, wanted)
    if (inOthers !== undefined) return inOthers
    if (wanted !== 'type' && (prelude.has(name) || this.#crates.isOutside(name))) return EXTERNAL
    return undefined
  }

  /** Resolves a path in the body of a macro; the modules in it are not uses. */
  #inMacro(file: FileUnit, scope: number, path: string): Resolution {
    const names = path
      .split('::')
      .slice(1)
      .map((one) => one.trim())
    const last = names.pop() ?? ''
    if (last.endsWith('!')) return this.#macro(file, scope, last.slice(0, -1)) ?? EXTERNAL
    let at: Value | undefined = { kind: 'namespace', path: this.#paths.start(file, scope, '$crate') ?? '' }
    for (const one of names) {
      const found: Resolution | undefined = at && this.#semantics.memberOf(at, one, 'type', file)
      at = found === undefined ? undefined : this.#semantics.valueOf(found)
    }
    for (const wanted of ['call', 'type', 'value'] as const) {
      const found = at && this.#semantics.memberOf(at, last, wanted, file)
      if (found !== undefined && found.isExternal !== true && found.decls[0] !== undefined)
        return found.decls[0].kind === 'module' ? EXTERNAL : found
    }
    return EXTERNAL
  }

  *importedFiles(file: FileUnit): Iterable<string> {
    for (const decl of file.decls) {
      if (decl.kind !== 'module' || !decl.has(Flag.prototype)) continue
      const target = this.#crates.fileOf(decl.fullName)
      if (target !== undefined && this.#program.files.has(target)) yield target
    }
    yield* this.#crates.includesOf(file.path)
    for (const target of this.#paths.filesOfImports(file)) if (target !== file.path) yield target
  }

  exportsOf(file: FileUnit): Iterable<FileExport> {
    return this.#crates.isLibrary(file.path) ? publicNames(this.#program, this.#crates, this.#paths, file) : []
  }

  memberOf(value: Value, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    if (value.kind === 'namespace') return this.#paths.inModule(value.path, name, wanted, file)
    if (value.kind !== 'instance' && value.kind !== 'type') return undefined
    const { decl } = value
    if (decl?.kind === 'module') return this.#paths.inModule(decl.fullName, name, wanted, file)
    if (decl?.kind === 'typeparam') return this.#shapes.byBounds(decl, name, wanted, file)
    // `Enum::Variant { … }` makes an instance.
    if (decl?.kind === 'enum' && wanted === 'type') {
      const [variant] = this.#program.membersOf(decl).get(name) ?? []
      if (variant?.kind === 'constant') return { decls: [variant], origin: 'receiver-type' }
    }
    const plain = this.#shapes.withoutAliases(value)
    if (plain !== undefined && plain.decl !== decl) return this.#semantics.memberOf(plain, name, wanted, file)
    const inner = this.#shapes.dereferenced(plain ?? value)
    if (inner !== undefined) {
      const found = this.#semantics.memberOf(inner, name, wanted, file)
      if (found !== undefined) return found
    }
    // An outside type is known by its last name only, which is not enough for a bare name before `::`.
    if (plain !== undefined && plain.decl === null && value.kind === 'instance') {
      const added = this.#shapes.methodsAddedTo(plain.name, name)
      if (added.length > 0) return { decls: added, origin: 'receiver-type', receiver: plain }
    }
    return decl !== null && (FOR_ALL.has(name) || isDerivedParse(value, name)) ? EXTERNAL : undefined
  }

  /** The value of `self`, of enum variants, and of names in a pattern by their position. */
  impliedValue(decl: Decl): Value | undefined {
    if (decl.name === 'self' && decl.kind === 'local') return this.#shapes.self(decl)
    if (decl.kind === 'constant' && decl.parent?.kind === 'enum') {
      return { kind: 'instance', decl: decl.parent, name: decl.parent.name, args: [] }
    }
    if (decl.kind !== 'local') return undefined
    const [type, value, position] = [decl.at(D.type), decl.at(D.value), decl.at(D.minArity)]
    // `Some(x)`
    if (value !== NONE && decl.has(Flag.special)) {
      const [matched] = this.#semantics.resolve(decl.file, value)?.decls ?? []
      return matched === undefined ? undefined : this.#shapes.tupleField(matched, position)
    }
    // `(a, b)`
    if (!decl.has(Flag.static)) return undefined
    if (value !== NONE) return tupleElement(this.#semantics.evaluate(decl.file, value), position)
    return type === NONE ? undefined : tupleElement(this.#semantics.typeOf(decl.file, type), position)
  }

  resultOf(receiver: Value, name: string, _: FileUnit, given: () => Value | undefined): Value | undefined {
    const plain = this.#shapes.withoutAliases(receiver)
    if (plain === undefined) return undefined
    if (POINTERS.has(plain.name) && plain.decl === null && plain.args[0] !== undefined) {
      if (name === 'new' || name === 'clone' || name === 'from') return plain
      return this.resultOf(plain.args[0], name, _, given) ?? plain.args[0]
    }
    if (plain.decl === null) return resultOfStandard(plain, name, given)
    return isDerivedParse(receiver, name) ||
      name === 'clone' ||
      name === 'to_owned' ||
      name === 'borrow' ||
      name === 'as_ref' ||
      name === 'by_ref' ||
      name === 'default'
      ? plain
      : undefined
  }

  lambdaParameter(receiver: Value, name: string, _: number, order: number): Value | undefined {
    const plain = this.#shapes.withoutAliases(receiver)
    if (plain === undefined) return undefined
    if (plain.decl !== null) return this.elementOf(plain)
    return parameterOfStandard(plain, name, order)
  }

  lambdaOf(result: Value): Value {
    return instance('fn', result)
  }

  resultOfValue(value: Value): Value | undefined {
    const plain = this.#shapes.withoutAliases(value)
    if (plain?.name === 'fn') return plain.args[0]
    // `Self(…)`, or a tuple variant.
    return plain?.decl !== null && (plain?.decl.kind === 'struct' || plain?.decl.kind === 'enum') ? plain : undefined
  }

  elementOf(value: Value): Value | undefined {
    const plain = this.#shapes.withoutAliases(value)
    if (plain === undefined) return undefined
    if (plain.decl === null) {
      if (POINTERS.has(plain.name) && plain.args[0] !== undefined) return this.elementOf(plain.args[0])
      return elementOfStandard(plain)
    }
    // The element type that a type of the repository declares.
    return this.#shapes.associated(plain, 'Item')
  }

  pass(wrapper: string, value: Value): Value | undefined {
    switch (wrapper) {
      case 'try': {
        const plain = this.#shapes.withoutAliases(value)
        return plain?.decl === null && (plain.name === 'Result' || plain.name === 'Option') ? plain.args[0] : undefined
      }
      case 'fn':
        return {
          kind: 'type',
          decl: null,
          name: 'fn',
          args: [value.kind === 'type' ? { ...value, kind: 'instance' } : value],
        }
      case '0':
      case '1':
      case '2': {
        const plain = this.#shapes.withoutAliases(value)
        const place = Number(wrapper)
        return plain?.decl == null ? tupleElement(plain, place) : this.#shapes.tupleField(plain.decl, place, plain)
      }
      default:
        return value
    }
  }

  /**
   * A macro is visible after its definition: in its file, in nested modules, and around it with `#[macro_use]`; elsewhere by
   * a path or a `use`.
   */
  #macro(file: FileUnit, scope: number, name: string): Resolution {
    const decls = this.#macros.get(name) ?? []
    const own = decls.find((decl) => decl.file === file)
    if (own !== undefined) return { decls: [own], origin: 'same-file' }
    for (let s = scope; s >= 0; s = file.scopeParent(s)) {
      const found = this.#paths.imported(file, s, name, 'call')
      if (found?.decls[0]?.kind === 'macro') return found
    }
    const seen = decls.find((decl) => this.#sees(file.package, decl.file.package))
    return seen === undefined ? EXTERNAL : { decls: [seen], origin: 'package' }
  }

  /** Whether a module sees the macros of another. */
  #sees(module: string, other: string): boolean {
    for (let at = other; ; at = at.slice(0, at.lastIndexOf('.'))) {
      if (module === at || module.startsWith(`${at}.`)) return true
      const isUsed = this.#program.byFullName.get(at)?.some((decl) => decl.kind === 'module' && decl.has(Flag.shared))
      if (isUsed !== true) return false
    }
  }
}
