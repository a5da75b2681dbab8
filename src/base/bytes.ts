/** Writes and reads numbers of variable length (LEB128), and numbers near zero of either sign (ZigZag). */

/** Thrown when bytes end early or do not match their format. */
export class DamagedBytes extends Error {}

/** The weight of a byte is below this, so a number has at most five bytes. */
const MAX_UNIT = 2 ** 35

export class ByteWriter {
  #bytes = new Uint8Array(4_096)
  #length = 0

  get length(): number {
    return this.#length
  }

  byte(value: number): void {
    this.#grow(1)
    this.#bytes[this.#length++] = value
  }

  /** @param value - An integer of 0 or more. */
  number(value: number): void {
    let rest = value
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.byte((rest % 128) + 128)
    this.byte(rest)
  }

  signed(value: number): void {
    this.number(value < 0 ? -value * 2 - 1 : value * 2)
  }

  uint32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.byte((value >>> shift) & 0xff)
  }

  bytes(added: Uint8Array): void {
    this.#grow(added.length)
    this.#bytes.set(added, this.#length)
    this.#length += added.length
  }

  /** The bytes written so far. */
  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  #grow(by: number): void {
    if (this.#length + by <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#length + by, this.#bytes.length * 2))
    larger.set(this.done())
    this.#bytes = larger
  }
}

/** Reads what `ByteWriter` has written. Its methods throw `DamagedBytes` at the end. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, from = 0) {
    this.#bytes = bytes
    this.#at = from
  }

  /** The offset of the next byte. */
  get at(): number {
    return this.#at
  }

  byte(): number {
    const value = this.#bytes[this.#at++]
    if (value === undefined) throw new DamagedBytes('The bytes end early.')
    return value
  }

  number(): number {
    let value = 0
    for (let unit = 1; unit < MAX_UNIT; unit *= 128) {
      const byte = this.byte()
      value += (byte % 128) * unit
      if (byte < 128) return value
    }
    throw new DamagedBytes('A number is too long.')
  }

  signed(): number {
    const value = this.number()
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }

  copyTo(target: Uint8Array, at: number, count: number): void {
    if (this.#at + count > this.#bytes.length) throw new DamagedBytes('The bytes end early.')
    target.set(this.#bytes.subarray(this.#at, this.#at + count), at)
    this.#at += count
  }

  isDone(): boolean {
    return this.#at === this.#bytes.length
  }
}
