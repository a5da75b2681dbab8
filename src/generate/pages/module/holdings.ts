/** What a module is for, in a cell: its purpose where somebody wrote one, else that of what it is about; names and counts say nothing. */

import type { Module } from '#generate/model.ts'
import { isDeprecated, isError, minor } from '#generate/pages/public-api/traits.ts'
import { saidOfPath } from '#generate/pages/readme/path-rows.ts'
import { calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { saidInReadme } from '#generate/pages/readme/readme-rows.ts'
import { isTest } from '#generate/pages/survey.ts'
import { hasDefinitions, TYPES } from '#generate/pages/tops.ts'
import { testHoldings } from '#generate/pages/usage/test-files.ts'
import { few } from '#generate/pages/words.ts'
import { toFile, type Writing, within } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { type Inline, join } from '#markdown/build.ts'
import { exampleHoldings } from './example-holdings.ts'
import { internalHoldings, ownWords } from './file-holdings.ts'
import { deprecatedNames, nameWithWords } from './names-of-files.ts'
import { purposeOf } from './purpose.ts'
import { wordsOf } from './said-of.ts'
import { shownIn } from './shown.ts'
import { startOf } from './start-with.ts'

/** Files beside the code that are told of one by one. */
const MAX_FILES = 4

/** A cell that says what a module is for; empty where nothing says it. */
export function holdingsOf(writing: Writing, module: Module): Inline[] {
  const { survey } = writing
  const own = purposeOf(writing, module)?.sentence ?? saidOfPath(writing, module.path)
  if (own !== null && own !== undefined) return own
  if (module.children.length > 1) return []
  const files = survey.filesIn.get(module) ?? []
  const isTests = files.length > 0 && files.every((path) => isTest(path, survey))
  // A certificate is no test.
  if (isTests) return files.some((path) => isProgrammed(writing, path)) ? testHoldings(writing, files) : []
  const shows = exampleHoldings(writing, files)
  if (shows.length > 0) return shows
  const others = files.filter((path) => !isTest(path, survey))
  return module.isBeside === true ? filesBeside(writing, module, others) : subjectOf(writing, module, others)
}

/** What is said of the definition to start with, or of the only one. */
function subjectOf(writing: Writing, module: Module, files: readonly string[]): Inline[] {
  const { survey } = writing
  const shown = shownIn(writing, files)
  const [only] = shown
  if (only === undefined) return internalHoldings(writing, files)
  if (shown.length === 1) return nameWithWords(writing, only)
  if (shown.every(isDeprecated)) return deprecatedNames(writing, shown, shown.length)
  const start = startOf(writing, module)
  const told = start !== null && minor(start) === 0 && !isError(survey, start) ? start : null
  const isNamed =
    told !== null && [nameOf(module.title), writing.subject.name].some((name) => plain(name) === plain(told.name))
  // What the README begins with, or what the module is called after; any other is one of many.
  const isSubject = told !== null && (isNamed || calledInReadme(writing).has(told.id))
  // A function does one thing of several, unless the module has its name.
  if (told !== null && !isNamed && !TYPES.has(told.kind)) return []
  if (told === null) return []
  const words = wordsOf(survey, told)
  const isSaid = words === null ? saidInReadme(writing, told) !== null : isSubject
  return isSaid ? nameWithWords(writing, told) : []
}

const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

/** Of files of tools and settings what each is for, where something tells. */
function filesBeside(writing: Writing, module: Module, files: readonly string[]): Inline[] {
  const told = files.flatMap((path): Inline[][] => {
    const words = ownWords(writing, path)
    return words.length === 0 ? [] : [[...toFile(path, within(module.path, path)), ' (', ...words, ')']]
  })
  return told.length > MAX_FILES ? few(told, MAX_FILES, writing.texts) : join(told, writing.texts.comma)
}

/** With definitions, or of a language that is analysed and might have some. */
function isProgrammed({ analysis, survey }: Writing, path: string): boolean {
  const language = survey.files.get(path)?.language
  if (hasDefinitions(survey, path)) return true
  return analysis.reports.some((report) => report.engine !== 'listed' && report.language === language)
}
