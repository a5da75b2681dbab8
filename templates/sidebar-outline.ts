/** The tree of pages as the sidebar shows it: with the way to the current page open, and no deeper than is readable. */

import type { TreeNode } from '#store/model.ts'
import { inFolders, type PageNode } from './tree-folders.ts'

export interface OutlineItem {
  title: string
  /** Page file; `null` for a folder, which has no page. */
  file: string | null
  /** The file, or what a folder is called in this tree. */
  key: string
  /** The page that lists what is in a folder. */
  home: string
  isCurrent: boolean
  /** The current page is this one or below it. */
  isOpen: boolean
  children: OutlineItem[]
  /** How many pages below it are left out here; its own page lists them. */
  hidden: number
}

/** What is deeper is listed under its ancestor of this depth, in order. The tree of a repository may be 1,000 deep. */
const MAX_DEPTH = 7
/** A larger tree shows what is below a page only on the way to the current one, lest every page carry all of it. */
const MAX_ITEMS = 300

/** It lists what is at the top. */
const OVERVIEW = 'overview.md'

interface Row {
  item: OutlineItem
  parents: Row[]
}

/** Does not recurse: the depth is the repository's. @param most - With more pages, only those beside the way to the current one. */
export function outlineOf(tree: readonly TreeNode[], currentFile: string, most = MAX_ITEMS): OutlineItem[] {
  const top: OutlineItem[] = []
  const all: OutlineItem[] = []
  const left: { node: PageNode; parent: Row | null; depth: number }[] = []
  const push = (nodes: readonly PageNode[], parent: Row | null, depth: number) => {
    for (let index = nodes.length - 1; index >= 0; index--) {
      const node = nodes[index]
      if (node !== undefined) left.push({ node, parent, depth })
    }
  }
  push(inFolders(tree), null, 1)
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, parent, depth } = next
    const isCurrent = node.file === currentFile
    const { title, file, key } = node
    const home = file ?? parent?.item.home ?? OVERVIEW
    const item = { title, file, key, home, isCurrent, isOpen: isCurrent, children: [], hidden: 0 }
    const row: Row = { item, parents: parent === null ? [] : [...parent.parents, parent] }
    for (const ancestor of isCurrent ? row.parents : []) ancestor.item.isOpen = true
    ;(parent?.item.children ?? top).push(item)
    all.push(item)
    push(inFolders(node.children), depth < MAX_DEPTH ? row : parent, Math.min(depth + 1, MAX_DEPTH))
  }
  if (all.length > most) for (const item of all) if (!item.isOpen) cut(item)
  return top
}

function cut(item: OutlineItem): void {
  item.hidden = item.children.length
  item.children = []
}

/** The pages above the current one, outermost first; empty when it is in no tree. Does not recurse. */
export function trailOf(outline: readonly OutlineItem[]): OutlineItem[] {
  const trail: OutlineItem[] = []
  let level = outline
  for (let open = level.find((item) => item.isOpen); open !== undefined; open = level.find((item) => item.isOpen)) {
    if (open.isCurrent) break
    // A folder is a part of the title of what is in it.
    if (open.file !== null) trail.push(open)
    level = open.children
  }
  return trail
}
