/**
 * Encodes integers as LEB128 in a string with one byte per character. A typed array read from the cache would keep the
 * whole cache buffer in memory, and an array takes two to nine bytes per number in the cache, instead of one to five.
 */

/** @param numbers - Integers from -1 to 2^31. */
export function packNumbers(numbers: readonly number[] | Int32Array): string {
  const bytes = Buffer.allocUnsafe(numbers.length * MAX_BYTES)
  let length = 0
  for (const number of numbers) {
    let rest = number + 1
    while (rest >= 0x80) {
      bytes[length++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    bytes[length++] = rest
  }
  return bytes.toString('latin1', 0, length)
}

export function unpackNumbers(packed: string): number[] {
  const numbers: number[] = []
  unpackInto(packed, numbers, 0)
  return numbers
}

/** @param to - Where the numbers are written, from this index on. */
export function unpackInto(packed: string, to: number[] | Int32Array, index: number): void {
  let next = index
  let number = 0
  let shift = 0
  for (let at = 0; at < packed.length; at++) {
    const byte = packed.charCodeAt(at)
    number |= (byte & 0x7f) << shift
    shift += 7
    if (byte >= 0x80) continue
    to[next++] = (number >>> 0) - 1
    number = 0
    shift = 0
  }
}

const MAX_BYTES = 5
