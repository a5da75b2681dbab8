/** Writes numbers of variable length (LEB128), and numbers near zero of either sign (ZigZag). */

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
