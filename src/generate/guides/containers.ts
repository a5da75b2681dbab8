/**
 * Extracts callouts, tabs and collapsible sections from Markdown. One pass finds opening and closing lines; the text
 * between becomes a part, and a placeholder replaces it until the rest is parsed. Linear time for each level of
 * nesting. Fenced and indented code is left unchanged, except in lists, where indentation does not mark code.
 */

import { capital } from '#base/capital.ts'
import { append } from '#base/long-arrays.ts'
import { withoutMargin } from '#generate/formats/indentation.ts'
import { closes, isUnread, type Opening, openingOf } from './container-lines.ts'

export interface Part {
  kind: Opening['kind']
  word: string
  title: string | null
  text: string
}

/** A placeholder paragraph. The private-use characters are removed from the source first. */
const MARK = /^\uE000([0-9]{1,6})\uE001$/
const PLACEHOLDER_CHARS = /[\uE000\uE001]/g
const MAX_OPEN = 20
/** A line that opens or closes fenced code, also in a list item. Another backtick later on the line makes it inline code. */
const FENCE = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s{1,4}){0,3}(`{3,}(?=[^`]*$)|~{3,})/
const ADMONITION = /^(\s*)(!!!|\?\?\?\+?)\s+([A-Za-z][\w-]{0,30})((?:\s+[\w-]{1,30}){0,5})(?:\s+"([^"]{0,300})")?\s*$/
const TAB = /^(\s*)===[!+]?\s+["']([^"']{1,200})["']\s*$/

/** @returns Markdown with a placeholder for each part. */
export function takeContainers(source: string): { markdown: string; parts: Part[] } {
  const lines = source.replace(PLACEHOLDER_CHARS, '').split('\n')
  const codeLines = indentedCode(lines)
  const closings = closingsIn(lines, codeLines)
  const parts: Part[] = []
  const output: string[] = []
  let fence = ''
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const isPlain = fence === '' && !codeLines.has(index)
    const closing = fence === '' ? closings.get(index) : undefined
    const block = isPlain && closing === undefined ? indentedAt(lines, index) : undefined
    if (closing !== undefined) {
      const { kind, word, title, indent } = closing.opening
      append(output, markOf(indent, parts.length))
      parts.push({ kind, word, title, text: withoutMargin(lines.slice(index + 1, closing.line)).join('\n') })
      index = closing.line
    } else if (block !== undefined) {
      append(output, markOf(block.indent, parts.length))
      parts.push(block.part)
      index = block.lastIndex
    } else {
      const mark = codeLines.has(index) ? '' : fenceAt(line)
      output.push(isPlain && mark === '' && isUnread(line) ? '' : line)
      if (fence === '') fence = mark
      else if (mark.startsWith(fence) && line.trim() === mark) fence = ''
    }
  }
  return { markdown: output.join('\n'), parts }
}

/** The mark of a code fence in a line; '' for other lines. */
const fenceAt = (line: string): string => FENCE.exec(line)?.[1] ?? ''

/** The number of the part that a placeholder paragraph represents. */
export function partIn(words: string): number | undefined {
  const found = MARK.exec(words.trim())?.[1]
  return found === undefined ? undefined : Number(found)
}

const markOf = (indent: number, number: number): string[] => ['', `${' '.repeat(indent)}\uE000${number}\uE001`, '']

interface Closing {
  opening: Opening
  /** The index of the closing line. */
  line: number
}

/** The closing line for each opening line; containers that are never closed are left out. */
function closingsIn(lines: readonly string[], codeLines: ReadonlySet<number>): Map<number, Closing> {
  const closings = new Map<number, Closing>()
  const open: { opening: Opening; at: number }[] = []
  let fence = ''
  for (const [at, line] of lines.entries()) {
    // In an open container, the margin may be that of the container.
    if (codeLines.has(at) && open.length === 0) continue
    const mark = fenceAt(line)
    if (fence !== '') {
      if (mark.startsWith(fence) && line.trim() === mark) fence = ''
      continue
    }
    const opening = openingOf(line)
    if (opening !== undefined) {
      if (open.length === MAX_OPEN) open.shift()
      open.push({ opening, at })
      continue
    }
    const index = open.findLastIndex((one) => closes(line, one.opening))
    const found = open[index]
    if (found !== undefined) {
      open.length = index
      closings.set(found.at, { opening: found.opening, line: at })
    } else if (mark !== '') fence = mark
  }
  return closings
}

/** `!!! note` and `=== "Tab"`, with the lines indented below them. */
function indentedAt(
  lines: readonly string[],
  at: number,
): { part: Part; indent: number; lastIndex: number } | undefined {
  const line = lines[at] ?? ''
  const start = line.trimStart()
  if (!start.startsWith('!!!') && !start.startsWith('???') && !start.startsWith('===')) return undefined
  const [, space, sign = '', word = '', , title] = ADMONITION.exec(line) ?? []
  const [, margin, tab] = TAB.exec(line) ?? []
  const indent = (space ?? margin)?.length
  if (indent === undefined) return undefined
  let lastIndex = at
  for (let next = at + 1; next < lines.length; next++) {
    const below = lines[next] ?? ''
    if (below.trim() === '') continue
    if (!/^\s/.test(below) || below.length - below.trimStart().length <= indent) break
    lastIndex = next
  }
  const text = withoutMargin(lines.slice(at + 1, lastIndex + 1)).join('\n')
  const isFolded = sign.startsWith('?')
  const own = title ?? (isFolded ? capital(word) : null)
  const part: Part =
    tab === undefined
      ? { kind: isFolded ? 'folded' : 'callout', word: word.toLowerCase(), title: own, text }
      : { kind: 'tab', word: 'tab', title: tab, text }
  return { part, indent, lastIndex }
}

const MARGIN = /^(?: {4}| {0,3}\t)/
const LIST_ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)/

/**
 * The indexes of lines of indented code: with a margin of four columns or a tab, below a blank line. Lines in lists are left
 * out, where a margin of that size may belong to the item.
 */
function indentedCode(lines: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>()
  let fence = ''
  let isInList = false
  /** The line above is blank or code. */
  let mayBegin = true
  for (const [index, line] of lines.entries()) {
    const isBlank = line.trim() === ''
    const isCode = fence === '' && mayBegin && !isInList && !isBlank && MARGIN.test(line)
    if (isCode) {
      found.add(index)
      continue
    }
    const mark = fenceAt(line)
    if (fence !== '') {
      if (mark.startsWith(fence) && line.trim() === mark) fence = ''
    } else if (mark !== '') {
      fence = mark
      isInList ||= LIST_ITEM.test(line)
    } else if (LIST_ITEM.test(line)) isInList = true
    else if (mayBegin && !isBlank && !/^\s/.test(line)) isInList = false
    mayBegin = isBlank
  }
  return found
}
