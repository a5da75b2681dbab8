/**
 * Stores a part of a set relative to the same part of another version: as a reference if they are equal, or as a delta if that
 * is short.
 */

import { promisify } from 'node:util'
import { brotliCompress, constants, gunzipSync } from 'node:zlib'
import { PackedText } from '#base/packed-text.ts'
import { PiecedText } from '#base/pieced-text.ts'
import { sha256Of } from '#base/sha256.ts'
import type { BasePart, BaseParts } from './base-set.ts'
import { MAX_DELTA_BYTES } from './copies.ts'
import { makeDelta } from './delta.ts'
import { asIfOf } from './delta-part.ts'
import type { Content, Packed } from './packs.ts'

/** The maximum length of a delta, as a share of the stored length of the part; of that of its root if the text is not compressed yet. */
const MAX_SHARE = 0.6
/** The maximum number of deltas that are applied to read a part. */
const MAX_DEPTH = 4
/**
 * A delta to the root is faster to read than one to the nearest version, so it may be longer by this factor and this many bytes.
 */
const ROOT_FACTOR = 1.25
const ROOT_BYTES = 150
/** Brotli qualities, up to 11. The best is many times slower, so it is used only for small deltas. */
const QUALITY = 9
const BEST_QUALITY = 11
const SMALL_BYTES = 32_768

const compress = promisify(brotliCompress)

interface PackedDelta {
  base: BasePart
  packed: Buffer
  /** The uncompressed length of the delta. */
  bytes: number
}

/**
 * @returns For an equal part, a reference to the base. For a delta, its bytes, which the caller appends to the pack and whose
 *   offset it fills in. `undefined` if the part should be stored whole.
 */
export async function packBeside(
  part: Content,
  { nearest, root }: BaseParts,
  commit: string,
): Promise<(Packed & { delta?: Buffer }) | undefined> {
  const plain = plainOf(part)
  const before = plain && (await nearest.read())
  if (plain === undefined || before === undefined) return undefined
  const bytes = plain.length
  const packed = part instanceof PackedText ? part : undefined
  const sha256 = packed?.sha256 ?? sha256Of(plain)
  if (plain.equals(before)) return { bytes, sha256, stored: nearest.stored }
  const near = nearest.depth < MAX_DEPTH ? await toDelta(plain, nearest, before, commit) : undefined
  const far = nearest.depth > 0 ? await toDelta(plain, root, await root.read(), commit) : undefined
  const isFar =
    far !== undefined && (near === undefined || far.packed.length <= near.packed.length * ROOT_FACTOR + ROOT_BYTES)
  const chosen = isFar ? far : near
  if (chosen === undefined) return undefined
  const is_text = !(part instanceof Uint8Array)
  const whole = is_text ? (packed?.gzip ?? root.stored).length : bytes
  if (chosen.packed.length > whole * MAX_SHARE) return undefined
  const delta = { base: chosen.base.stored, bytes: chosen.bytes, sha256, is_text }
  const stored = { at: 0, length: chosen.packed.length, inflated: bytes, delta }
  return { bytes, sha256, delta: chosen.packed, stored }
}

async function toDelta(
  plain: Buffer,
  base: BasePart,
  before: Buffer | undefined,
  commit: string,
): Promise<PackedDelta | undefined> {
  const delta = before && makeDelta(asIfOf(before, base.commit, commit), plain)
  if (delta === undefined) return undefined
  const quality = delta.length > SMALL_BYTES ? QUALITY : BEST_QUALITY
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: delta.length }
  return { base, packed: await compress(delta, { params }), bytes: delta.length }
}

/** The bytes of a part; `undefined` if it is not a string and too long for a delta. */
function plainOf(part: Content): Buffer | undefined {
  if (part instanceof Uint8Array) return part.length > MAX_DELTA_BYTES ? undefined : Buffer.from(part)
  if (part instanceof PackedText) return part.bytes > MAX_DELTA_BYTES ? undefined : gunzipSync(part.gzip)
  if (!(part instanceof PiecedText)) return Buffer.from(part)
  const pieces: Buffer[] = []
  let bytes = 0
  for (const piece of part) {
    const plain = Buffer.from(piece)
    pieces.push(plain)
    bytes += plain.length
    if (bytes > MAX_DELTA_BYTES) return undefined
  }
  return Buffer.concat(pieces)
}
