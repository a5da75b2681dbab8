/**
 * What a search matches and in which order it answers. Runs in the worker that builds the index, in the server and in
 * the browser: plain JavaScript, and no import but of what stands before it there. Types are in `matching.d.ts`.
 */

import { fitOf, nearnessTo, QUALIFIED } from './fit.js'
import { lookIn } from './looking.js'
import { chainOf, findNamed, holdersOf, isHeading, isOfGuide, nameOf, rankOf, withoutOverload } from './names.js'
import { inOrder, joinedWords, nearTerms } from './several.js'
import { deedsLike, FILLERS, othersOf, partsOf, withinOf, wordsOf } from './words.js'

/** Of a question; those behind them are not looked for. */
const MAX_WORDS = 12
const MAX_JOINED = 8
/** Of what was found, so many are put in order in a unit of work. */
const ENTRIES_A_UNIT = 8
/** Entries whose names one question is held against; the others count by what they are alone. */
const MAX_WEIGHED = 10_000
/** Units of work that comparing words to names may take beside that of pairs; names behind them count by what they are alone. */
const MAX_JUDGED = 50_000
/** Of an entry that has a name: it is found, taken apart and put in order. */
const NAME_WORK = 3
const MAX_NAME_WORK = 40_000
/** The places among the first ten that the repository's own guides have at the latest, and how far down they are looked for. */
const GUIDE_PLACES = [2, 6]
const MOST_LOOKED_FOR_GUIDES = 100

/** A word of a question with what may stand before its last name: `from_object`, `Config.from_object`, `Glob::new`. */
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|#)[\p{L}_$][\p{L}\p{N}_$]*)*/gu
/** Written as names are in code and words are not. Few capitals alone may stand for several words (`JSON`), and `e.g.` is none. */
const LIKE_A_NAME = /_|\p{L}{2}(?:\.|::|#)|(?:\.|::|#)\p{L}{2}|\p{Ll}\p{N}*\p{Lu}|\p{Lu}{2}\p{Ll}|^\p{Lu}{5,}$/u
/** No word of a text is written so; `GitHub` is. */
const NEVER_A_WORD = /[\p{L}\p{N}]_[\p{L}\p{N}]/u
/** The weight of what is public, or used much. */
const CENTRAL = 1.28

/**
 * The entries that match best, by number, by a bounded amount of work. What has the name that was typed comes first. Where one of several words is
 * written as a name of the code (`from_object`) and is one, it is what has that name, or, where nothing has it, what tells
 * of it. The rest is found by all words.
 *
 * @param tally - Its `work` grows by the units of work that this took.
 */
export function find(index, entries, query, limit, tally = { work: 0 }) {
  return withGuides(findAnything(index, entries, query, limit, tally), entries).slice(0, limit)
}

/** More than are asked for: guides may be among them. */
function findAnything(index, entries, query, limit, tally) {
  const most = Math.max(limit, MOST_LOOKED_FOR_GUIDES)
  const typed = query.trim()
  // Of all that a word may be the name of, the words know best what is meant.
  const found = isWord(typed) ? findWords(index, entries, query, most, tally) : undefined
  if (found !== undefined && isMeantBy(typed, entries[found[0]])) return found
  const begin = tally.work
  const known = new Map()
  const looked = (count) => {
    tally.work += NAME_WORK * count
  }
  const first = new Set(
    /\s/.test(typed) ? [] : nearest(findNamed(index, entries, typed, known, looked), entries, typed),
  )
  for (const name of first.size > 0 ? [] : namesIn(entries, query)) {
    if (first.size >= limit || tally.work - begin > MAX_NAME_WORK) break
    for (const id of findMeant(index, entries, name, known, looked)) first.add(id)
  }
  // What would be cut off is not searched for.
  const rest = first.size >= limit ? [] : (found ?? findWords(index, entries, query, most, tally))
  return [...new Set([...first, ...rest])].slice(0, most)
}

/** The best of the repository's own guides have places among the first answers, however many names match as well. */
function withGuides(ids, entries) {
  const order = [...ids]
  for (const [taken, place] of GUIDE_PLACES.entries()) {
    const guides = order.flatMap((id, at) => (isGuide(entries[id]) ? [at] : []))
    const at = guides[taken]
    if (at === undefined || at <= place) continue
    order.splice(place, 0, ...order.splice(at, 1))
  }
  return order
}

const isGuide = (entry) => isOfGuide(entry?.kind) && rankOf(entry) === 0

/** Each word once, and no more of them than are looked for. */
const firstOf = (words) => [...new Set(words)].slice(0, MAX_WORDS)

/** None where the whole of what is asked for is one. */
function namesIn(entries, query) {
  const names = [...new Set(query.match(NAME))].filter((name) => LIKE_A_NAME.test(name))
  const own = wordsOf(entries[0]?.title ?? '').join(' ')
  return names.filter((name) => ![own, wordsOf(query).join(' ')].includes(wordsOf(name).join(' '))).slice(0, MAX_WORDS)
}

/** Of what has the name, what is nearest to what the repository is about. */
function nearest(ids, entries, typed) {
  const rank = Math.min(...ids.map((id) => rankOf(entries[id])))
  return ids.filter((id) => rankOf(entries[id]) === rank && (!isWord(typed) || isMeantBy(typed, entries[id])))
}

/** A word may be a part of other names as well: it has to be all of a name, or one letter for letter, of something that matters. */
const isMeantBy = (word, entry) =>
  entry !== undefined &&
  entry.weight >= CENTRAL &&
  !isHeading(entry.kind) &&
  [nameOf(entry), withoutOverload(entry.title).toLowerCase()].includes(word)

function findMeant(index, entries, name, known, looked) {
  const last = chainOf(name).at(-1)
  const named = findNamed(index, entries, name, known, looked, (entry) => nameOf(entry) === last)
  return named.length > 0 || !NEVER_A_WORD.test(last) ? named : holdersOf(index, last, looked)
}

/** Of small letters alone, as people type words and names alike. */
const isWord = (text) => /^[\p{Ll}\p{Lo}\p{N}]+$/u.test(text)

/** Of one word, or one name with its holder: that. Of several words, what answers most of them. */
function findWords(index, entries, query, limit, tally) {
  const all = [...new Set(wordsOf(query))]
  const parts = firstOf(partsOf(query))
  const telling = firstOf(partsOf(query).filter((part) => !FILLERS.has(part)))
  // Of a whole question, what it is about; `to json` may be a name.
  const isQuestion = all.length > 2 && telling.length > 0 && all.some((word) => FILLERS.has(word))
  const own = wordsOf(entries[0]?.title ?? '')
  const matter = withoutName(own, telling).filter((part) => !/^\p{L}$/u.test(part))
  const isOneName = QUALIFIED.test(query) && !/\s/.test(query.trim())
  const budget = lookIn(index, tally)
  if (all.length > 1 && matter.length > 1 && !isOneName)
    return findSeveral(entries, query, { words: matter, isQuestion, budget }).slice(0, limit)
  const asked = firstOf(
    isQuestion
      ? withoutName(
          own,
          all.filter((word) => !FILLERS.has(word)),
        )
      : all,
  )
  return findAll(entries, query, limit, { asked, parts, telling, isQuestion, budget })
}

/**
 * Any of the words may occur, whole, in another form (`routing`, `routes`, `router`), shortened (`config`) or joined with the
 * next (`progressbar`). A question also finds what code calls the same deed by (`dispatch` for `routed`). A word that nothing
 * has is rather spelled wrong.
 */
function findSeveral(entries, query, { words, isQuestion, budget }) {
  const { search, charge, judging } = budget
  const joined = joinedWords(partsOf(query), words).slice(0, MAX_JOINED)
  const near = nearTerms(words, joined, isQuestion, judging)
  const likeOf = (word) => [...othersOf(word), ...withinOf(word), ...(isQuestion ? deedsLike(word) : [])]
  const weigh = (_, term) => (near(term) === undefined ? 0 : 1)
  const found = search([...words, ...joined.map(({ text }) => text)], { combineWith: 'OR', likeOf, weigh })
  charge(found.length / ENTRIES_A_UNIT)
  const isThere = (at) => found.some(({ match }) => Object.keys(match).some((term) => near(term)?.[at] > 0))
  const misspelled = words.flatMap((word, at) => (isThere(at) ? [] : [[at, budget.searchMisspelled([word], () => 1)]]))
  return inOrder(found, entries, { telling: words, near, isQuestion, judging, misspelled })
}

/**
 * All words must occur, whole, as the beginning of one, as another form of it (`routing`, `routes`, `router`) or shortened
 * (`config`); when nothing has them all, the parts of the words, then those that name something; when nothing has these, what is spelled nearly so. Examples
 * come after all else, and tests after these.
 */
function findAll(entries, query, limit, { asked, parts, telling, isQuestion, budget }) {
  const { search, judging, mayJudge } = budget
  const fit = fitOf(query, asked, parts, judging)
  // Asked for again for each word that leads to an entry.
  const boosts = new Map()
  function boostOf(id) {
    const known = boosts.get(id)
    if (known !== undefined) return known
    const entry = entries[id]
    if (boosts.size >= MAX_WEIGHED || !mayJudge(MAX_JUDGED)) return entry?.weight ?? 1
    const boost = entry === undefined ? 1 : entry.weight * fit(entry)
    boosts.set(id, boost)
    return boost
  }
  const likeOf = isQuestion ? (word) => [...othersOf(word), ...deedsLike(word)] : othersOf
  /** How much an entry counts that has this term. */
  function weighing(words, mode) {
    const near = nearnessTo(words, mode, isQuestion, judging)
    return (id, term) => near(term) && near(term) * boostOf(id)
  }
  const done = new Set()
  for (const [words, mode] of [
    [asked, 'all'],
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

/** The words of a question that tell something: the name of the repository, which the first page has, is in all of it. */
function withoutName(own, words) {
  const others = words.filter((word) => !own.includes(word))
  return others.length === 0 ? words : others
}
