/** Links and images of untrusted pages: marks external links, and removes images that would be fetched from other hosts. */

import type { Parents, Root, RootContent } from 'mdast'
import { replaceAt } from '#base/long-arrays.ts'
import { plainText } from './build.ts'
import { showPicture } from './pictures.ts'
import { walk } from './walk.ts'

/** A URL with a scheme, or `//host`; also `/\host`, which browsers treat the same. */
const EXTERNAL = /^(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i
const EXTERNAL_REL = ['noopener', 'noreferrer', 'nofollow']

/**
 * Replace images that are not stored in the set with their alternative texts: an image on another host would tell that host
 * who reads which page.
 */
export function dropImages(tree: Root): void {
  walk(tree, (node, index, parent) => {
    if (node.type !== 'image' && node.type !== 'imageReference') return undefined
    if (node.type === 'image' && showPicture(node)) return undefined
    return replace(parent, index, node.alt ? [{ type: 'text', value: node.alt }] : [])
  })
}

/** Mark external links, and remove links without text, which are invisible. */
export function markExternalLinks(tree: Root): void {
  const targets = new Map<string, string>()
  walk(tree, (node) => {
    if (node.type === 'definition' && !targets.has(node.identifier)) targets.set(node.identifier, node.url)
    return undefined
  })
  walk(tree, (node, index, parent) => {
    if (node.type !== 'link' && node.type !== 'linkReference') return undefined
    if (plainText(node).trim() === '' && !containsPicture(node)) return replace(parent, index, [])
    const url = node.type === 'link' ? node.url : targets.get(node.identifier)
    if (url !== undefined && EXTERNAL.test(url)) node.data = { ...node.data, hProperties: { rel: EXTERNAL_REL } }
    return undefined
  })
}

function containsPicture({ children }: Parents): boolean {
  return children.some((child) => child.type === 'image' && child.alt !== null && child.alt !== '')
}

/** @returns The index at which to continue the walk. */
function replace(parent: Parents, index: number, content: RootContent[]): number {
  const children: RootContent[] = parent.children
  replaceAt(children, index, content)
  return index + content.length
}
