/**
 * Resolves Ruby names: constants in the enclosing modules, then in the ancestors, then at the top level; methods
 * without a receiver on `self`, then at the top level of a required file. Most receivers are unknown, and calls on them
 * stay unresolved.
 */

import { partsOf } from '#generate/analyse/engine/ancestors.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, E, Flag, NONE, Use } from '#generate/analyse/engine/facts.ts'
import {
  EXTERNAL,
  type LinkContext,
  type Linker,
  type LinkRules,
  type NameUse,
  type Resolution,
  type Value,
} from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { MixinUsers } from '#generate/analyse/languages/mixin-users.ts'
import { nearest } from '#generate/analyse/languages/nearest.ts'
import type { FileExport } from '#generate/model.ts'
import { commonNames, coreNames } from './common-names.ts'
import { exportsOf } from './exports.ts'
import { ExtendedModules } from './extended-modules.ts'
import { ImpliedValues, isVariable, ownerOf } from './implied-values.ts'
import { definitionOf } from './reopened.ts'
import { Requires } from './requires.ts'

export const rubyLinking: LinkRules = {
  family: 'ruby',
  hasImplicitThis: true,
  hasSeparateCalls: true,
  callsMakeInstances: false,
  hasPartialTypes: true,
  definesAtRunTime: true,
  mixins: 'module',
  bareNamesCall: true,
  hasTypeMembers: true,
  commonNames,
  packageOf: () => '',
  // Instance variables are read through methods.
  isComponent: (decl) => !isVariable(decl),
  mayOverride: (decl, above, semantics) => !isPrepended(decl.owner, above.owner, semantics),
  definitionOf,
  link: (program, semantics, context) => new RubyLinker(program, semantics, context),
}

class RubyLinker implements Linker {
  readonly #program: Program
  readonly #semantics: Semantics
  readonly #requires: Requires
  readonly #users: MixinUsers
  readonly #extended: ExtendedModules
  readonly #implied: ImpliedValues
  /** Every declared name. */
  readonly #names = new Set<string>()
  /** The prefixes before `::` in the names of classes and modules. */
  readonly #prefixes = new Set<string>()

  constructor(program: Program, semantics: Semantics, context: LinkContext) {
    this.#program = program
    this.#semantics = semantics
    this.#requires = new Requires(program, context)
    this.#users = new MixinUsers(program, semantics)
    this.#extended = new ExtendedModules(program, semantics)
    this.#implied = new ImpliedValues(semantics)
    for (const file of program.files.values()) {
      for (const { name } of file.decls) {
        this.#names.add(name.slice(name.lastIndexOf('.') + 1))
        for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1))
          this.#prefixes.add(name.slice(0, dot))
      }
    }
  }

  lookUp(file: FileUnit, name: string, wanted: NameUse, scope: number): Resolution | undefined {
    if (name.startsWith('::')) return this.lookUp(file, name.slice(2), wanted, 0)
    if (name === 'super') return this.#superOf(file, scope)
    if (name.startsWith('@')) return undefined
    if (/^\p{Lu}/u.test(name) && wanted !== 'call') {
      const all = this.#inOpened(file, name, scope) ?? this.#program.byFullName.get(name) ?? []
      const decls = accepted(
        all.filter((decl) => !decl.isFunction),
        wanted,
        file.spec.linking,
      )
      if (decls.length > 0) return { decls: nearest(decls, file), origin: 'package' }
      // `class A::B` implies an `A`, somewhere outside the repository.
      if (this.#prefixes.has(name)) return { decls: [], origin: 'package', namespace: name }
      return this.#names.has(name) ? undefined : EXTERNAL
    }
    const atTop = (this.#program.byFullName.get(name) ?? []).filter(
      (decl) =>
        // A declaration in a block is a method of the object that runs the block.
        decl.isFunction &&
        decl.parent === null &&
        decl.at(D.scope) === 0 &&
        this.#requires.loadedBy(file).has(decl.file.path),
    )
    if (atTop.length > 0) return { decls: atTop, origin: 'import' }
    return coreNames.has(name) || !this.#names.has(name) ? EXTERNAL : undefined
  }

  /** Declarations written as `class A::B`, for a use of `B` within `A`, from the innermost enclosing scope. */
  #inOpened(file: FileUnit, name: string, scope: number): readonly Decl[] | undefined {
    for (let s = scope; s !== NONE; s = file.scopeParent(s)) {
      const around = file.scopeDecl(s)
      if (around === undefined || around.at(D.ownScope) !== s || !(around.isType || around.kind === 'module')) continue
      const found = this.#program.byFullName.get(`${around.fullName}.${name}`)
      if (found !== undefined) return found
    }
    return undefined
  }

  importedFiles(file: FileUnit): Iterable<string> {
    this.#users.prepare()
    return this.#requires.of(file)
  }

  exportsOf(file: FileUnit): FileExport[] {
    return exportsOf(file, this.#program, this.#semantics, (module) => this.#extended.extendedBy(module))
  }

  memberOf(value: Value, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    if ((value.kind !== 'instance' && value.kind !== 'type') || value.decl === null) return undefined
    if (/\w=$/.test(name)) {
      const read = this.#semantics.memberOf(value, name.slice(0, -1), wanted, file)
      return read?.decls[0]?.kind === 'field' ? read : undefined
    }
    const isConstant = /^\p{Lu}/u.test(name) && wanted !== 'call'
    const opened = isConstant ? this.#program.byFullName.get(`${value.decl.fullName}.${name}`) : undefined
    if (opened !== undefined) return { decls: nearest(opened, file), origin: 'package' }
    // No file declares it, so it comes from the library that the module reopens.
    if (isConstant) return value.kind === 'type' && !this.#names.has(name) ? EXTERNAL : undefined
    if (value.kind === 'instance')
      return value.decl.kind === 'module' ? this.#users.memberOf(value.decl, name, wanted, file) : undefined
    if (name === 'new' && value.decl.isType) return { decls: [value.decl], origin: 'receiver-type' }
    if (wanted === 'type' || coreNames.has(name)) return undefined
    return this.#extended.memberOf(value.decl, name, wanted, file)
  }

  impliedValue(decl: Decl): Value | undefined {
    return this.#implied.of(decl)
  }

  /** `Thing[…]` makes an instance. */
  elementOf(value: Value): Value | undefined {
    if (value.kind === 'type') return value.decl === null ? undefined : { ...value, kind: 'instance' }
    return value.kind === 'instance' ? value.args.at(-1) : undefined
  }

  pass(wrapper: string, value: Value): Value | undefined {
    if (wrapper !== 'class') return value
    return value.kind === 'instance' ? { ...value, kind: 'type' } : undefined
  }

  /** The method of the same name in an ancestor of the enclosing method's type. */
  #superOf(file: FileUnit, scope: number): Resolution | undefined {
    let method: Decl | undefined
    for (let s = scope; s !== NONE && method === undefined; s = file.scopeParent(s)) {
      const decl = file.scopeDecl(s)
      if (decl?.isFunction === true) method = decl
    }
    const type = method === undefined ? null : ownerOf(method)
    if (method === undefined || type === null || !(type.isType || type.kind === 'module')) return undefined
    const isOfType = method.has(Flag.static)
    const { list, isOpen } = this.#semantics.ancestorsOf(type)
    for (const { decl } of list) {
      const same = partsOf(this.#semantics, decl)
        .flatMap((part) => this.#program.membersOf(part).get(method.name) ?? [])
        .filter((one) => one.isFunction && (one.has(Flag.shared) || one.has(Flag.static) === isOfType))
      if (same.length > 0) return { decls: same, origin: 'inheritance' }
    }
    return isOpen || type.isType ? EXTERNAL : undefined
  }
}

/** Whether a class prepends a module, whose methods then override those of the class. */
function isPrepended(type: Decl | null, module: Decl | null, semantics: Semantics): boolean {
  const parts = type === null ? [] : partsOf(semantics, type)
  return parts.some((part) => {
    const { file } = part
    const supers = file.list(part.at(D.supers)).filter((expr) => file.expr(expr, E.use) === Use.type)
    return supers.some((expr) => {
      const value = semantics.typeOf(file, expr)
      return value?.kind === 'instance' && value.decl?.fullName === module?.fullName
    })
  })
}
