/** What types mean. */

import { Basic, Flag, Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { instanceOf } from './classes.ts'
import { conditionalType } from './conditional.ts'
import { typeOfFound } from './declared.ts'
import { typeOf } from './evaluate.ts'
import { arrayOf, awaited, elementOf, libraryType, promiseOf } from './library.ts'
import { type Found, type Linker, OUTSIDE, Question } from './linker.ts'
import { forced, memberOf } from './members.ts'
import { entity, foundByName, imported, memberOfFound, moduleFound, passedMember } from './names.ts'
import { substitute } from './substitute.ts'
import { restricted } from './type-parameters.ts'
import { utilityType } from './utility-types.ts'
import type { Env, Value } from './values.ts'

/** @returns `undefined` for what is not known. */
export function typeIn(linker: Linker, at: number, given: Env | undefined): Value | undefined {
  if (at === 0) return undefined
  const env = restricted(linker, at, given)
  return linker.ask(Question.type, at, env, () => typeNow(linker, at, env))
}

function typeNow(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  switch (units.kind(at)) {
    case Kind.reference:
      return referenceType(linker, at, env)
    case Kind.typeLiteral:
      return values.object(at, env)
    case Kind.functionType:
      return values.function([units.field(at, 1)], env)
    case Kind.constructorType:
      return values.constructorType(units.field(at, 1), env)
    case Kind.union:
      return values.union(units.list(units.field(at, 1)).map((one) => typeIn(linker, one, env)))
    case Kind.intersection:
      return values.intersection(units.list(units.field(at, 1)).map((one) => typeIn(linker, one, env)))
    case Kind.arrayType:
      return arrayOf(linker, typeIn(linker, units.field(at, 1), env))
    case Kind.restType:
      return elementOf(linker, typeIn(linker, units.field(at, 1), env))
    case Kind.tuple: {
      const items = units.list(units.field(at, 1))
      const isOpen = items.some((one) => units.kind(one) === Kind.restType)
      const all = items.map((one) => typeIn(linker, one, env))
      return isOpen ? spreadTuple(linker, items, all, env) : values.tuple(all)
    }
    case Kind.typeQuery: {
      const found = queried(linker, units.field(at, 1))
      return found && typeOfFound(linker, found)
    }
    case Kind.indexed:
      return indexedType(linker, at, env)
    case Kind.conditional:
      return conditionalType(linker, at, env)
    case Kind.mapped:
      return mappedType(linker, at, env)
    case Kind.keyOf:
      return keysOf(linker, typeIn(linker, units.field(at, 1), env))
    case Kind.importType:
      return importedType(linker, at, env)
    case Kind.thisType:
      return values.self(units.field(at, 1), env)
    case Kind.predicate:
      return values.basic(Basic.boolean)
    case Kind.basic: {
      const sort = units.field(at, 1)
      if (sort === Basic.any || sort === Basic.unknown) return values.any
      return sort === Basic.nothing || sort === Basic.never ? values.nothing : values.basic(sort)
    }
    default:
      return typeOf(linker, at)
  }
}

/** `[A, ...B]`: an array, unless what is spread is itself a list of known length. */
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
      const inner = typeIn(linker, units.field(item, 1), env)
      if (inner?.kind !== 'tuple') return arrayOf(linker, values.union(all))
      list.push(...inner.list)
    }
  }
  return values.tuple(list)
}

function queried(linker: Linker, at: number): Found | undefined {
  const { units } = linker
  if (units.kind(at) === Kind.name) {
    const found = foundByName(linker, at, Meaning.value)
    return found ?? (units.field(at, 2) === 0 ? OUTSIDE : undefined)
  }
  if (units.kind(at) !== Kind.qualified) return undefined
  const outer = queried(linker, units.field(at, 1))
  const found = outer && memberOfFound(linker, outer, units.field(at, 2), Meaning.value)
  return found && passedMember(linker, found)
}

function referenceType(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  const name = units.field(at, 1)
  const given = units.list(units.field(at, 2))
  const found = entity(linker, name, Meaning.type)
  if (found === undefined) {
    const isFree = units.kind(name) === Kind.name && units.field(name, 2) === 0
    if (isFree) return units.nameText(units.field(name, 1)) === 'const' ? undefined : values.outside
    return outsideEntity(linker, name) ? values.outside : undefined
  }
  return typeOfDeclared(
    linker,
    found,
    given.map((one) => argumentFor(linker, one, env)),
    env,
  )
}

/** A type argument: as it is where that is plain, else when somebody asks for it. */
export function argumentFor(linker: Linker, at: number, env: Env | undefined): Value {
  const { units, values } = linker
  const kind = units.kind(at)
  if (kind === Kind.basic || kind === Kind.literal) return typeIn(linker, at, undefined) ?? values.any
  const parameter = kind === Kind.reference ? parameterAt(linker, at) : 0
  if (parameter !== 0) return env?.values.get(parameter) ?? values.parameter(parameter)
  return values.lazy(at, restricted(linker, at, env))
}

/** Whether the first of several names is of the platform. */
function outsideEntity(linker: Linker, at: number): boolean {
  const { units } = linker
  let left = at
  while (units.kind(left) === Kind.qualified) left = units.field(left, 1)
  if (units.kind(left) !== Kind.name || units.field(left, 2) !== 0) return false
  return foundByName(linker, left, Meaning.namespace) === undefined
}

/** What a declaration is as a type. */
export function typeOfDeclared(
  linker: Linker,
  found: Found,
  given: readonly Value[],
  env: Env | undefined,
): Value | undefined {
  const { units, values } = linker
  if (found.isOutside) return values.outside
  const at = found.declarations.find((one) => units.kind(one) !== Kind.namespace) ?? found.declarations[0]
  if (at === undefined) return undefined
  switch (units.kind(at)) {
    case Kind.class:
    case Kind.interface:
      return instanceOf(linker, at, given, undefined)
    case Kind.alias: {
      if (units.isLibrary(at)) {
        const special = utilityType(linker, units.nameText(units.field(at, 2)), given)
        if (special !== null) return special
      }
      const parameters = units.list(units.field(at, 3))
      const bound = new Map<number, Value>()
      for (const [index, parameter] of parameters.entries()) {
        const value = given[index]
        const fallback = units.field(parameter, 4)
        if (value !== undefined) bound.set(parameter, value)
        else if (fallback !== 0) bound.set(parameter, values.lazy(fallback, values.env(bound)))
      }
      const inner = values.env(bound)
      if (inner !== undefined && inner.depth > MAX_DEPTH) return undefined
      return typeIn(linker, units.field(at, 4), inner)
    }
    case Kind.typeParameter: {
      const value = env?.values.get(at)
      return value === undefined ? values.parameter(at) : forced(linker, value)
    }
    case Kind.enum:
      return values.basic(Basic.number)
    case Kind.member:
      return typeOfFound(linker, found)
    default:
      return undefined
  }
}

/** Of type arguments in each other. */
const MAX_DEPTH = 8

function indexedType(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units } = linker
  const object = typeIn(linker, units.field(at, 1), env)
  const index = typeIn(linker, units.field(at, 2), env)
  return indexedValue(linker, object, index)
}

function indexedValue(linker: Linker, object: Value | undefined, index: Value | undefined): Value | undefined {
  const { values } = linker
  if (object === undefined || index === undefined) return undefined
  if (object.kind === 'outside') return object
  if (index.kind === 'union') return values.union(index.list.map((one) => indexedValue(linker, object, one)))
  if (object.kind === 'tuple' && index.kind === 'literal' && linker.units.nameText(index.text) === 'length')
    return values.literal(Basic.number, linker.units.records.nameOf(String(object.list.length)))
  if (index.kind === 'literal' && index.sort === Basic.string) {
    const member = memberOf(linker, object, index.text)
    if (member === undefined) return undefined
    return typeOfFound(linker, passedMember(linker, member))
  }
  if (index.kind === 'literal' && index.sort === Basic.number && object.kind === 'tuple')
    return object.list[Number(linker.units.nameText(index.text))]
  if (index.kind === 'basic' && index.sort === Basic.number) return elementOf(linker, object)
  return undefined
}

/** Of an array or a tuple the same of what is mapped; else values are asked for by name. */
function mappedType(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  const [parameter] = units.list(units.field(at, 1))
  const constraint = units.field(at, 2)
  const type = units.field(at, 4)
  if (parameter === undefined || type === 0) return undefined
  if (units.kind(constraint) === Kind.keyOf) {
    const source = typeIn(linker, units.field(constraint, 1), env)
    if (source?.kind === 'union')
      return values.union(
        source.list.map((one) => {
          const inner = units.field(constraint, 1)
          const name = units.kind(inner) === Kind.reference ? parameterAt(linker, inner) : 0
          if (name === 0 || one === undefined) return one
          return typeIn(linker, at, values.env(new Map([...(env?.values ?? []), [name, one]])))
        }),
      )
    const inner = (key: Value): Value | undefined =>
      typeIn(linker, type, values.env(new Map([...(env?.values ?? []), [parameter, key]])))
    if (source?.kind === 'tuple')
      return values.tuple(
        source.list.map((_, index) => inner(values.literal(Basic.number, units.records.nameOf(String(index))))),
      )
    if (source?.kind === 'instance' && elementOf(linker, source) !== undefined)
      return arrayOf(linker, inner(values.basic(Basic.number)))
  }
  return values.mapped(at, env)
}

/** The type parameter that a reference names; 0 for another type. */
export function parameterAt(linker: Linker, at: number): number {
  const { units } = linker
  if (units.kind(at) !== Kind.reference) return 0
  const name = units.field(at, 1)
  if (units.kind(name) !== Kind.name || units.field(name, 2) === 0) return 0
  const [declaration] = linker.declarationsOf(units.field(name, 2), Meaning.type)
  return declaration !== undefined && units.kind(declaration) === Kind.typeParameter ? declaration : 0
}

function importedType(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units } = linker
  const found = foundByImportType(linker, at)
  if (found === undefined) return undefined
  if (units.field(at, 4) === 1) return typeOfFound(linker, found)
  const given = units.list(units.field(at, 3)).map((one) => argumentFor(linker, one, env))
  return typeOfDeclared(linker, found, given, env)
}

/** What `import('…').A.B` names. */
export function foundByImportType(linker: Linker, at: number): Found | undefined {
  const { units } = linker
  const specifier = units.nameText(units.field(at, 1))
  const names: number[] = []
  for (let one = units.field(at, 2); one !== 0; one = units.field(one, 1)) names.unshift(units.field(one, 2))
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

/** Names are not listed: whether a value has one is asked when it matters. */
function keysOf({ values }: Linker, of: Value | undefined): Value {
  return of === undefined ? values.any : values.keys(of)
}

/** What a function gives, by its type or its body; type parameters of its own are left as they are. */
export function resultOf(linker: Linker, signature: number, env: Env | undefined): Value | undefined {
  const { units } = linker
  const type = units.field(signature, 3)
  if (type !== 0) return typeIn(linker, type, env)
  return substitute(linker, bodyType(linker, signature), env)
}

function bodyType(linker: Linker, signature: number): Value | undefined {
  return linker.ask(Question.body, signature, undefined, () => bodyNow(linker, signature))
}

function bodyNow(linker: Linker, signature: number): Value | undefined {
  const { units, values } = linker
  const flags = units.field(signature, 5)
  if ((flags & Flag.body) === 0) return undefined
  const returned = units.list(units.field(signature, 4))
  if ((flags & Flag.generator) !== 0) {
    const yielded = units.list(units.field(signature, 9)).map((one) => typeOf(linker, one))
    const name = (flags & Flag.async) === 0 ? 'Generator' : 'AsyncGenerator'
    return libraryType(linker, name, [values.union(yielded)])
  }
  const all = returned.map((one) => {
    const isThis = units.kind(one) === Kind.this && units.kind(units.field(one, 1)) === Kind.class
    return isThis && units.field(one, 2) === 0 ? values.self(units.field(one, 1), undefined) : typeOf(linker, one)
  })
  const known = values.union(all)
  const result = all.length === 0 ? values.nothing : known
  return (flags & Flag.async) === 0 ? result : promiseOf(linker, awaited(linker, result))
}
