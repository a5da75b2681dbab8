/** Parses inline AsciiDoc. An unclosed mark is searched for only once: linear time. */

import type { PhrasingContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { REFERENCE } from '#generate/guides/link-targets.ts'
import { BARE } from '#generate/guides/resolve.ts'

export interface AsciidocContext {
  /** By name in lower case. */
  attributes: ReadonlyMap<string, string>
  /** How many more characters attributes may add to the document. */
  charactersLeft: number
}

const MACRO = /^(link|xref|mailto|image|kbd|btn|menu|footnote|icon|pass):([^\s[\]]{0,400})\[([^\]\n]{0,400})\]/
const URL_START = /^https?:\/\/[^\s<>[\]"'`]{1,500}/
/** The first characters of marks, references, URLs and macros. */
const MARKUP = /[<*_`a-z]/
const WORD = /[\p{L}\p{N}]{1,100}|\\?[\s\S]/uy
const MARKS: Readonly<Record<string, 'strong' | 'emphasis' | 'code'>> = { '*': 'strong', _: 'emphasis', '`': 'code' }

export function asciidocInline(source: string, context: AsciidocContext): PhrasingContent[] {
  const text = withAttributes(
    source
      .split('\n')
      .map((line) => line.trim())
      .join(' '),
    context,
  )
  const nodes: PhrasingContent[] = []
  const open = new Set<string>()
  let plain = ''
  const flush = (): void => {
    if (plain !== '') nodes.push({ type: 'text', value: plain })
    plain = ''
  }
  for (let at = 0; at < text.length; ) {
    const found = MARKUP.test(text[at] ?? '') ? nodeAt(text, at, open) : undefined
    if (found === undefined) {
      WORD.lastIndex = at
      const word = WORD.exec(text)?.[0] ?? text[at] ?? ''
      plain += word.length > 1 && word.startsWith('\\') ? word.slice(1) : word
      at += word.length
    } else {
      flush()
      append(nodes, found.nodes)
      at = found.end
    }
  }
  flush()
  for (const node of nodes) replaceNames(node)
  return nodes
}

/** Replaces names of characters, after marks were parsed: the asterisk of `{asterisk}` is not a mark. */
function replaceNames(node: PhrasingContent): void {
  if ('url' in node) node.url = withCharacters(node.url)
  if ('value' in node) node.value = withCharacters(node.value)
  if ('children' in node) for (const child of node.children) replaceNames(child)
}

const withCharacters = (text: string): string =>
  text.replace(/\{([\w-]{1,20})\}/g, (whole, name: string) => characterNamed(name) ?? whole)

const characterNamed = (name: string): string | undefined =>
  Object.hasOwn(CHARACTERS, name) ? CHARACTERS[name] : undefined

/** Replaces known attributes, without nesting, so that none can grow by naming others. */
export function withValues(text: string, context: AsciidocContext): string {
  return text.replace(/\{([\w-]{1,60})\}/g, (whole, name: string) => {
    const value = context.attributes.get(name.toLowerCase())
    if (value === undefined || value.length > context.charactersLeft) return whole
    context.charactersLeft -= value.length
    return value
  })
}

/** The same; if a URL is defined elsewhere, only its link text is kept. */
const withAttributes = (text: string, context: AsciidocContext): string =>
  withValues(text, context).replace(/\{([\w-]{1,60})\}\[([^\]\n]{1,200})\]/g, (whole, name: string, words: string) =>
    characterNamed(name) === undefined ? words : whole,
  )

/** https://docs.asciidoctor.org/asciidoc/latest/attributes/character-replacement-ref/ */
const CHARACTERS: Readonly<Record<string, string>> = {
  blank: '',
  empty: '',
  sp: ' ',
  nbsp: ' ',
  zwsp: '',
  wj: '',
  apos: "'",
  quot: '"',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  deg: '°',
  plus: '+',
  brvbar: '¦',
  vbar: '|',
  amp: '&',
  lt: '<',
  gt: '>',
  startsb: '[',
  endsb: ']',
  caret: '^',
  asterisk: '*',
  tilde: '~',
  backslash: '\\',
  backtick: '`',
  'two-colons': '::',
  'two-semicolons': ';;',
  cpp: 'C++',
  cxx: 'C++',
  pp: '++',
}

const textNode = (value: string): PhrasingContent => ({ type: 'text', value })

function nodeAt(text: string, at: number, open: Set<string>): { nodes: PhrasingContent[]; end: number } | undefined {
  const character = text[at] ?? ''
  const before = text[at - 1] ?? ' '
  if (character === '<' && text.startsWith('<<', at)) {
    const [whole, target = '', words] = /^<<([^<>,]{1,200})(?:,([^<>]{0,300}))?>>/.exec(text.slice(at, at + 520)) ?? []
    if (whole === undefined) return undefined
    const url = target.includes('.adoc') ? target.trim() : REFERENCE + target.trim().replace(/^#/, '')
    return {
      nodes: [{ type: 'link', url, children: [textNode(words?.trim() || BARE + target)] }],
      end: at + whole.length,
    }
  }
  const mark = Object.hasOwn(MARKS, character) ? MARKS[character] : undefined
  if (mark !== undefined) {
    const width = text[at + 1] === character ? 2 : 1
    const token = character.repeat(width)
    if (/\s/.test(text[at + width] ?? ' ') || (width === 1 && /[\p{L}\p{N}]/u.test(before)) || open.has(token))
      return undefined
    let end = text.indexOf(token, at + width + 1)
    while (end >= 0 && (/\s/.test(text[end - 1] ?? ' ') || (width === 1 && /[\p{L}\p{N}]/u.test(text[end + 1] ?? ' '))))
      end = text.indexOf(token, end + 1)
    if (end < 0) {
      open.add(token)
      return undefined
    }
    const words = text.slice(at + width, end)
    const node: PhrasingContent =
      mark === 'code'
        ? { type: 'inlineCode', value: words.replace(/^\+|\+$/g, '') }
        : { type: mark, children: [textNode(words.replace(/[`*_]/g, ''))] }
    return { nodes: [node], end: end + width }
  }
  if (!/[a-z]/.test(character) || /[\p{L}\p{N}]/u.test(before)) return undefined
  const url = character === 'h' ? URL_START.exec(text.slice(at, at + 520))?.[0] : undefined
  if (url !== undefined) {
    const words = /^\[([^\]\n]{0,400})\]/.exec(text.slice(at + url.length, at + url.length + 420))
    const target = words === null ? url.replace(/(?<![.,;:!?)])[.,;:!?)]+$/, '') : url
    const shown = words?.[1]?.replace(/,\s*\w+=[\s\S]*$|\^$/g, '') || target
    return {
      nodes: [{ type: 'link', url: target, children: [textNode(shown)] }],
      end: at + target.length + (words?.[0].length ?? 0),
    }
  }
  const [whole, kind = '', target = '', words = ''] = MACRO.exec(text.slice(at, at + 820)) ?? []
  if (whole === undefined) return undefined
  return { nodes: macro(kind, target, words), end: at + whole.length }
}

function macro(kind: string, target: string, words: string): PhrasingContent[] {
  const plain = words.replace(/,\s*\w+=[\s\S]*$|\^$/g, '').replace(/`/g, '')
  switch (kind) {
    case 'link':
      return [{ type: 'link', url: target, children: [textNode(plain || target)] }]
    case 'mailto':
      return [{ type: 'link', url: `mailto:${target}`, children: [textNode(plain || target)] }]
    case 'xref': {
      const path = target.replace(/^(?:[\w.-]*[@:]){0,3}/, '')
      const url = path.includes('.adoc') ? path : REFERENCE + path.replace(/^#/, '')
      return [{ type: 'link', url, children: [textNode(plain || BARE + path.replace(/\.adoc[\s\S]*$/, ''))] }]
    }
    case 'image':
      return [{ type: 'image', url: target, alt: plain.split(',')[0] ?? '' }]
    case 'kbd':
    case 'btn':
      return [{ type: 'inlineCode', value: words }]
    case 'menu':
      return [
        { type: 'strong', children: [textNode([target, ...words.split('>')].map((part) => part.trim()).join(' → '))] },
      ]
    case 'footnote':
      return [textNode(` (${plain})`)]
    case 'pass':
      return [textNode(words)]
    default:
      return []
  }
}
