/** Parses reStructuredText lists: bullet, numbered, field, option and definition lists. */

import type { List, ListItem, PhrasingContent, RootContent } from 'mdast'
import { indentOf } from '#generate/formats/indentation.ts'
import type { LineCursor } from '#generate/guides/line-cursor.ts'
import { emphasis, paragraph, text } from '#markdown/build.ts'
import type { Blocks } from './blocks.ts'
import { dedent, EXPLICIT, indentedUntil, isBlank } from './lines.ts'

const BULLET = /^([-*+•])(?: +(?=\S)|$)/
const ENUMERATED = /^(?:\(?(?:\d{1,4}|#|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]) +(?=\S)/
/** A role, ``:class:`Orbit` and :class:`Star` ``, does not start a field. */
const FIELD = /^:((?:[^:\\\n]|\\.|:(?=[^\s`])){1,120}):(?:\s+|$)/
const OPTION = /^(?:--?[\w?][\w-]*(?:[ =]<?[\w.-]+>?)?)(?:, (?:--?[\w?][\w-]*(?:[ =]<?[\w.-]+>?)?))*(?: {2,}|$)/
/** Names of fields at the head of a document that describe the document. */
const METADATA =
  /^(?:orphan|tocdepth|nocomments|hide-toc|author|date|version|status|copyright|organization|contact|address|abstract|dedication|og:.*|html_theme.*|nosearch)$/i

/** The list that starts at the current line; `undefined` without one, or for a definition list. */
export function listAt(blocks: Blocks, cursor: LineCursor): RootContent[] | undefined {
  const { line } = cursor
  if (BULLET.test(line)) return [itemList(blocks, cursor, BULLET, false)]
  if (ENUMERATED.test(line) && startsList(cursor)) return [itemList(blocks, cursor, ENUMERATED, true)]
  return FIELD.test(line) ? fieldList(blocks, cursor) : undefined
}

/** Whether a list starts here. A sentence may begin like an item, so a blank or indented line or another item must follow. */
function startsList(cursor: LineCursor): boolean {
  const next = cursor.lines[cursor.at + 1]
  return isBlank(next) || indentOf(next ?? '') > 0 || ENUMERATED.test(next ?? '')
}

function itemList(blocks: Blocks, cursor: LineCursor, mark: RegExp, isOrdered: boolean): List {
  const children: ListItem[] = []
  const start = startOf(cursor.line)
  let isSpread = false
  while (!cursor.isAtEnd) {
    const { line } = cursor
    const width = mark.exec(line)?.[0].length
    if (width === undefined) break
    const end = indentedUntil(cursor.lines, cursor.at + 1)
    const body = [' '.repeat(width) + line.slice(width), ...cursor.lines.slice(cursor.at + 1, end)]
    children.push({ type: 'listItem', spread: false, children: blocks.inside(body) as never })
    cursor.at = end
    const before = cursor.at
    cursor.takeWhile(isBlank)
    if (cursor.at > before && mark.test(cursor.line)) isSpread = true
  }
  const spread = isSpread && children.some((item) => item.children.length > 1)
  for (const item of children) item.spread = spread
  return { type: 'list', ordered: isOrdered, ...(isOrdered && { start }), spread, children }
}

/** The number of the first item. Letters are counted from `a`; Roman numerals begin with `i`. */
function startOf(line: string): number {
  const [, mark = ''] = /^\(?(\w{1,6})[.)]/.exec(line) ?? []
  if (/^\d/.test(mark)) return Number(mark)
  return /^[a-hj-z]$/i.test(mark) ? mark.toLowerCase().charCodeAt(0) - 'a'.charCodeAt(0) + 1 : 1
}

/** A definition list or an option list, if one starts here. */
export function definitionList(blocks: Blocks, cursor: LineCursor): List | undefined {
  const children: ListItem[] = []
  const { lines } = cursor
  while (isTermAt(lines, cursor.at)) {
    const { line } = cursor
    const option = OPTION.exec(line)?.[0]
    const end = indentedUntil(lines, cursor.at + 1)
    const rest = dedent(lines.slice(cursor.at + 1, end))
    const body = option === undefined || option.length >= line.length ? rest : [line.slice(option.length), ...rest]
    const head = option === undefined ? termHead(blocks, line) : [{ type: 'inlineCode' as const, value: option.trim() }]
    const content = [paragraph(...head), ...(blocks.inside(body) as never[])]
    children.push({ type: 'listItem', spread: false, children: content })
    cursor.at = Math.max(end, cursor.at + 1)
    let next = cursor.at
    while (next < lines.length && isBlank(lines[next])) next++
    if (isTermAt(lines, next)) cursor.at = next
  }
  return children.length === 0 ? undefined : { type: 'list', ordered: false, spread: false, children }
}

/** Whether a line is an option, or a term with its definition indented below it. */
function isTermAt(lines: readonly string[], at: number): boolean {
  const [line = '', next = ''] = lines.slice(at, at + 2)
  if (isBlank(line) || indentOf(line) > 0 || EXPLICIT.test(line)) return false
  return OPTION.test(line) || (!isBlank(next) && indentOf(next) > 0)
}

/** A term, and the classifiers that follow it after ` : `. */
function termHead(blocks: Blocks, line: string): PhrasingContent[] {
  const [words = '', ...classifiers] = line.split(' : ')
  const term = blocks.inline(words)
  const isName = term.length === 1 && term[0]?.type === 'inlineCode'
  return [
    ...(isName ? term : [{ type: 'strong' as const, children: term }]),
    ...classifiers.flatMap((one): PhrasingContent[] => [text(' : '), emphasis(...blocks.inline(one))]),
  ]
}

/** `:param x: text`. Metadata at the head of the document is dropped. */
function fieldList(blocks: Blocks, cursor: LineCursor): RootContent[] {
  const isHead = blocks.isAtHead
  const children: ListItem[] = []
  while (!cursor.isAtEnd) {
    const { line } = cursor
    const [mark, name = ''] = FIELD.exec(line) ?? []
    if (mark === undefined) break
    const end = indentedUntil(cursor.lines, cursor.at + 1)
    const words = [line.slice(mark.length), ...dedent(cursor.lines.slice(cursor.at + 1, end))]
    cursor.at = Math.max(end, cursor.at + 1)
    if (isHead && METADATA.test(name)) continue
    const inner = blocks.inside(words)
    const [start, ...others] = inner
    const label: PhrasingContent[] = [{ type: 'strong', children: blocks.inline(name) }]
    const head = start?.type === 'paragraph' ? paragraph(...label, ': ', ...start.children) : paragraph(...label)
    children.push({
      type: 'listItem',
      spread: false,
      children: [head, ...((start?.type === 'paragraph' ? others : inner) as never[])],
    })
  }
  return children.length === 0 ? [] : [{ type: 'list', ordered: false, spread: false, children }]
}
