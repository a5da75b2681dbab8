/** Ranks entries for a query. Pure. */

import { chainOf } from '#search/code-names.js'
import { equivalentsOf, isForm, isPlural, partsOf } from '#search/words.js'
import type { CrossHit } from './contract.ts'
import { type CrossQuery, joined } from './query.ts'

/** How well a part of a name matches a word: the same, a plural or other form, an abbreviation, a beginning. */
const SAME = 1
const PLURAL = 0.95
const FORM = 0.85
const BEGUN = 0.5
/** Factors for the place of the match. */
const IN_NAME = 1
const IN_HOME = 0.6
const IN_TEXT = 0.35
/** Used for guides if the query is a question, because a guide has most words of a question in its text. */
const IN_TEXT_OF_DOCUMENT = 0.6
/** Factor for guides if the query is a question. */
const GUIDE_IN_QUESTION = 1.4

/** Exponent of the covered share: covering all words counts more than covering half of them twice as well. */
const COVERED_COUNTS = 2.2
/** Factors for names that the query matches entirely, and for names whose last part it matches. */
const AS_WHOLE = 3
const AS_END = 2
const SAME_CASE = 1.15
/** The factor for a name none of whose words are in the query; it increases to 1 with the share of words that are. */
const MIN_PURE = 0.6
/** Maximum number of entries of one repository, unless the query names it. */
const MAX_OF_ONE = 5
/** Maximum number of repositories with the same entry. */
const MAX_COPIES = 5

/**
 * Among equal scores, the first entry of each repository comes first, then the second of each, in the order in which
 * repositories were added. Of entries that are the same in many repositories, such as forks, the oldest keep this rank, and
 * the others follow all different ones.
 *
 * @param query - With filters alone, the heaviest entries are the best.
 * @param rarity - The weight of each word of the query.
 * @returns The best, at most `limit`.
 */
export function rank(
  query: CrossQuery,
  candidates: readonly CrossHit[],
  limit: number,
  rarity: readonly number[],
): CrossHit[] {
  const scored = candidates
    .map((hit) => ({ hit, score: query.words.length === 0 ? hit.weight : scoreOf(query, hit, rarity), nth: 0 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || compare(a.hit, b.hit))
  const nths = new Map<string, number>()
  for (const each of scored) {
    const key = `${each.score} ${each.hit.repoUrl}`
    each.nth = nths.get(key) ?? 0
    nths.set(key, each.nth + 1)
  }
  scored.sort((a, b) => b.score - a.score || a.nth - b.nth || compare(a.hit, b.hit))
  const most = query.repositories.length > 0 ? limit : MAX_OF_ONE
  const counts = new Map<string, number>()
  const sameThings = new Map<string, Set<string>>()
  const shown: CrossHit[] = []
  const later: CrossHit[] = []
  for (const { hit } of scored) {
    const count = (counts.get(hit.repoUrl) ?? 0) + 1
    counts.set(hit.repoUrl, count)
    const to = count > most || isOneTooMany(hit, sameThings) ? later : shown
    to.push(hit)
    if (shown.length === limit) break
  }
  return [...shown, ...later].slice(0, limit)
}

/** @param repositoriesOf - The repositories so far that have an entry, keyed by the entry's kind, title and text. */
function isOneTooMany({ title, kind, text, repoUrl }: CrossHit, repositoriesOf: Map<string, Set<string>>): boolean {
  // Equal names without text are not copies, except names of repositories.
  if (text === '' && kind !== 'repository') return false
  const thing = kind === 'repository' ? [kind, title.slice(title.lastIndexOf('/') + 1)] : [kind, title, text]
  const key = thing.join('\0')
  const repositories = repositoriesOf.get(key) ?? new Set()
  repositoriesOf.set(key, repositories)
  if (repositories.has(repoUrl) || repositories.size < MAX_COPIES) repositories.add(repoUrl)
  return !repositories.has(repoUrl)
}

const textOf = (hit: CrossHit): string => `${hit.title}\0${hit.repoUrl}\0${hit.page}\0${hit.anchor}\0${hit.line}`
const compare = (a: CrossHit, b: CrossHit): number => a.since - b.since || (textOf(a) < textOf(b) ? -1 : 1)

function scoreOf({ words, whole, typed, isQuestion }: CrossQuery, hit: CrossHit, rarity: readonly number[]): number {
  const isDocument = hit.kind === 'guide' || hit.kind === 'section'
  const inText = isQuestion && isDocument ? IN_TEXT_OF_DOCUMENT : IN_TEXT
  const chain = chainOf(hit.title)
  const last = chain.at(-1) ?? ''
  const name = partsOf(hit.title)
  const home = partsOf(`${hit.name} ${hit.page.replace(/\.md$/, '')}`)
  const text = partsOf(hit.text)
  const matched = words.map((word) =>
    Math.max(IN_NAME * best(word, name), IN_HOME * best(word, home), inText * best(word, text)),
  )
  const total = rarity.reduce((sum, each) => sum + each, 0)
  const covered = total === 0 ? 0 : matched.reduce((sum, each, at) => sum + each * (rarity[at] ?? 0), 0) / total
  const own = partsOf(last)
  const pure =
    own.length === 0 ? 0 : own.filter((part) => words.some((word) => nearness(word, part) > 0)).length / own.length
  const isWhole = whole !== '' && joined(hit.title) === whole
  const isEnd = whole !== '' && joined(last) === whole
  const isSameCase = typed === hit.title || typed === last
  return (
    Math.max(covered, isWhole || isEnd ? 1 : begunBy(whole, last)) ** COVERED_COUNTS *
    (isWhole ? AS_WHOLE : isEnd ? AS_END : 1) *
    (isSameCase ? SAME_CASE : 1) *
    (isQuestion && isDocument ? GUIDE_IN_QUESTION : 1) *
    (MIN_PURE + (1 - MIN_PURE) * pure) *
    Math.sqrt(hit.weight)
  )
}

/** The score of a name whose beginning was typed: higher the larger the typed part, but below that of a whole word. */
const begunBy = (whole: string, last: string): number => {
  const name = joined(last)
  return whole.length > 1 && name.startsWith(whole) ? Math.max(BEGUN, FORM * (whole.length / name.length)) : 0
}

const best = (word: string, parts: readonly string[]): number =>
  parts.reduce((most, part) => Math.max(most, nearness(word, part)), 0)

function nearness(word: string, part: string): number {
  if (word === part) return SAME
  if (isPlural(word, part)) return PLURAL
  if (isForm(word, part) || equivalentsOf(word).includes(part)) return FORM
  return word.length > 1 && part.startsWith(word) ? BEGUN : 0
}
