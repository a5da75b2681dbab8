/** How a module stands to the rest: its diagram, whom it uses, who uses it, what tests it. */

import type { RootContent } from 'mdast'
import { compareText, type Module } from '#generate/model.ts'
import { type Inline, paragraph, refLink } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { refTo } from './draft.ts'
import { type Arrow, type Box, type Chart, drawChart } from './mermaid.ts'
import { isCode, isMain, isTest, type Survey } from './survey.ts'
import { capital } from './texts/say.ts'
import type { LinkName } from './texts/texts.ts'
import { few } from './words.ts'
import { byWeight, toFile, type Writing, within } from './writing.ts'

/** Files and modules of one relation that are named in a line, and that are named at all. */
const MAX_NAMED = 5
const MAX_NAMED_MODULES = 8
/** One or two more are named as well: to say that they are there takes as much room. */
export const SPARE = 2
const MAX_ALL = 1_000

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

/**
 * `uses X (23) · used by Y (6) · tested by …`, each part only where there is something to say. A number is the same as at
 * the arrow of a diagram: references from code to code. Tests and examples on their own page say what they use. Where not all
 * modules are named, `all` has them behind a line that opens them.
 */
export function moduleRelations(writing: Writing, module: Module): Relations {
  const { survey, texts } = writing
  const files = survey.filesIn.get(module) ?? []
  const inside = new Set(files)
  const hasCode = (survey.codeIn.get(module) ?? []).length > 0
  const counts = (path: string): boolean => !hasCode || isCode(survey.files.get(path))
  const uses = new Map<Module, number>()
  const usedBy = new Map<Module, number>()
  const add = (counted: Map<Module, number>, path: string, weight: number): void => {
    const other = inside.has(path) ? null : (endOf(survey, module, path)?.module ?? null)
    if (other !== null) counted.set(other, (counted.get(other) ?? 0) + weight)
  }
  for (const file of files.filter(counts)) {
    for (const [to, weight] of survey.links.get(file) ?? []) if (counts(to)) add(uses, to, weight)
    for (const [from, weight] of survey.linksTo.get(file) ?? []) if (counts(from)) add(usedBy, from, weight)
  }
  const modules = (counted: Map<Module, number>): Inline[][] =>
    [...counted]
      .sort((a, b) => b[1] - a[1] || compareText(a[0].id, b[0].id))
      .map(([other, weight]) => [refLink(refTo.module(other.id), other.title), ` (${texts.count(weight)})`])
  const tests = testsOf(writing, files).length
  const { facts, all } = cutRows(
    writing,
    [
      { verb: 'uses', ends: modules(uses) },
      { verb: 'usedBy', ends: modules(usedBy) },
    ],
    'modules',
    MAX_NAMED_MODULES,
  )
  return { facts: hasCode && tests > 0 ? [...facts, [texts.module.testedByFiles(tests)]] : facts, all }
}

interface Relations {
  facts: Inline[][]
  all: RootContent[]
}

/** `uses a, b`, the first of each, and where that is not all, all of them behind a line that opens them. */
function cutRows(
  { texts }: Writing,
  rows: readonly { verb: LinkName; ends: Inline[][] }[],
  noun: 'files' | 'modules',
  max: number,
): Relations {
  const { links } = texts
  const known = rows.filter(({ ends }) => ends.length > 0)
  const cut = known.filter(({ ends }) => ends.length > max + SPARE)
  const words = cut.map(({ verb, ends }) => links[verb][noun](ends.length)).join(texts.comma)
  const head = (verb: LinkName): string => (cut.length > 1 ? links[verb].head + texts.colon : '')
  const lists = cut.map(({ verb, ends }) => paragraph(head(verb), ...few(ends, MAX_ALL, texts)))
  return {
    facts: known.map((row) => links[row.verb].say(few(row.ends, cut.includes(row) ? max : row.ends.length, texts))),
    all: cut.length === 0 ? [] : fold(capital(words), lists),
  }
}

/** Test files that use one of these files which is no test itself, the heaviest first. */
export function testsOf({ survey }: Writing, files: readonly string[]): string[] {
  const tests = new Map<string, number>()
  for (const file of files) {
    if (isTest(file, survey)) continue
    for (const [from, weight] of survey.linksTo.get(file) ?? []) {
      if (isTest(from, survey)) tests.set(from, (tests.get(from) ?? 0) + weight)
    }
  }
  return byWeight(tests)
}

/**
 * What a file uses, what uses and what tests it: the heaviest as `uses a, b` and `used by c`, and where that is not all, all
 * of them behind a line that opens them.
 */
export function fileRelations(writing: Writing, path: string, folder: string): Relations {
  const { survey } = writing
  const uses = byWeight(survey.links.get(path) ?? new Map<string, number>())
  const usedBy = byWeight(survey.linksTo.get(path) ?? new Map<string, number>()).filter((from) =>
    isCode(survey.files.get(from)),
  )
  const names = (paths: readonly string[]): Inline[][] => paths.map((other) => toFile(other, within(folder, other)))
  return cutRows(
    writing,
    [
      { verb: 'uses', ends: names(uses) },
      { verb: 'usedBy', ends: names(usedBy) },
      { verb: 'testedBy', ends: names(testsOf(writing, [path])) },
    ],
    'files',
    MAX_NAMED,
  )
}
