/** Reads literal sidebars of VitePress and Starlight. */

import type { Literal } from '#generate/formats/read-javascript.ts'
import type { Library, NavItem } from '#generate/guides/library.ts'
import { folderOf, inFolder, joinPath } from '#generate/paths.ts'
import { folderOrder } from './by-path.ts'
import { field, fieldsOf, findAll, listIn, readConfig, textIn } from './literals.ts'

/** Deeper groups are ignored. */
const MAX_DEPTH = 8

/** @param config - Path of `.vitepress/config.ts`, or of a configuration in `.vitepress/config/`. */
export function vitepressOrder(library: Library, config: string): NavItem[] {
  const root = config.slice(0, Math.max(0, config.indexOf('.vitepress/') - 1))
  const value = readConfig(library, config)
  const source = joinPath(root, textIn(value, 'srcDir') ?? '') ?? root
  const sidebars = findAll(value, 'sidebar')
  const items = sidebars.flatMap((sidebar) =>
    Array.isArray(sidebar)
      ? groupOf(library, source, sidebar, '')
      : fieldsOf(sidebar).flatMap(([, bar]) =>
          groupOf(library, source, Array.isArray(bar) ? bar : listIn(bar, 'items'), textIn(bar, 'base') ?? ''),
        ),
  )
  return items.length > 0 ? items : folderOrder(library, source)
}

/** @param config - Path of `astro.config.mjs`. */
export function starlightOrder(library: Library, config: string): NavItem[] {
  const root = inFolder(folderOf(config), 'src/content/docs')
  if (!library.documents.some((path) => path.startsWith(`${root}/`))) return []
  const [sidebar] = findAll(readConfig(library, config), 'sidebar')
  const items = Array.isArray(sidebar) ? groupOf(library, root, sidebar, '') : []
  return items.length > 0 ? items : folderOrder(library, root)
}

function groupOf(library: Library, root: string, items: readonly Literal[], base: string, depth = 0): NavItem[] {
  if (depth > MAX_DEPTH) return []
  return items.flatMap((item): NavItem[] => {
    if (typeof item === 'string') return leafOf(item)
    const title = textIn(item, 'text') ?? textIn(item, 'label') ?? null
    const link = textIn(item, 'link') ?? textIn(item, 'slug')
    const own = textIn(item, 'base') ?? base
    const path = link === undefined ? undefined : find(own, link)
    const folder = textIn(field(item, 'autogenerate'), 'directory')
    const inside =
      folder === undefined
        ? groupOf(library, root, listIn(item, 'items'), own, depth + 1)
        : folderOrder(library, inFolder(root, folder))
    const children = inside.filter((child) => child.path === null || child.path !== path)
    if (path === undefined && children.length === 0) return []
    return [{ title: title ?? (path === undefined ? 'More' : null), path: path ?? null, children }]
  })

  function leafOf(link: string): NavItem[] {
    const path = find(base, link)
    return path === undefined ? [] : [{ title: null, path, children: [] }]
  }

  function find(prefix: string, link: string): string | undefined {
    if (/^[a-z]+:/i.test(link)) return undefined
    const plain = link.replace(/[?#][\s\S]*$/, '').replace(/^\//, '')
    const below = prefix.replace(/^\//, '')
    const path = joinPath(root, below === '' || below.endsWith('/') ? `${below}${plain}` : `${below}/${plain}`)
    return path === undefined ? undefined : library.document(path === root ? `${root}/index` : path)
  }
}
