/** Which files to read first: those that others build on, then those where they meet. */

import { compareText } from '#generate/model.ts'
import type { Survey } from './survey.ts'

const DAMPING = 0.85
const ROUNDS = 30

const MAX_CENTRAL = 4
const MAX_MEETING = 3

/**
 * The most central files of code and those that use most others, in an order in which each comes after the chosen ones
 * it uses, where there are no cycles. Centrality is PageRank (Brin and Page, 1998) over confident edges between files.
 */
export function readingOrder(survey: Survey): string[] {
  const files = [...survey.leaves.keys()]
    .filter((path) => survey.files.get(path)?.role === 'code' && survey.tops.has(path))
    .sort(compareText)
  const ranks = pageRank(files, survey)
  const known = new Set(files)
  const uses = (path: string): number =>
    [...(survey.links.get(path)?.keys() ?? [])].filter((to) => known.has(to)).length
  const central = files
    .filter((path) => (survey.linksTo.get(path)?.size ?? 0) > 1)
    .sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0) || compareText(a, b))
    .slice(0, MAX_CENTRAL)
  const meeting = files
    .filter((path) => uses(path) > 2 && !central.includes(path))
    .sort((a, b) => uses(b) - uses(a) || compareText(a, b))
    .slice(0, MAX_MEETING)
  const chosen = [...central, ...meeting]
  const result: string[] = []
  const left = new Set(chosen)
  while (left.size > 0) {
    const open = (path: string): number =>
      [...(survey.links.get(path)?.keys() ?? [])].filter((to) => to !== path && left.has(to)).length
    const next = [...left].reduce((a, b) => (open(b) < open(a) ? b : a))
    result.push(next)
    left.delete(next)
  }
  return result
}

function pageRank(files: string[], survey: Survey): Map<string, number> {
  const known = new Set(files)
  const edges = files.map((from) => {
    const row = [...(survey.links.get(from) ?? [])].filter(([to]) => known.has(to))
    return { from, row, total: row.reduce((sum, [, weight]) => sum + Math.log2(1 + weight), 0) }
  })
  let ranks = new Map(files.map((path) => [path, 1]))
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Map(files.map((path) => [path, 1 - DAMPING]))
    for (const { from, row, total } of edges) {
      const rank = ranks.get(from) ?? 0
      for (const [to, weight] of row)
        next.set(to, (next.get(to) ?? 0) + (DAMPING * rank * Math.log2(1 + weight)) / total)
    }
    ranks = next
  }
  return ranks
}
