/**
 * Words and the parts of names, and what may be meant by one another. Plain JavaScript, as `matching.js`, before which it
 * stands in the browser. Types are in `words.d.ts`.
 */

import { lancasterStemmer } from 'lancaster-stemmer'

/** Longer words are cut: nobody types them. */
const MAX_WORD = 64
/** Stems that are remembered; then all are forgotten. */
const MAX_STEMS = 20_000

const LEAST_STEM = 3
/** Of two forms of a word, in letters; of the shorter of them, what the other need not have. */
const LEAST_SHARED = 4
const MOST_APART = 2

const WORD = /[\p{L}\p{N}\p{M}_$]+/gu
/** `HTTP`, `Server`, `utf8`, `decode`; signs of scripts without cases stay together. */
const PART = /\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?[\p{Ll}\p{M}]+\p{N}*|[\p{Lo}\p{Lm}\p{Lt}\p{M}]+|\p{N}+/gu

/** Words of a question that name nothing; names have them, texts are not searched for them. */
export const FILLERS = new Set(
  `a about an and any are as at be been but by can could do does each for from has have how i if in into is it its may of on
  or other should so some such than that the their them then there these they this to was we what when where which while
  who why will with would you`.split(/\s+/),
)

/** What programs shorten, in each line the words that stand for one another. */
const SHORTENED = `arg argument
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

/** What else a word may be written as, by the word. */
const OTHERS = new Map(
  SHORTENED.split('\n').flatMap((line) => {
    const words = line.split(' ')
    return words.flatMap((word) => {
      const others = words.filter((other) => other !== word)
      return [
        [word, others],
        [`${word}s`, others],
      ]
    })
  }),
)
export const othersOf = (word) => OTHERS.get(word) ?? []

/**
 * What a question asks for in one word and code names with another, in each line the deeds that may be meant by one another.
 * A question alone is searched for them: who types a name means that name.
 */
const DEEDS = `route dispatch match handle
follow handle process
parse read decode deserialize load
print write encode serialize stringify dump format
create make build construct
delete remove drop destroy clear
start begin launch run listen serve
stop end close quit shutdown
find search look lookup resolve locate
send emit publish write
check validate verify assert
raise throw fail abort
call invoke execute run apply
store save keep persist write
register add attach mount
convert transform cast map`

/** To find a stem takes longer than all else that two words are compared by. */
const stems = new Map()
function stemOf(word) {
  const known = stems.get(word)
  if (known !== undefined) return known
  if (stems.size >= MAX_STEMS) stems.clear()
  const stem = lancasterStemmer(word)
  stems.set(word, stem)
  return stem
}

/** The other deeds that may be meant, by the stem of one, so that `routed` finds those of `route`. */
const DEEDS_LIKE = new Map()
for (const line of DEEDS.split('\n')) {
  const deeds = line.split(' ')
  for (const deed of deeds) {
    const known = DEEDS_LIKE.get(stemOf(deed)) ?? []
    DEEDS_LIKE.set(stemOf(deed), [...known, ...deeds.filter((other) => other !== deed)])
  }
}
export const deedsLike = (word) => DEEDS_LIKE.get(stemOf(word)) ?? []

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

/** What all forms of a word begin with, as far as its stem tells: `queries` and `query` with `quer`. */
export function rootOf(word) {
  // `query` becomes `queries`.
  const root = word.slice(0, sharedLength(word, stemOf(word))).replace(/y$/, '')
  return root.length < LEAST_STEM ? word : root
}

export const isPlural = (a, b) => a === `${b}s` || b === `${a}s`

/** `walker` is a form of `walking`; stems alone would make `parse` and `parent` one. */
export function isForm(a, b) {
  const length = sharedLength(a, b)
  const isNear = length >= LEAST_SHARED && length >= Math.min(a.length, b.length) - MOST_APART
  return isNear && stemOf(a) === stemOf(b)
}

export const isPassive = (word) => word.endsWith('ed') && DEEDS_LIKE.has(stemOf(word))

/** `subcommand` is a `command` as well. */
export const withinOf = (word) => (/^sub\p{L}{4}/u.test(word) ? [word.slice(3)] : [])

/** `dispatcher` is a form of what may be meant by `routed`. */
export const isDeedOf = (word, piece) => deedsLike(word).some((deed) => deed === piece || isForm(deed, piece))

export const isSame = (a, b) => a === b || isPlural(a, b) || isForm(a, b) || othersOf(a).includes(b)

function sharedLength(a, b) {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}
