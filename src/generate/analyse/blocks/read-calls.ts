/** Records the calls of a file, for `call-rows.ts`: their literal arguments, and those that may call a value or pass on a function. */

import type { StringTable } from '#generate/analyse/pack-edges.ts'
import { literalOf } from '#generate/call-rows.ts'
import type { BlockRows } from '#generate/file-blocks.ts'
import type { Place } from '#generate/formats/lines.ts'
import { VALUE_USES } from '#generate/model.ts'
import type { Grammar } from './rules.ts'

type Span = readonly [start: number, end: number]

/** Offsets of a call. */
export interface FoundCall {
  /** The first character of the callee; of `new`, where it comes before. */
  readonly start: number
  /** The last name of the callee: `b` of `a.b(x)`. */
  readonly name: number
  readonly end: number
  readonly args: readonly Span[]
}

export interface FoundCalls<Call extends FoundCall = FoundCall> {
  readonly calls: Call[]
  /** The lists of parameters. */
  readonly parameters: Span[]
  /** Offsets of statements that raise or throw. */
  readonly throws: number[]
}

interface CallContext<Call> {
  /** Names of functions that are created in bodies. */
  readonly made: ReadonlySet<string>
  readonly grammar: Pick<Grammar, 'runs' | 'runsByMethod' | 'warns'>
  /** Receives the names, and the texts of arguments. */
  readonly texts: StringTable
  placeAt(offset: number): Place
  blockOf(call: Call): number
}

/** Limits on the characters of a callee, of an argument and of a warning that are read, and on the arguments of a call. */
const MAX_CODE = 130
const MAX_CALL = 2_000
const MAX_ARGUMENTS = 20
/** Matches a callee, and captures what shows that a field is called, the name of the value, and the method that runs it. */
const VALUE = /^(?:new )?((?:this|self|\$this)(?:\.|->)|@)?(\$?\w{1,60})[!?]?(?:(?:\.|\?\.|->)(\w{1,20}))?$/
const PATH = /^[\w$.]+$/
const NAME = /^[\p{L}\p{N}_$]{1,60}[!?]?/u
const SPREAD = /^(?:\*|\.\.\.|&)|\.\.\.$/
/** Matches an argument, and captures its name if it is passed by name, and its value if that is one word. */
const ARGUMENT = /^(?:(\w{1,60}) ?[:=](?![:=>])\s?)?(?:(\$?\w{1,60})$)?/
const REFUSAL = /^(?:raise|throw)\b[^\n]{0,40}\b(?:NotImplemented|NotSupported|Unsupported)/

export function readCalls<Call extends FoundCall>(
  text: string,
  { calls, parameters, throws }: FoundCalls<Call>,
  { made, grammar, texts, placeAt, blockOf }: CallContext<Call>,
): Pick<BlockRows<number[]>, 'calls' | 'values'> {
  const rows: number[] = []
  const values: number[][] = []
  const add = (kind: (typeof VALUE_USES)[number], at: number, block: number, name = '', passedTo = ''): void => {
    const { line, column } = placeAt(at)
    const [number, callee] = [name, passedTo].map((one) => (one === '' ? -1 : texts.numberOf(one)))
    values.push([line, column, block, VALUE_USES.indexOf(kind), number ?? -1, callee ?? -1])
  }
  const given = wordsIn(text, parameters)
  for (const call of calls.sort((a, b) => a.name - b.name)) {
    const { start, name: at, end, args } = call
    const [, owner, written = '', method] = (end - start <= MAX_CODE && VALUE.exec(text.slice(start, end))) || []
    const isMade = made.has(written)
    const name = isMade ? written : written.replace('$', '')
    const isRun = method === undefined ? isMade || grammar.runsByMethod !== true : grammar.runs?.test(method) === true
    if (isRun && (isMade || given.has(owner === undefined ? name : name.replace(/^_/, ''))))
      add(owner === undefined ? 'call' : 'field call', at, blockOf(call), name)
    const warning =
      grammar.warns &&
      deprecationIn(text.slice(start, Math.min(args.at(-1)?.[1] ?? end, start + MAX_CALL)), grammar.warns)
    if (warning !== undefined && blockOf(call) === -1) add('deprecation', at, -1, warning)
    // `http.HandlerFunc`; of a longer expression only the end: `.then`.
    const isPath = end - start <= MAX_CODE && PATH.test(text.slice(start, end))
    const callee = text.slice(isPath ? start : text[at - 1] === '.' ? at - 1 : at, end)
    const passed = args.length > MAX_ARGUMENTS ? [null] : args.map((one) => readArgument(text, one))
    for (const [index, one] of passed.entries())
      if (one !== null && made.has(one.word)) add('passed', args[index]?.[0] ?? at, -1, one.word, callee)
    const { line, column } = placeAt(at)
    const literals = passed.map((one) => `${one?.key}${literalOf(one?.word ?? '')}`).join()
    const [word = ''] = NAME.exec(text.slice(at, Math.min(end, at + MAX_CODE))) ?? []
    rows.push(line, column, texts.numberOf(word), passed.includes(null) ? -1 : texts.numberOf(literals))
  }
  for (const at of throws) if (REFUSAL.test(text.slice(at, at + MAX_CODE))) add('refusal', at, -1)
  const sorted = values.sort(([line = 0, column = 0], [other = 0, next = 0]) => line - other || column - next)
  return { calls: rows, values: sorted.flat() }
}

/** The message of a call that warns of deprecation, '' if it is computed at run time. */
function deprecationIn(code: string, { call, about }: NonNullable<Grammar['warns']>): string | undefined {
  const [, quote = '', rest = ''] = call.exec(code) ?? []
  if (quote === '' || !about.test(code)) return undefined
  const words = rest.slice(0, Math.max(0, rest.indexOf(quote)))
  const isPart = /[#$]?\{|%[sd]|\$\w/.test(words) || /^\s*(?:[.+%]|f?["'])/.test(rest.slice(words.length + 1))
  return isPart ? '' : words.replace(/^\W*deprecat\w*\W+/i, '').replace(/[<>*_[\]#]/g, '\\$&')
}

/** `name=` if it is passed by name, then its value if that is one word, or ''; `null` if it is spread. */
function readArgument(text: string, [start, end]: Span): { readonly key: string; readonly word: string } | null {
  const isLong = end - start > MAX_CODE
  const code = text.slice(start, isLong ? start + MAX_CODE : end)
  if (SPREAD.test(isLong ? code.slice(0, 3) + text.slice(end - 3, end) : code)) return null
  const [, name, word = ''] = ARGUMENT.exec(code) ?? []
  return { key: name === undefined ? '' : `${name}=`, word }
}

function wordsIn(text: string, spans: readonly Span[]): Set<string> {
  const words = new Set<string>()
  let last = 0
  for (const [start, end] of spans.toSorted(([a], [b]) => a - b)) {
    // A span inside another.
    if (start < last) continue
    last = end
    for (const word of text.slice(start, end).match(/\w+/g) ?? []) words.add(word)
  }
  return words
}
