/** Shortens signatures: elides long values and those with multi-line strings. */

import { endOfQuote } from '#base/end-of-quote.ts'
import type { DeclKind } from './facts.ts'
import { FUNCTIONS } from './facts-draft.ts'

const VALUES: ReadonlySet<DeclKind> = new Set<DeclKind>(['field', 'constant', 'variable'])
/** Limits on the characters of a signature, of a signature of a function, and of a value. */
const MAX_SIGNATURE = 500
const MAX_FUNCTION = 2_000
const MAX_VALUE = 80

/** @param hasLines - Whether the declaration contains a multi-line string. */
export function shortSignature(whole: string, kind: DeclKind, hasLines: boolean): string {
  const short = shortened(whole, kind)
  const shown = withoutInnerSpaces(hasLines && VALUES.has(kind) ? withoutValue(short) : short)
  return truncated(shown, FUNCTIONS.has(kind) ? MAX_FUNCTION : MAX_SIGNATURE)
}

function withoutValue(signature: string): string {
  const [head = ''] = /^[^={]*? :?= /.exec(signature) ?? []
  return head === '' ? signature : `${head}…`
}

/** Elides a long value, or only its body. An enum constant has no value, but may have a body. */
function shortened(signature: string, kind: DeclKind): string {
  if (!VALUES.has(kind)) return signature
  const head = /^[^{]*? :?= /.exec(signature)?.[0] ?? ''
  if ((head === '' && kind !== 'constant') || signature.length - head.length <= MAX_VALUE) return signature
  // A function literal that is called is not a function.
  const rest = signature.endsWith('}') ? '' : '…'
  // The type of a function is more useful than its body.
  const [literal = ''] = FUNCTION_LITERAL.exec(signature.slice(head.length)) ?? []
  if (literal !== '' && literal.length <= MAX_FUNCTION_HEAD) return `${head}${literal}{…}${rest}`
  const brace = head === '' ? braceOutsideQuotes(signature) : signature.indexOf('{', head.length)
  const before = signature.slice(head.length, brace)
  if (head === '') return brace < 0 ? signature : `${before}{…}`
  const isBody = brace >= 0 && before.length <= MAX_VALUE && /^[^"'`([]*(?:\([^"'`()]*\)\s*)?$/.test(before)
  return head + (isBody ? `${before}{…}${rest}` : '…')
}

/** The index of the first `{` that is not in a string; -1 if there is none. */
function braceOutsideQuotes(text: string): number {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') return at
    if (/["'`]/.test(text[at] ?? '')) at = Math.max(at, endOfQuote(text, at))
  }
  return -1
}

/** A Go function literal up to its body: `func(err error) interface{} `. */
const FUNCTION_LITERAL = /^func ?\([^"'`()]*\) ?(?:[\w.*[\]]+(?:\{\})? ?|\([^"'`()]*\) ?)?(?=\{)/
const MAX_FUNCTION_HEAD = 120

/** Removes spaces inside parentheses that were on lines of their own, unless something is quoted. */
function withoutInnerSpaces(signature: string): string {
  // A single quote before the first `=` belongs to a lifetime of Rust.
  const equals = signature.indexOf('=')
  const isQuoted = /["`]/.test(signature) || (equals >= 0 && signature.includes("'", equals))
  return isQuoted ? signature : signature.replace(/\( /g, '(').replace(/,? \)/g, ')')
}

function truncated(signature: string, max: number): string {
  return signature.length <= max ? signature : `${signature.slice(0, max - 1)}…`
}
