/** Which files to read first: the central ones, those that others build on before those that use them. */

import { compareText } from '#generate/model.ts'
import { isTest, type Survey } from './survey.ts'

const DAMPING = 0.85
const ROUNDS = 30

/**
 * The most central files of code in an order in which each comes after the chosen ones it uses, where there are no cycles.
 * Centrality is PageRank (Brin and Page, 1998) over confident edges between files.
 *
 * @param max - How many at most.
 */
export function readingOrder(survey: Survey, max: number): string[] {
  const files = [...survey.leaves.keys()]
    .filter((path) => !isTest(path, survey) && survey.files.get(path)?.role === 'code')
    .sort(compareText)
  const ranks = pageRank(files, survey)
  const chosen = files
    .filter((path) => (survey.linksTo.get(path)?.size ?? 0) > 1 && survey.tops.has(path))
    .sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0) || compareText(a, b))
    .slice(0, max)
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
