/** Parses reStructuredText lists: with bullets or numbers, of fields, of options, of definitions. */

import type { List, ListItem, PhrasingContent, RootContent } from 'mdast'
import { indentOf } from '#generate/formats/indentation.ts'
import type { LineCursor } from '#generate/guides/line-cursor.ts'
import { paragraph } from '#markdown/build.ts'
import type { Blocks } from './blocks.ts'
import { dedent, deeperUntil, EXPLICIT, isBlank } from './lines.ts'

const BULLET = /^([-*+•])(?: +(?=\S)|$)/
const ENUMERATED = /^(?:\(?(?:\d{1,4}|#|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]) +(?=\S)/
/** A role, ``:class:`Orbit` and :class:`Star` ``, starts no field. */
const FIELD = /^:((?:[^:\\\n]|\\.|:(?=[^\s`])){1,120}):(?:\s+|$)/
const OPTION = /^(?:--?[\w?][\w-]*(?:[ =]<?[\w.-]+>?)?)(?:, (?:--?[\w?][\w-]*(?:[ =]<?[\w.-]+>?)?))*(?: {2,}|$)/
/** Fields above the title that are about the document. */
const METADATA =
  /^(?:orphan|tocdepth|nocomments|hide-toc|author|date|version|status|copyright|organization|contact|address|abstract|dedication|og:.*|html_theme.*|nosearch)$/i

/** The list that starts at the current line; `undefined` without one, or for a definition list. */
export function listAt(blocks: Blocks, cursor: LineCursor): RootContent[] | undefined {
  const { line } = cursor
  if (BULLET.test(line)) return [itemList(blocks, cursor, BULLET, false)]
  if (ENUMERATED.test(line) && startsList(cursor)) return [itemList(blocks, cursor, ENUMERATED, true)]
  return FIELD.test(line) ? fieldList(blocks, cursor) : undefined
}

/**
 * Whether a list starts here. A sentence may begin like an item, so a blank or indented line or another item must
 * follow.
 */
function startsList(cursor: LineCursor): boolean {
  const next = cursor.lines[cursor.at + 1]
  return isBlank(next) || indentOf(next ?? '') > 0 || ENUMERATED.test(next ?? '')
}

function itemList(blocks: Blocks, cursor: LineCursor, mark: RegExp, isOrdered: boolean): List {
  const children: ListItem[] = []
  const start = /^\(?(\d{1,4})/.exec(cursor.line)?.[1]
  let isSpread = false
  while (!cursor.isAtEnd) {
    const { line } = cursor
    const width = mark.exec(line)?.[0].length
    if (width === undefined) break
    const end = deeperUntil(cursor.lines, cursor.at + 1, 0)
    const body = [' '.repeat(width) + line.slice(width), ...cursor.lines.slice(cursor.at + 1, end)]
    children.push({ type: 'listItem', spread: false, children: blocks.inside(body) as never })
    cursor.at = end
    const before = cursor.at
    cursor.takeWhile(isBlank)
    if (cursor.at > before && mark.test(cursor.line)) isSpread = true
  }
  const spread = isSpread && children.some((item) => item.children.length > 1)
  for (const item of children) item.spread = spread
  return { type: 'list', ordered: isOrdered, ...(isOrdered && { start: Number(start ?? 1) }), spread, children }
}

/** A definition list or an option list, if one starts here. */
export function definitionList(blocks: Blocks, cursor: LineCursor): List | undefined {
  const children: ListItem[] = []
  while (!cursor.isAtEnd) {
    const { line } = cursor
    const option = OPTION.exec(line)?.[0]
    const isTerm =
      option !== undefined || (!isBlank(cursor.lines[cursor.at + 1]) && indentOf(cursor.lines[cursor.at + 1] ?? '') > 0)
    if (isBlank(line) || indentOf(line) > 0 || !isTerm || EXPLICIT.test(line)) break
    const end = deeperUntil(cursor.lines, cursor.at + 1, 0)
    const rest = dedent(cursor.lines.slice(cursor.at + 1, end))
    const body = option === undefined || option.length >= line.length ? rest : [line.slice(option.length), ...rest]
    children.push(term(blocks, option === undefined ? line : option.trim(), body, option !== undefined))
    cursor.at = Math.max(end, cursor.at + 1)
    let next = cursor.at
    while (next < cursor.lines.length && isBlank(cursor.lines[next])) next++
    if (next === cursor.lines.length) break
    const isNext =
      indentOf(cursor.lines[next] ?? '') === 0 &&
      !EXPLICIT.test(cursor.lines[next] ?? '') &&
      !isBlank(cursor.lines[next + 1]) &&
      indentOf(cursor.lines[next + 1] ?? '') > 0
    if (!isNext && !OPTION.test(cursor.lines[next] ?? '')) break
    cursor.at = next
  }
  return children.length === 0 ? undefined : { type: 'list', ordered: false, spread: false, children }
}

function term(blocks: Blocks, words: string, body: readonly string[], isCode: boolean): ListItem {
  const content = blocks.inline(words.replace(/ : [\s\S]*$/, ''))
  const [only] = content
  const isName = content.length === 1 && only?.type === 'inlineCode'
  const head: PhrasingContent[] = isCode
    ? [{ type: 'inlineCode', value: words }]
    : isName
      ? content
      : [{ type: 'strong', children: content }]
  return { type: 'listItem', spread: false, children: [paragraph(...head), ...(blocks.inside(body) as never[])] }
}

/** `:param x: text`. Metadata above the title is dropped. */
function fieldList(blocks: Blocks, cursor: LineCursor): RootContent[] {
  const isHead = blocks.isAtHead
  const children: ListItem[] = []
  while (!cursor.isAtEnd) {
    const { line } = cursor
    const [mark, name = ''] = FIELD.exec(line) ?? []
    if (mark === undefined) break
    const end = deeperUntil(cursor.lines, cursor.at + 1, 0)
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
