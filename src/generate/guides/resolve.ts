/** Resolves the links and images of a clean document; broken ones become text. In place. */

import type { Image, Link, PhrasingContent, RootContent } from 'mdast'
import { plainText, text } from '#markdown/build.ts'
import type { Targets } from './link-targets.ts'

/** URLs of status badges and images of contributors. */
const BADGE =
  /badge|shields\.io|badgen|travis|codecov|coveralls|\.svg(?:[?#]|$)|opencollective|contrib\.rocks|star-history/i

/** The title of a link target, for links without text. */
export type TitleAt = (path: string, anchor: string | null) => string | undefined

/** Recursion is bounded, because the tree is shallow. */
export function resolveBlocks(blocks: RootContent[], from: string, targets: Targets, titleAt: TitleAt): void {
  const inlines = (nodes: readonly PhrasingContent[], isLinked: boolean): PhrasingContent[] =>
    nodes.flatMap((node): PhrasingContent[] => {
      if (node.type === 'image') return image(node, from, targets, isLinked)
      if (node.type === 'link')
        return link({ ...node, children: inlines(node.children, true) as never }, from, targets, titleAt)
      if ('children' in node) return [{ ...node, children: inlines(node.children, isLinked) } as PhrasingContent]
      return [node]
    })
  for (let index = 0; index < blocks.length; index++) {
    const node = blocks[index]
    if (node === undefined || !('children' in node)) continue
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      const isPictures = node.type === 'paragraph' && node.children.every(isPicture)
      node.children = isPictures
        ? inlines(
            node.children.filter((one) => !isBadge(one)),
            false,
          )
        : inlines(node.children, false)
      if (
        node.type === 'paragraph' &&
        node.children.every((one) => one.type !== 'image' && plainText(one).trim() === '' && !('children' in one))
      )
        blocks.splice(index--, 1)
    } else resolveBlocks(node.children as RootContent[], from, targets, titleAt)
  }
}

function isPicture(node: PhrasingContent): boolean {
  if (node.type === 'link') return node.children.every(isPicture)
  return node.type === 'image' || node.type === 'break' || (node.type === 'text' && /^[\s|·•]*$/.test(node.value))
}

function isBadge(node: PhrasingContent): boolean {
  if (node.type === 'link') return node.children.some(isBadge)
  return node.type === 'image' && /^https?:/i.test(node.data?.href ?? '') && BADGE.test(node.data?.href ?? '')
}

function link(node: Link, from: string, targets: Targets, titleAt: TitleAt): PhrasingContent[] {
  const { children, data } = node
  const target = targets.link(from, data?.href ?? '')
  if (target !== null && 'url' in target)
    return plainText(node).trim() === '' ? children : [{ type: 'link', url: target.url, children }]
  if (target === null) return children.map((child) => (isBare(child) ? text(bareWords(child)) : child))
  const title =
    children.length === 1 && children[0] !== undefined && isBare(children[0])
      ? titleAt(target.place.path, target.place.anchor)
      : undefined
  const words: Link['children'] =
    title === undefined
      ? (children.map((child) => (isBare(child) ? text(bareWords(child)) : child)) as never)
      : [text(title)]
  return [{ type: 'link', url: '', children: words, data: { place: target.place } }]
}

/** Parsers mark links without a text of their own with this character, followed by the target. */
export const BARE = '\uE002'
const isBare = (node: PhrasingContent): boolean => node.type === 'text' && node.value.startsWith(BARE)
const bareWords = (node: PhrasingContent): string => (node.type === 'text' ? node.value.slice(BARE.length) : '')

function image(node: Image, from: string, targets: Targets, isLinked: boolean): PhrasingContent[] {
  const href = node.data?.href ?? ''
  const alt = node.alt ?? ''
  const picture = targets.picture(from, href)
  if (picture !== null) return [{ type: 'image', url: '', alt, data: { picture } }]
  if (isLinked || alt === '') return alt === '' ? [] : [text(alt)]
  if (BADGE.test(href) && /^https?:/i.test(href)) return []
  const target = targets.link(from, href)
  if (target === null) return [text(alt)]
  const data = 'place' in target ? { data: { place: target.place } } : {}
  return [{ type: 'link', url: 'url' in target ? target.url : '', children: [text(alt)], ...data }]
}
