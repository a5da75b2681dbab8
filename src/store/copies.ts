/**
 * Copies and new bytes that make a target of a base, as in git's packs and VCDIFF (RFC 3284). For neighbouring versions of one
 * text, where a copy begins a few bytes from where the last one ended. Pure.
 *
 * The form: length of the target, number of copies, the copies, what is new. A copy is how many new bytes come before it, its
 * length, and where it begins in the base, beside the end of the last copy.
 */

import type { Steps } from '#base/slices.ts'
import { BadDelta, type ByteReader, ByteWriter } from './delta-bytes.ts'

/** Shorter copies cost more than they save. */
const MIN_COPY = 8
/** Places of the base that are tried for one place of the target. */
const MAX_TRIED = 12
const MAX_TABLE_BITS = 20
/** Copies that are read in a step. */
const STEP = 4_096
/** Larger texts have no delta: both are held whole, and an index of one. */
export const MAX_DELTA_BYTES = 2 * 1_048_576

export interface Copy {
  /** Bytes that come before the copy and are new. */
  added: number
  /** Where in the base it begins. */
  start: number
  length: number
}

/** Finds what a target has in common with its base. */
export function findCopies(base: Buffer, target: Buffer): Copy[] {
  const places = indexOf(base)
  const copies: Copy[] = []
  let copied = 0
  let from = 0
  for (let at = 0; at + MIN_COPY <= target.length; ) {
    const match = places.longest(target, at, copied + (at - from))
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

/** Append the copies and what is new of the target. */
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

/** @throws {BadDelta} */
export function* readCopies(from: ByteReader, base: Buffer): Steps<{ target: Buffer; copies: Copy[] }> {
  const size = from.number()
  if (size > MAX_DELTA_BYTES) throw new BadDelta('The delta is of a larger file.')
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
    if (start < 0 || copied > base.length || written > size) throw new BadDelta('The delta is of another base.')
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

/** Where each run of `MIN_COPY` bytes is in the base. */
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
    const most = Math.min(target.length - at, base.length - start)
    let length = 0
    while (length < most && target[at + length] === base[start + length]) length += 1
    return length
  }

  return {
    /** @param expected - Where in the base the target would go on if as much was removed as was added. */
    longest(target: Buffer, at: number, expected: number): { start: number; length: number } | undefined {
      let best = { start: expected, length: lengthOf(target, at, expected) }
      if (best.length >= GOOD_COPY) return best
      let start = heads[hashAt(target, at, bits)] ?? -1
      for (let tried = 0; start >= 0 && tried < MAX_TRIED; tried++, start = before[start] ?? -1) {
        const length = lengthOf(target, at, start)
        const isNearer = length === best.length && Math.abs(start - expected) < Math.abs(best.start - expected)
        if (length > best.length || isNearer) best = { start, length }
      }
      return best.length >= MIN_COPY ? best : undefined
    },
  }
}

/** Nothing longer is looked for. */
const GOOD_COPY = 64

function hashAt(bytes: Buffer, at: number, bits: number): number {
  const low = bytes.readUInt32LE(at)
  const high = bytes.readUInt32LE(at + 4)
  return (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> (32 - bits)
}
