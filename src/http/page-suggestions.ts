/** Suggestions for an unknown page of a set: similar pages, and the search. */

import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { Manifest } from '#store/model.ts'
import type { AppContext } from './deps.ts'
import { Refusal } from './problem.ts'
import { docsPath } from './published-set.ts'

const MAX_SUGGESTIONS = 5
const MAX_NAME = 200
/** How many pages are compared. */
const MAX_PAGES = 2_000
/** Minimum share of common bigrams. */
const MIN_SCORE = 0.15

/** The refusal of an unknown page, with suggestions. Counts as a search; clients over their limit get no suggestions. */
export function noSuchPage(c: AppContext, jobId: string, manifest: Manifest, name: string): Refusal {
  const folder = docsPath(jobId)
  const near = c.var.limits.maySearch(c) ? nearestPages(manifest, name) : []
  const suggestions = near.map((page) => ({
    href: folder + encodeURIComponent(page.file),
    title: page.title,
  }))
  const first = suggestions[0] === undefined ? '' : `Did you mean ${suggestions[0].href}? `
  const refusal = new Refusal(
    'NO_SUCH_PAGE',
    'These documents have no page with this name.',
    `${first}The overview, ${folder}, lists the pages; ${folder}?q= searches them.`,
  )
  const links = [{ href: folder, title: `Overview of ${manifest.full_name}` }]
  const search = { action: folder, query: wordsOf(name).join(' ').slice(0, MAX_NAME) }
  return refusal.withPage({ suggestions, links, search })
}

/** An index of pages by the bigrams of their names. */
interface PageIndex {
  pages: { page: Manifest['pages'][number]; pieces: number }[]
  /** Positions in `pages`, keyed by bigram. */
  withPiece: ReadonlyMap<string, readonly number[]>
}

const indexOf = memoized((manifest: Manifest): PageIndex => {
  const withPiece = new Map<string, number[]>()
  const pages = manifest.pages.slice(0, MAX_PAGES).map((page, number) => {
    const own = new Set(wordsOf(`${page.file} ${page.title}`).flatMap((word) => gramsOf(word)))
    for (const piece of own) push(withPiece, piece, number)
    return { page, pieces: own.size }
  })
  return { pages, withPiece }
})

/** Pages whose file names and titles share bigrams with the name, by Jaccard similarity, best first. */
function nearestPages(manifest: Manifest, name: string): Manifest['pages'] {
  const wanted = new Set(wordsOf(name).flatMap((word) => gramsOf(word)))
  if (wanted.size === 0) return []
  const { pages, withPiece } = indexOf(manifest)
  const shared = new Uint16Array(pages.length)
  for (const piece of wanted)
    for (const number of withPiece.get(piece) ?? []) shared[number] = (shared[number] ?? 0) + 1
  const scored = pages.flatMap(({ page, pieces }, number) => {
    const common = shared[number] ?? 0
    const score = common / (wanted.size + pieces - common)
    return score < MIN_SCORE ? [] : [{ page, score }]
  })
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ page }) => page)
}

const wordsOf = (name: string): string[] =>
  (
    name
      .slice(0, MAX_NAME)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).filter((word) => word !== 'md' && word !== 'html')

/** Bigrams, with the start of the word marked. */
const gramsOf = (word: string): string[] => [`^${word[0]}`, ...Array.from(word, (_, at) => word.slice(at, at + 2))]
