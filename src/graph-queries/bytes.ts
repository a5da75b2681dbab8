/** Reads the numbers that `ByteWriter` writes. */

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
