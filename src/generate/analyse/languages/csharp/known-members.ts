/** Result types of members of .NET types, derived from their type arguments, and members that hide extensions. */

import { OUTSIDE, type Value } from '#generate/analyse/engine/language.ts'
import { outsideInstance, wordsOf } from '#generate/analyse/languages/outside-types.ts'
import { isCollection, isSequence } from './conversions.ts'

/** Members that return an element of the sequence. `Min` and `Max` may be given a function, whose result they return. */
const ELEMENT = wordsOf(`
  First FirstOrDefault Last LastOrDefault Single SingleOrDefault ElementAt ElementAtOrDefault Find FindLast Dequeue Pop Peek
  Value Current Result GetResult GetValueOrDefault MinBy MaxBy`)
/** Members that return a sequence of the same elements. */
const SAME = wordsOf(`
  Where OrderBy OrderByDescending ThenBy ThenByDescending Skip Take TakeWhile SkipWhile Distinct Concat Union Intersect Except Reverse
  ToList ToArray AsEnumerable AsQueryable ToHashSet GetRange FindAll DefaultIfEmpty Append Prepend GetEnumerator AsReadOnly
  ConfigureAwait Clone ToImmutableList ToImmutableArray AsParallel`)
/** Members that return a sequence of the results of a function. */
const MAPPED = wordsOf('Select ConvertAll')
/** Members that pass an element to a function. */
const OF_ELEMENT = wordsOf(`
  Where OrderBy OrderByDescending ThenBy ThenByDescending TakeWhile SkipWhile Select SelectMany Any All Count First FirstOrDefault Last
  LastOrDefault Single SingleOrDefault Sum Min Max Average GroupBy ToDictionary ToLookup ForEach Find FindAll FindIndex FindLast Exists
  TrueForAll RemoveAll ConvertAll Sort MinBy MaxBy ContinueWith Aggregate`)
const DICTIONARY = /(?:Dictionary|KeyedCollection|SortedList)$/
const TASKS = /^(?:Task|ValueTask)$/

/** The result of calling or reading a member of a value from outside the repository. */
export function resultOfMember(receiver: Value, name: string, given: () => Value | undefined): Value | undefined {
  if (receiver.kind !== 'instance' || receiver.args.length === 0) return undefined
  const { args } = receiver
  const [first, second] = args
  if (first === undefined) return undefined
  if (second !== undefined && DICTIONARY.test(receiver.name)) {
    if (name === 'Values') return outsideInstance('ICollection', [second])
    if (name === 'Keys') return outsideInstance('ICollection', [first])
    if (name === 'GetValueOrDefault' || name === 'GetOrAdd') return second
    return SAME.has(name) ? outsideInstance('IEnumerable', [outsideInstance('KeyValuePair', args)]) : undefined
  }
  if (receiver.name === 'KeyValuePair') return name === 'Key' ? first : name === 'Value' ? second : undefined
  if (args.length > 1) return undefined
  if (MAPPED.has(name)) {
    return outsideInstance('IEnumerable', [given() ?? OUTSIDE])
  }
  if (name === 'SelectMany') {
    const value = given()
    return value?.kind === 'instance' ? value : outsideInstance('IEnumerable', [OUTSIDE])
  }
  if (SAME.has(name)) return receiver
  return ELEMENT.has(name) ? first : undefined
}

/** The argument that a function receives when it is passed to a member of an outside value. */
export function elementForLambda(receiver: Value, name: string, order: number): Value | undefined {
  if (receiver.kind !== 'instance' || receiver.args.length === 0 || !OF_ELEMENT.has(name)) return undefined
  if (name === 'ContinueWith') return receiver
  // The first argument of the function of `Aggregate` has the type of its result.
  const isElement = name === 'Aggregate' ? order === 1 : order === 0 || name === 'Sort'
  return isElement ? elementOf(receiver, false) : undefined
}

export function elementOf(value: Value, isIndexed: boolean): Value | undefined {
  if (value.kind !== 'instance') return undefined
  if (DICTIONARY.test(value.name) && value.args.length === 2 && !isIndexed)
    return outsideInstance('KeyValuePair', value.args)
  return value.args.at(-1)
}

/** The result of `await`. */
export function awaited(value: Value): Value | undefined {
  if (value.kind !== 'instance' || value.decl !== null) return value
  return TASKS.test(value.name) ? value.args[0] : value
}

/** Methods of `System.Type`. */
const OF_TYPE = wordsOf(`
  GetConstructor GetConstructors GetCustomAttributes GetElementType GetEvent GetEvents GetField GetFields GetGenericArguments
  GetGenericTypeDefinition GetInterface GetInterfaces GetMember GetMembers GetMethod GetMethods GetNestedType GetNestedTypes
  GetProperties GetProperty InvokeMember IsAssignableFrom IsDefined IsInstanceOfType IsSubclassOf MakeArrayType MakeGenericType`)
/** Methods that `System.Linq` adds to sequences. */
const OF_SEQUENCES = wordsOf(`
  Aggregate All Any Append AsEnumerable Average Cast Concat Contains Count DefaultIfEmpty Distinct ElementAt ElementAtOrDefault
  Except First FirstOrDefault GroupBy GroupJoin Intersect Join Last LastOrDefault LongCount Max Min OfType OrderBy
  OrderByDescending Prepend Reverse Select SelectMany SequenceEqual Single SingleOrDefault Skip SkipWhile Sum Take TakeWhile ThenBy
  ThenByDescending ToArray ToDictionary ToHashSet ToList ToLookup Union Where Zip`)

/** Methods of `List<T>` that sequences do not have. */
const OF_LIST = wordsOf(`
  AddRange AsReadOnly BinarySearch ConvertAll Exists Find FindAll FindIndex FindLast FindLastIndex ForEach GetRange InsertRange RemoveAll
  RemoveRange Sort TrueForAll`)
const OWN_METHODS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Type', OF_TYPE],
  ['List', OF_LIST],
])

/** Whether a .NET type declares the method, which takes precedence over extensions. */
export function isOwnMethod(value: Value, name: string): boolean {
  return value.kind === 'instance' && value.decl === null && OWN_METHODS.get(value.name)?.has(name) === true
}

/** The number of arguments of a method of `ICollection<T>`, which all mutable collections have. */
export function ownArity(value: Value, name: string): number | undefined {
  if (value.kind !== 'instance' || !isCollection(value)) return undefined
  if (name === 'Add') return DICTIONARY.test(value.name) ? 2 : 1
  return name === 'Clear' ? 0 : name === 'Contains' || name === 'Remove' ? 1 : undefined
}

/**
 * Whether `System.Linq` adds the method to such a value, so no other extension of `IEnumerable` applies.
 *
 * @param namespaces - The namespaces that the file uses.
 */
export function isOfLinq(value: Value, name: string, namespaces: ReadonlySet<string>): boolean {
  return OF_SEQUENCES.has(name) && namespaces.has('System.Linq') && isSequence(value)
}
