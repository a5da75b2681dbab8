/**
 * Result types of the members of Java's strings, boxed and big numbers, which have no type arguments: enough to distinguish
 * overloads.
 */

import type { Value } from '#generate/analyse/engine/language.ts'
import { outsideInstance, wordsOf } from '#generate/analyse/languages/outside-types.ts'

/** The members of a type's values, keyed by result type; `=` is the type itself. */
const OF_VALUES = tables({
  String: {
    '=': `concat formatted indent intern repeat replace replaceAll replaceFirst strip stripLeading stripTrailing substring
      toLowerCase toUpperCase translateEscapes trim`,
    int: 'codePointAt codePointCount compareTo compareToIgnoreCase indexOf lastIndexOf length',
    char: 'charAt',
    boolean: 'contains contentEquals endsWith equalsIgnoreCase isBlank isEmpty matches startsWith',
    CharSequence: 'subSequence',
  },
  CharSequence: { int: 'length', char: 'charAt', boolean: 'isEmpty', '=': 'subSequence' },
  StringBuilder: {
    '=': 'append appendCodePoint delete deleteCharAt insert replace reverse',
    int: 'indexOf lastIndexOf length',
    char: 'charAt',
    String: 'substring',
  },
  BigDecimal: {
    '=': `abs add divide divideToIntegralValue max min movePointLeft movePointRight multiply negate plus pow remainder round
      scaleByPowerOfTen setScale stripTrailingZeros subtract`,
    int: 'compareTo intValue intValueExact precision scale signum',
    long: 'longValue longValueExact',
    double: 'doubleValue',
    BigInteger: 'toBigInteger toBigIntegerExact unscaledValue',
    String: 'toEngineeringString toPlainString',
  },
  BigInteger: {
    '=': 'abs add and divide gcd max min mod modPow multiply negate not or pow remainder shiftLeft shiftRight subtract xor',
    int: 'bitCount bitLength compareTo intValue intValueExact signum',
    long: 'longValue longValueExact',
  },
  Integer: { int: 'intValue compareTo', long: 'longValue', double: 'doubleValue' },
  Long: { int: 'intValue compareTo', long: 'longValue', double: 'doubleValue' },
  Double: { int: 'intValue compareTo', long: 'longValue', double: 'doubleValue' },
})

/** The static members of the types, in the same form. */
const OF_TYPES = tables({
  String: { '=': 'copyValueOf format join valueOf' },
  BigDecimal: { '=': 'ONE TEN TWO ZERO valueOf' },
  BigInteger: { '=': 'ONE TEN TWO ZERO valueOf' },
  RoundingMode: { '=': 'CEILING DOWN FLOOR HALF_DOWN HALF_EVEN HALF_UP UNNECESSARY UP valueOf' },
  Integer: { '=': 'valueOf', int: 'MAX_VALUE MIN_VALUE parseInt', String: 'toHexString toString' },
  Long: { '=': 'valueOf', long: 'MAX_VALUE MIN_VALUE parseLong', String: 'toHexString toString' },
  Double: { '=': 'valueOf', double: 'MAX_VALUE MIN_VALUE NaN parseDouble', String: 'toString' },
  Boolean: { '=': 'FALSE TRUE valueOf', boolean: 'parseBoolean' },
  Locale: { '=': 'CHINA ENGLISH FRANCE FRENCH GERMAN GERMANY ITALY JAPAN ROOT UK US forLanguageTag getDefault of' },
  Arrays: { List: 'asList' },
  Collections: {
    List: 'emptyList nCopies singletonList synchronizedList unmodifiableList',
    Set: 'emptySet singleton synchronizedSet unmodifiableSet',
    Map: 'emptyMap singletonMap synchronizedMap unmodifiableMap',
  },
  List: { '=': 'copyOf of' },
  Set: { '=': 'copyOf of' },
  Map: { '=': 'copyOf of ofEntries' },
})

/** Members that every value has. */
const OF_EVERYTHING = new Map([
  ['toString', 'String'],
  ['hashCode', 'int'],
  ['equals', 'boolean'],
])

/** The result of calling or reading a member of a value or type from outside the repository. */
export function resultOfJava(receiver: Value, name: string): Value | undefined {
  if ((receiver.kind !== 'instance' && receiver.kind !== 'type') || receiver.decl !== null) return undefined
  const own = (receiver.kind === 'type' ? OF_TYPES : OF_VALUES).get(receiver.name)?.get(name)
  const found = own ?? (receiver.kind === 'instance' ? OF_EVERYTHING.get(name) : undefined)
  return found === undefined ? undefined : outsideInstance(found)
}

function tables(
  all: Readonly<Record<string, Readonly<Record<string, string>>>>,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  return new Map(
    Object.entries(all).map(([type, byResult]) => [
      type,
      new Map(
        Object.entries(byResult).flatMap(([result, names]) =>
          [...wordsOf(names)].map((name): [string, string] => [name, result === '=' ? type : result]),
        ),
      ),
    ]),
  )
}
