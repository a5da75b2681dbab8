/** Corrects misspelled words of a query: words of the index that differ by one letter, or by two that are swapped. Pure. */

/** Shorter words have too many neighbours; longer ones would need too many lookups. */
const LENGTHS = { min: 4, max: 16 }
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/**
 * All words at a distance of one letter, at most about 1,200: swapped letters first, then a letter less, more, or another one, which is
 * the order of the mistakes that people make.
 */
export function neighboursOf(word: string): string[] {
  if (word.length < LENGTHS.min || word.length > LENGTHS.max || !/^[a-z0-9]+$/.test(word)) return []
  const splits = Array.from({ length: word.length + 1 }, (_, at) => [word.slice(0, at), word.slice(at)] as const)
  const found = [
    ...splits.flatMap(([a, b]) => (b.length > 1 ? [`${a}${b.charAt(1)}${b.charAt(0)}${b.slice(2)}`] : [])),
    ...splits.flatMap(([a, b]) => [...LETTERS].map((letter) => a + letter + b)),
    ...splits.flatMap(([a, b]) => (b === '' ? [] : [a + b.slice(1)])),
    ...splits.flatMap(([a, b]) => (b === '' ? [] : [...LETTERS].map((letter) => a + letter + b.slice(1)))),
  ]
  return [...new Set(found)].filter((each) => each !== word)
}

/** The text with some of its words replaced; the rest, and a capital at the beginning of a word, stay as typed. */
export function replaceWords(typed: string, corrections: ReadonlyMap<string, string>): string {
  let text = typed
  for (const [word, correction] of corrections) {
    const at = text.toLowerCase().indexOf(word)
    // Lower case may have another length, as that of `İ` has.
    if (at === -1 || text.slice(at, at + word.length).toLowerCase() !== word) continue
    const isCapital = text.charAt(at) !== word.charAt(0)
    const shown = isCapital ? correction.charAt(0).toUpperCase() + correction.slice(1) : correction
    text = text.slice(0, at) + shown + text.slice(at + word.length)
  }
  return text
}
