/**
 * Reads Jupyter notebooks: cells of Markdown and code, and saved output as pictures, Markdown or text. Raw cells, HTML
 * and widgets are not shown. Nothing is run.
 */

import { stripVTControlCharacters } from 'node:util'
import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { parseIfJson } from '#base/parse-json.ts'
import { HELD } from './link-targets.ts'
import type { RawGuide } from './nodes.ts'
import { markdownBlocks } from './read-markdown.ts'

const MAX_CELLS = 500
/** Limit on the outputs of one cell. */
const MAX_OUTPUTS = 20
/** Limits on the characters of one output, and of all text of a notebook. */
const MAX_OUTPUT_CHARACTERS = 4_000
const MAX_TEXT_CHARACTERS = 400_000
/** Limit on the characters of an output before terminal sequences are removed. */
const MAX_RAW_CHARACTERS = 40_000
const MAX_PICTURES = 30
/** Limit on the base64 characters of a picture. */
const MAX_PICTURE_CHARACTERS = 1_400_000
/** Shown in place of cells and outputs beyond a limit. */
const LEFT_OUT: RootContent = { type: 'paragraph', children: [{ type: 'text', value: '…' }] }

interface Cell {
  cell_type?: unknown
  source?: unknown
  outputs?: unknown
}

/** @returns `undefined` for text that is not a notebook. */
export function readNotebook(source: string): RawGuide | undefined {
  const notebook = parseIfJson(source)
  const all = listOf(field(notebook, 'cells')).filter(isCell)
  const cells = all.slice(0, MAX_CELLS)
  if (cells.length === 0) return undefined
  const metadata = field(notebook, 'metadata')
  const name = field(field(metadata, 'language_info'), 'name') ?? field(field(metadata, 'kernelspec'), 'language')
  const language = typeof name === 'string' ? name : 'python'
  const held = new Map<number, Uint8Array>()
  const blocks: RootContent[] = []
  let left = MAX_TEXT_CHARACTERS
  const add = (shown: readonly RootContent[], text: string): void => {
    left -= text.length
    if (left >= 0) append(blocks, shown)
  }
  for (const cell of cells) {
    const text = cell.cell_type === 'markdown' || cell.cell_type === 'code' ? textOf(cell.source) : ''
    if (text.length > left) left = -1
    else if (cell.cell_type === 'markdown') add(markdownBlocks(text) ?? [{ type: 'code', value: text }], text)
    else if (cell.cell_type === 'code') {
      if (text.trim() !== '') add([{ type: 'code', lang: languageIn(text, language), value: text.trimEnd() }], text)
      const outputs = listOf(cell.outputs)
      for (const output of outputs.slice(0, MAX_OUTPUTS)) {
        if (left < 0) break
        const shown = outputOf(output, held)
        add(shown.blocks, shown.text)
      }
      if (outputs.length > MAX_OUTPUTS && left >= 0) blocks.push(LEFT_OUT)
    }
    if (left >= 0) continue
    blocks.push(LEFT_OUT)
    break
  }
  if (all.length > MAX_CELLS && left >= 0) blocks.push(LEFT_OUT)
  return { title: null, blocks, position: null, id: null, slug: null, isHidden: false, held }
}

/** @returns Blocks, and the text that counts against the limit of the notebook. */
function outputOf(output: unknown, held: Map<number, Uint8Array>): { blocks: RootContent[]; text: string } {
  const data = field(output, 'data')
  for (const kind of ['image/png', 'image/jpeg']) {
    const picture = textOf(field(data, kind))
    if (picture === '' || picture.length > MAX_PICTURE_CHARACTERS || held.size >= MAX_PICTURES) continue
    const number = held.size
    held.set(number, new Uint8Array(Buffer.from(picture, 'base64')))
    const alt = textOf(field(data, 'text/plain')).slice(0, 80) || 'Output'
    const image = { type: 'image' as const, url: `${HELD}${number}`, alt }
    return { blocks: [{ type: 'paragraph', children: [image] }], text: alt }
  }
  const markdown = textOf(field(data, 'text/markdown'))
  if (markdown !== '' && markdown.length < MAX_OUTPUT_CHARACTERS)
    return { blocks: markdownBlocks(markdown) ?? [], text: markdown }
  const text = terminalText(textOf(field(output, 'text')) || textOf(field(data, 'text/plain')) || errorIn(output))
  if (text.trim() === '') return { blocks: [], text: '' }
  const shown = text.length > MAX_OUTPUT_CHARACTERS ? `${text.slice(0, MAX_OUTPUT_CHARACTERS)}\n…` : text
  return { blocks: [{ type: 'code', lang: 'text', value: shown.trimEnd() }], text: shown }
}

/** The text as a terminal shows it: without colours, and only the last version of overwritten lines. */
function terminalText(raw: string): string {
  return stripVTControlCharacters(raw.slice(0, MAX_RAW_CHARACTERS))
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .map((line) => line.slice(line.lastIndexOf('\r') + 1))
    .join('\n')
}

/** `ValueError: too few` of an output of type `error`, without its traceback. */
function errorIn(output: unknown): string {
  const [name, value] = [field(output, 'ename'), field(output, 'evalue')].map(textOf)
  return [name, value].filter((part) => part !== '').join(': ')
}

/** A magic command such as `%%bash` switches the language of a cell. */
function languageIn(text: string, language: string): string {
  return /^%%(bash|sh|html|javascript|js|latex|perl|ruby|sql)\b/.exec(text)?.[1] ?? language
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
