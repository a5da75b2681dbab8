/** Links and images: what may be followed, and nothing that is fetched by merely looking at a page. */

import type { Parents, Root, RootContent } from 'mdast'
import { plainText } from './build.ts'
import { showPicture } from './pictures.ts'
import { walk } from './walk.ts'

/** With a scheme, or `//host`; also `/\host`, which browsers read as that. */
const OUTWARD = /^(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i
const OUTWARD_REL = ['noopener', 'noreferrer', 'nofollow']

/**
 * Put images' alternative texts in the place of images that the set does not hold: an image elsewhere would tell its
 * host who reads what.
 */
export function dropImages(tree: Root): void {
  walk(tree, (node, index, parent) => {
    if (node.type !== 'image' && node.type !== 'imageReference') return undefined
    if (node.type === 'image' && showPicture(node)) return undefined
    return replace(parent, index, node.alt ? [{ type: 'text', value: node.alt }] : [])
  })
}

/** Mark the links that lead away, and drop those without words, which nobody could name or see. */
export function tameLinks(tree: Root): void {
  const targets = new Map<string, string>()
  walk(tree, (node) => {
    if (node.type === 'definition' && !targets.has(node.identifier)) targets.set(node.identifier, node.url)
    return undefined
  })
  walk(tree, (node, index, parent) => {
    if (node.type !== 'link' && node.type !== 'linkReference') return undefined
    if (plainText(node).trim() === '' && !holdsPicture(node)) return replace(parent, index, [])
    const url = node.type === 'link' ? node.url : targets.get(node.identifier)
    if (url !== undefined && OUTWARD.test(url)) node.data = { ...node.data, hProperties: { rel: OUTWARD_REL } }
    return undefined
  })
}

function holdsPicture({ children }: Parents): boolean {
  return children.some((child) => child.type === 'image' && child.alt !== null && child.alt !== '')
}

/** @returns Where to go on visiting. */
function replace(parent: Parents, index: number, content: RootContent[]): number {
  const children: RootContent[] = parent.children
  children.splice(index, 1, ...content)
  return index + content.length
}
