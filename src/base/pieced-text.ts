/** A long text that is made piece by piece each time it is read, so that it is never held whole. */

/** A piece is not cut shorter than this many characters, so that a reader has little to do for each. */
const PIECE_CHARS = 65_536

export class PiecedText implements Iterable<string> {
  readonly #make: () => Iterable<string>

  /** @param make - The same text each time, in any pieces that are texts by themselves: none ends within a character. */
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

  /** The whole of it: for tests and for texts that are known to be short. */
  toString(): string {
    return [...this].join('')
  }
}

/** A text in pieces of bounded length. */
export function* piecesOf(text: string): Generator<string, void> {
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + PIECE_CHARS)
    // The two halves of a character beyond 16 bits stay together.
    if (isFirstHalf(text.charCodeAt(to - 1)) && to < text.length) to += 1
    yield text.slice(from, to)
    from = to
  }
}

const isFirstHalf = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00
