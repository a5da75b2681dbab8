/**
 * Encodes a file of a set as a delta to the same file of another version. Texts are compared without their numbers, because one
 * inserted line changes hundreds of line numbers by one; each number is stored relative to a prediction from earlier ones. Pure.
 *
 * Format: 0 for bytes or 1 for text with numbers; the copies (`copies.ts`); the numbers in order. A text that equals its base is
 * stored as bytes: one copy, without its numbers.
 */

import { lowerBound } from '#base/binary-search.ts'
import { ByteReader, ByteWriter, DamagedBytes } from '#base/bytes.ts'
import { atOnce, type Steps } from '#base/slices.ts'
import { type Copy, findCopies, MAX_DELTA_BYTES, readCopies, writeCopies } from './copies.ts'
import { marksOf, type NumberedText, putTogether, takeApart } from './numbered-text.ts'

const BYTES = 0
const NUMBERED = 1
/** Numbers or copies processed in one step. */
const STEP = 4_096

/** @returns The uncompressed delta; `undefined` if a file is too large. */
export function makeDelta(base: Buffer, target: Buffer): Buffer | undefined {
  if (Math.max(base.length, target.length) > MAX_DELTA_BYTES) return undefined
  const [from, to] = base.equals(target) ? [] : [atOnce(takeApart(base)), atOnce(takeApart(target))]
  const delta = new ByteWriter()
  if (from === undefined || to === undefined) {
    delta.number(BYTES)
    writeCopies(delta, findCopies(base, target), target)
    return bufferOf(delta)
  }
  const copies = findCopies(from.text, to.text)
  delta.number(NUMBERED)
  writeCopies(delta, copies, to.text)
  const predictor = new NumberPredictor()
  for (const [index, before] of atOnce(partnersOf(copies, from.marks, to.marks)).entries()) {
    const value = to.numbers[index] ?? 0
    if (before === undefined) delta.number(value)
    else delta.signed(value - predictor.predict(from, before))
    if (before !== undefined) predictor.learn(from, before, value)
  }
  return bufferOf(delta)
}

function bufferOf(writer: ByteWriter): Buffer {
  const { buffer, byteLength } = writer.done()
  return Buffer.from(buffer, 0, byteLength)
}

/** Reconstructs a file. Takes about a second for texts of the maximum size. @throws {DamagedBytes} */
export function* applyDelta(base: Buffer, bytes: Buffer): Steps<Buffer> {
  const delta = new ByteReader(bytes)
  const form = delta.number()
  const from = form === NUMBERED ? yield* takeApart(base) : undefined
  if ((form !== BYTES && form !== NUMBERED) || (form === NUMBERED && from === undefined))
    throw new DamagedBytes('The delta has an unknown form.')
  const { target, copies } = yield* readCopies(delta, from?.text ?? base)
  const numbers: number[] = []
  if (from !== undefined) {
    const predictor = new NumberPredictor()
    const marks = yield* marksOf(target)
    for (const before of yield* partnersOf(copies, from.marks, marks)) {
      const value = before === undefined ? delta.number() : predictor.predict(from, before) + delta.signed()
      if (before !== undefined) predictor.learn(from, before, value)
      if (numbers.push(value) % STEP === 0) yield
    }
  }
  if (!delta.isDone()) throw new DamagedBytes('The delta is too long.')
  return from === undefined ? target : yield* putTogether(target, numbers)
}

/** For each number in the target, the index of the number in the base that it was copied from; `undefined` for new numbers. */
function* partnersOf(
  copies: readonly Copy[],
  base: readonly number[],
  target: readonly number[],
): Steps<(number | undefined)[]> {
  const partners: (number | undefined)[] = []
  let at = 0
  for (const [index, { added, start, length }] of copies.entries()) {
    if (index % STEP === STEP - 1) yield
    at += added
    for (let next = target[partners.length]; next !== undefined && next < at; next = target[partners.length])
      partners.push(undefined)
    let partner = lowerBound(base.length, (index) => (base[index] ?? 0) < start)
    at += length
    for (let next = target[partners.length]; next !== undefined && next < at; next = target[partners.length])
      partners.push(partner++)
  }
  while (partners.length < target.length) partners.push(undefined)
  return partners
}

/**
 * Predicts the new value of a number in the base: the value that the same number got last time or, the first time, the number
 * plus the last difference seen after the same preceding byte.
 */
class NumberPredictor {
  readonly #known = new Map<number, number>()
  readonly #differences = new Int32Array(256)

  predict({ numbers, before }: NumberedText, index: number): number {
    const [value = 0, kind = 0] = [numbers[index], before[index]]
    return this.#known.get(256 * value + kind) ?? value + (this.#differences[kind] ?? 0)
  }

  learn({ numbers, before }: NumberedText, index: number, actual: number): void {
    const [value = 0, kind = 0] = [numbers[index], before[index]]
    this.#known.set(256 * value + kind, actual)
    this.#differences[kind] = actual - value
  }
}
