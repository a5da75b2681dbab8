/** Reads the tags of fields of Go structs that declare options and commands. */

import { choiceValue } from './choice-value.ts'

export type Tags = ReadonlyMap<string, string>

/** What a field of a struct declares. */
export type TagMeaning =
  | {
      is: 'option'
      names: string[]
      isArgument: boolean
      isFlag: boolean
      value: string
      text: string
      default: string | null
    }
  | { is: 'command'; name: string; text: string }
  /** The fields of its type count as fields of the struct; with a prefix, under other names. */
  | { is: 'embedded'; prefix: string }
  /** The fields of its type are positional arguments. */
  | { is: 'arguments' }

export interface TaggedField {
  /** '' for an embedded type. */
  readonly name: string
  readonly type: string
  /** `null` if there is none. */
  readonly tags: Tags | null
}

const MAX_TAG = 2_000
const TAG = /([\w.-]{1,40}):"((?:[^"\\]|\\.)*)"/g
/** Types whose values are written as words, not as structs. */
const PLAIN =
  /^(?:\*|\[\]|map\[string\])*(?:bool|string|u?int(?:8|16|32|64)?|float(?:32|64)|byte|rune|(?:time|url|net|netip|regexp|os|kong)\.\w+)$/
/** Types of options without a value. */
const FLAG_TYPE = /^(?:\*?bool|\[\]bool|kong\.VersionFlag|func\(\).{0,40})$/

export function readTags(literal: string): Tags {
  const text = literal.slice(0, MAX_TAG)
  return new Map([...text.matchAll(TAG)].map(([, key = '', value = '']) => [key, value.replace(/\\"/g, '"')]))
}

/** Reads fields of a struct as one library does. */
export type Dialect = (field: TaggedField) => TagMeaning | undefined

/** The dialect of the library that reads the struct; `undefined` if no field has a tag of a known library. */
export function dialectOf(fields: readonly TaggedField[]): Dialect | undefined {
  const has = (test: (tags: Tags) => boolean): boolean => fields.some(({ tags }) => tags !== null && test(tags))
  if (has((tags) => /\S/.test(tags.get('arg') ?? ''))) return readGoArg
  if (has((tags) => tags.has('cmd') || tags.has('embed') || tags.has('arg') || tags.has('help'))) return readKong
  if (has((tags) => tags.has('command') || tags.has('positional-args') || isGoFlag(tags))) return readGoFlags
  return undefined
}

/** Reads tags of `github.com/alecthomas/kong`. */
function readKong({ name, type, tags }: TaggedField): TagMeaning | undefined {
  if (tags === null) {
    if (name === '') return { is: 'embedded', prefix: '' }
    return PLAIN.test(type) ? kongOption(name, type, new Map()) : undefined
  }
  if (tags.get('kong') === '-' || isHidden(tags)) return undefined
  if (tags.has('cmd')) return { is: 'command', name: tags.get('name') ?? kebabOf(name), text: tags.get('help') ?? '' }
  if (tags.has('embed') || name === '') return { is: 'embedded', prefix: tags.get('prefix') ?? '' }
  return kongOption(name, type, tags)
}

function kongOption(field: string, type: string, tags: Tags): TagMeaning {
  const name = tags.get('name') ?? kebabOf(field)
  const isArgument = tags.has('arg')
  const short = tags.get('short')
  const shown = tags.has('negatable') ? `--[no-]${name}` : `--${name}`
  return {
    is: 'option',
    names: isArgument ? [name] : [...(short === undefined ? [] : [`-${short}`]), shown],
    isArgument,
    isFlag: FLAG_TYPE.test(type) || tags.get('type') === 'counter',
    value: choicesIn(tags) ?? tags.get('placeholder') ?? wordOf(type),
    text: tags.get('help') ?? '',
    default: defaultIn(tags),
  }
}

const isGoFlag = (tags: Tags): boolean => tags.has('description') && (tags.has('long') || tags.has('short'))

/** Reads tags of `github.com/jessevdk/go-flags`. */
function readGoFlags({ name, type, tags }: TaggedField): TagMeaning | undefined {
  if (tags === null || isHidden(tags)) return undefined
  const text = tags.get('description') ?? ''
  if (tags.has('command')) return { is: 'command', name: tags.get('command') ?? '', text }
  if (tags.has('group')) return { is: 'embedded', prefix: tags.get('namespace') ?? '' }
  if (tags.has('positional-args')) return { is: 'arguments' }
  const [short, long] = [tags.get('short'), tags.get('long')]
  const isArgument = short === undefined && long === undefined
  if (isArgument && text === '' && !tags.has('positional-arg-name')) return undefined
  const names = [...(short === undefined ? [] : [`-${short}`]), ...(long === undefined ? [] : [`--${long}`])]
  return {
    is: 'option',
    names: isArgument ? [tags.get('positional-arg-name') ?? name] : names,
    isArgument,
    isFlag: FLAG_TYPE.test(type),
    value: tags.get('value-name') ?? wordOf(type),
    text,
    default: defaultIn(tags),
  }
}

/** Reads tags of `github.com/alexflint/go-arg`. */
function readGoArg({ name, type, tags }: TaggedField): TagMeaning | undefined {
  const parts = (tags?.get('arg') ?? '').split(',').map((part) => part.trim())
  if (parts.includes('-')) return undefined
  const text = tags?.get('help') ?? ''
  const command = parts.find((part) => /^subcommand(?::|$)/.test(part))
  if (command !== undefined) return { is: 'command', name: command.split(':')[1] ?? name.toLowerCase(), text }
  if (name === '') return { is: 'embedded', prefix: '' }
  if (tags === null && !PLAIN.test(type)) return undefined
  const isArgument = parts.includes('positional')
  const given = parts.filter((part) => /^--?[A-Za-z]/.test(part))
  const long = given.some((part) => part.startsWith('--')) || parts.includes('--') ? [] : [`--${name.toLowerCase()}`]
  return {
    is: 'option',
    names: isArgument ? [tags?.get('placeholder') ?? name.toLowerCase()] : [...given, ...long],
    isArgument,
    isFlag: FLAG_TYPE.test(type),
    value: tags?.get('placeholder') ?? wordOf(type),
    text,
    default: defaultIn(tags ?? new Map()),
  }
}

/** `enum:"fast,slow"` of kong: `<fast|slow>`. */
function choicesIn(tags: Tags): string | undefined {
  return choiceValue((tags.get('enum') ?? '').split(',').map((one) => one.trim()))
}

const isHidden = (tags: Tags): boolean => tags.has('hidden') && !/^(?:false|no|0)$/.test(tags.get('hidden') ?? '')

/** The default; `null` if it contains a variable of the program, and for `false`, which is the default of all flags. */
function defaultIn(tags: Tags): string | null {
  const value = tags.get('default')
  return value === undefined || value === '' || value === 'false' || value.includes('${') ? null : value
}

/** `[]string` → `STRING` */
const wordOf = (type: string): string => (type.split(/\W/).at(-1) || 'value').toUpperCase()

/** `StripANSI` → `strip-ansi` */
const kebabOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, (_, low, high, last) =>
      last === undefined ? `${low}-${high}` : `${last}-`,
    )
    .toLowerCase()
