/**
 * What a search matches and in which order it answers. Runs in the worker that builds the index, in the server and in
 * the browser: plain JavaScript, and no import but the stemmer, which stands before it there. Types are in `matching.d.ts`.
 */

import { lancasterStemmer } from 'lancaster-stemmer'

/** Longer words are cut: nobody types them. */
const MAX_WORD = 64
const MAX_WORDS = 12
/** Shorter beginnings of words match half of a repository. */
const LEAST_PREFIX = 2
const LEAST_STEM = 3
/** Of two forms of a word, in letters; of the shorter of them, what the other need not have. */
const LEAST_SHARED = 4
const MOST_APART = 2
/** `gin.Context`, `Router#match`, `Glob::new`. */
const QUALIFIED = /[\p{L}\p{N}_$](?:\.|::|#|\/)[\p{L}\p{N}_$]/u
const FILE_ENDING = /\.[a-z]\w{0,3}$/i

const WORD = /[\p{L}\p{N}\p{M}_$]+/gu
/** `HTTP`, `Server`, `utf8`, `decode`; signs of scripts without cases stay together. */
const PART = /\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?[\p{Ll}\p{M}]+\p{N}*|[\p{Lo}\p{Lm}\p{Lt}\p{M}]+|\p{N}+/gu

/** Words of a question that name nothing; names have them, texts are not searched for them. */
const FILLERS = new Set(
  `a about an and any are as at be been but by can could do does each for from has have how i if in into is it its may of on
  or other should so some such than that the their them then there these they this to was we what when where which while
  who why will with would you`.split(/\s+/),
)

/** Whole words, in lower case: `Router.match_all` → `router`, `match_all`. */
export function wordsOf(text) {
  return (text.match(WORD) ?? []).map((word) => word.slice(0, MAX_WORD).toLowerCase())
}

/** The parts of names: `BackgroundWorker` → `background`, `worker`; `cJSON_Parse` → `cjson`, `c`, `json`, `parse`. */
export function partsOf(text) {
  const parts = []
  for (const word of text.match(WORD) ?? []) {
    for (const piece of word.slice(0, MAX_WORD).split(/[_$]+/)) {
      const inner = piece.match(PART) ?? []
      if (inner.length > 1 && piece !== word) parts.push(piece.toLowerCase())
      for (const part of inner) parts.push(part.toLowerCase())
    }
  }
  return parts
}

/** Every word under which a text is found. */
export const termsOf = (text) => [...new Set([...wordsOf(text), ...partsOf(text)])]

/** What the index is made and read with. */
export const INDEX_OPTIONS = {
  fields: ['name', 'text'],
  storeFields: [],
  tokenize: termsOf,
  processTerm: (term, field) => (field === 'text' && (FILLERS.has(term) || /^\w$/.test(term)) ? null : term),
}

/** The index of so many entries as it was saved. That every id is its entry's number is not saved. */
export const restored = (saved, count) => ({
  ...saved,
  documentIds: saved.documentIds ?? Object.fromEntries(Array.from({ length: count }, (_, id) => [id, id])),
})

/** How near a word of the index is to one that was asked for, beside that one itself. */
const BEGINS = 0.4
const SAME_FORM = 0.5
const PLURAL = 0.8

/**
 * The entries that match best, by number. All words must occur, whole, as the beginning of one, or as another form of it
 * (`routing`, `routes`, `router`); when nothing has them all, the parts of the words, then those that name something; when
 * nothing has these, what is spelled nearly so. Examples come after all else, and tests after these.
 */
export function find(index, entries, query, limit) {
  const words = wordsOf(query)
  const parts = [...new Set(partsOf(query))]
  const telling = parts.filter((part) => !FILLERS.has(part))
  // Of a whole question, what it is about; `to json` may be a name.
  const asked = words.length > 2 && telling.length > 0 ? words.filter((word) => !FILLERS.has(word)) : words
  const fit = fitOf(query, asked, parts)
  // Asked for again for each word that leads to an entry.
  const boosts = new Map()
  function boostOf(id) {
    const known = boosts.get(id)
    if (known !== undefined) return known
    const entry = entries[id]
    const boost = entry === undefined ? 1 : entry.weight * fit(entry)
    boosts.set(id, boost)
    return boost
  }

  function search(all, isLoose) {
    const words = all.slice(0, MAX_WORDS)
    const near = nearnessTo(words, isLoose)
    return index.search(query, {
      tokenize: () => words,
      processTerm: isLoose ? (word) => word : rootOf,
      combineWith: isLoose ? 'OR' : 'AND',
      fuzzy: isLoose && ((word) => (word.length > 3 ? 0.25 : false)),
      prefix: (root) => root.length >= LEAST_PREFIX,
      weights: { prefix: 1, fuzzy: 0.45 },
      boost: { name: 8, text: 1 },
      boostDocument: (id, term) => near(term) && near(term) * boostOf(id),
    })
  }

  for (const [words, isLoose] of [
    [asked, false],
    [parts, false],
    [telling, false],
    [telling.length === 0 ? parts : telling, true],
  ]) {
    const found = search(words, isLoose).map(({ id }) => id)
    if (found.length > 0) return found.sort((a, b) => rankOf(entries[a]) - rankOf(entries[b])).slice(0, limit)
  }
  return []
}

/** What all forms of a word begin with, as far as its stem tells: `queries` and `query` with `quer`. */
function rootOf(word) {
  // `query` becomes `queries`.
  const root = word.slice(0, sharedLength(word, lancasterStemmer(word))).replace(/y$/, '')
  return root.length < LEAST_STEM ? word : root
}

const isPlural = (a, b) => a === `${b}s` || b === `${a}s`

/** `walker` is a form of `walking`; stems alone would make `parse` and `parent` one. */
function isForm(a, b) {
  const length = sharedLength(a, b)
  const isNear = length >= LEAST_SHARED && length >= Math.min(a.length, b.length) - MOST_APART
  return isNear && lancasterStemmer(a) === lancasterStemmer(b)
}

function sharedLength(a, b) {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}

/** For words of the index that begin like one of these: 1 for one of them, 0 for one that has nothing to do with them. */
function nearnessTo(words, isLoose) {
  const known = new Map()
  function judge(term) {
    if (words.includes(term)) return 1
    if (words.some((word) => isPlural(word, term))) return PLURAL
    if (words.some((word) => term.startsWith(word))) return BEGINS
    return isLoose || words.some((word) => isForm(word, term)) ? SAME_FORM : 0
  }
  return (term) => {
    const nearness = known.get(term) ?? judge(term)
    known.set(term, nearness)
    return nearness
  }
}

/** 0 for what the repository is about, 1 for examples, 2 for tests, by the weights that the index gives them. */
const rankOf = (entry) => (entry === undefined || entry.weight > 0.6 ? 0 : entry.weight > 0.38 ? 1 : 2)

/**
 * How well a title is what was asked for: itself (`Router`), the last name in it (`Context.router`, the page `src/router.ts`),
 * another form of that, a name that ends or begins with it, one that holds it; of several words, how much of the name they
 * are. A heading is no name.
 */
function fitOf(query, asked, parts) {
  const typed = query.trim()
  const whole = asked.join(' ')
  const isQualified = QUALIFIED.test(query)
  const isSame = (a, b) => a === b || isPlural(a, b) || isForm(a, b)
  return ({ title: shown, kind }) => {
    if (kind !== 'section' && shown === typed) return 40
    // What tells overloads apart is no part of a name: `Gson.toJson(Object)`.
    const title = shown.replace(/(?<=[\p{L}\p{N}_$])\(.*$/u, '')
    const name = wordsOf(title).join(' ')
    const pieces = partsOf(title)
    const isWhole = name === whole ? 1.5 : isPlural(name, whole) ? 1 : isForm(name, whole) ? 0.4 : 0
    if (kind === 'section') return isWhole > 0 ? 6 * isWhole : 1
    if (isWhole > 0) return 20 * isWhole
    const last = wordsOf(kind === 'page' ? title.replace(FILE_ENDING, '') : title).at(-1) ?? ''
    if (asked.length !== 1) {
      if (asked.includes(last)) return last !== asked.at(-1) ? 4 : isQualified ? 20 : 6
      const held = parts.filter((part) => pieces.some((piece) => isSame(part, piece))).length
      return 1 + (3 * held) / Math.max(1, pieces.length)
    }
    if (last === whole) return kind === 'page' ? 16 : 12
    if (isPlural(last, whole)) return 8
    if (pieces.at(-1) === whole) return 7
    if (isForm(last, whole)) return 5
    if (last.startsWith(whole)) return 2
    return pieces.includes(whole) ? 1.5 : 1
  }
}
