/**
 * Finds the arguments from which the type arguments of a library function can be inferred: in `list.map((one) => new
 * Row(one))`, the `U` of `map<U>(callback: (value: T) => U)` is the result of the first argument.
 */

import type { LibraryParameter, LibrarySignature, LibraryType } from './types.ts'

/** A step from a type to a type contained in it. */
export type InferenceStep =
  /** The result of a function. */
  | 'result'
  /** The instance that `new` creates. */
  | 'instance'
  /** The elements of an array or another iterable. */
  | 'element'
  /** The type of any property of an object. */
  | 'values'
  /** The value that a promise resolves to; other types are unchanged. */
  | 'awaited'
  /** The `S` of a type predicate, `value is S`; other functions have none. */
  | 'predicate'
  /** The element of a tuple with this index. */
  | { readonly tuple: number }
  /** A property of an object. */
  | { readonly property: string }
  /** The type argument with this index, as of `Map<K, V>`. */
  | { readonly name: string; readonly argument: number }

export interface Inference {
  /** The index of the argument; for a rest parameter, of its first argument. */
  readonly argument: number
  /** The steps from the type of the argument; empty for the type itself. */
  readonly steps: readonly InferenceStep[]
}

/** The maximum depth to search. */
const MAX_STEPS = 6

/**
 * @param own - The index of the type parameter.
 * @returns In order of precedence, with those that depend on a function last. Empty if the type parameter can be
 *   inferred only from the type that is expected of the call.
 */
export function inferencesOf(signature: LibrarySignature, own: number): Inference[] {
  const found: Inference[] = []
  for (const [argument, parameter] of signature.parameters.entries()) {
    for (const steps of pathsTo(own, typeOfOne(parameter), [])) found.push({ argument, steps })
  }
  const isOfFunction = ({ steps }: Inference): boolean => steps.includes('result') || steps.includes('predicate')
  return [...found.filter((one) => !isOfFunction(one)), ...found.filter(isOfFunction)]
}

function typeOfOne({ type, isRest }: LibraryParameter): LibraryType {
  const isList = isRest && type.kind === 'reference' && type.name === 'Array'
  return (isList ? type.arguments[0] : undefined) ?? type
}

function pathsTo(own: number, type: LibraryType, before: readonly InferenceStep[]): InferenceStep[][] {
  if (before.length > MAX_STEPS) return []
  const go = (inner: LibraryType | undefined, step: InferenceStep): InferenceStep[][] =>
    inner === undefined ? [] : pathsTo(own, inner, [...before, step])
  switch (type.kind) {
    case 'own':
      return type.index === own ? [[...before]] : []
    case 'reference':
      return pathsInReference(type, go)
    case 'union':
      return pathsInUnion(own, type.types, before)
    case 'intersection':
      return type.types.flatMap((one) => pathsTo(own, one, before))
    case 'tuple':
      return type.elements.flatMap((one, index) => (one.isRest ? [] : go(one.type, { tuple: index })))
    case 'function': {
      const [first] = type.signatures
      if (type.isNew) return go(first?.result, 'instance')
      return first?.result.kind === 'predicate' ? go(first.result.type, 'predicate') : go(first?.result, 'result')
    }
    case 'object': {
      const index = type.members.get('[string]')
      if (index !== undefined) return go(index.type, 'values')
      return [...type.members].flatMap(([name, member]) => go(member.type, { property: name }))
    }
    case 'mapped':
      return pathsTo(own, type.over, before)
    default:
      return []
  }
}

const ITERABLES = new Set(['Array', 'ArrayLike', 'ConcatArray', 'Iterable', 'ReadonlyArray', 'ReadonlySet', 'Set'])
const PROMISES = new Set(['Promise', 'PromiseLike'])

function pathsInReference(
  { name, arguments: typeArguments }: Extract<LibraryType, { kind: 'reference' }>,
  go: (inner: LibraryType | undefined, step: InferenceStep) => InferenceStep[][],
): InferenceStep[][] {
  if (ITERABLES.has(name)) return go(typeArguments[0], 'element')
  if (PROMISES.has(name)) return go(typeArguments[0], 'awaited')
  return typeArguments.flatMap((one, argument) => go(one, { name, argument }))
}

/** `T | PromiseLike<T>` is awaited; in other unions, each part may match. */
function pathsInUnion(own: number, types: readonly LibraryType[], before: readonly InferenceStep[]): InferenceStep[][] {
  const isPromise = (one: LibraryType): boolean =>
    one.kind === 'reference' && PROMISES.has(one.name) && one.arguments[0]?.kind === 'own'
  const isOwn = (one: LibraryType): boolean => one.kind === 'own' && one.index === own
  const candidates = types.some(isOwn) && types.some(isPromise) ? types.filter((one) => !isOwn(one)) : types
  // A type parameter inside another type is more specific than a bare one.
  const paths = candidates.flatMap((one) => pathsTo(own, one, before))
  return paths.sort((a, b) => b.length - a.length)
}
