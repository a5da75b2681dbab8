/**
 * Reads options of programs in C and C++ from calls of `getopt` and `getopt_long`, their tables, and the usage text of the
 * file, or only from this text. If a file has several calls, the one whose options the usage text of a program lists counts.
 */

import { findText } from '#base/find-text.ts'
import { type Usage, type UsageLine, usageOf } from './c-usage.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'

const HOLDER = 'getopt'
const MAX_CHARS = 500_000
const MAX_TABLE = 20_000
const MAX_CALLS = 50
const CALL =
  /\bgetopt(?:_long(?:_only)?)?\s{0,3}\([^,;"]{1,60},[^,;"]{1,60},\s{0,40}"([^"\n]{0,200})"(?:\s{0,20},\s{0,20}&?(\w{1,60}))?/g
const ENTRY =
  /\{\s{0,40}"([\w-]{1,60})"\s{0,40},\s{0,40}(\w{1,40})\s{0,40},[^,{}]{1,60},\s{0,40}(?:'(\\?.)'|([\w-]{1,60}))\s{0,40}\}/g
/** A macro that adds entries of its own. */
const MORE_ENTRIES = /^\s{0,40}[A-Z][A-Z_]{3,60},?\s{0,10}$/m

/** An option as declared. */
interface Declared {
  readonly names: string[]
  readonly takes: 'none' | 'value' | 'maybe'
  readonly at: number
}

interface Call {
  readonly at: number
  readonly options: ReadonlyMap<string, Declared>
  readonly isWhole: boolean
}

export function findCOptions(source: string, lineAt: (offset: number) => number): FileOptions | undefined {
  const text = source.slice(0, MAX_CHARS)
  const calls = [...text.matchAll(CALL)]
    .slice(0, MAX_CALLS)
    .map(({ 0: whole, 1: letters = '', 2: table = '', index }) =>
      callOf(text, letters, table, index, index + whole.length),
    )
  const usage = usageOf(text)
  const call = calls.length > 1 ? ofProgram(calls, usage.titled) : calls[0]
  if (call === undefined) return calls.length === 0 ? printedOptions(text, usage) : undefined
  const facts = new OptionFacts()
  facts.command({ holder: HOLDER, name: usage.program, line: lineAt(call.at) })
  if (!call.isWhole) facts.open(HOLDER)
  const lines = calls.length > 1 ? usage.titled : usage.lines
  // Arguments of other programs, `run(shell, "-c")`, have no description.
  const ranked = [...lines.filter(hasWords), ...lines.filter((line) => !hasWords(line))]
  const usageFor = new Map(ranked.flatMap((line) => line.names.map((name) => [name, line] as const)).toReversed())
  const rowOf = ({ names }: Declared): UsageLine | undefined =>
    names.map((name) => usageFor.get(name)).find((line) => line !== undefined)
  // In the order of the help text.
  const order = (one: Declared): number => rowOf(one)?.line ?? Number.MAX_SAFE_INTEGER
  for (const one of [...call.options.values()].sort((a, b) => order(a) - order(b))) {
    const { names, takes, at } = one
    const described = rowOf(one)
    const value = takes === 'none' ? '' : (described?.value ?? '') || 'ARG'
    facts.option({
      holder: HOLDER,
      names,
      isArgument: false,
      value: takes === 'maybe' ? `[${value}]` : value,
      default: null,
      text: described?.text || (takes === 'none' ? described?.loose : described?.loose.replace(/^\w+ /, '')) || '',
      line: described?.line ?? lineAt(at),
      written: names.at(-1) ?? '',
    })
  }
  return facts.facts()
}

/** A program that compares its arguments itself has the options of the usage text in the file of its main function. */
function printedOptions(text: string, { program, titled }: Usage): FileOptions | undefined {
  const options = titled.filter(({ names, text: words }) => names.length > 0 && words !== '')
  const [first] = options
  if (program === '' || first === undefined || options.length < MIN_PRINTED || !MAIN.test(text)) return undefined
  const facts = new OptionFacts()
  facts.command({ holder: HOLDER, name: program, line: first.line })
  for (const { names, value, text: words, line } of options)
    facts.option({
      holder: HOLDER,
      names: [...names],
      isArgument: false,
      value,
      default: null,
      line,
      text: words.replace(/;$/, ''),
      written: names.at(-1) ?? '',
    })
  return facts.facts()
}

const MIN_PRINTED = 4
const MAIN = /^(?:[\w ]{1,40} )?w?main\s{0,3}\(/m

const hasWords = ({ text, loose }: UsageLine): boolean => text !== '' || loose.includes(' ')

/** Where a text is found last, at or before `end`; -1 if it is not there. */
function lastBefore(text: string, needle: string, end: number): number {
  let found = -1
  for (let at = findText(text, needle); at >= 0 && at <= end; at = findText(text, needle, at + 1)) found = at
  return found
}

/** The options of one call by the value that it returns. */
function callOf(text: string, letters: string, table: string, at: number, end: number): Call {
  const options = new Map<string, Declared>()
  for (const [, letter = '', colons = ''] of letters.matchAll(/([A-Za-z\d?@#])(:{0,2})/g))
    options.set(letter, {
      names: [`-${letter}`],
      takes: colons === '' ? 'none' : colons === ':' ? 'value' : 'maybe',
      at,
    })
  const from = table === '' ? -1 : lastBefore(text, `${table}[`, end)
  if (from < 0) return { at, options, isWhole: table === '' || /^(?:0|NULL|nullptr)$/.test(table) }
  const to = text.indexOf('};', from)
  const entries = text.slice(from, Math.min(to < 0 ? from : to, from + MAX_TABLE))
  for (const { 1: name = '', 2: has = '', 3: letter, 4: constant, index } of entries.matchAll(ENTRY)) {
    const key = letter ?? constant ?? ''
    const known = options.get(key)
    if (known !== undefined) known.names.push(`--${name}`)
    else {
      const takes = /required|^1$/.test(has) ? 'value' : /optional|^2$/.test(has) ? 'maybe' : 'none'
      // Options without a letter may share the value 0.
      options.set(key === '0' ? name : key, { names: [`--${name}`], takes, at: from + index })
    }
  }
  return { at, options, isWhole: !MORE_ENTRIES.test(entries) }
}

/** The call that accepts most of the options that a usage text lists. */
function ofProgram(calls: readonly Call[], lines: readonly UsageLine[]): Call | undefined {
  const described = new Set(lines.flatMap(({ names }) => names))
  const shared = ({ options }: Call): number =>
    [...options.values()].filter(({ names }) => names.some((name) => described.has(name))).length
  const [best] = calls.toSorted((a, b) => shared(b) - shared(a))
  return best !== undefined && shared(best) > 1 ? best : undefined
}
