/** Classifies files for the ranking of search results: the repository's own code, examples and benchmarks, or tests. */

import type { Standing } from '#search/search-weights.ts'
import type { Component, Inventory } from './model.ts'

const BENCHES = /(?:^|\/)bench(?:mark)?(?:s|es)?\//i

/** Inline Rust test modules. */
const TEST_MODULE = /(?:^|\.)tests?(?:\.|$)/

/** The standing of a component: the standing of its file, except in tests inside Rust files. */
export function standingOf(
  { file, qualifiedName }: Pick<Component, 'file' | 'qualifiedName'>,
  standings: ReadonlyMap<string, Standing>,
): Standing {
  const isInTests = file.endsWith('.rs') && TEST_MODULE.test(qualifiedName)
  return isInTests ? 'test' : (standings.get(file) ?? 'own')
}

/** Standings keyed by path; the repository's own code has no entry. */
export function standingsOf({ files }: Inventory): Map<string, Standing> {
  const standings = new Map<string, Standing>()
  for (const { path, role } of files) {
    if (role === 'test') standings.set(path, 'test')
    else if (role === 'example' || role === 'docs' || BENCHES.test(path)) standings.set(path, 'aside')
  }
  return standings
}
