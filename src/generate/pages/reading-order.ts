/** Which files to read first: those that others build on, then those where they meet. */

import { Graph } from '#generate/graph/graph.ts'
import { compareText } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { dependencyOrder } from './dependency-order.ts'
import { isSetUp } from './start-with.ts'
import { isMain, type Survey } from './survey.ts'

const MAX_CENTRAL = 4
const MAX_MEETING = 3
const MIN_LINES = 30

/**
 * The most central files of code and those that call into most others, in an order in which each comes after the chosen ones
 * it uses, where there are no cycles. Centrality is by confident edges between files.
 */
export function readingOrder(survey: Survey): string[] {
  const files = [...survey.leaves.keys()]
    .filter((path) => isMain(path, survey) && survey.tops.has(path))
    .sort(compareText)
  // Others build on what is soon said, or set up, without having to read it.
  const long = new Set(
    files.filter((path) => (survey.files.get(path)?.lines ?? 0) >= MIN_LINES && !isSetUp(folderOf(path))),
  )
  const isRead = (path: string): boolean => long.size < MAX_CENTRAL || long.has(path)
  const arrows = files.flatMap((from) =>
    [...(survey.links.get(from) ?? [])].map(([to, weight]) => ({ from, to, weight })),
  )
  const ranks = new Graph(files, arrows).ranks()
  const called = filesCalled(survey, new Set(files))
  // What calls much and is called: not a list of names that others import, nor an end that nothing leads to.
  const bearing = (path: string): number =>
    (called.get(path)?.size ?? 0) * Math.log2(2 + (survey.linksTo.get(path)?.size ?? 0))
  const central = files
    .filter((path) => isRead(path) && (survey.linksTo.get(path)?.size ?? 0) > 1)
    .sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0) || compareText(a, b))
    .slice(0, MAX_CENTRAL)
  const meeting = files
    .filter((path) => isRead(path) && bearing(path) > 0 && !central.includes(path))
    .sort((a, b) => bearing(b) - bearing(a) || compareText(a, b))
    .slice(0, MAX_MEETING)
  const chosen = [...central, ...meeting]
  return dependencyOrder(chosen, (from, to) => (survey.links.get(from)?.has(to) ? 1 : 0))
}

/** The files among `known` that the functions of each file call. */
function filesCalled(survey: Survey, known: ReadonlySet<string>): Map<string, Set<string>> {
  const called = new Map<string, Set<string>>()
  for (const [caller, targets] of survey.callees) {
    const from = survey.components.get(caller)?.file ?? ''
    const own = called.get(from) ?? new Set()
    called.set(from, own)
    for (const target of targets.keys()) {
      const to = survey.components.get(target)?.file
      if (to !== undefined && to !== from && known.has(to)) own.add(to)
    }
  }
  return called
}
