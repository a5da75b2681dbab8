/** Determines whether a list of calls leaves out most of what a function calls in its repository. */

import { memoized } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import { isCode, type RepoIndex } from '#generate/pages/repo-index.ts'
import { isError } from './call-sites.ts'
import { bodyOf, calleesOf, makes } from './calls.ts'
import type { Call } from './find-steps.ts'
import { isAside, isPredicate, isUtility } from './telling-calls.ts'

/** What a call of an unknown definition counts: it may also be one of another repository. */
const UNKNOWN = 0.5
/** Limit on the functions that share the name of such a call; a name of more is an everyday word, such as `get`. */
const MAX_NAMESAKES = 3

/**
 * Whether as many calls are omitted as are listed, because their conditions or definitions are unknown, or because they ask
 * something. A function whose only call is beside one of its own name, of an unknown definition, passes its arguments on to that.
 */
export function missesMost(repo: RepoIndex, caller: Component, listed: readonly Call[]): boolean {
  const shown = new Set(listed.map(({ callee }) => callee.id))
  const all = calleesOf(repo, caller).filter(({ id }) => id !== caller.id)
  const omitted = all.filter(
    (one) =>
      !shown.has(one.id) &&
      !makes(repo, one) &&
      !isError(repo, one) &&
      (isPredicate(one) || !(isAside(one) || isUtility(repo, one))),
  )
  const known = new Set(all.map(({ name }) => name))
  const counts = countsByName(repo)
  const unknown = [...repo.occurrences.namesCalledIn(bodyOf(repo, caller))].filter((name) => !known.has(name))
  if (listed.length === 1 && unknown.includes(caller.name) && (counts.get(caller.name) ?? 0) > 1) return true
  const own = unknown.filter(
    (name) => name !== caller.name && counts.has(name) && (counts.get(name) ?? 0) <= MAX_NAMESAKES,
  )
  const working = listed.filter(({ callee }) => !makes(repo, callee)).length
  return omitted.length + own.length * UNKNOWN >= Math.max(1, working)
}

/** How many functions of the code have a name. */
const countsByName = memoized((repo: RepoIndex): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { id, kind, name, file } of repo.components.values()) {
    if ((kind !== 'function' && kind !== 'method') || !isCode(repo.files.get(file)) || repo.inTests.has(id)) continue
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
})
