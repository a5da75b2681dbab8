/** Corrects misspelled words of a query: proposes words that differ by one letter, or by two swapped letters. Pure. */

/** Shorter words have too many neighbours; longer ones would need too many lookups. */
const LENGTHS = { min: 4, max: 16 }
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/**
 * All words that become `word` by one typing mistake, at most about 1,200, in the order of how common the mistakes are: two
 * letters swapped, a letter omitted, one too many, a wrong one.
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
    const at = placeOf(word, text.toLowerCase())
    // Lower case may have another length, as that of `İ` has.
    if (at === -1 || text.slice(at, at + word.length).toLowerCase() !== word) continue
    const isCapital = text.charAt(at) !== word.charAt(0)
    const shown = isCapital ? correction.charAt(0).toUpperCase() + correction.slice(1) : correction
    text = text.slice(0, at) + shown + text.slice(at + word.length)
  }
  return text
}

/** The offset of a word of lower-case letters and digits in a text: a separate word if possible, else a part of one; -1 if there is none. */
function placeOf(word: string, text: string): number {
  const at = text.search(new RegExp(`(?<![a-z0-9])${word}(?![a-z0-9])`))
  return at === -1 ? text.indexOf(word) : at
}
