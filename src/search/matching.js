/**
 * What a search matches and in which order it answers. Runs in the worker that builds the index, in the server and in
 * the browser: plain JavaScript, no imports. Types are in `matching.d.ts`.
 */

/** Longer words are cut: nobody types them. */
const MAX_WORD = 64
const MAX_WORDS = 12
/** Shorter beginnings of words match half of a repository. */
const LEAST_PREFIX = 2

const WORD = /[\p{L}\p{N}\p{M}_$]+/gu
/** `HTTP`, `Server`, `utf8`, `decode`; signs of scripts without cases stay together. */
const PART = /\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?[\p{Ll}\p{M}]+\p{N}*|[\p{Lo}\p{Lm}\p{Lt}\p{M}]+|\p{N}+/gu

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
  processTerm: (term) => term,
}

/**
 * The entries that match best, by number. All words must occur, whole or as the beginning of one; when nothing has them
 * all, the parts of the words; when nothing has these, what is spelled nearly so.
 */
export function find(index, entries, query, limit) {
  const whole = () => wordsOf(query).slice(0, MAX_WORDS)
  const parts = () => [...new Set(partsOf(query))].slice(0, MAX_WORDS)
  const asked = whole()
  // Asked for again for each word that leads to an entry.
  const boosts = new Map()
  function boostOf(id) {
    const known = boosts.get(id)
    if (known !== undefined) return known
    const boost = (entries[id]?.weight ?? 1) * fit(entries[id]?.title ?? '', asked)
    boosts.set(id, boost)
    return boost
  }
  const options = {
    processTerm: (term) => term,
    boost: { name: 8, text: 1 },
    prefix: (term) => term.length >= LEAST_PREFIX,
    boostDocument: boostOf,
  }
  for (const attempt of [
    { tokenize: whole, combineWith: 'AND' },
    { tokenize: parts, combineWith: 'AND' },
    { tokenize: parts, combineWith: 'OR', fuzzy: (term) => (term.length > 3 ? 0.25 : false) },
  ]) {
    const found = index.search(query, { ...options, ...attempt })
    if (found.length > 0) return found.slice(0, limit).map(({ id }) => id)
  }
  return []
}

/** A name that is the word asked for comes before a name that holds it; of several words, none is the name. */
function fit(title, asked) {
  const name = title.toLowerCase()
  const last = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1)
  if (asked.length > 1) return asked.includes(last) ? 1.5 : 1
  if (name === asked[0]) return 20
  return last === asked[0] ? 10 : last.startsWith(asked[0] ?? ' ') ? 1.25 : 1
}
