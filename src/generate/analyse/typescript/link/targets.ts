/** Resolves a site to components, or finds that its target is outside the repository. */

import { ASSIGNED_MEMBER, LINKED } from '#generate/analyse/edge-confidence.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Sort } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { Mode } from '#generate/analyse/typescript/summary/site-table.ts'
import type { EdgeOrigin } from '#generate/model.ts'
import { isAlias, isOutsideChain, type Location, locationOf } from './callee-location.ts'
import { FUNCTION_METHODS } from './calls.ts'
import { baseInstance } from './classes.ts'
import { exportKey } from './dependencies.ts'
import { memberOfFound, moduleFound } from './exports.ts'
import { foundByAccess } from './expression-types.ts'
import { type Found, type Linker, OUTSIDE } from './linker.ts'
import { declaredByName } from './names.ts'
import { foundByImportType } from './types.ts'
import type { Unit } from './units.ts'
import { resolveMemberAlias } from './value-aliases.ts'

export interface Target {
  readonly id: string
  readonly origin: EdgeOrigin
  readonly confidence: number
}

export interface SiteTargets {
  readonly targets: readonly Target[]
  readonly where: Location
}

const NOTHING: SiteTargets = { targets: [], where: 'unknown' }
const ELSEWHERE: SiteTargets = { targets: [], where: 'outside' }
/** A member of a union with more targets is ambiguous. */
const MAX_TARGETS = 4

export class TargetFinder {
  readonly #linker: Linker
  readonly #unit: Unit
  /** Members of all components, keyed by container and name. */
  readonly #members: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly #isMember: (name: number) => boolean

  constructor(
    linker: Linker,
    unit: Unit,
    members: ReadonlyMap<string, ReadonlyMap<string, string>>,
    isMember: (name: number) => boolean,
  ) {
    this.#linker = linker
    this.#unit = unit
    this.#members = members
    this.#isMember = isMember
  }

  find(use: string, given: number, mode: number): SiteTargets {
    const linker = this.#linker
    const { units } = linker
    if (use === 'override') return this.#overridden(given)
    const isCall = use === 'call' || use === 'construct'
    const at = use === 'call' ? this.#calledBy(given) : given
    if (mode === Mode.chain) return isOutsideChain(linker, at) ? ELSEWHERE : NOTHING
    const kind = units.kind(at)
    const isMember = kind === Kind.access || kind === Kind.qualified
    if (kind === Kind.access && !this.#isMember(units.field(at, Field.access.name))) return ELSEWHERE
    const found = this.#foundAt(at, mode)
    // A member of an enum counts as a use of the enum, which has a site of its own.
    if (isMember && !isCall && this.#isEnumMember(found)) return NOTHING
    const isType = mode === Mode.type || mode === Mode.namespace || mode === Mode.importType
    const ids = found === undefined ? [] : this.#idsOf(found, isType, isMember)
    if (ids.length > 0) {
      const targets = ids.map((id) => ({ id, origin: this.#originOf(id, at, mode), confidence: LINKED }))
      return { targets, where: 'inside' }
    }
    const assigned = kind === Kind.access ? this.#assigned(at) : undefined
    if (assigned !== undefined) {
      const isOwn = this.#isOwn(assigned)
      const origin = isOwn ? 'same-file' : 'receiver-type'
      return { targets: [{ id: assigned, origin, confidence: ASSIGNED_MEMBER }], where: 'inside' }
    }
    return isCall ? { targets: [], where: locationOf(linker, found, at) } : NOTHING
  }

  /** The function that `call`, `apply` or `bind` is invoked on; for other calls, the callee. */
  #calledBy(at: number): number {
    const linker = this.#linker
    const { units } = linker
    if (units.kind(at) !== Kind.access || !FUNCTION_METHODS.has(units.nameText(units.field(at, Field.access.name))))
      return at
    const object = units.field(at, Field.access.object)
    const kind = units.kind(object)
    if (kind !== Kind.name && kind !== Kind.access) return at
    const [declaration] = foundByAccess(linker, at)?.declarations ?? []
    return declaration !== undefined && units.isLibrary(declaration) ? object : at
  }

  #isEnumMember(found: Found | undefined): boolean {
    const { units } = this.#linker
    const at = found?.declarations[0]
    return at !== undefined && units.kind(at) === Kind.member && units.field(at, Field.member.sort) === Sort.enumMember
  }

  /** The id of a component, or the path of a module. */
  idOf(found: Found | undefined): string | undefined {
    if (found === undefined || found.isOutside) return undefined
    const { units } = this.#linker
    if (found.module !== -1) {
      const unit = units.all[found.module] as Unit
      this.#linker.evaluator.touch(exportKey(unit.path, 'export='))
      return unit.whole ?? unit.path
    }
    const ranked = [...found.declarations].sort((a, b) => Number(this.#isTypeLike(a)) - Number(this.#isTypeLike(b)))
    for (const at of ranked) {
      const id = units.componentOf(at)?.id
      if (id !== undefined) return id
    }
    // The object assigned to `module.exports` represents the module.
    return found.exports === undefined ? undefined : units.all[found.exports]?.path
  }

  #isTypeLike(at: number): boolean {
    const kind = this.#linker.units.kind(at)
    return kind === Kind.interface || kind === Kind.alias || kind === Kind.class || kind === Kind.enum
  }

  #foundAt(at: number, mode: number): Found | undefined {
    const linker = this.#linker
    const { units } = linker
    switch (units.kind(at)) {
      case Kind.name: {
        const meaning = mode === Mode.type ? Meaning.type : mode === Mode.namespace ? Meaning.namespace : Meaning.value
        const found = linker.foundByName(at, meaning)
        const isGlobal = units.field(at, Field.name.symbol) === 0
        if (found === undefined) return isGlobal ? OUTSIDE : undefined
        // Declarations of the repository only add to a type of the language.
        if (isGlobal && mode === Mode.type && found.declarations.some((one) => units.isLibrary(one))) return OUTSIDE
        // The left side of a qualified type name is a use of the type, if the name has one.
        const isLeft = mode === Mode.namespace && found.symbol !== 0 && found.module === -1
        if (isLeft) return { ...found, declarations: linker.declarationsOf(found.symbol, Meaning.any) }
        return resolveMemberAlias(linker, found)
      }
      case Kind.qualified:
        return this.#qualified(
          at,
          mode === Mode.value ? Meaning.any : mode === Mode.namespace ? Meaning.namespace : Meaning.type,
        )
      case Kind.access: {
        const found = foundByAccess(linker, at)
        return found && resolveMemberAlias(linker, found)
      }
      case Kind.importType:
        return foundByImportType(linker, at)
      case Kind.moduleExports:
        return moduleFound(linker, this.#unit)
      default:
        return undefined
    }
  }

  #qualified(at: number, meaning: number): Found | undefined {
    const linker = this.#linker
    const { units } = linker
    const left = units.field(at, Field.qualified.left)
    const outer =
      units.kind(left) === Kind.name
        ? (linker.foundByName(left, Meaning.namespace) ?? linker.foundByName(left, Meaning.value))
        : this.#qualified(left, Meaning.any)
    const found = outer && memberOfFound(linker, outer, units.field(at, Field.qualified.name), meaning)
    return found && resolveMemberAlias(linker, found)
  }

  #idsOf(found: Found, isType: boolean, isMember: boolean): string[] {
    const { units } = this.#linker
    if (found.isOutside) return []
    if (found.module !== -1) {
      const { path, whole } = units.all[found.module] as Unit
      this.#linker.evaluator.touch(exportKey(path, 'export='))
      return whole === undefined ? [] : [whole]
    }
    const all = found.declarations
    const fitting = all.filter((at) => {
      const kind = units.kind(at)
      return isType ? this.#isTypeLike(at) : kind !== Kind.interface && kind !== Kind.alias
    })
    const ids = new Set<string>()
    for (const at of fitting.length > 0 ? fitting : all) {
      const id = units.componentOf(at)?.id
      if (id !== undefined) ids.add(id)
    }
    if (!isMember || isType) return [...ids].slice(0, 1)
    return ids.size > MAX_TARGETS ? [] : [...ids]
  }

  #isOwn(id: string): boolean {
    const { path } = this.#unit
    return id === path || (id.startsWith(path) && id[path.length] === '#')
  }

  #originOf(id: string, at: number, mode: number): EdgeOrigin {
    if (this.#isOwn(id)) return 'same-file'
    const linker = this.#linker
    const { units } = linker
    if (mode === Mode.importType) return 'import'
    const kind = units.kind(at)
    if (kind === Kind.name) {
      const found = declaredByName(linker, at, Meaning.any)
      return found !== undefined && isAlias(linker, found) ? 'import' : 'package'
    }
    const left = units.field(at, Field.access.object)
    const leftKind = units.kind(left)
    if (leftKind === Kind.require || leftKind === Kind.moduleExports) return 'import'
    if (leftKind === Kind.name || leftKind === Kind.qualified) {
      const found = leftKind === Kind.name ? linker.foundByName(left, Meaning.any) : this.#qualified(left, Meaning.any)
      if (found !== undefined) {
        if (found.module !== -1) return 'import'
        if (found.declarations.some((one) => this.#isModuleLike(one, found))) return 'import'
      }
    }
    return leftKind === Kind.this || leftKind === Kind.super ? 'inheritance' : 'receiver-type'
  }

  /**
   * A namespace; in JavaScript, also the value of `module.exports`, or an empty object that members are assigned to.
   */
  #isModuleLike(at: number, found: Found): boolean {
    const { units } = this.#linker
    const kind = units.kind(at)
    if (kind === Kind.namespace) return true
    const unit = units.of(at)
    if (!units.isJavaScript(unit)) return false
    if (units.field(unit.module, Field.module.whole) === at) return true
    const value = kind === Kind.variable ? units.field(at, Field.variable.value) : 0
    if (kind !== Kind.function && kind !== Kind.class && units.kind(value) !== Kind.object) return false
    const isEmpty = kind !== Kind.variable || units.field(value, Field.object.members) === 0
    return isEmpty && found.symbol !== 0 && units.field(found.symbol, Field.symbol.assigned) !== 0
  }

  #overridden(at: number): SiteTargets {
    const linker = this.#linker
    const { units } = linker
    const container = units.field(at, Field.access.object)
    const name = units.field(at, Field.access.name)
    const targets: Target[] = []
    const add = (found: Found | undefined): void => {
      for (const one of found?.declarations ?? []) {
        const id = units.componentOf(one)?.id
        if (id !== undefined)
          targets.push({ id, origin: this.#isOwn(id) ? 'same-file' : 'inheritance', confidence: LINKED })
      }
    }
    if (units.field(container, Field.class.base) !== 0)
      add(linker.memberOf(baseInstance(linker, container, undefined), name))
    for (const type of units.list(units.field(container, Field.class.implemented)))
      add(linker.memberOf(linker.typeIn(type, undefined), name))
    return { targets, where: 'inside' }
  }

  /** A member that JavaScript code assigned to `this` or to a named object. */
  #assigned(at: number): string | undefined {
    const linker = this.#linker
    const { units } = linker
    const object = units.field(at, Field.access.object)
    const name = units.nameText(units.field(at, Field.access.name))
    if (units.kind(object) === Kind.this) {
      const component = this.#unit.components[units.field(object, Field.this.component) - 1]
      const parent = component?.parent ?? null
      return parent === null ? undefined : this.#members.get(parent)?.get(name)
    }
    if (units.kind(object) !== Kind.name) return undefined
    const found = linker.foundByName(object, Meaning.value)
    const [container] = found === undefined ? [] : this.#idsOf(found, false, false)
    return container === undefined ? undefined : this.#members.get(container)?.get(name)
  }
}
