/**
 * Reads deprecation from attributes and annotations: `@Deprecated("…")`, `[Obsolete("…")]`, `#[deprecated(since = "1",
 * note = "…")]`.
 */

import { packDoc, unpackDoc } from '#generate/analyse/doc-comment.ts'
import { endOfBracket, splitOutside } from '#generate/attributes.ts'

/** Captures the brackets and attributes before one of several: `[Serializable, Obsolete("…")]`. */
const MARK =
  /@(?:java\.lang\.|kotlin\.)?[Dd]eprecated\b|@available\s*\([^()]*\bdeprecated\b|(\[\[?\s*(?:[\w.:]{1,100}(?:\([^()]{0,200}\))?\s*,\s*){0,9})(?:[\w.:]{1,100}[.:])?(?:Obsolete|deprecated)\b|#\[\s*\\?(?:deprecated|Deprecated)\b/
const MAX_CHARS = 1_000

/** Adds a deprecation from modifiers to a declaration's doc; a deprecation in the comment takes precedence. */
export function withDeprecation(doc: string | null, modifiers: string): string | null {
  const mark = MARK.exec(modifiers.slice(0, 4_000))
  if (mark === null) return doc
  const { doc: text, details } = unpackDoc(doc)
  if (details?.deprecated !== undefined && details.deprecated !== '') return doc
  const start = mark.index + (mark[1]?.length ?? 0)
  const deprecated = messageIn(modifiers.slice(start, start + MAX_CHARS))
  return packDoc({ text: text ?? '', details: { ...details, deprecated } })
}

/** The message as Markdown: a named argument, else the first one if it is a string; '' without a message. */
function messageIn(attribute: string): string {
  const [head = '', sign] = /^[@#[\\\s]{0,9}[\w.:]+\s{0,9}([(=])?/.exec(attribute) ?? []
  if (sign === undefined) return ''
  const inside = attribute.slice(head.length, endOfBracket(attribute, sign === '(' ? head.length - 1 : 1) - 1)
  const [first = '', ...others] = sign === '(' ? splitOutside(inside, ',') : [inside]
  for (const argument of [first, ...others]) {
    const message = /^(?:note|message|reason)\s*[=:]\s*(.*)$/s.exec(argument)?.[1]
    if (message !== undefined) return asMarkdown(textOf(message))
  }
  const renamed = others.map((one) => /^renamed\s*:\s*"([^"`]+)"$/.exec(one)?.[1]).find((one) => one !== undefined)
  return renamed === undefined ? asMarkdown(textOf(first)) : `Renamed to \`${renamed}\`.`
}

/** Escapes what Markdown would format, but not in code, where a backslash would be shown. */
const asMarkdown = (text: string): string =>
  text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/`[^`]*`|[<>*_[\]#]/g, (part) => (part.length > 1 ? part : `\\${part}`))

/** The value of a string, or of several joined by `+`; '' if a part is neither a string nor `nameof(…)`. */
function textOf(expression: string): string {
  const texts = splitOutside(expression, '+').map((part) => nameIn(part) ?? stringIn(part))
  return texts.includes(undefined) ? '' : texts.join('')
}

/** `F` in `nameof(A.F)`. */
const nameIn = (part: string): string | undefined => /^nameof\s*\(\s*(?:[\w.]+\.)?(\w+)\s*\)$/.exec(part)?.[1]

/** The value of a string literal: with escapes, or `@"…"`, `r#"…"#` and `"""…"""` without. */
function stringIn(literal: string): string | undefined {
  const [whole, prefix = '', quote = ''] = /^([@$rR#]{0,4})("""|"|')/.exec(literal) ?? []
  if (whole === undefined) return undefined
  const close = literal.lastIndexOf(quote)
  const text = literal.slice(whole.length, close < whole.length ? undefined : close)
  if (prefix.includes('@')) return text.replaceAll('""', '"')
  if (quote === '"""' || /[rR#]/.test(prefix)) return text
  // Adjacent strings of C++ are one.
  const plain = text
    .replace(/(?<!\\)"\s+"/g, '')
    .replace(/\\(?:u(?:\{([\da-fA-F]{1,5})\}|([\da-fA-F]{4}))|([\s\S]))/g, unescaped)
  return prefix.includes('$')
    ? plain.replace(/\{(nameof\([^(){}]*\))\}/g, (_, name: string) => nameIn(name) ?? name)
    : plain
}

function unescaped(_: string, point: string | undefined, unit: string | undefined, character = ''): string {
  const code = point ?? unit
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
  return /[nrt]/.test(character) ? ' ' : character
}
