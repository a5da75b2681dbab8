/**
 * Hides the type arguments of calls with one argument, which the grammar takes for comparisons: `Channel<Int>(2)` for
 * `Channel < Int > (2)`. Offsets stay the same.
 */

import type { HiddenRef, Prepared } from '#generate/analyse/engine/read-rules.ts'
import { blanked } from '#generate/analyse/languages/blanked.ts'

const TYPE_ARGUMENTS = /(?<=[\w`])<\w[\w.?*, <>]{0,120}>(?=\()/g
const TYPE_NAME = /\b[A-Z]\w*/g
/** The text before a name that is not called: a declaration, or a supertype with constructor arguments. */
const NO_CALL = /(?:(?<!:):|\b(?:class|interface))[ \t\r\n]{0,40}[\w.`]{1,80}$/
const MAX_BEFORE = 200
/** Limit on the calls in one file; later ones stay comparisons. */
const MAX_CALLS = 5_000
/** Limit on the characters of an argument; a call with a longer one is left unchanged. */
const MAX_ARGUMENT = 300

export function hideTypeArguments(text: string): Prepared {
  const hidden: [number, number][] = []
  const refs: HiddenRef[] = []
  let count = 0
  for (const { 0: types, index } of text.matchAll(TYPE_ARGUMENTS)) {
    if (++count > MAX_CALLS) break
    const end = index + types.length
    const before = text.slice(Math.max(0, index - MAX_BEFORE), index)
    if (NO_CALL.test(before) || !isCode(before) || !hasOneArgument(text, end)) continue
    hidden.push([index, end])
    for (const { 0: name, index: at } of types.matchAll(TYPE_NAME))
      refs.push({ start: index + at, end: index + at + name.length, at: index })
  }
  return hidden.length === 0 ? { text, refs } : { text: blanked(text, hidden), refs }
}

/** Whether a position is neither in a comment nor in a string, judging by its line. */
function isCode(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1)
  return !/^\s*\*|\/[/*]/.test(line) && line.split('"').length % 2 === 1
}

/** Whether brackets contain a single argument, without a name or a `*` before it. */
function hasOneArgument(text: string, open: number): boolean {
  let depth = 0
  let isQuoted = false
  for (let at = open; at < text.length && at < open + MAX_ARGUMENT; at++) {
    const sign = text[at] ?? ''
    if (sign === '\\') at++
    else if (sign === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (sign === '(' || sign === '[' || sign === '{') depth++
    else if (sign === ')' || sign === ']' || sign === '}') {
      if (--depth === 0) return /^\(\s*[^\s*)]/.test(text.slice(open, at + 1))
    } else if (depth === 1 && (sign === ',' || isName(text, at))) return false
  }
  return false
}

/** `name = value`, and `name: Type` of a declaration. */
function isName(text: string, at: number): boolean {
  const [before = '', sign = '', after = ''] = text.slice(at - 1, at + 2)
  return (sign === '=' && !/[=!<>]/.test(before) && after !== '=') || (sign === ':' && before !== ':' && after !== ':')
}
