/** The types of expressions. Enclosing type parameters are left in; callers substitute them. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Basic } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { typeOfCall, typeOfConstruct } from './calls.ts'
import { baseInstance, instanceDeclarations, instanceOf } from './classes.ts'
import { besideWhole, memberOfFound, moduleFound } from './exports.ts'
import { arrayOf, awaited, elementOf, libraryType, promiseOf } from './library.ts'
import { type Found, foundAt, type Linker, OUTSIDE, Question } from './linker.ts'
import { narrowed } from './narrow.ts'
import { assignedMember } from './own-members.ts'
import { reducedUnion } from './subtype-reduction.ts'
import { resolveMemberAlias, resolveRequire } from './value-aliases.ts'
import type { Value } from './values.ts'

/** @returns `undefined` if the type is not known. */
export function typeOf(linker: Linker, at: number): Value | undefined {
  return at === 0 ? undefined : linker.ask(Question.expression, at, undefined, () => computeType(linker, at))
}

function computeType(linker: Linker, at: number): Value | undefined {
  const { units, values } = linker
  switch (units.kind(at)) {
    case Kind.name: {
      const found = linker.foundByName(at, Meaning.value)
      if (found === undefined) return isDeclared(linker, at) ? undefined : values.outside
      return narrowed(linker, linker.typeOfFound(found), units.field(at, Field.name.guards))
    }
    case Kind.access:
      return narrowed(linker, typeOfAccess(linker, at), units.field(at, Field.access.guards))
    case Kind.element: {
      const object = linker.typeOf(units.field(at, Field.element.object))
      if (object?.kind === 'any') return object
      const key = units.field(at, Field.element.key)
      if (
        units.kind(key) === Kind.literal &&
        units.field(key, Field.literal.sort) === Basic.number &&
        object?.kind === 'tuple'
      )
        return object.list[Number(units.nameText(units.field(key, Field.literal.text)))]
      const index = linker.typeOf(key)
      if (index?.kind === 'literal' && index.sort === Basic.string) {
        const member = linker.memberOf(object, index.text)
        if (member !== undefined) return linker.typeOfFound(resolveMemberAlias(linker, member))
      }
      return elementByIndex(linker, object)
    }
    case Kind.call:
      return typeOfCall(linker, at)
    case Kind.construct:
      return typeOfConstruct(linker, at)
    case Kind.await:
      return awaited(linker, linker.typeOf(units.field(at, Field.await.value)))
    case Kind.this:
      return narrowed(linker, typeOfThis(linker, at), units.field(at, Field.this.guards))
    case Kind.super: {
      const container = units.field(at, Field.super.class)
      if (units.field(at, Field.super.isStatic) === 0) return baseInstance(linker, container, undefined)
      return linker.typeOf(units.field(container, Field.class.base))
    }
    case Kind.object:
      return values.object(at, undefined)
    case Kind.array: {
      const all = units.list(units.field(at, Field.array.elements)).map((one) => linker.typeOf(one))
      if (units.field(at, Field.array.isConst) === 1) return values.tuple(all)
      const known = all.filter((one) => one !== undefined && one.kind !== 'nothing')
      if (known.length > 0) return arrayOf(linker, reducedUnion(linker, known))
      const expected = all.length === 0 ? linker.expectedOf(units.field(at, Field.array.expected)) : undefined
      return expected ?? arrayOf(linker, undefined)
    }
    case Kind.spread:
      return elementOf(linker, linker.typeOf(units.field(at, Field.spread.value)))
    case Kind.lambda:
      return values.function([units.field(at, Field.lambda.signature)], undefined)
    case Kind.classValue:
      return values.static(units.field(at, Field.classValue.class), undefined)
    case Kind.either:
    case Kind.orElse:
      return reducedUnion(linker, [
        linker.typeOf(units.field(at, Field.either.first)),
        linker.typeOf(units.field(at, Field.either.second)),
      ])
    case Kind.cast:
      return linker.typeIn(units.field(at, Field.cast.type), undefined)
    case Kind.require: {
      const found = resolveRequire(linker, at)
      return found && linker.typeOfFound(found)
    }
    case Kind.importCall: {
      const specifier = units.nameText(units.field(at, Field.importCall.specifier))
      if (specifier === '') return undefined
      const unit = linker.moduleNamed(specifier, units.of(at))
      if (unit === undefined) return undefined
      return promiseOf(linker, unit === null ? values.outside : values.module(unit.index))
    }
    case Kind.literal: {
      const sort = units.field(at, Field.literal.sort)
      const text = units.field(at, Field.literal.text)
      if (sort === Basic.regexp) return libraryType(linker, 'RegExp', [])
      const isPlain = text === 0 && sort !== Basic.true && sort !== Basic.false
      return isPlain ? values.basic(sort) : values.literal(sort, text)
    }
    case Kind.nothing:
      return values.nothing
    case Kind.platform:
      return values.outside
    case Kind.moduleExports: {
      const found = moduleFound(linker, units.of(at))
      return linker.typeOfFound(found)
    }
    default:
      return undefined
  }
}

/** Whether the program declares a name; otherwise it belongs to the platform. */
function isDeclared(linker: Linker, at: number): boolean {
  return linker.units.field(at, Field.name.symbol) !== 0
}

function elementByIndex(linker: Linker, value: Value | undefined): Value | undefined {
  if (value?.kind === 'mapped') {
    const type = linker.units.field(value.at, Field.mapped.type)
    return type === 0 ? undefined : linker.typeIn(type, value.env)
  }
  const element = elementOf(linker, value)
  if (element !== undefined) return element
  return indexResult(linker, value)
}

/** The type of an index signature. */
function indexResult(linker: Linker, value: Value | undefined): Value | undefined {
  if (value?.kind !== 'object' && value?.kind !== 'instance') return undefined
  const name = linker.units.records.nameOf('\0')
  const found = linker.memberOf(value, name)
  return found === undefined || found.isOutside ? undefined : linker.typeOfFound(found)
}

function typeOfAccess(linker: Linker, at: number): Value | undefined {
  const { units } = linker
  const object = linker.typeOf(units.field(at, Field.access.object))
  if (units.nameText(units.field(at, Field.access.name)) === 'prototype') {
    if (object?.kind === 'static') return instanceOf(linker, object.declaration, [], object.env)
    if (object?.kind === 'function' && object.symbol !== 0) return linker.values.made(object.symbol)
  }
  const found = foundByAccess(linker, at)
  if (found !== undefined) return linker.typeOfFound(resolveMemberAlias(linker, found))
  if (object?.kind === 'any') return object
  return units.field(at, Field.access.isComputed) === 1 ? elementByIndex(linker, object) : undefined
}

/** Resolve `object.name` to a member. */
export function foundByAccess(linker: Linker, at: number): Found | undefined {
  const { units } = linker
  const object = units.field(at, Field.access.object)
  const name = units.field(at, Field.access.name)
  const kind = units.kind(object)
  if (kind === Kind.name || kind === Kind.require || kind === Kind.moduleExports) {
    const found =
      kind === Kind.name
        ? linker.foundByName(object, Meaning.any)
        : kind === Kind.require
          ? resolveRequire(linker, object)
          : ownModule(linker, object)
    if (found !== undefined && (found.isOutside || found.module !== -1)) return memberOfFound(linker, found, name)
    if (found === undefined && kind === Kind.name && !isDeclared(linker, object)) return OUTSIDE
    const beside = found === undefined ? undefined : besideWhole(linker, found, name, Meaning.any)
    if (beside !== undefined) return beside
    const value = linker.typeOf(object)
    const member = linker.memberOf(value, name)
    const isOwn = member !== undefined && !isOfLibrary(linker, member)
    if (isOwn || value?.kind === 'outside' || !units.isJavaScript(units.of(at))) return member
    const assigned =
      found === undefined || found.symbol === 0 ? undefined : assignedMember(linker, found.symbol, name, false)
    return assigned ?? member
  }
  return linker.memberOf(linker.typeOf(object), name)
}

function ownModule(linker: Linker, at: number): Found {
  return moduleFound(linker, linker.units.of(at))
}

function isOfLibrary({ units }: Linker, { declarations: [at], isOutside }: Found): boolean {
  return isOutside || (at !== undefined && units.isLibrary(at))
}

function typeOfThis(linker: Linker, at: number): Value | undefined {
  const { units, values } = linker
  const container = units.field(at, Field.this.container)
  if (container === 0) return undefined
  const written = writtenThis(linker, units.field(at, Field.this.signature))
  if (written !== undefined) return written
  switch (units.kind(container)) {
    case Kind.class:
      return units.field(at, Field.this.isStatic) === 1
        ? values.static(container, undefined)
        : values.instance(instanceDeclarations(linker, container), undefined)
    case Kind.symbol:
      return ofSymbol(linker, container)
    case Kind.object: {
      const own = values.object(container, undefined)
      const expected = linker.expectedOf(units.field(container, Field.object.expected))
      const isUseful = expected !== undefined && expected.kind !== 'outside' && expected.kind !== 'any'
      return isUseful ? values.intersection([expected, own]) : own
    }
    case Kind.signature: {
      const type = units.field(container, Field.signature.thisType)
      return type === 0 ? undefined : linker.typeIn(type, undefined)
    }
    default:
      return undefined
  }
}

/** The `this` parameter of a function expression, or else of the function type that is expected of it. */
function writtenThis(linker: Linker, signature: number): Value | undefined {
  if (signature === 0) return undefined
  const { units } = linker
  const own = units.field(signature, Field.signature.thisType)
  if (own !== 0) return linker.typeIn(own, undefined)
  for (const { at, env } of linker.signaturesOf(linker.expectedOf(units.field(signature, Field.signature.expected)))) {
    const type = units.field(at, Field.signature.thisType)
    if (type !== 0) return linker.typeIn(type, env)
  }
  return undefined
}

/** `this` in a function that is assigned to a member of a symbol or its prototype. */
function ofSymbol(linker: Linker, symbol: number): Value | undefined {
  const { values } = linker
  const value = linker.typeOfFound(foundAt(linker.declarationsOf(symbol, Meaning.value), undefined, symbol))
  if (value?.kind === 'function') return values.intersection([values.made(symbol), value])
  if (value?.kind === 'static') return values.instance(instanceDeclarations(linker, value.declaration), undefined)
  const own = values.space(symbol)
  return value === undefined ? own : values.intersection([value, own])
}
