/** Calls: which signature is meant, and what it gives. */

import { Basic, Flag, Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { basesOf, instanceDeclarations, instanceMadeBy, instanceOf } from './classes.ts'
import { tupleOf, typeOf } from './evaluate.ts'
import { expectedOf } from './expected.ts'
import { inferFrom } from './infer.ts'
import { libraryName } from './library.ts'
import type { Linker } from './linker.ts'
import { forced, membersOf } from './members.ts'
import { entity } from './names.ts'
import { argumentFor, resultOf, typeIn } from './types.ts'
import type { Env, Value } from './values.ts'

export interface Signature {
  readonly at: number
  readonly env: Env | undefined
}

const MAX_DEPTH = 15
/** Overloads of one name. */
const MAX_SIGNATURES = 60

export function signaturesOf(
  linker: Linker,
  value: Value | undefined,
  isConstruct = false,
  depth = 0,
): readonly Signature[] {
  if (value === undefined || depth > MAX_DEPTH) return NONE
  switch (value.kind) {
    case 'function':
      return isConstruct ? NONE : value.signatures.map((at) => ({ at, env: value.env }))
    case 'constructor':
      return isConstruct ? [{ at: value.signature, env: value.env }] : NONE
    case 'static':
      if (!isConstruct) return NONE
      return constructorsOf(linker, value.declaration, value.env, depth)
    case 'object': {
      const { call, construct } = membersOf(linker, value.at)
      return (isConstruct ? construct : call).map((at) => ({ at, env: value.env }))
    }
    case 'instance': {
      const found: Signature[] = []
      for (const one of value.declarations) {
        const { call, construct } = membersOf(linker, one)
        for (const at of isConstruct ? construct : call) found.push({ at, env: value.env })
      }
      if (found.length === 0)
        for (const base of basesOf(linker, value)) found.push(...signaturesOf(linker, base, isConstruct, depth + 1))
      return found.slice(0, MAX_SIGNATURES)
    }
    case 'union':
    case 'intersection': {
      const found: Signature[] = []
      for (const one of value.list) found.push(...signaturesOf(linker, one, isConstruct, depth + 1))
      return found.slice(0, MAX_SIGNATURES)
    }
    case 'lazy':
      return signaturesOf(linker, forced(linker, value), isConstruct, depth + 1)
    case 'parameter': {
      const constraint = linker.units.field(value.at, 3)
      return constraint === 0
        ? NONE
        : signaturesOf(linker, typeIn(linker, constraint, undefined), isConstruct, depth + 1)
    }
    default:
      return NONE
  }
}

const NONE: readonly Signature[] = []

/** Constructors of a class, or of what it extends. */
function constructorsOf(linker: Linker, at: number, env: Env | undefined, depth: number): readonly Signature[] {
  const { constructors } = membersOf(linker, at)
  if (constructors.length > 0) {
    const declared = constructors.filter((one) => (linker.units.field(one, 5) & Flag.body) === 0)
    return (declared.length === 0 ? constructors : declared).map((one) => ({ at: one, env }))
  }
  const base = linker.units.field(at, 4)
  return base === 0 ? NONE : signaturesOf(linker, typeOf(linker, base), true, depth + 1)
}

export function typeOfConstruct(linker: Linker, at: number): Value | undefined {
  const { units } = linker
  const value = typeOf(linker, units.field(at, 1))
  const given = units.list(units.field(at, 3)).map((one) => argumentFor(linker, one, undefined))
  if (value?.kind === 'static') {
    if (given.length > 0 || units.field(value.declaration, 3) === 0)
      return instanceOf(linker, value.declaration, given, value.env)
    return inferredInstance(linker, at, value)
  }
  if (value?.kind === 'instance' || value?.kind === 'object') {
    const chosen = chosenSignature(linker, at, signaturesOf(linker, value, true))
    return chosen && resultWith(linker, chosen, at)
  }
  return instanceMadeBy(linker, value, given)
}

/** Type arguments that are not written come from the constructor's arguments. */
function inferredInstance(linker: Linker, at: number, value: Value & { kind: 'static' }): Value | undefined {
  const { units, values } = linker
  const parameters = units.list(units.field(value.declaration, 3))
  const wanted = new Set(parameters)
  const bound = new Map<number, Value>()
  const chosen = chosenSignature(linker, at, signaturesOf(linker, value, true))
  if (chosen !== undefined) inferFromArguments(linker, chosen, at, wanted, bound)
  if (bound.size < parameters.length) {
    const expected = expectedOf(linker, units.field(at, 4))
    if (expected?.kind === 'instance' && expected.declarations.includes(value.declaration)) {
      for (const one of parameters) {
        const known = expected.env?.values.get(one)
        if (known !== undefined && !bound.has(one)) bound.set(one, known)
      }
    }
  }
  const outer = new Map<number, Value>(value.env?.values ?? [])
  for (const parameter of parameters) {
    const fallback = units.field(parameter, 4)
    const known = bound.get(parameter)
    if (known !== undefined) outer.set(parameter, known)
    else if (fallback !== 0) outer.set(parameter, values.lazy(fallback, values.env(outer)))
  }
  return values.instance(instanceDeclarations(linker, value.declaration), values.env(outer))
}

const PASSING = new Set(['call', 'apply', 'bind'])

export function typeOfCall(linker: Linker, at: number): Value | undefined {
  const { units, values } = linker
  const callee = units.field(at, 1)
  if (units.kind(callee) === Kind.access) {
    const name = units.nameText(units.field(callee, 2))
    if (PASSING.has(name)) {
      const object = typeOf(linker, units.field(callee, 1))
      if (object?.kind === 'function') {
        if (name === 'bind') return object
        const [first] = signaturesOf(linker, object)
        return first && resultOf(linker, first.at, first.env)
      }
    }
    if (name === 'create' && isGlobal(linker, units.field(callee, 1), 'Object'))
      return typeOf(linker, units.list(units.field(at, 2))[0] ?? 0)
  }
  const value = typeOf(linker, callee)
  if (value === undefined) return undefined
  if (value.kind === 'outside') return value
  const chosen = chosenSignature(linker, at, signaturesOf(linker, value))
  if (chosen === undefined) return undefined
  const result = resultWith(linker, chosen, at)
  return withSelf(linker, result, callee, values)
}

function isGlobal(linker: Linker, at: number, name: string): boolean {
  const { units } = linker
  return units.kind(at) === Kind.name && units.field(at, 2) === 0 && units.nameText(units.field(at, 1)) === name
}

/** `this` as a result is what the method was called on. */
function withSelf(
  linker: Linker,
  result: Value | undefined,
  callee: number,
  values: Linker['values'],
): Value | undefined {
  if (result === undefined) return undefined
  if (result.kind === 'self') {
    if (linker.units.kind(callee) === Kind.access) {
      const object = typeOf(linker, linker.units.field(callee, 1))
      if (object !== undefined && object.kind !== 'outside') return object
    }
    return values.instance(instanceDeclarations(linker, result.declaration), result.env)
  }
  if (result.kind === 'union' && result.list.some((one) => one?.kind === 'self'))
    return values.union(result.list.map((one) => (one?.kind === 'self' ? withSelf(linker, one, callee, values) : one)))
  return result
}

/** The signature that a call or a `new` means: the first that fits its arguments. */
export function chosenSignature(linker: Linker, call: number, signatures: readonly Signature[]): Signature | undefined {
  if (signatures.length < 2) return signatures[0]
  const { units } = linker
  const given = units.list(units.field(call, 2))
  const written = units.lengthOf(units.field(call, 3))
  const byTypes =
    written === 0 ? signatures : signatures.filter(({ at }) => units.lengthOf(units.field(at, 1)) >= written)
  const byCount = (byTypes.length === 0 ? signatures : byTypes).filter(({ at }) => takes(linker, at, given))
  if (byCount.length < 2) return byCount[0] ?? signatures[0]
  return byCount.find((one) => fitsArguments(linker, one, given)) ?? byCount[0]
}

function takes({ units }: Linker, signature: number, given: readonly number[]): boolean {
  const parameters = units.list(units.field(signature, 2)).filter((one) => (units.field(one, 5) & Flag.isThis) === 0)
  const isOpen = parameters.some((one) => (units.field(one, 5) & Flag.rest) !== 0)
  if (given.some((one) => units.kind(one) === Kind.spread)) return true
  const needed = parameters.filter((one) => (units.field(one, 5) & (Flag.optional | Flag.rest)) === 0).length
  return given.length >= needed && (isOpen || given.length <= parameters.length)
}

/** Whether no argument is surely of another type than is wanted. */
function fitsArguments(linker: Linker, { at, env }: Signature, given: readonly number[]): boolean {
  const { units } = linker
  const parameters = units.list(units.field(at, 2)).filter((one) => (units.field(one, 5) & Flag.isThis) === 0)
  return given.every((one, index) => {
    const parameter = parameters[index] ?? parameters.at(-1)
    const type = parameter === undefined ? 0 : units.field(parameter, 3)
    if (type === 0) return true
    const isRest = parameter !== undefined && (units.field(parameter, 5) & Flag.rest) !== 0
    const wanted = sortsOf(linker, type, env, isRest ? 1 : 0)
    if (wanted === undefined) return true
    const own = sortOf(linker, one)
    if (own === undefined) return true
    return wanted.has(own)
  })
}

/** A rough sort of what an argument is: a text says which one it is. */
function sortOf(linker: Linker, at: number): string | undefined {
  const { units } = linker
  const kind = units.kind(at)
  if (kind === Kind.lambda) return 'function'
  if (kind === Kind.object) return 'object'
  if (kind === Kind.array) return 'list'
  if (kind === Kind.nothing) return undefined
  return sortOfValue(linker, typeOf(linker, at))
}

function sortOfValue(linker: Linker, value: Value | undefined): string | undefined {
  switch (value?.kind) {
    case 'literal':
    case 'basic':
      return SORTS[value.sort]
    case 'function':
      return 'function'
    case 'static':
    case 'constructor':
      return 'class'
    case 'object':
      return signaturesOf(linker, value).length > 0 ? undefined : 'object'
    case 'tuple':
      return 'list'
    case 'instance': {
      const name = libraryName(linker, value)
      if (name === 'Array' || name === 'ReadonlyArray') return 'list'
      if (signaturesOf(linker, value).length > 0) return undefined
      return 'object'
    }
    default:
      return undefined
  }
}

const SORTS: Record<number, string> = {
  [Basic.string]: 'string',
  [Basic.number]: 'number',
  [Basic.boolean]: 'boolean',
  [Basic.true]: 'boolean',
  [Basic.false]: 'boolean',
  [Basic.symbol]: 'symbol',
  [Basic.bigint]: 'bigint',
  [Basic.regexp]: 'object',
}

/** The sorts that a type takes; `undefined` for any. */
function sortsOf(linker: Linker, at: number, env: Env | undefined, depth: number): ReadonlySet<string> | undefined {
  if (depth > 6) return undefined
  const { units } = linker
  switch (units.kind(at)) {
    case Kind.basic: {
      const sort = SORTS[units.field(at, 1)]
      if (units.field(at, 1) === Basic.nothing) return new Set(['nothing'])
      return sort === undefined ? undefined : new Set([sort])
    }
    case Kind.literal:
      return new Set([SORTS[units.field(at, 1)] ?? 'object'])
    case Kind.functionType:
      return new Set(['function', 'class'])
    case Kind.constructorType:
      return new Set(['class'])
    case Kind.arrayType:
      return depth === 1 ? sortsOf(linker, units.field(at, 1), env, depth + 1) : new Set(['list'])
    case Kind.tuple:
      return new Set(['list'])
    case Kind.typeLiteral: {
      const { call, construct, own } = membersOf(linker, at)
      if (call.length + construct.length > 0 || own.size === 0) return undefined
      return new Set(['object', 'class', 'function'])
    }
    case Kind.union: {
      const all = new Set<string>()
      for (const one of units.list(units.field(at, 1))) {
        const sorts = sortsOf(linker, one, env, depth + 2)
        if (sorts === undefined) return undefined
        for (const sort of sorts) all.add(sort)
      }
      return all
    }
    case Kind.reference: {
      const found = entity(linker, units.field(at, 1), Meaning.type)
      const declaration = found?.declarations.find((one) => units.kind(one) !== Kind.namespace)
      if (declaration === undefined) return undefined
      switch (units.kind(declaration)) {
        case Kind.alias:
          if (units.isLibrary(declaration)) return undefined
          return sortsOf(linker, units.field(declaration, 4), env, depth + 2)
        case Kind.typeParameter: {
          const constraint = units.field(declaration, 3)
          return constraint === 0 ? undefined : sortsOf(linker, constraint, env, depth + 2)
        }
        case Kind.class:
        case Kind.interface: {
          const name = units.isLibrary(declaration) ? units.nameText(units.field(declaration, 2)) : ''
          if (name === 'Array' || name === 'ReadonlyArray') return new Set(['list'])
          if (name !== '') return undefined
          const value = typeIn(linker, at, env)
          if (signaturesOf(linker, value).length + signaturesOf(linker, value, true).length > 0) return undefined
          return new Set(['object', 'class', 'function', 'list'])
        }
        default:
          return undefined
      }
    }
    default:
      return undefined
  }
}

/** What a call of a signature gives. */
function resultWith(linker: Linker, { at, env }: Signature, call: number): Value | undefined {
  const { units } = linker
  const parameters = units.list(units.field(at, 1))
  if (parameters.length === 0) return resultOf(linker, at, env)
  return resultOf(linker, at, boundFor(linker, { at, env }, call, false))
}

/** What the type parameters of a signature stand for in a call. @param isEarly - Without what lambdas say. */
export function boundFor(linker: Linker, { at, env }: Signature, call: number, isEarly: boolean): Env | undefined {
  const { units, values } = linker
  const parameters = units.list(units.field(at, 1))
  if (parameters.length === 0) return env
  const all = new Map<number, Value>(env?.values ?? [])
  const written = units.list(units.field(call, 3))
  const bound = new Map<number, Value>()
  for (const [index, parameter] of parameters.entries()) {
    const type = written[index]
    if (type !== undefined) bound.set(parameter, argumentFor(linker, type, undefined))
  }
  if (written.length === 0) {
    const wanted = new Set(parameters)
    inferFromArguments(linker, { at, env }, call, wanted, bound, isEarly)
    if (bound.size < parameters.length) {
      const expected = expectedOf(linker, units.field(call, 4))
      if (expected !== undefined && expected.kind !== 'any' && expected.kind !== 'outside')
        inferFrom(linker, units.field(at, 3), env, expected, wanted, bound)
    }
  }
  for (const parameter of parameters) {
    const known = bound.get(parameter)
    const fallback = units.field(parameter, 4)
    if (known !== undefined) all.set(parameter, known)
    else if (fallback !== 0 && !isEarly) all.set(parameter, values.lazy(fallback, values.env(all)))
  }
  return values.env(all)
}

export function inferFromArguments(
  linker: Linker,
  { at, env }: Signature,
  call: number,
  wanted: ReadonlySet<number>,
  bound: Map<number, Value>,
  isEarly = false,
): void {
  const { units, values } = linker
  const parameters = units.list(units.field(at, 2)).filter((one) => (units.field(one, 5) & Flag.isThis) === 0)
  const given = units.list(units.field(call, 2))
  const isLambda = (one: number): boolean =>
    units.kind(one) === Kind.lambda && units.lengthOf(units.field(units.field(one, 1), 2)) > 0
  // Lambdas come last: their parameters hang on what the others say.
  const order = [...given.keys()].sort((a, b) => Number(isLambda(given[a] ?? 0)) - Number(isLambda(given[b] ?? 0)))
  for (const index of order) {
    const argument = given[index] ?? 0
    if (isEarly && (isLambda(argument) || units.kind(argument) === Kind.object)) continue
    const parameter = parameters[index] ?? parameters.at(-1)
    if (parameter === undefined) continue
    const type = units.field(parameter, 3)
    if (type === 0 || bound.size === wanted.size) continue
    const isRest = (units.field(parameter, 5) & Flag.rest) !== 0
    if (isRest) {
      const rest = given.slice(parameters.length - 1).map((one) => argumentValue(linker, one, 0))
      inferFrom(linker, type, env, values.tuple(rest), wanted, bound)
      break
    }
    inferFrom(linker, type, env, argumentValue(linker, argument, type), wanted, bound)
  }
}

/** An argument; a list is taken item by item where a tuple may be wanted. */
function argumentValue(linker: Linker, at: number, type: number): Value | undefined {
  const { units } = linker
  if (units.kind(at) === Kind.array && type !== 0 && units.kind(type) === Kind.reference) return tupleOf(linker, at)
  return typeOf(linker, at)
}
