/**
 * Results of the members of the standard library's generic types: enough to follow `list.get(0).name()` and
 * `map.values().stream().filter(…)`. Only results that follow from the type arguments are listed.
 */

import type { Value } from '#generate/analyse/engine/language.ts'
import { outsideInstance, wordsOf } from '#generate/analyse/languages/outside-types.ts'

/** Members that return an element: of a list, a set, an iterator, a stream, an optional. */
const ELEMENT = wordsOf(`
  get getFirst getLast getOrNull getOrElse getOrDefault getValue next previous peekFirst peekLast poll pollFirst pollLast pop
  removeFirst removeLast element first last firstOrNull lastOrNull single singleOrNull find findLast orElse orElseGet orElseThrow
  elementAt elementAtOrNull head headOption lastOption max min maxBy minBy maxOrNull minOrNull maxByOrNull minByOrNull random call join
  set value await getCompleted`)

/** Members that return the same kind of container with the same elements. */
const SAME = wordsOf(`
  stream parallelStream sequential parallel iterator listIterator filter sorted distinct limit skip peek take toList toSet subList
  findFirst findAny or reversed asReversed sortedBy sortedWith sortedByDescending filterNot filterNotNull drop dropWhile takeWhile
  dropLast takeLast asSequence asIterable plus minus union intersect subtract toMutableList toMutableSet toSortedSet shuffled onEach
  collect spliterator headSet tailSet descendingIterator toSeq toVector tail init reverse sortBy
  distinctBy ifEmpty orEmpty toTypedArray takeRight dropRight filterIsInstance iterable slice clone copyOf withIndex`)

/** Members that return the same kind of container, of the results of the passed function. */
const MAPPED = wordsOf('map mapNotNull mapIndexed mapToObj thenApply collect')
const FLAT_MAPPED = wordsOf('flatMap flatMapTo thenCompose')

/** Members that return the result of the passed function. */
const GIVEN = wordsOf('let run with use fold synchronized withLock computeIfAbsent getOrPut')

/** Members that turn an array into a list. */
const LISTS = wordsOf('asList toList toMutableList')
const ARRAY = /^(?:\[\]|(?:\w+)?Array)$/

/** `peek` and `take` return an element of a queue, but a stream or a list of the remaining elements otherwise. */
const isElementOf = (type: string, name: string): boolean =>
  (name === 'peek' || name === 'take') && /(?:Queue|Deque|Stack|Channel|Future)$/.test(type)

const OPTIONAL = wordsOf('findFirst findAny headOption lastOption')
const MAPS = /Map$/

/** The result of calling a member of a value whose type is from outside the repository. */
export function resultOfMember(receiver: Value, name: string, given: () => Value | undefined): Value | undefined {
  if (GIVEN.has(name)) return given()
  if (ITSELF.has(name)) return receiver
  if (receiver.kind !== 'instance') return undefined
  const { args } = receiver
  if (args.length === 0) return undefined
  if (MAPS.test(receiver.name)) return ofMap(args, name)
  if (receiver.name === 'Entry' || receiver.name === 'Map.Entry') {
    if (name === 'getKey') return args[0]
    return name === 'getValue' ? args[1] : undefined
  }
  if (receiver.name === 'Class' && (name === 'cast' || name === 'newInstance')) return args[0]
  if (MAPPED.has(name)) {
    const value = given()
    return value === undefined ? undefined : outsideInstance(receiver.name, [value])
  }
  if (FLAT_MAPPED.has(name)) return given()
  if (args.length > 1) return undefined
  if (OPTIONAL.has(name)) return outsideInstance('Optional', args)
  if (LISTS.has(name) && (name === 'asList' || ARRAY.test(receiver.name))) return outsideInstance('List', args)
  if (isElementOf(receiver.name, name)) return args[0]
  if (SAME.has(name)) return receiver
  return ELEMENT.has(name) ? args[0] : undefined
}

function ofMap(args: readonly Value[], name: string): Value | undefined {
  const [key, value] = args
  if (key === undefined || value === undefined) return undefined
  switch (name) {
    case 'get':
    case 'getOrDefault':
    case 'getValue':
    case 'put':
    case 'remove':
    case 'computeIfAbsent':
    case 'getOrElse':
    case 'getOrPut':
    case 'apply':
      return value
    case 'keySet':
    case 'keys':
      return outsideInstance('Set', [key])
    case 'values':
      return outsideInstance('Collection', [value])
    case 'entrySet':
    case 'entries':
      return outsideInstance('Set', [outsideInstance('Entry', [key, value])])
    default:
      return undefined
  }
}

/** Members that pass the element to their function as its first parameter. */
const OF_ELEMENT = wordsOf(`
  forEach map filter flatMap anyMatch allMatch noneMatch ifPresent removeIf peek mapToInt mapToLong mapToObj takeWhile dropWhile
  sorted max min sort replaceAll all any none count first firstOrNull last lastOrNull single singleOrNull find findLast
  filterNot mapNotNull onEach sortedBy sortedByDescending sortBy groupBy associateBy associateWith associate partition maxBy minBy maxByOrNull
  minByOrNull sumOf sumBy indexOfFirst indexOfLast distinctBy foreach exists forall withFilter flatMapTo
  removeAll retainAll joinToString collect thenAccept thenApply thenCompose whenComplete ifPresentOrElse sortWith sortedWith
  comparing thenComparing zip`)

/** Members of every Kotlin value that pass the value itself to their function. */
const OF_ITSELF = wordsOf('let also use takeIf takeUnless')
/** Members that pass the value as `this`. */
const AS_THIS = wordsOf('run apply')
/** Members that return the value itself. */
const ITSELF = wordsOf('also apply takeIf takeUnless + - * / %')

export function isOfEveryValue(name: string): boolean {
  return OF_ITSELF.has(name) || AS_THIS.has(name) || name === 'to'
}

/** The `this` of a function passed to a member of an outside value, or to an outside function. */
export function thisForLambda(receiver: Value | undefined, name: string, first: Value | undefined): Value | undefined {
  if (receiver === undefined) return name === 'with' ? first : undefined
  return AS_THIS.has(name) ? receiver : undefined
}

/** The argument of a function passed to a member of an outside value. */
export function elementForLambda(receiver: Value, name: string, order: number): Value | undefined {
  if (OF_ITSELF.has(name)) return order === 0 ? receiver : undefined
  if (receiver.kind !== 'instance' || receiver.args.length === 0) return undefined
  const { args } = receiver
  if (MAPS.test(receiver.name)) {
    if (name === 'computeIfAbsent' || name === 'getOrPut') return order === 0 ? args[0] : undefined
    return name === 'forEach' || name === 'compute' || name === 'merge' || name === 'replaceAll'
      ? args[order]
      : undefined
  }
  return args.length === 1 && OF_ELEMENT.has(name) ? args[0] : undefined
}
