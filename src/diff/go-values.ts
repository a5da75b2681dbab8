/** Infers the type of a Go variable from the text of its value: `var Now = func() time.Time { … }`. */

import { endOfQuote } from '#base/end-of-quote.ts'
import { readSignature } from './signatures.ts'

/** Values without brackets, from the first character to the last. */
const LITERALS: readonly (readonly [value: RegExp, type: string])[] = [
  [/^(?:"(?:[^"\\]|\\.)*"|`[^`]*`)$/, 'string'],
  [/^'(?:[^'\\]|\\.[^'\\]{0,8})'$/u, 'rune'],
  [/^(?:true|false)$/, 'bool'],
  [/^-?(?:0[xX][\da-fA-F_]{1,40}|0[bBoO][\d_]{1,80}|\d[\d_]{0,40})$/, 'int'],
  [/^-?(?:\d[\d_]{0,40}\.[\d_]{0,40}|\.\d[\d_]{0,40}|\d[\d_]{0,40}(?=[eE]))(?:[eE][+-]?\d{1,9})?$/, 'float64'],
]
/** `Options{…}`, `&pkg.Options{…}`, `[]string{…}`, `map[string]int{…}`. */
const COMPOSITE = /^(&?)((?:\[\w*\]|map\[[\w.*]+\]|\*)*(?!(?:struct|interface|func)\b)[A-Za-z_][\w.]*)\s*\{/
const ALLOCATION = /^make\(((?:\[\w*\]|map\[[\w.*]+\]|\*)*[A-Za-z_][\w.]*)[,)]/
const ERROR = /^(?:errors\.New|fmt\.Errorf)\(/

/** @returns '' if the type is not certain: a call, an operation, another variable, or `new(x)`, where `x` is a type or a value. */
export function typeOfGoValue(value: string): string {
  const text = value.trim()
  if (/^func\s*\(/.test(text)) return typeOfFunction(text)
  const literal = LITERALS.find(([form]) => form.test(text))?.[1]
  if (literal !== undefined) return literal
  const open = text.search(/[({]/)
  if (!endsWithBracket(text, open)) return ''
  if (ERROR.test(text)) return 'error'
  const [, allocated] = ALLOCATION.exec(text) ?? []
  if (allocated !== undefined) return allocated
  const [, pointer, type = ''] = COMPOSITE.exec(text) ?? []
  return `${pointer === '&' ? '*' : ''}${type}`
}

/** The type of a function, without the names of its parameters, which do not matter; '' if the function is called at once. */
function typeOfFunction(text: string): string {
  const body = bodyOf(text)
  if (!endsWithBracket(text, body)) return ''
  const head = text
    .slice(0, body)
    .trim()
    .replace(/^func\s*/, 'value')
  const { parameters, type } = readSignature(head, 'value', 'function', 'go')
  return parameters === null ? '' : `func(${parameters.map((one) => one.type).join(', ')}) ${type}`.trim()
}

/** Offset of the brace that opens the body of a function; -1 if there is none. */
function bodyOf(text: string): number {
  for (let at = 0; at < text.length; at++) {
    if (!'([{'.includes(text[at] ?? '')) continue
    if (text[at] === '{' && !/\b(?:struct|interface)\s?$/.test(text.slice(Math.max(0, at - 12), at))) return at
    const end = closingOf(text, at)
    if (end < 0) return -1
    at = end
  }
  return -1
}

/** Whether the bracket at an offset is closed by the last character, so that no call, field or operator follows. */
function endsWithBracket(text: string, open: number): boolean {
  return open >= 0 && closingOf(text, open) === text.length - 1
}

/** Offset of the bracket that closes the one at an offset; -1 if there is none. */
function closingOf(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    const character = text[at] ?? ''
    if ('"\'`'.includes(character)) at = Math.max(at, endOfQuote(text, at))
    else if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character) && --depth === 0) return at
  }
  return -1
}
