/**
 * Extracts the visible lines and links from an HTML block in Markdown, such as the centred header of a README. Not a sanitiser:
 * the result is plain text, and callers must check URLs.
 */

import { decodeString } from 'micromark-util-decode-string'
import { textOfHtml } from './html-text.ts'

/** The text between the tags of block elements. */
export interface HtmlLine {
  /** 1 to 6 for a heading, otherwise `null`. */
  depth: number | null
  spans: HtmlSpan[]
}

export interface HtmlSpan {
  words: string
  /** The URL of the link around the text. */
  url: string | null
  isCode: boolean
  /** An image at this place, with its alternative text. */
  image?: { url: string; alt: string }
}

/** Invisible elements, from the last opening tag of the same name. Elements without a closing tag are not matched. */
const UNSEEN = /<(script|style)(?=[\s/>])(?:(?!<\1[\s/>])[\s\S])*?<\/\1\s*>/gi
const TAG = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-zA-Z][a-zA-Z0-9]*)([\s/](?:"[^"<]*"|'[^'<]*'|[^<>"'])*)?>/g
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi
const ADDRESS = attribute('href')
const SOURCE = attribute('src')
const WORDS = attribute('alt')
/** Elements that end the line before them. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 ' +
    'h3 h4 h5 h6 head header hr html legend li main menu nav ol optgroup option p pre search section summary table tbody td tfoot th ' +
    'thead title tr ul'
  ).split(' '),
)

function attribute(name: string): RegExp {
  return new RegExp(String.raw`(?:^|\s)${name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`, 'i')
}

/** Lines with words, in order. Input of at most a few KB. */
export function linesOfHtml(source: string): HtmlLine[] {
  const html = source.replace(UNSEEN, '')
  const lines: HtmlLine[] = [{ depth: null, spans: [] }]
  let url: string | null = null
  let isCode = false
  let from = 0
  const add = (to: number): void => {
    // Anything that only looks like a tag is text.
    const words = textOfHtml(html.slice(from, to)).replace(REFERENCE, decodeString)
    if (words !== '') lines.at(-1)?.spans.push({ words, url, isCode })
  }
  for (const { 0: tag, 1: slash = '', 2: element = '', 3: rest = '', index } of html.matchAll(TAG)) {
    const name = element.toLowerCase()
    if (!BLOCKS.has(name) && name !== 'a' && name !== 'code' && name !== 'img') continue
    add(index)
    from = index + tag.length
    if (name === 'img') {
      const image = { url: attributeIn(SOURCE, rest), alt: attributeIn(WORDS, rest) ?? '' }
      if (image.url !== null) lines.at(-1)?.spans.push({ words: '', url, isCode, image: { ...image, url: image.url } })
    } else if (name === 'a') url = slash === '' ? attributeIn(ADDRESS, rest) : null
    else if (name === 'code') isCode = slash === ''
    else lines.push({ depth: slash === '' && /^h[1-6]$/.test(name) ? Number(name.slice(1)) : null, spans: [] })
  }
  add(html.length)
  return lines.filter(({ spans }) => spans.some(({ words, image }) => words.trim() !== '' || image !== undefined))
}

function attributeIn(pattern: RegExp, attributes: string): string | null {
  const [, double, single, bare] = pattern.exec(attributes) ?? []
  const found = double ?? single ?? bare
  return found === undefined ? null : found.replace(REFERENCE, decodeString).trim()
}
