/** Converts the inline tags and the HTML of Javadoc and its relatives to Markdown. */

import { isElement } from '#generate/analyse/doc-markup.ts'
import { withoutMargin } from '#generate/formats/indentation.ts'
import { outsideFences } from '#markdown/fences.ts'
import { symbolLink } from '#markdown/symbol-links.ts'
import { htmlTable } from './html-tables.ts'

const HTML = /<(?:p|li|ul|ol|h\d|table)\b/i
/** Preformatted text and tables, which become blocks of their own. */
const BLOCK = /<pre\b[^<>]*>((?:(?!<pre\b)[\s\S])*?)<\/pre>|<table\b[^<>]*>((?:(?!<table\b)[\s\S])*?)<\/table>/gi
/** `{@literal x}` in code. */
const LITERAL = /\{@(?:code|literal)\s([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g
/** Matches preformatted text, literal text, code, and elements whose content is not text. */
const VERBATIM = new RegExp(
  [
    String.raw`<pre\b[^<>]*>(?:(?!<pre\b)[\s\S])*?<\/pre>`,
    LITERAL.source,
    String.raw`<(code|tt)>((?:(?!<\/?(?:code|tt|pre|p|td|tr)\b)[^${'`'}]){0,2000})<\/\2>`,
    String.raw`<(style|script)\b[^<>]*>(?:(?!<(?:style|script)\b)[\s\S])*?<\/\4>`,
  ].join('|'),
  'gi',
)

/** Matches code, in which Markdown does not drop backslashes. */
const CODE = new RegExp(`${VERBATIM.source}|\`+[^\`\\n]*\`+`, 'gi')

/** Escapes the backslashes that Markdown would drop, outside code. */
export function withBackslashes(text: string): string {
  const doubled = (part: string): string => part.replace(/\\(?=[\n!-/:-@[-`{-~])/g, '\\\\')
  let out = ''
  let from = 0
  for (const match of text.matchAll(CODE)) {
    out += doubled(text.slice(from, match.index)) + match[0]
    from = match.index + match[0].length
  }
  return out + doubled(text.slice(from))
}

/** The target of a link with its label. */
export function reference(target: string, label: string | undefined): string {
  const plain = target.replace(/^#/, '')
  return label === undefined && plain === target ? `\`${plain}\`` : symbolLink(target, label ?? plain)
}

/** Converts inline tags and HTML; preformatted text becomes a code block, a table a Markdown table. */
export function paragraphs(source: string): string {
  const text = source.replace(
    VERBATIM,
    (whole: string, literal?: string, element?: string, code?: string, unseen?: string) => {
      if (literal !== undefined) return span(escaped(literal))
      if (element !== undefined) return codeElement(code ?? '')
      return unseen === undefined ? whole : ''
    },
  )
  let out = ''
  let from = 0
  for (const match of text.matchAll(BLOCK)) {
    const [whole, code, rows = ''] = match
    const block = code === undefined ? htmlTable(rows, inline) : `\`\`\`\n${preformatted(code)}\n\`\`\``
    out += `${inline(text.slice(from, match.index))}\n\n${block}\n\n`
    from = match.index + whole.length
  }
  return out + inline(text.slice(from))
}

function preformatted(text: string): string {
  const literal = /^\s*\{@code\s?([\s\S]*)\}\s*$/.exec(text)?.[1]
  const plain = (): string =>
    entities(text.replace(/<\/?(\w{1,60})(?:\s[^<>]{0,1000})?>/g, (tag, name: string) => (isElement(name) ? '' : tag)))
  return withoutMargin((literal ?? plain().replace(LITERAL, '$1')).trimEnd().replace(/^\n+/, '').split('\n'))
    .join('\n')
    .replace(/^`{3,}/gm, '``')
}

const span = (code: string): string => `\`${code.replace(/\s+/g, ' ').replace(/`/g, "'").trim()}\``

/** Escapes text for `entities`, which restores it. */
export const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** `<code>`, whose links are links and whose other markup is dropped. */
function codeElement(code: string): string {
  if (/\{@(?!literal|code)/.test(code)) return code
  const plain = code.replace(LITERAL, (_, literal: string) => escaped(literal))
  const text = plain.replace(/<\/?(\w{1,60})(?:\s[^<>]{0,1000})?>/g, (tag, name: string) =>
    isElement(name) ? '' : tag,
  )
  return text.trim() === '' ? '' : span(text)
}

/** Markdown for emphasis, whose markers must not be followed by a space. */
function emphasis(sign: string, words: string): string {
  const inside = words.trim()
  return inside === '' ? words : words.replace(inside, () => `${sign}${inside}${sign}`)
}

/** Inline tags, and the HTML that is common in such comments, outside of fenced code. */
const inline = (text: string): string => (/```|~~~/.test(text) ? outsideFences(text, inlineOfText) : inlineOfText(text))

function inlineOfText(text: string): string {
  // Indentation means nothing in HTML, but may mean code in Markdown.
  const plain = HTML.test(text) ? text.replace(/^[ \t]+/gm, '') : text
  const html = plain
    .replace(
      /\{@(?:link(?:plain)?|see|value)\s+([^\s{}(]+(?:\([^){}]*\))?)(?:\s([^{}]*))?\}/g,
      (_, target: string, label?: string) => reference(target, label?.trimStart()),
    )
    .replace(/\{@(?:inheritDoc|docRoot)\}/g, '')
    .replace(/<p\s*\/?>/gi, '\n\n')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<(b|strong)>([^<]*)<\/\1>/gi, (_, __, words: string) => emphasis('**', words))
    .replace(/<(i|em)>([^<]*)<\/\1>/gi, (_, __, words: string) => emphasis('*', words))
    .replace(/<h(\d)\b[^<>]*>([^<]*)<\/h\1>/gi, (all, _, title: string) =>
      title.trim() === '' ? all : `\n\n**${title.trim()}**\n\n`,
    )
    .replace(/<li>\s*/gi, '\n- ')
    .replace(/<\/?(?:p|ul|ol|li|pre|div|h\d|dl|dt|dd|table|tr|td|th|tbody)(?:\s[^<>]*)?>/gi, '')
    .replace(/<a\s[^<>]*>([^<]*)<\/a>/gi, '$1')
  return html.replace(/`+[^`]*`+|[^`]+/g, (part) =>
    part.startsWith('`') ? entities(part) : entities(part.replace(/&lt;(?=[A-Za-z/!])/g, '\\<')),
  )
}

export function entities(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#(?:x40|0{0,9}64);/g, '@')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
}
