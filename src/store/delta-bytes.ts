/** Reads the bytes of a delta, whose numbers are written by `ByteWriter`. Pure. */

/** Thrown while a delta is read if it is damaged or does not match its base. */
export class BadDelta extends Error {}

/** The weight of a varint's byte is below this, so a number has at most five bytes. */
const MAX_UNIT = 2 ** 35

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
