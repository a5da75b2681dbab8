/**
 * Hides the lines of conditionals that the grammar cannot read: to it an `#if` stands between whole statements, members
 * or declarations, and its branches hold such. What stands in a list of arguments or values, in an expression or a
 * declarator, or opens a bracket that another closes, loses its lines `#if` to `#endif`; of several branches the first one
 * stays, or all where each is a piece of a list. Where it is not certain that several are pieces, all stays as it is.
 */

import type { HiddenRef, Prepared } from '#generate/analyse/engine/read-rules.ts'
import { blanked } from '#generate/analyse/languages/blanked.ts'
import { type Branch, type CodeCharacter, type Conditional, ConditionalReader, firstOf } from './conditionals.ts'
import { KEYWORD, STATEMENT } from './declaration-shapes.ts'
import { lastBefore, nextAfter, wordAt, wordEndingAt } from './text-around.ts'

/** What is longer is left alone: much would be lost were it misread. */
const MAX_LEFT_OUT = 3_000
const CONTROL = /^(?:if|for|while|switch|catch)$/
const MACRO = /^(?:[A-Z_][A-Z0-9_]+|__\w+)$/
const CONDITION = /^#[ \t]*(?:el)?if\b(?:[^\n\\/]|\\\r?\n|\/(?![/*]))*/
const NAME = /\bdefined\s*(?:\(\s*)?\w+|"[^"\n]*"|<[^<>\n]*>|\b([A-Z_][A-Z0-9_]{2,})\b/g
/** What wants something behind it, and begins no statement where something stands before it. */
const OPERATOR = /[=,+\-*/|&?<!~^%.([]/
const GOES_ON = /[,.|?=)\]]/

/** A piece for certain, perhaps one, or whole. */
type Shape = 'piece' | 'doubtful' | 'whole'

/**
 * @param isC - What `__cplusplus` asks for is not read.
 * @returns The names that hidden conditions use, too.
 */
export function hideConditionals(text: string, isC: boolean): Prepared {
  if (!/^[ \t]*#[ \t]*if/m.test(text)) return { text, refs: [] }
  const { found } = new ConditionalReader(text, isC)
  const hidden = found.map((one) => hiddenOf(text, one)).filter(({ length }) => length > 0)
  if (hidden.length === 0) return { text, refs: [] }
  return { text: blanked(text, hidden.flat()), refs: hidden.flat().flatMap(([at, end]) => namesIn(text, at, end)) }
}

/** Those of an `#if` or `#elif`; to ask whether there is a macro is no use of it. */
function namesIn(text: string, at: number, end: number): HiddenRef[] {
  const condition = CONDITION.exec(text.slice(at, end))?.[0]
  if (condition === undefined) return []
  const names = [...condition.matchAll(NAME)].filter(([, name]) => name !== undefined)
  return names.map(({ index, 0: whole }) => ({ start: at + index, end: at + index + whole.length, at }))
}

function hiddenOf(text: string, conditional: Conditional): readonly [start: number, end: number][] {
  const { around, branches, lines } = conditional
  const alive = branches.filter((branch) => !branch.isDead && branch.last.at >= branch.start)
  const [kept] = alive
  if (kept === undefined && branches.every((branch) => branch.last.at < branch.start)) return []
  const shape = shapeOf(text, conditional, kept === undefined ? branches : alive)
  if (shape === 'whole' || (shape === 'doubtful' && alive.length > 1)) return []
  const others =
    around !== '(' && areItems(text, alive)
      ? branches.filter((one) => one.isDead)
      : branches.filter((one) => one !== kept)
  if (others.some(({ start, end }) => end - start > MAX_LEFT_OUT)) return []
  return [...lines, ...others.map(({ start, end }): [number, number] => [start, end])]
}

function shapeOf(text: string, { around, before, lines }: Conditional, branches: readonly Branch[]): Shape {
  if (/[([=]/.test(around) || branches.some((branch) => !branch.isBalanced)) return 'piece'
  const start = shapeBefore(text, before)
  if (start === 'piece') return start
  const after = nextAfter(text, lines.at(-1)?.[1] ?? text.length)
  const shapes = branches.flatMap((branch) => [
    shapeOfStart(text, branch, before.at, start),
    shapeOfEnd(text, branch, after),
  ])
  if (shapes.includes('piece')) return 'piece'
  return start === 'doubtful' || shapes.includes('doubtful') ? 'doubtful' : 'whole'
}

/** What stands before it is ended. */
function shapeBefore(text: string, before: CodeCharacter): Shape {
  const last = text[before.at] ?? ';'
  if (/[;{}:]/.test(last)) return 'whole'
  if (last === ')') {
    const word = wordBefore(text, before)
    return CONTROL.test(word) ? 'piece' : MACRO.test(word) ? 'whole' : 'doubtful'
  }
  if (OPERATOR.test(last)) return 'piece'
  const word = wordEndingAt(text, before.at)
  return STATEMENT.test(word) || KEYWORD.test(word) ? 'piece' : MACRO.test(word) ? 'whole' : 'doubtful'
}

function shapeOfStart(text: string, branch: Branch, before: number, shape: Shape): Shape {
  const first = firstOf(text, branch)
  if (first === undefined) return 'whole'
  const character = text[first] ?? ''
  if (GOES_ON.test(character) || wordAt(text, first) === 'else') return 'piece'
  const isBehindName = /[\w)>"\]]/.test(text[before] ?? ';')
  if (isBehindName && character === '{') return 'piece'
  return isBehindName && shape === 'doubtful' && /[:+\-*/&<>^%"]/.test(character) ? 'piece' : 'whole'
}

function shapeOfEnd(text: string, branch: Branch, after: number): Shape {
  const last = text[branch.last.at] ?? ';'
  if (/[;{}:]/.test(last)) return 'whole'
  const next = text[after] ?? ''
  if (/[{;]/.test(next) || GOES_ON.test(next) || (last !== ')' && OPERATOR.test(last))) return 'piece'
  const word = last === ')' ? wordBefore(text, branch.last) : wordEndingAt(text, branch.last.at)
  if (MACRO.test(word)) return 'whole'
  if (CONTROL.test(word) || STATEMENT.test(word) || KEYWORD.test(word)) return 'piece'
  return last === ')' && !/\w/.test(next) ? 'whole' : 'doubtful'
}

/** Before the brackets that end there. */
function wordBefore(text: string, { open }: CodeCharacter): string {
  return wordEndingAt(text, lastBefore(text, open))
}

/** Each ends with a comma, or each begins with one. */
function areItems(text: string, branches: readonly Branch[]): boolean {
  if (branches.some((branch) => !branch.isBalanced)) return false
  return (
    branches.every((branch) => text[branch.last.at] === ',') ||
    branches.every((branch) => text[firstOf(text, branch) ?? -1] === ',' && text[branch.last.at] !== ',')
  )
}
