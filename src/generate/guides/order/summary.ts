/** Reads `SUMMARY.md` of mdBook and GitBook, the table of contents. */

import type { List, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Library, NavItem } from '#generate/guides/library.ts'
import { folderOf, joinPath } from '#generate/paths.ts'
import { plainText } from '#markdown/build.ts'
import { parseShallow } from '#markdown/parse-shallow.ts'
import { pruned } from './pruned.ts'

const MAX_DEPTH = 8

/** @param path - Path of the `SUMMARY.md`. */
export function summaryOrder(library: Library, path: string): NavItem[] {
  const tree = parseShallow(library.text(path)?.slice(0, 200_000) ?? '')
  return tree === undefined ? [] : groupsOf(tree.children, (url) => resolve(library, path, url))
}

type Resolve = (url: string) => string | undefined

/** A heading opens a group. A first heading of level 1 is the title of the book, whatever its language. */
function groupsOf(blocks: readonly RootContent[], pathOf: Resolve): NavItem[] {
  const items: NavItem[] = []
  let group: NavItem | undefined
  let isStart = true
  for (const block of blocks) {
    if (block.type === 'heading') {
      const title = plainText(block).trim()
      const isTitle = (isStart && block.depth === 1) || /^(?:summary|table of contents)$/i.test(title)
      group = isTitle ? undefined : { title, path: linksOf(block, pathOf)[0]?.path ?? null, children: [] }
      if (group !== undefined) items.push(group)
    } else {
      const entries = block.type === 'list' ? itemsOf(block, pathOf, 0) : linksOf(block, pathOf)
      // Links in a paragraph after the list of a group are chapters at the end of the book.
      if (block.type !== 'list' && entries.length > 0 && (group?.children.length ?? 0) > 0) group = undefined
      append(group?.children ?? items, entries)
    }
    if (block.type !== 'html') isStart = false
  }
  return pruned(items)
}

function itemsOf(list: List, pathOf: Resolve, depth: number): NavItem[] {
  return list.children.map((item): NavItem => {
    const [words, ...rest] = item.children
    const [own] = words === undefined ? [] : linksOf(words, pathOf)
    const children =
      depth < MAX_DEPTH ? rest.flatMap((one) => (one.type === 'list' ? itemsOf(one, pathOf, depth + 1) : [])) : []
    return { title: own?.title ?? (words === undefined ? null : plainText(words)), path: own?.path ?? null, children }
  })
}

/** The links to documents in a paragraph or heading. */
function linksOf(block: RootContent, pathOf: Resolve): NavItem[] {
  if (block.type !== 'paragraph' && block.type !== 'heading') return []
  return block.children.flatMap((node): NavItem[] => {
    const path = node.type === 'link' ? pathOf(node.url) : undefined
    return path === undefined ? [] : [{ title: plainText(node).trim() || null, path, children: [] }]
  })
}

/** The document of a link. @returns `undefined` for other websites, and for an anchor or a query alone. */
function resolve(library: Library, from: string, url: string): string | undefined {
  let plain = url.replace(/[?#][\s\S]*$/, '')
  if (plain === '' || /^(?:[a-z]+:|\/\/)/i.test(plain)) return undefined
  try {
    plain = decodeURIComponent(plain)
  } catch {
    // A `%` that encodes nothing is part of the name.
  }
  const path = plain.startsWith('/') ? plain : joinPath(folderOf(from), plain)
  return path === undefined ? undefined : library.document(path)
}
