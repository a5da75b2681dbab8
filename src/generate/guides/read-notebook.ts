/** Reads Jupyter notebooks: text, code, and saved output. Nothing is run. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { HELD } from './link-targets.ts'
import type { RawGuide } from './nodes.ts'
import { markdownBlocks } from './read-markdown.ts'

const MAX_CELLS = 500
/** Limits on the characters of one output, and of all text of a notebook. */
const MAX_OUTPUT = 4_000
const MAX_TEXT = 400_000
const MAX_PICTURES = 30
/** Limit on the base64 characters of a picture. */
const MAX_PICTURE = 1_400_000

interface Cell {
  cell_type?: unknown
  source?: unknown
  outputs?: unknown
}

/** @returns `undefined` for text that is not a notebook. */
export function readNotebook(source: string): RawGuide | undefined {
  const notebook = parsed(source)
  const cells = listOf(field(notebook, 'cells')).filter(isCell).slice(0, MAX_CELLS)
  if (cells.length === 0) return undefined
  const metadata = field(notebook, 'metadata')
  const name = field(field(metadata, 'language_info'), 'name') ?? field(field(metadata, 'kernelspec'), 'language')
  const language = typeof name === 'string' ? name : 'python'
  const held = new Map<number, Uint8Array>()
  const blocks: RootContent[] = []
  let left = MAX_TEXT
  for (const cell of cells) {
    const text = textOf(cell.source)
    left -= text.length
    if (left < 0) break
    if (cell.cell_type === 'markdown') append(blocks, markdownBlocks(text) ?? [{ type: 'code', value: text }])
    if (cell.cell_type !== 'code') continue
    if (text.trim() !== '') blocks.push({ type: 'code', lang: languageIn(text, language), value: text.trimEnd() })
    for (const output of listOf(cell.outputs).slice(0, 20)) append(blocks, outputOf(output, held))
  }
  return { title: null, blocks, position: null, id: null, slug: null, isHidden: false, held }
}

function outputOf(output: unknown, held: Map<number, Uint8Array>): RootContent[] {
  const data = field(output, 'data')
  for (const kind of ['image/png', 'image/jpeg']) {
    const picture = textOf(field(data, kind))
    if (picture === '' || picture.length > MAX_PICTURE || held.size >= MAX_PICTURES) continue
    const number = held.size
    held.set(number, new Uint8Array(Buffer.from(picture, 'base64')))
    const words = textOf(field(data, 'text/plain')).slice(0, 80) || 'Output'
    return [{ type: 'paragraph', children: [{ type: 'image', url: `${HELD}${number}`, alt: words }] }]
  }
  const markdown = textOf(field(data, 'text/markdown'))
  if (markdown !== '' && markdown.length < MAX_OUTPUT) return markdownBlocks(markdown) ?? []
  const text = textOf(field(output, 'text')) || textOf(field(data, 'text/plain'))
  if (text.trim() === '') return []
  const shown = text.length > MAX_OUTPUT ? `${text.slice(0, MAX_OUTPUT)}\n…` : text
  return [{ type: 'code', lang: 'text', value: shown.trimEnd() }]
}

/** A magic command such as `%%bash` switches the language of a cell. */
function languageIn(text: string, language: string): string {
  return /^%%(bash|sh|html|javascript|js|latex|perl|ruby|sql)\b/.exec(text)?.[1] ?? language
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return undefined
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}

const isCell = (value: unknown): value is Cell => typeof value === 'object' && value !== null

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** A string, or a list of lines. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return listOf(value)
    .filter((line): line is string => typeof line === 'string')
    .join('')
}
