/**
 * Reads `nav.adoc` of Antora, the table of contents of a module: lists of `xref:version@component:module:page.adoc[Title]`,
 * each with an optional block title (`.Title`) that names the group. Pages of other components and versions, and
 * attributes in addresses, are not resolved.
 */

import { type AsciidocContext, asciidocInline } from '#generate/guides/asciidoc/inline.ts'
import type { Library, NavItem } from '#generate/guides/library.ts'
import { folderOf, joinPath, nameOf } from '#generate/paths.ts'
import { plainText } from '#markdown/build.ts'
import { pruned } from './pruned.ts'

const MAX_CHARACTERS = 200_000
const ITEM = /^(\*{1,8}) +(\S.{0,300})$/
const BLOCK_TITLE = /^\.(?![.\s])(.{1,300})$/
const XREF = /^xref:([^\s[\]]{1,200})\[([^\]]{0,200})\]/
/** `version@component:module:page.adoc`; all but the page may be absent, and an empty module is `ROOT`. */
const TARGET = /^(?:(?:([^@:]*)@)?([^@:]*):)?(?:([^@:]*):)?([^@:]+)$/
const NO_ATTRIBUTES: AsciidocContext = { attributes: new Map(), charactersLeft: 0 }

/** @param path - Path of the `nav.adoc`. */
export function antoraOrder(library: Library, path: string): NavItem[] {
  const top: NavItem[] = []
  /** The lists that entries of each level are added to; more stars mean a deeper level. */
  let levels: NavItem[][] = [top]
  for (const line of (library.text(path) ?? '').slice(0, MAX_CHARACTERS).split('\n')) {
    const [, blockTitle] = BLOCK_TITLE.exec(line) ?? []
    const [, stars = '', words = blockTitle ?? ''] = ITEM.exec(line) ?? []
    if (words === '') continue
    const item = toItem(library, path, words)
    if (blockTitle !== undefined) {
      top.push(item)
      levels = [item.children]
      continue
    }
    levels.length = Math.min(stars.length, levels.length)
    levels.at(-1)?.push(item)
    levels.push(item.children)
  }
  return pruned(top)
}

function toItem(library: Library, path: string, words: string): NavItem {
  const [, target, title = ''] = XREF.exec(words) ?? []
  const written = target === undefined ? words : title
  const plain = plainText({ type: 'paragraph', children: asciidocInline(written, NO_ATTRIBUTES) }).trim()
  const found = target === undefined ? undefined : pageOf(library, path, target.replace(/#[\s\S]*$/, ''))
  return { title: plain || null, path: found ?? null, children: [] }
}

/** The document of a page in the same component. */
function pageOf(library: Library, path: string, target: string): string | undefined {
  const [, version, first, second, page] = TARGET.exec(target) ?? []
  if (version !== undefined || target.includes('@') || page === undefined) return undefined
  const component = second === undefined ? undefined : first
  const module = second ?? first
  const folder = folderOf(path)
  const modules = folderOf(folder)
  if (component !== undefined && component !== '' && component !== componentOf(library, modules)) return undefined
  const inModule = module === undefined ? folder : joinPath(modules, module || 'ROOT')
  if (module !== undefined && nameOf(modules) !== 'modules') return undefined
  return library.document(joinPath(`${inModule}/pages`, page) ?? '')
}

/** The name of the component in the `antora.yml` beside the folder `modules`. */
function componentOf(library: Library, modules: string): string | undefined {
  const text = library.text(joinPath(folderOf(modules), 'antora.yml') ?? '')?.slice(0, MAX_CHARACTERS) ?? ''
  return /^name:[ \t]*['"]?([\w.-]{1,100})/m.exec(text)?.[1]
}
