/**
 * Ranks the results for several words: by how many of the words an entry has, where it has them, and its kind. Plain
 * JavaScript, concatenated before `matching.js` in the browser.
 */

import { isHeading, isOfGuide, rankOf, readingOf } from './code-names.js'
import { COMPARISONS_PER_UNIT } from './word-bits.js'
import {
  equivalentsOf,
  isForm,
  isPassive,
  isPlural,
  isSynonym,
  isVerbLike,
  partsOf,
  STOP_WORDS,
  withoutSub,
} from './words.js'

/** How similar a term of the index is to a word of the query; equal words are 1. */
const AS_PLURAL = 0.95
const AS_FORM = 0.85
const AS_EQUIVALENT = 0.85
const AS_WITHIN = 0.7
const AS_VERB = 0.66
const AS_SYNONYM = 0.4
const AS_BEGUN = 0.45
const AS_MISSPELLED = 0.6
/** Terms that are at most this similar may mean something else: they do not say how rare a word is. */
const MAX_DOUBTFUL = 0.6

/** The weight of a word in the name of the container, at the beginning of the text, and later in the text; 1 in the name itself. */
const IN_HOLDER = 0.55
const SAID_FIRST = 0.65
const SAID = 0.35
/** The weight of a word that an entry does not have, of what other entries of its file have of it. */
const IN_FILE = 0.05
/** The minimum factor for a name with other words. */
const MIN_PURE = 0.55
/** Exponent of the covered share of the query: covering all words counts more than covering half of them twice as well. */
const COVERED_COUNTS = 2.2
/** Factor for a passive verb in a question: `where are requests routed` asks for the code that routes. */
const PASSIVE_VERB = 1.4
/** Factors by `rankOf`: own code, examples, tests, what is deprecated or internal. */
const BY_RANK = [1, 0.4, 0.05, 0.01]

/** Kinds that define a concept rank before kinds that only have it as a member. */
const ABOUT = new Set('class struct record object interface protocol annotation trait enum namespace module'.split(' '))
const PLAIN = new Set(['field', 'constant', 'static', 'getter', 'setter', 'property', 'macro', 'variable'])
/** Factors by kind. A map, because an object has a value for `constructor`, which is a kind too. */
const BY_KIND = new Map([
  ...[...ABOUT].map((kind) => [kind, 1.15]),
  ...[...PLAIN].map((kind) => [kind, 0.6]),
  // Its class is found too.
  ['constructor', 0.7],
  ['page', 0.85],
  ['section', 0.7],
])
/** Factor for plain members when a question asks for an action. */
const PLAIN_IN_QUESTION = 0.6
/** Factor for guides when a question asks how to do something. */
const GUIDE_IN_HOW = 1.15

/** Factors for names after none, one, and several similar names. */
const AFTER_SIMILAR = [1, 0.6, 0.35]

/** How many of the best results are refined by the beginning of their text. */
const MAX_REFINED = 120

/**
 * Adjacent words of the query joined to one, as they are often written in code (`progress bar` as `progressbar`).
 *
 * @param queryWords - All words of the query, in order.
 * @param telling - The words that are searched for.
 */
export function joinedWords(queryWords, telling) {
  const pairs = telling.flatMap((word, at) => {
    const next = telling[at + 1]
    return next !== undefined && queryWords[queryWords.indexOf(word) + 1] === next ? [{ at, text: word + next }] : []
  })
  return pairs.filter(({ text }) => !telling.includes(text))
}

/** Returns a function that rates how similar a term of the index is to each word; `undefined` for an unrelated term. */
export function nearTerms(telling, joined, isQuestion, countComparisons) {
  const known = new Map()
  function judge(term) {
    countComparisons((telling.length + joined.length) / COMPARISONS_PER_UNIT)
    const near = telling.map((word) => nearness(word, term))
    for (const { at, text } of joined) {
      const both = nearness(text, term)
      near[at] = Math.max(near[at], both)
      near[at + 1] = Math.max(near[at + 1], both)
    }
    if (near.some((each) => each > 0)) return near
    // A term that equals one of the words is not treated as a synonym of another one.
    const synonyms = telling.map((word) =>
      isQuestion && isVerbLike(word, term) ? AS_VERB : isSynonym(word, term) ? AS_SYNONYM : 0,
    )
    return synonyms.some((each) => each > 0) ? synonyms : undefined
  }
  return (term) => {
    if (!known.has(term)) known.set(term, judge(term))
    return known.get(term)
  }
}

function nearness(word, term) {
  if (word === term) return 1
  if (isPlural(word, term)) return AS_PLURAL
  if (equivalentsOf(word).some((other) => other === term || isPlural(other, term))) return AS_EQUIVALENT
  if (isForm(word, term)) return AS_FORM
  if (withoutSub(word).some((other) => other === term || isPlural(other, term))) return AS_WITHIN
  return term.startsWith(word) ? AS_BEGUN : 0
}

/**
 * @param found - Results, with the terms by which each was found and the fields that contain them.
 * @param misspelled - For each word without results, its position and the results for similarly spelled words.
 * @returns The entries by their numbers, with the share of the query that each covers, best first.
 */
export function inOrder(found, entries, { telling, near, isQuestion, asksHow, countComparisons, misspelled }) {
  const rows = new Map()
  const rowOf = (id) => {
    const none = telling.map(() => 0)
    const row = rows.get(id) ?? { id, named: none, own: telling.map(() => false), said: [...none], near: [...none] }
    rows.set(id, row)
    return row
  }
  for (const { id, match } of found) {
    for (const [term, fields] of Object.entries(match)) {
      countComparisons(1 / COMPARISONS_PER_UNIT)
      const values = near(term)
      if (values !== undefined) note(rowOf(id), entries[id], term, fields, values)
    }
  }
  for (const [at, meant] of misspelled) {
    const values = telling.map((_, place) => (place === at ? AS_MISSPELLED : 0))
    for (const { id, match } of meant) {
      for (const [term, fields] of Object.entries(match)) note(rowOf(id), entries[id], term, fields, values)
    }
  }
  const all = [...rows.values()]
  const rare = rarity(all, telling, entries.length, isQuestion)
  const heldByFile = bestOfFiles(all, entries)
  const judge = (row) => {
    const isPlain = isQuestion && PLAIN.has(entries[row.id]?.kind)
    row.covered = coveredShareOf(row, heldByFile.get(entries[row.id]?.file), rare)
    const byQuestion = isPlain ? PLAIN_IN_QUESTION : asksHow && isOfGuide(entries[row.id]?.kind) ? GUIDE_IN_HOW : 1
    return row.covered ** COVERED_COUNTS * priorOf(entries[row.id]) * byQuestion
  }
  for (const row of all) row.score = judge(row)
  all.sort(byScore)
  const best = all.slice(0, MAX_REFINED)
  for (const row of best) refine(row, entries[row.id], { near, countComparisons, judge })
  best.sort(byScore)
  spread(best, entries)
  best.sort(byScore)
  return [...best, ...all.slice(MAX_REFINED)]
}

const byScore = (a, b) => b.score - a.score || a.id - b.id

/** Record where an entry has a term: in its own name, in the name of its container, or in its text. */
function note(row, entry, term, fields, values) {
  const isNamed = fields.includes('name')
  const count = !isNamed ? SAID : readingOf(entry).own.includes(term) || readingOf(entry).last === term ? 1 : IN_HOLDER
  const into = isNamed ? row.named : row.said
  values.forEach((value, at) => {
    into[at] = Math.max(into[at], value * count)
    if (isNamed && count === 1 && value >= AS_WITHIN) row.own[at] = true
    row.near[at] = Math.max(row.near[at], value)
  })
}

/** The weight of each word: rarer words weigh more; words without results weigh 0. */
function rarity(rows, telling, total, isQuestion) {
  return telling.map((word, at) => {
    const having = (least) => rows.filter(({ near }) => near[at] > least).length
    const count = having(MAX_DOUBTFUL) || having(0)
    const factor = isQuestion && isPassive(word) ? PASSIVE_VERB : 1
    return count === 0 ? 0 : factor * Math.log2(1 + total / count)
  })
}

/** How well the best entry of each file has each word, keyed by path. */
function bestOfFiles(rows, entries) {
  const files = new Map()
  for (const { id, named, said } of rows) {
    const file = entries[id]?.file
    if (!file) continue
    const best = files.get(file) ?? named.map(() => 0)
    files.set(file, best)
    for (const at of best.keys()) best[at] = Math.max(best[at], named[at], said[at])
  }
  return files
}

/** The share of the query that an entry has, from 0 to 1, by how rare the words are and where it or its file has them. */
function coveredShareOf({ named, said }, inFile, rare) {
  const total = rare.reduce((sum, each) => sum + each, 0)
  const held = rare.reduce(
    (sum, each, at) => sum + each * Math.max(named[at], said[at], IN_FILE * (inFile?.[at] ?? 0)),
    0,
  )
  return total === 0 ? 0 : held / total
}

function priorOf(entry) {
  const { kind, weight } = entry
  return (BY_KIND.get(kind) ?? 1) * Math.sqrt(rankOf(entry) === 0 ? weight : 1) * (BY_RANK[rankOf(entry)] ?? 1)
}

/** Refine the score by the positions of the words: in the first sentence, in a name without other words. */
function refine(row, entry, { near, countComparisons, judge }) {
  const { own } = readingOf(entry)
  const pieces = isHeading(entry.kind) || entry.kind === 'page' ? own.filter((piece) => !STOP_WORDS.has(piece)) : own
  const text = partsOf(entry.text ?? '')
  countComparisons((pieces.length + text.length) / COMPARISONS_PER_UNIT)
  for (const piece of text) {
    near(piece)?.forEach((value, at) => {
      row.said[at] = Math.max(row.said[at], value * SAID_FIRST)
    })
  }
  const pure = pieces.length === 0 ? 0 : pieces.filter((piece) => near(piece) !== undefined).length / pieces.length
  row.score = judge(row) * (MIN_PURE + (1 - MIN_PURE) * pure)
}

/** Lower the scores of names after similar ones: overloads, the same name elsewhere, names of a file that share the same words. */
function spread(rows, entries) {
  const counts = new Map()
  const countOf = (key) => {
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    return count
  }
  for (const row of rows) {
    const entry = entries[row.id]
    if (isHeading(entry.kind) || entry.kind === 'page') continue
    const { own } = readingOf(entry)
    const shared = row.own.flatMap((isHeld, at) => (isHeld ? [at] : []))
    const sameName = countOf(`name ${own.join(' ')}`)
    const sameWords = shared.length === 0 ? 0 : countOf(`words ${shared.join(' ')} ${entry.file}`)
    row.score *= AFTER_SIMILAR[Math.min(Math.max(sameName, sameWords), AFTER_SIMILAR.length - 1)]
  }
}
