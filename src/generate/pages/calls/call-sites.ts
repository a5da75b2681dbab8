/** Where in a body each call stands: in which order it is made, and whether it always is. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { bodyOf, isCallUse } from './calls.ts'
import { type Site, siteOf, type When } from './use-site.ts'

/** Where a body calls something. */
export interface CallSite extends Site {
  /** Of the first call of those that happen as it says. */
  line: number
  column: number
  /** Of those, in order. */
  lines: readonly number[]
  /** The others, by when they happen. */
  others: readonly { when: When; lines: readonly number[] }[]
  /** How many calls there are. */
  count: number
}

/** What a class whose values are thrown is called, or one above it. */
const ERROR = /(?:Error|Exception|Throwable)$/
const MAX_BASES = 20

/**
 * Where a body first calls each callee: outside of branches, where it does so, and only if need be in a function that it
 * makes, or where it deals with an error. Left out is what is called at no known place, and errors that are made.
 */
export function callSites(repo: RepoIndex, caller: Component, callees: readonly Component[]): Map<string, CallSite> {
  const sites = new Map<string, CallSite>()
  const body = bodyOf(repo, caller)
  const header = headerEnd(repo, body)
  const places = new Map<string, number>()
  const placeOf = new Map<string, string>()
  for (const callee of callees) {
    if (isError(repo, callee)) continue
    const { id } = callee
    const found = repo.occurrences
      .usesOf(body.id, id)
      .filter((use) => isCallUse(repo, use) && use.line > header)
      .sort((a, b) => a.order - b.order)
      .map((use) => ({ ...siteOf(repo, use), line: use.line, column: use.column }))
    const site =
      found.find(({ when }) => when === null) ??
      found.find(({ when }) => when !== 'afterError' && when !== 'inInner') ??
      found.find(({ when }) => when === 'inInner') ??
      found[0]
    if (site === undefined) continue
    const place = `${site.line}:${site.column}`
    places.set(place, (places.get(place) ?? 0) + 1)
    placeOf.set(id, place)
    const isInSeveral =
      site.when === 'sometimes' &&
      found.some(({ when, block }) => (when === 'sometimes' || when === 'unlessEnded') && block !== site.block)
    const groups = new Map<When | null, number[]>()
    for (const { when, line } of found) {
      const own = isInSeveral && when === 'unlessEnded' ? 'sometimes' : when
      groups.set(own, [...(groups.get(own) ?? []), line])
    }
    const linesOf = (when: When | null): number[] => [...new Set(groups.get(when))].sort((a, b) => a - b)
    const lines = linesOf(site.when)
    const others = [...groups.keys()].flatMap((when) =>
      when === null || when === site.when
        ? []
        : [{ when, lines: linesOf(when).filter((line) => !lines.includes(line)) }],
    )
    sites.set(id, {
      ...site,
      lines,
      others: others.filter((one) => one.lines.length > 0),
      count: found.length,
      ...(isInSeveral && { when: 'inSeveral' }),
    })
  }
  const all = [...sites].sort(([, a], [, b]) => a.order - b.order)
  let isMacro = false
  for (const [id, site] of all) {
    if ((places.get(placeOf.get(id) ?? '') ?? 0) > 1) sites.set(id, { ...site, when: 'oneOf' })
    // A macro may return.
    else if (isMacro && site.when === null) sites.set(id, { ...site, when: 'unlessEnded' })
    isMacro ||= site.when === 'inMacro'
  }
  return sites
}

/** The last line of what Python runs when it defines a function and not when it calls it: decorators and defaults. 0 for other languages. */
function headerEnd(repo: RepoIndex, { file, startLine, endLine }: Component): number {
  if (repo.files.get(file)?.language !== 'python') return 0
  let depth = 0
  for (const [index, line] of codeLines(repo, file, startLine, endLine - 1).entries()) {
    for (const sign of line) depth += '([{'.includes(sign) ? 1 : ')]}'.includes(sign) ? -1 : 0
    if (depth <= 0 && /:\s*(?:#|$)/.test(line)) return startLine + index
  }
  return 0
}

function isError({ components, bases }: RepoIndex, { kind, id }: Component): boolean {
  if (kind !== 'class') return false
  const above = new Set([id])
  for (const one of above) {
    if (ERROR.test(components.get(one)?.name ?? '')) return true
    for (const base of bases.get(one) ?? []) if (above.size < MAX_BASES) above.add(base)
  }
  return false
}
