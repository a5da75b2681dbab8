/** Where in a body each call stands: in which order it is made, and whether it always is. */

import type { Component } from '#generate/model.ts'
import { bodyOf } from './calls.ts'
import type { Survey } from './survey.ts'
import { type Site, siteOf } from './use-site.ts'

export type { Site } from './use-site.ts'

/** What a class whose values are thrown is called, or one above it. */
const ERROR = /(?:Error|Exception|Throwable)$/
const MAX_BASES = 20

/**
 * Where a body first calls each callee: outside of branches, where it does so, and only if need be where it deals with an
 * error. Left out is what a function within the body calls, which is only made there, what is called at no known place, and
 * errors that are made.
 */
export function callSites(survey: Survey, caller: Component, callees: readonly Component[]): Map<string, Site> {
  const sites = new Map<string, Site>()
  const body = bodyOf(survey, caller)
  for (const callee of callees) {
    if (isError(survey, callee)) continue
    const { id } = callee
    const found = survey.occurrences
      .usesOf(body.id, id)
      .filter(({ kind }) => kind === 'calls' || kind === 'instantiates')
      .sort((a, b) => a.order - b.order)
      .flatMap((use) => siteOf(survey, use) ?? [])
    const site =
      found.find(({ isBranch, isLoop }) => !isBranch && !isLoop) ??
      found.find(({ context }) => context !== 'failure') ??
      found[0]
    if (site === undefined) continue
    const others = found.filter(({ when, block }) => when === 'sometimes' && block !== site.block)
    sites.set(id, site.when === 'sometimes' && others.length > 0 ? { ...site, when: 'inSeveral' } : site)
  }
  return sites
}

function isError({ components, bases }: Survey, { kind, id }: Component): boolean {
  if (kind !== 'class') return false
  const above = new Set([id])
  for (const one of above) {
    if (ERROR.test(components.get(one)?.name ?? '')) return true
    for (const base of bases.get(one) ?? []) if (above.size < MAX_BASES) above.add(base)
  }
  return false
}
