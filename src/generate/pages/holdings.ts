/** What a module or a file holds, in a cell: its purpose where somebody wrote one, else its main names and who uses them. */

import { type Component, compareText, type Module } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { type Inline, join, refLink } from '#markdown/build.ts'
import { additionWords, memberNames } from './additions.ts'
import { refTo } from './draft.ts'
import { withoutLabel } from './entry-details.ts'
import { byLead, isHeader, leading } from './leading.ts'
import { offerOf } from './public-names.ts'
import { purposeOf } from './purpose.ts'
import { placeInReadme } from './readme-names.ts'
import { saidOf, wordsOf } from './said-of.ts'
import { isCode, isTest, placesOf } from './survey.ts'
import { tellingSentence } from './telling.ts'
import { testHoldings } from './test-files.ts'
import { declaredIn, hasDefinitions, isAdded, membersElsewhere, ownMembers, TYPES } from './tops.ts'
import { isAmbient, isDeprecated, minor } from './traits.ts'
import { few, languageName } from './words.ts'
import { docSentence, isPublic, titleOf, toEntry, toFile, type Writing, within } from './writing.ts'

const MAX_NAMES = 5
/** Members that one file adds to a type. */
const MAX_ADDED = 6
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
  if (hasDefinitions(survey, path)) return true
  return analysis.reports.some((report) => report.engine !== 'listed' && report.language === language)
}

/** The main names of a module, or the files of one whose names say nothing; nothing of many that hold none. */
function namesOf(writing: Writing, module: Module, files: readonly string[]): Inline[] {
  const { texts, survey } = writing
  const components = leading(writing, files).filter(
    (component) =>
      !isAmbient(component) && !isDeprecated(component) && (minor(component) === 0 || offerOf(writing, component) > 0),
  )
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
function namesWithSentence({ texts, survey }: Writing, all: readonly Component[]): Inline[] {
  // What is written once for each system has one name in files of one name.
  const names = [
    ...new Map(all.toReversed().map((one) => [`${titleOf(one)} ${nameOf(one.file)}`, one])).values(),
  ].reverse()
  const counts = new Map<string, number>()
  for (const { qualifiedName } of names) counts.set(qualifiedName, (counts.get(qualifiedName) ?? 0) + 1)
  const label = (component: Component): Inline[] => {
    const { qualifiedName, file } = component
    const entry = toEntry(component)
    return counts.get(qualifiedName) === 1 ? entry : [...entry, ` (${nameOf(file)})`]
  }
  const [first] = names
  const sentence = first === undefined ? null : wordsOf(survey, first)
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
  const { survey, texts } = writing
  const said = tellingSentence(survey.fileDocs.get(path), nameOf(path).replace(/\.\w+$/, ''))
  if (said !== null) return said
  const declared = declaredFor(writing, path)
  const own = leading(writing, [path])
  const all = declared.length === 0 ? own : byLead(writing, [...own, ...declared], filesOf([...own, ...declared]))
  const added = all.filter((one) => isAdded(one, survey.components))
  const names = all.filter((one) => !added.includes(one))
  const [only] = names
  const cells = [
    ...(only === undefined
      ? []
      : [names.length === 1 ? nameWithShape(writing, only) : withTargets(writing, path, names)]),
    ...additionWords(writing, added, MAX_ADDED),
  ]
  if (cells.length > 0) return withDeprecation(writing, all, join(cells, ' · '))
  const internal = internalOf(writing, [path])
  return internal.length === 0 ? [texts.lines(survey.files.get(path)?.lines ?? 0)] : internal
}

/** That all of it is deprecated, and what to use instead. */
function withDeprecation({ texts }: Writing, all: readonly Component[], cell: Inline[]): Inline[] {
  if (all.some((component) => !isDeprecated(component))) return cell
  const reasons = new Set(all.flatMap(({ details }) => withoutLabel(details?.deprecated) || []))
  const [first = [], ...others] = [...reasons].flatMap((reason) => [docSentence(reason) ?? []])
  return [...texts.module.deprecated(others.length > 1 ? [] : join([first, ...others], ' ')), ' · ', ...cell]
}

/** The only definition of a file, which often has the file's name: with its words, or what it is made from and has. */
function nameWithShape(writing: Writing, component: Component): Inline[] {
  const { survey, texts } = writing
  const said = saidOf(writing, component)
  const cell = said.length === 0 ? toEntry(component) : [...toEntry(component), texts.colon, ...said]
  // Where most of it stands in other files, the words are of the whole.
  const isMember = ({ kind }: Component): boolean => !TYPES.has(kind)
  const here = ownMembers(survey, component).filter((member) => isMember(member) && isPublic(member, survey))
  if (membersElsewhere(survey, component).filter(isMember).length < here.length || here.length === 0) return cell
  return [...cell, ' · ', ...texts.module.here(few(memberNames(here), MAX_ADDED, texts))]
}

/** With what a file builds on, where others beside it define the same names: one of them may choose among the others. */
function withTargets(writing: Writing, path: string, names: readonly Component[]): Inline[] {
  const { survey, texts } = writing
  const cell = namesWithSentence(writing, names)
  const folder = folderOf(path)
  const beside = [...(survey.links.get(path)?.keys() ?? [])].filter((to) => {
    const theirs = new Set((survey.tops.get(to) ?? []).map(({ name }) => name))
    return folderOf(to) === folder && names.some(({ name }) => theirs.has(name))
  })
  if (beside.length === 0) return cell
  const files = beside.sort(compareText).map((to) => toFile(to, nameOf(to)))
  return [...cell, ' · ', ...texts.links.uses.say(few(files, MAX_FILES, texts))]
}

const filesOf = (components: readonly Component[]): Set<string> => new Set(components.map(({ file }) => file))

/** What a header declares and another file defines. */
function declaredFor(writing: Writing, path: string): Component[] {
  const { analysis, survey } = writing
  const { language } = survey.files.get(path) ?? {}
  if (!isHeader(path) || (language !== 'c' && language !== 'cpp')) return []
  const given = (analysis.exports[path] ?? []).flatMap(({ to }) => survey.components.get(to ?? '') ?? [])
  return [...new Set(given.filter(({ file }) => file !== path))]
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
