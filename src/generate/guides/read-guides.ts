/** Reads the documents of a repository, in the order of their documentation tools. Pure. */

import type { RootContent } from 'mdast'
import { push } from '#base/multimap.ts'
import { rdocToMarkdown } from '#generate/formats/rdoc.ts'
import { anchorKey, type Guide, type GuideNode, type GuidePlace, type Guides } from '#generate/guide-model.ts'
import type { Incidents } from '#generate/incidents.ts'
import type { Inventory, SourceFile } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { documentsIncluded } from '#generate/rust-included-docs.ts'
import { codeBlock, plainText } from '#markdown/build.ts'
import { readAsciidoc } from './asciidoc/read-asciidoc.ts'
import { chooseGuides, MAX_GUIDE } from './choose-guides.ts'
import { type CleanGuide, cleanGuide } from './clean-guide.ts'
import { Includes, type OtherFiles, otherFiles } from './includes.ts'
import { Library, type LibraryDocument, type NavItem, titleOf } from './library.ts'
import { DOCUMENT, Targets } from './link-targets.ts'
import { isReference, namingCode } from './mkdocstrings.ts'
import type { RawGuide } from './nodes.ts'
import { orderOf, pathsIn } from './order/order.ts'
import { readMarkdown } from './read-markdown.ts'
import { readNotebook } from './read-notebook.ts'
import { resolveBlocks } from './resolve.ts'
import { readRst } from './rst/read-rst.ts'

/** Limit on failures: after this many documents have failed, no more are read. */
const MAX_FAILURES = 4
const MAX_DEPTH = 6

interface Read extends CleanGuide {
  file: SourceFile
  raw: Omit<RawGuide, 'blocks'>
  isCut: boolean
}

export function readGuides(inventory: Inventory, incidents: Incidents): Guides {
  const { ofItems, ofFiles } = documentsIncluded(inventory.files)
  const { files, leftOut } = chooseGuides(inventory.files.filter(({ path }) => !ofItems.has(path)))
  const all = new Map(inventory.files.map((file) => [file.path, file]))
  const read = new Map<string, Read>()
  let failures = 0
  const onFailure = ({ path }: SourceFile): void => {
    failures += 1
    push(leftOut, 'unreadable', path)
  }
  const chosen = new Set(files.map(({ path }) => path))
  const others = otherFiles(
    (path) => all.get(path)?.text ?? null,
    (path) => chosen.has(path),
  )
  incidents.each(files, { stage: 'guides', fileOf: ({ path }) => path, onFailure }, (file) => {
    if (failures >= MAX_FAILURES) {
      push(leftOut, 'unreadable', file.path)
      return
    }
    const found = readOne(file, others)
    // Its headings are those of sections.
    if (ofFiles.has(file.path)) found.raw.title ??= titleOf(nameOf(file.path))
    if (!found.raw.isHidden) read.set(file.path, found)
  })
  const documents = new Map<string, LibraryDocument>([...read].map(([path, { raw }]) => [path, raw]))
  const library = new Library(all, documents)
  const guides = new Map<string, Guide>()
  const order = orderOf(library, incidents)
  for (const path of pathsIn(order)) {
    const found = read.get(path)
    if (found === undefined || !hasContent(found.blocks)) continue
    const { blocks, anchors, isCut } = found
    guides.set(path, { path, title: titleOfGuide(found), blocks: namingCode(blocks), anchors, isCut })
  }
  resolveAll(guides, read, library, all)
  const held = new Map<string, Uint8Array>()
  for (const [path, { raw }] of read) for (const [number, bytes] of raw.held ?? []) held.set(`${path} ${number}`, bytes)
  const titles = new Map([...read].map(([path, one]) => [path, titleOfGuide(one)]))
  return { guides, order: nodesOf(order, guides, titles), leftOut, held }
}

function readOne(file: SourceFile, others: OtherFiles): Read {
  const { path, text } = file
  const source = text ?? ''
  const isNotebook = /\.ipynb$/i.test(path)
  const isCut = !isNotebook && source.length > MAX_GUIDE
  const whole = (isCut ? source.slice(0, MAX_GUIDE) : source).replace(/\r\n?/g, '\n')
  const raw = parse(path, whole, new Includes(others)) ?? {
    // Text that is nested too deeply is shown unparsed.
    title: null,
    position: null,
    id: null,
    slug: null,
    isHidden: false,
    blocks: [codeBlock(null, whole.slice(0, 20_000))],
  }
  const { blocks, ...rest } = raw
  return { file, raw: rest, isCut, ...cleanGuide(isCut ? wholeSections(blocks) : blocks) }
}

/** Drops the last section, which is truncated, unless it makes up half of the blocks. */
function wholeSections(blocks: readonly RootContent[]): readonly RootContent[] {
  const end = blocks.findLastIndex(({ type }) => type === 'heading')
  return end > blocks.length / 2 ? blocks.slice(0, end) : blocks
}

function parse(path: string, source: string, includes: Includes): RawGuide | undefined {
  if (/\.rst$/i.test(path)) return readRst(path, source, includes)
  if (/\.ipynb$/i.test(path)) return readNotebook(source)
  if (/\.(?:adoc|asciidoc)$/i.test(path)) return readAsciidoc(source)
  return readMarkdown(path, /\.rdoc$/i.test(path) ? rdocToMarkdown(source) : source, includes)
}

/** Whether a block is nothing but a table of contents, which duplicates the navigation. */
function isContents(block: RootContent): boolean {
  return (
    block.type === 'list' &&
    block.children.every(({ children: [first] }) => {
      const [link] = first?.type === 'paragraph' ? first.children : []
      return link?.type === 'link' && link.data?.href?.startsWith(DOCUMENT) === true
    })
  )
}

/** Whether a document has content; headings, contents, placeholder text and references to code do not count. */
function hasContent(blocks: readonly RootContent[]): boolean {
  const first = blocks.find(({ type }) => type === 'paragraph')
  if (first !== undefined && /^\W*lorem ipsum\b/i.test(plainText(first))) return false
  return blocks.some(
    (block) => block.type !== 'heading' && block.type !== 'thematicBreak' && !isReference(block) && !isContents(block),
  )
}

function titleOfGuide({ raw, title, file }: Read): string {
  const name = nameOf(file.path)
  const own = (raw.title ?? title ?? '').replace(/\s+/g, ' ').trim().slice(0, 200)
  // The first heading of instructions for contributors often covers only a part of them.
  if (/^contributing\.\w+$/i.test(name) && /\b(?:pull|releas\w+|test\w*|updat\w+)\b/i.test(own))
    return titleOf(name.toLowerCase())
  if (own !== '') return own
  // A document without a title is named after its folder.
  const folder = nameOf(folderOf(file.path))
  return /^(?:readme|index)\.\w+$/i.test(name) && folder !== '' ? titleOf(folder) : titleOf(name)
}

function resolveAll(
  guides: ReadonlyMap<string, Guide>,
  read: ReadonlyMap<string, Read>,
  library: Library,
  all: ReadonlyMap<string, SourceFile>,
): void {
  const labels = new Map<string, GuidePlace>()
  for (const [path, { anchors }] of guides) {
    for (const heading of new Set(anchors.values()))
      for (const label of heading.data?.anchors ?? []) {
        const key = anchorKey(label)
        if (!labels.has(key)) labels.set(key, { path, anchor: key })
      }
    const { raw, labels: ofTitle = [] } = read.get(path) ?? {}
    for (const label of [...(raw?.labels ?? []), ...ofTitle]) {
      const key = anchorKey(label)
      if (!labels.has(key)) labels.set(key, { path, anchor: null })
    }
  }
  const targets = new Targets(library, new Set(all.keys()), labels)
  const titleAt = (path: string, anchor: string | null): string | undefined => {
    const heading = anchor === null ? undefined : guides.get(path)?.anchors.get(anchor)
    return heading === undefined ? guides.get(path)?.title : plainText(heading)
  }
  for (const [path, { blocks }] of guides) resolveBlocks(blocks, path, targets, titleAt)
}

/** Entries nested deeper than the limit become siblings. */
function nodesOf(
  items: readonly NavItem[],
  guides: ReadonlyMap<string, Guide>,
  titles: ReadonlyMap<string, string>,
  depth = 0,
): GuideNode[] {
  return items.flatMap(({ title, path, children }): GuideNode[] => {
    const guide = path === null ? undefined : guides.get(path)
    const below = nodesOf(children, guides, titles, depth + 1)
    if (guide === undefined && (below.length === 0 || depth >= MAX_DEPTH)) return below
    const isReadme = path !== null && /^readme\.\w+$/i.test(path)
    const name = (title ?? (isReadme ? 'README' : titles.get(path ?? '')) ?? 'More')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 200)
    const node = { title: name === '' ? 'More' : name, path: guide?.path ?? null, children: below }
    return depth >= MAX_DEPTH ? [{ ...node, children: [] }, ...below] : [node]
  })
}
