/** Finds the calls in a body: their order, and whether they always happen. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { bodyOf, isCallUse } from './calls.ts'
import { isInInner, type Site, siteOf, type When } from './use-site.ts'

/** The calls of one callee in a body. */
export interface CallSite extends Site {
  /** Line of the first call under the condition `when`. */
  line: number
  column: number
  /** Lines of the calls under the same condition, in order. */
  lines: readonly number[]
  /** Calls under other conditions. */
  others: readonly { when: When; lines: readonly number[] }[]
  /** Total number of calls. */
  count: number
}

/** Matches the name of an error class or of its base. */
const ERROR = /(?:Error|Exception|Throwable)$/
const MAX_BASES = 20

/**
 * The first call of each callee in a body: outside of branches if possible; in a nested function or
 * in error handling only as a last resort. Leaves out calls at unknown places, and the creation of errors.
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
      found.find((one) => one.when !== 'afterError' && !isInInner(one)) ??
      found.find(isInInner) ??
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
    // A macro may contain a return.
    else if (isMacro && site.when === null) sites.set(id, { ...site, when: 'unlessEnded' })
    isMacro ||= site.when === 'inMacro'
  }
  return sites
}

/** The last line that Python runs when it defines a function: decorators and default values. 0 for other languages. */
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
