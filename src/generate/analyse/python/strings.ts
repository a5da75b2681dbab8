/** Reads the values of string literals. */

import type { SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import { K } from './syntax.ts'

const LITERAL = /^([A-Za-z]{0,3})("""|'''|"|')/

const ESCAPE = /\\(\r?\n|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|[\s\S])/g

const SIMPLE = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
])

/** The value of a string or of concatenated strings, of which bytes and f-strings are left out. */
export function stringAt(tree: SyntaxTree, node: number): string | undefined {
  const kind = tree.kind(node)
  if (kind === K.string) return stringValue(tree.textOf(node))
  if (kind !== K.concatenated_string) return undefined
  return tree
    .children(node)
    .map((part) => stringValue(tree.textOf(part)) ?? '')
    .join('')
}

/** The value of a literal as written; `undefined` for bytes, for f-strings and for anything else. */
export function stringValue(literal: string): string | undefined {
  const match = LITERAL.exec(literal)
  if (match === null) return undefined
  const prefix = (match[1] ?? '').toLowerCase()
  const quote = match[2] ?? ''
  if (/[bft]/.test(prefix)) return undefined
  const end = literal.endsWith(quote) && literal.length >= match[0].length + quote.length
  const body = literal.slice(match[0].length, end ? -quote.length : undefined)
  return prefix.includes('r') || !body.includes('\\') ? body : body.replace(ESCAPE, decoded)
}

function decoded(whole: string, code: string): string {
  const simple = SIMPLE.get(code)
  if (simple !== undefined) return simple
  if (code === '\n' || code === '\r\n') return ''
  if (/^[xuU][0-9a-fA-F]/.test(code) && code.length > 1) return character(Number.parseInt(code.slice(1), 16), whole)
  if (/^[0-7]/.test(code)) return character(Number.parseInt(code, 8), whole)
  return whole
}

/** A code point as text; surrogates and invalid numbers stay as written. */
function character(code: number, whole: string): string {
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? whole : String.fromCodePoint(code)
}
