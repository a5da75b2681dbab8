/** Checks a written set against its repository. Pure. */

import type { Nodes, Parents } from 'mdast'
import { push } from '#base/multimap.ts'
import {
  type Analysis,
  compareText,
  type Diagram,
  type IndexEntry,
  type Inventory,
  type Page,
  type SourceLink,
} from '#generate/model.ts'
import type { PageContents } from '#markdown/contents.ts'
import { parse } from '#markdown/parse.ts'
import { stringify } from '#markdown/stringify.ts'
import { checkDiagrams } from './check-diagrams.ts'
import { checkEntries } from './check-entries.ts'
import { checkIdentifiers, KnownNames } from './check-identifiers.ts'
import { checkLinks, type KeptText } from './check-links.ts'
import { Findings, type Verification } from './findings.ts'
import { type ReadPage, readPage } from './read-page.ts'
import { relationsOf } from './relations.ts'

export interface VerifyInput {
  pages: readonly Page[]
  /** The contents of each page, if already parsed; `null` for a page that could not be parsed. */
  contents?: readonly (PageContents | null)[]
  index: readonly IndexEntry[]
  diagrams: readonly Diagram[]
  sources: readonly SourceLink[]
  /** For each page, the number of times that it quotes each text in code style from the repository. */
  quoted: ReadonlyMap<string, ReadonlyMap<string, number>>
  inventory: Inventory
  analysis: Analysis
  /** The function that the pages used for links. */
  link: (path: string, startLine?: number, endLine?: number) => string | null
  /** Names of the images of the set; none by default. */
  pictures?: ReadonlySet<string> | undefined
  /** The embedded files, when pages link to them. */
  kept?: readonly KeptText[]
}

export interface Verified {
  /** The same pages; broken links have become plain text. */
  pages: Page[]
  verification: Verification
}

const NO_CONTENTS: PageContents = {
  sections: new Map(),
  links: [],
  images: [],
  diagrams: [],
  codes: new Map(),
  empty: [],
}
const NOTHING: ReadonlyMap<string, number> = new Map()

export function verify(input: VerifyInput): Verified {
  const { inventory, analysis, index } = input
  const findings = new Findings()
  const read = input.pages.map((page, number): ReadPage => {
    const contents = input.contents?.[number]
    if (contents === undefined) return readPage(page)
    if (contents === null) findings.fault('unread_page', page.file, 'The page could not be rendered.')
    return { page, ...(contents ?? NO_CONTENTS) }
  })
  const pages = new Map(read.map((page) => [page.page.file, page]))
  const files = new Map(inventory.files.map((file) => [file.path, file]))
  const sources = new Map<string, SourceLink[]>()
  for (const source of input.sources) push(sources, source.url, source)
  const kept = input.kept && new Map(input.kept.map((file) => [file.name, file]))
  const context = { pages, files, sources, kept, sourcePrefix: input.link(''), results: new Map() }
  const relations = relationsOf(analysis, files)
  const known = new KnownNames(inventory, analysis, input.sources)

  const result = read.map((next): Page => {
    findings.check('pages')
    findings.check('sections', next.sections.size)
    // Only documents of the repository may have empty sections.
    for (const anchor of next.page.about === 'guide' ? [] : next.empty)
      findings.fault('empty_section', next.page.file, anchor)
    checkDiagrams(next, input.diagrams, relations, findings)
    checkIdentifiers(next, input.quoted.get(next.page.file) ?? NOTHING, known, findings)
    const broken = checkLinks(next, context, findings)
    for (const name of next.images) {
      findings.check('pictures')
      if (input.pictures?.has(name)) continue
      findings.fault('unknown_picture', next.page.file, name)
      broken.add(name)
    }
    if (broken.size === 0) return next.page
    const { markdown, count } = unlink(next.page.markdown, broken)
    findings.repair(count)
    return { ...next.page, markdown }
  })
  const partial = analysis.reports.flatMap((report) => report.failed).sort(compareText)
  checkEntries(analysis, index, pages, files, findings)
  return { pages: result, verification: findings.report(partial) }
}

/** Replaces links to these URLs and images with these names in a page, and counts the replacements. */
function unlink(markdown: string, broken: ReadonlySet<string>): { markdown: string; count: number } {
  const tree = parse(markdown)
  let count = 0
  const stack: Parents[] = [tree]
  const plain = (node: Nodes): Nodes[] => {
    if ((node.type !== 'link' && node.type !== 'image') || !broken.has(node.url)) return [node]
    count += 1
    return node.type === 'link' ? node.children.flatMap(plain) : [{ type: 'text', value: node.alt ?? '' }]
  }
  for (let parent = stack.pop(); parent !== undefined; parent = stack.pop()) {
    const children = (parent.children as Nodes[]).flatMap(plain)
    Object.assign(parent, { children })
    for (const node of children) if ('children' in node) stack.push(node)
  }
  return { markdown: stringify(tree.children), count }
}
