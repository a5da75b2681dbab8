/**
 * Reads and writes the bytes of a delta: numbers as little-endian varints with seven bits per byte, signed numbers as zigzag.
 * Pure.
 */

/** Thrown while a delta is read if it is damaged or does not match its base. */
export class BadDelta extends Error {}

/** The weight of a varint's byte is below this, so a number has at most five bytes. */
const MAX_UNIT = 2 ** 35

export class ByteWriter {
  #bytes = Buffer.allocUnsafe(4_096)
  #length = 0

  number(value: number): void {
    this.#reserve(6)
    let left = value
    for (; left >= 128; left = Math.floor(left / 128)) this.#bytes[this.#length++] = (left % 128) + 128
    this.#bytes[this.#length++] = left
  }

  signed(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value)
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  done(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(2 * this.#bytes.length + count)
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

/** Reads from the start of the bytes. Its methods throw `BadDelta` at the end. */
export class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  number(): number {
    let value = 0
    for (let unit = 1; unit < MAX_UNIT && this.#at < this.#bytes.length; unit *= 128) {
      const byte = this.#bytes[this.#at++] ?? 0
      value += (byte % 128) * unit
      if (byte < 128) return value
    }
    throw new BadDelta('The delta ends within a number.')
  }

  signed(): number {
    const value = this.number()
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }

  copyTo(target: Buffer, at: number, count: number): void {
    if (this.#at + count > this.#bytes.length) throw new BadDelta('The delta ends early.')
    this.#bytes.copy(target, at, this.#at, this.#at + count)
    this.#at += count
  }

  isDone(): boolean {
    return this.#at === this.#bytes.length
  }
}
