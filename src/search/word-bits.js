/**
 * Determines which words of a query match the parts of a name, as bits; the lowest bit is the first word. Plain JavaScript,
 * concatenated before `matching.js` in the browser.
 */

/** How many comparisons of a word with a part count as a unit of work. A power of two, so that sums are exact. */
export const COMPARISONS_PER_UNIT = 8

/**
 * @param judge - Whether a word and a part match. Called once for each pair.
 * @param words - At most 31.
 * @param countComparisons - Called with the units of work of each step.
 * @returns A function that returns the bits of all words that match one of the parts.
 */
export function bitsBy(judge, words, countComparisons) {
  const known = new Map()
  function judgeAll(piece) {
    countComparisons(words.length / COMPARISONS_PER_UNIT)
    const bits = words.reduce((sum, word, at) => sum | (judge(word, piece) ? 1 << at : 0), 0)
    known.set(piece, bits)
    return bits
  }
  return (pieces) => {
    countComparisons(pieces.length / COMPARISONS_PER_UNIT)
    return pieces.reduce((sum, piece) => sum | (known.get(piece) ?? judgeAll(piece)), 0)
  }
}

export function countBits(bits) {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1
  return count
}
