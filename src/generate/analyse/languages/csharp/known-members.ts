/** What members of .NET's generic types give, as far as it follows from the arguments of the type; and conversions. */

import type { Value } from '#generate/analyse/engine/language.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))
const instance = (name: string, args: readonly Value[]): Value => ({ kind: 'instance', decl: null, name, args })

const ELEMENT = words(`
  First FirstOrDefault Last LastOrDefault Single SingleOrDefault ElementAt ElementAtOrDefault Find FindLast Dequeue Pop Peek Min Max
  Value Current Result GetResult Take Aggregate GetValueOrDefault MinBy MaxBy`)
const SAME = words(`
  Where OrderBy OrderByDescending ThenBy ThenByDescending Skip Take TakeWhile SkipWhile Distinct Concat Union Intersect Except Reverse
  ToList ToArray AsEnumerable AsQueryable ToHashSet GetRange FindAll DefaultIfEmpty Append Prepend GetEnumerator AsReadOnly
  ConfigureAwait Clone ToImmutableList ToImmutableArray AsParallel`)
const MAPPED = words('Select ConvertAll')
const OF_ELEMENT = words(`
  Where OrderBy OrderByDescending ThenBy ThenByDescending TakeWhile SkipWhile Select SelectMany Any All Count First FirstOrDefault Last
  LastOrDefault Single SingleOrDefault Sum Min Max Average GroupBy ToDictionary ToLookup ForEach Find FindAll FindIndex FindLast Exists
  TrueForAll RemoveAll ConvertAll Sort MinBy MaxBy ContinueWith Aggregate`)
const DICTIONARY = /(?:Dictionary|KeyedCollection|SortedList)$/
const TASKS = /^(?:Task|ValueTask)$/

/** What calling, or reading, the member of a value of an outside type gives. */
export function resultOfMember(receiver: Value, name: string, given: () => Value | undefined): Value | undefined {
  if (receiver.kind !== 'instance' || receiver.args.length === 0) return undefined
  const { args } = receiver
  const [first, second] = args
  if (first === undefined) return undefined
  if (second !== undefined && DICTIONARY.test(receiver.name)) {
    if (name === 'Values') return instance('ICollection', [second])
    if (name === 'Keys') return instance('ICollection', [first])
    if (name === 'GetValueOrDefault' || name === 'GetOrAdd') return second
    return SAME.has(name) ? instance('IEnumerable', [instance('KeyValuePair', args)]) : undefined
  }
  if (receiver.name === 'KeyValuePair') return name === 'Key' ? first : name === 'Value' ? second : undefined
  if (args.length > 1) return undefined
  if (MAPPED.has(name)) {
    const value = given()
    return value === undefined ? undefined : instance('IEnumerable', [value])
  }
  if (name === 'SelectMany') return given()
  if (SAME.has(name)) return receiver
  return ELEMENT.has(name) ? first : undefined
}

/** What the function gets that is given to the member of an outside value. */
export function elementForLambda(receiver: Value, name: string, order: number): Value | undefined {
  if (receiver.kind !== 'instance' || receiver.args.length === 0 || !OF_ELEMENT.has(name)) return undefined
  if (name === 'ContinueWith') return receiver
  return order === 0 || name === 'Sort' || name === 'Aggregate' ? elementOf(receiver, false) : undefined
}

export function elementOf(value: Value, isIndexed: boolean): Value | undefined {
  if (value.kind !== 'instance') return undefined
  if (DICTIONARY.test(value.name) && value.args.length === 2 && !isIndexed) return instance('KeyValuePair', value.args)
  return value.args.at(-1)
}

/** What `await` gives. */
export function awaited(value: Value): Value | undefined {
  if (value.kind !== 'instance' || value.decl !== null) return value
  return TASKS.test(value.name) ? value.args[0] : value
}

const WIDER: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    byte: 'short ushort int uint long ulong float double decimal',
    sbyte: 'short int long float double decimal',
    short: 'int long float double decimal',
    ushort: 'int uint long ulong float double decimal',
    int: 'long float double decimal uint ulong byte short',
    uint: 'long ulong float double decimal',
    long: 'float double decimal',
    ulong: 'float double decimal',
    float: 'double',
    char: 'ushort int uint long ulong float double decimal',
    string: 'IEnumerable IComparable',
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
    IReadOnlyList: 'IReadOnlyCollection IEnumerable',
    HashSet: 'ISet ICollection IEnumerable',
    Queue: 'IEnumerable',
    Stack: 'IEnumerable',
    Collection: 'IList ICollection IEnumerable',
    Dictionary: 'IDictionary ICollection IEnumerable',
    IDictionary: 'ICollection IEnumerable',
    '[]': 'IList ICollection IEnumerable Array IReadOnlyList',
    PropertyInfo: 'MemberInfo',
    FieldInfo: 'MemberInfo',
    MethodInfo: 'MethodBase MemberInfo',
    ConstructorInfo: 'MethodBase MemberInfo',
    Type: 'MemberInfo',
  }).map(([name, wider]) => [name, wider.split(' ')]),
)
const NUMBERS = 'byte sbyte short ushort int uint long ulong float double decimal'
const VALUES = words(`${NUMBERS} bool char Guid DateTime DateTimeOffset TimeSpan`)
const CLOSED = words(`${NUMBERS} bool char string Guid DateTime DateTimeOffset TimeSpan Uri Type []`)
const ANY = words('object Object dynamic')

/** How well a value goes where another type is wanted, of which one is outside the repository. */
export function fits(given: Value, wanted: Value): number | undefined {
  if (given.kind !== 'instance' || wanted.kind !== 'instance') return undefined
  if (given.decl === null && given.name === 'null') return wanted.decl === null && VALUES.has(wanted.name) ? -5 : 1
  if (wanted.decl?.kind === 'typeparam') return 0.4
  if (wanted.decl === null && ANY.has(wanted.name)) return 0.5
  if (given.decl !== null) {
    if (given.decl.kind === 'typeparam') return 0
    return CLOSED.has(wanted.name) ? -5 : -1
  }
  if (wanted.decl !== null) return CLOSED.has(given.name) ? -5 : -2
  if (given.name === wanted.name) return 3
  const order = WIDER.get(given.name)?.indexOf(wanted.name) ?? -1
  if (order >= 0) return 2.5 - order * 0.2
  return CLOSED.has(given.name) || CLOSED.has(wanted.name) ? -5 : -1
}
