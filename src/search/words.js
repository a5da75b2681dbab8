/**
 * Splits text into words and names into parts, and knows forms, abbreviations and synonyms. Plain JavaScript, concatenated
 * before `matching.js` in the browser. Types are in `words.d.ts`.
 */

import { lancasterStemmer } from 'lancaster-stemmer'

/** Longer words are truncated. */
const MAX_WORD = 64
/** Maximum number of cached stems; then the cache is cleared. */
const MAX_STEMS = 20_000

const MIN_STEM = 3
/** Two forms of a word share at least `MIN_SHARED` letters, and all but `MAX_APART` letters of the shorter one. */
const MIN_SHARED = 4
const MAX_APART = 2

const WORD = /[\p{L}\p{N}\p{M}_$]+/gu
/** `HTTP`, `Server`, `utf8`, `decode`; characters of scripts without case stay together. */
const PART = /\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?[\p{Ll}\p{M}]+\p{N}*|[\p{Lo}\p{Lm}\p{Lt}\p{M}]+|\p{N}+/gu

/** Stop words. They are searched in names, but not in texts. */
export const STOP_WORDS = new Set(
  `a about an and any are as at be been but by can could do does each for from has have how i if in into is it its may of on
  or other should so some such than that the their them then there these they this to was we what when where which while
  who why will with would you`.split(/\s+/),
)

/** Abbreviations in code; the words of a line are equivalent. */
const ABBREVIATIONS = `arg argument
auth authentication authorization
cfg config configuration
conn connection
ctx context
db database
dir directory
doc documentation
env environment
err error
exec execute
fn func function
impl implementation
init initialise initialize
lib library
msg message
param parameter
pkg package
repo repository
req request
res response
src source`

/** Words that people and code often use for the same thing; the words of a line are synonyms. */
const SYNONYMS = `folder directory
config configuration settings options preferences
error exception failure
timeout deadline
row record
sort order
print output
secret password
parallel concurrent
attribute property
ignore skip exclude
separator delimiter
limit maximum max
localize translate`

/** The other words of its line, keyed by each word and its plural. */
const othersOf = (lines) =>
  new Map(
    lines.split('\n').flatMap((line) => {
      const words = line.split(' ')
      return words.flatMap((word) => {
        const others = words.filter((other) => other !== word)
        return [word, `${word.replace(/y$/, 'ie')}s`].map((key) => [key, others])
      })
    }),
  )
const EQUIVALENTS = othersOf(ABBREVIATIONS)
const SYNONYMS_OF = othersOf(SYNONYMS)
export const equivalentsOf = (word) => EQUIVALENTS.get(word) ?? []
export const synonymsOf = (word) => SYNONYMS_OF.get(word) ?? []

/**
 * Verbs that questions and code often use for the same action; the words of a line are synonyms. They are used for questions
 * only: a typed name means that name.
 */
const VERBS = `route dispatch match handle
follow handle process
parse read decode deserialize load
print write encode serialize stringify dump format
create make build construct made built
delete remove drop destroy clear
start begin launch run listen serve begun
stop end close quit shutdown
find search look lookup resolve locate found
send emit publish write sent
check validate verify assert
raise throw fail abort thrown
call invoke execute run apply
store save keep persist write kept
register add attach mount
convert transform cast map
choose chosen
hide hidden
draw drawn
bind bound
hold held`

/** A cache, because stemming is the slowest part of a comparison. */
const stems = new Map()
function stemOf(word) {
  const known = stems.get(word)
  if (known !== undefined) return known
  if (stems.size >= MAX_STEMS) stems.clear()
  const stem = lancasterStemmer(word)
  stems.set(word, stem)
  return stem
}

/** Synonyms of verbs, keyed by stem, so that `routed` has those of `route`. */
const VERBS_BY_STEM = new Map()
for (const line of VERBS.split('\n')) {
  const verbs = line.split(' ')
  for (const verb of verbs) {
    const known = VERBS_BY_STEM.get(stemOf(verb)) ?? []
    VERBS_BY_STEM.set(stemOf(verb), [...known, ...verbs.filter((other) => other !== verb)])
  }
}
export const verbsLike = (word) => VERBS_BY_STEM.get(stemOf(word)) ?? []

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

/** All terms by which a text is found. */
export const termsOf = (text) => [...new Set([...wordsOf(text), ...partsOf(text)])]

/** The options with which the index is built and loaded. */
export const INDEX_OPTIONS = {
  fields: ['name', 'text'],
  storeFields: [],
  tokenize: termsOf,
  processTerm: (term, field) => (field === 'text' && (STOP_WORDS.has(term) || /^\w$/.test(term)) ? null : term),
}

/** The saved index of `count` entries, with its ids, which are left out in the file because they equal the numbers of entries. */
export const restored = (saved, count) => ({
  ...saved,
  documentIds: saved.documentIds ?? Object.fromEntries(Array.from({ length: count }, (_, id) => [id, id])),
})

/** The common prefix of all forms of a word, according to its stem: `quer` for `queries` and `query`. */
export function rootOf(word) {
  // `query` becomes `queries`.
  const root = word.slice(0, sharedLength(word, stemOf(word))).replace(/y$/, '')
  return root.length < MIN_STEM ? word : root
}

export const isPlural = (a, b) => a === `${b}s` || b === `${a}s`

/** `walker` is a form of `walking`; stems alone would make `parse` and `parent` one. */
export function isForm(a, b) {
  const length = sharedLength(a, b)
  const isNear = length >= MIN_SHARED && length >= Math.min(a.length, b.length) - MAX_APART
  return isNear && stemOf(a) === stemOf(b)
}

export const isPassive = (word) => word.endsWith('ed') && VERBS_BY_STEM.has(stemOf(word))

/** `command` for `subcommand`; an empty list for other words. */
export const withoutSub = (word) => (/^sub\p{L}{4}/u.test(word) ? [word.slice(3)] : [])

/** Whether a part is a form of a synonym of the word: `dispatcher` for `routed`. */
export const isVerbLike = (word, piece) => verbsLike(word).some((verb) => verb === piece || isForm(verb, piece))

export const isSynonym = (word, piece) =>
  synonymsOf(word).some((other) => other === piece || isPlural(other, piece) || isForm(other, piece))

export const isSame = (a, b) => a === b || isPlural(a, b) || isForm(a, b) || equivalentsOf(a).includes(b)

function sharedLength(a, b) {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}
