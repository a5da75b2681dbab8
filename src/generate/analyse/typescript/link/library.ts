/** Types of the standard library that the linker treats specially: arrays, iterables and promises. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Basic } from '#generate/analyse/typescript/summary/record-values.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { basesOf, instanceOf } from './classes.ts'
import type { Linker } from './linker.ts'
import { globalNamed } from './names.ts'
import type { Value } from './values.ts'

/** An instance of a library type; `outside` if the library does not have it. */
export function libraryType(
  linker: Linker,
  name: string,
  typeArguments: readonly (Value | undefined)[],
): Value | undefined {
  const [at] = globalNamed(linker, linker.units.records.nameOf(name), Meaning.type)?.declarations ?? []
  if (at === undefined) return linker.values.outside
  return instanceOf(
    linker,
    at,
    typeArguments.map((one) => one ?? linker.values.any),
    undefined,
  )
}

export function arrayOf(linker: Linker, element: Value | undefined): Value | undefined {
  return libraryType(linker, 'Array', [element])
}

export function promiseOf(linker: Linker, value: Value | undefined): Value | undefined {
  return libraryType(linker, 'Promise', [value])
}

/** The name of a library type; '' for other types. */
export function libraryName(linker: Linker, value: Value | undefined): string {
  if (value?.kind !== 'instance') return ''
  const { units } = linker
  const at = value.declarations.find((one) => units.isLibrary(one))
  return at === undefined ? '' : units.nameText(units.field(at, Field.declaration.name))
}

/** A type argument of an instance. */
export function argumentOf(linker: Linker, value: Value & { kind: 'instance' }, index: number): Value | undefined {
  for (const at of value.declarations) {
    const parameter = linker.units.list(linker.units.field(at, Field.class.typeParameters))[index]
    const found = parameter === undefined ? undefined : value.env?.values.get(parameter)
    if (found !== undefined) {
      const one = linker.forced(found)
      return one?.kind === 'any' ? undefined : one
    }
  }
  return undefined
}

/** Types whose first type argument is the type of their elements. */
const ITERABLES = new Set(
  'Array ReadonlyArray Set ReadonlySet Iterable IterableIterator Iterator Generator AsyncGenerator AsyncIterable AsyncIterator AsyncIterableIterator ArrayLike ArrayIterator SetIterator MapIterator IteratorObject ConcatArray'.split(
    ' ',
  ),
)
const MAX_DEPTH = 10
/** Limit on the types from which a type is derived. */
const MAX_BASES = 50

/** The element type of `for … of`, spreads and index access. */
export function elementOf(linker: Linker, value: Value | undefined, depth = 0): Value | undefined {
  const { values } = linker
  if (value === undefined || depth > MAX_DEPTH) return undefined
  switch (value.kind) {
    case 'tuple':
      return values.union(value.list)
    case 'union':
      return values.union(value.list.map((one) => elementOf(linker, one, depth + 1)))
    case 'outside':
      return values.outside
    case 'literal':
    case 'basic':
      return value.sort === Basic.string ? values.basic(Basic.string) : undefined
    case 'lazy':
      return elementOf(linker, linker.forced(value), depth + 1)
    case 'parameter':
      return elementOf(linker, constraintOf(linker, value), depth + 1)
    case 'intersection': {
      for (const one of value.list) {
        const found = elementOf(linker, one, depth + 1)
        if (found !== undefined) return found
      }
      return undefined
    }
    case 'instance': {
      const name = libraryName(linker, value)
      if (ITERABLES.has(name)) return argumentOf(linker, value, 0)
      if (name === 'Map' || name === 'ReadonlyMap')
        return values.tuple([argumentOf(linker, value, 0), argumentOf(linker, value, 1)])
      for (const base of basesOf(linker, value)) {
        const found = elementOf(linker, base, depth + 1)
        if (found !== undefined) return found
      }
      return iterated(linker, value, depth)
    }
    case 'object':
      return iterated(linker, value, depth)
    default:
      return undefined
  }
}

/** The element type from the method `[Symbol.iterator]` or `[Symbol.asyncIterator]`. */
function iterated(linker: Linker, value: Value, depth: number): Value | undefined {
  for (const name of ['[Symbol.iterator]', '[Symbol.asyncIterator]']) {
    const member = linker.memberOf(value, linker.units.records.nameOf(name))
    if (member === undefined || member.isOutside) continue
    const [signature] = linker.signaturesOf(linker.typeOfFound(member))
    if (signature === undefined) continue
    const found = elementOf(linker, linker.resultOf(signature.at, signature.env), depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

export function constraintOf(linker: Linker, value: Value & { kind: 'parameter' }): Value | undefined {
  const constraint = linker.units.field(value.at, Field.typeParameter.constraint)
  return constraint === 0 ? undefined : linker.typeIn(constraint, undefined)
}

/** The type that `await` evaluates to. */
export function awaited(linker: Linker, value: Value | undefined, depth = 0): Value | undefined {
  if (value === undefined || depth > MAX_DEPTH) return undefined
  switch (value.kind) {
    case 'union':
      return linker.values.union(value.list.map((one) => awaited(linker, one, depth + 1)))
    case 'lazy':
      return awaited(linker, linker.forced(value), depth + 1)
    case 'instance': {
      const promise = promiseAmong(linker, value)
      return promise === undefined ? value : awaited(linker, argumentOf(linker, promise, 0), depth + 1)
    }
    default:
      return value
  }
}

/** The type itself, or the one that it is derived from, if that is a promise. */
function promiseAmong(linker: Linker, value: Value): (Value & { kind: 'instance' }) | undefined {
  const lineage = new Set<Value | undefined>([value])
  for (const one of lineage) {
    if (one?.kind !== 'instance') continue
    const name = libraryName(linker, one)
    if (name === 'Promise' || name === 'PromiseLike') return one
    for (const base of basesOf(linker, one)) if (lineage.size < MAX_BASES) lineage.add(base)
  }
  return undefined
}
