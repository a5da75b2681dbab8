/**
 * Encodes a target as copies from a base and new bytes, as in git's packs and VCDIFF (RFC 3284). Designed for neighbouring
 * versions of a text, where each copy starts a few bytes after the end of the previous one. Pure.
 *
 * Format: the length of the target, the number of copies, the copies, and all new bytes. A copy is the number of new bytes before
 * it, its length, and its start in the base relative to the end of the previous copy.
 */

import { type ByteReader, ByteWriter, DamagedBytes } from '#base/bytes.ts'
import type { Steps } from '#base/slices.ts'

/** Shorter copies cost more than they save. */
const MIN_COPY = 8
/** A copy at the expected position that is at least this long is used without a search for a longer one. */
const GOOD_COPY = 64
/** Maximum number of positions in the base tried for each position in the target. */
const MAX_POSITIONS_TRIED = 12
const MAX_TABLE_BITS = 20
/** Number of copies that are read in one step. */
const STEP = 4_096
/** Larger texts get no delta: both texts and an index of one of them are in memory. */
export const MAX_DELTA_BYTES = 2 * 1_048_576

export interface Copy {
  /** The number of new bytes before the copy. */
  added: number
  /** The offset of the copied bytes in the base. */
  start: number
  length: number
}

/** Finds runs of bytes that a target has in common with its base. */
export function findCopies(base: Buffer, target: Buffer): Copy[] {
  // Most pages differ from their neighbour in the commit alone, or in numbers, which are not in these texts.
  if (base.length >= GOOD_COPY && base.equals(target)) return [{ added: 0, start: 0, length: base.length }]
  const positions = indexOf(base)
  const copies: Copy[] = []
  let copied = 0
  let from = 0
  for (let at = 0; at + MIN_COPY <= target.length; ) {
    const match = positions.longest(target, at, copied + (at - from))
    if (match === undefined) {
      at += 1
      continue
    }
    let { start, length } = match
    let begin = at
    while (begin > from && start > 0 && target[begin - 1] === base[start - 1]) {
      begin -= 1
      start -= 1
      length += 1
    }
    copies.push({ added: begin - from, start, length })
    copied = start + length
    from = begin + length
    at = from
  }
  return copies
}

/** Append the copies and the new bytes of the target. */
export function writeCopies(to: ByteWriter, copies: readonly Copy[], target: Buffer): void {
  const operations = new ByteWriter()
  const added: Buffer[] = []
  let copied = 0
  let at = 0
  for (const copy of copies) {
    operations.number(copy.added)
    operations.number(copy.length)
    operations.signed(copy.start - copied)
    added.push(target.subarray(at, at + copy.added))
    at += copy.added + copy.length
    copied = copy.start + copy.length
  }
  added.push(target.subarray(at))
  to.number(target.length)
  to.number(copies.length)
  to.bytes(operations.done())
  for (const bytes of added) to.bytes(bytes)
}

/** @throws {DamagedBytes} */
export function* readCopies(from: ByteReader, base: Buffer): Steps<{ target: Buffer; copies: Copy[] }> {
  const size = from.number()
  if (size > MAX_DELTA_BYTES) throw new DamagedBytes('The delta is for a file that is too large.')
  const count = from.number()
  const copies: Copy[] = []
  let written = 0
  let copied = 0
  for (let n = 0; n < count; n++) {
    const added = from.number()
    const length = from.number()
    const start = copied + from.signed()
    copied = start + length
    written += added + length
    if (start < 0 || copied > base.length || written > size)
      throw new DamagedBytes('The delta does not match its base.')
    if (copies.push({ added, start, length }) % STEP === 0) yield
  }
  const target = Buffer.allocUnsafeSlow(size)
  let at = 0
  for (const [index, { added, start, length }] of copies.entries()) {
    if (index % STEP === STEP - 1) yield
    from.copyTo(target, at, added)
    base.copy(target, at + added, start, start + length)
    at += added + length
  }
  from.copyTo(target, at, size - at)
  return { target, copies }
}

/** Indexes the positions of all runs of `MIN_COPY` bytes in the base. */
function indexOf(base: Buffer) {
  const bits = Math.min(MAX_TABLE_BITS, Math.max(8, 32 - Math.clz32(base.length)))
  const heads = new Int32Array(2 ** bits).fill(-1)
  const before = new Int32Array(base.length).fill(-1)
  const last = base.length - MIN_COPY
  for (let at = 0; at <= last; at++) {
    const slot = hashAt(base, at, bits)
    before[at] = heads[slot] ?? -1
    heads[slot] = at
  }

  function lengthOf(target: Buffer, at: number, start: number): number {
    if (start < 0) return 0
    const maxLength = Math.min(target.length - at, base.length - start)
    let length = 0
    while (length < maxLength && target[at + length] === base[start + length]) length += 1
    return length
  }

  return {
    /** @param expected - The position in the base if as many bytes were removed as added since the last copy. It wins a tie. */
    longest(target: Buffer, at: number, expected: number): { start: number; length: number } | undefined {
      let best = { start: expected, length: lengthOf(target, at, expected) }
      if (best.length >= GOOD_COPY) return best
      let start = heads[hashAt(target, at, bits)] ?? -1
      for (let tried = 0; start >= 0 && tried < MAX_POSITIONS_TRIED; tried++, start = before[start] ?? -1) {
        const length = lengthOf(target, at, start)
        const isNearer = length === best.length && Math.abs(start - expected) < Math.abs(best.start - expected)
        if (length > best.length || isNearer) best = { start, length }
      }
      return best.length >= MIN_COPY ? best : undefined
    },
  }
}

function hashAt(bytes: Buffer, at: number, bits: number): number {
  const low = bytes.readUInt32LE(at)
  const high = bytes.readUInt32LE(at + 4)
  return (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> (32 - bits)
}
