/**
 * Parses the Markdown that docspool writes, many times faster than the general parser: headings, paragraphs, tight lists, tables,
 * code blocks and collapsible sections. Blocks that contain anything else go to the general parser, each alone, so the tree is always
 * the same as that of the general parser; only positions are missing.
 */

import type {
  AlignType,
  BlockContent,
  Code,
  Html,
  List,
  ListItem,
  PhrasingContent,
  RootContent,
  Table,
  TableRow,
} from 'mdast'
import { CONTINUES_LIST, endOfGeneralBlock, isBlankLine } from './parsed-together.ts'
import { quickInline } from './quick-inline.ts'
import { tableRow } from './quick-table-row.ts'

/** The lines of a page or a list item; `from` is the first line of the next block. */
interface Lines extends Context {
  lines: readonly string[]
  from: number
  depth: number
}

interface Context {
  /** The general parser. */
  general(markdown: string): RootContent[]
  /** Set when there is a definition of a link or a footnote, which changes the meaning of other blocks. */
  onDefinition(): void
}

/** The start of a paragraph that defines a link. */
const DEFINITION = /^\[(?:[^[\]\\]|\\[\s\S])*\]:/
/** Characters that the general parser replaces or removes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are searched
const REPLACED = /[\u0000\r\ufeff]/
/** Text in which empty lines may count. */
const MAY_BE_SPREAD = /\n[ \t]*\n|```|~~~|<[a-z!?]/i
/** Lists that are nested more deeply go to the general parser. */
const MAX_DEPTH = 8

/**
 * @param general - The general parser.
 * @returns The blocks.
 */
export function quickBlocks(markdown: string, general: Context['general']): RootContent[] {
  if (REPLACED.test(markdown)) return general(markdown)
  let defines = false
  const onDefinition = (): void => {
    defines = true
  }
  const { blocks } = blocksOf({ lines: markdown.split('\n'), from: 0, depth: 0, general, onDefinition })
  return defines ? general(markdown) : blocks
}

/** `isSpread`: there are empty lines between blocks; `null` if that is unknown. */
function blocksOf(at: Lines): { blocks: RootContent[]; isSpread: boolean | null } {
  const blocks: RootContent[] = []
  let isSpread: boolean | null = false
  while (at.from < at.lines.length) {
    const start = at.from
    if (isBlankLine(at.lines[start])) {
      if (isSpread !== null) isSpread = true
      at.from += 1
      continue
    }
    const block = quickBlock(at)
    if (block !== undefined) {
      blocks.push(block)
      continue
    }
    at.from = endOfGeneralBlock(at.lines, start)
    const source = at.lines.slice(start, at.from).join('\n')
    if (MAY_BE_SPREAD.test(source)) isSpread = null
    for (const parsed of generalBlocks(source, at)) blocks.push(parsed)
  }
  return { blocks, isSpread }
}

function generalBlocks(source: string, { general, onDefinition }: Context): RootContent[] {
  const blocks = general(source)
  const left: RootContent[] = source.includes(']:') ? [...blocks] : []
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node.type === 'definition' || node.type === 'footnoteDefinition') onDefinition()
    if ('children' in node) for (const child of node.children) left.push(child)
  }
  return blocks
}

/** @returns `undefined` for a block that the general parser has to parse; `from` is then undefined, too. */
function quickBlock(at: Lines): BlockContent | Html | undefined {
  const line = at.lines[at.from] ?? ''
  if (line.startsWith('#')) return heading(at)
  if (line.startsWith('|')) return table(at)
  if (line.startsWith('```')) return codeBlock(at)
  if (line.startsWith('<')) return section(at)
  return LIST_ITEM.test(line) ? list(at) : paragraph(at)
}

function heading(at: Lines): BlockContent | undefined {
  const [, marks = '', text = ''] = /^(#{1,6}) (\S(?:.*\S)?)$/.exec(at.lines[at.from] ?? '') ?? []
  const children = text === '' || text.endsWith('#') ? undefined : inlineOf(text, at)
  if (children === undefined) return undefined
  at.from += 1
  return { type: 'heading', depth: marks.length as 1, children }
}

function codeBlock(at: Lines): Code | undefined {
  const [, fence = '', lang = ''] = /^(`{3,})([\w+#-]*)$/.exec(at.lines[at.from] ?? '') ?? []
  if (fence === '') return undefined
  for (let end = at.from + 1; end < at.lines.length; end++) {
    const line = at.lines[end] ?? ''
    if (!line.includes('```')) continue
    const closing = /^ {0,3}(`+) *$/.exec(line)?.[1] ?? ''
    if (closing.length < fence.length) continue
    const value = at.lines.slice(at.from + 1, end).join('\n')
    at.from = end + 1
    return { type: 'code', lang: lang === '' ? null : lang, meta: null, value }
  }
  return undefined
}

/** The start or the end of a collapsible section: HTML up to the next empty line. */
function section(at: Lines): Html | undefined {
  if (!/^<\/?details(?: [^<>]*)?>$/.test(at.lines[at.from] ?? '')) return undefined
  const start = at.from
  while (at.from < at.lines.length && at.lines[at.from]?.trim() !== '') at.from += 1
  return { type: 'html', value: at.lines.slice(start, at.from).join('\n') }
}

/** Below the head of a table. */
const DELIMITERS = /^\|(?: :?-+:? \|)+$/

function table(at: Lines): Table | undefined {
  const delimiters = at.lines[at.from + 1] ?? ''
  if (!DELIMITERS.test(delimiters)) return undefined
  const align = delimiters
    .slice(1, -1)
    .split('|')
    .map((cell): AlignType => alignments[`${cell.startsWith(' :')}${cell.endsWith(': ')}`] ?? null)
  const rows: TableRow[] = []
  let next = at.from
  for (; next < at.lines.length; next++) {
    const line = at.lines[next] ?? ''
    if (line === '' || FIRST_ITEM.test(line)) break
    if (next === at.from + 1) continue
    const row = line.startsWith('|') ? tableRow(line, (text) => inlineOf(text, at)) : undefined
    if (row === undefined || row.length > align.length || (next === at.from && row.length < align.length))
      return undefined
    rows.push({ type: 'tableRow', children: row })
  }
  at.from = next
  return { type: 'table', align, children: rows }
}

const alignments: Record<string, AlignType> = { truetrue: 'center', truefalse: 'left', falsetrue: 'right' }

/** A line of hyphens and spaces is a rule instead. */
const LIST_ITEM = /^(?:-|\d{1,9}\.) (?=[^\s-])/
/** An item of a list that may begin below a paragraph. */
const FIRST_ITEM = /^(?:-|1\.) (?=[^\s-])(?!>|[*+](?:\s|$)|\d{1,9}[.)])/

function list(at: Lines): List | undefined {
  if (at.depth > MAX_DEPTH) return undefined
  const ordered = !(at.lines[at.from] ?? '').startsWith('-')
  const start = ordered ? Number.parseInt(at.lines[at.from] ?? '', 10) : null
  const children: ListItem[] = []
  let spread = false
  for (;;) {
    const item = listItem(at, ordered)
    if (item === undefined) return undefined
    children.push(item)
    const end = at.from
    while (at.lines[at.from] === '') at.from += 1
    const next = at.lines[at.from] ?? ''
    if (LIST_ITEM.test(next) && next.startsWith('-') !== ordered) spread ||= at.from > end
    else if (!LIST_ITEM.test(next) && (CONTINUES_LIST.test(next) || (at.from === end && next !== ''))) return undefined
    else {
      at.from = end
      return { type: 'list', ordered, start, spread, children }
    }
  }
}

/** A tab before the text: how wide it is depends on the column. */
const TABBED = /^[ >*+\-\d.)]*\t/
/** A task, or an item in an item. */
const NOT_TEXT = /^(?:\[[ xX]\]|[*+-](?:\s|$)|\d{1,9}[.)])/

function listItem(at: Lines, ordered: boolean): ListItem | undefined {
  const line = at.lines[at.from] ?? ''
  const marker = LIST_ITEM.exec(line)?.[0] ?? ''
  const indent = ' '.repeat(marker.length)
  const first = line.slice(marker.length)
  if (marker.startsWith('-') === ordered || NOT_TEXT.test(first)) return undefined
  const inner = [first]
  let end = at.from + 1
  for (let next = end; at.lines[next]?.startsWith(indent) || at.lines[next] === ''; next++) {
    if (!isBlankLine(at.lines[next])) end = next + 1
  }
  for (const below of at.lines.slice(at.from + 1, end)) {
    if (TABBED.test(below)) return undefined
    inner.push(below.slice(indent.length))
  }
  at.from = end
  const { blocks, isSpread } = blocksOf({ ...at, lines: inner, from: 0, depth: at.depth + 1 })
  if (isSpread === null) return undefined
  return { type: 'listItem', spread: isSpread, checked: null, children: blocks as BlockContent[] }
}

/** The start of a line that is not, or perhaps not, the text of a paragraph. */
const STARTS_BLOCK = /^(?:[\s#>|<+=~:-]|\*(?!\*[^\s*])|\d+[.)]|```|_[_ ])/
const CONTINUES_PARAGRAPH = /^(?:[A-Za-z(["']|`(?!``))/
/** A block that may begin on the line below a paragraph. */
const ENDS_PARAGRAPH = /^(?:#{1,6} |```[\w+#-]*$)/

function paragraph(at: Lines): BlockContent | undefined {
  if (STARTS_BLOCK.test(at.lines[at.from] ?? '')) return undefined
  let end = at.from + 1
  for (; end < at.lines.length; end++) {
    const line = at.lines[end] ?? ''
    if (line === '' || FIRST_ITEM.test(line) || ENDS_PARAGRAPH.test(line)) break
    if (line.startsWith('|') && table({ ...at, from: end }) !== undefined) break
    if (!CONTINUES_PARAGRAPH.test(line)) return undefined
  }
  const children = inlineOf(at.lines.slice(at.from, end).join('\n'), at)
  if (children === undefined) return undefined
  at.from = end
  return { type: 'paragraph', children }
}

/** The content of a paragraph. The general parser gets a text that is not simple as a paragraph of its own. */
function inlineOf(text: string, context: Context): PhrasingContent[] | undefined {
  if (DEFINITION.test(text)) return undefined
  const quick = quickInline(text)
  if (quick !== undefined || STARTS_BLOCK.test(text)) return quick
  const [block, ...others] = context.general(text)
  return block?.type === 'paragraph' && others.length === 0 ? block.children : undefined
}
