/** What one file is for: its own words, else those of what it is about, else the names of what it holds. */

import type { Component } from '#generate/model.ts'
import { commandHoldings } from '#generate/pages/commands/command-line.ts'
import { additionWords } from '#generate/pages/entry/additions.ts'
import { implementsWords } from '#generate/pages/entry/implemented-traits.ts'
import { iotaBlocks } from '#generate/pages/entry/iota-blocks.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { byLead, isHeader } from '#generate/pages/public-api/leading.ts'
import { ownPackages } from '#generate/pages/public-api/own-packages.ts'
import { isOf } from '#generate/pages/public-api/public-api.ts'
import { publicNames } from '#generate/pages/public-api/public-names.ts'
import { isDeprecated, minor } from '#generate/pages/public-api/traits.ts'
import { isCode, type Survey } from '#generate/pages/survey.ts'
import { declaredIn, isAdded, TYPES } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import { isPublic, type Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { code, type Inline, join } from '#markdown/build.ts'
import { deprecatedNames, filesWith, isCalledLike, MAX_FILES, names, unlisted } from './names-of-files.ts'
import { ownWords } from './own-words.ts'
import { shownIn } from './shown.ts'
import { internalHoldings, linesOf, MOST, plain, plainOf, stemOf, subjectWords } from './subject-of-file.ts'

/** Languages in which one file is imported for a package. */
const PASSES_ON = /\.(?:[cm]?[jt]sx?|pyi?|rb|rs)$/
/** Members that a file adds to one type. */
const MAX_ADDED = 6
/** Languages in which a variable of a file may be no definition of its own. */
const LOOSE = /\.(?:[cm]?[jt]sx?|pyi?|rb|php)$/
/** Helpers that are named, and how many more than that say nothing. */
const MAX_HELPERS = 5
const MAX_CROWD = 25
/** As many times the lines of what a file shows are helpers. */
const LITTLE = 3
/** Languages in which a file does something by itself. */
const RUNS = /\.(?:[cm]?[jt]sx?|php|py|rb|sh|bash)$/

/** A cell that says what a file is for; empty where it holds nothing. */
export function fileHoldings(writing: Writing, path: string): Inline[] {
  const { survey, texts } = writing
  const own = ownWords(writing, path)
  const header = headerOf(survey, path)
  // What a header says is copied into the file that implements it.
  const isOwn = header === undefined || plainOf(own) !== plainOf(ownWords(writing, header))
  if (own.length > 0 && isOwn) return own
  const entry = entryOf(writing, path)
  if (entry !== undefined) return texts.module.entryOf([code(entry)])
  const shown = shownOf(writing, path)
  const current = shown.filter((component) => !isDeprecated(component))
  const additions = (survey.additions.get(path) ?? []).filter((one) => isPublic(one, survey))
  const added = additions.filter((one) => !isDeprecated(one) && !isWrittenBeside(survey, one))
  const old = shown.length > 0 ? (current.length > 0 ? [] : shown) : added.length > 0 ? [] : additions
  const options = commandHoldings(writing, [path])
  const command = options.length > 0 ? options : programWords(writing, path)
  const subject =
    command.length > 0 && importedSurfaces(writing).length === 0 ? [] : subjectWords(writing, path, current)
  const parts = [
    command,
    // What only stands beside the types of the file comes behind them.
    subject.length === 0 && added.length > 0 ? typeNames(writing, path, current) : subject,
    implementsWords(writing, path, true, MAX_ADDED),
    ...additionWords(writing, added, MAX_ADDED),
    old.every(isDeprecated) && old.length > 0 ? deprecatedNames(writing, old, old.length) : [],
  ].filter((part) => part.length > 0)
  if (parts.length > 0) return join(parts, ' · ')
  const traits = shown.length === 0 ? implementsWords(writing, path, false, MAX_ADDED) : []
  if (traits.length > 0) return traits
  const internal = shown.length === 0 ? internalHoldings(writing, [path]) : []
  if (internal.length > 0) return internal
  const named = namedIn(writing, path, shown)
  if (shown.length === 0) return internalNames(writing, path, named)
  const open = names(writing, named, true, unlisted(writing, [path], [...named, ...shown]))
  // A file of helpers is not told by the one that users may name.
  const helpers = isLittle(writing, path, shown) ? internalNames(writing, path, heaviest(writing, path, shown)) : []
  return helpers.length === 0
    ? open
    : join(
        [open, texts.module.internal(helpers)].filter((part) => part.length > 0),
        ' · ',
      )
}

/** `command orbit`: of what a package runs under a name. */
function programWords(writing: Writing, path: string): Inline[] {
  const { texts } = writing
  const own = ownPackages(writing)
    .flatMap(({ programs }) => programs)
    .filter(({ runs }) => runs.replace(/^\.\//, '') === path)
  if (own.length === 0) return []
  const quoted = own.map(({ name }): Inline[] => [{ ...code(name), data: { isQuoted: true } }])
  return texts.commandLine.defines(own.length, few(quoted, MAX_ADDED, texts))
}

/** The types that a file shows, where it also adds to types of other files. */
function typeNames(writing: Writing, path: string, shown: readonly Component[]): Inline[] {
  const types = shown.filter((one) => TYPES.has(one.kind))
  return types.length === 0 ? [] : names(writing, types, false, unlisted(writing, [path], [...types, ...shown]))
}

/** Names of what is not shown to users; where variables are not all known, never how many there are. */
function internalNames(writing: Writing, path: string, named: readonly Component[]): Inline[] {
  const own = ownIn(writing, path)
  const left = own.filter((one) => !named.includes(one) && !isDeprecated(one)).length
  if (named.length === 0 || !LOOSE.test(path)) return names(writing, named, true, named.length === 0 ? 0 : left)
  if (named.length <= MAX_HELPERS + 1) {
    const all = names(writing, named, left === 0)
    return left === 0 || all.length === 0 ? all : writing.texts.andOthers(all)
  }
  return named.length > MAX_CROWD ? [] : writing.texts.andOthers(names(writing, named.slice(0, MAX_HELPERS), false))
}

/** Whether what a file shows is a small part of its functions and types. */
function isLittle(writing: Writing, path: string, shown: readonly Component[]): boolean {
  if (!isCode(writing.survey.files.get(path))) return false
  const size = (all: readonly Component[]): number => all.reduce((sum, one) => sum + linesOf(writing.survey, one), 0)
  return size(shown) * LITTLE < size(ownIn(writing, path))
}

function heaviest(writing: Writing, path: string, shown: readonly Component[]): Component[] {
  const { survey } = writing
  return ownIn(writing, path)
    .filter((one) => minor(one) === 0 && !shown.includes(one) && !isDeprecated(one))
    .toSorted((a, b) => linesOf(survey, b) - linesOf(survey, a))
}

const ownIn = ({ survey }: Writing, path: string): Component[] =>
  declaredIn(path, survey).filter((one) => !isAdded(one, survey.components) && one.kind !== 'namespace')

/** What it shows; nothing where the type that the file is named after is the project's own: that is what the file is for. */
function shownOf(writing: Writing, path: string): Component[] {
  const { survey } = writing
  const shown = shownIn(writing, [path])
  const namesake = declaredIn(path, survey).find((one) => TYPES.has(one.kind) && plain(one.name) === stemOf(path))
  const isOwn = namesake === undefined || shown.some(({ name }) => name === namesake.name)
  const size = shown.reduce((sum, one) => sum + linesOf(survey, one), 0)
  return isOwn || linesOf(survey, namesake) < size ? shown : []
}

/**
 * What a file shows, what it is called after first, constants and what is old at the end; of what only passes on what it exports; else
 * what most of it is.
 */
function namedIn(writing: Writing, path: string, shown: readonly Component[]): readonly Component[] {
  const { survey, analysis } = writing
  if (!isCode(survey.files.get(path))) return []
  // Of tools and settings no values.
  if (survey.leaves.get(path)?.isBeside === true && shown.every((one) => minor(one) > 0)) return []
  if (shown.length > 0) {
    // What counts up is told by its type.
    const counted = iotaBlocks(survey, path, shown, false)
    const meant = shown.filter((one) => counted.get(one)?.isCounted !== true)
    const place = (one: Component): number => (isCalledLike(one) ? 0 : one.name.startsWith('_') ? 2 : 1)
    return meant.toSorted((a, b) => place(a) - place(b))
  }
  const own = ownIn(writing, path)
  if (own.length === 0) {
    const passedOn = (analysis.exports[path] ?? []).flatMap(({ to }) => survey.components.get(to ?? '') ?? [])
    return byLead(writing, [...new Set(passedOn)], new Set(passedOn.map(({ file }) => file)))
  }
  // What many files have says less of one than its own helpers.
  const rank = (one: Component): number =>
    filesWith(survey, one.name) > MAX_FILES ? 2 : one.name.startsWith('_') ? 1 : 0
  // What most of the file is comes first, other names for types last.
  const size = (one: Component): number => (one.kind === 'type' ? 0 : linesOf(survey, one))
  // A file of Rust may be there for its macros.
  const isMain = (one: Component): boolean => minor(one) === 0 || (one.kind === 'macro' && path.endsWith('.rs'))
  const named = own.filter((one) => isMain(one) && !one.name.startsWith('_'))
  const main = (named.length > 0 ? named : own.filter(isMain)).toSorted(
    (a, b) => rank(a) - rank(b) || size(b) - size(a),
  )
  const total = main.reduce((sum, one) => sum + size(one), 0)
  // Helpers of a script are not what it does.
  return !RUNS.test(path) || total >= MOST * (survey.files.get(path)?.lines ?? 0) ? main : []
}

/** The header of the same name that a file of C or C++ includes. */
function headerOf(survey: Survey, path: string): string | undefined {
  if (!/\.c(?:c|pp|xx)?$/.test(path)) return undefined
  const named = [...(survey.links.get(path)?.keys() ?? [])].filter(
    (other) => isHeader(other) && stemOf(other) === stemOf(path),
  )
  return named.length === 1 ? named[0] : undefined
}

/** Whether a file for another system defines the same: `mounts_linux.go` beside `mounts_darwin.go`. */
function isWrittenBeside(survey: Survey, { file, name }: Component): boolean {
  const family = familyOf(file)
  if (family === undefined) return false
  return (survey.folders.get(folderOf(file)) ?? []).some(
    (one) => one.path !== file && familyOf(one.path) === family && one.text?.includes(` ${name}(`) === true,
  )
}

/** The name without what it ends with, where that is one of several words. */
const familyOf = (path: string): string | undefined =>
  /^(.+)[_.-][a-z\d]+(\.\w+)$/i.exec(nameOf(path))?.slice(1, 3).join('')

/** The package whose users import this file, by its name; a file that holds all there is needs no such word. */
function entryOf(writing: Writing, path: string): string | undefined {
  if (!PASSES_ON.test(path)) return undefined
  for (const [surface] of publicNames(writing)) {
    const own = writing.packages.find((one) => isOf(surface, one))
    const isMain = own?.entries.some(({ subpath, file }) => subpath === '.' && file === path) === true
    const [main] = surface.paths
    const isPassingOn = main?.names.some(({ to }) => writing.survey.components.get(to ?? '')?.file !== path) === true
    if (isMain && isPassingOn) return own?.name ?? undefined
  }
  return undefined
}
