/** Tells whether calls are most of what a function does. */

import type { Component } from '#generate/model.ts'
import { isCode, type RepoIndex } from '#generate/pages/repo-index.ts'
import { workOf } from './call-chances.ts'
import { isError } from './call-sites.ts'
import { bodyOf, calleesOf } from './calls.ts'
import { isWork } from './telling-calls.ts'

/** Minimum share of what a function calls, by lines of code that it leads to, in the calls that are shown. */
const MIN_COVERED = 0.5

/** Calls whose targets are unknown may lead to the work; those that are shown elsewhere do not count. */
export function isCovered(
  repo: RepoIndex,
  caller: Component,
  calls: readonly Component[],
  isElsewhere: (one: Component) => boolean,
): boolean {
  const weigh = (ones: readonly Component[]): number => ones.reduce((sum, one) => sum + workOf(repo, one), 0)
  const shown = weigh(calls)
  const unknown = new Set([caller, ...calls].flatMap((one) => unknownCallees(repo, bodyOf(repo, one))))
  const work = calleesOf(repo, caller).filter(
    (one) => !isElsewhere(one) && !isError(repo, one) && isWork(repo, caller, one),
  )
  return shown >= MIN_COVERED * (Math.max(shown, weigh(work)) + weigh([...unknown]))
}

/** What a body may call on values of unknown type: functions whose name no other in the repository has. */
function unknownCallees(repo: RepoIndex, { id, kind, file, startLine, endLine }: Component): Component[] {
  if (kind !== 'function' && kind !== 'method') return []
  const named = repo.occurrences.unknownCallsIn({ id, file, startLine, endLine })
  return named.flatMap((name) => functionsByName(repo).get(name) ?? [])
}

const known = new WeakMap<RepoIndex, ReadonlyMap<string, Component | null>>()

/** The functions by their names; `null` for a name that several have. */
function functionsByName(repo: RepoIndex): ReadonlyMap<string, Component | null> {
  const found = known.get(repo)
  if (found !== undefined) return found
  const own = new Map<string, Component | null>()
  for (const one of repo.components.values())
    if ((one.kind === 'function' || one.kind === 'method') && isCode(repo.files.get(one.file)))
      own.set(one.name, own.has(one.name) ? null : one)
  known.set(repo, own)
  return own
}
