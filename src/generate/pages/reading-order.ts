/** Which files to read first: those that others build on, then those where they meet. */

import { Graph } from '#generate/graph/graph.ts'
import { compareText, type Module } from '#generate/model.ts'
import { dependencyOrder } from './dependency-order.ts'
import { isCode, type Survey } from './survey.ts'

const MAX_CENTRAL = 4
const MAX_MEETING = 3

/**
 * The most central files of code and those that use most others, in an order in which each comes after the chosen ones
 * it uses, where there are no cycles. Centrality is by confident edges between files.
 */
export function readingOrder(survey: Survey): string[] {
  const files = [...survey.leaves.keys()]
    .filter((path) => survey.files.get(path)?.role === 'code' && survey.tops.has(path))
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

/**
 * The same modules, at each level those with a place of their own first, then those of code so that each comes after those it
 * uses, then what nothing connects to them (tools, measurements); examples and tests stay behind.
 */
export function inReadingOrder(survey: Survey, module: Module): Module {
  const placed = module.children.filter((child) => child.place !== undefined)
  const free = module.children.filter((child) => child.place === undefined)
  const code = free.filter((child) => (survey.codeIn.get(child) ?? []).length > 0)
  const weights = new Map(code.map((child) => [child, weightsFrom(survey, child, code)]))
  const used = new Set([...weights.values()].flatMap((row) => [...row.keys()]))
  const isApart = (child: Module): boolean => !used.has(child) && weights.get(child)?.size === 0
  const weightOf = (from: Module, to: Module): number => weights.get(from)?.get(to) ?? 0
  const ordered = [
    ...dependencyOrder(
      code.filter((child) => !isApart(child)),
      weightOf,
    ),
    ...code.filter(isApart),
  ]
  const rest = free.filter((child) => !code.includes(child))
  placed.sort((a, b) => (a.place ?? 0) - (b.place ?? 0))
  return { ...module, children: [...placed, ...ordered, ...rest].map((child) => inReadingOrder(survey, child)) }
}

/** References of one module's code to the code of each of its siblings. */
function weightsFrom(survey: Survey, from: Module, siblings: readonly Module[]): Map<Module, number> {
  const weights = new Map<Module, number>()
  const level = survey.around.get(from)?.length ?? 1
  for (const file of survey.codeIn.get(from) ?? []) {
    for (const [target, weight] of survey.links.get(file) ?? []) {
      const leaf = survey.leaves.get(target)
      const other = leaf === undefined ? undefined : survey.around.get(leaf)?.[level - 1]
      if (other === undefined || other === from || !siblings.includes(other) || !isCode(survey.files.get(target)))
        continue
      weights.set(other, (weights.get(other) ?? 0) + weight)
    }
  }
  return weights
}
