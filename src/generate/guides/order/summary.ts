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
  return tree === undefined ? [] : grouped(tree.children, (url) => find(library, path, url))
}

function grouped(blocks: readonly RootContent[], findPath: (url: string) => string | undefined): NavItem[] {
  const items: NavItem[] = []
  let group: NavItem | undefined
  for (const block of blocks) {
    if (block.type === 'heading') {
      const title = plainText(block).trim()
      group = /^(?:summary|table of contents)$/i.test(title) ? undefined : { title, path: null, children: [] }
      if (group !== undefined) items.push(group)
    } else {
      const found = block.type === 'list' ? listed(block, findPath, 0) : linked(block, findPath)
      append(group?.children ?? items, found)
    }
  }
  return pruned(items)
}

function listed(list: List, findPath: (url: string) => string | undefined, depth: number): NavItem[] {
  return list.children.map((item): NavItem => {
    const [words, ...rest] = item.children
    const [own] = words === undefined ? [] : linked(words, findPath)
    const children =
      depth < MAX_DEPTH ? rest.flatMap((one) => (one.type === 'list' ? listed(one, findPath, depth + 1) : [])) : []
    return { title: own?.title ?? (words === undefined ? null : plainText(words)), path: own?.path ?? null, children }
  })
}

function linked(block: RootContent, findPath: (url: string) => string | undefined): NavItem[] {
  if (block.type !== 'paragraph') return []
  return block.children.flatMap((node): NavItem[] => {
    const path = node.type === 'link' ? findPath(node.url) : undefined
    return path === undefined ? [] : [{ title: plainText(node).trim() || null, path, children: [] }]
  })
}

function find(library: Library, from: string, url: string): string | undefined {
  if (url === '' || /^[a-z]+:/i.test(url)) return undefined
  let plain = url.replace(/[?#][\s\S]*$/, '')
  try {
    plain = decodeURIComponent(plain)
  } catch {}
  const path = joinPath(folderOf(from), plain)
  return path === undefined ? undefined : library.document(path)
}
