/** Parses the common subset of reStructuredText of Docutils and Sphinx. Directives are not executed. */

import type { PhrasingContent, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Includes } from '#generate/guides/includes.ts'
import type { RawGuide } from '#generate/guides/nodes.ts'
import { Blocks, type RstDocument } from './blocks.ts'
import { rstInline } from './inline.ts'

/** Limit on nodes that substitutions add to a document. */
const MAX_SUBSTITUTED = 5_000
const TARGET = /^(\s*)\.\. _(`[^`\n]{1,200}`|[^:`\n]{1,200}):\s+(\S.{0,500})$/
const ANONYMOUS = /^\s*(?:\.\. __:|__)\s+(\S.{0,500})$/
const SUBSTITUTION = /^ {0,40}\.\. \|([^|\n]{1,100})\| {1,9}([a-z]{3,12})::(.{0,500})$/

const LIST_MARKS = /^ *(?:(?:[-*+•]|\d{1,4}[.)]|#\.) +)?/
const OPENS_LITERAL = /^(?:\.\. (?:code|code-block|sourcecode|parsed-literal|raw|math)::|(?!\.\. ).*::$)/

export function readRst(path: string, source: string, includes: Includes): RawGuide {
  const lines = linesOf(source)
  const document = documentOf(path, lines, includes)
  const blocks = withTabsMerged(new Blocks(document).read(lines))
  // A label without a heading after it refers to the whole document.
  return {
    title: null,
    blocks,
    position: null,
    id: null,
    slug: null,
    isHidden: false,
    labels: document.pending,
    lists: document.lists,
  }
}

/** Parses a directive embedded in another format. */
export function rstBlocks(path: string, source: string, includes: Includes): Pick<RawGuide, 'blocks' | 'lists'> {
  const lines = linesOf(source)
  const document = documentOf(path, lines, includes)
  return { blocks: withTabsMerged(new Blocks(document).read(lines)), lists: document.lists }
}

const linesOf = (source: string): string[] => source.split('\n').map((line) => withTabStops(line.trimEnd()))

/** Expands tabs to spaces, up to the next multiple of 8 columns. */
function withTabStops(line: string): string {
  const [first = '', ...parts] = line.split('\t')
  return parts.reduce((text, part) => `${text}${' '.repeat(8 - (text.length % 8))}${part}`, first)
}

/** Definitions apply to the whole text, wherever they are. */
function documentOf(path: string, lines: readonly string[], includes: Includes): RstDocument {
  const urls = new Map<string, string>()
  const anonymous: string[] = []
  const substitutions: [name: string, kind: string, value: string][] = []
  for (const line of withoutLiterals(lines)) {
    if (!line.includes('..') && !line.includes('__')) continue
    const [, , name, url] = TARGET.exec(line) ?? []
    if (name !== undefined && url !== undefined) urls.set(name.replace(/[`\\]/g, '').toLowerCase(), url.trim())
    const [, plain] = ANONYMOUS.exec(line) ?? []
    if (plain !== undefined) anonymous.push(plain)
    const [, word, kind, value] = SUBSTITUTION.exec(line) ?? []
    if (word !== undefined && kind !== undefined && value !== undefined)
      substitutions.push([word.toLowerCase(), kind, value.trim()])
  }
  const document: RstDocument = {
    path,
    includes,
    urls,
    anonymous,
    substitutions: new Map(),
    nodesLeft: MAX_SUBSTITUTED,
    module: null,
    styles: [],
    lists: [],
    pending: [],
    including: new Set(),
  }
  for (const [name, kind, value] of substitutions) {
    const nodes: PhrasingContent[] =
      kind === 'image'
        ? [{ type: 'image', url: value, alt: name }]
        : kind === 'replace'
          ? rstInline(value, { ...document, substitutions: new Map(), anonymous: [] })
          : [{ type: 'text', value: kind === 'unicode' ? decoded(value) : name }]
    document.substitutions.set(name, nodes)
  }
  return document
}

/** The characters of `0xA9 U+2014 .. comment`. */
function decoded(codes: string): string {
  const [plain = ''] = codes.split(/(?:^| )\.\. /, 1)
  return plain
    .split(/ +/)
    .map((code) => {
      const [, digits] = /^(?:0x|x|\\x|U\+|u|\\u)([\da-f]{1,6})$/i.exec(code) ?? []
      const point = digits === undefined ? -1 : Number.parseInt(digits, 16)
      return point > 0x1f && point <= 0x10_ff_ff && point >> 11 !== 0x1b
        ? String.fromCodePoint(point)
        : digits === undefined
          ? code
          : ''
    })
    .join('')
}

/** The lines outside of literal blocks and code. */
function withoutLiterals(lines: readonly string[]): string[] {
  /** The indentation of the text before the current block; -1 outside. */
  let margin = -1
  return lines.filter((line) => {
    if (margin >= 0 && (line === '' || line.length - line.trimStart().length > margin)) return false
    const text = line.replace(LIST_MARKS, '')
    margin = OPENS_LITERAL.test(text) ? line.length - text.length : -1
    return true
  })
}

/** Joins adjacent tabs into one set. */
function withTabsMerged(blocks: readonly RootContent[]): RootContent[] {
  const result: RootContent[] = []
  for (const block of blocks) {
    const last = result.at(-1)
    if (block.type === 'tabSet' && last?.type === 'tabSet' && block.tabs.length === 1) append(last.tabs, block.tabs)
    else result.push(block)
  }
  return result
}
