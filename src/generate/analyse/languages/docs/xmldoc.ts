/** Converts C#'s doc comments, which are XML, to Markdown. */

import { type DocComment, DocParts } from '#generate/analyse/doc-comment.ts'
import { withoutMargin } from '#generate/formats/indentation.ts'
import { symbolLink } from '#markdown/symbol-links.ts'
import { entities, escaped } from './javadoc-markup.ts'

/** Start tags of elements, with the tag and the name that it refers to. */
const BLOCK = /<(summary|remarks|returns|value|example)(?:\s[^<>]*)?>/g
const LISTED = /<(param|typeparam|exception)\s+(?:name|cref)\s*=\s*["']([^"'<]*)["'][^<>]*>/g
/** Text without markup. */
const CDATA = /<!\[CDATA\[((?:(?!<!\[CDATA\[)[\s\S])*?)\]\]>/g
const SEE_ALSO = /<seealso\s+cref\s*=\s*["']([^"'<]*)["'][^<>]*\/>/g

/** Limit on the characters from `<example>` to its text, most of them spaces. */
const MAX_BEFORE = 200

/** A CDATA section of several lines at the start of an `<example>` is code. */
const plainText = (_: string, words: string, at: number, all: string): string =>
  words.trim().includes('\n') &&
  all
    .slice(Math.max(0, at - MAX_BEFORE), at)
    .trimEnd()
    .endsWith('<example>')
    ? `<code>${escaped(words)}</code>`
    : escaped(words)

/** `null` for comments that are not documentation. */
export function xmldoc(comments: readonly string[]): DocComment | null {
  const text = docText(comments)?.replace(CDATA, plainText) ?? null
  if (text === null) return null
  const parts = new DocParts()
  const prose: string[] = []
  let isFound = false
  for (const { tag, body } of elementsOf(text, BLOCK)) {
    isFound = true
    const words = inline(body)
    if (tag === 'returns' || tag === 'value') {
      if (words !== '') parts.add('returns', { text: words })
    } else if (tag === 'example')
      parts.addText('examples', isBareCode(body) ? `\`\`\`csharp\n${bareCode(body)}\n\`\`\`` : words)
    else if (words !== '') prose.push(words)
  }
  for (const { tag, name, body } of elementsOf(text, LISTED)) {
    isFound = true
    const list = tag === 'param' ? 'parameters' : tag === 'typeparam' ? 'typeParameters' : 'raises'
    parts.add(list, { name: entities(plainCref(name)), text: inline(body) })
  }
  for (const [, name = ''] of text.matchAll(SEE_ALSO)) {
    const shown = entities(plainCref(name))
    parts.addText('see', name.includes('.') ? symbolLink(name, shown) : `\`${shown}\``)
  }
  if (!isFound && prose.length === 0) return /<inheritdoc/.test(text) ? null : { text: inline(text), details: {} }
  return { text: prose.join('\n\n'), details: parts.details }
}

/** Whether an example is code without a `<code>` tag: each line ends like code. */
function isBareCode(body: string): boolean {
  const lines = body.split('\n').filter((line) => line.trim() !== '')
  return (
    lines.length > 0 &&
    !/<\w/.test(body) &&
    !body.includes('```') &&
    lines.every((line) => /[;{}(,]\s*$|^\s*\/\//.test(line))
  )
}

function bareCode(body: string): string {
  const lines = body.split('\n').map((line) => line.trimEnd())
  const from = lines.findIndex((line) => line !== '')
  const to = lines.findLastIndex((line) => line !== '')
  return entities(withoutMargin(lines.slice(Math.max(0, from), to + 1)).join('\n'))
}

/** Elements, each up to the first end tag of its kind; elements inside another are not yielded. */
function* elementsOf(text: string, opening: RegExp): Iterable<{ tag: string; name: string; body: string }> {
  const unclosed = new Set<string>()
  let from = 0
  for (const { 0: all, 1: tag = '', 2: name = '', index } of text.matchAll(opening)) {
    if (index < from || unclosed.has(tag) || all.endsWith('/>')) continue
    const start = index + all.length
    const end = text.indexOf(`</${tag}>`, start)
    if (end < 0) unclosed.add(tag)
    else {
      yield { tag, name, body: text.slice(start, end) }
      from = end
    }
  }
}

function docText(comments: readonly string[]): string | null {
  const own = comments.slice(0, comments.findLastIndex((one) => /^\/(?:\/\/(?!\/)|\*\*(?!\/))/.test(one)) + 1)
  // Ordinary comments may follow the doc comment.
  const last = own.at(-1)
  if (last === undefined) return null
  if (last.startsWith('/**') && last !== '/**/') {
    return last
      .slice(3, -2)
      .split('\n')
      .map((line) => line.replace(/^\s*\* ?/, ''))
      .join('\n')
  }
  const lines: string[] = []
  for (let i = own.length - 1; i >= 0; i--) {
    const line = own[i] ?? ''
    if (!/^\/\/\/(?!\/)/.test(line)) break
    lines.unshift(line.replace(/^(?:\/\/\/ ?)+/, ''))
  }
  return lines.length === 0 ? null : lines.join('\n')
}

function inline(text: string): string {
  return text
    .replace(/<code(?:\s[^<>]*)?>((?:(?!<code[\s>])[\s\S])*?)<\/code>/g, (_, code: string) =>
      code.includes('\n') ? `\n\n\`\`\`\n${code.trimEnd().replace(/^\n+/, '')}\n\`\`\`\n\n` : `\`${code.trim()}\``,
    )
    .replace(/<c>((?:(?!<c>)[\s\S])*?)<\/c>/g, (_, code: string) => `\`${code.trim()}\``)
    .replace(/<(?:see|seealso)\s+(?:cref|langword)\s*=\s*["']([^"'<]*)["'][^<>]*\/>/g, (_, name: string) =>
      name.includes('.') ? symbolLink(name, plainCref(name)) : `\`${plainCref(name)}\``,
    )
    .replace(
      /<(?:see|seealso)\s+cref\s*=\s*["']([^"'<]*)["'][^<>/]*>([^<]*)<\/(?:see|seealso)>/g,
      (_, name: string, words: string) => symbolLink(name, words.trim() || plainCref(name)),
    )
    .replace(/<(?:see|seealso)\s+href\s*=\s*(?:"[^"<]*"|'[^'<]*')\s*>([^<]*)<\/(?:see|seealso)>/g, '$1')
    .replace(/<(?:see|seealso)\s+href\s*=\s*["']([^"'<>]*)["']\s*\/>/g, '$1')
    .replace(/<\/term>\s*<description>/g, ': ')
    .replace(/<(?:param|typeparam)ref\s+name\s*=\s*["']([^"'<]*)["']\s*\/>/g, '`$1`')
    .replace(/<item>\s*/g, '\n- ')
    .replace(/<para\s*\/?>|<br\s*\/?>/g, '\n\n')
    .replace(/<b>([^<]*)<\/b>/g, '**$1**')
    .replace(/<i>([^<]*)<\/i>/g, '*$1*')
    .replace(/<\/?[a-zA-Z][^<>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp);/g, entities)
    .replace(/(?<![ \t])[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** `T:A.B.C{D}` becomes `A.B.C<D>`. */
function plainCref(name: string): string {
  return name
    .replace(/^[A-Z]:/, '')
    .replace(/\{/g, '&lt;')
    .replace(/\}/g, '&gt;')
    .replace(/`/g, '')
}
