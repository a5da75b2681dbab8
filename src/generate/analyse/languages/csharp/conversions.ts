/** Scores how well a value matches a wanted type if at least one of the two is from outside the repository. */

import type { Value } from '#generate/analyse/engine/language.ts'
import { wordsOf } from '#generate/analyse/languages/outside-types.ts'
import { nullableScore } from './nullable.ts'
import { VALUE_TYPES } from './value-types.ts'

/** The types that a value of each type converts to implicitly, best first. */
const WIDER: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    byte: 'short ushort int uint long ulong float double decimal',
    sbyte: 'short int long float double decimal',
    short: 'int long float double decimal',
    ushort: 'int uint long ulong float double decimal',
    // Only constants convert to the types after `decimal`.
    int: 'long float double decimal uint ulong byte short sbyte ushort',
    uint: 'long ulong float double decimal',
    long: 'float double decimal',
    ulong: 'float double decimal',
    float: 'double',
    char: 'ushort int uint long ulong float double decimal',
    string: 'IEnumerable IComparable ReadOnlySpan ReadOnlyMemory',
    StringReader: 'TextReader IDisposable',
    StreamReader: 'TextReader IDisposable',
    StringWriter: 'TextWriter IDisposable',
    StreamWriter: 'TextWriter IDisposable',
    MemoryStream: 'Stream IDisposable',
    FileStream: 'Stream IDisposable',
    List: 'IList ICollection IEnumerable IReadOnlyList IReadOnlyCollection',
    IList: 'ICollection IEnumerable',
    ICollection: 'IEnumerable',
    IOrderedEnumerable: 'IEnumerable',
    IReadOnlyCollection: 'IEnumerable',
    IReadOnlyList: 'IReadOnlyCollection IEnumerable',
    ISet: 'ICollection IEnumerable',
    HashSet: 'ISet ICollection IEnumerable IReadOnlySet IReadOnlyCollection',
    Queue: 'IReadOnlyCollection IEnumerable',
    Stack: 'IReadOnlyCollection IEnumerable',
    Collection: 'IList ICollection IEnumerable IReadOnlyList IReadOnlyCollection',
    Dictionary: 'IDictionary ICollection IEnumerable IReadOnlyDictionary IReadOnlyCollection',
    IDictionary: 'ICollection IEnumerable',
    IReadOnlyDictionary: 'IReadOnlyCollection IEnumerable',
    '[]': 'IList ICollection IEnumerable Array IReadOnlyList IReadOnlyCollection ReadOnlySpan Span ReadOnlyMemory Memory',
    Span: 'ReadOnlySpan',
    Memory: 'ReadOnlyMemory',
    PropertyInfo: 'MemberInfo',
    FieldInfo: 'MemberInfo',
    MethodInfo: 'MethodBase MemberInfo',
    ConstructorInfo: 'MethodBase MemberInfo',
    Type: 'MemberInfo',
  }).map(([name, wider]) => [name, wider.split(' ')]),
)
/** Types that convert only to those in `WIDER`. */
const CLOSED = new Set([...VALUE_TYPES, 'string', 'Uri', 'Type', '[]'])
const ANY = wordsOf('object Object dynamic')

/** @returns 3 for the same type, less for a conversion, below 0 if there is none; `undefined` if either is not an instance. */
export function conversionScore(given: Value, wanted: Value): number | undefined {
  if (given.kind !== 'instance' || wanted.kind !== 'instance') return undefined
  const asNullable = nullableScore(given, wanted, conversionScore)
  if (asNullable !== undefined) return asNullable
  if (given.decl === null && given.name === 'null') return wanted.decl === null && VALUE_TYPES.has(wanted.name) ? -5 : 1
  if (wanted.decl?.kind === 'typeparam') return 0.4
  if (wanted.decl === null && ANY.has(wanted.name)) return given.decl === null && ANY.has(given.name) ? 3 : 0.5
  if (given.decl !== null) {
    if (given.decl.kind === 'typeparam') return 0
    return CLOSED.has(wanted.name) ? -5 : -1
  }
  if (wanted.decl !== null) return CLOSED.has(given.name) ? -5 : -2
  if (given.name === '[]' && wanted.name === '[]') return arrayScore(given.args[0], wanted.args[0])
  if (given.name === wanted.name) return 3
  // By a convention of .NET, a class implements the interface that is named after it.
  if (wanted.name === `I${given.name}`) return 2.5
  const order = WIDER.get(given.name)?.indexOf(wanted.name) ?? -1
  if (order >= 0) return 2.5 - order * 0.2
  return CLOSED.has(given.name) || CLOSED.has(wanted.name) ? -5 : -1
}

/** Scores arrays: an array of a type is also an array of the class that the type extends. */
function arrayScore(given: Value | undefined, wanted: Value | undefined): number {
  if (given?.kind !== 'instance' || wanted?.kind !== 'instance') return 2
  if (given.decl !== null && wanted.decl !== null) return given.decl === wanted.decl ? 3 : 0
  const fit = conversionScore(given, wanted) ?? 0
  return fit === 3 ? 3 : VALUE_TYPES.has(given.name) ? -3 : Math.min(fit, 1)
}

/** Whether a value can be iterated over. */
export function isSequence(value: Value): boolean {
  if (value.kind !== 'instance' || value.decl !== null || value.name === 'string') return false
  return value.name === 'IEnumerable' || WIDER.get(value.name)?.includes('IEnumerable') === true
}

/** Whether a value is a mutable collection of .NET. */
export function isCollection(value: Value): boolean {
  if (value.kind !== 'instance' || value.decl !== null || value.name === '[]') return false
  return value.name === 'ICollection' || WIDER.get(value.name)?.includes('ICollection') === true
}
