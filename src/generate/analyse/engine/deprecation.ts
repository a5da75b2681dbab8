/**
 * Reads deprecation from attributes and annotations: `@Deprecated("…")`, `[Obsolete("…")]`, `#[deprecated(since = "1",
 * note = "…")]`.
 */

import { packDoc, unpackDoc } from '#generate/analyse/doc-comment.ts'

const MARK =
  /(?:@(?:java\.lang\.|kotlin\.)?[Dd]eprecated\b|@available\s*\([^()]*\bdeprecated\b|\[\[?\s*(?:[\w.]+\.)?(?:Obsolete|deprecated)\b|#\[\s*\\?(?:deprecated|Deprecated)\b)/
const MAX_CHARS = 400

/** Adds a deprecation from modifiers to a declaration's doc; a deprecation in the comment takes precedence. */
export function withDeprecation(doc: string | null, modifiers: string): string | null {
  const mark = MARK.exec(modifiers.slice(0, 4_000))
  if (mark === null) return doc
  const { doc: text, details } = unpackDoc(doc)
  if (details?.deprecated !== undefined && details.deprecated !== '') return doc
  return packDoc({ text: text ?? '', details: { ...details, deprecated: messageIn(modifiers.slice(mark.index)) } })
}

/** The note, or the first string, with Markdown escaped. */
function messageIn(attribute: string): string {
  const inside = argumentsOf(attribute.slice(0, MAX_CHARS))
  const named = /\b(?:note|message|reason) ?[=:] ?"/.exec(inside)
  const start =
    named === null ? (/^\( ?since\b/.test(inside) ? -1 : inside.indexOf('"')) : named.index + named[0].length - 1
  return start < 0 ? '' : textAt(inside, start).replace(/[<>*_[\]#]/g, '\\$&')
}

/** The string that is opened at a position. */
function textAt(text: string, start: number): string {
  let value = ''
  for (let at = start + 1; at < text.length && text[at] !== '"'; at++) {
    if (text[at] === '\\') at++
    value += text[at] ?? ''
  }
  return value
}

/** The arguments of an attribute, if any. */
function argumentsOf(attribute: string): string {
  const open = attribute.indexOf('(')
  if (open < 0 || /[\]\s]/.test(attribute.slice(0, open).replace(/^#?\[+\s*/, ''))) return ''
  let depth = 0
  for (let at = open; at < attribute.length; at++) {
    if (attribute[at] === '(') depth++
    else if (attribute[at] === ')' && --depth === 0) return attribute.slice(open, at + 1)
  }
  return attribute.slice(open)
}
