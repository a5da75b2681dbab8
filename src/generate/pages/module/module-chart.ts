/** Draws how the parts of a module relate to each other and to its neighbours. */

import { memoized } from '#base/memoize.ts'
import { compareText, type Module } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { type Arrow, type Box, type Chart, drawChart } from '#generate/pages/drawing/mermaid.ts'
import { isMain, isTest, type RepoIndex } from '#generate/pages/repo-index.ts'
import { within } from '#generate/pages/writing.ts'

/** Minimum number of boxes of a diagram: a single arrow adds nothing to the table next to it. */
const MIN_BOXES = 3

/** A file or module at one end of an arrow. */
interface End {
  /** A reference to the file or module. */
  key: string
  module: Module | null
  path: string | null
}

/**
 * The end that represents a file in the diagram of a module: one of the module's parts, or the neighbouring module with the file.
 */
function endOf(repo: RepoIndex, from: Module, path: string): End | null {
  const leaf = repo.leaves.get(path)
  if (leaf === undefined) return null
  const above = repo.around.get(leaf) ?? []
  const own = new Set(repo.around.get(from) ?? [])
  if (leaf === from) return { key: refTo.file(path), module: null, path }
  const module = above.find((next) => !own.has(next)) ?? leaf
  return { key: refTo.module(module.id), module, path: null }
}

/**
 * Arrows between the parts of a module and to and from its neighbours; tests, examples and tools are omitted, except in
 * modules that consist of tests.
 */
export function chartOf(repo: RepoIndex, module: Module, isRoot: boolean): Chart | null {
  const arrows = new Map<string, Arrow>()
  const ends = new Map<string, { end: End; inside: boolean }>()
  const isOfTests = memoized((one: Module): boolean => {
    const all = repo.filesIn.get(one) ?? []
    return all.filter((path) => isTest(path, repo)).length * 2 > all.length
  })
  const hasTests = !isRoot && isOfTests(module)
  const filesIn = hasTests ? repo.filesIn : repo.codeIn
  const files = filesIn.get(module) ?? []
  const inside = new Set(files)
  const isLeftOut = (path: string, end: End): boolean =>
    !isMain(path, repo) && !(hasTests && end.module !== null && isOfTests(end.module))
  const draw = (from: string, to: string, weight: number): void => {
    // In Rust, a single edge may just be the declaration `mod plan;`.
    if (weight < 2 && to.endsWith('.rs')) return
    const [a, b] = [endOf(repo, module, from), endOf(repo, module, to)]
    if (a === null || b === null || a.key === b.key || isLeftOut(from, a) || isLeftOut(to, b)) return
    ends.set(a.key, { end: a, inside: inside.has(from) })
    ends.set(b.key, { end: b, inside: inside.has(to) })
    const key = JSON.stringify([a.key, b.key])
    const found = arrows.get(key)
    if (found === undefined) arrows.set(key, { from: a.key, to: b.key, weight })
    else found.weight += weight
  }
  for (const file of files) {
    for (const [to, weight] of repo.links.get(file) ?? []) draw(file, to, weight)
    for (const [from, weight] of repo.linksTo.get(file) ?? []) if (!inside.has(from)) draw(from, file, weight)
  }
  if (ends.size < MIN_BOXES) return null
  const boxes = [...ends.values()]
    .map(({ end, inside }) => boxOf(filesIn, module, end, inside))
    .sort((a, b) => compareText(a.key, b.key))
  const sorted = [...arrows.values()].sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to))
  return drawChart(boxes, sorted, isRoot ? null : module.title)
}

function boxOf(filesIn: RepoIndex['filesIn'], module: Module, end: End, inside: boolean): Box {
  const files = end.path !== null ? [end.path] : end.module === null ? [] : (filesIn.get(end.module) ?? [])
  const label = end.path !== null ? within(module.path, end.path) : (end.module?.title ?? '')
  return { key: end.key, label, files, inside }
}
