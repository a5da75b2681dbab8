/** Where in a body each call stands: in which order it is made, and whether it always is. */

import type { Component } from '#generate/model.ts'
import { bodyOf } from './calls.ts'
import type { Survey } from './survey.ts'
import { type Site, siteOf } from './use-site.ts'

export type { Site } from './use-site.ts'

/**
 * Where a body first calls each callee: outside of branches, where it does so, and only if need be where it deals with an
 * error. Left out is what a function within the body calls, which is only made there, and what is called at no known place.
 */
export function callSites(survey: Survey, caller: Component, callees: readonly Component[]): Map<string, Site> {
  const sites = new Map<string, Site>()
  const body = bodyOf(survey, caller)
  for (const { id } of callees) {
    const found = survey.occurrences
      .usesOf(body.id, id)
      .filter(({ kind }) => kind === 'calls' || kind === 'instantiates')
      .sort((a, b) => a.order - b.order)
      .flatMap((use) => siteOf(survey, use) ?? [])
    const site =
      found.find(({ isBranch, isLoop }) => !isBranch && !isLoop) ??
      found.find(({ context }) => context !== 'failure') ??
      found[0]
    if (site !== undefined) sites.set(id, site)
  }
  return sites
}
