/** A long text that is generated in pieces each time it is read, so that it is never completely in memory. */

/** The minimum length of a piece except the last, so that the overhead per piece is negligible. */
const PIECE_CHARS = 65_536

export class PiecedText implements Iterable<string> {
  readonly #make: () => Iterable<string>

  /** @param make - Yields the same text each time, in pieces of any length that do not split a surrogate pair. */
  constructor(make: () => Iterable<string>) {
    this.#make = make
  }

  *[Symbol.iterator](): Generator<string, void> {
    let piece = ''
    for (const part of this.#make()) {
      piece += part
      if (piece.length < PIECE_CHARS) continue
      yield piece
      piece = ''
    }
    if (piece !== '') yield piece
  }

  /** The whole text, for tests and for texts that are known to be short. */
  toString(): string {
    return [...this].join('')
  }
}

/** A text in pieces of bounded length. */
export function* piecesOf(text: string): Generator<string, void> {
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + PIECE_CHARS)
    // Includes the second half of a surrogate pair.
    if (isHighSurrogate(text.charCodeAt(to - 1)) && to < text.length) to += 1
    yield text.slice(from, to)
    from = to
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00
