/** Parses the common subset of reStructuredText of Docutils and Sphinx. Nothing is run. */

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

export function readRst(path: string, source: string, includes: Includes): RawGuide {
  const lines = linesOf(source)
  const document = documentOf(path, lines, includes)
  const blocks = joined(new Blocks(document).read(lines))
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
  return { blocks: joined(new Blocks(document).read(lines)), lists: document.lists }
}

const linesOf = (source: string): string[] =>
  source.split('\n').map((line) => line.trimEnd().replace(/\t/g, '        '))

/** Definitions apply to the whole text, wherever they are. */
function documentOf(path: string, lines: readonly string[], includes: Includes): RstDocument {
  const urls = new Map<string, string>()
  const anonymous: string[] = []
  const texts: [name: string, kind: string, value: string][] = []
  for (const line of lines) {
    if (!line.includes('..') && !line.includes('__')) continue
    const [, , name, url] = TARGET.exec(line) ?? []
    if (name !== undefined && url !== undefined) urls.set(name.replace(/[`\\]/g, '').toLowerCase(), url.trim())
    const [, plain] = ANONYMOUS.exec(line) ?? []
    if (plain !== undefined) anonymous.push(plain)
    const [, word, kind, value] = SUBSTITUTION.exec(line) ?? []
    if (word !== undefined && kind !== undefined && value !== undefined)
      texts.push([word.toLowerCase(), kind, value.trim()])
  }
  const document: RstDocument = {
    ...{ path, includes, urls, anonymous, substitutions: new Map(), nodesLeft: MAX_SUBSTITUTED, module: null },
    ...{ styles: [], lists: [], pending: [], including: new Set() },
  }
  for (const [name, kind, value] of texts) {
    const nodes: PhrasingContent[] =
      kind === 'image'
        ? [{ type: 'image', url: value, alt: name }]
        : kind === 'replace'
          ? rstInline(value, { ...document, substitutions: new Map(), anonymous: [] })
          : [{ type: 'text', value: kind === 'unicode' ? '' : name }]
    document.substitutions.set(name, nodes)
  }
  return document
}

/** Joins adjacent tabs into one set. */
function joined(blocks: readonly RootContent[]): RootContent[] {
  const result: RootContent[] = []
  for (const block of blocks) {
    const last = result.at(-1)
    if (block.type === 'tabSet' && last?.type === 'tabSet' && block.tabs.length === 1) append(last.tabs, block.tabs)
    else result.push(block)
  }
  return result
}
