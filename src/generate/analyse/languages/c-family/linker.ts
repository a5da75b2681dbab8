/** Resolves C names through the files that a file includes, then through the files that are linked with it. */

import { least } from '#base/long-arrays.ts'
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
import { areApart, CProgramIndex, onlyOrNearest } from './tables.ts'

const tables = new WeakMap<Program, CProgramIndex>()

/** The tables of a program, built on the first call. */
export function tablesOf(program: Program, context?: LinkContext): CProgramIndex {
  const known = tables.get(program)
  if (known !== undefined) return known
  const made = new CProgramIndex(program, context ?? { paths: new Set(), files: new Map() })
  tables.set(program, made)
  return made
}

export const cRules: LinkRules = {
  family: 'c',
  hasImplicitThis: false,
  hasSeparateCalls: false,
  callsMakeInstances: false,
  hasPartialTypes: false,
  seesOnlyImports: true,
  commonNames: new Set(),
  packageOf: () => '',
  isComponent: (decl, program) => tablesOf(program).definitionOf(decl) === decl,
  definitionOf: (decl, program) => tablesOf(program).definitionOf(decl),
  documented: (decl, program) => tablesOf(program).documentedPrototypeOf(decl),
  link: (program, semantics, context) => new CLinker(tablesOf(program, context), semantics),
}

const TAG = /^(?:struct|union|enum|class)\b[\s\S]*?\b(\w+)$/

/** The tag of a type such as `struct s`, or else the text itself. */
export const bareName = (text: string): string => TAG.exec(text)?.[1] ?? text

export class CLinker implements Linker {
  readonly tables: CProgramIndex
  readonly semantics: Semantics
  readonly #found = new Map<FileUnit, Map<string, Resolution | undefined>>()

  constructor(ofProgram: CProgramIndex, semantics: Semantics) {
    this.tables = ofProgram
    this.semantics = semantics
  }

  lookUp(file: FileUnit, name: string, wanted: NameUse, scope: number): Resolution | undefined {
    let known = this.#found.get(file)
    if (known === undefined) {
      known = new Map()
      this.#found.set(file, known)
    }
    const place = this.namespaceAround(file, scope)
    const key = `${wanted} ${name} ${place}`
    if (known.has(key)) return known.get(key)
    const found = this.find(file, name, wanted, place)
    known.set(key, found)
    return found
  }

  /** The C++ namespace of a scope where macros open it, so that no scope represents it; '' otherwise. */
  protected namespaceAround(_file: FileUnit, _scope: number): string {
    return ''
  }

  importedFiles(file: FileUnit): Iterable<string> {
    return this.tables.includes.of(file)
  }

  /**
   * Calling a function pointer, or a variable of a `typedef` for function pointers, yields the function's result.
   */
  resultOfValue(value: Value, _file: FileUnit): Value | undefined {
    if (value.kind !== 'instance') return undefined
    const { decl } = value
    if (decl?.kind !== 'type' || decl.at(D.value) !== NONE) return value
    return this.semantics.typeOf(decl.file, decl.at(D.type))
  }

  /** Pointers and arrays count as their element. */
  elementOf(value: Value): Value | undefined {
    return value
  }

  protected find(file: FileUnit, name: string, wanted: NameUse, _place: string): Resolution | undefined {
    const tag = wanted === 'type' ? TAG.exec(name)?.[1] : undefined
    const named = this.tables.byName.get(tag ?? name) ?? []
    const all = named.filter((decl) => !areApart(this.tables.definitionOf(decl).file.path, file.path))
    const fitting = all.filter((decl) => canMean(decl, wanted, tag !== undefined))
    if (fitting.length === 0) return all.length === 0 && wanted !== 'type' ? EXTERNAL : undefined
    const seen = this.choose(fitting, this.tables.includes.seenBy(file), file, wanted)
    if (seen !== undefined) return seen
    return this.#seenByIncluders(file, fitting, wanted) ?? this.#linked(file, fitting)
  }

  /** The only visible declaration that matches; `undefined` if several do. */
  protected choose(
    all: readonly Decl[],
    visible: ReadonlyMap<FileUnit, number>,
    file: FileUnit,
    wanted: NameUse,
  ): Resolution | undefined {
    const visibleDecls = all.filter((decl) => visible.has(decl.file))
    if (visibleDecls.length === 0) return undefined
    const best = bestOf(visibleDecls, wanted)
    const definitions = new Set(best.map((decl) => this.tables.definitionOf(decl)))
    const one = definitions.size === 1 ? best[0] : onlyOrNearest(nearestOf(best, visible), file)
    return one === undefined ? undefined : { decls: [one], origin: one.file === file ? 'same-file' : 'import' }
  }

  /** Resolves a name in a header that relies on earlier includes of the files that include it. */
  #seenByIncluders(file: FileUnit, all: readonly Decl[], wanted: NameUse): Resolution | undefined {
    let found: Resolution | undefined
    for (const includer of this.tables.includes.includersOf(file)) {
      const seen = this.choose(all, this.tables.includes.seenBy(includer), file, wanted)
      if (seen === undefined) continue
      if (found !== undefined && found.decls[0] !== seen.decls[0]) return undefined
      found = { ...seen, origin: 'import' }
    }
    return found
  }

  /**
   * A linked function is found without a declaration, if the program has no other function of its name and the file includes no
   * unread file, which may declare one.
   */
  #linked(file: FileUnit, all: readonly Decl[]): Resolution | undefined {
    if (file.spec.language !== 'c') return undefined
    const linked = all.filter(
      (decl) => decl.kind === 'function' && !decl.has(Flag.fileLocal) && !decl.has(Flag.prototype),
    )
    const [one] = linked
    if (one === undefined || linked.length > 1 || all.some((decl) => decl.kind === 'macro')) return undefined
    // If no included header declares it but another does, the unread file declares a namesake.
    if (this.tables.includes.includesUnread(file))
      return all.some((decl) => decl.has(Flag.prototype)) ? EXTERNAL : undefined
    return { decls: [one], origin: 'package' }
  }
}

function canMean(decl: Decl, wanted: NameUse, isTag: boolean): boolean {
  if (isTag) return decl.kind === 'struct' || decl.kind === 'enum' || decl.kind === 'class'
  if (decl.isType && decl.has(Flag.special)) return false
  switch (wanted) {
    case 'type':
      return decl.isType || decl.kind === 'macro'
    case 'call':
      return !decl.isType
    case 'value':
      return true
  }
}

/** Macros come first; for types, `typedef` names before others; definitions before forward declarations. */
function bestOf(decls: readonly Decl[], wanted: NameUse): readonly Decl[] {
  const macros = decls.filter((decl) => decl.kind === 'macro')
  if (macros.length > 0) return macros
  const isMeant = (decl: Decl): boolean => (wanted === 'type' ? decl.kind === 'type' : !decl.isType)
  const meant = decls.filter(isMeant)
  const best = meant.length > 0 ? meant : decls
  const defined = best.filter((decl) => !decl.has(Flag.prototype))
  return defined.length > 0 ? defined : best
}

/** The declarations in the files that are the fewest `#include` steps away. */
function nearestOf(decls: readonly Decl[], visible: ReadonlyMap<FileUnit, number>): readonly Decl[] {
  const steps = decls.map((decl) => visible.get(decl.file) ?? Number.POSITIVE_INFINITY)
  const fewest = least(steps)
  return decls.filter((_, index) => steps[index] === fewest)
}
