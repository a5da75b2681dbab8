/** Classifies files for the ranking of search results: the repository's own code, examples and benchmarks, or tests. */

import type { Standing } from '#search/search-weights.ts'
import type { Inventory } from './model.ts'

const BENCHES = /(?:^|\/)bench(?:mark)?(?:s|es)?\//i

/** By path; the repository's own code has no entry. */
export function standingsOf({ files }: Inventory): Map<string, Standing> {
  const standings = new Map<string, Standing>()
  for (const { path, role } of files) {
    if (role === 'test') standings.set(path, 'test')
    else if (role === 'example' || role === 'docs' || BENCHES.test(path)) standings.set(path, 'aside')
  }
  return standings
}
