/** Scores how well a value matches a wanted type if at least one of the two is from outside the repository. */

import type { Value } from '#generate/analyse/engine/language.ts'

/** The types that each type converts to, the nearest first. */
const WIDER: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    byte: 'short int long float double Byte Number',
    short: 'int long float double Short Number',
    char: 'int long float double Character',
    int: 'long float double Integer Number Comparable',
    long: 'float double Long Number Comparable',
    float: 'double Float Number Comparable',
    double: 'Double Number Comparable',
    boolean: 'Boolean',
    Byte: 'byte Number',
    Short: 'short Number',
    Character: 'char',
    Integer: 'int Number Comparable long double',
    Long: 'long Number Comparable double',
    Float: 'float Number Comparable double',
    Double: 'double Number Comparable',
    Boolean: 'boolean',
    BigInteger: 'Number Comparable',
    BigDecimal: 'Number Comparable',
    AtomicInteger: 'Number',
    AtomicLong: 'Number',
    Int: 'Long Number Comparable',
    Char: 'Comparable',
    String: 'CharSequence Comparable',
    StringBuilder: 'CharSequence Appendable',
    StringBuffer: 'CharSequence Appendable',
    Class: 'Type GenericDeclaration AnnotatedElement',
    Method: 'Executable Member AccessibleObject AnnotatedElement',
    Constructor: 'Executable Member AccessibleObject AnnotatedElement',
    Field: 'Member AccessibleObject AnnotatedElement',
    ArrayList: 'List Collection Iterable MutableList',
    LinkedList: 'List Deque Queue Collection Iterable MutableList',
    List: 'Collection Iterable',
    Set: 'Collection Iterable',
    Collection: 'Iterable',
    HashSet: 'Set Collection Iterable MutableSet',
    LinkedHashSet: 'Set Collection Iterable MutableSet',
    TreeSet: 'SortedSet Set Collection Iterable',
    ArrayDeque: 'Deque Queue Collection Iterable',
    HashMap: 'Map MutableMap',
    LinkedHashMap: 'HashMap Map MutableMap',
    TreeMap: 'SortedMap Map MutableMap',
    StringReader: 'Reader Closeable',
    InputStreamReader: 'Reader Closeable',
    BufferedReader: 'Reader Closeable',
    FileReader: 'Reader Closeable',
    CharArrayReader: 'Reader Closeable',
    StringWriter: 'Writer Appendable Closeable',
    CharArrayWriter: 'Writer Appendable Closeable',
    PrintWriter: 'Writer Appendable Closeable',
    OutputStreamWriter: 'Writer Appendable Closeable',
    BufferedWriter: 'Writer Appendable Closeable',
    Writer: 'Appendable Closeable',
    PrintStream: 'OutputStream Appendable Closeable',
    ByteArrayInputStream: 'InputStream Closeable',
    FileInputStream: 'InputStream Closeable',
    BufferedInputStream: 'InputStream Closeable',
    ByteArrayOutputStream: 'OutputStream Closeable',
    FileOutputStream: 'OutputStream Closeable',
  }).map(([name, wider]) => [name, wider.split(' ')]),
)

const PRIMITIVES = new Set(['byte', 'short', 'char', 'int', 'long', 'float', 'double', 'boolean'])
/** Types that nothing extends. */
const CLOSED = new Set([
  ...PRIMITIVES,
  'String',
  'Integer',
  'Long',
  'Double',
  'Boolean',
  'Character',
  'Class',
  'Int',
  '[]',
])
/** Array types as written in Java, and in Kotlin and Scala. */
const ARRAYS = new Set(['[]', 'Array'])
const ANY = new Set(['Object', 'Any', 'AnyRef'])

/** @returns From -5, impossible, to 3, the same type; `undefined` unless both are instances. */
export function conversionScore(given: Value, wanted: Value): number | undefined {
  if (given.kind !== 'instance' || wanted.kind !== 'instance') return undefined
  if (given.decl === null && given.name === 'null') return wanted.decl === null && PRIMITIVES.has(wanted.name) ? -5 : 1
  if (wanted.decl?.kind === 'typeparam') return 0.4
  if (wanted.decl === null && ANY.has(wanted.name)) return given.decl === null && PRIMITIVES.has(given.name) ? 0.2 : 0.5
  if (given.decl !== null) {
    if (given.decl.kind === 'typeparam') return 0
    return CLOSED.has(wanted.name) ? -5 : -1
  }
  if (wanted.decl !== null) return CLOSED.has(given.name) || ARRAYS.has(given.name) ? -5 : -2
  if (ARRAYS.has(given.name) && ARRAYS.has(wanted.name)) return arrayScore(given.args[0], wanted.args[0])
  if (given.name === wanted.name) return 3
  const order = WIDER.get(given.name)?.indexOf(wanted.name) ?? -1
  if (order >= 0) return 2.5 - order * 0.2
  return CLOSED.has(given.name) || CLOSED.has(wanted.name) || ARRAYS.has(given.name) ? -5 : -1
}

/** An array of a type is not an array of another, unless that may be a class it extends. */
function arrayScore(given: Value | undefined, wanted: Value | undefined): number {
  if (given?.kind !== 'instance' || wanted?.kind !== 'instance') return 2
  if (given.decl !== null && wanted.decl !== null) return given.decl === wanted.decl ? 3 : 0
  const fit = conversionScore(given, wanted) ?? 0
  return fit === 3 ? 3 : PRIMITIVES.has(given.name) || PRIMITIVES.has(wanted.name) ? -3 : Math.min(fit, 1)
}
