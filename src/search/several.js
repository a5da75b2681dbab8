/**
 * The order of what was found by several words: by how much of the question it answers, where it has the words, and what
 * it is. Plain JavaScript, as `matching.js`, before which it stands in the browser.
 */

import { isHeading, rankOf, readingOf } from './names.js'
import { JUDGED_A_UNIT } from './word-bits.js'
import { FILLERS, isDeedOf, isForm, isPassive, isPlural, othersOf, partsOf, withinOf } from './words.js'

/** How near a word of the index is to one that was asked for, beside that one itself. */
const AS_PLURAL = 0.95
const AS_FORM = 0.85
const AS_SHORT = 0.85
const AS_WITHIN = 0.7
const AS_DEED = 0.6
const AS_BEGUN = 0.45
const AS_MISSPELLED = 0.6

/** What a word counts in the name of what holds it, at the beginning of what it says, and further down. */
const IN_HOLDER = 0.55
const SAID_FIRST = 0.5
const SAID = 0.35
/** Two words that stand beside each other where they were asked for so; of a name, and of what it says. */
const BESIDE = 1.25
/** A name that is made of the words that were asked for, and of nothing else. */
const WHOLE = 1.5
/** The least that a name counts that has other words as well. */
const LEAST_PURE = 0.7
/** What answers all of a question counts more than what answers half of it twice as well. */
const COVERED_COUNTS = 2.2
/** `where are requests routed` asks for what does it. */
const DEED_ASKED_FOR = 1.4
/** Examples and tests, by `rankOf`. */
const BY_RANK = [1, 0.4, 0.25]

/** What is about a matter before what has it. */
const ABOUT = new Set(['class', 'struct', 'interface', 'trait', 'enum', 'namespace', 'module'])
const PLAIN = new Set(['field', 'constant', 'getter', 'setter', 'property', 'macro', 'variable'])
const KIND = { about: 1.15, plain: 0.6, page: 0.85, section: 0.7 }
/** Of what only has a matter, where a question asks for what does something. */
const PLAIN_IN_QUESTION = 0.5

/** So many of the best are looked at once more, by the beginning of what they say. */
const MOST_REFINED = 120

/**
 * What is looked for: the words, and each two that stand beside each other as one, as code often writes them
 * (`progress bar` is `progressbar`).
 *
 * @param asked - All words of the question, in their order.
 * @param telling - Those of them that are looked for.
 */
export function joinedWords(asked, telling) {
  const pairs = telling.flatMap((word, at) => {
    const next = telling[at + 1]
    return next !== undefined && asked[asked.indexOf(word) + 1] === next ? [{ at, text: word + next }] : []
  })
  return pairs.filter(({ text }) => !telling.includes(text))
}

/** By a term of the index: the words that it stands for, and how near it is to them. */
export function nearTerms(telling, joined, isQuestion, judging) {
  const known = new Map()
  function judge(term) {
    judging((telling.length + joined.length) / JUDGED_A_UNIT)
    const near = telling.map((word) => nearness(word, term))
    for (const { at, text } of joined) {
      const both = nearness(text, term)
      near[at] = Math.max(near[at], both)
      near[at + 1] = Math.max(near[at + 1], both)
    }
    if (near.some((each) => each > 0)) return near
    // What is one of the words is not what another one does.
    const deeds = isQuestion ? telling.map((word) => (isDeedOf(word, term) ? AS_DEED : 0)) : []
    return deeds.some((each) => each > 0) ? deeds : undefined
  }
  return (term) => {
    if (!known.has(term)) known.set(term, judge(term))
    return known.get(term)
  }
}

function nearness(word, term) {
  if (word === term) return 1
  if (isPlural(word, term)) return AS_PLURAL
  if (othersOf(word).some((other) => other === term || isPlural(other, term))) return AS_SHORT
  if (isForm(word, term)) return AS_FORM
  if (withinOf(word).some((other) => other === term || isPlural(other, term))) return AS_WITHIN
  return term.startsWith(word) ? AS_BEGUN : 0
}

/**
 * @param found - With the terms that each was found by, and the fields that have them.
 * @param misspelled - Of words that nothing has, by their places: what may be meant, with the same.
 * @returns The numbers of the entries, the best first.
 */
export function inOrder(found, entries, { telling, near, isQuestion, judging, misspelled }) {
  const rows = new Map()
  const rowOf = (id) => {
    const none = telling.map(() => 0)
    const row = rows.get(id) ?? { id, named: none, said: [...none], near: [...none] }
    rows.set(id, row)
    return row
  }
  for (const { id, match } of found) {
    for (const [term, fields] of Object.entries(match)) {
      judging(1 / JUDGED_A_UNIT)
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
  const judge = (row) => {
    const isPlain = isQuestion && PLAIN.has(entries[row.id]?.kind)
    return scoreOf(row, entries[row.id], rare) * (isPlain ? PLAIN_IN_QUESTION : 1)
  }
  for (const row of all) row.score = judge(row)
  all.sort(byScore)
  const best = all.slice(0, MOST_REFINED)
  for (const row of best) refine(row, entries[row.id], { near, rare, judging, judge })
  best.sort(byScore)
  return [...best, ...all.slice(MOST_REFINED)].map(({ id }) => id)
}

const byScore = (a, b) => b.score - a.score || a.id - b.id

/** What a term of an entry says of each word: in its own name, in that of what holds it, or in what it says. */
function note(row, entry, term, fields, values) {
  const isNamed = fields.includes('name')
  const count = !isNamed ? SAID : readingOf(entry).own.includes(term) || readingOf(entry).last === term ? 1 : IN_HOLDER
  const into = isNamed ? row.named : row.said
  values.forEach((value, at) => {
    into[at] = Math.max(into[at], value * count)
    row.near[at] = Math.max(row.near[at], value)
  })
}

/** Words that few have tell more, however many have what begins with them. One that nothing has tells nothing. */
function rarity(rows, telling, total, isQuestion) {
  return telling.map((word, at) => {
    const having = (least) => rows.filter(({ near }) => near[at] > least).length
    const count = having(AS_DEED) || having(0)
    const deed = isQuestion && isPassive(word) ? DEED_ASKED_FOR : 1
    return count === 0 ? 0 : deed * Math.log2(1 + total / count)
  })
}

function scoreOf({ named, said }, entry, rare) {
  const total = rare.reduce((sum, each) => sum + each, 0)
  const held = rare.reduce((sum, each, at) => sum + each * Math.max(named[at], said[at]), 0)
  return total === 0 ? 0 : (held / total) ** COVERED_COUNTS * priorOf(entry)
}

function priorOf(entry) {
  const { kind, weight } = entry
  const byKind = ABOUT.has(kind) ? KIND.about : PLAIN.has(kind) ? KIND.plain : (KIND[kind] ?? 1)
  return byKind * Math.sqrt(rankOf(entry) === 0 ? weight : 1) * (BY_RANK[rankOf(entry)] ?? 1)
}

/** By where the words stand: beside each other, in the first sentence, in a name that has no others. */
function refine(row, entry, { near, rare, judging, judge }) {
  const { own } = readingOf(entry)
  const pieces = isHeading(entry.kind) || entry.kind === 'page' ? own.filter((piece) => !FILLERS.has(piece)) : own
  const named = placesOf(pieces, near)
  const text = partsOf(entry.text ?? '')
  judging((pieces.length + text.length) / JUDGED_A_UNIT)
  const said = placesOf(text, near)
  for (const values of said.values()) {
    values.forEach((value, at) => {
      row.said[at] = Math.max(row.said[at], value * SAID_FIRST)
    })
  }
  const pure = pieces.length === 0 ? 0 : named.size / pieces.length
  const isCovered = rare.every((each, at) => each === 0 || [...named.values()].some((values) => values[at] > AS_DEED))
  const isBeside = stand(named) || stand(said)
  row.score =
    judge(row) *
    (LEAST_PURE + (1 - LEAST_PURE) * pure) *
    (pure === 1 && isCovered && !PLAIN.has(entry.kind) ? WHOLE : 1) *
    (isBeside ? BESIDE : 1)
}

/** The places that stand for a word. */
function placesOf(pieces, near) {
  const places = new Map()
  pieces.forEach((piece, place) => {
    const values = near(piece)
    if (values !== undefined) places.set(place, values)
  })
  return places
}

/** Whether two words stand beside each other as they were asked for, or as one. */
function stand(places) {
  return [...places].some(([place, values]) =>
    values.some(
      (value, at) =>
        value > AS_DEED && ((places.get(place + 1)?.[at + 1] ?? 0) > AS_DEED || (values[at + 1] ?? 0) > AS_DEED),
    ),
  )
}
