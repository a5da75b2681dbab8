/**
 * Resolves Ruby names: constants in the enclosing modules, then in the ancestors, then at the top level; methods
 * without a receiver on `self`, then at the top level of a required file. Most receivers are unknown, and calls on them
 * stay unresolved.
 */

import { partsOf } from '#generate/analyse/engine/ancestors.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, E, Flag, NONE, Op, Use } from '#generate/analyse/engine/facts.ts'
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
import { isNothing } from '#generate/analyse/engine/values.ts'
import { MixinUsers } from '#generate/analyse/languages/mixin-users.ts'
import { nearest } from '#generate/analyse/languages/nearest.ts'
import type { FileExport } from '#generate/model.ts'
import { commonNames, coreNames } from './common-names.ts'
import { valueOfYardType } from './doc-type.ts'
import { exportsOf } from './exports.ts'
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
  /** Modules that `extend` names in the body of a type, keyed by the type's full name. */
  readonly #extended = new Map<string, { file: FileUnit; expr: number }[]>()
  /** Every declared name. */
  readonly #names = new Set<string>()
  /** The prefixes before `::` in the names of classes and modules. */
  readonly #prefixes = new Set<string>()

  constructor(program: Program, semantics: Semantics, context: LinkContext) {
    this.#program = program
    this.#semantics = semantics
    this.#requires = new Requires(program, context)
    this.#users = new MixinUsers(program, semantics)
    for (const file of program.files.values()) {
      for (const { name } of file.decls) {
        this.#names.add(name.slice(name.lastIndexOf('.') + 1))
        for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1))
          this.#prefixes.add(name.slice(0, dot))
      }
      this.#readExtends(file)
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
    return exportsOf(file, this.#program, this.#semantics, (module) => this.#extendedBy(module))
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
    const { decl } = value
    const types = [decl, ...this.#semantics.ancestorsOf(decl).list.map((one) => one.decl)]
    for (const [distance, type] of types.entries()) {
      for (const module of this.#modulesOf(type)) {
        const found = this.#semantics.memberOf(instanceOf(module), name, wanted, file)
        if (found !== undefined && found.isExternal !== true)
          return { ...found, origin: distance === 0 ? 'receiver-type' : 'inheritance' }
      }
    }
    return undefined
  }

  /** The value of a declaration from its comment or, for an attribute reader, from the variable that it reads. */
  impliedValue(decl: Decl): Value | undefined {
    if (decl.at(D.docType) !== NONE) {
      const value = valueOfYardType(decl.file.string(decl.at(D.docType)), (name) => this.#constant(decl, name))
      if (value !== undefined) return value
    }
    if (decl.kind === 'local' && decl.at(D.value) !== NONE)
      return isNothing(this.#semantics.evaluate(decl.file, decl.at(D.value))) ? this.#assignedInside(decl) : undefined
    const owner = ownerOf(decl)
    if (decl.kind !== 'field' || isVariable(decl) || owner === null) return undefined
    const self: Value = {
      kind: decl.has(Flag.static) ? 'type' : 'instance',
      decl: owner,
      name: owner.name,
      args: [],
    }
    const found = this.#semantics.memberOf(self, `@${decl.name}`, 'value', decl.file)
    return found === undefined || found.isExternal === true ? undefined : this.#semantics.valueOf(found)
  }

  /** The value that a block assigns to an outer variable: `x = nil; each { |one| x = Thing.new(one) }; x`. */
  #assignedInside(decl: Decl): Value | undefined {
    const { file, index, name } = decl
    const scope = decl.at(D.scope)
    for (const one of file.decls.slice(index + 1, index + 1 + MAX_LATER)) {
      if (
        one.kind !== 'local' ||
        one.name !== name ||
        one.at(D.value) === NONE ||
        !isWithin(file, one.at(D.scope), scope)
      )
        continue
      const value = this.#semantics.evaluate(file, one.at(D.value))
      if (value?.kind === 'instance' && value.decl !== null) return value
    }
    return undefined
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

  /** A constant as written in a comment. */
  #constant(decl: Decl, name: string): Value | undefined {
    const [first = '', ...rest] = name.replace(/^::/, '').split('::')
    let found = this.#semantics.lookUp(decl.file, decl.at(D.scope), first, decl.start, 'type')
    for (const part of rest) {
      const value = found === undefined ? undefined : this.#semantics.valueOf(found)
      found = value === undefined ? undefined : this.#semantics.memberOf(value, part, 'type', decl.file)
    }
    const value = found === undefined ? undefined : this.#semantics.valueOf(found)
    return value?.kind === 'type' ? { ...value, kind: 'instance' } : undefined
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

  /** The modules that a type is extended with, whose methods become its own singleton methods. */
  *#modulesOf(type: Decl): Iterable<Decl> {
    yield* this.#extendedBy(type)
    if (type.kind !== 'module') return
    // By the convention of `included`, a module extends the classes that include it with its `ClassMethods`.
    const members = (name: string): Decl[] =>
      partsOf(this.#semantics, type).flatMap((part) => [...(this.#program.membersOf(part).get(name) ?? [])])
    if (members('included').length > 0)
      yield* members('ClassMethods')
        .filter((one) => one.kind === 'module')
        .slice(0, 1)
  }

  *#extendedBy(type: Decl): Iterable<Decl> {
    for (const { file, expr } of this.#extended.get(type.fullName) ?? []) {
      const value = this.#semantics.evaluate(file, expr)
      if (value?.kind === 'type' && value.decl !== null) yield value.decl
    }
  }

  #readExtends(file: FileUnit): void {
    for (let expr = 0; expr < file.exprCount; expr++) {
      if (file.expr(expr, E.op) !== Op.call) continue
      const callee = file.expr(expr, E.left)
      if (callee === NONE || file.expr(callee, E.op) !== Op.ref || file.nameOf(callee) !== 'extend') continue
      const scope = file.expr(callee, E.scope)
      const type = file.scopeDecl(scope)
      if (type === undefined || type.at(D.ownScope) !== scope || !(type.isType || type.kind === 'module')) continue
      const known = this.#extended.get(type.fullName) ?? []
      for (const arg of file.list(file.expr(expr, E.list))) if (arg !== NONE) known.push({ file, expr: arg })
      this.#extended.set(type.fullName, known)
    }
  }
}

/** Limit on the later declarations of the file that are searched. */
const MAX_LATER = 100

/** Whether a scope is below another. */
function isWithin(file: FileUnit, scope: number, outer: number): boolean {
  let at = scope === outer ? NONE : scope
  while (at !== NONE && at !== outer) at = file.scopeParent(at)
  return at === outer
}

/** The type that contains a declaration; `class << self` does not count as a type. */
function ownerOf(decl: Decl): Decl | null {
  let at = decl.owner
  while (at?.has(Flag.transparent) === true) at = at.owner
  return at
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

/** Whether a declaration is an instance or class variable: `@x`, `@@x`. */
function isVariable(decl: Decl): boolean {
  return decl.kind === 'field' && decl.name.startsWith('@')
}

function instanceOf(decl: Decl): Value {
  return { kind: 'instance', decl, name: decl.name, args: [] }
}
