/** Which files to read first: those that others build on, then those where they meet. */

import { Graph } from '#generate/graph/graph.ts'
import { compareText } from '#generate/model.ts'
import { dependencyOrder } from './dependency-order.ts'
import { isMain, type Survey } from './survey.ts'

const MAX_CENTRAL = 4
const MAX_MEETING = 3

/**
 * The most central files of code and those that use most others, in an order in which each comes after the chosen ones
 * it uses, where there are no cycles. Centrality is by confident edges between files.
 */
export function readingOrder(survey: Survey): string[] {
  const files = [...survey.leaves.keys()]
    .filter((path) => isMain(path, survey) && survey.tops.has(path))
    .sort(compareText)
  const arrows = files.flatMap((from) =>
    [...(survey.links.get(from) ?? [])].map(([to, weight]) => ({ from, to, weight })),
  )
  const ranks = new Graph(files, arrows).ranks()
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
  return dependencyOrder(chosen, (from, to) => (survey.links.get(from)?.has(to) ? 1 : 0))
}
