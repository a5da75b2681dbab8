/** The tree of pages in the sidebar, with the ancestors of the current page open, and limited in depth and size. */

import type { TreeNode } from '#store/model.ts'
import { inFolders, type PageNode } from './tree-folders.ts'

export interface OutlineItem {
  title: string
  /** Page file; `null` for a folder, which has no page. */
  file: string | null
  /** The file, or the unique name of a folder in this tree. */
  key: string
  /** The page itself, or for a folder, the page that lists its content. */
  home: string
  isCurrent: boolean
  /** The current page is this one or below it. */
  isOpen: boolean
  children: OutlineItem[]
  /** Number of omitted pages below it; its own page lists them. */
  hidden: number
}

/** Deeper pages are listed under their ancestor of this depth, in order. The tree of a repository may be 1,000 levels deep. */
const MAX_DEPTH = 7
/** In a larger tree, only the ancestors of the current page are expanded, so that not every page contains the whole tree. */
const MAX_ITEMS = 300

/** In a larger tree, only this many siblings next to the open one are shown. */
const MAX_SIBLINGS = 100

/** Lists the pages at the top. */
const OVERVIEW = 'overview.md'

/** A place in the outline: an item with its ancestors, outermost first. */
interface Place {
  item: OutlineItem
  ancestors: readonly OutlineItem[]
}

/**
 * Not recursive, because the depth is that of the repository.
 *
 * @param max - With more pages, only the ancestors of the current one are expanded.
 */
export function outlineOf(tree: readonly TreeNode[], currentFile: string, max = MAX_ITEMS): OutlineItem[] {
  const top: OutlineItem[] = []
  const all: OutlineItem[] = []
  /** The number of pages below each item. */
  const pagesBelow = new Map<OutlineItem, number>()
  const pending: { node: PageNode; parent: Place | null; depth: number }[] = []
  const push = (nodes: readonly PageNode[], parent: Place | null, depth: number) => {
    for (const node of nodes.toReversed()) pending.push({ node, parent, depth })
  }
  push(inFolders(tree), null, 1)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, parent, depth } = next
    const { title, file, key } = node
    const isCurrent = file === currentFile
    const home = file ?? parent?.item.home ?? OVERVIEW
    const item = { title, file, key, home, isCurrent, isOpen: isCurrent, children: [], hidden: 0 }
    const ancestors = parent === null ? [] : [...parent.ancestors, parent.item]
    for (const ancestor of ancestors) {
      if (isCurrent) ancestor.isOpen = true
      if (file !== null) pagesBelow.set(ancestor, (pagesBelow.get(ancestor) ?? 0) + 1)
    }
    ;(parent?.item.children ?? top).push(item)
    all.push(item)
    push(inFolders(node.children), depth < MAX_DEPTH ? { item, ancestors } : parent, Math.min(depth + 1, MAX_DEPTH))
  }
  if (all.length <= max) return top
  for (const item of all) {
    if (item.isOpen) item.children = nearestSiblings(item.children, item.home, pagesBelow)
    else {
      item.children = []
      item.hidden = pagesBelow.get(item) ?? 0
    }
  }
  return nearestSiblings(top, OVERVIEW, pagesBelow)
}

/** @param home - The page that lists all of them. */
function nearestSiblings(
  items: OutlineItem[],
  home: string,
  pagesBelow: ReadonlyMap<OutlineItem, number>,
): OutlineItem[] {
  if (items.length <= MAX_SIBLINGS) return items
  const open = Math.max(
    0,
    items.findIndex(({ isOpen }) => isOpen),
  )
  const from = Math.min(Math.max(0, open - MAX_SIBLINGS / 2), items.length - MAX_SIBLINGS)
  const shown = items.slice(from, from + MAX_SIBLINGS)
  const hidden = [...items.slice(0, from), ...items.slice(from + MAX_SIBLINGS)].reduce(
    (sum, item) => sum + (item.file === null ? 0 : 1) + (pagesBelow.get(item) ?? 0),
    0,
  )
  const others = { title: 'Other pages', file: null, key: `${home}#others`, home, isCurrent: false, isOpen: false }
  return [...shown, { ...others, children: [], hidden }]
}

/** The ancestors of the current page, outermost first; empty when it is not in the tree. Not recursive. */
export function trailOf(outline: readonly OutlineItem[]): OutlineItem[] {
  const trail: OutlineItem[] = []
  let level = outline
  for (let open = level.find((item) => item.isOpen); open !== undefined; open = level.find((item) => item.isOpen)) {
    if (open.isCurrent) break
    // Folders are already part of the titles of their pages.
    if (open.file !== null) trail.push(open)
    level = open.children
  }
  return trail
}
