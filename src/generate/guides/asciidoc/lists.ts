/** Parses AsciiDoc lists: with markers, of terms, of callouts; and the blocks attached to their items. */

import type { List, ListItem, PhrasingContent, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { LineCursor } from '#generate/guides/line-cursor.ts'
import { paragraph } from '#markdown/build.ts'
import { CALLOUT, FENCE, ITEM } from './line-forms.ts'

const MAX_DEPTH = 6
const TERM = /^(\S.{0,300}?)(?::{2,4}|;;)(?=[ \t]|$)/

/** Reads the contents of list items. */
export interface AsciidocReader {
  inline(text: string): PhrasingContent[]
  /** Takes the block that starts at the line. */
  block(line: string): RootContent[]
  /** Takes a line that belongs to the next block or to the document. */
  takesStyle(line: string): boolean
}

/** The list with markers or of terms that starts at the current line, if one does. */
export function listAt(reader: AsciidocReader, cursor: LineCursor): List | undefined {
  const { line } = cursor
  if (ITEM.test(line)) return itemList(reader, cursor, 0, /^\s*(\*+|-|\.+|\d+\.)/.exec(line)?.[1] ?? '*')
  if (TERM.test(line) && !/^https?:/.test(line)) return termList(reader, cursor)
  return undefined
}

function itemList(reader: AsciidocReader, cursor: LineCursor, depth: number, mark: string): List {
  const children: ListItem[] = []
  const isOrdered = mark.startsWith('.') || /^\d/.test(mark)
  while (!cursor.isAtEnd) {
    const [, own, first = ''] = ITEM.exec(cursor.line) ?? []
    if (own === undefined || (/^\d/.test(own) ? !/^\d/.test(mark) : own !== mark)) break
    cursor.at += 1
    const rest = continued(cursor)
    const box = /^\[([ x*])\]\s+/.exec(first)
    const words = [box === null ? first : first.slice(box[0].length), ...rest].join('\n')
    const item: RootContent[] = [paragraph(...reader.inline(words))]
    append(item, attached(reader, cursor, depth, mark))
    children.push({
      type: 'listItem',
      spread: false,
      ...(box !== null && { checked: box[1] !== ' ' }),
      children: item as never,
    })
  }
  return { type: 'list', ordered: isOrdered, ...(isOrdered && { start: 1 }), spread: false, children }
}

/** Blocks attached to an item with `+`, and nested lists with other markers. */
function attached(reader: AsciidocReader, cursor: LineCursor, depth: number, mark: string): RootContent[] {
  const blocks: RootContent[] = []
  for (;;) {
    let at = cursor.at
    while (cursor.lines[at] === '') at += 1
    const line = cursor.lines[at] ?? ''
    const other = ITEM.exec(line)?.[1]
    if (cursor.lines[cursor.at] === '+') {
      cursor.at += 1
      while (!cursor.isAtEnd && reader.takesStyle(cursor.line));
      if (!cursor.isAtEnd) append(blocks, reader.block(cursor.line))
    } else if (other !== undefined && other !== mark && depth < MAX_DEPTH && isDeeper(other, mark)) {
      cursor.at = at
      blocks.push(itemList(reader, cursor, depth + 1, other))
    } else {
      if (other !== undefined) cursor.at = at
      return blocks
    }
  }
}

/** A list with another marker is nested, unless the marker belongs to an outer list. */
const isDeeper = (other: string, mark: string): boolean => other[0] !== mark[0] || other.length > mark.length

export function calloutList(reader: AsciidocReader, cursor: LineCursor): List {
  const children: ListItem[] = []
  for (;;) {
    const words = CALLOUT.exec(cursor.line)?.[1]
    if (words === undefined) break
    cursor.at += 1
    const text = [words, ...continued(cursor)].join('\n')
    children.push({ type: 'listItem', spread: false, children: [paragraph(...reader.inline(text))] })
  }
  return { type: 'list', ordered: true, start: 1, spread: false, children }
}

function termList(reader: AsciidocReader, cursor: LineCursor): List {
  const children: ListItem[] = []
  while (!cursor.isAtEnd) {
    const { line } = cursor
    const [mark = '', term] = TERM.exec(line) ?? []
    if (term === undefined) break
    const rest = line.slice(mark.length).trim() || undefined
    cursor.at += 1
    while (rest === undefined && cursor.lines[cursor.at] === '') cursor.at += 1
    const words = [...(rest === undefined ? [] : [rest]), ...continued(cursor)].join('\n')
    const item: RootContent[] = [
      paragraph({ type: 'strong', children: reader.inline(term) }),
      ...(words === '' ? [] : [paragraph(...reader.inline(words))]),
    ]
    append(item, attached(reader, cursor, 0, '::'))
    children.push({ type: 'listItem', spread: false, children: item as never })
    let at = cursor.at
    while (cursor.lines[at] === '') at += 1
    if (!TERM.test(cursor.lines[at] ?? '')) break
    cursor.at = at
  }
  return { type: 'list', ordered: false, spread: false, children }
}

function continued(cursor: LineCursor): string[] {
  const lines: string[] = []
  for (; !cursor.isAtEnd; cursor.at++) {
    const { line } = cursor
    if (
      line === '' ||
      line === '+' ||
      ITEM.test(line) ||
      CALLOUT.test(line) ||
      TERM.test(line) ||
      FENCE.test(line) ||
      line.startsWith('[')
    )
      break
    lines.push(line)
  }
  return lines
}
