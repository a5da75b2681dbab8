/** Which of several signatures a call means. */

import { Basic, Flag, Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { entity } from './exports.ts'
import { libraryName } from './library.ts'
import type { Linker, Signature } from './linker.ts'
import { membersOf } from './own-members.ts'
import type { Env, Value } from './values.ts'

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
  return sortOfValue(linker, linker.typeOf(at))
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
      return linker.signaturesOf(value).length > 0 ? undefined : 'object'
    case 'tuple':
      return 'list'
    case 'instance': {
      const name = libraryName(linker, value)
      if (name === 'Array' || name === 'ReadonlyArray') return 'list'
      if (linker.signaturesOf(value).length > 0) return undefined
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
          const value = linker.typeIn(at, env)
          if (linker.signaturesOf(value).length + linker.signaturesOf(value, true).length > 0) return undefined
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
