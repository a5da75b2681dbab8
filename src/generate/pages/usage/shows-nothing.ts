/**
 * Recognises calls in tests that do not show how something is used: without meaningful arguments, without a result, or in
 * rows of test data.
 */

import { findText } from '#base/find-text.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isTest, type RepoIndex } from '#generate/pages/repo-index.ts'

/** Matches checks of types, values that are thrown away, and checks of missing values. */
export const SHOWS_NONE =
  /\b(?:expectTypeOf|assertType|expectType|expectError|expectNotType|expectAssignable|static_assert|reveal_type)\b|@ts-expect-error|^void [\w$]{1,80}\.|\b(?:assert\w*|expect|require|refute|check)!?[ (]\s?!|\bassert not\b|\bis None$|\bbe_(?:empty|falsey|nil)\b|\.(?:toBeUndefined|toBeNull|toBeFalsy)\(|\.not\.|(?:\b|_)assert(?:_?(?:false|null|none|nil|not|isNone))\w*\b|\bassert\w*[(.](?:False|Null|Nil|Empty)\b|\bis_none\(\)|\brefute\w*/im

/** A cost above that of any position or length. */
const EMPTY = 10_000
const BARE = 150
/**
 * Matches meaningless arguments: none, empty strings and brackets, `[]int{}`, punctuation, all arguments of another function, or
 * a function that does nothing.
 */
const NOTHING =
  /^(?:function \(\) ?\{ ?\}|(?:\(\)|_|\|_?\|) ?(?:=>|->)? ?\{ ?\}|null|NULL|nil|None|nullptr|undefined|default|\(\)|\[\]|(?:(?:\[\]|map\[[\w.]{1,40}\])[*\w.]{1,60})?\{\}|(?:\*{1,2}|\.\.\.)(?:\w{0,40}_)?(?:args|kw|kwargs|params)|b?(["'`])[^\p{L}\p{N}]{0,40}\1)$/u
const NO_VALUE = /^(?:null|NULL|nil|None|nullptr|undefined)$/
const MAX_ARGUMENTS = 200
/** Matches functions that do nothing: `() => {}`, `function (a) {}`, `func(w Writer) {}`, `|_| {}`, `{ |_| }`. */
export const NO_BODY =
  /(?:=>|->)\s{0,4}\{\s{0,8}\}|\b(?:function|func)\b[^(){}\n]{0,60}\([^(){}\n]{0,120}\)[^(){}\n]{0,60}\{\s{0,8}\}|\|[^|\n]{0,60}\|\s{0,4}\{\s{0,8}\}|\{\s{0,4}\|[^|\n]{0,60}\|\s{0,8}\}|\bdo\s{0,4}\|[^|\n]{0,60}\|\s{1,40}end\b/
/** Matches a row of test data: `yield [new Plan(1), 2]`, `[new Plan(1), 2],`. */
const ROW = /^(?:yield\b|[[{(].{0,600}[\])}],$)/s
/** Matches a variable that keeps the result: `const plan = make(1)`. */
const KEPT = /^(?:[\w<>*&:]{1,40} ){0,3}[*&$]?(\w{1,60}) :?= /
/** Matches stand-ins of test libraries, and private attributes of Python. */
export const MOCKS = /\b(?:mock|spy|stub|createMock|createStub|getMock\w{0,40}|Mock|MagicMock|Mockito\.\w{1,40})\s?[(<]/
const PRIVATE = /[\w\])]\._[a-z]/
const SHOWS_SOME = /not_?(?:null|nil|none|empty|undefined)/i
/** Number of following lines in which the result may be checked. */
const MAX_NEXT = 2
const GIVES_ROWS = /provide[rs]?(?:$|[A-Z_])|^(?:data|cases)_?(?:for|of|provider)/i

/** The arguments of a call, and how many of them are meaningless. */
export function givenIn(text: string, name: string): { values: readonly string[]; empty: number } {
  const at = text.indexOf(name)
  const behind = at < 0 ? '' : text.slice(at + name.length).slice(0, MAX_ARGUMENTS)
  // Ruby calls need no parentheses.
  const given = /^\(([^()]*(?:\(\)[^()]*)*)\)/.exec(behind) ?? /^ (["'][^"'\n]*["'])$/m.exec(behind)
  const values = given?.[1] === undefined || given[1].trim() === '' ? [] : given[1].split(',').map((one) => one.trim())
  const empty = values.filter((one) => NOTHING.test(one.replace(/^\w{1,40}\s?[:=]\s?(?=\S)/, ''))).length
  return { values, empty }
}

/** The cost of an example by its meaningless arguments; highest if all are. */
export function costOfNothing(text: string, name: string): number {
  const { values, empty } = givenIn(text, name)
  return empty === 0 ? 0 : empty === values.length ? EMPTY : BARE
}

/** @param user - The component, or the file as a whole, that contains the code. */
export function showsNothing(
  repo: RepoIndex,
  component: Component,
  user: string,
  { path, text, endLine }: { path: string; text: string; endLine: number },
): boolean {
  const { values, empty } = givenIn(text, component.name)
  if (values.length > 0 && empty === values.length && values.some((one) => NO_VALUE.test(one))) return true
  if (NO_BODY.test(text)) return true
  if (!isTest(path, repo)) return false
  const holder = repo.components.get(user)?.name ?? ''
  // The call is on an empty value, or an empty result is expected.
  if (values.length > 1 && NO_VALUE.test(values[0] ?? '')) return true
  const [, kept] = KEPT.exec(text.split('\n').findLast((line) => line.includes(component.name)) ?? '') ?? []
  const next = kept === undefined ? [] : codeLines(repo, path, endLine + 1, endLine + MAX_NEXT)
  const isNone = (line: string): boolean =>
    line.length < 300 && line.includes(kept ?? '') && SHOWS_NONE.test(line) && !SHOWS_SOME.test(line)
  if (next.some(isNone)) return true
  if (MOCKS.test(text.replaceAll(component.name, '')) || (PRIVATE.test(text) && path.endsWith('.py'))) return true
  return SHOWS_NONE.test(text) || ROW.test(text.trim()) || GIVES_ROWS.test(holder) || isOfHelper(component, path, text)
}

/** Whether the example is the result of a test helper, or a Go struct with private fields. */
function isOfHelper({ name }: Component, path: string, text: string): boolean {
  const last = text.slice(text.lastIndexOf('\n') + 1).trim()
  if (/^return\b/.test(last) && !CHECKS.test(last)) return true
  const at = path.endsWith('.go') ? findText(text, `${name}{`) : -1
  return at >= 0 && /^\s*\p{Ll}\w*:/u.test(text.slice(at + name.length + 1, at + name.length + MAX_ARGUMENTS))
}

const CHECKS = /\b(?:assert|expect|require|should)/i
