/** Turns drafts into pages: resolves references to URLs and writes the tree as Markdown. */

import type { Link, Nodes, Parents, RootContent } from 'mdast'
import { replaceAt } from '#base/long-arrays.ts'
import type { Page } from '#generate/model.ts'
import { anchorHtml, anchorsOf } from '#markdown/anchors.ts'
import { emphasis, heading, oneLine, paragraph } from '#markdown/build.ts'
import { stringify } from '#markdown/stringify.ts'
import type { Draft, Listed } from './draft.ts'
import type { PageAddress } from './packed-draft.ts'

/** The URL of a file or definition on the code host; `null` if there is none. */
export type AddressOf = (thing: Listed) => string | null

export interface WrittenPage {
  page: Page
  /** Texts in code style in quoted documents and comments, with the number of their occurrences. */
  quoted: Map<string, number>
}

/**
 * Resolve the references of a draft and write the page. Repeating it after an interruption gives the same result.
 *
 * A reference without a target becomes plain text, and so does a quoted one to the section that contains it. A reference to a
 * file or definition that is only listed becomes a link to the code host.
 *
 * @param linked - See `linkedAnchors`: list items at these get an anchor.
 */
export function writePage(
  draft: Draft,
  places: ReadonlyMap<string, PageAddress>,
  addressOf: AddressOf,
  linked: ReadonlySet<string> = new Set(),
): WrittenPage {
  const quoted = new Map<string, number>()
  const anchors = anchorsOf(draft.blocks)
  let anchor: string | null = null
  for (const block of draft.blocks) {
    if (block.type === 'heading') anchor = anchors.get(block) ?? null
    if ('children' in block) resolveReferences(block, { page: draft.file, anchor }, places, addressOf, quoted)
  }
  for (const [block, own] of anchors) {
    const [line] = block.type === 'listItem' && linked.has(`${draft.file}#${own}`) ? block.children : []
    if (line?.type === 'paragraph') line.children.unshift(anchorHtml(own))
  }
  return { page: pageOf(draft, draft.blocks), quoted }
}

/** A page that replaces one that could not be written: its title and the reason. */
export function unwrittenPage(draft: Omit<Page, 'markdown'>, reason: string): WrittenPage {
  return { page: pageOf(draft, [heading(1, draft.title), paragraph(emphasis(reason))]), quoted: new Map() }
}

const pageOf = ({ file, title, module, about, summary }: Omit<Page, 'markdown'>, blocks: RootContent[]): Page => ({
  file,
  title,
  module,
  about,
  ...(summary === undefined ? {} : { summary }),
  markdown: stringify(blocks),
})

function resolveReferences(
  block: Parents,
  here: PageAddress,
  places: ReadonlyMap<string, PageAddress>,
  addressOf: AddressOf,
  quoted: Map<string, number>,
): void {
  const note = (node: Nodes): void => {
    if (node.type !== 'inlineCode' || !isQuoted(node)) return
    const text = oneLine(node.value)
    quoted.set(text, (quoted.get(text) ?? 0) + 1)
  }
  const stack: Parents[] = [block]
  for (let parent = stack.pop(); parent !== undefined; parent = stack.pop()) {
    const children: Nodes[] = parent.children
    for (let index = 0; index < children.length; index++) {
      const node = children[index]
      if (node === undefined) continue
      if (node.type === 'link' && node.data?.ref !== undefined) {
        const place = places.get(node.data.ref)
        const isHere = place?.page === here.page && place.anchor === here.anchor && node.children.some(isQuoted)
        const direct = place?.listed === undefined ? null : addressOf(place.listed)
        const url = isHere ? null : (direct ?? urlOf(place, here.page))
        if (url === null) replaceAt(children, index--, node.children)
        else {
          children[index] = withUrl(node, url)
          node.children.forEach(note)
        }
      } else if ('children' in node) {
        stack.push(node)
      } else {
        note(node)
      }
    }
  }
}

function isQuoted(node: Nodes): boolean {
  return node.type === 'inlineCode' && node.data?.isQuoted === true
}

/** The approximate number of characters of a draft's Markdown. */
export function sizeOf(draft: Draft): number {
  let total = 0
  const stack: Nodes[] = [...draft.blocks]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    total += 4
    if ('value' in node) total += node.value.length
    if (node.type === 'link') total += node.url === '' ? 60 : node.url.length
    if ('children' in node) for (const child of node.children) stack.push(child)
  }
  return total
}

function urlOf(place: PageAddress | undefined, from: string): string | null {
  if (place === undefined) return null
  if (place.anchor === null) return place.page
  return `${place.page === from ? '' : place.page}#${encodeURIComponent(place.anchor)}`
}

function withUrl(link: Link, url: string): Link {
  return { type: 'link', url, children: link.children }
}
