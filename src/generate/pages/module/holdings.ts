/** What a module is for, in a cell: its purpose where somebody wrote one, else that of what it is about, else what it holds. */

import type { Component, Module } from '#generate/model.ts'
import { commandHoldings } from '#generate/pages/commands/command-line.ts'
import { isIntroduction } from '#generate/pages/overview/introduce.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { byLead, ranByPackages } from '#generate/pages/public-api/leading.ts'
import { offerOf } from '#generate/pages/public-api/public-names.ts'
import { isReopened } from '#generate/pages/public-api/reopened-classes.ts'
import {
  isAmbient,
  isDeprecated,
  isDiscouraged,
  isError,
  isOptionsType,
  minor,
} from '#generate/pages/public-api/traits.ts'
import { saidOfPath } from '#generate/pages/readme/path-rows.ts'
import { calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { isCode, isCodeEnd, isMain, isTest } from '#generate/pages/repo-index.ts'
import { isBackground } from '#generate/pages/telling.ts'
import { declaredIn, hasDefinitions, TYPES } from '#generate/pages/tops.ts'
import { testHoldings } from '#generate/pages/usage/test-holdings.ts'
import { few } from '#generate/pages/words.ts'
import { toFile, type Writing, within } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'
import { type Inline, join, paragraph, plainText } from '#markdown/build.ts'
import { exampleHoldings, usedNames } from './example-holdings.ts'
import { names, nameWithPurpose, unlisted, withOthers } from './names-of-files.ts'
import { ownWords } from './own-words.ts'
import { programWords } from './program-words.ts'
import { describes, purposeOf } from './purpose.ts'
import { wordsOf } from './said-of.ts'
import { mostShown, shownIn } from './shown.ts'
import { isBenchmark, startOf } from './start-with.ts'
import { internalHoldings, linesOf } from './subject-of-file.ts'
import { byStanding, centralIn, isCalled, subjectOfModule } from './subject-of-module.ts'
import { isToolSettings } from './tool-settings.ts'

/** What runs by itself when a program starts. */
const RUN = /^(?:init|main)$/
const SCRIPT = /\.(?:[cm]?[jt]s|php|pl|py|rb|sh)$/
/** Files that are told of one by one. */
const MAX_FILES = 4
/** Files of tools that are not told of. */
const MAX_LEFT = 8
/** Functions of a program that are named. */
const MAX_NAMES = 12
/** Fewer packages of a folder are told by what they hold. */
const MIN_PACKAGES = 3
/** Definitions of a module that are told of. */
const MAX_TOLD = 2

/** A cell that says what a module is for; empty where it holds nothing. */
export function holdingsOf(writing: Writing, module: Module): Inline[] {
  const own = purposeOf(writing, module)?.sentence ?? saidOfPath(writing, module.path)
  // What the overview begins with says nothing of one of its modules.
  const text = plainText(paragraph(...(own ?? [])))
  const isOfAll = module.children.length === 0 && isIntroduction(writing, text) && offers(writing, module)
  const held = own !== null && own !== undefined && !isOfAll && !isBackground(text) ? [] : heldBy(writing, module)
  return held.length > 0 ? held : (own ?? [])
}

/** Whether it shows so much that a sentence on the whole is not enough. */
function offers(writing: Writing, module: Module): boolean {
  const types = shownIn(writing, writing.repo.filesIn.get(module) ?? []).filter((one) => minor(one) === 0)
  return types.length > MAX_FILES
}

function heldBy(writing: Writing, module: Module): Inline[] {
  const { repo } = writing
  if (module.children.length > 1) return namesakeWords(writing, module)
  const files = repo.filesIn.get(module) ?? []
  const isTests = files.length > 0 && files.every((path) => isTest(path, repo))
  // A certificate is no test.
  if (isTests) return files.some((path) => isProgrammed(writing, path)) ? testHoldings(writing, files) : []
  const shows = exampleHoldings(writing, files)
  if (shows.length > 0) return shows
  const others = files.filter((path) => !isTest(path, repo))
  return module.isBeside === true ? filesBeside(writing, module, others) : subjectOf(writing, module, others)
}

/** Of several packages the words of the one that the module is called after. */
function namesakeWords({ packages }: Writing, { title, path }: Module): Inline[] {
  const isInside = (folder: string): boolean => path === '' || folder === path || folder.startsWith(`${path}/`)
  const own = packages.find((one) => one.folder !== '' && one.name === title && isInside(one.folder) && describes(one))
  return own === undefined ? [] : [own.description ?? '']
}

/** What is said of the definition to start with, or of the only one, else of the first; else the names. */
function subjectOf(writing: Writing, module: Module, files: readonly string[]): Inline[] {
  const all = mostShown(writing, shownIn(writing, files))
  // Of what is public to the language only what users can import.
  const offered = all.filter((one) => offerOf(writing, one) > 0)
  const inner = innerNames(writing, files, all)
  if (inner.length > 0) return inner
  const packages = module.path === '' ? [] : packageNames(writing, module.path, files)
  if (packages.length > 0) return packages
  // What cannot be imported is named where there are few, and else is no part of what is shown.
  const isOnlyOffered = offered.length > 0 && all.length > MAX_FILES
  const shown = isOnlyOffered ? offered : all
  // A list that ends without a count is taken for all there is.
  const unlistedIn = (listed: readonly Component[]): number => (isOnlyOffered ? 0 : unlisted(writing, files, listed))
  const subject =
    shown.length === 0 ? internalHoldings(writing, files) : subjectOfModule(writing, module, shown, unlistedIn)
  if (subject.length > 0) return subject
  const command = commandHoldings(writing, files)
  const defining = files.filter((path) => commandHoldings(writing, [path]).length > 0)
  if (defining.length > 1 && defining.length * 2 > files.length) return command
  const main = mainOf(writing, module, files, shown, unlistedIn)
  return join(
    [command.length > 0 ? command : programWords(writing, files), main].filter((part) => part.length > 0),
    ' · ',
  )
}

/** Of a folder of several packages of Go, with none of its own, their names: each is of its own subject. */
function packageNames({ repo, texts }: Writing, folder: string, files: readonly string[]): Inline[] {
  const first = new Map<string, string>()
  for (const path of files) {
    if (repo.files.get(path)?.language !== 'go') continue
    if (!first.has(folderOf(path))) first.set(folderOf(path), path)
  }
  if (first.has(folder) || first.size < MIN_PACKAGES) return []
  return few(
    [...first].map(([inside, path]) => toFile(path, within(folder, inside))),
    MAX_NAMES,
    texts,
  )
}

/** Of what is mostly the project's own, as in a namespace of details, what that is, and not what little others may name. */
function innerNames(writing: Writing, files: readonly string[], shown: readonly Component[]): Inline[] {
  const { repo, texts } = writing
  const isMeant = (one: Component): boolean => minor(one) === 0 && one.kind !== 'namespace' && !isError(repo, one)
  const hidden = files
    .flatMap((path) => declaredIn(path, repo))
    // A specialisation is no name of its own.
    .filter((one) => isMeant(one) && TYPES.has(one.kind) && !one.name.includes('<') && isHidden(writing, one))
  const main = shown.filter(isMeant)
  const size = (some: readonly Component[]): number => some.reduce((sum, one) => sum + linesOf(repo, one), 0)
  if (hidden.length <= main.length || size(hidden) <= size(main)) return []
  const told = names(writing, [...byLead(writing, hidden, new Set(files)), ...main], false)
  return told.length === 0 ? [] : texts.module.internal(told)
}

/** `Plan: the orbits. · Leg: one of them. · fly, land and 3 more`; nothing where their definitions are called alike. */
function mainOf(
  writing: Writing,
  module: Module,
  files: readonly string[],
  shown: readonly Component[],
  unlistedIn: (listed: readonly Component[]) => number,
): Inline[] {
  const { repo } = writing
  // What a tool is set up by is not what the module is about.
  const isMeant = (one: Component): boolean =>
    !isToolSettings(one.file) &&
    !isLooseScript(writing, files, one) &&
    one.kind !== 'namespace' &&
    !isReopened(writing, one)
  const defined = shown.length > 0 ? shown : files.flatMap((path) => declaredIn(path, repo))
  const meant = defined.filter(isMeant)
  // Only declared, for what stands elsewhere.
  const held = meant.every(isAmbient) ? meant : meant.filter((one) => !isAmbient(one))
  const main = held.filter(
    (one) => minor(one) === 0 && !isDeprecated(one) && !isDiscouraged(one) && !one.name.startsWith('_'),
  )
  // Values that nobody imports are settings of what is done with them.
  const isProgram = importedSurfaces(writing).length === 0
  const all = main.length > 0 ? main : held.filter((one) => isProgram || offerOf(writing, one) > 0)
  if (all.length === 0) return []
  const isAlike = new Set(all.map(({ name }) => name)).size * 2 <= all.length
  // Of a program the names of a few functions of many say less than those of its files.
  const isCrowd =
    all.length > MAX_NAMES &&
    isProgram &&
    !all.some(({ id }) => calledInReadme(writing).has(id)) &&
    !all.some(({ kind }) => TYPES.has(kind))
  if (isAlike || isCrowd) return packageNames(writing, '', files)
  const start = startOf(writing, module)
  const isRun = isProgram && held.some(({ name }) => name === 'main')
  // Nobody imports a program: what it mostly is comes first, and that it begins somewhere is no news.
  const bySize = isRun
    ? all.toSorted((a, b) => linesOf(repo, b) - linesOf(repo, a))
    : shown.length === 0
      ? calledFirst(writing, files, all)
      : byStanding(writing, module, all)
  const first = start === null || (isRun && start.name === 'main') ? undefined : start
  const sorted = [...(first === undefined ? [] : [first]), ...bySize.filter((one) => one !== first && one !== start)]
  // What it has, or what its base says, is not what the module is for, and nothing less central is told before it.
  const isTold = (one: Component): boolean =>
    TYPES.has(one.kind) &&
    !isCalled(one) &&
    (one === start || !isOptionsType(one)) &&
    !isError(repo, one) &&
    wordsOf(repo, one) !== null &&
    all.filter(({ name }) => name === one.name).length === 1
  const end = sorted.findIndex((one) => !isTold(one))
  const told = sorted
    .slice(0, end < 0 ? MAX_TOLD : Math.min(end, MAX_TOLD))
    .map((one) => ({ one, words: nameWithPurpose(writing, one) }))
    .filter(({ words }) => words.length > 0)
  // All count, what is minor or old at the end.
  const left = [...sorted, ...held.filter((one) => !all.includes(one))]
  const others = names(
    writing,
    left.filter((one) => !told.some((row) => row.one.name === one.name) && !RUN.test(one.name)),
    false,
    unlistedIn(left),
  )
  if (told.length === 0) {
    // What documents begin with is in front of whatever it is made of.
    const central = start === null ? centralIn(writing, files, all) : undefined
    return central === undefined ? others : withOthers(writing, central, left, unlistedIn(left))
  }
  const words = join(
    told.map((row) => row.words),
    ' · ',
  )
  return others.length === 0 ? words : [...words, ' · ', ...others]
}

/** Of internal definitions, what the code of other modules uses first, then the longest. */
function calledFirst({ repo }: Writing, files: readonly string[], all: readonly Component[]): Component[] {
  const own = new Set(files)
  const isOutside = (end: string): boolean => !own.has(repo.components.get(end)?.file ?? end) && isCodeEnd(end, repo)
  const used = new Set(all.filter(({ id }) => [...(repo.users.get(id)?.keys() ?? [])].some(isOutside)))
  return all.toSorted((a, b) => Number(used.has(b)) - Number(used.has(a)) || linesOf(repo, b) - linesOf(repo, a))
}

/** Of a script at the top that nothing imports, beside code that is elsewhere: its names say nothing of the repository. */
function isLooseScript(writing: Writing, files: readonly string[], { id, file }: Component): boolean {
  const { repo } = writing
  if (file.includes('/') || !SCRIPT.test(file) || offerOf(writing, { id }) > 0 || ranByPackages(writing).has(id))
    return false
  const isImported = [...(repo.linksTo.get(file)?.keys() ?? [])].some((from) => isMain(from, repo))
  return !isImported && [...repo.leaves.keys()].some((path) => !files.includes(path) && isMain(path, repo))
}

/** Of files of tools and settings what each is for, where something tells; of benchmarks what they use. */
function filesBeside(writing: Writing, module: Module, files: readonly string[]): Inline[] {
  const measuring = files.filter((path) => isBenchmark(path) && ownWords(writing, path).length === 0)
  const told = files.flatMap((path): Inline[][] => {
    const words = measuring.includes(path) ? [] : ownWords(writing, path)
    return words.length === 0 ? [] : [[...toFile(path, within(module.path, path)), ' (', ...words, ')']]
  })
  // Beside files of another kind it is not said of the module.
  const used = measuring.length === files.length ? usedNames(writing, measuring) : []
  if (used.length > 0) return writing.texts.links.uses.say(used)
  if (told.length === 0) return []
  // Those of which nothing is said are there as well.
  const all = files.filter((path) => isCode(writing.repo.files.get(path))).length
  const left = all - Math.min(told.length, MAX_FILES)
  // Of many a few say nothing of the whole.
  if (left > MAX_LEFT || told.length * 2 < all) return []
  const shown = join(told.slice(0, MAX_FILES), writing.texts.comma)
  return left > 0 ? writing.texts.andMore(shown, left) : shown
}

/** With definitions, or of a language that is analysed and might have some. */
function isProgrammed({ analysis, repo }: Writing, path: string): boolean {
  const language = repo.files.get(path)?.language
  if (hasDefinitions(repo, path)) return true
  return analysis.reports.some((report) => report.engine !== 'listed' && report.language === language)
}
