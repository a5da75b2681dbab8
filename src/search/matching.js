/**
 * Finds the results of a search and orders them. Runs in the worker that builds the index, in the server and in the browser:
 * plain JavaScript that imports only files which are concatenated before it there. Types are in `matching.d.ts`.
 */

import { lookIn } from './bounded-lookup.js'
import { chainOf, findNamed, holdersOf, isHeading, isOfGuide, nameOf, rankOf, withoutOverload } from './code-names.js'
import { fitOf, nearnessTo, QUALIFIED } from './rank-one-word.js'
import { inOrder, joinedWords, nearTerms } from './rank-several-words.js'
import { equivalentsOf, partsOf, STOP_WORDS, synonymsOf, verbsLike, withoutSub, wordsOf } from './words.js'

/** Further words of a query are ignored. */
const MAX_WORDS = 12
const MAX_JOINED = 8
/** Ordering this many results counts as a unit of work. */
const ENTRIES_PER_UNIT = 8
/** How many entries' names are compared with the query; the others are ranked by their own weight only. */
const MAX_WEIGHED = 10_000
/** Maximum units of work for comparing words with names; further entries are ranked by their own weight only. */
const MAX_COMPARISONS = 50_000
/** Units of work for an entry with a typed name: it is found, split and ordered. */
const NAME_WORK = 3
const MAX_NAME_WORK = 40_000
/**
 * The lowest positions of the repository's two best guides among the results, how many results are searched for them, and how much of
 * the query a guide must have, as a share of what the result at that position has.
 */
const GUIDE_PLACES = [2, 6]
const MAX_SEARCHED_FOR_GUIDES = 100
const MIN_GUIDE_SHARE = 0.6

/** A word of a query, possibly a qualified name: `from_object`, `Config.from_object`, `Glob::new`. */
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|#)[\p{L}_$][\p{L}\p{N}_$]*)*/gu
/** Matches words written like names in code. Up to four capitals may be an acronym (`JSON`), and `e.g.` is not a name. */
const LIKE_A_NAME = /_|\p{L}{2}(?:\.|::|#)|(?:\.|::|#)\p{L}{2}|\p{Ll}\p{N}*\p{Lu}|\p{Lu}{2}\p{Ll}|^\p{Lu}{5,}$/u
/** Matches names that cannot be words of a text, unlike `GitHub`. */
const NEVER_A_WORD = /[\p{L}\p{N}]_[\p{L}\p{N}]/u
/** Matches questions that guides answer. */
const ASKS_HOW = /^\s*(?:how (?:do|can|to|should)|what happens|why|can i)\b/i
/** The minimum weight of entries that are public or used often. */
const CENTRAL = 1.28

/**
 * The numbers of the best matching entries, with a limited amount of work. Entries with the typed name come first. If one of
 * several words is written like a name in code (`from_object`), entries with that name come first, or if there are none, entries
 * whose text contains it. The rest is found by all words.
 *
 * @param tally - `work` increases by the units of work of this search.
 */
export function find(index, entries, query, limit, tally = { work: 0 }) {
  const covered = new Map()
  return withGuides(findAnything(index, entries, query, { limit, tally, covered }), entries, covered).slice(0, limit)
}

/**
 * Finds more entries than requested, because guides may be among the additional ones.
 *
 * @param how.covered - Receives the share of the query that each entry has, keyed by number, if it is found by several words.
 */
function findAnything(index, entries, query, { limit, tally, covered }) {
  const most = Math.max(limit, MAX_SEARCHED_FOR_GUIDES)
  const typed = query.trim()
  // For a plain word, the ranking by words decides which entry of that name is meant.
  const found = isWord(typed) ? findWords(index, entries, query, { limit: most, tally, covered }) : undefined
  if (found !== undefined && isMeantBy(typed, entries[found[0]])) return found
  const begin = tally.work
  const known = new Map()
  const countSearched = (count) => {
    tally.work += NAME_WORK * count
  }
  const first = new Set(
    isOneName(typed) ? nearest(findNamed(index, entries, typed, known, countSearched), entries, typed) : [],
  )
  for (const name of first.size > 0 ? [] : namesIn(entries, query)) {
    if (first.size >= limit || tally.work - begin > MAX_NAME_WORK) break
    for (const id of findMeant(index, entries, name, known, countSearched)) first.add(id)
  }
  // Do not search again if the results are already sufficient.
  const rest = first.size >= limit ? [] : (found ?? findWords(index, entries, query, { limit: most, tally, covered }))
  return [...new Set([...first, ...rest])].slice(0, most)
}

/** Moves the best guides of the repository up to `GUIDE_PLACES`, unless they have far less of the query than the results there. */
function withGuides(ids, entries, covered) {
  const order = [...ids]
  for (const [taken, place] of GUIDE_PLACES.entries()) {
    const guides = order.flatMap((id, at) => (isGuide(entries[id]) ? [at] : []))
    const at = guides[taken]
    if (at === undefined || at <= place) continue
    if (covered.get(order[at]) < MIN_GUIDE_SHARE * covered.get(order[place])) continue
    order.splice(place, 0, ...order.splice(at, 1))
  }
  return order
}

const isGuide = (entry) => isOfGuide(entry?.kind) && rankOf(entry) === 0

/** The first `MAX_WORDS` different words. */
const firstOf = (words) => [...new Set(words)].slice(0, MAX_WORDS)

/** The names of code in a query of several words; empty when the whole query is one name. */
function namesIn(entries, query) {
  const names = [...new Set(query.match(NAME))].filter((name) => LIKE_A_NAME.test(name))
  const own = wordsOf(entries[0]?.title ?? '').join(' ')
  return names.filter((name) => ![own, wordsOf(query).join(' ')].includes(wordsOf(name).join(' '))).slice(0, MAX_WORDS)
}

/** Parameters may contain spaces: `Map<K, V>`. */
const isOneName = (typed) => !/\s/.test(/[)>]$/.test(typed) ? withoutOverload(typed) : typed)

/** The entries of the best rank: own code before examples and tests. */
function nearest(ids, entries, typed) {
  const rank = ids.reduce((best, id) => Math.min(best, rankOf(entries[id])), Number.POSITIVE_INFINITY)
  return ids.filter((id) => rankOf(entries[id]) === rank && (!isWord(typed) || isMeantBy(typed, entries[id])))
}

/** Whether a plain word means this entry: the word is its whole name or last name, and the entry is public or used often. */
const isMeantBy = (word, entry) =>
  entry !== undefined &&
  entry.weight >= CENTRAL &&
  !isHeading(entry.kind) &&
  [nameOf(entry), withoutOverload(entry.title).toLowerCase()].includes(word)

function findMeant(index, entries, name, known, countSearched) {
  const last = chainOf(name).at(-1)
  const named = findNamed(index, entries, name, known, countSearched, (entry) => nameOf(entry) === last)
  return named.length > 0 || !NEVER_A_WORD.test(last) ? named : holdersOf(index, last, countSearched)
}

/** Lower-case letters and digits only, which may be a word or a name. */
const isWord = (text) => /^[\p{Ll}\p{Lo}\p{N}]+$/u.test(text)

/** Find entries by one word or one qualified name, or by several words. */
function findWords(index, entries, query, { limit, tally, covered }) {
  const all = [...new Set(wordsOf(query))]
  const parts = firstOf(partsOf(query))
  const telling = firstOf(partsOf(query).filter((part) => !STOP_WORDS.has(part)))
  // Stop words are left out of whole questions only; `to json` may be a name.
  const isQuestion = all.length > 2 && telling.length > 0 && all.some((word) => STOP_WORDS.has(word))
  const own = wordsOf(entries[0]?.title ?? '')
  const matter = withoutName(own, telling).filter((part) => !/^\p{L}$/u.test(part))
  const isQualified = QUALIFIED.test(query) && !/\s/.test(query.trim())
  const budget = lookIn(index, tally)
  if (all.length > 1 && matter.length > 1 && !isQualified)
    return findSeveral(entries, query, { words: matter, isQuestion, budget, covered }).slice(0, limit)
  const queryWords = firstOf(
    isQuestion
      ? withoutName(
          own,
          all.filter((word) => !STOP_WORDS.has(word)),
        )
      : all,
  )
  return findAll(entries, query, limit, { queryWords, parts, telling, isQuestion, budget })
}

/**
 * Find entries with any of the words: whole, in another form (`routing`, `routes`, `router`), abbreviated (`config`) or joined
 * with the next (`progressbar`). A question also finds synonyms of verbs (`dispatch` for `routed`). A word without results is
 * treated as misspelled.
 */
function findSeveral(entries, query, { words, isQuestion, budget, covered }) {
  const { search, charge, countComparisons } = budget
  const joined = joinedWords(partsOf(query), words).slice(0, MAX_JOINED)
  const near = nearTerms(words, joined, isQuestion, countComparisons)
  const verbsOf = isQuestion ? verbsLike : () => []
  const likeOf = (word) => [...equivalentsOf(word), ...withoutSub(word), ...synonymsOf(word), ...verbsOf(word)]
  const weigh = (_, term) => (near(term) === undefined ? 0 : 1)
  const found = search([...words, ...joined.map(({ text }) => text)], { combineWith: 'OR', likeOf, weigh })
  charge(found.length / ENTRIES_PER_UNIT)
  const isThere = (at) => found.some(({ match }) => Object.keys(match).some((term) => near(term)?.[at] > 0))
  const misspelled = words.flatMap((word, at) => (isThere(at) ? [] : [[at, budget.searchMisspelled([word], () => 1)]]))
  const asksHow = ASKS_HOW.test(query)
  const ranked = inOrder(found, entries, { telling: words, near, isQuestion, asksHow, countComparisons, misspelled })
  return ranked.map(({ id, covered: share }) => {
    covered.set(id, share)
    return id
  })
}

/**
 * Find entries with all words: whole, as a prefix, in another form (`routing`, `routes`, `router`) or abbreviated (`config`). If
 * there are none, with the parts of the words, then without stop words, then with similar spelling. Examples come after
 * everything else, and tests after examples.
 */
function findAll(entries, query, limit, { queryWords, parts, telling, isQuestion, budget }) {
  const { search, countComparisons, mayCompare } = budget
  const fit = fitOf(query, queryWords, parts, countComparisons)
  // A cache, because an entry may be found by several words.
  const boosts = new Map()
  function boostOf(id) {
    const known = boosts.get(id)
    if (known !== undefined) return known
    const entry = entries[id]
    if (boosts.size >= MAX_WEIGHED || !mayCompare(MAX_COMPARISONS)) return entry?.weight ?? 1
    const boost = entry === undefined ? 1 : entry.weight * fit(entry)
    boosts.set(id, boost)
    return boost
  }
  const likeOf = isQuestion ? (word) => [...equivalentsOf(word), ...verbsLike(word)] : equivalentsOf
  /** Returns a function that weighs an entry by one of its terms. */
  function weighing(words, mode) {
    const near = nearnessTo(words, mode, isQuestion, countComparisons)
    return (id, term) => near(term) && near(term) * boostOf(id)
  }
  const done = new Set()
  for (const [words, mode] of [
    [queryWords, 'all'],
    [parts, 'all'],
    [telling, 'all'],
    [telling.length === 0 ? parts : telling, 'spelled'],
  ]) {
    const what = `${mode} ${words.join(' ')}`
    if (words.length === 0 || done.has(what)) continue
    done.add(what)
    const weigh = weighing(words, mode)
    const found =
      mode === 'all'
        ? search(words, { combineWith: 'AND', likeOf, weigh })
        : budget.searchMisspelled(words, weigh, likeOf)
    if (found.length > 0) {
      const ids = found.map(({ id }) => id)
      return ids.sort((a, b) => rankOf(entries[a]) - rankOf(entries[b])).slice(0, limit)
    }
  }
  return []
}

/** Words without the name of the repository (the title of the first page), which occurs everywhere; all words if nothing else is left. */
function withoutName(own, words) {
  const others = words.filter((word) => !own.includes(word))
  return others.length === 0 ? words : others
}
