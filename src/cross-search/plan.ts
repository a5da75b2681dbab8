/**
 * Decides which entries a query examines. A step requires certain terms in certain fields of an entry; storages answer a step with
 * the first entries by `bucketOf`, so that a step costs little however many entries have its terms. Pure.
 */

import { chainOf } from '#search/code-names.js'
import { equivalentsOf, partsOf, rootOf, STOP_WORDS } from '#search/words.js'
import type { CrossEntry } from './contract.ts'
import { MARK } from './index-entries.ts'
import { type CrossQuery, joined } from './query.ts'

/**
 * `exact`: the full name and its trailing parts, each as one word. `home`: its repository and page. `scope`: the terms of
 * filters.
 */
export const FIELDS = ['exact', 'name', 'home', 'text', 'scope'] as const
export type Field = (typeof FIELDS)[number]

export interface Term {
  text: string
  /** Whether longer terms that begin with it match, too. */
  isPrefix: boolean
  fields: readonly Field[]
}

/** In each group, at least one term must match. */
export type Step = readonly (readonly Term[])[]

/**
 * Increment it on every change to this file, to the contents of entries, and to the tables of SQLite: an index of another
 * version is rebuilt.
 */
export const INDEX_VERSION = 5

/** Number of buckets, by which a storage orders entries: bucket 0 has those that are wanted most often. */
export const BUCKETS = 16
export const bucketOf = ({ weight }: CrossEntry): number =>
  Math.max(0, Math.min(BUCKETS - 1, Math.round(BUCKETS - 1 - 4 * Math.max(0, weight - 0.5))))

const MAX_TERM = 64
/** Minimum length of an incomplete word. The root of a word is a prefix only if it is longer. */
const MIN_PREFIX = 2
/** In a query with at least this many words, one may be missing. */
const MIN_WORDS_TO_DROP_ONE = 3
/** How many of its words are tried as the missing one. */
const MAX_DROPPED = 4
/** How many words of a question are looked for in pairs, the rarest first. */
const MAX_PAIRED = 4
/** How many trailing parts of a qualified name can be found by themselves. */
const MAX_ENDS = 3

/** The terms of an entry, keyed by field. */
export function termsOfEntry(entry: CrossEntry, name: string, setId: number): Record<Field, string[]> {
  const chain = chainOf(entry.title)
  const ends = chain.slice(-MAX_ENDS).map((_, at, shown) => joined(shown.slice(at).join('.')))
  const isName = entry.language !== null
  return {
    exact: unique([
      joined(entry.title),
      ...(isName ? ends : []),
      ...(entry.kind === 'repository' ? chain.map(joined) : []),
    ]),
    name: unique(partsOf(entry.title)),
    home: unique(partsOf(`${name} ${isName ? entry.page.replace(/\.md$/, '') : ''}`)),
    text: unique(partsOf(entry.text).filter((part) => !STOP_WORDS.has(part) && part.length > 1)),
    scope: scopeOf(entry, setId),
  }
}

const scopeOf = ({ kind, language }: CrossEntry, setId: number): string[] => [
  setTerm(setId),
  kindTerm(kind),
  ...(language === null ? [] : [languageTerm(language)]),
]

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')
const setTerm = (id: number): string => `r${id}`
const kindTerm = (kind: string): string => `k${plain(kind.replace(MARK, ''))}`
const languageTerm = (language: string): string => `l${plain(language)}`

const unique = (terms: string[]): string[] => [
  ...new Set(terms.filter((term) => term !== '').map((term) => term.slice(0, MAX_TERM))),
]

/** The terms of filters, one group for each kind of filter. */
export function scopeGroups({ kinds, languages }: CrossQuery, setIds: readonly number[] | undefined): Step {
  const scope = (texts: readonly string[]): Term[] =>
    texts.map((text) => ({ text, isPrefix: false, fields: ['scope'] as const }))
  return [scope(kinds.map(kindTerm)), scope(languages.map(languageTerm)), scope((setIds ?? []).map(setTerm))].filter(
    (group) => group.length > 0,
  )
}

/** One step for each word: everything that has it. */
export const stepsOfWords = (words: readonly string[]): Step[] =>
  words.map((word) => [termsOf(word, ['name', 'home', 'text'])])

/** Everything whose name begins with the word. */
export const begunStep = (word: string): Step => [[{ text: word, isPrefix: true, fields: ['name', 'exact'] }]]

/** Everything that has exactly this word in its name. */
export const nameStep = (word: string): Step => [[{ text: word, isPrefix: false, fields: ['name', 'exact'] }]]

/**
 * Steps from the narrowest to the widest; `ifFew` are for queries with few results of `steps`.
 *
 * @param rarest - The words, the rarest first.
 */
export function stepsOf(
  { words, whole, isQuestion }: CrossQuery,
  rarest: readonly string[],
): { steps: Step[]; ifFew: Step[] } {
  if (words.length === 0) return { steps: [], ifFew: [] }
  const last = words.at(-1) ?? ''
  const begun: Step[] =
    words.length === 1 && whole.length >= MIN_PREFIX ? [[[{ text: whole, isPrefix: true, fields: ['exact'] }]]] : []
  const named = (chosen: readonly string[]): Step => [
    ...chosen.map((word) => termsOf(word, ['name', 'home'])),
    // One word must match the name itself, so that the name of a repository does not list everything in it.
    chosen.flatMap((word) => termsOf(word, ['name'])),
  ]
  const anywhere = (chosen: readonly string[]): Step => chosen.map((word) => termsOf(word, ['name', 'home', 'text']))
  const exact: Step[] = whole === '' ? [] : [[[{ text: whole, isPrefix: false, fields: ['exact'] }]]]
  // The last word may be incomplete.
  const open: Step[] =
    last.length < MIN_PREFIX
      ? []
      : [[...words.slice(0, -1).map((word) => termsOf(word, ['name', 'home'])), [prefixOf(last)]]]
  const fewer =
    words.length < MIN_WORDS_TO_DROP_ONE
      ? []
      : words.slice(0, MAX_DROPPED).map((word) => anywhere(words.filter((other) => other !== word)))
  // Guides that answer a question seldom have all of its words in their titles.
  const some = rarest.slice(0, MAX_PAIRED)
  const pairs = some.flatMap((word, at) => some.slice(at + 1).map((other) => [word, other]))
  const asked: Step[] = isQuestion ? [words, ...pairs].map((chosen) => [...anywhere(chosen), DOCUMENTS]) : []
  const single: Step[] = isQuestion ? some.map((word) => [termsOf(word, ['name']), DOCUMENTS]) : []
  return { steps: [...exact, named(words), ...begun, ...asked], ifFew: [...open, anywhere(words), ...fewer, ...single] }
}

const DOCUMENTS: readonly Term[] = ['guide', 'section', 'module'].map((kind) => ({
  text: kindTerm(kind),
  isPrefix: false,
  fields: ['scope'],
}))

const prefixOf = (word: string): Term => ({ text: word, isPrefix: true, fields: ['name'] })

/** The word in all forms, and its abbreviations. */
const termsOf = (word: string, fields: readonly Field[]): Term[] =>
  [word, ...equivalentsOf(word)].map((each) => termOf(each, fields))

function termOf(word: string, fields: readonly Field[]): Term {
  const root = rootOf(word)
  return root.length > MIN_PREFIX && /^\p{L}+$/u.test(word)
    ? { text: root, isPrefix: true, fields }
    : { text: word, isPrefix: false, fields }
}
