/** Splits the text of a claim into sentences of plain words and names in code style; any other markup is a fault. */

import { cleanText } from '#markdown/build.ts'
import { parse } from '#markdown/parse.ts'
import { UNSEEN } from './normalise.ts'

/** A piece of a sentence. */
export interface Piece {
  text: string
  isCode: boolean
}

export interface Sentences {
  sentences: Piece[][]
  faults: string[]
}

const MAX_CHARS = 1_500
/** Limit on emphasis and link markers, which are paired in quadratic time. */
const MAX_MARKS = 200
/** More combining marks on a letter than any language uses. */
const STACKED_MARKS = /\p{M}{4}/u
const ADDRESS = /(?:\b[a-z][a-z0-9+.-]{1,20}:\/\/|\bwww\.|\b(?:javascript|data|mailto):)\S/i

/** The used part of the parser's nodes. */
interface Node {
  type: string
  value?: string
  children?: Node[]
}

/** Reads the sentences of a text; `sentences` is empty if it is not a plain paragraph. */
export function readSentences(written: string): Sentences {
  const source = visible(written).trim()
  if (source === '') return { sentences: [], faults: ['an empty text'] }
  if (source.length > MAX_CHARS) return { sentences: [], faults: [`a text of over ${MAX_CHARS} characters`] }
  if ((source.match(/[*_~[\]<>!`]/g)?.length ?? 0) > MAX_MARKS)
    return { sentences: [], faults: ['a text full of markup'] }
  const plain = plainPieces(source)
  if (plain !== undefined) return sentencesOf(plain)
  const blocks = parse(source).children as Node[]
  const unsupported = blocks.find(({ type }) => type !== 'paragraph')
  if (unsupported !== undefined)
    return {
      sentences: [],
      faults: [`${NAMES[unsupported.type] ?? unsupported.type} in a text; write one plain paragraph`],
    }
  const faults: string[] = []
  const pieces = blocks.flatMap((block, index) => [
    ...(index === 0 ? [] : [{ text: ' ', isCode: false }]),
    ...flatten(block.children ?? [], faults),
  ])
  if (faults.length > 0) return { sentences: [], faults }
  return sentencesOf(pieces)
}

/** Fast path without the parser: words free of Markdown characters, and names in single backticks. */
export function plainPieces(source: string): Piece[] | undefined {
  if (!PLAIN.test(source) || LIST_OR_HEADING_START.test(source) || ADDRESS.test(source) || source.includes('@'))
    return undefined
  return source.split('`').map((text, index) => ({ text: text.replace(/\s+/g, ' '), isCode: index % 2 === 1 }))
}

const PLAIN = /^[^*_~[\]<>!#|&\\\n`]*(?:`[^`\n ](?:[^`\n]*[^`\n ])?`(?!`)[^*_~[\]<>!#|&\\\n`]*)*$/
/** Text that begins a list or a heading underline. */
const LIST_OR_HEADING_START = /^(?:\d+[.)]|[-+=:])/

function sentencesOf(pieces: Piece[]): Sentences {
  if (pieces.some(({ text }) => STACKED_MARKS.test(text)))
    return { sentences: [], faults: ['too many marks on a letter'] }
  const sentences = split(together(pieces))
  return {
    sentences: sentences.filter((sentence) => !ADDRESS.test(textOf(sentence))),
    faults: sentences.some((sentence) => ADDRESS.test(textOf(sentence))) ? ['an address; write none'] : [],
  }
}

/** Removes invisible characters. */
export const visible = (text: string): string => cleanText(text).replace(UNSEEN, '')

/** Merges adjacent texts: emphasis inside a word does not split it. */
function together(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    if (last === undefined || last.isCode || piece.isCode) result.push({ ...piece })
    else last.text += piece.text
  }
  return result
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('')
}

const NAMES: Readonly<Record<string, string>> = {
  html: 'HTML',
  code: 'a block of code',
  heading: 'a heading',
  list: 'a list',
  table: 'a table',
  blockquote: 'a quotation',
}

/** Drops emphasis but keeps its words; images, HTML and links are faults. */
function flatten(nodes: readonly Node[], faults: string[]): Piece[] {
  return nodes.flatMap((node): Piece[] => {
    // Cleaned again, because character references such as `&#x202e;` are now decoded.
    if (node.type === 'text') return [{ text: visible(node.value ?? '').replace(/\s+/g, ' '), isCode: false }]
    if (node.type === 'inlineCode') return [{ text: (node.value ?? '').replace(/\s+/g, ' '), isCode: true }]
    if (node.type === 'break') return [{ text: ' ', isCode: false }]
    if (/^(?:emphasis|strong|delete)$/.test(node.type)) return flatten(node.children ?? [], faults)
    faults.push(
      `${/^link/.test(node.type) ? 'a link' : /^image/.test(node.type) ? 'an image' : 'markup'}; write plain words and names between backticks`,
    )
    return []
  })
}

/** An abbreviation does not end a sentence, nor does an ideographic stop before a closing mark. */
const SENTENCE_END =
  /(?<=[.!?…]["')\]”’»]?)(?<!\b(?:e\.g|i\.e|cf|vs|approx|incl|resp)\.) +(?=\p{Lu}|\p{Lo}|["'(“‘«]|$)|(?<=[。！？][」』）”’]?)(?![」』）”’])/u

/** Splits after a full stop and a space, or an ideographic full stop; never inside names in code style. */
function split(pieces: readonly Piece[]): Piece[][] {
  const sentences: Piece[][] = [[]]
  for (const piece of pieces) {
    if (piece.isCode) {
      sentences.at(-1)?.push(piece)
      continue
    }
    const parts = piece.text.split(SENTENCE_END)
    for (const [index, text] of parts.entries()) {
      if (index > 0) sentences.push([])
      if (text !== '') sentences.at(-1)?.push({ text, isCode: false })
    }
  }
  // A name in code style may begin a sentence, because the text before it ends with a full stop and a space.
  return sentences.map(trimmed).filter((sentence) => textOf(sentence).trim() !== '')
}

function trimmed(sentence: Piece[]): Piece[] {
  const [first, ...rest] = sentence
  if (first === undefined) return []
  const start = first.isCode ? first : { ...first, text: first.text.trimStart() }
  return [start, ...rest]
}
