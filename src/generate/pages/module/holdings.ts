/** What a module holds, in a cell: its purpose where somebody wrote one, else its main names and who uses them. */

import { type Component, compareText, type Module } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { offerOf } from '#generate/pages/public-api/public-names.ts'
import { isAmbient, isDeprecated, minor } from '#generate/pages/public-api/traits.ts'
import { placeInReadme } from '#generate/pages/readme/readme-names.ts'
import { isCode, isTest } from '#generate/pages/survey.ts'
import { hasDefinitions } from '#generate/pages/tops.ts'
import { testHoldings } from '#generate/pages/usage/test-files.ts'
import { few, languageName } from '#generate/pages/words.ts'
import { toFile, type Writing, within } from '#generate/pages/writing.ts'
import { type Inline, refLink } from '#markdown/build.ts'
import { exampleHoldings } from './example-holdings.ts'
import { internalHoldings } from './file-holdings.ts'
import { languagesOf } from './folder-facts.ts'
import { deprecatedNames, namesWithSentence, nameWithShape } from './names-of-files.ts'
import { purposeOf } from './purpose.ts'
import { namesWithin } from './relations.ts'
import { shownIn } from './shown.ts'

const MAX_CHILDREN = 6
const MAX_FILES = 6
const MAX_USERS = 3
const MAX_LANGUAGES = 3
/** Names in the main language that say enough without others. */
const MIN_OWN = 3
/** Names that many files give what they hold say less than the files' own: `default`, `Command`, `app`. */
const MIN_DISTINCT = 0.5

/**
 * A cell that says what a module holds.
 *
 * @param isCounted - With how many files there are, where nothing else says it.
 */
export function holdingsOf(writing: Writing, module: Module, isCounted = true): Inline[] {
  const { texts, survey } = writing
  const own = purposeOf(writing, module)?.sentence
  if (own !== null && own !== undefined) return own
  if (module.children.length > 1) {
    const children = module.children.map((child): Inline[] => [refLink(refTo.module(child.id), child.title)])
    return [texts.modules(module.children.length), texts.colon, ...few(children, MAX_CHILDREN, texts)]
  }
  const files = survey.filesIn.get(module) ?? []
  const tests = files.filter((path) => isTest(path, survey)).length
  const isTests = tests === files.length
  // A certificate is no test.
  const isCodeOfTests = isTests && files.some((path) => isProgrammed(writing, path))
  const held = isCodeOfTests ? testHoldings(writing, files) : []
  if (held.length > 0) return held
  const shows = exampleHoldings(writing, files)
  if (shows.length > 0) return shows
  const others = isTests ? files : files.filter((path) => !isTest(path, survey))
  const kinds = tests > 0 && !isTests ? texts.filesAndTests(others.length, tests) : kindsOf(writing, others)
  const names = namesOf(writing, module, others)
  if (!isCounted) return names.length > 0 ? names : [kinds]
  return withUsers(writing, module, names.length === 0 ? [kinds] : [kinds, texts.colon, ...names])
}

/** `46 files (HTML, CSS)` where none of them has names. */
function kindsOf(writing: Writing, files: readonly string[]): string {
  const { survey, texts } = writing
  const languages = new Set(files.flatMap((path) => survey.files.get(path)?.language ?? []))
  const isPlain = languages.size > 0 && !files.some((path) => isProgrammed(writing, path))
  const names = [...languages].slice(0, MAX_LANGUAGES).map((language) => languageName(language, texts))
  return isPlain ? `${texts.files(files.length)} (${names.join(texts.comma)})` : texts.files(files.length)
}

/** With definitions, or of a language that is analysed and might have some. */
function isProgrammed({ analysis, survey }: Writing, path: string): boolean {
  const language = survey.files.get(path)?.language
  if (hasDefinitions(survey, path)) return true
  return analysis.reports.some((report) => report.engine !== 'listed' && report.language === language)
}

/** The main names of a module, or the files of one whose names say nothing; nothing of many that hold none. */
function namesOf(writing: Writing, module: Module, files: readonly string[]): Inline[] {
  const { texts, survey } = writing
  const shown = shownIn(writing, files).filter((component) => !isAmbient(component))
  const current = shown.filter((component) => !isDeprecated(component))
  const main = current.filter((component) => minor(component) === 0 || offerOf(writing, component) > 0)
  const names = ofMainLanguage(writing, main.length > 0 ? main : current, files)
  const distinct = new Set(names.map(({ qualifiedName }) => qualifiedName))
  const [only] = names
  if (module.isBeside !== true && only !== undefined && shown.length === 1) return nameWithShape(writing, only)
  if (module.isBeside !== true && names.length > 0 && distinct.size >= names.length * MIN_DISTINCT)
    return namesWithSentence(writing, names, shown.length)
  if (module.isBeside !== true && shown.length > 0 && current.length === 0)
    return deprecatedNames(writing, shown, shown.length)
  const internal = module.isBeside === true || shown.length > 0 ? [] : internalHoldings(writing, files)
  if (internal.length > 0) return internal
  const programmed = files.filter((path) => isProgrammed(writing, path))
  const named = programmed.length > 0 ? programmed : files.length <= MAX_FILES ? files : []
  const sizes = (path: string): number => survey.files.get(path)?.lines ?? 0
  const items = [...named]
    .sort((a, b) => placeInReadme(survey, a) - placeInReadme(survey, b) || sizes(b) - sizes(a) || compareText(a, b))
    .map((path) => toFile(path, within(module.path, path)))
  return few(items, MAX_FILES, texts)
}

/** What is written in the language of most of a module: a script for the shell says little of a program of Go. */
function ofMainLanguage({ survey }: Writing, names: readonly Component[], files: readonly string[]): Component[] {
  const [main] = languagesOf(files.flatMap((path) => survey.files.get(path) ?? []))
  const isMain = ({ file }: Component): boolean => survey.files.get(file)?.language === main
  const own = names.filter(isMain)
  return own.length >= MIN_OWN ? own : [...own, ...names.filter((one) => !isMain(one))]
}

/** With the modules that use the module most. */
function withUsers({ survey, texts }: Writing, module: Module, cell: Inline[]): Inline[] {
  if (module.isBeside === true) return cell
  const inside = new Set(survey.filesIn.get(module))
  const counts = new Map<Module, { number: number; paths: Set<string> }>()
  for (const path of inside) {
    for (const [from, number] of survey.linksTo.get(path) ?? []) {
      const leaf = survey.leaves.get(from)
      if (leaf === undefined || inside.has(from) || leaf.isBeside === true || !isCode(survey.files.get(from))) continue
      const row = counts.get(leaf) ?? { number: 0, paths: new Set() }
      counts.set(leaf, { number: row.number + number, paths: row.paths.add(from) })
    }
  }
  const users = [...counts]
    .sort(([a, left], [b, right]) => right.number - left.number || compareText(a.id, b.id))
    .flatMap(([leaf, { paths }]) =>
      namesWithin(leaf, paths).map((name): Inline[] => [refLink(refTo.module(leaf.id), name)]),
    )
  if (users.length === 0) return cell
  return [...cell, ' · ', ...texts.links.usedBy.say(few(users, MAX_USERS, texts))]
}
