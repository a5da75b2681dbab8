/** Finds the branches and tags whose names are similar to a name that does not exist. */

import { isRefName } from '#base/commit-id.ts'
import { distanceOf } from '#base/distance.ts'
import { similarNamesHint } from '#base/similar-names.ts'

/** Limits on the names that are compared, because a host may claim any number of any length. */
const MAX_COMPARED = 5_000
const MAX_NAME = 100
const MAX_SIMILAR = 5
const NEWEST = new Intl.Collator('en', { numeric: true })

/**
 * A hint with the most similar names; among equally similar ones, the highest versions come first.
 *
 * @param refs - Full names: `refs/tags/v1.0`.
 */
export function listSimilar(refs: readonly string[], given: string): string {
  const names = new Set(refs.flatMap((ref) => /^refs\/(?:heads|tags)\/(.+)$/.exec(ref)?.[1] ?? []))
  const similar = [...names]
    .filter((name) => name.length <= MAX_NAME && isRefName(name))
    .slice(0, MAX_COMPARED)
    .map((name) => ({ name, distance: distanceOf(name.toLowerCase(), given.slice(0, MAX_NAME).toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || NEWEST.compare(b.name, a.name))
    .slice(0, MAX_SIMILAR)
  return similarNamesHint(similar.map(({ name }) => name))
}
