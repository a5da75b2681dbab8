/**
 * Looks up words in the index with a limited amount of work. Plain JavaScript, concatenated before `matching.js` in the browser.
 */

import { rootOf } from './words.js'

/**
 * Work is counted, not timed, so that a query always has the same results. A unit is a pair of a term and an entry.
 * `MAX_PAIRS`: after this many, lookups are limited to the first terms of each word. Then `FEW_PAIRS` is the limit of each lookup,
 * and `MIN_PAIRS` that of lookups after `MAX_WORK` units.
 */
const MAX_PAIRS = 40_000
const FEW_PAIRS = 20_000
const MIN_PAIRS = 2_000
const MAX_WORK = 90_000
/** Comparing a misspelled word with this many terms counts as a unit. */
const TERMS_PER_UNIT = 4
const TOO_WIDE = Symbol('too wide')
const ENOUGH = Symbol('enough')
/** Shorter prefixes match half of a repository. */
const MIN_PREFIX = 2

const SHARED = {
  tokenize: (word) => [word],
  processTerm: (word) => word,
  prefix: (root) => root.length >= MIN_PREFIX,
  weights: { prefix: 1, fuzzy: 0.45 },
  boost: { name: 8, text: 1 },
}
const none = () => []

/** @param tally - `work` increases by the units of each lookup. */
export function lookIn(index, tally) {
  /** Work other than pairs, which does not reduce the number of allowed pairs. */
  let otherWork = 0
  let comparisonWork = 0
  let pairs = 0
  let isWide = true
  const begin = tally.work
  const left = () => Math.max(0, MAX_WORK - (tally.work - begin - otherWork))

  function charge(units) {
    otherWork += units
    tally.work += units
  }

  function countComparisons(units) {
    comparisonWork += units
    charge(units)
  }

  function countPair() {
    tally.work += 1
    if (++pairs > MAX_PAIRS) throw TOO_WIDE
    return 0
  }

  const anyOf = (likeOf) => (word) => ({ combineWith: 'OR', queries: [word, ...likeOf(word)] })

  /**
   * Find entries with the words or similar ones. If that would take too long, only the first terms with the prefix are used.
   *
   * @param how - `weigh` returns the weight of an entry with a term; 0 when the term is unrelated to the words.
   */
  function search(words, how) {
    try {
      if (isWide) return searchWide(words, how)
    } catch (error) {
      if (error !== TOO_WIDE) throw error
      isWide = false
    }
    return searchFew(words, how)
  }

  function searchWide(words, { combineWith, likeOf, weigh }) {
    const query = { combineWith, queries: words.map(anyOf(likeOf)) }
    const byRoot = { ...SHARED, processTerm: rootOf }
    // Counting the pairs takes a tenth of the time of scoring them.
    index.search(query, { ...byRoot, boostDocument: countPair })
    return index.search(query, { ...byRoot, boostDocument: weigh })
  }

  function searchFew(words, { combineWith, likeOf, weigh }) {
    const each = Math.max(MIN_PAIRS, Math.min(FEW_PAIRS, left())) / words.length
    const rooms = new Map()
    const fewOf = (most) => (word) => ({
      ...{ combineWith: 'OR', queries: [word], prefix: false, boostTerm: (term) => prefixWeight(word, term) },
      tokenize: () => firstTerms(word, most, rooms),
    })
    const few = (word) => {
      const all = [word, ...likeOf(word)]
      return { combineWith: 'OR', queries: all.map(fewOf(each / all.length)) }
    }
    const boostDocument = (id, term) => {
      const room = rooms.get(term)
      if (room === 0) return 0
      rooms.set(term, room - 1)
      tally.work += 1
      return weigh(id, term)
    }
    return index.search({ combineWith, queries: words.map(few) }, { ...SHARED, boostDocument })
  }

  /**
   * The word and terms that begin with it, up to `most` pairs.
   *
   * @param rooms - Receives the maximum number of pairs for each term.
   */
  function firstTerms(word, most, rooms) {
    const counts = new Map()
    let count = 0
    const boostDocument = (_, term) => {
      counts.set(term, 1 + (counts.get(term) ?? 0))
      if (++count >= most) throw ENOUGH
      return 0
    }
    stopped(ENOUGH, () => index.search(word, { ...SHARED, boostDocument }))
    // Count the work of looking up each term again.
    charge(count + counts.size)
    for (const [term, pairs] of counts) rooms.set(term, Math.max(pairs, rooms.get(term) ?? 0))
    return [...counts.keys()]
  }

  /** Find entries with similarly spelled words. */
  function searchMisspelled(words, weigh, likeOf = none) {
    const boostDocument = (id, term) => {
      countPair()
      return weigh(id, term)
    }
    const query = { combineWith: 'OR', queries: words.map(anyOf(likeOf)) }
    try {
      if (isWide) return index.search(query, { ...SHARED, fuzzy: mayBeMisspelled, boostDocument })
    } catch (error) {
      if (error !== TOO_WIDE) throw error
      isWide = false
    }
    return searchFew(words, { combineWith: 'OR', likeOf, weigh })
  }

  /** Comparing a word with all terms also counts as work. */
  function mayBeMisspelled(word) {
    if (word.length <= 3 || left() === 0) return false
    tally.work += Math.ceil(index.termCount / TERMS_PER_UNIT)
    return 0.25
  }

  return { search, searchMisspelled, charge, countComparisons, mayCompare: (most) => comparisonWork < most }
}

/** The weight that MiniSearch gives to prefix matches. */
const prefixWeight = (word, term) => term.length / (term.length + 0.3 * (term.length - word.length))

/** Run a step. @returns true when it threw `signal`. */
function stopped(signal, step) {
  try {
    step()
    return false
  } catch (error) {
    if (error !== signal) throw error
    return true
  }
}
