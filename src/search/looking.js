/**
 * Looks words up in an index by a bounded amount of work. Plain JavaScript, as `matching.js`, before which it stands in the
 * browser.
 */

import { rootOf } from './words.js'

/**
 * Work is counted, not timed: a question has one answer. A unit is a pair of a word and an entry that is looked at. So many are
 * looked at before a question has to be content with the first terms of its words; so many then, for each look, and for one when
 * all of the work is done.
 */
const MAX_PAIRS = 40_000
const FEW_PAIRS = 20_000
const LEAST_PAIRS = 2_000
const MAX_WORK = 90_000
/** Of the terms that a word is compared to when it may be spelled wrong, so many are a unit. */
const TERMS_A_UNIT = 4
const TOO_WIDE = Symbol('too wide')
const ENOUGH = Symbol('enough')
/** Shorter beginnings of words match half of a repository. */
const LEAST_PREFIX = 2

const SHARED = {
  tokenize: (word) => [word],
  processTerm: (word) => word,
  prefix: (root) => root.length >= LEAST_PREFIX,
  weights: { prefix: 1, fuzzy: 0.45 },
  boost: { name: 8, text: 1 },
}
const none = () => []

/** @param tally - Its `work` grows by the units of work that each look takes. */
export function lookIn(index, tally) {
  /** Work beside that of pairs: it counts, and leaves room for as many pairs as before. */
  let beside = 0
  let judged = 0
  let pairs = 0
  let isWide = true
  const begin = tally.work
  const left = () => Math.max(0, MAX_WORK - (tally.work - begin - beside))

  function charge(units) {
    beside += units
    tally.work += units
  }

  function judging(units) {
    judged += units
    charge(units)
  }

  function countPair() {
    tally.work += 1
    if (++pairs > MAX_PAIRS) throw TOO_WIDE
    return 0
  }

  const anyOf = (likeOf) => (word) => ({ combineWith: 'OR', queries: [word, ...likeOf(word)] })

  /**
   * What has the words, or what is like them; where that would take too long, the first terms that begin like what is asked for.
   *
   * @param how - `weigh` tells how much an entry counts that has a term; 0 when the term has nothing to do with the words.
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
    const asking = { combineWith, queries: words.map(anyOf(likeOf)) }
    const byRoot = { ...SHARED, processTerm: rootOf }
    // To count the pairs takes a tenth of the time that their scores take.
    index.search(asking, { ...byRoot, boostDocument: countPair })
    return index.search(asking, { ...byRoot, boostDocument: weigh })
  }

  function searchFew(words, { combineWith, likeOf, weigh }) {
    const each = Math.max(LEAST_PAIRS, Math.min(FEW_PAIRS, left())) / words.length
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
   * The word and terms that begin with it, until so many pairs have one of them.
   *
   * @param rooms - Takes up how many pairs of each are to be looked at.
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
    // Each term is looked up once more.
    charge(count + counts.size)
    for (const [term, pairs] of counts) rooms.set(term, Math.max(pairs, rooms.get(term) ?? 0))
    return [...counts.keys()]
  }

  /** What has a word that is spelled nearly so. */
  function searchMisspelled(words, weigh, likeOf = none) {
    const boostDocument = (id, term) => {
      countPair()
      return weigh(id, term)
    }
    const asking = { combineWith: 'OR', queries: words.map(anyOf(likeOf)) }
    try {
      if (isWide) return index.search(asking, { ...SHARED, fuzzy: mayBeMisspelled, boostDocument })
    } catch (error) {
      if (error !== TOO_WIDE) throw error
      isWide = false
    }
    return searchFew(words, { combineWith: 'OR', likeOf, weigh })
  }

  /** To compare a word to all terms takes some time as well. */
  function mayBeMisspelled(word) {
    if (word.length <= 3 || left() === 0) return false
    tally.work += Math.ceil(index.termCount / TERMS_A_UNIT)
    return 0.25
  }

  return { search, searchMisspelled, charge, judging, mayJudge: (most) => judged < most }
}

/** As MiniSearch weighs what begins with a word. */
const prefixWeight = (word, term) => term.length / (term.length + 0.3 * (term.length - word.length))

/** Whether the signal was thrown. */
function stopped(signal, step) {
  try {
    step()
    return false
  } catch (error) {
    if (error !== signal) throw error
    return true
  }
}
