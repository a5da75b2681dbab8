/** How modules and files stand to the rest: the diagram, what they use, what uses them. */

import type { RootContent } from 'mdast'
import { compareText, type Module } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { type Arrow, type Box, type Chart, drawChart } from '#generate/pages/drawing/mermaid.ts'
import { isCode, isExample, isMain, isTest, type Survey } from '#generate/pages/survey.ts'
import { capital } from '#generate/pages/texts/say.ts'
import { declaredIn } from '#generate/pages/tops.ts'
import { testFiles } from '#generate/pages/usage/test-files.ts'
import { few } from '#generate/pages/words.ts'
import { byWeight, toFile, type Writing, within } from '#generate/pages/writing.ts'
import { type Inline, paragraph, refLink } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'

/** Files and modules of one relation that are named in a line, and that are named at all. */
const MAX_NAMED = 5
const MAX_NAMED_MODULES = 8
/** One or two more are named as well: to say that they are there takes as much room. */
export const SPARE = 2
const MAX_ALL = 1_000
/** What `partition/bundle.ts` calls folders that are kept together. */
const KEPT_TOGETHER = /^(?:smaller folders|folders beside the code|first folders|folders from )/

/** A file or a module at an end of an arrow. */
interface End {
  /** The reference to it. */
  key: string
  module: Module | null
  path: string | null
}

/** The end that a file stands at when one looks from a module: one of its own parts, or the neighbour around the file. */
function endOf(survey: Survey, from: Module, path: string): End | null {
  const leaf = survey.leaves.get(path)
  if (leaf === undefined) return null
  const above = survey.around.get(leaf) ?? []
  const own = new Set(survey.around.get(from) ?? [])
  if (leaf === from) return { key: refTo.file(path), module: null, path }
  const module = above.find((next) => !own.has(next)) ?? leaf
  return { key: refTo.module(module.id), module, path: null }
}

/** Arrows between the parts of a module and to and from its neighbours; tests and examples are left out. */
export function chartOf(survey: Survey, module: Module, isRoot: boolean): Chart | null {
  const arrows = new Map<string, Arrow>()
  const ends = new Map<string, { end: End; inside: boolean }>()
  const files = survey.codeIn.get(module) ?? []
  const inside = new Set(files)
  const draw = (from: string, to: string, weight: number): void => {
    if (!isCode(survey.files.get(from)) || !isCode(survey.files.get(to))) return
    const [a, b] = [endOf(survey, module, from), endOf(survey, module, to)]
    if (a === null || b === null || a.key === b.key) return
    ends.set(a.key, { end: a, inside: inside.has(from) })
    ends.set(b.key, { end: b, inside: inside.has(to) })
    const key = JSON.stringify([a.key, b.key])
    const found = arrows.get(key)
    if (found === undefined) arrows.set(key, { from: a.key, to: b.key, weight })
    else found.weight += weight
  }
  for (const file of files) {
    for (const [to, weight] of survey.links.get(file) ?? []) draw(file, to, weight)
    for (const [from, weight] of survey.linksTo.get(file) ?? []) if (!inside.has(from)) draw(from, file, weight)
  }
  const boxes = [...ends.values()]
    .map(({ end, inside }) => boxOf(survey, module, end, inside))
    .sort((a, b) => compareText(a.key, b.key))
  const sorted = [...arrows.values()].sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to))
  return drawChart(boxes, sorted, isRoot ? null : module.title)
}

function boxOf(survey: Survey, module: Module, end: End, inside: boolean): Box {
  const files = end.path !== null ? [end.path] : end.module === null ? [] : (survey.codeIn.get(end.module) ?? [])
  const label = end.path !== null ? within(module.path, end.path) : (end.module?.title ?? '')
  const isTool = files.length > 0 && !files.some((path) => isMain(path, survey))
  return { key: end.key, label, files, inside, isTool }
}

/** `uses X, Y · used by Z`, the heaviest first, each part only where there is something to say. Tests and examples on their own page say what they use. */
export function moduleRelations(writing: Writing, module: Module): Inline[][] {
  const { survey, texts } = writing
  const files = survey.filesIn.get(module) ?? []
  const inside = new Set(files)
  const hasCode = (survey.codeIn.get(module) ?? []).length > 0
  const counts = (path: string): boolean => !hasCode || isCode(survey.files.get(path))
  type Counted = Map<Module, { weight: number; paths: Set<string> }>
  const uses: Counted = new Map()
  const usedBy: Counted = new Map()
  const add = (counted: Counted, path: string, weight: number): void => {
    const other = inside.has(path) ? null : (endOf(survey, module, path)?.module ?? null)
    if (other === null) return
    const row = counted.get(other) ?? { weight: 0, paths: new Set() }
    counted.set(other, { weight: row.weight + weight, paths: row.paths.add(path) })
  }
  for (const file of files.filter(counts)) {
    for (const [to, weight] of survey.links.get(file) ?? []) if (counts(to)) add(uses, to, weight)
    for (const [from, weight] of survey.linksTo.get(file) ?? []) add(usedBy, from, weight)
  }
  // Tests and examples use what there is; who uses code is told where other code does, and then whoever does.
  if (!hasCode && uses.size < 2) uses.clear()
  if (hasCode && ![...usedBy.values()].some(({ paths }) => [...paths].some(counts))) usedBy.clear()
  const modules = (counted: Counted): Inline[][] =>
    [...counted]
      .sort(([a, left], [b, right]) => right.weight - left.weight || compareText(a.id, b.id))
      .flatMap(([other, { paths }]) =>
        namesWithin(other, paths).map((name): Inline[] => [refLink(refTo.module(other.id), name)]),
      )
  return [
    { verb: 'uses' as const, ends: modules(uses) },
    { verb: 'usedBy' as const, ends: modules(usedBy) },
  ]
    .filter(({ ends }) => ends.length > 0)
    .map(({ verb, ends }) => texts.links[verb].say(first(writing, ends, MAX_NAMED_MODULES)))
}

/** What a module is called where only some of its files are meant: the folders of those, where it is several that are kept together. */
export function namesWithin({ id, path, title }: Module, paths: ReadonlySet<string>): string[] {
  if (id === path || !KEPT_TOGETHER.test(id.slice(path.length).replace(/^\//, ''))) return [title]
  const names = [...paths].map((one) => within(path, one).split('/')[0] ?? title)
  return [...new Set(names)].sort(compareText)
}

/** The first of some, and how many more there are. */
function first({ texts }: Writing, ends: Inline[][], max: number): Inline[] {
  return few(ends, ends.length > max + SPARE ? max : ends.length, texts)
}

/** Test files that use one of these files which is no test itself, the heaviest first; what only helps tests where there is no other. */
export function testsOf(writing: Writing, files: readonly string[]): string[] {
  const { survey } = writing
  const tests = new Map<string, number>()
  for (const file of files) {
    if (isTest(file, survey)) continue
    for (const [from, weight] of survey.linksTo.get(file) ?? []) {
      if (isTest(from, survey)) tests.set(from, (tests.get(from) ?? 0) + weight)
    }
  }
  const sorted = byWeight(tests)
  const holding = sorted.filter((path) => testFiles(writing).has(path))
  return holding.length > 0 ? holding : sorted
}

/** `uses a, b and 4 more`, the heaviest first. */
export function fileUses(writing: Writing, path: string, folder: string): Inline[][] {
  const uses = byWeight(writing.survey.links.get(path) ?? new Map<string, number>())
  const names = uses.map((other) => toFile(other, within(folder, other)))
  return names.length === 0 ? [] : [writing.texts.links.uses.say(first(writing, names, MAX_NAMED))]
}

/** Which files use one, behind a line that opens them. */
export function fileUsage(writing: Writing, path: string, folder: string): RootContent[] {
  const { survey, texts } = writing
  const usedBy = byWeight(survey.linksTo.get(path) ?? new Map<string, number>()).filter(
    (from) => isCode(survey.files.get(from)) || isExample(from, survey),
  )
  const tests = testsOf(writing, [path])
  const tested = texts.testFiles(tests.length)
  const words =
    usedBy.length > 0
      ? [texts.links.usedBy.files(usedBy.length), ...(tests.length > 0 ? [tested] : [])].join(' · ')
      : texts.entry.referencedIn(tested)
  // What uses the only thing of a file uses the file.
  const isOne = declaredIn(path, survey).filter((component) => component.exported).length === 1
  if (isOne || usedBy.length + tests.length === 0) return []
  const names = (paths: readonly string[]): Inline[] =>
    few(
      paths.map((other) => toFile(other, within(folder, other))),
      MAX_ALL,
      texts,
    )
  const blocks = [
    ...(usedBy.length > 0 ? [paragraph(...names(usedBy))] : []),
    ...(tests.length > 0
      ? [paragraph(...(usedBy.length > 0 ? [texts.entry.tests, texts.colon] : []), ...names(tests))]
      : []),
  ]
  return fold(capital(words), blocks, 'usage')
}
