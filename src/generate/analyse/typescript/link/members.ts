/** Looks up members of values by name. */

import { append } from '#base/long-arrays.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Basic, Flag } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { isClosed } from './assignable.ts'
import { basesOf, instanceDeclarations } from './classes.ts'
import { exported, inNamespace } from './exports.ts'
import { type Found, foundAt, type Linker, OUTSIDE } from './linker.ts'
import { globalNamed } from './names.ts'
import { assignedMember, isOfLibrary, type Members, membersOf } from './own-members.ts'
import { substitute } from './substitute.ts'
import type { Unit } from './units.ts'
import { resolveMemberAlias } from './value-aliases.ts'
import type { Env, Value } from './values.ts'

/** The maximum length of a chain of base types. */
const MAX_DEPTH = 25

export function memberOf(linker: Linker, value: Value | undefined, name: number, depth = 0): Found | undefined {
  if (value === undefined || depth > MAX_DEPTH) return undefined
  const { units } = linker
  switch (value.kind) {
    case 'outside':
      return OUTSIDE
    case 'any':
    case 'keys':
    case 'nothing':
      return undefined
    case 'without':
      return isNamed(linker, value.names, name) ? undefined : linker.memberOf(value.value, name, depth + 1)
    case 'module':
      return exported(linker, units.all[value.unit] as Unit, name, Meaning.any)
    case 'space': {
      const found = foundAt(linker.declarationsOf(value.symbol, Meaning.any))
      return inNamespace(linker, found, name, Meaning.any) ?? assignedMember(linker, value.symbol, name, false)
    }
    case 'literal':
    case 'basic':
      return ofLibrary(linker, BASICS[value.sort] ?? 'Object', name, depth)
    case 'tuple':
      return ofLibrary(linker, 'Array', name, depth)
    case 'function': {
      if (value.symbol !== 0) {
        const own = assignedMember(linker, value.symbol, name, false)
        if (own !== undefined) return own
        const inside = inNamespace(linker, foundAt(linker.declarationsOf(value.symbol, Meaning.any)), name, Meaning.any)
        if (inside !== undefined) return inside
      }
      return ofLibrary(linker, 'Function', name, depth)
    }
    case 'constructor':
      return ofLibrary(linker, 'Function', name, depth)
    case 'static':
      return ofStatic(linker, value, name, depth)
    case 'object':
      return ofObject(linker, value, name, depth)
    case 'made':
      return assignedMember(linker, value.symbol, name, true) ?? ofLibrary(linker, 'Object', name, depth)
    case 'self':
      return linker.memberOf(
        linker.values.instance(instanceDeclarations(linker, value.declaration), value.env),
        name,
        depth + 1,
      )
    case 'instance':
      return ofInstance(linker, value, name, depth)
    case 'parameter': {
      const constraint = units.field(value.at, Field.typeParameter.constraint)
      return constraint === 0 ? undefined : linker.memberOf(linker.typeIn(constraint, undefined), name, depth + 1)
    }
    case 'lazy':
      return linker.memberOf(linker.forced(value), name, depth + 1)
    case 'mapped':
      return ofMapped(linker, value, name, depth)
    case 'intersection':
      return ofIntersection(linker, value.list, name, depth)
    case 'union':
      return ofUnion(linker, value.list, name, depth)
  }
}

/** Whether a type of keys includes a name. */
function isNamed(linker: Linker, names: Value, name: number): boolean {
  switch (names.kind) {
    case 'literal':
      return names.text === name
    case 'union':
      return names.list.some((one) => one !== undefined && isNamed(linker, one, name))
    case 'lazy': {
      const one = linker.forced(names)
      return one !== undefined && isNamed(linker, one, name)
    }
    case 'keys': {
      const found = linker.memberOf(names.of, name, 5)
      return found !== undefined && !found.isOutside && !isOfLibrary(linker, found)
    }
    default:
      return false
  }
}

const BASICS: Record<number, string> = {
  [Basic.string]: 'String',
  [Basic.number]: 'Number',
  [Basic.boolean]: 'Boolean',
  [Basic.true]: 'Boolean',
  [Basic.false]: 'Boolean',
  [Basic.symbol]: 'Symbol',
  [Basic.bigint]: 'BigInt',
  [Basic.regexp]: 'RegExp',
}

/** A member of a type of the standard library. */
function ofLibrary(linker: Linker, type: string, name: number, depth: number): Found | undefined {
  const found = globalNamed(linker, linker.units.records.nameOf(type), Meaning.type)
  const [at] = found?.declarations ?? []
  if (at === undefined) return undefined
  return linker.memberOf(linker.values.instance(instanceDeclarations(linker, at), undefined), name, depth + 1)
}

function ofStatic(linker: Linker, value: Value & { kind: 'static' }, name: number, depth: number): Found | undefined {
  const { units } = linker
  const { declaration, env } = value
  const own = membersOf(linker, declaration).static.get(name)
  if (own !== undefined) return foundAt(own, env)
  const inside = inNamespace(linker, foundAt([declaration]), name, Meaning.any)
  if (inside !== undefined) return inside
  const symbol = units.field(declaration, Field.class.symbol)
  const assigned = symbol === 0 ? undefined : assignedMember(linker, symbol, name, false)
  if (assigned !== undefined) return assigned
  const base = units.field(declaration, Field.class.base)
  if (base !== 0) return linker.memberOf(substitute(linker, linker.typeOf(base), env), name, depth + 1)
  return ofLibrary(linker, 'Function', name, depth)
}

function ofObject(linker: Linker, value: Value & { kind: 'object' }, name: number, depth: number): Found | undefined {
  const members = membersOf(linker, value.at)
  const spread = members.spread.map((one) => substitute(linker, linker.typeOf(one), value.env))
  // Spreading a value from outside may add any member.
  if (spread.some((one) => one?.kind === 'outside')) return OUTSIDE
  if (spread.some((one) => one?.kind === 'any')) return undefined
  const own = members.own.get(name)
  const parts: Found[] = []
  for (const [index, one] of spread.entries()) {
    if (own !== undefined && index >= (members.spreadAfter.get(name) ?? 0)) break
    const found = linker.memberOf(one, name, depth + 1)
    if (found === undefined || found.isOutside || isOfLibrary(linker, found)) continue
    if (found.module !== -1) return found
    parts.push(resolveMemberAlias(linker, found))
    if (!isOptional(linker, found)) break
  }
  if (own !== undefined && parts.every((one) => isOptional(linker, one))) parts.push(foundAt(own, value.env))
  if (parts.length > 0) return foundInParts(parts)
  const index = indexed(members, value.env)
  return index ?? ofLibrary(linker, 'Object', name, depth)
}

function isOptional({ units }: Linker, { declarations }: Found): boolean {
  return (
    declarations.length > 0 &&
    declarations.every(
      (at) => units.kind(at) === Kind.member && (units.field(at, Field.member.flags) & Flag.optional) !== 0,
    )
  )
}

/** Combine the members of several types. */
function foundInParts(parts: readonly Found[]): Found {
  const [first] = parts
  if (first === undefined || parts.length === 1) return first as Found
  const declarations = new Set(parts.flatMap((one) => one.declarations))
  return { ...foundAt([...declarations], first.env), parts }
}

/** An index signature matches any name. */
function indexed({ index }: Members, env: Env | undefined): Found | undefined {
  const [signature] = index
  return signature === undefined ? undefined : foundAt([signature], env)
}

function ofInstance(
  linker: Linker,
  value: Value & { kind: 'instance' },
  name: number,
  depth: number,
): Found | undefined {
  const declarations: number[] = []
  for (const at of value.declarations) {
    const own = membersOf(linker, at).own.get(name)
    if (own !== undefined) append(declarations, own)
  }
  if (declarations.length > 0) return foundAt(declarations, value.env)
  let library: Found | undefined
  for (const base of basesOf(linker, value)) {
    const found = linker.memberOf(base, name, depth + 1)
    if (found === undefined) continue
    if (found.isOutside || isOfLibrary(linker, found)) library ??= found
    else return found
  }
  if (library !== undefined) return library
  for (const at of value.declarations) {
    const symbol = linker.units.kind(at) === Kind.class ? linker.units.field(at, Field.class.symbol) : 0
    const assigned = symbol === 0 ? undefined : assignedMember(linker, symbol, name, true)
    if (assigned !== undefined) return assigned
    const index = indexed(membersOf(linker, at), value.env)
    if (index !== undefined) return index
  }
  const isObject = value.declarations.every(
    (at) => linker.units.nameText(linker.units.field(at, Field.declaration.name)) === 'Object',
  )
  return isObject ? undefined : ofLibrary(linker, 'Object', name, depth)
}

/** A mapped type has the keys that it maps; the value type is evaluated for the key. */
function ofMapped(linker: Linker, value: Value & { kind: 'mapped' }, name: number, depth: number): Found | undefined {
  const { units, values } = linker
  const [parameter] = units.list(units.field(value.at, Field.mapped.parameter))
  const constraint = units.field(value.at, Field.mapped.constraint)
  const type = units.field(value.at, Field.mapped.type)
  if (parameter === undefined || type === 0) return undefined
  if (units.kind(constraint) === Kind.keyOf) {
    const source = linker.typeIn(units.field(constraint, Field.keyOf.type), value.env)
    const found = linker.memberOf(source, name, depth + 1)
    if (found === undefined) return undefined
    // `{ [K in keyof T]: T[K] }` keeps the declarations of T.
    if (units.kind(type) === Kind.indexed) return found
    if (found.isOutside) return found
  }
  const env = values.env(new Map([...(value.env?.values ?? []), [parameter, values.literal(Basic.string, name)]]))
  return foundAt([type], env)
}

/** The member combines the declarations of all parts. */
function ofIntersection(
  linker: Linker,
  list: readonly (Value | undefined)[],
  name: number,
  depth: number,
): Found | undefined {
  let first: Found | undefined
  const declarations: number[] = []
  let isOutside = false
  for (const one of list) {
    const found = linker.memberOf(one, name, depth + 1)
    if (found === undefined) continue
    if (found.isOutside || isOfLibrary(linker, found)) isOutside = true
    else if (found.module !== -1) return found
    else {
      first ??= found
      for (const at of found.declarations) if (!declarations.includes(at)) declarations.push(at)
    }
  }
  if (first !== undefined) return { ...first, declarations }
  return isOutside && list.every((one) => one !== undefined) ? OUTSIDE : undefined
}

function ofUnion(linker: Linker, list: readonly (Value | undefined)[], name: number, depth: number): Found | undefined {
  const parts: Found[] = []
  let isOutside = false
  let isMissing = false
  const isKnown = list.every((one) => one !== undefined)
  for (const one of list) {
    const found = linker.memberOf(one, name, depth + 1)
    if (found === undefined) {
      // A member that a part lacks cannot be accessed on the union.
      if (isKnown && one !== undefined && isClosed(linker, one) && !isLiteral(linker, one)) return undefined
      isMissing = true
    } else if (found.isOutside) isOutside = true
    else if (found.module !== -1) return found
    else parts.push(resolveMemberAlias(linker, found))
  }
  if (parts.length > 0) return foundInParts(parts)
  return isOutside && !isMissing ? OUTSIDE : undefined
}

/** An object literal: members that it lacks are `undefined`. */
function isLiteral({ units }: Linker, value: Value): boolean {
  return value.kind === 'object' && units.kind(value.at) === Kind.object
}
