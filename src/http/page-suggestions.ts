/** What to say when a set has no page of a name: which ones are near, and where to search. */

import type { Manifest } from '#store/model.ts'
import type { AppContext } from './deps.ts'
import { Refusal } from './problem.ts'
import { docsPath } from './set.ts'

const MOST = 5
const MAX_NAME = 200
/** That a name is held against. */
const MOST_PAGES = 2_000

/** To look for near ones counts as a search; who has none left is shown none. */
export function noSuchPage(c: AppContext, jobId: string, manifest: Manifest, name: string): Refusal {
  const folder = docsPath(jobId)
  const near = c.var.limits.maySearch(c) ? nearestPages(manifest, name) : []
  const ways = near.map((page) => ({
    href: folder + encodeURIComponent(page.file),
    title: page.title,
  }))
  const first = ways[0] === undefined ? '' : `Perhaps you are looking for ${ways[0].href}. `
  const refusal = new Refusal(
    'NO_SUCH_PAGE',
    'These documents have no page of this name.',
    `${first}The overview, ${folder}, lists the pages; ${folder}?q= searches them.`,
  )
  const doors = [{ href: folder, title: `Overview of ${manifest.full_name}` }]
  refusal.page = { ways, doors, search: { action: folder, query: wordsOf(name).join(' ').slice(0, MAX_NAME) } }
  return refusal
}

/** Pages that share words with the name, those that share most first; the shorter of equals. */
function nearestPages(manifest: Manifest, name: string): Manifest['pages'] {
  const words = wordsOf(name)
  const wanted = new Set(words.flatMap((word) => gramsOf(word)))
  if (wanted.size === 0) return []
  const scored = manifest.pages.slice(0, MOST_PAGES).flatMap((page) => {
    const own = new Set(wordsOf(`${page.file} ${page.title}`).flatMap((word) => gramsOf(word)))
    let shared = 0
    for (const gram of wanted) if (own.has(gram)) shared += 1
    const score = shared / (wanted.size + own.size - shared)
    return score < 0.15 ? [] : [{ page, score }]
  })
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ page }) => page)
}

const wordsOf = (name: string): string[] =>
  (
    name
      .slice(0, MAX_NAME)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).filter((word) => word !== 'md' && word !== 'html')

/** Pieces of two letters, with the beginning told apart. */
const gramsOf = (word: string): string[] => [`^${word[0]}`, ...Array.from(word, (_, at) => word.slice(at, at + 2))]
