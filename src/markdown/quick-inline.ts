/**
 * Parses the text of a paragraph, a heading or a table cell if it contains nothing but plain text, escapes, inline code, simple links,
 * and emphasis that is not nested. See `quick-blocks.ts`. Takes linear time.
 */

import type { Link, PhrasingContent } from 'mdast'

/** The state of the parser. */
interface Reader {
  text: string
  at: number
  inTable: boolean
}

/** White space that the general parser removes, and line breaks. */
const SPACED = /[ \\]\n|\n |^ | $|\t/
/** Text outside links that the general parser may turn into a link. */
const LINKED = /:\/\/|www\.|mailto:|xmpp:|@[\w-]*\./i
const SPECIAL = /[\\`[\]*_~<&!]/g

/** @returns `undefined` for text that the general parser has to parse. */
export function quickInline(text: string, inTable = false): PhrasingContent[] | undefined {
  return SPACED.test(text) ? undefined : phrasing({ text, at: 0, inTable }, text.length, true)
}

/** The nodes up to `end`, where `at` is afterwards. */
function phrasing(reader: Reader, end: number, mayLink: boolean): PhrasingContent[] | undefined {
  const { text } = reader
  const nodes: PhrasingContent[] = []
  let plain = ''
  let isPlain = true
  const push = (added?: PhrasingContent): void => {
    if (plain !== '') nodes.push({ type: 'text', value: plain })
    isPlain &&= !mayLink || !LINKED.test(plain)
    plain = ''
    if (added !== undefined) nodes.push(added)
  }
  while (reader.at < end) {
    const { at } = reader
    SPECIAL.lastIndex = at
    const found = SPECIAL.exec(text)?.index ?? end
    const next = Math.min(found, end)
    plain += text.slice(at, next)
    reader.at = next
    if (next === end) break
    const char = text[next] ?? ''
    const after = text[next + 1] ?? ''
    if (char === '\\') {
      const isEscape = next + 1 < end && PUNCTUATION.test(after)
      plain += isEscape ? after : char
      reader.at += isEscape ? 2 : 1
    } else if (char === '`') {
      const node = code(reader, end)
      if (node === undefined) return undefined
      push(node)
    } else if (char === '[') {
      const node = mayLink ? link(reader, end) : undefined
      if (node === undefined) return undefined
      push(node)
    } else if ((char === '!' && after === '[') || isMarkup(char, after)) return undefined
    else if (char === '*' || char === '_') {
      const length = runAt(text, next)
      if (isLiteral(text, next, length)) {
        plain += char.repeat(length)
        reader.at += length
        continue
      }
      const node = attention(reader, end, length, mayLink)
      if (node === undefined) return undefined
      push(node)
    } else {
      plain += char
      reader.at += 1
    }
  }
  push()
  return isPlain ? nodes : undefined
}

/** Tags, URLs in brackets, character references, deleted text. */
function isMarkup(char: string, after: string): boolean {
  if (char === '<') return /[A-Za-z/!?]/.test(after)
  if (char === '&') return /[A-Za-z0-9#]/.test(after)
  return char === '~' && after === '~'
}

const PUNCTUATION = /[!-/:-@[-`{-~]/
const ALPHANUMERIC = /[A-Za-z0-9]/

/** The length of the run of equal characters. */
function runAt(text: string, at: number): number {
  let end = at + 1
  while (text[end] === text[at]) end += 1
  return end - at
}

function code(reader: Reader, end: number): PhrasingContent | undefined {
  const { text, at, inTable } = reader
  const length = runAt(text, at)
  for (let close = text.indexOf('`', at + length); close >= 0 && close < end; ) {
    const found = runAt(text, close)
    if (found === length) {
      reader.at = close + length
      let value = text.slice(at + length, close)
      if (value.includes('\n')) return undefined
      if (/^ .* $/.test(value) && value.trim() !== '') value = value.slice(1, -1)
      return {
        type: 'inlineCode',
        value: inTable ? value.replaceAll(/\\([\\|])/g, (both, one) => (one === '|' ? one : both)) : value,
      }
    }
    close = text.indexOf('`', close + found)
  }
  return undefined
}

/** A link with a plain URL and no title. */
function link(reader: Reader, end: number): Link | undefined {
  const { text, at } = reader
  const close = skipTo(text, at + 1, end, (char) => char === ']' || char === '[')
  if (text[close] !== ']' || text[close + 1] !== '(' || text[at + 1] === '^') return undefined
  URL.lastIndex = close + 2
  const url = URL.exec(text)?.[0]
  if (url === undefined || text[close + 2 + url.length] !== ')') return undefined
  reader.at = at + 1
  const children = phrasing(reader, close, false)
  if (children === undefined) return undefined
  reader.at = close + url.length + 3
  return { type: 'link', title: null, url, children }
}

const URL = /[\w#%./:?=,+~!$*;@-]+/y

/** Strong text or emphasis that ends at the next marker. */
function attention(reader: Reader, end: number, length: number, mayLink: boolean): PhrasingContent | undefined {
  const { text, at } = reader
  const char = text[at] ?? ''
  if (length > 2 || flanking(text, at, length)?.opens !== true) return undefined
  const isMarker = (other: string, index: number): boolean =>
    (other === '*' || other === '_') && !isLiteral(text, index, runAt(text, index))
  const close = skipTo(text, at + length, end, isMarker)
  if (close >= end || text[close] !== char || runAt(text, close) !== length) return undefined
  if (flanking(text, close, length)?.closes !== true) return undefined
  reader.at = at + length
  const children = phrasing(reader, close, mayLink)
  if (children === undefined || children.length === 0) return undefined
  reader.at = close + length
  return { type: length === 2 ? 'strong' : 'emphasis', children }
}

/** The index of the first character that is searched, outside escapes, code and URLs of links; `end` if there is none. */
function skipTo(text: string, from: number, end: number, isFound: (char: string, index: number) => boolean): number {
  let at = from
  while (at < end) {
    const char = text[at] ?? ''
    if (char === '\\') at += 2
    else if (char === '`') {
      const reader = { text, at, inTable: false }
      if (code(reader, end) === undefined) return end
      at = reader.at
    } else if (isFound(char, at)) return at
    else if (char === ']' && text[at + 1] === '(') {
      URL.lastIndex = at + 2
      at += 2 + (URL.exec(text)?.[0].length ?? 0)
    } else if (char === '*' || char === '_') at += runAt(text, at)
    else at += 1
  }
  return end
}

/** Whether a run of markers is text: underscores inside a word, or any with white space on both sides. */
function isLiteral(text: string, at: number, length: number): boolean {
  const [before = ' ', after = ' '] = [text[at - 1], text[at + length]]
  if (/\s/.test(before) && /\s/.test(after)) return /[ \n]/.test(before) && /[ \n]/.test(after)
  return text[at] === '_' && ALPHANUMERIC.test(before) && ALPHANUMERIC.test(after)
}

/** Whether a run of markers can start or end emphasis (CommonMark 6.2); `undefined` among characters other than ASCII. */
function flanking(text: string, at: number, length: number): { opens: boolean; closes: boolean } | undefined {
  const [before = ' ', after = ' '] = [text[at - 1], text[at + length]]
  if (!isAscii(before) || !isAscii(after)) return undefined
  const [isOpen, isClosed] = [PUNCTUATION.test(before), PUNCTUATION.test(after)]
  const isLeft = !isSpace(after) && (!isClosed || isOpen || isSpace(before))
  const isRight = !isSpace(before) && (!isOpen || isClosed || isSpace(after))
  if (text[at] === '*') return { opens: isLeft, closes: isRight }
  return { opens: isLeft && (!isRight || isOpen), closes: isRight && (!isLeft || isClosed) }
}

const isSpace = (char: string): boolean => char === ' ' || char === '\n'
const isAscii = (char: string): boolean => char >= '\n' && char <= '~'
