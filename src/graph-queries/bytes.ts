/** Writes and reads numbers of variable length (LEB128), and numbers near zero of either sign (ZigZag). */

export class ByteWriter {
  #bytes = new Uint8Array(1 << 16)
  #length = 0

  get length(): number {
    return this.#length
  }

  byte(value: number): void {
    this.#grow(1)
    this.#bytes[this.#length++] = value
  }

  /** @param value - 0 to 2^32 - 1. */
  number(value: number): void {
    let rest = value
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
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

/** Thrown when the bytes do not match their format. */
export class DamagedIndex extends Error {}

export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** @throws {DamagedIndex} */
  byte(): number {
    const value = this.#bytes[this.#at++]
    if (value === undefined) throw new DamagedIndex('The index of the graph ends too early.')
    return value
  }

  /** @throws {DamagedIndex} */
  number(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
    throw new DamagedIndex('A number in the index of the graph is too long.')
  }

  /** @throws {DamagedIndex} */
  signed(): number {
    const value = this.number()
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }
}

/** Little-endian numbers of 32 bits. */
export function uint32sOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const numbers = new Uint32Array(bytes.byteLength >>> 2)
  for (let index = 0; index < numbers.length; index++) numbers[index] = view.getUint32(index * 4, true)
  return numbers
}
