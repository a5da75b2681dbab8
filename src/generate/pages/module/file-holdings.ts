/** What one file holds: its own words, else what it shows, adds to types of other files, or only has for itself. */

import { type Component, compareText } from '#generate/model.ts'
import { commandHoldings } from '#generate/pages/commands/command-line.ts'
import { additionWords } from '#generate/pages/entry/additions.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { isOf } from '#generate/pages/public-api/public-api.ts'
import { publicNames } from '#generate/pages/public-api/public-names.ts'
import { isAmbient, isDeprecated, minor } from '#generate/pages/public-api/traits.ts'
import { isCode, placesOf } from '#generate/pages/survey.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { declaredIn } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import { isPublic, toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { type Inline, join } from '#markdown/build.ts'
import { deprecatedNames, MAX_NAMES, namesWithSentence, nameWithShape } from './names-of-files.ts'
import { tellingWords, wordsOf } from './said-of.ts'
import { shownIn } from './shown.ts'

const MAX_FILES = 6
/** Members that a file adds to one type. */
const MAX_ADDED = 6

/** A cell that says what a file holds; empty where nothing of it helps a reader. */
export function fileHoldings(writing: Writing, path: string): Inline[] {
  const said = tellingWords(writing.survey.fileDocs.get(path) ?? '', nameOf(path).replace(/\.\w+$/, ''))
  if (said !== null) return said
  const shown = shownIn(writing, [path])
  const passedOn = passedOnBy(writing, path)
  if (shown.length === 0 && passedOn.length > 0)
    return writing.texts.module.exports(few(passedOn.map(toEntry), MAX_NAMES, writing.texts))
  // What has the file's name is what it is about.
  const isSubject = ({ name }: Component): boolean => plain(name) === stemOf(path)
  const all = shown.filter((component) => !isDeprecated(component))
  const current = [...all.filter(isSubject), ...all.filter((component) => !isSubject(component))]
  const additions = (writing.survey.additions.get(path) ?? []).filter((one) => isPublic(one, writing.survey))
  const added = additions.filter((one) => !isDeprecated(one))
  const [only] = current
  const names =
    shown.length > 0 && current.length === 0
      ? deprecatedNames(writing, shown, shown.length)
      : only !== undefined && shown.length === 1
        ? nameWithShape(writing, only)
        : current.length > 0
          ? withTargets(writing, path, current, shown.length)
          : []
  const gone =
    shown.length === 0 && added.length === 0 && additions.length > 0
      ? deprecatedNames(writing, additions, additions.length)
      : []
  const parts = [commandHoldings(writing, path), names, ...additionWords(writing, added, MAX_ADDED), gone].filter(
    (part) => part.length > 0,
  )
  return parts.length > 0 ? join(parts, ' · ') : internalHoldings(writing, [path])
}

/** Languages in which a file names what it passes on. */
const PASSES_ON = /\.(?:[cm]?[jt]sx?|pyi?|rs)$/

/** What the file that stands for a package passes on of other files, those names first that users have most to do with. */
function passedOnBy(writing: Writing, path: string): Component[] {
  if (!PASSES_ON.test(path)) return []
  const found = [...publicNames(writing)].flatMap(([surface, names]) => {
    const own = writing.packages.find((one) => isOf(surface, one))
    const isMain = own?.entries.some(({ subpath, file }) => subpath === '.' && file === path) === true
    const [main] = surface.paths
    return isMain ? names.filter((one) => one.path === main && !one.isDeprecated && one.isMade !== true) : []
  })
  const components = found.flatMap(({ component }) => (component === null || component.file === path ? [] : component))
  return [...new Set(components)]
}

const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

/** With what a file builds on, where others beside it define the same names: one of them may choose among the others. */
function withTargets(writing: Writing, path: string, names: readonly Component[], total: number): Inline[] {
  const { survey, texts } = writing
  const cell = namesWithSentence(writing, names, total)
  const folder = folderOf(path)
  const beside = [...(survey.links.get(path)?.keys() ?? [])].filter((to) => {
    const theirs = new Set((survey.tops.get(to) ?? []).map(({ name }) => name))
    return folderOf(to) === folder && names.some(({ name }) => theirs.has(name))
  })
  if (beside.length === 0) return cell
  const files = beside.sort(compareText).map((to) => toFile(to, nameOf(to)))
  return [...cell, ' · ', ...texts.links.uses.say(few(files, MAX_FILES, texts))]
}

/**
 * What files have for themselves alone: what one of them says of itself, else its main definitions. Of a library it is said that
 * no user can reach them.
 */
export function internalHoldings(writing: Writing, files: readonly string[]): Inline[] {
  const { survey, texts } = writing
  const own = new Set(files.map(stemOf))
  const rank = ({ component }: { component: Component }): number =>
    own.has(plain(component.name)) ? 0 : wordsOf(survey, component) !== null ? 1 : 2
  const inside = files
    .filter((path) => isCode(survey.files.get(path)))
    .flatMap((path) => declaredIn(path, survey))
    .filter((component) => minor(component) <= 1 && component.name !== 'default' && !isAmbient(component))
    .map((component) => ({ component, places: placesOf(component, survey).length }))
    .sort((a, b) => minor(a.component) - minor(b.component) || rank(a) - rank(b) || b.places - a.places)
  const names = [...new Map(inside.map(({ component }) => [component.qualifiedName, component])).values()]
  const [first] = names
  if (first === undefined) return []
  const isProgram = importedSurfaces(writing).length === 0
  const [path = ''] = files
  const said =
    files.length === 1 ? tellingSentence(survey.fileDocs.get(path), nameOf(path).replace(/\.\w+$/, ''), true) : null
  if (said !== null) return isProgram ? said : texts.module.internal(said)
  if (isProgram) return few(names.map(toEntry), MAX_NAMES, texts)
  const words = names.length === 1 ? wordsOf(survey, first) : null
  const shape = names.length === 1 ? nameWithShape(writing, first) : namesWithSentence(writing, names, names.length)
  return texts.module.internal(words ?? (shape.length > 0 ? shape : toEntry(first)))
}

const stemOf = (path: string): string => plain(nameOf(path).replace(/\.\w+$/, ''))
