/** Describes a module in a table cell: by its purpose if one was written, otherwise by its main definition or its contents. */

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
import { pathDescription } from '#generate/pages/readme/path-rows.ts'
import { calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { isCodeEnd, isMain, isTest } from '#generate/pages/repo-index.ts'
import { isBackground } from '#generate/pages/telling.ts'
import { declaredIn, TYPES } from '#generate/pages/tops.ts'
import { few, NOT_CODE } from '#generate/pages/words.ts'
import { toFile, type Writing, within } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'
import { type Inline, join, paragraph, plainText } from '#markdown/build.ts'
import { exampleHoldings, usedNames } from './example-holdings.ts'
import { names, nameWithPurpose, unlisted, withOthers } from './names-of-files.ts'
import { ownWords } from './own-words.ts'
import { programWords } from './program-words.ts'
import { describes, isDescribedByFolder, purposeOf } from './purpose.ts'
import { wordsOf } from './said-of.ts'
import { mostShown, shownIn } from './shown.ts'
import { isBenchmark, startOf } from './start-with.ts'
import { internalHoldings, linesOf } from './subject-of-file.ts'
import { byStanding, centralIn, isCalled, subjectOfModule } from './subject-of-module.ts'
import { toldNames } from './told-names.ts'
import { isToolSettings } from './tool-settings.ts'

/** Functions that run when a program starts. */
const RUN = /^(?:init|main)$/
const SCRIPT = /\.(?:[cm]?[jt]s|php|pl|py|rb|sh)$/
/** Limit on the files that are described one by one. */
const MAX_FILES = 4
/** Limit on the files of tools that are left out. */
const MAX_LEFT = 8
/** Limit on the functions of a program that are named. */
const MAX_NAMES = 12
/** Minimum number of packages in a folder for it to be described by their names. */
const MIN_PACKAGES = 3
/** Limit on the definitions of a module that is described by names alone. */
const MAX_ALONE = 10
/** Minimum share of the lines of a module's definitions for types to describe it. */
const MIN_SHARE = 0.25
/** Limit on the definitions of a module that are described. */
const MAX_TOLD = 2

/** The description of a module; empty if there is nothing to say. */
export function holdingsOf(writing: Writing, module: Module): Inline[] {
  const described = isDescribedByFolder(module) ? pathDescription(writing, module.path) : null
  const own = purposeOf(writing, module)?.sentence ?? described
  // The introduction of the whole repository does not describe one of its modules.
  const text = plainText(paragraph(...(own ?? [])))
  const isNamed = module.title !== writing.subject.name && text.split(/[^\w.-]+/).includes(module.title)
  const isOfAll = module.children.length === 0 && !isNamed && isIntroduction(writing, text) && offers(writing, module)
  const held = own !== null && own !== undefined && !isOfAll && !isBackground(text) ? [] : heldBy(writing, module)
  return held.length > 0 ? held : (own ?? [])
}

/** Whether a module has so many public definitions that a sentence on the whole repository is not enough. */
function offers(writing: Writing, module: Module): boolean {
  const types = shownIn(writing, writing.repo.filesIn.get(module) ?? []).filter((one) => minor(one) === 0)
  return types.length > MAX_FILES
}

function heldBy(writing: Writing, module: Module): Inline[] {
  const { repo } = writing
  if (module.children.length > 1) return namesakeWords(writing, module)
  const files = repo.filesIn.get(module) ?? []
  // The title says that they are tests, and a few of the files that they use do not describe them.
  if (files.length > 0 && files.every((path) => isTest(path, repo))) return []
  const shows = exampleHoldings(writing, files)
  if (shows.length > 0) return shows
  const others = files.filter((path) => !isTest(path, repo))
  return module.isBeside === true ? filesBeside(writing, module, others) : subjectOf(writing, module, others)
}

/** The description of the package that the module is named after. */
function namesakeWords({ packages }: Writing, { title, path }: Module): Inline[] {
  const isInside = (folder: string): boolean => path === '' || folder === path || folder.startsWith(`${path}/`)
  const own = packages.find((one) => one.folder !== '' && one.name === title && isInside(one.folder) && describes(one))
  return own === undefined ? [] : [own.description ?? '']
}

/** The description of the main definition of a module, otherwise the names of its definitions. */
function subjectOf(writing: Writing, module: Module, files: readonly string[]): Inline[] {
  const { repo } = writing
  const all = mostShown(writing, shownIn(writing, files))
  // Public definitions that users can import.
  const offered = all.filter((one) => offerOf(writing, one) > 0)
  const inner = innerNames(writing, files, all)
  if (inner.length > 0) return inner
  const packages = module.path === '' ? [] : packageNames(writing, module.path, files)
  if (packages.length > 0) return packages
  // Other public definitions are named only if there are few.
  const isOnlyOffered = offered.length > 0 && all.length > MAX_FILES
  const shown = isOnlyOffered ? offered : all
  // A list without a count of the rest would seem complete.
  const unlistedIn = (listed: readonly Component[]): number => (isOnlyOffered ? 0 : unlisted(writing, files, listed))
  // One public definition does not describe a folder of internal files.
  const [only, ...more] = shown
  const total = files.flatMap((path) => declaredIn(path, repo)).reduce((sum, one) => sum + linesOf(repo, one), 0)
  if (only !== undefined && more.length === 0 && linesOf(repo, only) < MIN_SHARE * total) return []
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

/** The names of the packages in a folder of several Go packages that is not a package itself. */
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

/** The names of internal types, if most of the code is internal, as in a namespace of implementation details. */
function innerNames(writing: Writing, files: readonly string[], shown: readonly Component[]): Inline[] {
  const { repo, texts } = writing
  const isMeant = (one: Component): boolean => minor(one) === 0 && one.kind !== 'namespace' && !isError(repo, one)
  const hidden = files
    .flatMap((path) => declaredIn(path, repo))
    // Template specialisations share the name of their template.
    .filter((one) => isMeant(one) && TYPES.has(one.kind) && !one.name.includes('<') && isHidden(writing, one))
  const main = shown.filter(isMeant)
  const size = (some: readonly Component[]): number => some.reduce((sum, one) => sum + linesOf(repo, one), 0)
  if (hidden.length <= main.length || size(hidden) <= size(main)) return []
  const told = names(writing, [...byLead(writing, hidden, new Set(files)), ...main], false)
  return told.length === 0 ? [] : texts.module.internal(told)
}

/** `Plan: the orbits. · Leg: one of them. · fly, land and 3 more`; empty if most definitions share their names. */
function mainOf(
  writing: Writing,
  module: Module,
  files: readonly string[],
  shown: readonly Component[],
  unlistedIn: (listed: readonly Component[]) => number,
): Inline[] {
  const { repo } = writing
  // Settings of tools are not the subject of the module.
  const isMeant = (one: Component): boolean =>
    !isToolSettings(one.file) &&
    !isLooseScript(writing, files, one) &&
    one.kind !== 'namespace' &&
    !isReopened(writing, one)
  const defined = shown.length > 0 ? shown : files.flatMap((path) => declaredIn(path, repo))
  const meant = defined.filter(isMeant)
  // Ambient declarations describe code that is elsewhere.
  const held = meant.every(isAmbient) ? meant : meant.filter((one) => !isAmbient(one))
  const main = held.filter(
    (one) => minor(one) === 0 && !isDeprecated(one) && !isDiscouraged(one) && !one.name.startsWith('_'),
  )
  // In a library, minor definitions count only if users can import them.
  const isProgram = importedSurfaces(writing).length === 0
  const all = main.length > 0 ? main : held.filter((one) => isProgram || offerOf(writing, one) > 0)
  if (all.length === 0) return []
  const isAlike = new Set(all.map(({ name }) => name)).size * 2 <= all.length
  // For a program with many functions, the names of files say more than those of a few functions.
  const isCrowd =
    all.length > MAX_NAMES &&
    isProgram &&
    !all.some(({ id }) => calledInReadme(writing).has(id)) &&
    !all.some(({ kind }) => TYPES.has(kind))
  if (isAlike || isCrowd) return packageNames(writing, '', files)
  const start = startOf(writing, module)
  const isRun = isProgram && held.some(({ name }) => name === 'main')
  // In a program, the largest definitions come first, and `main` is not worth mentioning.
  const bySize = isRun
    ? all.toSorted((a, b) => linesOf(repo, b) - linesOf(repo, a))
    : shown.length === 0
      ? calledFirst(writing, files, all)
      : byStanding(writing, module, all)
  const leader = start === null || (isRun && start.name === 'main') ? undefined : start
  const sorted = [...(leader === undefined ? [] : [leader]), ...bySize.filter((one) => one !== leader && one !== start)]
  // Only documented types are described, up to the first definition that is not, so that the order shows importance.
  const isTold = (one: Component): boolean =>
    TYPES.has(one.kind) &&
    !isCalled(one) &&
    (one === start || !isOptionsType(one)) &&
    !isError(repo, one) &&
    wordsOf(repo, one) !== null &&
    all.filter(({ name }) => name === one.name).length === 1
  const end = sorted.findIndex((one) => !isTold(one))
  const first = sorted.slice(0, end < 0 ? MAX_TOLD : Math.min(end, MAX_TOLD))
  // A few small types do not describe a module of many functions.
  const size = (some: readonly Component[]): number => some.reduce((sum, one) => sum + linesOf(repo, one), 0)
  const declared = files.flatMap((path) => declaredIn(path, repo)).filter(({ kind }) => kind !== 'namespace')
  const told = (size(first) >= MIN_SHARE * size(declared) ? first : [])
    .map((one) => ({ one, words: nameWithPurpose(writing, one) }))
    .filter(({ words }) => words.length > 0)
  // All definitions count; minor and deprecated ones come last.
  const left = [...sorted, ...held.filter((one) => !all.includes(one))]
  const others = names(
    writing,
    left.filter((one) => !told.some((row) => row.one.name === one.name) && !RUN.test(one.name)),
    false,
    unlistedIn(left),
  )
  if (told.length === 0) {
    // A central definition is named before the others.
    const central = start === null ? centralIn(writing, files, all) : undefined
    if (central !== undefined) return withOthers(writing, central, left, unlistedIn(left))
    // A few of many names do not describe the whole.
    const total = new Set(left.map(({ name }) => name)).size + unlistedIn(left)
    const isMost = size(held) * 2 >= size(declared)
    if (total > MAX_ALONE || !isMost) return []
    const described = toldNames(
      writing,
      left.filter(({ name }) => !RUN.test(name)),
      unlistedIn(left),
    )
    return described.length > 0 ? described : others
  }
  const words = join(
    told.map((row) => row.words),
    ' · ',
  )
  return others.length === 0 ? words : [...words, ' · ', ...others]
}

/** Sorts internal definitions: first those that other modules use, then the longest. */
function calledFirst({ repo }: Writing, files: readonly string[], all: readonly Component[]): Component[] {
  const own = new Set(files)
  const isOutside = (end: string): boolean => !own.has(repo.components.get(end)?.file ?? end) && isCodeEnd(end, repo)
  const used = new Set(all.filter(({ id }) => [...(repo.users.get(id)?.keys() ?? [])].some(isOutside)))
  return all.toSorted((a, b) => Number(used.has(b)) - Number(used.has(a)) || linesOf(repo, b) - linesOf(repo, a))
}

/** Whether a definition is in a top-level script that nothing imports, in a repository whose code is elsewhere. */
export function isLooseScript(writing: Writing, files: readonly string[], { id, file }: Component): boolean {
  const { repo } = writing
  if (file.includes('/') || !SCRIPT.test(file) || offerOf(writing, { id }) > 0 || ranByPackages(writing).has(id))
    return false
  const isImported = [...(repo.linksTo.get(file)?.keys() ?? [])].some((from) => isMain(from, repo))
  return !isImported && [...repo.leaves.keys()].some((path) => !files.includes(path) && isMain(path, repo))
}

/** Describes the files of tools and settings one by one; benchmarks by the names that they use. */
function filesBeside(writing: Writing, module: Module, files: readonly string[]): Inline[] {
  const measuring = files.filter((path) => isBenchmark(path) && ownWords(writing, path).length === 0)
  const told = files.flatMap((path): Inline[][] => {
    const words = measuring.includes(path) || isToolSettings(path) ? [] : ownWords(writing, path)
    return words.length === 0 ? [] : [[...toFile(path, within(module.path, path)), ' (', ...words, ')']]
  })
  // The names that benchmarks use do not describe a module with other files.
  const used = measuring.length === files.length ? usedNames(writing, measuring) : []
  if (used.length > 0) return writing.texts.links.uses.say(used)
  if (told.length === 0) return []
  // Files without a description are counted.
  const all = files.filter((path) => !NOT_CODE.test(writing.repo.files.get(path)?.language ?? '')).length
  const left = all - Math.min(told.length, MAX_FILES)
  // A few of many files do not describe the whole.
  if (left > MAX_LEFT || told.length * 2 < all || told.length * MAX_LEFT < files.length) return []
  const shown = join(told.slice(0, MAX_FILES), writing.texts.comma)
  return left > 0 ? writing.texts.andMore(shown, left) : shown
}
