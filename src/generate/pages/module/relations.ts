/** Shows how modules and files relate to the rest: the diagram, and the tests that use files. */

import { compareText, type Module } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { type Arrow, type Box, type Chart, drawChart } from '#generate/pages/drawing/mermaid.ts'
import { isMain, isTest, type RepoIndex } from '#generate/pages/repo-index.ts'
import { testFiles } from '#generate/pages/usage/test-files.ts'
import { comparableFileName, subjectOf } from '#generate/pages/usage/test-subjects.ts'
import { byWeight, type Writing, within } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'

/** One or two names beyond a limit are shown, because saying that there are more takes as much room. */
export const SPARE = 2
/** Minimum number of boxes of a diagram: one arrow says less than the table beside it. */
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

/** Arrows between the parts of a module and to and from its neighbours; tests, examples and tools of the product are left out. */
export function chartOf(repo: RepoIndex, module: Module, isRoot: boolean): Chart | null {
  const arrows = new Map<string, Arrow>()
  const ends = new Map<string, { end: End; inside: boolean }>()
  const files = repo.codeIn.get(module) ?? []
  const inside = new Set(files)
  const draw = (from: string, to: string, weight: number): void => {
    // In Rust, a single edge is that of `mod plan;`.
    if (!isMain(from, repo) || !isMain(to, repo) || (weight < 2 && to.endsWith('.rs'))) return
    const [a, b] = [endOf(repo, module, from), endOf(repo, module, to)]
    if (a === null || b === null || a.key === b.key) return
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
    .map(({ end, inside }) => boxOf(repo, module, end, inside))
    .sort((a, b) => compareText(a.key, b.key))
  const sorted = [...arrows.values()].sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to))
  return drawChart(boxes, sorted, isRoot ? null : module.title)
}

function boxOf(repo: RepoIndex, module: Module, end: End, inside: boolean): Box {
  const files = end.path !== null ? [end.path] : end.module === null ? [] : (repo.codeIn.get(end.module) ?? [])
  const label = end.path !== null ? within(module.path, end.path) : (end.module?.title ?? '')
  return { key: end.key, label, files, inside }
}

/** Test files that use one of these files, heaviest first; files that only support tests if there are no others. */
export function testsOf(writing: Writing, files: readonly string[]): string[] {
  const { repo } = writing
  const tests = new Map<string, number>()
  for (const file of files) {
    if (isTest(file, repo)) continue
    for (const [from, weight] of repo.linksTo.get(file) ?? []) {
      if (isTest(from, repo)) tests.set(from, (tests.get(from) ?? 0) + weight)
    }
  }
  // A test that is named after the file tests it, however little it uses it.
  const isNamed = (path: string): boolean => files.some((file) => subjectOf(path) === comparableFileName(nameOf(file)))
  const sorted = byWeight(tests).sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)))
  const holding = sorted.filter((path) => testFiles(writing).has(path))
  return holding.length > 0 ? holding : sorted
}
