/** Reads a single flag of flag, pflag, cobra or urfave/cli. */

import { kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import type { FoundOption, OptionFact } from './file-options.ts'
import { defaultAt, proseAt, wordsAt } from './option-texts.ts'
import { partOf, partsOf } from './option-tree.ts'

/**
 * Matches the name of a method that defines a flag: value type, `Var` for a variable, `P` for a short name, `F` for a
 * result.
 */
const DEFINES =
  /^(Bool|Count|Duration|Float32|Float64|Func|BoolFunc|IP|IPMask|IPNet|Int|Int8|Int16|Int32|Int64|Uint|Uint8|Uint16|Uint32|Uint64|String|Text|Time|BytesHex|BytesBase64|(?:Bool|Duration|Float32|Float64|IP|IPNet|Int|Int32|Int64|String|Uint)Slice|StringArray|StringTo(?:Int|Int64|String))?(Var)?(PF?)?$/

/** Kinds whose methods have no default between the names and the usage. */
const WITHOUT_DEFAULT = new Set(['Var', 'Func', 'BoolFunc', 'Count'])
/** Kinds of the same packages that take no value. */
const SWITCHES = new Set(['Bool', 'BoolFunc', 'Count'])
/** The placeholders that pflag prints for values, if they differ from the type. */
const VALUE_WORDS: Readonly<Record<string, string>> = {
  Var: 'value',
  Func: 'value',
  Text: 'value',
  Float64: 'float',
  Int64: 'int',
  Uint64: 'uint',
  BoolSlice: 'bools',
  IntSlice: 'ints',
  StringSlice: 'strings',
  UintSlice: 'uints',
}

/** A method that defines a flag. */
export interface FlagMethod {
  readonly kind: string
  readonly isVar: boolean
  readonly isShort: boolean
}

export function flagMethod(name: string): FlagMethod | undefined {
  const [, kind, isVar, isShort] = DEFINES.exec(name) ?? []
  if (kind === undefined && isVar === undefined) return undefined
  return { kind: kind ?? 'Var', isVar: isVar !== undefined, isShort: isShort !== undefined }
}

interface Source {
  readonly tree: ReadTree
  lineAt(offset: number): number
}

/**
 * An option from the arguments of a method that defines a flag.
 *
 * @param dash - `-` or `--`, for long names.
 */
export function flagOption(
  { tree, lineAt }: Source,
  holder: string,
  { kind, isVar, isShort }: FlagMethod,
  all: readonly number[],
  dash: string,
): FoundOption {
  const args = isVar ? all.slice(1) : all
  const [first, ...others] = args
  const name = first === undefined ? null : wordsAt(tree, first)
  if (first === undefined || name === null || name === '') return 'unknown'
  const short = isShort && others[0] !== undefined ? wordsAt(tree, others[0]) : null
  const rest = isShort ? others.slice(1) : others
  const hasDefault = !WITHOUT_DEFAULT.has(kind)
  // The function of `Func` follows the usage, the formats of `Time` precede it.
  const last = /Func$/.test(kind) ? rest[0] : rest.at(-1)
  const usage = hasDefault && rest.length < 2 ? undefined : last
  const words = usage === undefined ? '' : proseAt(tree, usage)
  return {
    holder,
    names: [...(short === null || short === '' ? [] : [`-${short}`]), `${dash}${name}`],
    isArgument: false,
    value: SWITCHES.has(kind) ? '' : valueName(kind, words),
    default: hasDefault ? defaultAt(tree, rest[0]) : null,
    text: withoutBackticks(words),
    line: lineAt(startOf(tree, first)),
    written: name,
  }
}

/** A flag of urfave/cli: `&cli.StringFlag{Name: "output", Aliases: []string{"o"}}`. */
export function urfaveOption(
  { tree, lineAt }: Source,
  holder: string,
  kind: string,
  fields: ReadonlyMap<string, number>,
  node: number,
): OptionFact {
  const name = fieldText(tree, fields, 'Name')
  const aliases = fields.get('Aliases')
  const more = aliases === undefined ? [] : stringsIn(tree, aliases)
  const names = [name, ...more].flatMap((one) => one.split(',')).map((one) => one.trim())
  const words = fields.has('Usage') ? proseAt(tree, fields.get('Usage') ?? node) : ''
  const isSwitch = kind.startsWith('Bool') && kind !== 'BoolSlice'
  return {
    holder,
    names: names.filter((one) => one !== '').map((one) => (one.length === 1 ? `-${one}` : `--${one}`)),
    isArgument: false,
    value: isSwitch ? '' : valueName(kind, words),
    default: defaultAt(tree, fields.get('Value')),
    text: withoutBackticks(words),
    line: lineAt(startOf(tree, fields.get('Name') ?? node)),
    written: name,
  }
}

/** The first of some fields that is a string; '' if none is. */
export function fieldText(tree: ReadTree, fields: ReadonlyMap<string, number>, ...names: readonly string[]): string {
  for (const name of names) {
    const node = fields.get(name)
    const words = node === undefined ? null : wordsAt(tree, node)
    if (words !== null && words !== '') return words
  }
  return ''
}

/** The values of a struct literal, keyed by field. The type of an element of a list may be left out. */
export function fieldsOf(tree: ReadTree, literal: number): Map<string, number> {
  const body = kindAt(tree, literal) === 'literal_value' ? literal : partOf(tree, literal, /^literal_value$/)
  const fields = new Map<string, number>()
  for (const element of body === undefined ? [] : partsOf(tree, body)) {
    const [key, value] = partsOf(tree, element)
    if (key === undefined || value === undefined) continue
    fields.set(textAt(tree, key).slice(0, 60), partsOf(tree, value)[0] ?? value)
  }
  return fields
}

/** Whether a struct literal has `Hidden: true` or a computed value. */
export function isHidden(tree: ReadTree, fields: ReadonlyMap<string, number>): boolean {
  const hidden = fields.get('Hidden')
  return hidden !== undefined && kindAt(tree, hidden) !== 'false'
}

/** The elements without a type of a list of structs: `[]*cli.Command{{Name: "run"}}`. */
export function elementsOf(tree: ReadTree, list: number): number[] {
  const body = partOf(tree, list, /^literal_value$/)
  return (body === undefined ? [] : partsOf(tree, body)).flatMap((element) =>
    partsOf(tree, element).filter((value, at) => at === 0 && kindAt(tree, value) === 'literal_value'),
  )
}

/** The string literals below a node; without empty ones. */
export function stringsIn(tree: ReadTree, node: number): string[] {
  const found: string[] = []
  const end = tree.after[node] ?? 0
  for (let one = node; one < end; one++)
    if (/^(?:interpreted|raw)_string_literal$/.test(kindAt(tree, one))) found.push(wordsAt(tree, one) ?? '')
  return found.filter((text) => text !== '')
}

/** The name of a value: the word in backticks in its usage, or its type as pflag writes it, such as `stringToInt`. */
function valueName(kind: string, usage: string): string {
  const [, named] = /`([^`]{1,40})`/.exec(usage) ?? []
  return named ?? VALUE_WORDS[kind] ?? kind.replace(/^(?:IP|[A-Z])/, (start) => start.toLowerCase())
}

/** Removes the backticks around the name of the value in a usage text. */
const withoutBackticks = (text: string): string => text.replaceAll('`', '')
