/** Reads the `nav` of MkDocs. */

import { at, type Located, textAt } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import type { Library, NavItem } from '#generate/guides/library.ts'
import { folderOf, inFolder, joinPath } from '#generate/paths.ts'
import { folderOrder } from './by-path.ts'

/** Sections that are nested more deeply are left out. */
const MAX_DEPTH = 8
/** Limit on the entries: a YAML alias repeats all of its items wherever it is used. */
const MAX_ITEMS = 2_000

export function mkdocsOrder(library: Library, config: string): NavItem[] {
  const yaml = readYaml(library.text(config) ?? '')
  const docs = joinPath(folderOf(config), textAt(yaml, 'docs_dir') ?? 'docs')
  if (yaml === undefined || docs === undefined) return []
  const nav = at(yaml, 'nav')?.items
  let left = MAX_ITEMS
  return nav === undefined ? folderOrder(library, docs) : nav.flatMap((item) => itemsOf(item, 0))

  function itemsOf(item: Located, depth: number): NavItem[] {
    if (left-- <= 0) return []
    if (item.text !== undefined) return leafOf(null, item.text)
    return [...(item.entries?.values() ?? [])].flatMap(({ key, value }, index): NavItem[] => {
      // The first entry counts as the item.
      if (index > 0 && left-- <= 0) return []
      if (value.text !== undefined) return leafOf(key, value.text)
      const children = depth < MAX_DEPTH ? (value.items ?? []).flatMap((one) => itemsOf(one, depth + 1)) : []
      return children.length === 0 ? [] : [{ title: key, path: null, children }]
    })
  }

  function leafOf(title: string | null, target: string): NavItem[] {
    const path = library.document(inFolder(docs ?? '', target))
    return path === undefined ? [] : [{ title, path, children: [] }]
  }
}
