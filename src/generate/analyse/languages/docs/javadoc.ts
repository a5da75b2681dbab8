/** Doc comments of the form that Javadoc, KDoc, Scaladoc, PHPDoc and Doxygen share, as Markdown. */

import { symbolLink } from '#markdown/symbol-links.ts'

/** A tag at the start of a line, and all up to the next one. */
const TAG = /^[@\\](\w+)[ \t]*((?:(?!\n[@\\]\w)[\s\S])*)/
const HTML = /<(?:p|li|ul|ol|h\d|table)\b/i
const PREFORMATTED = /<pre\b[^<>]*>((?:(?!<pre\b)[\s\S])*?)<\/pre>/gi

/** Only the last of several comments documents; `null` for one that does not begin as a doc comment does. */
export function javadoc(comments: readonly string[]): string | null {
  const last = comments.at(-1)
  return last?.startsWith('/**') === true && last !== '/**/' ? javadocText(last) : null
}

/** The text of one `/** … *\/` comment. */
export function javadocText(comment: string): string {
  const text = comment
    .slice(0, 40_000)
    .replace(/^\/\*[*!]?/, '')
    .replace(/(?<!\*)\*+\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*(?!\/) ?/, '').trimEnd())
    .map((line) => line.replace(/^ {1,3}(?=\S)/, ''))
    .join('\n')
    .trim()
  const firstTag = text.search(/^[@\\](?!brief\b)\w/m)
  const body = firstTag < 0 ? text : text.slice(0, firstTag)
  const tags: string[] = []
  for (let rest = firstTag < 0 ? '' : text.slice(firstTag); rest !== ''; ) {
    const [all = rest, name = '', words = ''] = TAG.exec(rest) ?? []
    tags.push(tagLine(name, words.trim()))
    rest = rest.slice(Math.max(1, all.length)).trimStart()
    if (!/^[@\\]/.test(rest)) break
  }
  return `${paragraphs(body.replace(/^[@\\]brief\s+/m, ''))}\n\n${tags.join('\n')}`.replace(/\n{3,}/g, '\n\n').trim()
}

function tagLine(name: string, text: string): string {
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? []
  const code = `\`${word.replace(/`/g, '')}\``
  switch (name) {
    case 'param':
    case 'tparam':
      return `- ${code}${rest === '' ? '' : `: ${item(rest)}`}`
    case 'return':
    case 'returns':
      return `- Returns: ${item(text)}`
    case 'throws':
    case 'exception':
      return `- Throws ${code}${rest === '' ? '' : `: ${item(rest)}`}`
    case 'see':
    case 'sa':
      return `- See: ${seen(text)}`
    default:
      return `- ${name[0]?.toUpperCase() ?? ''}${name.slice(1)}${text === '' ? '' : `: ${item(text)}`}`
  }
}

/** What `@see` names, with its label; words of other kinds stay. */
function seen(text: string): string {
  const [, target = '', label] = /^([\w.$:#\\]+(?:\([^()]*\))?)(?:\s+([^\s@][\s\S]*))?$/.exec(text) ?? []
  const isName = target !== '' && (label === undefined || /[#(]|::|\w\.\w/.test(target))
  return isName ? reference(target, label) : item(text)
}

function reference(target: string, label: string | undefined): string {
  const plain = target.replace(/^#/, '')
  return label === undefined && plain === target ? `\`${plain}\`` : symbolLink(target, label ?? plain)
}

/** The text of a list item: what follows its first line is set in. */
function item(text: string): string {
  return paragraphs(text).replace(/\n(?=[^\n])/g, '\n  ')
}

/** Text with inline tags; what is preformatted becomes a block of code. */
function paragraphs(text: string): string {
  let out = ''
  let from = 0
  for (const match of text.matchAll(PREFORMATTED)) {
    out += `${inline(text.slice(from, match.index))}\n\n\`\`\`\n${preformatted(match[1] ?? '')}\n\`\`\`\n\n`
    from = match.index + match[0].length
  }
  return out + inline(text.slice(from))
}

function preformatted(text: string): string {
  const literal = /^\s*\{@code\s?([\s\S]*)\}\s*$/.exec(text)?.[1]
  return (literal ?? entities(text.replace(/<\/?\w+(?:\s[^>]{0,1000})?>/g, '')))
    .trimEnd()
    .replace(/^\n+/, '')
    .replace(/^`{3,}/gm, '``')
}

/** Inline tags and the HTML that is common in such comments. */
function inline(text: string): string {
  const flat = (code: string): string => code.replace(/\s+/g, ' ').replace(/`/g, "'").trim()
  // To HTML the beginning of a line says nothing; to Markdown it may be code.
  const plain = HTML.test(text) ? text.replace(/^[ \t]+/gm, '') : text
  const html = plain
    .replace(/\{@(?:code|literal)\s([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g, (_, code: string) => `\`${flat(code)}\``)
    .replace(
      /\{@(?:link(?:plain)?|see)\s+([^\s{}(]+(?:\([^){}]*\))?)(?:\s([^{}]*))?\}/g,
      (_, target: string, label?: string) => reference(target, label?.trimStart()),
    )
    .replace(/\{@(?:inheritDoc|docRoot)\}/g, '')
    .replace(/<p\s*\/?>/gi, '\n\n')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<(code|tt)>([^<`]*)<\/\1>/gi, (_, __, code: string) => `\`${flat(code)}\``)
    .replace(/<(b|strong)>([^<]*)<\/\1>/gi, '**$2**')
    .replace(/<(i|em)>([^<]*)<\/\1>/gi, '*$2*')
    .replace(/<h(\d)\b[^<>]*>([^<]*)<\/h\1>/gi, (all, _, title: string) =>
      title.trim() === '' ? all : `\n\n**${title.trim()}**\n\n`,
    )
    .replace(/<li>\s*/gi, '\n- ')
    .replace(/<\/?(?:p|ul|ol|li|pre|div|h\d|dl|dt|dd|table|tr|td|th|tbody)(?:\s[^<>]*)?>/gi, '')
    .replace(/<a\s[^<>]*>([^<]*)<\/a>/gi, '$1')
  return entities(html)
}

function entities(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#(?:x40|64);/g, '@')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
}
