/** Ranks the results for one word or one name. Plain JavaScript, concatenated before `matching.js` in the browser. */

import { isHeading, readingOf } from './code-names.js'
import { bitsBy, COMPARISONS_PER_UNIT, countBits } from './word-bits.js'
import { equivalentsOf, isForm, isPlural, isSame, isVerbLike } from './words.js'

/** `gin.Context`, `Router#match`, `Glob::new`. */
export const QUALIFIED = /[\p{L}\p{N}_$](?:\.|::|#|\/)[\p{L}\p{N}_$]/u
/** How similar a term of the index is to a word of the query; equal words are 1. */
const BEGINS = 0.4
const SAME_FORM = 0.5
const PLURAL = 0.8
const EQUIVALENT = 0.7
const SYNONYM = 0.3

/** Returns a function that rates how similar a term of the index is to the most similar word: from 1 for equal to 0 for unrelated. */
export function nearnessTo(words, mode, isQuestion, countComparisons) {
  const known = new Map()
  function judge(term) {
    countComparisons(words.length / COMPARISONS_PER_UNIT)
    if (words.includes(term)) return 1
    if (words.some((word) => isPlural(word, term))) return PLURAL
    if (words.some((word) => equivalentsOf(word).some((other) => other === term || isPlural(other, term))))
      return EQUIVALENT
    if (words.some((word) => term.startsWith(word))) return BEGINS
    if (words.some((word) => isForm(word, term))) return SAME_FORM
    if (isQuestion && words.some((word) => isVerbLike(word, term))) return SYNONYM
    return mode === 'spelled' ? SAME_FORM : 0
  }
  return (term) => {
    const nearness = known.get(term) ?? judge(term)
    known.set(term, nearness)
    return nearness
  }
}

/**
 * Returns a function that rates how well the title of an entry matches the query. In decreasing order: the whole name
 * (`Router`), its last part (`Context.router`, the page `src/router.ts`), another form of it, a name that ends or begins with the
 * word, one that contains it. Only the order of the numbers and their rough ratios matter; `bench/search` measured them. For several words, it rates how much of the name they cover. Headings rate lower than names.
 */
export function fitOf(query, queryWords, parts, countComparisons) {
  const heldOf = bitsBy(isSame, parts, countComparisons)
  const typed = query.trim()
  const whole = queryWords.join(' ')
  const isQualified = QUALIFIED.test(query)
  return (entry) => {
    const { kind } = entry
    if (!isHeading(kind) && entry.title === typed) return 40
    const { name, joined, last, pieces } = readingOf(entry)
    const wholeness =
      name === whole || joined === whole
        ? 1.5
        : isPlural(name, whole)
          ? 1
          : equivalentsOf(whole).includes(name)
            ? 0.8
            : isForm(name, whole)
              ? 0.4
              : 0
    if (isHeading(kind)) return wholeness > 0 ? 6 * wholeness : 1
    if (wholeness > 0) return 20 * wholeness
    if (queryWords.length !== 1) {
      if (queryWords.includes(last)) return last !== queryWords.at(-1) ? 4 : isQualified ? 20 : 6
      return 1 + (3 * countBits(heldOf(pieces))) / Math.max(1, pieces.length)
    }
    if (last === whole) return kind === 'page' ? 16 : 12
    if (isPlural(last, whole)) return 8
    if (pieces.at(-1) === whole) return 7
    if (isForm(last, whole)) return 5
    if (last.startsWith(whole)) return 2
    return pieces.includes(whole) ? 1.5 : 1
  }
}
