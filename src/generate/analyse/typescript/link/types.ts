/** Evaluates types. */

import { append } from '#base/long-arrays.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Basic } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { instanceOf } from './classes.ts'
import { conditionalType } from './conditional.ts'
import { memberOfFound, moduleFound } from './exports.ts'
import { entity, imported } from './imports.ts'
import { indexedType, keysOf, mappedType } from './indexed-types.ts'
import { arrayOf, elementOf } from './library.ts'
import { type Found, type Linker, OUTSIDE, Question, RECEIVER } from './linker.ts'
import { argumentFor } from './type-arguments.ts'
import { restricted } from './type-parameters.ts'
import { utilityType } from './utility-types.ts'
import { resolveMemberAlias } from './value-aliases.ts'
import type { Env, Value } from './values.ts'

/** @returns `undefined` if the type is not known. */
export function typeIn(linker: Linker, at: number, outer: Env | undefined): Value | undefined {
  if (at === 0) return undefined
  const env = restricted(linker, at, outer)
  return linker.ask(Question.type, at, env, () => computeType(linker, at, env))
}

function computeType(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  switch (units.kind(at)) {
    case Kind.reference:
      return referenceType(linker, at, env)
    case Kind.typeLiteral:
      return values.object(at, env)
    case Kind.functionType:
      return values.function([units.field(at, Field.functionType.signature)], env)
    case Kind.constructorType:
      return values.constructorType(units.field(at, Field.constructorType.signature), env)
    case Kind.union:
      return values.union(units.list(units.field(at, Field.union.types)).map((one) => linker.typeIn(one, env)))
    case Kind.intersection:
      return values.intersection(
        units.list(units.field(at, Field.intersection.types)).map((one) => linker.typeIn(one, env)),
      )
    case Kind.arrayType:
      return arrayOf(linker, linker.typeIn(units.field(at, Field.arrayType.element), env))
    case Kind.restType:
      return elementOf(linker, linker.typeIn(units.field(at, Field.restType.type), env))
    case Kind.tuple: {
      const items = units.list(units.field(at, Field.tuple.elements))
      const isOpen = items.some((one) => units.kind(one) === Kind.restType)
      const all = items.map((one) => linker.typeIn(one, env))
      return isOpen ? spreadTuple(linker, items, all, env) : values.tuple(all)
    }
    case Kind.typeQuery: {
      const found = queried(linker, units.field(at, Field.typeQuery.entity))
      return found && linker.typeOfFound(found)
    }
    case Kind.indexed:
      return indexedType(linker, at, env)
    case Kind.conditional:
      return conditionalType(linker, at, env)
    case Kind.mapped:
      return mappedType(linker, at, env)
    case Kind.keyOf:
      return keysOf(linker, linker.typeIn(units.field(at, Field.keyOf.type), env))
    case Kind.importType:
      return importedType(linker, at, env)
    case Kind.thisType:
      return linker.forced(env?.values.get(RECEIVER)) ?? values.self(units.field(at, Field.thisType.class), env)
    case Kind.predicate:
      return values.basic(Basic.boolean)
    case Kind.basic: {
      const sort = units.field(at, Field.basic.sort)
      if (sort === Basic.any || sort === Basic.unknown) return values.any
      return sort === Basic.nothing || sort === Basic.never ? values.nothing : values.basic(sort)
    }
    default:
      return linker.typeOf(at)
  }
}

/** `[A, ...B]`: a tuple if B is one, otherwise an array. */
function spreadTuple(
  linker: Linker,
  items: readonly number[],
  all: readonly (Value | undefined)[],
  env: Env | undefined,
): Value | undefined {
  const { units, values } = linker
  const list: (Value | undefined)[] = []
  for (const [index, item] of items.entries()) {
    if (units.kind(item) !== Kind.restType) list.push(all[index])
    else {
      const inner = linker.typeIn(units.field(item, Field.restType.type), env)
      if (inner?.kind !== 'tuple') return arrayOf(linker, values.union(all))
      append(list, inner.list)
    }
  }
  return values.tuple(list)
}

function queried(linker: Linker, at: number): Found | undefined {
  const { units } = linker
  if (units.kind(at) === Kind.name) {
    const found = linker.foundByName(at, Meaning.value)
    return found ?? (units.field(at, Field.name.symbol) === 0 ? OUTSIDE : undefined)
  }
  if (units.kind(at) !== Kind.qualified) return undefined
  const outer = queried(linker, units.field(at, Field.qualified.left))
  const found = outer && memberOfFound(linker, outer, units.field(at, Field.qualified.name), Meaning.value)
  return found && resolveMemberAlias(linker, found)
}

function referenceType(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  const name = units.field(at, Field.reference.entity)
  const typeArguments = units.list(units.field(at, Field.reference.typeArguments))
  const found = entity(linker, name, Meaning.type)
  if (found === undefined) {
    const isFree = units.kind(name) === Kind.name && units.field(name, Field.name.symbol) === 0
    if (isFree) return units.nameText(units.field(name, Field.name.name)) === 'const' ? undefined : values.outside
    return outsideEntity(linker, name) ? values.outside : undefined
  }
  return typeOfDeclared(
    linker,
    found,
    typeArguments.map((one) => argumentFor(linker, one, env)),
    env,
  )
}

/** Whether the first name of `A.B.C` belongs to the platform. */
function outsideEntity(linker: Linker, at: number): boolean {
  const { units } = linker
  let left = at
  while (units.kind(left) === Kind.qualified) left = units.field(left, Field.qualified.left)
  if (units.kind(left) !== Kind.name || units.field(left, Field.name.symbol) !== 0) return false
  return linker.foundByName(left, Meaning.namespace) === undefined
}

/** The type that a declaration denotes. */
function typeOfDeclared(
  linker: Linker,
  found: Found,
  typeArguments: readonly Value[],
  env: Env | undefined,
): Value | undefined {
  const { units, values } = linker
  if (found.isOutside) return values.outside
  const at = found.declarations.find((one) => units.kind(one) !== Kind.namespace) ?? found.declarations[0]
  if (at === undefined) return undefined
  switch (units.kind(at)) {
    case Kind.class:
    case Kind.interface:
      return instanceOf(linker, at, typeArguments, undefined)
    case Kind.alias: {
      if (units.isLibrary(at)) {
        const special = utilityType(linker, units.nameText(units.field(at, Field.alias.name)), typeArguments)
        if (special !== null) return special
      }
      const parameters = units.list(units.field(at, Field.alias.typeParameters))
      const bound = new Map<number, Value>()
      for (const [index, parameter] of parameters.entries()) {
        const value = typeArguments[index]
        const fallback = units.field(parameter, Field.typeParameter.default)
        if (value !== undefined) bound.set(parameter, value)
        else if (fallback !== 0) bound.set(parameter, values.lazy(fallback, values.env(bound)))
      }
      const inner = values.env(bound)
      if (inner !== undefined && inner.depth > MAX_DEPTH) return undefined
      return linker.typeIn(units.field(at, Field.alias.type), inner)
    }
    case Kind.typeParameter: {
      const value = env?.values.get(at)
      return value === undefined ? values.parameter(at) : linker.forced(value)
    }
    case Kind.enum:
      return values.basic(Basic.number)
    case Kind.member:
      return linker.typeOfFound(found)
    case Kind.assigned: {
      // `module.exports = class {}`
      const value = linker.typeOfFound(found)
      return value?.kind === 'static' ? instanceOf(linker, value.declaration, typeArguments, undefined) : undefined
    }
    default:
      return undefined
  }
}

/** The maximum nesting of type arguments. */
const MAX_DEPTH = 8

function importedType(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units } = linker
  const found = foundByImportType(linker, at)
  if (found === undefined) return undefined
  if (units.field(at, Field.importType.isTypeof) === 1) return linker.typeOfFound(found)
  const typeArguments = units
    .list(units.field(at, Field.importType.typeArguments))
    .map((one) => argumentFor(linker, one, env))
  return typeOfDeclared(linker, found, typeArguments, env)
}

/** Resolve `import('…').A.B`. */
export function foundByImportType(linker: Linker, at: number): Found | undefined {
  const { units } = linker
  const specifier = units.nameText(units.field(at, Field.importType.specifier))
  const names: number[] = []
  for (let one = units.field(at, Field.importType.entity); one !== 0; one = units.field(one, Field.qualified.left))
    names.unshift(units.field(one, Field.qualified.name))
  const [first, ...rest] = names
  const from = units.of(at)
  if (first === undefined) {
    const unit = linker.moduleNamed(specifier, from)
    return unit === null ? OUTSIDE : unit && moduleFound(linker, unit)
  }
  const isLast = rest.length === 0
  let found = imported(linker, specifier, from, first, isLast ? Meaning.type : Meaning.any)
  if (found === undefined && isLast) found = imported(linker, specifier, from, first, Meaning.any)
  for (const name of rest) found = found && memberOfFound(linker, found, name)
  return found
}
