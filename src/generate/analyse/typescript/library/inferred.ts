/**
 * Where the types are to be read from that a call leaves out: in `list.map((one) => new Row(one))` the `U` of
 * `map<U>(callback: (value: T) => U)` is the result of the first argument.
 */

import type { LibraryParameter, LibrarySignature, LibraryType } from './types.ts'

/** One step from the type of an argument to a type in it. */
export type InferenceStep =
  /** Of a function what it returns. */
  | 'result'
  /** Of a class what `new` makes. */
  | 'instance'
  /** Of an array or another iterable what it holds. */
  | 'element'
  /** Of an object what any of its properties holds. */
  | 'values'
  /** Of a promise what it gives; any other type as it is. */
  | 'awaited'
  /** Of a function that tells types apart, `value is S`, that type; another function says nothing. */
  | 'predicate'
  /** Of a tuple its element of this number. */
  | { readonly tuple: number }
  /** Of an object one of its properties. */
  | { readonly property: string }
  /** Of a `Map<K, V>` its argument of this number. */
  | { readonly name: string; readonly argument: number }

export interface Inference {
  /** The number of the argument; of a rest parameter its first, and those after it are like it. */
  readonly argument: number
  /** From the type of the argument on; without steps it is the type itself. */
  readonly steps: readonly InferenceStep[]
}

/** Types in types; what lies deeper is not looked for. */
const MAX_STEPS = 6

/**
 * @param own - The number of the type parameter.
 * @returns Those that do not hang on a function first; the first that tells something is the one. Empty where only what is
 *   expected of the call tells it: then its default, its constraint, or nothing.
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
  { name, arguments: given }: Extract<LibraryType, { kind: 'reference' }>,
  go: (inner: LibraryType | undefined, step: InferenceStep) => InferenceStep[][],
): InferenceStep[][] {
  if (ITERABLES.has(name)) return go(given[0], 'element')
  if (PROMISES.has(name)) return go(given[0], 'awaited')
  return given.flatMap((one, argument) => go(one, { name, argument }))
}

/** `T | PromiseLike<T>` is what is awaited; of any other union each part may be the one. */
function pathsInUnion(own: number, types: readonly LibraryType[], before: readonly InferenceStep[]): InferenceStep[][] {
  const isPromise = (one: LibraryType): boolean =>
    one.kind === 'reference' && PROMISES.has(one.name) && one.arguments[0]?.kind === 'own'
  const isOwn = (one: LibraryType): boolean => one.kind === 'own' && one.index === own
  const given = types.some(isOwn) && types.some(isPromise) ? types.filter((one) => !isOwn(one)) : types
  // What is in something tells more than what may be anything.
  const paths = given.flatMap((one) => pathsTo(own, one, before))
  return paths.sort((a, b) => b.length - a.length)
}
