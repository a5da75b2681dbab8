/** Estimates which code a call runs, and how likely: each branch, and each choice between implementations, halves the chance. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { bodyOf, calleesOf, callersOf, isCallUse, linesOf } from './calls.ts'
import { overridersOf } from './dispatch.ts'
import { siteOf } from './use-site.ts'

/** Limit on the doubts about a call that is followed. A doubt is a branch or a choice, which halves the chance. */
const MAX_DOUBTS = 4
/** Limit on the functions that one call is followed through. */
const MAX_REACHED = 300
/** Limit on the calls in those functions. */
const MAX_EDGES = 5_000
/** Limit on the functions whose chances are cached. */
const MAX_KEPT = 1_000
/** Limit on the lines of one function that count. */
const MAX_LINES = 80
const MAX_OVERRIDERS = 8

interface Next {
  component: Component
  doubts: number
}

const nexts = new WeakMap<RepoIndex, Map<string, readonly Next[]>>()

/** The bodies that a body calls directly, except those only called for errors. */
function nextOf(repo: RepoIndex, body: Component): readonly Next[] {
  const known = nexts.get(repo) ?? new Map<string, readonly Next[]>()
  nexts.set(repo, known)
  const found =
    known.get(body.id) ??
    calleesOf(repo, body).flatMap((callee): Next[] => {
      const doubts = doubtsOf(repo, body, callee)
      const component = bodyOf(repo, callee)
      const others = repo.callees.has(component.id) ? [] : overridersOf(repo, component)
      if (doubts === null || others.length > MAX_OVERRIDERS) return []
      const more = doubts + Math.ceil(Math.log2(Math.max(1, others.length)))
      return [{ component, doubts }, ...others.map((one) => ({ component: one, doubts: more }))]
    })
  known.set(body.id, found)
  return found
}

/** 0 for a call that always happens; `null` for one that only handles errors. */
function doubtsOf(repo: RepoIndex, body: Component, callee: Component): number | null {
  const uses = repo.occurrences.usesOf(body.id, callee.id).filter(isCallUse)
  const unsure = repo.possibleUsers.get(callee.id)?.has(body.id) === true ? 1 : 0
  if (uses.length === 0) return 1 + unsure
  const doubts = uses.flatMap((use) => {
    const { isAfterError, isInner, isBranch, context } = siteOf(repo, use)
    return isAfterError ? [] : [Number(isInner) + Number(isBranch && context !== 'guarded')]
  })
  return doubts.length === 0 ? null : Math.min(...doubts.slice(0, MAX_REACHED)) + unsure
}

/** Cached chances, keyed by the id of the component that they start from. */
const kept = new WeakMap<RepoIndex, Map<string, ReadonlyMap<string, number>>>()

/** The chance that a call of a component runs a body, keyed by id: 1 if it always does. */
export function chancesFrom(repo: RepoIndex, start: Component): ReadonlyMap<string, number> {
  const first = bodyOf(repo, start)
  const known = kept.get(repo) ?? new Map<string, ReadonlyMap<string, number>>()
  kept.set(repo, known)
  const found = known.get(first.id) ?? chancesOf(repo, first)
  if (known.size >= MAX_KEPT) known.clear()
  known.set(first.id, found)
  return found
}

function chancesOf(repo: RepoIndex, first: Component): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  let left = MAX_EDGES
  const rounds: Component[][] = [[first]]
  const others = repo.callees.has(first.id) ? [] : overridersOf(repo, first)
  if (others.length > 0 && others.length <= MAX_OVERRIDERS)
    rounds[Math.ceil(Math.log2(others.length))] = [...(others.length === 1 ? [first] : []), ...others]
  for (let doubts = 0; doubts <= MAX_DOUBTS; doubts++)
    for (const one of rounds[doubts] ?? []) {
      if (found.has(one.id) || found.size >= MAX_REACHED) continue
      found.set(one.id, 2 ** -doubts)
      for (const next of nextOf(repo, one)) {
        if (left-- <= 0) break
        const round = rounds[doubts + next.doubts] ?? []
        rounds[doubts + next.doubts] = round
        if (!found.has(next.component.id)) round.push(next.component)
      }
    }
  return found
}

const works = new WeakMap<RepoIndex, Map<string, number>>()

/** The number of lines that a call runs, weighted by their chances. Code that many functions call counts less. */
export function workOf(repo: RepoIndex, callee: Component): number {
  const known = works.get(repo) ?? new Map<string, number>()
  works.set(repo, known)
  let work = known.get(callee.id)
  if (work !== undefined) return work
  work = 0
  for (const [id, chance] of chancesFrom(repo, callee)) {
    const one = repo.components.get(id)
    if (one !== undefined && (one.kind === 'function' || one.kind === 'method'))
      work += (chance * Math.min(MAX_LINES, linesOf(repo, one))) / Math.sqrt(1 + callersOf(repo, one).length)
  }
  known.set(callee.id, work)
  return work
}
