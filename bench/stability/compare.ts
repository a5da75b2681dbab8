/** How two partitions differ. Pure. */

import type { Inventory, Module } from '#generate/model.ts'

/** A partition as it is compared: the module of each file, and which files a commit has under which contents. */
export interface Snapshot {
  /** Leaf by file. */
  leaves: ReadonlyMap<string, string>
  /** Blob by file, of every file of the commit. */
  blobs: ReadonlyMap<string, string>
  /** Number of files by leaf. */
  sizes: ReadonlyMap<string, number>
  /** Title by module, parents included. */
  titles: ReadonlyMap<string, string>
}

export interface Difference {
  /** Files of both commits with the same contents that are in another module now, each with both. */
  moved: { path: string; from: string; to: string }[]
  /** Modules of both commits with another list of files, though no file of either list changed, came or went. */
  changed: string[]
  /** Modules of one commit alone whose files are all in the other one, unchanged. */
  renamed: string[]
  /** Modules of both commits with another title, though none of their files changed, came or went. */
  retitled: string[]
  /** Adjusted Rand index (Hubert and Arabie, 1985) over the files of both commits. */
  rand: number
}

export function snapshotOf(inventory: Inventory, root: Module): Snapshot {
  const leaves = new Map<string, string>()
  const sizes = new Map<string, number>()
  const titles = new Map<string, string>()
  const open = [...root.children]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    titles.set(next.id, next.title)
    if (next.children.length === 0) sizes.set(next.id, next.files.length)
    for (const file of next.files) leaves.set(file, next.id)
    open.push(...next.children)
  }
  return { leaves, sizes, titles, blobs: new Map(inventory.files.map((file) => [file.path, file.blob])) }
}

export function compare(before: Snapshot, after: Snapshot): Difference {
  const isSame = (path: string): boolean => before.blobs.has(path) && before.blobs.get(path) === after.blobs.get(path)
  const moved = [...before.leaves].flatMap(([path, from]) => {
    const to = after.leaves.get(path)
    return to === undefined || to === from || !isSame(path) ? [] : [{ path, from, to }]
  })
  const old = filesByLeaf(before)
  const now = filesByLeaf(after)
  const isQuiet = (id: string): boolean => [...(old.get(id) ?? []), ...(now.get(id) ?? [])].every(isSame)
  const changed = [...old.keys()].filter(
    (id) => now.has(id) && isQuiet(id) && old.get(id)?.join('\n') !== now.get(id)?.join('\n'),
  )
  const renamed = [
    ...[...old.keys()].filter((id) => !now.has(id) && isQuiet(id)),
    ...[...now.keys()].filter((id) => !old.has(id) && isQuiet(id)),
  ]
  const retitled = [...old.keys()].filter(
    (id) => now.has(id) && isQuiet(id) && before.titles.get(id) !== after.titles.get(id),
  )
  return { moved, changed, renamed, retitled, rand: adjustedRand(before.leaves, after.leaves) }
}

function filesByLeaf({ leaves }: Snapshot): Map<string, string[]> {
  const lists = new Map<string, string[]>()
  for (const [path, id] of [...leaves].sort(([a], [b]) => (a < b ? -1 : 1)))
    lists.set(id, [...(lists.get(id) ?? []), path])
  return lists
}

/** 1 where the files of both are divided alike, 0 where no better than by chance. */
export function adjustedRand(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): number {
  const common = [...a.keys()].filter((path) => b.has(path))
  const cells = new Map<string, number>()
  const rows = new Map<string, number>()
  const columns = new Map<string, number>()
  const add = (counts: Map<string, number>, key: string): unknown => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const path of common) {
    add(cells, `${a.get(path)}\0${b.get(path)}`)
    add(rows, a.get(path) ?? '')
    add(columns, b.get(path) ?? '')
  }
  const pairs = (counts: Iterable<number>): number => [...counts].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  const both = pairs(cells.values())
  const first = pairs(rows.values())
  const second = pairs(columns.values())
  const all = pairs([common.length])
  const expected = all === 0 ? 0 : (first * second) / all
  const most = (first + second) / 2
  return most === expected ? 1 : (both - expected) / (most - expected)
}
