/** Finds the calls in a body: their order, and whether they always happen. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { basesOf, bodyOf, isCallUse } from './calls.ts'
import type { Place } from './conditions.ts'
import { type Site, siteOf } from './use-site.ts'

/** The calls of one callee in a body. */
export interface CallSite extends Site {
  /** Line of the first call in the best position; see `rankOf`. */
  line: number
  column: number
  /** All calls, in order. */
  places: readonly Place[]
}

/** Matches the name of an error class or of its base. */
const ERROR = /(?:Error|Exception|Throwable)$/
/** Matches an error class of the language among the bases in a signature. */
const OF_ERROR = /(?:extends |[(:<,] ?)[\w.:\\]{0,60}(?:Error|Exception|Throwable)\b/

/**
 * The first call of each callee in a body: outside of branches if possible; in a nested function or
 * in error handling only as a last resort. Omits calls at unknown positions, ambiguous calls, and those of error classes.
 */
export function callSites(repo: RepoIndex, caller: Component, callees: readonly Component[]): Map<string, CallSite> {
  const sites = new Map<string, CallSite>()
  const body = bodyOf(repo, caller)
  const counts = new Map<string, number>()
  for (const callee of callees) {
    if (isError(repo, callee)) continue
    const { id } = callee
    const uses = repo.occurrences
      .usesOf(body.id, id)
      .filter(isCallUse)
      .sort((a, b) => a.order - b.order)
    const found = uses.map((use) => ({ ...siteOf(repo, use), line: use.line, column: use.column }))
    const [site] = found.toSorted((a, b) => rankOf(a) - rankOf(b))
    if (site === undefined) continue
    const place = `${site.line}:${site.column}`
    counts.set(place, (counts.get(place) ?? 0) + 1)
    const places = uses.sort((a, b) => a.line - b.line || a.column - b.column)
    sites.set(id, {
      ...site,
      places,
      isLoop: found.every((one) => one.isLoop),
      isAfterError: found.every((one) => one.isAfterError),
    })
  }
  for (const [id, { line, column }] of sites) if ((counts.get(`${line}:${column}`) ?? 0) > 1) sites.delete(id)
  return sites
}

/** Lower for calls that are less conditional; error handling comes last. */
const rankOf = ({ isAfterError, isInner, isBranch, isLoop, context }: Site): number =>
  Number(isAfterError) * 16 +
  Number(isInner) * 8 +
  Number(isBranch && context !== 'guarded') * 4 +
  Number(isLoop) * 2 +
  Number(isBranch)

/** Whether it is an error class or a member of one. */
export function isError(repo: RepoIndex, { kind, id, parent }: Component): boolean {
  const type = repo.components.get((kind === 'class' ? id : parent) ?? '')
  return (
    type !== undefined &&
    [type, ...basesOf(repo, type)].some(({ name, signature }) => ERROR.test(name) || OF_ERROR.test(signature))
  )
}
