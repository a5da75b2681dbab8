/** Packs a part of a set beside the same part of another version: nothing where they are equal, else a delta if that is short. */

import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { PackedText } from '#base/packed-text.ts'
import { PiecedText } from '#base/pieced-text.ts'
import type { BasePart } from './base-set.ts'
import { MAX_DELTA_BYTES } from './copies.ts'
import { makeDelta } from './delta.ts'
import { asIfOf } from './delta-part.ts'
import type { Content, Packed } from './set-pack.ts'

/** Of the bytes of a text; gzip takes about a fifth. */
const MAX_SHARE_OF_TEXT = 0.1
/** Of bytes that are not compressed otherwise. */
const MAX_SHARE_OF_BYTES = 0.8
/** Of 11: those above take many times as long. */
const QUALITY = 9

const compress = promisify(brotliCompress)

/** @returns With the bytes to append, whose place is to be filled in; without them for an equal part. `undefined` when it is to be stored whole. */
export async function packBeside(
  part: Content,
  base: BasePart,
  commit: string,
): Promise<(Packed & { delta?: Buffer }) | undefined> {
  const plain = plainOf(part)
  const before = plain && (await base.read())
  if (plain === undefined || before === undefined) return undefined
  const bytes = plain.length
  const sha256 = createHash('sha256').update(plain).digest('hex')
  if (plain.equals(before)) return { bytes, sha256, stored: base.stored }
  const plainDelta = makeDelta(asIfOf(before, base.commit, commit), plain)
  if (plainDelta === undefined) return undefined
  const size = { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plainDelta.length }
  const delta = await compress(plainDelta, { params: size })
  const is_text = !(part instanceof Uint8Array)
  if (delta.length > bytes * (is_text ? MAX_SHARE_OF_TEXT : MAX_SHARE_OF_BYTES)) return undefined
  const told = { base: base.stored, bytes: plainDelta.length, sha256, is_text }
  return { bytes, sha256, delta, stored: { at: 0, length: delta.length, inflated: bytes, delta: told } }
}

/** `undefined` for a part that is too long for a delta. */
function plainOf(part: Content): Buffer | undefined {
  if (part instanceof Uint8Array) return part.length > MAX_DELTA_BYTES ? undefined : Buffer.from(part)
  if (part instanceof PackedText && part.bytes > MAX_DELTA_BYTES) return undefined
  if (!(part instanceof PiecedText)) return Buffer.from(String(part))
  const pieces: Buffer[] = []
  let bytes = 0
  for (const piece of part) {
    bytes += pieces[pieces.push(Buffer.from(piece)) - 1]?.length ?? 0
    if (bytes > MAX_DELTA_BYTES) return undefined
  }
  return Buffer.concat(pieces)
}
