/** Chooses images of documents to include in the set: raster images of a displayable size, each once. */

import { createHash } from 'node:crypto'
import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Guides } from '#generate/guide-model.ts'
import { type PictureFormat, pictureName } from '#markdown/pictures.ts'

export interface KeptPictures {
  /** File names in the set, keyed by `ImageData.picture`. */
  names: Map<string, string>
  /** Contents keyed by file name. */
  files: Map<string, Uint8Array>
}

const MAX_PICTURES = 200
const MAX_BYTES = 1_048_576
const MAX_TOTAL = 16 * 1_048_576
const MAX_SIDE = 6_000
const MAX_PIXELS = 24_000_000

/** @param read - Reads a file of the repository; `undefined` when it is missing or too large. */
export async function keepPictures(
  guides: Guides,
  read: (path: string) => Promise<Uint8Array | undefined>,
): Promise<KeptPictures> {
  const kept: KeptPictures = { names: new Map(), files: new Map() }
  let total = 0
  for (const wanted of wantedOf(guides)) {
    if (kept.files.size >= MAX_PICTURES || total >= MAX_TOTAL) break
    const bytes = guides.held.get(wanted) ?? (await read(wanted))
    if (bytes === undefined || bytes.length > MAX_BYTES || total + bytes.length > MAX_TOTAL) continue
    const size = sizeOf(bytes)
    if (size === undefined || Math.max(size.width, size.height) > MAX_SIDE || size.width * size.height > MAX_PIXELS)
      continue
    const hash = createHash('sha256').update(bytes).digest('hex')
    const name = pictureName(hash, size.width, size.height, size.format)
    if (!kept.files.has(name)) total += bytes.length
    kept.files.set(name, bytes)
    kept.names.set(wanted, name)
  }
  return kept
}

/** The paths of wanted images, in document order. */
function wantedOf({ guides }: Guides): Set<string> {
  const wanted = new Set<string>()
  const stack: RootContent[] = [...guides.values()].flatMap(({ blocks }) => blocks).reverse()
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'image' && node.data?.picture !== undefined) wanted.add(node.data.picture)
    if ('children' in node) append(stack, [...node.children].reverse() as RootContent[])
  }
  return wanted
}

interface PictureSize {
  format: PictureFormat
  width: number
  height: number
}

/** Format and size from the header; `undefined` for other formats. */
export function sizeOf(bytes: Uint8Array): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const ascii = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))
  if (bytes.length < 30) return undefined
  let found: PictureSize | undefined
  if (view.getUint32(0) === 0x89504e47 && ascii(12, 16) === 'IHDR')
    found = { format: 'png', width: view.getUint32(16), height: view.getUint32(20) }
  else if (/^GIF8[79]a$/.test(ascii(0, 6)))
    found = { format: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
  else if (view.getUint16(0) === 0xffd8) found = jpegSize(view)
  else if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') found = webpSize(view, ascii(12, 16))
  return found === undefined || found.width === 0 || found.height === 0 ? undefined : found
}

/** The size is in the frame header. */
function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { format: 'jpg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += marker === 0xff ? 1 : 2 + Math.max(2, view.getUint16(at + 2))
  }
  return undefined
}

function webpSize(view: DataView, kind: string): PictureSize | undefined {
  const three = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16)
  if (kind === 'VP8X') return { format: 'webp', width: three(24) + 1, height: three(27) + 1 }
  if (kind === 'VP8 ')
    return { format: 'webp', width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (kind !== 'VP8L') return undefined
  const bits = view.getUint32(21, true)
  return { format: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
}
