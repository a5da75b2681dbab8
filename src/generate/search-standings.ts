/** Which files are the repository's own code for the ranking of its search, and which are examples, benchmarks or tests. */

import type { Standing } from '#search/search-weights.ts'
import type { Inventory } from './model.ts'

const BENCHES = /(?:^|\/)bench(?:mark)?(?:s|es)?\//i

/** By path, for every file that is not the repository's own code. */
export function standingsOf({ files }: Inventory): Map<string, Standing> {
  const standings = new Map<string, Standing>()
  for (const { path, role } of files) {
    if (role === 'test') standings.set(path, 'test')
    else if (role === 'example' || role === 'docs' || BENCHES.test(path)) standings.set(path, 'aside')
  }
  return standings
}
