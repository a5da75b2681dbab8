/**
 * What a search matches and in which order it answers. Runs in the worker that builds the index, in the server and in
 * the browser: plain JavaScript, and no import but of what stands before it there. Types are in `matching.d.ts`.
 */

import { chainOf, findNamed, holdersOf, isHeading, nameOf, rankOf, withoutEnding, withoutOverload } from './names.js'
import { bitsBy, bitsWhere, countBits, hasBit, JUDGED_A_UNIT } from './word-bits.js'
import {
  deedsLike,
  FILLERS,
  isDeedOf,
  isForm,
  isPassive,
  isPlural,
  isSame,
  othersOf,
  partsOf,
  rootOf,
  wordsOf,
} from './words.js'

/** Of a question; those behind them are not looked for. */
const MAX_WORDS = 12
/** Entries whose names one question is held against; the others count by what they are alone. */
const MAX_WEIGHED = 10_000
/**
 * Work is counted, not timed: a question has one answer. A unit is a pair of a word and an entry that is looked at. So many are
 * looked at before a question has to be content with the first terms of its words; so many then, for each look, and for one when
 * all of the work is done.
 */
const MAX_PAIRS = 40_000
const FEW_PAIRS = 20_000
const LEAST_PAIRS = 2_000
const MAX_WORK = 90_000
/** Units of work that comparing words to names may take beside that; names behind them count by what they are alone. */
const MAX_JUDGED = 50_000
/** Of an entry that has a name: it is found, taken apart and put in order. */
const NAME_WORK = 3
const MAX_NAME_WORK = 40_000
/** Of the terms that a word is compared to when it may be spelled wrong, so many are a unit. */
const TERMS_A_UNIT = 4
const TOO_WIDE = Symbol('too wide')
const ENOUGH = Symbol('enough')
/** Shorter beginnings of words match half of a repository. */
const LEAST_PREFIX = 2
/** `gin.Context`, `Router#match`, `Glob::new`. */
const QUALIFIED = /[\p{L}\p{N}_$](?:\.|::|#|\/)[\p{L}\p{N}_$]/u
/** How near a word of the index is to one that was asked for, beside that one itself. */
const BEGINS = 0.4
const SAME_FORM = 0.5
const PLURAL = 0.8
const SHORTER = 0.7
const OTHER_DEED = 0.3

/** A word of a question with what may stand before its last name: `from_object`, `Config.from_object`, `Glob::new`. */
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|#)[\p{L}_$][\p{L}\p{N}_$]*)*/gu
/** Written as names are in code and words are not. Few capitals alone may stand for several words (`JSON`), and `e.g.` is none. */
const LIKE_A_NAME = /_|\p{L}{2}(?:\.|::|#)|(?:\.|::|#)\p{L}{2}|\p{Ll}\p{N}*\p{Lu}|\p{Lu}{2}\p{Ll}|^\p{Lu}{5,}$/u
/** No word of a text is written so; `GitHub` is. */
const NEVER_A_WORD = /[\p{L}\p{N}]_[\p{L}\p{N}]/u

/** What a question is rather answered by, when it is not the name of one thing: what is about a matter before what has it. */
const ABOUT = new Set(['page', 'class', 'struct', 'interface', 'trait', 'enum', 'type', 'namespace'])
/** Of what holds none of the words in its name. */
const LEAST_SHARE = 0.4
/** The power of what a name holds. */
const NAME_COUNTS = 2.5
/** Of a word that a name holds by another deed, of one that only its holder's has, and of the deed that a question asks for. */
const SAME_DEED = 0.6
const OF_HOLDER = 0.5
const DEED_ASKED_FOR = 1.5
/** The weight of what is public, or used much. */
const CENTRAL = 1.28
const PLAIN = new Set(['field', 'constant', 'getter', 'setter', 'macro'])

/**
 * The entries that match best, by number, by a bounded amount of work. What has the name that was typed comes first. Where one of several words is
 * written as a name of the code (`from_object`) and is one, it is what has that name, or, where nothing has it, what tells
 * of it. The rest is found by all words.
 *
 * @param tally - Its `work` grows by the units of work that this took.
 */
export function find(index, entries, query, limit, tally = { work: 0 }) {
  const typed = query.trim()
  // Of all that a word may be the name of, the words know best what is meant.
  const found = isWord(typed) ? findWords(index, entries, query, limit, tally) : undefined
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
  const rest = first.size >= limit ? [] : (found ?? findWords(index, entries, query, limit, tally))
  return [...new Set([...first, ...rest])].slice(0, limit)
}

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

/**
 * All words must occur, whole, as the beginning of one, as another form of it (`routing`, `routes`, `router`) or shortened
 * (`config`); when nothing has them all, the parts of the words, then those that name something; when nothing has these, what is spelled nearly so. Of a question in a sentence, and of several words that
 * no name holds together, any may occur; a name that holds more of them comes before one that holds fewer, and what is about
 * a matter before what only has it. A question also finds what code calls the same deed by (`dispatch` for `routed`). Examples
 * come after all else, and tests after these.
 */
function findWords(index, entries, query, limit, tally) {
  const all = [...new Set(wordsOf(query))]
  const parts = firstOf(partsOf(query))
  const telling = firstOf(partsOf(query).filter((part) => !FILLERS.has(part)))
  // Of a whole question, what it is about; `to json` may be a name.
  const isQuestion = all.length > 2 && telling.length > 0 && all.some((word) => FILLERS.has(word))
  const asked = firstOf(isQuestion ? withoutName(entries, all) : all)
  /** Work beside that of pairs: it counts, and leaves room for as many pairs as before. */
  let beside = 0
  const charge = (units) => {
    beside += units
    tally.work += units
  }
  let judged = 0
  const judging = (units) => {
    judged += units
    charge(units)
  }
  const mayJudge = () => judged < MAX_JUDGED
  const sameAs = bitsBy(isSame, asked, judging)
  const partsAsked = isQuestion ? firstOf(partsOf(asked.join(' '))) : parts
  const fit = fitOf(query, asked, partsAsked, { isQuestion, sameAs, judging })
  // Asked for again for each word that leads to an entry.
  const boosts = new Map()
  function boostOf(id) {
    const known = boosts.get(id)
    if (known !== undefined) return known
    const entry = entries[id]
    if (boosts.size >= MAX_WEIGHED || !mayJudge()) return entry?.weight ?? 1
    const boost = entry === undefined ? 1 : entry.weight * fit(entry)
    boosts.set(id, boost)
    return boost
  }
  const likeOf = isQuestion ? (word) => [...othersOf(word), ...deedsLike(word)] : othersOf
  const kindOf = ({ kind }) => (ABOUT.has(kind) ? 1.6 : PLAIN.has(kind) ? 0.6 : 1)
  const held = heldBy(asked, { isQuestion, sameAs, judging })
  const shares = new Map()
  /** Of several words that need not all be there: by what it is, and how many of them its name holds. */
  function shareOf(id) {
    const known = shares.get(id)
    if (known !== undefined) return known
    const entry = entries[id]
    if (entry === undefined || shares.size >= MAX_WEIGHED || !mayJudge()) return 1
    const share = kindOf(entry) * (LEAST_SHARE + held(entry)) ** NAME_COUNTS
    shares.set(id, share)
    return share
  }

  let pairs = 0
  let isWide = true
  const begin = tally.work
  const left = () => Math.max(0, MAX_WORK - (tally.work - begin - beside))

  /** Where that would take too long, the first terms that begin like what is asked for. */
  function search(words, mode) {
    try {
      if (isWide) return searchWide(words, mode)
    } catch (error) {
      if (error !== TOO_WIDE) throw error
      isWide = false
    }
    return searchFew(words, mode)
  }

  const any = (word) => (likeOf(word).length === 0 ? word : { combineWith: 'OR', queries: [word, ...likeOf(word)] })
  const asAsked = (words, mode) => ({ combineWith: mode === 'all' ? 'AND' : 'OR', queries: words.map(any) })
  const shared = {
    tokenize: (word) => [word],
    processTerm: (word) => word,
    prefix: (root) => root.length >= LEAST_PREFIX,
    weights: { prefix: 1, fuzzy: 0.45 },
    boost: { name: 8, text: 1 },
  }
  /** How much an entry counts that has this term. */
  function weighing(words, mode) {
    const near = nearnessTo(words, mode, isQuestion, judging)
    return (id, term) => near(term) && near(term) * boostOf(id) * (mode === 'any' ? shareOf(id) : 1)
  }

  function countPair() {
    tally.work += 1
    if (++pairs > MAX_PAIRS) throw TOO_WIDE
    return 0
  }

  function searchWide(words, mode) {
    const asking = asAsked(words, mode)
    const weigh = weighing(words, mode)
    const ids = (found) => found.map(({ id }) => id)
    if (mode === 'spelled') {
      const boostDocument = (id, term) => {
        countPair()
        return weigh(id, term)
      }
      return ids(index.search(asking, { ...shared, fuzzy: mayBeMisspelled, boostDocument }))
    }
    const byRoot = { ...shared, processTerm: rootOf }
    // To count the pairs takes a tenth of the time that their scores take.
    index.search(asking, { ...byRoot, boostDocument: countPair })
    return ids(index.search(asking, { ...byRoot, boostDocument: weigh }))
  }

  /** To compare a word to all terms takes some time as well. */
  function mayBeMisspelled(word) {
    if (word.length <= 3 || left() === 0) return false
    tally.work += Math.ceil(index.termCount / TERMS_A_UNIT)
    return 0.25
  }

  function searchFew(words, mode) {
    const each = Math.max(LEAST_PAIRS, Math.min(FEW_PAIRS, left())) / words.length
    const weigh = weighing(words, mode)
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
    const asking = { ...asAsked(words, mode), queries: words.map(few) }
    return index.search(asking, { ...shared, boostDocument }).map(({ id }) => id)
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
    stopped(ENOUGH, () => index.search(word, { ...shared, boostDocument }))
    // Each term is looked up once more.
    charge(count + counts.size)
    for (const [term, pairs] of counts) rooms.set(term, Math.max(pairs, rooms.get(term) ?? 0))
    return [...counts.keys()]
  }

  /** A word that nothing has is rather spelled wrong. Where it takes too long to find out, it is there. */
  function isThere(word) {
    if (!isWide) return true
    const near = nearnessTo([word], 'all', isQuestion, judging)
    let isFound = false
    const boostDocument = (_, term) => {
      countPair()
      if (near(term) > 0) throw ENOUGH
      return 0
    }
    const look = () => index.search(any(word), { ...shared, processTerm: rootOf, boostDocument })
    isWide = !stopped(TOO_WIDE, () => {
      isFound = stopped(ENOUGH, look)
    })
    return isFound || !isWide
  }

  /** Several words that no name holds together may be told of by what holds one of them. */
  const isNamed = (id) => mayJudge() && countBits(sameAs(readingOf(entries[id]).all)) === asked.length
  const mayBeOpen = (found) => isQuestion || (asked.length > 1 && !QUALIFIED.test(query) && !found.some(isNamed))
  const isOpen = (words, found) => isWide && mayBeOpen(found) && words.every(isThere)

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
    const all = search(words, mode)
    const found = mode === 'all' && words.length > 1 && isOpen(words, all) ? search(words, 'any') : all
    if (found.length > 0) return found.sort((a, b) => rankOf(entries[a]) - rankOf(entries[b])).slice(0, limit)
  }
  return []
}

/** What a title is made of. An entry is asked about in each query that finds it, and taking a title apart takes long. */
const readings = new WeakMap()

function readingOf(entry) {
  const known = readings.get(entry)
  if (known !== undefined) return known
  // What tells overloads apart is no part of a name: `Gson.toJson(Object)`.
  const title = withoutOverload(entry.title)
  const words = wordsOf(title)
  const reading = {
    name: words.join(' '),
    last: (entry.kind === 'page' ? wordsOf(withoutEnding(title)) : words).at(-1) ?? '',
    pieces: partsOf(title),
    all: partsOf(entry.title),
    own: partsOf(nameOf(entry)),
  }
  readings.set(entry, reading)
  return reading
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

/** The words of a question that tell something: the name of the repository, which the first page has, is in all of it. */
function withoutName(entries, words) {
  const telling = words.filter((word) => !FILLERS.has(word))
  const own = wordsOf(entries[0]?.title ?? '')
  const others = telling.filter((word) => !own.includes(word))
  return others.length === 0 ? telling : others
}

/**
 * How many words a name holds: less those that it holds by another deed or in the name of its holder, more the deed of
 * `where are requests routed`, which asks for what does it.
 */
function heldBy(words, { isQuestion, sameAs, judging }) {
  const deedsOf = bitsBy(isDeedOf, words, judging)
  const counts = words.map((word) => (isQuestion && isPassive(word) ? DEED_ASKED_FOR : 1))
  return (entry) => {
    const { kind } = entry
    const { all, own } = readingOf(entry)
    const inOwn = sameAs(own)
    const inAll = sameAs(all)
    // Headings are words for people, who have called it what they asked for.
    const done = isQuestion && !isHeading(kind) ? deedsOf(own) : 0
    const share = (at) => (hasBit(inOwn, at) ? 1 : hasBit(done, at) ? SAME_DEED : hasBit(inAll, at) ? OF_HOLDER : 0)
    return counts.reduce((sum, count, at) => sum + share(at) * count, 0)
  }
}

/** For words of the index that begin like one of these: 1 for one of them, 0 for one that has nothing to do with them. */
function nearnessTo(words, mode, isQuestion, judging) {
  const known = new Map()
  function judge(term) {
    judging(words.length / JUDGED_A_UNIT)
    if (words.includes(term)) return 1
    if (words.some((word) => isPlural(word, term))) return PLURAL
    if (words.some((word) => othersOf(word).some((other) => other === term || isPlural(other, term)))) return SHORTER
    if (words.some((word) => term.startsWith(word))) return BEGINS
    if (words.some((word) => isForm(word, term))) return mode === 'any' ? PLURAL : SAME_FORM
    if (isQuestion && words.some((word) => isDeedOf(word, term))) return OTHER_DEED
    return mode === 'spelled' ? SAME_FORM : 0
  }
  return (term) => {
    const nearness = known.get(term) ?? judge(term)
    known.set(term, nearness)
    return nearness
  }
}

/**
 * How well a title is what was asked for: itself (`Router`), the last name in it (`Context.router`, the page `src/router.ts`),
 * another form of that, a name that ends or begins with it, one that holds it; of several words, how much of the name they
 * are. A heading is no name.
 */
function fitOf(query, asked, parts, { isQuestion, sameAs, judging }) {
  const heldOf = bitsBy(isSame, parts, judging)
  const passive = isQuestion ? bitsWhere(asked, isPassive) : 0
  const typed = query.trim()
  const whole = asked.join(' ')
  const isQualified = QUALIFIED.test(query)
  return (entry) => {
    const { kind } = entry
    if (!isHeading(kind) && entry.title === typed) return 40
    const { name, last, pieces } = readingOf(entry)
    const isWhole =
      name === whole
        ? 1.5
        : isPlural(name, whole)
          ? 1
          : othersOf(whole).includes(name)
            ? 0.8
            : isForm(name, whole)
              ? 0.4
              : 0
    if (isHeading(kind)) return isWhole > 0 ? 6 * isWhole : 1
    if (isWhole > 0) return 20 * isWhole
    if (asked.length !== 1) {
      if (asked.includes(last)) return last !== asked.at(-1) ? 4 : isQualified ? 20 : 6
      if (passive !== 0 && (passive & sameAs([last])) !== 0) return 6
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
