/**
 * Hides conditionals that the grammar cannot parse. It expects an `#if` between whole statements, members or
 * declarations. A conditional inside an argument list, initializer list, expression or declarator, or with unbalanced
 * brackets, loses its directive lines; only the first branch is kept, or all if each is an item of a list. When
 * it is uncertain whether several branches are fragments, nothing is removed. Code inside `#if 0` is always
 * removed: no compiler reads it.
 */

import type { HiddenRef, Prepared } from '#generate/analyse/engine/read-rules.ts'
import { blanked } from '#generate/analyse/languages/blanked.ts'
import { type Branch, type CodeCharacter, type Conditional, ConditionalReader, firstOf } from './conditionals.ts'
import { KEYWORD, STATEMENT } from './declaration-shapes.ts'
import { lastBefore, nextAfter, wordAt, wordEndingAt } from './text-around.ts'

/** Longer branches are not removed: too much would be lost if they were misread. */
const MAX_REMOVED = 3_000
const CONTROL = /^(?:if|for|while|switch|catch)$/
const MACRO = /^(?:[A-Z_][A-Z0-9_]+|__\w+)$/
const CONDITION = /^#[ \t]*(?:el)?if\b(?:[^\n\\/]|\\\r?\n|\/(?![/*]))*/
const NAME = /\bdefined\s*(?:\(\s*)?\w+|"[^"\n]*"|<[^<>\n]*>|\b([A-Z_][A-Z0-9_]{2,})\b/g
/** Characters that something must follow. */
const OPERATOR = /[=,+\-*/|&?<!~^%.([]/
/** Characters that continue the previous line. */
const CONTINUES = /[,.|?=)\]]/

/** Certainly a fragment, possibly a fragment, or whole. */
type Shape = 'piece' | 'doubtful' | 'whole'

/**
 * @param isC - Drop code for `__cplusplus`.
 * @returns Also the uses of names in hidden conditions.
 */
export function hideConditionals(text: string, isC: boolean): Prepared {
  if (!/^[ \t]*#[ \t]*if/m.test(text)) return { text, refs: [] }
  const { found } = new ConditionalReader(text, isC)
  const hidden = found.map((one) => [...hiddenOf(text, one), ...neverRead(one)]).filter(({ length }) => length > 0)
  if (hidden.length === 0) return { text, refs: [] }
  return { text: blanked(text, hidden.flat()), refs: hidden.flat().flatMap(([at, end]) => namesIn(text, at, end)) }
}

/** Names in an `#if` or `#elif`; `defined(NAME)` is not a use. */
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
  if (others.some(({ start, end }) => end - start > MAX_REMOVED)) return []
  return [...lines, ...others.map(({ start, end }): [number, number] => [start, end])]
}

function neverRead({ branches }: Conditional): [start: number, end: number][] {
  return branches.flatMap(({ isNever, start, end }): [number, number][] => (isNever ? [[start, end]] : []))
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

/** The shape of a conditional, judging by the code before it. */
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
  if (CONTINUES.test(character) || wordAt(text, first) === 'else') return 'piece'
  const isBehindName = /[\w)>"\]]/.test(text[before] ?? ';')
  if (isBehindName && character === '{') return 'piece'
  return isBehindName && shape === 'doubtful' && /[:+\-*/&<>^%"]/.test(character) ? 'piece' : 'whole'
}

function shapeOfEnd(text: string, branch: Branch, after: number): Shape {
  const last = text[branch.last.at] ?? ';'
  if (/[;{}:]/.test(last)) return 'whole'
  const next = text[after] ?? ''
  if (/[{;]/.test(next) || CONTINUES.test(next) || (last !== ')' && OPERATOR.test(last))) return 'piece'
  const word = last === ')' ? wordBefore(text, branch.last) : wordEndingAt(text, branch.last.at)
  if (MACRO.test(word)) return 'whole'
  if (CONTROL.test(word) || STATEMENT.test(word) || KEYWORD.test(word)) return 'piece'
  return last === ')' && !/\w/.test(next) ? 'whole' : 'doubtful'
}

/** The word before the closed bracket. */
function wordBefore(text: string, { open }: CodeCharacter): string {
  return wordEndingAt(text, lastBefore(text, open))
}

/** Whether each branch ends with a comma, or each begins with one. */
function areItems(text: string, branches: readonly Branch[]): boolean {
  if (branches.some((branch) => !branch.isBalanced)) return false
  return (
    branches.every((branch) => text[branch.last.at] === ',') ||
    branches.every((branch) => text[firstOf(text, branch) ?? -1] === ',' && text[branch.last.at] !== ',')
  )
}
