/** What a module or a file holds, in a cell: its purpose where somebody wrote one, else its main names and who uses them. */

import { type Component, compareText, type Module } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'
import { type Inline, refLink } from '#markdown/build.ts'
import { refTo } from './draft.ts'
import { isAmbient, minor, mostNeeded, mostUsed } from './most-used.ts'
import { purposeOf } from './purpose.ts'
import { placeInReadme } from './readme-names.ts'
import { declaredIn, isCode, isTest, placesOf } from './survey.ts'
import { tellingSentence } from './telling.ts'
import { testHoldings } from './test-files.ts'
import { few, languageName } from './words.ts'
import { toEntry, toFile, type Writing, within } from './writing.ts'

const MAX_NAMES = 5
const MAX_CHILDREN = 6
const MAX_FILES = 6
const MAX_USERS = 3
const MAX_LANGUAGES = 3
/** Names that many files give what they hold say less than the files' own: `default`, `Command`, `app`. */
const MIN_DISTINCT = 0.5

/** A cell that says what a module holds. */
export function holdingsOf(writing: Writing, module: Module): Inline[] {
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
  const others = isTests ? files : files.filter((path) => !isTest(path, survey))
  const kinds = tests > 0 && !isTests ? texts.filesAndTests(others.length, tests) : kindsOf(writing, others)
  const names = namesOf(writing, module, others)
  const cell = names.length === 0 ? [kinds] : [kinds, texts.colon, ...names]
  return withUsers(writing, module, cell)
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
  if (survey.tops.has(path)) return true
  return analysis.reports.some((report) => report.engine !== 'listed' && report.language === language)
}

/** The main names of a module, or the files of one whose names say nothing; nothing of many that hold none. */
function namesOf(writing: Writing, module: Module, files: readonly string[]): Inline[] {
  const { texts, survey } = writing
  const components = mostNeeded(writing, module, files)
  const distinct = new Set(components.map(({ qualifiedName }) => qualifiedName))
  const isSaying =
    module.isBeside !== true && distinct.size >= components.length * MIN_DISTINCT && components.length > 0
  if (isSaying) return namesWithSentence(writing, components)
  const internal = module.isBeside === true || components.length > 0 ? [] : internalOf(writing, files, 0)
  if (internal.length > 0) return internal
  const programmed = files.filter((path) => isProgrammed(writing, path))
  const named = programmed.length > 0 ? programmed : files.length <= MAX_FILES ? files : []
  const sizes = (path: string): number => survey.files.get(path)?.lines ?? 0
  const items = [...named]
    .sort((a, b) => placeInReadme(survey, a) - placeInReadme(survey, b) || sizes(b) - sizes(a) || compareText(a, b))
    .map((path) => toFile(path, within(module.path, path)))
  return few(items, MAX_FILES, texts)
}

/** With the modules that use the module most. */
function withUsers({ survey, texts }: Writing, module: Module, cell: Inline[]): Inline[] {
  if (module.isBeside === true) return cell
  const inside = new Set(survey.filesIn.get(module))
  const counts = new Map<Module, number>()
  for (const path of inside) {
    for (const [from, number] of survey.linksTo.get(path) ?? []) {
      const leaf = survey.leaves.get(from)
      if (leaf === undefined || inside.has(from) || leaf.isBeside === true || !isCode(survey.files.get(from))) continue
      counts.set(leaf, (counts.get(leaf) ?? 0) + number)
    }
  }
  const users = [...counts]
    .sort((a, b) => b[1] - a[1] || compareText(a[0].id, b[0].id))
    .map(([{ id, title }]): Inline[] => [refLink(refTo.module(id), title)])
  if (users.length === 0) return cell
  return [...cell, ' · ', ...texts.links.usedBy.say(few(users, MAX_USERS, texts))]
}

/** The first with what it is, where it says so, and the others by name; those of one name by their files as well. */
function namesWithSentence({ texts }: Writing, all: readonly Component[]): Inline[] {
  // What is written once for each system has one name in files of one name.
  const names = [
    ...new Map(all.toReversed().map((one) => [`${one.qualifiedName} ${nameOf(one.file)}`, one])).values(),
  ].reverse()
  const counts = new Map<string, number>()
  for (const { qualifiedName } of names) counts.set(qualifiedName, (counts.get(qualifiedName) ?? 0) + 1)
  const label = (component: Component): Inline[] => {
    const { qualifiedName, file } = component
    const entry = toEntry(component)
    return counts.get(qualifiedName) === 1 ? entry : [...entry, ` (${nameOf(file)})`]
  }
  const [first] = names
  const sentence = tellingSentence(first?.doc, first?.name)
  if (first === undefined || sentence === null) return few(names.map(label), MAX_NAMES, texts)
  const rest = names.slice(1).map(label)
  return [
    ...label(first),
    texts.colon,
    ...sentence,
    ...(rest.length === 0 ? [] : texts.module.alsoHolds(few(rest, MAX_NAMES - 1, texts))),
  ]
}

/** A cell that says what a file holds. */
export function fileHoldings(writing: Writing, path: string): Inline[] {
  const own = tellingSentence(writing.survey.fileDocs.get(path), nameOf(path).split('.')[0])
  if (own !== null) return own
  const names = mostUsed(writing, [path]).map(({ component }) => component)
  if (names.length > 0) return namesWithSentence(writing, names)
  const internal = internalOf(writing, [path])
  return internal.length === 0 ? [writing.texts.lines(writing.survey.files.get(path)?.lines ?? 0)] : internal
}

/** What files of code declare for themselves, the most used first. */
function internalOf({ survey, texts }: Writing, files: readonly string[], maxMinor = 1): Inline[] {
  const inside = files
    .filter((path) => isCode(survey.files.get(path)))
    .flatMap((path) => declaredIn(path, survey))
    .filter((component) => minor(component) <= maxMinor && component.name !== 'default' && !isAmbient(component))
    .map((component) => ({ component, places: placesOf(component, survey).length }))
    .sort((a, b) => minor(a.component) - minor(b.component) || b.places - a.places)
  const names = new Map(inside.map(({ component }) => [component.qualifiedName, component]))
  return names.size === 0 ? [] : texts.module.internal(few([...names.values()].map(toEntry), MAX_NAMES, texts))
}
