/** Writes the repository's own documents as pages of the set, with links, names and images resolved to pages and files of the set. */

import { createHash } from 'node:crypto'
import type { Image, Parent, PhrasingContent, RootContent } from 'mdast'
import type { Guide, GuideNode, Guides } from '#generate/guide-model.ts'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import { firstSentence } from '#generate/pages/first-sentence.ts'
import { isTelling } from '#generate/pages/telling.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, list, paragraph, plainText, refLink, text } from '#markdown/build.ts'
import type { TreeNode } from '#store/model.ts'
import { GuideNames } from './guide-names.ts'

export interface GuidePages {
  /** The table of contents, then the guides in order. */
  drafts: Draft[]
  /** The group of guides in the sidebar. */
  node: TreeNode
}

/** No slug of a module contains `--`. */
const PREFIX = 'guide--'
const CONTENTS = `${PREFIX}contents.md`
const MAX_SLUG = 90
/** Limit on the names of omitted documents, for each reason. */
const MAX_NAMED = 12
/** In a document with at most this many blocks and no list of its own, the children are listed at the end. */
const FEW_BLOCKS = 2
const isList = ({ type }: RootContent): boolean => type === 'list'

/** The reference to a guide or to one of its headings; see `refTo`. */
const refToGuide = (path: string, anchor: string | null = null): string =>
  `guide ${path}${anchor === null ? '' : `#${anchor}`}`

export const refToGuides = refTo.page(CONTENTS)

/** @returns `undefined` if there are no guides. */
export function guidePages(writing: Writing): GuidePages | undefined {
  const { guides, texts } = writing
  if (guides === null || guides.order.length === 0) return undefined
  const names = new GuideNames(writing)
  const taken = new Set([CONTENTS])
  const drafts: Draft[] = []
  const nodes = nodesOf(guides.order)
  return {
    drafts: [contentsPage(writing, guides), ...drafts],
    node: { title: texts.guide.title, file: CONTENTS, children: nodes },
  }

  function nodesOf(order: readonly GuideNode[]): TreeNode[] {
    return order.map(({ title, path, children }) => {
      const guide = path === null ? undefined : guides?.guides.get(path)
      const file = fileName(path ?? `group ${title}`, taken)
      const draft =
        guide === undefined
          ? groupPage(writing, file, title, children)
          : guidePage(writing, file, guide, { title, children }, names)
      drafts.push(draft)
      return { title, file, children: nodesOf(children) }
    })
  }
}

function fileName(path: string, taken: Set<string>): string {
  const slug = path
    .replace(/\.[A-Za-z]{2,8}$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|(?<!-)-+$/g, '')
  let name = `${PREFIX}${slug || hashOf(path)}.md`
  // Groups may share a title.
  for (let again = 0; taken.has(name); again++)
    name = `${PREFIX}${slug}--${hashOf(again === 0 ? path : `${path} ${again}`)}.md`
  taken.add(name)
  return name
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 6)

function guidePage(
  writing: Writing,
  file: string,
  guide: Guide,
  { title, children }: Pick<GuideNode, 'title' | 'children'>,
  names: GuideNames,
): Draft {
  const { sources, texts } = writing
  const { path, blocks, anchors, isCut } = guide
  const draft = newDraft(file, title, null, 'guide')
  draft.homes.set(refToGuide(path), null).set(refTo.file(path), null)
  const linker = new Linker(writing, names)
  const linked = linker.link(blocks)
  for (const [anchor, home] of anchors) draft.homes.set(refToGuide(path, anchor), linker.copyOf(home))
  const link = sources.file(path)
  const cut = isCut ? [paragraph(...texts.guide.cut(link))] : []
  draft.blocks = [
    heading(1, guide.title),
    ...cut,
    ...withoutMenus(linked),
    ...(blocks.length <= FEW_BLOCKS && !blocks.some(isList) ? listOf(writing, children) : []),
    { type: 'thematicBreak' },
    ...(isCut ? cut : [paragraph(...texts.guide.from(link))]),
  ]
  return draft
}

/**
 * Removes menus of a website: paragraphs that contain only links, above the first heading or, without headings, above everything
 * else. A document with nothing else keeps them.
 */
function withoutMenus(blocks: readonly RootContent[]): RootContent[] {
  const heading = blocks.findIndex(({ type }) => type === 'heading')
  const end = heading >= 0 ? heading : blocks.findIndex((block) => !isMenu(block))
  return blocks.filter((block, at) => at >= end || !isMenu(block))
}

function isMenu(block: RootContent): boolean {
  if (block.type !== 'paragraph') return false
  const others = block.children.filter(({ type }) => type !== 'link' && type !== 'break')
  const links = block.children.filter(({ type }) => type === 'link').length
  return (
    links > 1 &&
    !/[\p{L}\p{N}]/u.test(others.map((child) => plainText({ type: 'paragraph', children: [child] })).join(''))
  )
}

/** A group without a document of its own. */
function groupPage(writing: Writing, file: string, title: string, children: readonly GuideNode[]): Draft {
  const draft = newDraft(file, title, null, 'guide')
  draft.blocks = [heading(1, title), ...listOf(writing, children)]
  return draft
}

function contentsPage(writing: Writing, guides: Guides): Draft {
  const { texts, sources } = writing
  const draft = newDraft(CONTENTS, texts.guide.title, null, 'guide')
  draft.homes.set(refToGuides, null)
  draft.blocks = [heading(1, texts.guide.title), ...listOf(writing, guides.order)]
  for (const [gap, paths] of guides.leftOut) {
    const files = paths.map((path): Inline[] => (writing.repo.files.has(path) ? sources.file(path) : [code(path)]))
    draft.blocks.push(paragraph(...texts.guide.leftOut(texts.guide.gaps[gap], few(files, MAX_NAMED, texts))))
  }
  return draft
}

/** Documents with their first sentence, groups with their members. Recursion is bounded by the depth of the order. */
function listOf(writing: Writing, order: readonly GuideNode[]): RootContent[] {
  const items = order.map(({ title, path, children }): RootContent[] => {
    const below = listOf(writing, children)
    const guide = path === null ? undefined : writing.guides?.guides.get(path)
    if (guide === undefined) return [paragraph(title), ...below]
    const sentence = below.length > 0 ? '' : openingOf(guide)
    const words: Inline[] = sentence === '' ? [] : [`${writing.texts.colon}${sentence}`]
    return [paragraph(refLink(refToGuide(guide.path), title), ...words), ...below]
  })
  return items.length === 0 ? [] : [list(items as never)]
}

/** Matches sentences that do not say what a document is about. */
const COURTESY = /^\P{L}*(?:lorem ipsum|(?:all )?contributions?\b.{0,80}\bwelcomed?\b|thank(?:s| you)\b|welcome\b)/iu

/** The first sentence of a guide, if it begins with a paragraph; otherwise ''. */
function openingOf({ blocks }: Guide): string {
  const first = blocks.find((block) => block.type === 'paragraph' || block.type === 'heading' || block.type === 'list')
  if (first?.type !== 'paragraph') return ''
  const sentence = firstSentence(plainText(first).replace(/[[\]*`<>|]/g, ' '))
  if (sentence === null || !isTelling(sentence) || COURTESY.test(plainText({ type: 'paragraph', children: sentence })))
    return ''
  const words = plainText({ type: 'paragraph', children: sentence }).replace(/\s+/g, ' ').trim()
  // What a template engine fills in is not what readers see.
  const isSentence = words.length > 20 && words.length <= 200 && /[.!?。]$/.test(words) && !/\{[{%]/.test(words)
  return isSentence ? words : ''
}

/** Resolves the links, names and images of a guide, in copies. Recursion is bounded. */
class Linker {
  readonly #writing: Writing
  readonly #names: GuideNames
  readonly #copies = new Map<RootContent, RootContent>()

  constructor(writing: Writing, names: GuideNames) {
    this.#writing = writing
    this.#names = names
  }

  link(blocks: readonly RootContent[]): RootContent[] {
    return blocks.map((block) => {
      if (!('children' in block)) return block
      const copy = { ...block, children: this.#childrenOf(block) } as RootContent
      this.#copies.set(block, copy)
      return copy
    })
  }

  copyOf<T extends RootContent>(block: T): T {
    return (this.#copies.get(block) ?? block) as T
  }

  #childrenOf(block: RootContent & Parent): RootContent[] {
    const { type } = block
    if (type === 'paragraph' || type === 'tableCell' || type === 'heading')
      return block.children.flatMap((node) => this.#inline(node, type === 'heading'))
    return this.link(block.children as RootContent[])
  }

  /** @param isLinked - Whether the node is in a link or heading, which contain no other links. */
  #inline(node: PhrasingContent, isLinked: boolean): PhrasingContent[] {
    if (node.type === 'image') return this.#image(node, isLinked)
    if (node.type === 'inlineCode') {
      const symbol = node.data?.symbol
      const id = isLinked ? null : this.#names.resolve(symbol ?? node.value, symbol !== undefined)
      if (id !== null) return [refLink(refTo.component(id), node)]
      const file =
        isLinked || symbol === undefined ? undefined : (this.#names.fileOf(symbol) ?? this.#names.fileOf(node.value))
      return [file === undefined ? node : refLink(refTo.file(file), node)]
    }
    if (!('children' in node)) return [node]
    const isLink = node.type === 'link'
    const children = (node.children as PhrasingContent[]).flatMap((child) => this.#inline(child, isLinked || isLink))
    const place = isLink ? node.data?.place : undefined
    if (place === undefined) return [{ ...node, children } as PhrasingContent]
    if (this.#writing.guides?.guides.has(place.path)) {
      const { anchors } = this.#writing.guides.guides.get(place.path) as Guide
      const anchor = place.anchor !== null && anchors.has(place.anchor) ? place.anchor : null
      return [refLink(refToGuide(place.path, anchor), ...children)]
    }
    const url = this.#writing.sources.address(place.path)
    // The overview needs to know which files a README links to.
    return url === null ? children : [{ type: 'link', url, data: { place }, children: children as never }]
  }

  #image({ alt, data }: Image, isLinked: boolean): PhrasingContent[] {
    const picture = data?.picture ?? ''
    const url = this.#writing.pictures.get(picture)
    if (url !== undefined) return [{ type: 'image', url, alt: alt ?? '' }]
    if (!alt) return []
    const file = isLinked || !this.#writing.repo.files.has(picture) ? null : this.#writing.sources.address(picture)
    return [file === null ? text(alt) : { type: 'link', url: file, children: [text(alt)] }]
  }
}
