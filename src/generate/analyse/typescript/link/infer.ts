/** Infers type arguments by matching a type with the type of a value. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Flag } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { basesOf, instanceDeclarations, instanceMadeBy } from './classes.ts'
import { entity } from './imports.ts'
import { argumentOf, elementOf, libraryName } from './library.ts'
import { foundAt, type Linker } from './linker.ts'
import { membersOf } from './own-members.ts'
import { parameterAt } from './type-arguments.ts'
import { restricted } from './type-parameters.ts'
import { resolveMemberAlias } from './value-aliases.ts'
import type { Env, Value } from './values.ts'

const MAX_DEPTH = 10

/**
 * Bind the wanted type parameters that occur in a type, by matching it with a value.
 *
 * @param at - The record of the type.
 * @param wanted - Type parameters to bind; existing bindings are kept.
 */
export function inferFrom(
  linker: Linker,
  at: number,
  env: Env | undefined,
  actual: Value | undefined,
  wanted: ReadonlySet<number>,
  bound: Map<number, Value>,
  depth = 0,
): void {
  if (at === 0 || actual === undefined || depth > MAX_DEPTH || bound.size >= wanted.size) return
  const { units } = linker
  const value = actual.kind === 'lazy' ? linker.forced(actual) : actual
  if (value === undefined) return
  const next = (type: number, one: Value | undefined, inner = env): void =>
    inferFrom(linker, type, inner, one, wanted, bound, depth + 1)
  switch (units.kind(at)) {
    case Kind.reference: {
      const parameter = parameterAt(linker, at)
      if (parameter !== 0) {
        if (wanted.has(parameter)) {
          if (!bound.has(parameter) && value.kind !== 'nothing' && value.kind !== 'any') bound.set(parameter, value)
          return
        }
        const written = env?.values.get(parameter)
        if (written?.kind === 'lazy' && !written.isExpression) next(written.at, value, written.env)
        return
      }
      inferFromReference(linker, at, env, value, next)
      return
    }
    case Kind.arrayType:
    case Kind.restType:
      next(units.field(at, Field.arrayType.element), elementOf(linker, value))
      return
    case Kind.tuple:
      inferFromTuple(linker, at, value, next)
      return
    case Kind.functionType:
      inferFromSignature(linker, units.field(at, Field.functionType.signature), value, next)
      return
    case Kind.constructorType:
      next(
        units.field(units.field(at, Field.constructorType.signature), Field.signature.result),
        instanceMadeBy(linker, value, []),
      )
      return
    case Kind.union: {
      const parts = units.list(units.field(at, Field.union.types))
      const naked = parts.filter((one) => wanted.has(parameterAt(linker, one)))
      for (const part of parts) if (!naked.includes(part)) next(part, value)
      for (const part of naked) next(part, value)
      return
    }
    case Kind.intersection:
      for (const part of units.list(units.field(at, Field.intersection.types))) next(part, value)
      return
    case Kind.typeLiteral: {
      const { own, index: signatures } = membersOf(linker, at)
      for (const signature of signatures)
        next(units.field(signature, Field.signature.result), anyMemberOf(linker, value))
      for (const [name, [member]] of own) {
        if (member === undefined) continue
        const found = linker.memberOf(value, name)
        if (found === undefined || found.isOutside) continue
        const type = units.field(member, Field.member.type)
        const one = linker.typeOfFound(resolveMemberAlias(linker, found))
        if (type !== 0) next(type, one)
        else if (units.field(member, Field.member.value) !== 0)
          inferFromSignature(linker, units.field(member, Field.member.value), one, next)
      }
      return
    }
    case Kind.mapped: {
      // A homomorphic mapped type has the keys of T, so T is inferred from the value.
      const constraint = units.field(at, Field.mapped.constraint)
      if (units.kind(constraint) === Kind.keyOf && units.kind(units.field(at, Field.mapped.type)) === Kind.indexed)
        next(units.field(constraint, Field.keyOf.type), value)
      return
    }
    case Kind.conditional:
      next(units.field(at, Field.conditional.whenTrue), value)
      return
  }
}

/** The union of the types of a value's members. */
function anyMemberOf(linker: Linker, value: Value): Value | undefined {
  const { units, values } = linker
  if (value.kind === 'outside') return value
  if (value.kind === 'mapped') return linker.typeIn(units.field(value.at, Field.mapped.type), value.env)
  if (value.kind !== 'object' && value.kind !== 'instance') return undefined
  const all: (Value | undefined)[] = []
  for (const at of value.kind === 'object' ? [value.at] : value.declarations) {
    const { own, index } = membersOf(linker, at)
    for (const signature of index) all.push(linker.resultOf(signature, value.env))
    if (index.length > 0) continue
    for (const [, members] of [...own].slice(0, MAX_MEMBERS)) all.push(linker.typeOfFound(foundAt(members, value.env)))
  }
  return all.length === 0 ? undefined : values.union(all)
}

type Next = (type: number, value: Value | undefined, env?: Env) => void

/** Elements after a rest element are matched from the end. */
function inferFromTuple(linker: Linker, at: number, value: Value, next: Next): void {
  const { units, values } = linker
  const elements = units.list(units.field(at, Field.tuple.elements))
  const restAt = elements.findIndex((element) => units.kind(element) === Kind.restType)
  for (const [index, element] of elements.entries()) {
    const isRest = index === restAt
    const type = isRest ? units.field(element, Field.restType.type) : element
    const after = elements.length - 1 - index
    if (value.kind !== 'tuple') next(type, isRest ? value : elementOf(linker, value))
    else if (isRest) next(type, values.tuple(value.list.slice(index, value.list.length - after)))
    else next(type, value.list.at(restAt >= 0 && index > restAt ? -1 - after : index))
  }
}

function inferFromSignature(linker: Linker, signature: number, value: Value | undefined, next: Next): void {
  const { units } = linker
  // The compiler takes the last overload.
  const actual = linker.signaturesOf(value).at(-1)
  if (actual === undefined) return
  const written = units.list(units.field(signature, Field.signature.parameters))
  const own = units.list(units.field(actual.at, Field.signature.parameters))
  for (const [index, parameter] of written.entries()) {
    const other = own[index]
    const type = units.field(parameter, Field.parameter.type)
    if (other === undefined || type === 0 || units.field(other, Field.parameter.type) === 0) continue
    if ((units.field(parameter, Field.parameter.flags) & Flag.rest) !== 0) {
      const rest = own.slice(index).map((one) => linker.typeOfFound(foundAt([one], actual.env)))
      next(type, linker.values.tuple(rest))
      break
    }
    next(type, linker.typeOfFound(foundAt([other], actual.env)))
  }
  next(units.field(signature, Field.signature.result), linker.resultOf(actual.at, actual.env))
}

/** Infer T of `Box<T>` from a value whose type is or extends `Box<…>`, through aliases. */
function inferFromReference(linker: Linker, at: number, env: Env | undefined, value: Value, next: Next): void {
  const { units, values } = linker
  const typeArguments = units.list(units.field(at, Field.reference.typeArguments))
  const found = entity(linker, units.field(at, Field.reference.entity), Meaning.type)
  const declaration = found?.declarations.find((one) => units.kind(one) !== Kind.namespace)
  if (declaration === undefined) return
  const kind = units.kind(declaration)
  if (kind === Kind.alias) {
    const name = units.nameText(units.field(declaration, Field.alias.name))
    if (units.isLibrary(declaration) && TRANSPARENT.has(name)) {
      const [first] = typeArguments
      if (first !== undefined) next(first, value)
      return
    }
    const bound = new Map<number, Value>()
    for (const [index, parameter] of units.list(units.field(declaration, Field.alias.typeParameters)).entries()) {
      const one = typeArguments[index]
      const fallback = units.field(parameter, Field.typeParameter.default)
      if (one !== undefined) bound.set(parameter, values.lazy(one, restricted(linker, one, env)))
      else if (fallback !== 0) bound.set(parameter, values.lazy(fallback, values.env(bound)))
    }
    next(units.field(declaration, Field.alias.type), value, values.env(bound))
    return
  }
  if (kind !== Kind.class && kind !== Kind.interface) return
  if (typeArguments.length === 0) return
  const base = baseDeclaredBy(linker, value, declaration)
  if (base === undefined) {
    inferFromShape(linker, declaration, typeArguments, env, value, next)
    return
  }
  for (const [index, type] of typeArguments.entries()) next(type, argumentOf(linker, base, index))
}

const TRANSPARENT = new Set(['Partial', 'Required', 'Readonly', 'NonNullable', 'NoInfer', 'Awaited'])

/** View an instance as an instance of one of its base types. */
function baseDeclaredBy(
  linker: Linker,
  value: Value,
  declaration: number,
  depth = 0,
): (Value & { kind: 'instance' }) | undefined {
  if (depth > MAX_DEPTH) return undefined
  if (value.kind === 'tuple') {
    const name = linker.units.nameText(linker.units.field(declaration, Field.declaration.name))
    if (!CONTAINERS.has(name)) return undefined
    const [first] = instanceDeclarations(linker, declaration)
    const [parameter] =
      first === undefined ? [] : linker.units.list(linker.units.field(first, Field.class.typeParameters))
    const element = elementOf(linker, value)
    if (parameter === undefined || element === undefined) return undefined
    const made = linker.values.instance([declaration], linker.values.env(new Map([[parameter, element]])))
    return made?.kind === 'instance' ? made : undefined
  }
  if (value.kind === 'intersection') {
    for (const one of value.list) {
      const found = one && baseDeclaredBy(linker, one, declaration, depth + 1)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (value.kind !== 'instance') return undefined
  if (value.declarations.includes(declaration)) return value
  for (const base of basesOf(linker, value)) {
    const found = base && baseDeclaredBy(linker, base, declaration, depth + 1)
    if (found !== undefined) return found
  }
  const name = linker.units.nameText(linker.units.field(declaration, Field.declaration.name))
  if (CONTAINERS.has(name) && CONTAINERS.has(libraryName(linker, value))) return value
  return undefined
}

/** Library types whose first type argument is the type of their elements, or of the value that a promise resolves to. */
const CONTAINERS = new Set('Array ReadonlyArray Iterable ArrayLike Set ReadonlySet PromiseLike Promise'.split(' '))

/** Infer structurally from a value that has the shape of a generic interface. */
function inferFromShape(
  linker: Linker,
  declaration: number,
  typeArguments: readonly number[],
  env: Env | undefined,
  value: Value,
  next: Next,
): void {
  const { units, values } = linker
  if (units.isLibrary(declaration)) {
    const isIterable = CONTAINERS.has(units.nameText(units.field(declaration, Field.declaration.name)))
    const [first] = typeArguments
    if (isIterable && first !== undefined && value.kind !== 'instance') next(first, elementOf(linker, value))
    return
  }
  const bound = new Map<number, Value>()
  for (const [index, parameter] of units.list(units.field(declaration, Field.class.typeParameters)).entries()) {
    const one = typeArguments[index]
    if (one !== undefined) bound.set(parameter, values.lazy(one, restricted(linker, one, env)))
  }
  const inner = values.env(bound)
  const { own, call, construct } = membersOf(linker, declaration)
  const [callable] = call
  const [constructible] = construct
  if (callable !== undefined) {
    const signature = linker.signaturesOf(value).at(-1)
    if (signature !== undefined)
      next(units.field(callable, Field.signature.result), linker.resultOf(signature.at, signature.env), inner)
  }
  if (constructible !== undefined)
    next(units.field(constructible, Field.signature.result), instanceMadeBy(linker, value, []), inner)
  if (value.kind !== 'object' && value.kind !== 'instance') return
  let left = MAX_MEMBERS
  for (const [name, [member]] of own) {
    if (member === undefined || left-- === 0) break
    const type = units.field(member, Field.member.type)
    if (type === 0) continue
    const found = linker.memberOf(value, name)
    if (found === undefined || found.isOutside) continue
    next(type, linker.typeOfFound(resolveMemberAlias(linker, found)), inner)
  }
}

const MAX_MEMBERS = 20
