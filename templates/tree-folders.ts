/** Groups pages whose titles are paths, `links/internals/retry.ts`, into folders, and pages on tests, examples and tools into one. */

import { push } from '#base/multimap.ts'
import type { TreeNode } from '#store/model.ts'

export interface PageNode {
  title: string
  /** Page file; `null` for a folder. */
  file: string | null
  /** The file, or a unique name of a folder. */
  key: string
  children: readonly (TreeNode | PageNode)[]
}

/** Maximum depth of folders; pages in deeper ones are listed together. */
const MAX_FOLDERS = 4
/** Titles with spaces are not paths. */
const PATH = /^[^/\s]+(?:\/[^/\s]+)+$/

/** Cached by tree, because all pages of a set share it. A list that is already grouped is mapped to itself. */
const cache = new WeakMap<readonly (TreeNode | PageNode)[], readonly PageNode[]>()

/** Group nodes into a folder when at least two are in it, and those of tests, examples and tools at the end. */
export function inFolders(nodes: readonly (TreeNode | PageNode)[]): readonly PageNode[] {
  const isAside = (node: TreeNode | PageNode): boolean => 'aside' in node && node.aside === true
  const grouped = cache.get(nodes) ?? [
    ...group(nodes.filter((node) => !isAside(node)).map(toPageNode), '', 0),
    ...together(nodes.filter(isAside).map(toPageNode)),
  ]
  cache.set(nodes, grouped)
  return grouped
}

function together(nodes: PageNode[]): PageNode[] {
  const children = group(nodes, '', 0)
  cache.set(children, children)
  return children.length < 2 ? children : [{ title: 'Repository', file: null, key: ' repository', children }]
}

const toPageNode = (node: TreeNode | PageNode): PageNode => ('key' in node ? node : { ...node, key: node.file })

function group(nodes: readonly PageNode[], prefix: string, depth: number): PageNode[] {
  const byFolder = new Map<string, PageNode[]>()
  for (const node of nodes) {
    const folder = folderOf(node.title)
    if (folder !== undefined) push(byFolder, folder, node)
  }
  const done = new Set<string>()
  return nodes.flatMap((node): PageNode[] => {
    const folder = folderOf(node.title)
    const inside = folder === undefined ? [] : (byFolder.get(folder) ?? [])
    if (folder === undefined || inside.length < 2 || depth >= MAX_FOLDERS) return [node]
    if (done.has(folder)) return []
    done.add(folder)
    const title = sharedFolder(inside.map((each) => each.title))
    const key = `${prefix}${title}/`
    const children = inside.map((each) => ({ ...each, title: each.title.slice(title.length + 1) }))
    const grouped = group(children, key, depth + 1)
    cache.set(grouped, grouped)
    return [{ title, file: null, key, children: grouped }]
  })
}

const folderOf = (title: string): string | undefined =>
  PATH.test(title) ? title.slice(0, title.indexOf('/')) : undefined

/** The deepest folder that contains all of them. */
function sharedFolder(titles: readonly string[]): string {
  const [first = '', ...others] = titles
  let length = first.length
  for (const title of others) {
    let same = 0
    while (same < length && title[same] === first[same]) same++
    length = same
  }
  return first.slice(0, first.lastIndexOf('/', length - 1))
}
