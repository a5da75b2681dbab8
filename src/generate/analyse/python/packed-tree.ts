/** Packs a syntax tree without its text into few bytes for the cache: about five for a node. */

import { SyntaxTree } from '#generate/analyse/syntax-tree.ts'

/**
 * Writes for each node: kind, start relative to the previous start, length, number of descendants. Then for each
 * comment: start relative to the previous end, length.
 *
 * @returns `undefined` for a tree that cannot be packed.
 */
export function packTree(tree: SyntaxTree): Uint8Array | undefined {
  const out = new Writer(tree.size * 6 + tree.comments.length * 3 + 32)
  out.number(tree.size)
  out.number(tree.comments.length / 2)
  out.number(tree.hasError ? 1 : 0)
  let before = 0
  for (let node = 0; node < tree.size; node++) {
    const start = tree.start(node)
    out.number(tree.kind(node))
    // A node never begins before its parent, and so never before the previous node.
    if (start < before) return undefined
    out.number(start - before)
    out.number(tree.end(node) - start)
    out.number(tree.afterOf(node) - node - 1)
    before = start
  }
  let end = 0
  for (let i = 0; i < tree.comments.length; i += 2) {
    const start = tree.comments[i] ?? 0
    out.number(start - end)
    end = tree.comments[i + 1] ?? start
    out.number(end - start)
  }
  return out.bytes()
}

/** @returns `undefined` if the bytes are not a tree of this text. */
export function unpackTree(bytes: Uint8Array, text: string): SyntaxTree | undefined {
  const from = new Reader(bytes)
  const size = from.number()
  const comments = new Uint32Array(Math.min(from.number(), bytes.length) * 2)
  const hasError = from.number() === 1
  if (size > bytes.length) return undefined
  const kinds = new Uint8Array(size)
  const starts = new Uint32Array(size)
  const ends = new Uint32Array(size)
  const after = new Uint32Array(size)
  let start = 0
  for (let node = 0; node < size; node++) {
    kinds[node] = from.number()
    start += from.number()
    starts[node] = start
    ends[node] = start + from.number()
    after[node] = node + 1 + from.number()
  }
  let end = 0
  for (let i = 0; i < comments.length; i += 2) {
    comments[i] = end + from.number()
    end = (comments[i] ?? 0) + from.number()
    comments[i + 1] = end
  }
  if (!from.isAtEnd || (ends[0] ?? 0) > text.length) return undefined
  return new SyntaxTree({ text, size, kinds, starts, ends, after, comments, hasError })
}

class Writer {
  #bytes: Uint8Array
  #at = 0

  constructor(room: number) {
    this.#bytes = new Uint8Array(room)
  }

  number(value: number): void {
    if (this.#at + 5 > this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2)
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    let rest = value
    while (rest > 0x7f) {
      this.#bytes[this.#at++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.#bytes[this.#at++] = rest
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#at)
  }
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  number(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#at++] ?? 0
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    return value >>> 0
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }
}
