/** Turning drafts into pages: anchors for headings, addresses for references, Markdown for trees. */

import type { Link, Nodes, Parents, RootContent } from 'mdast'
import { replaceAt } from '#base/long-arrays.ts'
import type { Page } from '#generate/model.ts'
import { anchorsOf } from '#markdown/anchors.ts'
import { emphasis, heading, oneLine, paragraph } from '#markdown/build.ts'
import { stringify } from '#markdown/stringify.ts'
import type { Draft, Listed } from './draft.ts'
import type { PageAddress } from './packed-draft.ts'

/** The address of a file or definition in the repository itself; `null` where it has none. */
export type AddressOf = (thing: Listed) => string | null

export interface WrittenPage {
  page: Page
  /** What stands in code style in the words of others that the page quotes, with how often. */
  quoted: Map<string, number>
}

/**
 * Fill in the addresses and write the page. The result is the same when the work was interrupted before. A reference to what has no place becomes its text; so does one in somebody's
 * words that leads to the section it stands in. One to what has no entry leads to the repository itself.
 */
export function writePage(draft: Draft, places: ReadonlyMap<string, PageAddress>, addressOf: AddressOf): WrittenPage {
  const quoted = new Map<string, number>()
  const anchors = anchorsOf(draft.blocks)
  let anchor: string | null = null
  for (const block of draft.blocks) {
    if (block.type === 'heading') anchor = anchors.get(block) ?? null
    if ('children' in block) resolveReferences(block, { page: draft.file, anchor }, places, addressOf, quoted)
  }
  return { page: pageOf(draft, draft.blocks), quoted }
}

/** The page in place of one that could not be written: its title and why. */
export function unwrittenPage(draft: Omit<Page, 'markdown'>, reason: string): WrittenPage {
  return { page: pageOf(draft, [heading(1, draft.title), paragraph(emphasis(reason))]), quoted: new Map() }
}

const pageOf = ({ file, title, module, about, summary }: Omit<Page, 'markdown'>, blocks: RootContent[]): Page => ({
  ...{ file, title, module, about },
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

/** About how many characters of Markdown a draft will take. */
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
