/**
 * Which words of a question the pieces of a name stand for, as bits: the lowest for the first word. Plain JavaScript, as
 * `matching.js`, before which it stands in the browser.
 */

/** Judgements of one word and one piece in a unit of work, and pieces that are met again. A power of two keeps sums exact. */
export const JUDGED_A_UNIT = 8

/**
 * @param judge - Whether a word stands for a piece, or a piece for a word. Asked once for each of them.
 * @param words - At most 31.
 * @param judging - Told how many units of work each step takes.
 * @returns The bits of all words that stand for one of these pieces.
 */
export function bitsBy(judge, words, judging) {
  const known = new Map()
  function judgeAll(piece) {
    judging(words.length / JUDGED_A_UNIT)
    const bits = words.reduce((sum, word, at) => sum | (judge(word, piece) ? 1 << at : 0), 0)
    known.set(piece, bits)
    return bits
  }
  return (pieces) => {
    judging(pieces.length / JUDGED_A_UNIT)
    return pieces.reduce((sum, piece) => sum | (known.get(piece) ?? judgeAll(piece)), 0)
  }
}

export function countBits(bits) {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1
  return count
}
