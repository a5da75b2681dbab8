/**
 * Separates a text from the decimal numbers in it. Between versions of a page, little changes except for numbers, such as line
 * numbers or positions in an index, which all shift by the size of an insertion above them. Pure.
 */

import { DamagedBytes } from '#base/bytes.ts'
import type { Steps } from '#base/slices.ts'

export interface NumberedText {
  /** The text with each number replaced by `MARK`. */
  text: Buffer
  numbers: number[]
  /** The offset of each mark in `text`. */
  marks: number[]
  /** The byte before each number, such as the `L` in `#L12`; 0 at the start of the text. */
  before: number[]
}

/** A byte that does not occur in texts. Bytes that contain it are treated as binary. */
const MARK = 1
const ZERO = 48
const NINE = 57
/** Longer runs of digits are split. Zeros before another digit stay in the text. */
const MAX_DIGITS = 9
/** Numbers processed in one step. */
const STEP = 4_096
/** Bytes processed in one step. */
const STEP_BYTES = 65_536

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE

/** @returns `undefined` for binary data, which is recognised by the mark. */
export function* takeApart(bytes: Buffer): Steps<NumberedText | undefined> {
  if (bytes.includes(MARK)) return undefined
  const text = Buffer.allocUnsafe(bytes.length)
  const numbers: number[] = []
  const marks: number[] = []
  const before: number[] = []
  let length = 0
  let pause = STEP_BYTES
  for (let at = 0; at < bytes.length; ) {
    if (at >= pause) {
      yield
      pause = at + STEP_BYTES
    }
    const byte = bytes[at] ?? 0
    if (!isDigit(byte) || (byte === ZERO && isDigit(bytes[at + 1] ?? 0))) {
      text[length++] = byte
      at += 1
      continue
    }
    before.push(bytes[at - 1] ?? 0)
    let value = 0
    const end = Math.min(bytes.length, at + MAX_DIGITS)
    for (; at < end && isDigit(bytes[at] ?? 0); at++) value = 10 * value + (bytes[at] ?? 0) - ZERO
    numbers.push(value)
    marks.push(length)
    text[length++] = MARK
  }
  return { text: text.subarray(0, length), numbers, marks, before }
}

/** The offsets of the marks in a text. */
export function* marksOf(text: Buffer): Steps<number[]> {
  const marks: number[] = []
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
    if (marks.push(at) % STEP === 0) yield
  }
  return marks
}

/** @throws {DamagedBytes} There are fewer numbers than marks. */
export function* putTogether(text: Buffer, numbers: readonly number[]): Steps<Buffer> {
  const written = Buffer.allocUnsafe(text.length + numbers.length * MAX_DIGITS)
  let length = 0
  let from = 0
  let used = 0
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, from)) {
    const value = numbers[used++]
    if (used % STEP === 0) yield
    if (value === undefined) throw new DamagedBytes('The delta has too few numbers.')
    length += text.copy(written, length, from, at)
    length += written.write(String(value), length, 'latin1')
    from = at + 1
  }
  length += text.copy(written, length, from)
  return written.subarray(0, length)
}
