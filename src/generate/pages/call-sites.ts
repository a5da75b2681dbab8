/** Where in a body each call stands: in which order it is made, and whether it always is. */

import type { BlockKind, Component } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import { bodyOf } from './calls.ts'
import type { Survey } from './survey.ts'

/** Where a body calls something. */
export interface Site {
  /** What has the smaller number is called first: an argument before the call that takes it. */
  order: number
  /** Whether it may be passed over: also behind what may leave the body, and in what deals with an error. */
  isBranch: boolean
  /** Whether it may happen again and again. */
  isLoop: boolean
  /** The block right around it that says so, -1 for none; of two with the same one, both happen or none. */
  block: number
  /** What kind of block that is; `null` for a call that always happens. */
  context: BlockKind | null
}

/** What a class whose values are thrown is called, or one above it. */
const ERROR = /(?:Error|Exception|Throwable)$/
const MAX_BASES = 20

const BRANCHES = new Set<BlockKind>(['branch', 'guarded', 'failure', 'unknown'])

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
    if (site !== undefined) sites.set(id, site)
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

function siteOf({ occurrences }: Survey, use: Occurrence): Site | undefined {
  const around = occurrences.blocksAround(use)
  if (around.some(({ kind }) => kind === 'nested')) return undefined
  const ruling = around.findIndex(({ kind }) => BRANCHES.has(kind) || kind === 'loop')
  return {
    order: use.order,
    isBranch: around.some(({ kind }) => BRANCHES.has(kind)),
    isLoop: around.some(({ kind }) => kind === 'loop'),
    block: ruling <= 0 ? (ruling === 0 ? use.block : -1) : (around[ruling - 1]?.parent ?? -1),
    context: around[ruling]?.kind ?? null,
  }
}
