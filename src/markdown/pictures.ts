/** Pictures stored in a set. Their names contain their size, so that a page can reserve the space before they are loaded. */

import type { Image } from 'mdast'

/** A raster picture: `picture-0123456789abcdef-640x480.png`. */
const NAME = /^picture-[0-9a-f]{16}-([1-9][0-9]{0,4})x([1-9][0-9]{0,4})\.(?:png|jpg|gif|webp)$/

export type PictureFormat = 'png' | 'jpg' | 'gif' | 'webp'

/** @param hash - A hash of the bytes, at least 16 hex digits. */
export function pictureName(hash: string, width: number, height: number, format: PictureFormat): string {
  return `picture-${hash.slice(0, 16)}-${width}x${height}.${format}`
}

/** Add the size to a picture of the set. @returns false for other images, which are unchanged. */
export function showPicture(node: Image): boolean {
  const [, width, height] = NAME.exec(node.url) ?? []
  if (width === undefined || height === undefined) return false
  node.title = null
  node.data = { hProperties: { width, height, loading: 'lazy' } }
  return true
}
