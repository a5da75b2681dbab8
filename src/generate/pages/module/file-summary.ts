/** Summarises a file for a table: by its own description, else that of its main definition, else the names of its definitions. */

import type { Component } from '#generate/model.ts'
import { commandHoldings } from '#generate/pages/commands/command-line.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { additionWords } from '#generate/pages/entry/additions.ts'
import { implementsWords, implOf } from '#generate/pages/entry/implemented-traits.ts'
import { iotaBlocks } from '#generate/pages/entry/iota-blocks.ts'
import { twinMethodsIn } from '#generate/pages/platform-twins.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { byLead, isHeader } from '#generate/pages/public-api/leading.ts'
import { isSurfaceOf } from '#generate/pages/public-api/own-packages.ts'
import { publicNames } from '#generate/pages/public-api/public-names.ts'
import { isReopened } from '#generate/pages/public-api/reopened-classes.ts'
import { isDeprecated, minor } from '#generate/pages/public-api/traits.ts'
import { isCode, type RepoIndex } from '#generate/pages/repo-index.ts'
import { declaredIn, isAdded, ownMembers, TYPES } from '#generate/pages/tops.ts'
import { isPublic, toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { code, type Inline, join } from '#markdown/build.ts'
import { isCommon } from './common-methods.ts'
import { exampleWords, isExampleFile } from './example-holdings.ts'
import { usersWords } from './file-users.ts'
import {
  deprecatedNames,
  filesWith,
  isCalledLike,
  isOnlyNames,
  MAX_FILES,
  names,
  nameWithPurpose,
  unlisted,
} from './names-of-files.ts'
import { ownWords } from './own-words.ts'
import { programWords } from './program-words.ts'
import { wordsOf } from './said-of.ts'
import { shownIn } from './shown.ts'
import { internalHoldings, isUsedElsewhere, linesOf, MOST, plainOf, stemOf, subjectWords } from './subject-of-file.ts'
import { toldNames } from './told-names.ts'
import { memberWords } from './type-words.ts'

/** Languages in which importing a package means importing one of its files. */
const HAS_ENTRY_FILES = /\.(?:[cm]?[jt]sx?|pyi?|rb|rs)$/
/** Limit on the members named of those that a file adds to a type. */
const MAX_ADDED = 6
/** Lines of definitions from which an entry point is described by them. */
const MIN_OWN = 40
/** Languages in which not every variable of a file is a component. */
const LOOSE = /\.(?:[cm]?[jt]sx?|pyi?|rb|php)$/
/** How many times as long as the public definitions the internal ones may be that other files use. */
const MAX_TIMES = 3
/** Limit on the internal names that are shown. */
const MAX_HELPERS = 5
/** Above this number of internal definitions, their names do not describe a file. */
const MAX_CROWD = 25
/** Languages whose files may be scripts: statements at the top level run. */
export const MAY_BE_SCRIPT = /\.(?:[cm]?[jt]sx?|php|py|rb|sh|bash)$/

/**
 * The summary; empty if nothing is known of the file.
 *
 * @param withUsers - Names alone are followed by the files that use them.
 * @param withAdditions - What it adds to types of other files is told, which the file's own page says above the entries of that.
 */
export function fileSummary(writing: Writing, path: string, withUsers = true, withAdditions = true): Inline[] {
  const { repo, texts } = writing
  const own = ownWords(writing, path)
  const header = headerOf(repo, path)
  // The comment of a header is often copied into its implementation. It is shown once, for the header.
  const isCopied = header !== undefined && plainOf(own) === plainOf(ownWords(writing, header))
  const example = isExampleFile(path, repo) ? exampleWords(writing, path, own) : []
  if (example.length > 0) return example
  if (own.length > 0 && !isCopied) return own
  const entry = entryPackage(writing, path)
  const shown = publicDefinitions(writing, path)
  if (entry !== undefined) return entryWords(writing, path, entry, withAdditions ? shown : [])
  if (header !== undefined) {
    // The row of the header is in the same table, but not on the page of the file.
    const said = withAdditions ? [] : ownWords(writing, header)
    const implemented = implementationWords(writing, path, header, shown, said)
    if (implemented.length > 0) return implemented
  }
  const current = shown.filter((component) => !isDeprecated(component) && !isReopened(writing, component))
  const reopened = declaredIn(path, repo).filter((one) => isReopened(writing, one))
  const additions = [...(repo.additions.get(path) ?? []), ...reopened.flatMap((one) => ownMembers(repo, one))].filter(
    (one) => isPublic(one, repo),
  )
  const twins = twinMethodsIn(repo, path).filter((one) => isPublic(one, repo))
  const added = [...additions, ...twins].filter((one) => !isDeprecated(one) && !isDefinedPerPlatform(repo, one, path))
  const placed = new Set(repo.additions.get(path))
  const defined = shown.length > 0 ? shown : additions
  const options = commandHoldings(writing, [path])
  const command = options.length > 0 ? options : programWords(writing, [path])
  const subject =
    command.length > 0 && importedSurfaces(writing).length === 0 ? [] : subjectWords(writing, path, current)
  const told = withAdditions ? added : added.filter((one) => !placed.has(one))
  const [only] = told
  const said =
    told.length === 1 && only !== undefined && wordsOf(repo, only) !== null ? nameWithPurpose(writing, only) : []
  const parts = [
    command,
    // Definitions of the file come before members that it adds to other types.
    subject.length === 0 && added.length > 0 ? ownNames(writing, path, current) : subject,
    implementsWords(writing, path, true, MAX_ADDED),
    ...(said.length > 0 ? [said] : additionWords(writing, told, MAX_ADDED)),
    defined.length > 0 && defined.every(isDeprecated) ? deprecatedNames(writing, defined, defined.length) : [],
  ].filter((part) => part.length > 0)
  if (parts.length > 0 || (added.length > 0 && !withAdditions)) return join(parts, ' · ')
  // Traits of other crates describe a file that does little else than implementing them.
  const inside = ownIn(writing, path)
  const isOfTraits =
    sizeOf(
      repo,
      inside.filter((one) => implOf(repo, one) === undefined),
    ) *
      2 <
    sizeOf(repo, inside)
  const traits = isOfTraits ? implementsWords(writing, path, false, MAX_ADDED) : []
  if (traits.length > 0) return traits
  const passedOn = shown.length === 0 && inside.length === 0 ? reExportedBy(writing, path) : []
  if (passedOn.length > 0) {
    const told = names(writing, passedOn, false)
    return told.length === 0 ? [] : texts.module.reExports(told)
  }
  const internal = shown.length === 0 ? internalHoldings(writing, [path]) : []
  if (internal.length > 0) {
    // What users can call comes before the larger internal type that describes the file.
    const open = names(writing, shownIn(writing, [path]), false)
    return open.length === 0 ? internal : [...open, ' · ', ...internal]
  }
  const named = definitionsToName(writing, path, shown)
  const listed = shown.length === 0 ? inside.filter((one) => !isDeprecated(one)) : shown
  const others = shown.length === 0 ? 0 : unlisted(writing, [path], [...named, ...shown])
  const words = toldNames(writing, [...named, ...listed.filter((one) => !named.includes(one))], others)
  // Small public definitions that were left out above do not describe the file here, either.
  const isLeftOut = shown.length === 0 && shownIn(writing, [path]).length > 0
  if (named.length > 0 && words.length > 0 && !isLeftOut) return words
  const all = shown.length === 0 ? internalNames(writing, path, named) : names(writing, named, true, others)
  if (all.length === 0) return onlyType(writing, path)
  // If there are only names, the users show what the file is for.
  const isTold = !isOnlyNames(writing, all)
  const users = isTold || !withUsers ? [] : usersWords(writing, path)
  // The declaration of a type says more than its name.
  const isBare = !isTold && users.length === 0 && named.length + others === 1
  if (isBare && named.every(({ kind }) => TYPES.has(kind))) return []
  return users.length === 0 ? all : [...all, ' · ', ...users]
}

/** Describes the entry point of a package, with its own definitions if these are many lines, or most of the file. */
function entryWords(writing: Writing, path: string, entry: string, shown: readonly Component[]): Inline[] {
  const words = writing.texts.module.entryOf([code(entry)])
  const size = sizeOf(writing.repo, shown)
  if (size < MIN_OWN && size < MOST * (writing.repo.files.get(path)?.lines ?? 0)) return words
  const named = definitionsToName(writing, path, shown)
  const all = names(writing, named, true, unlisted(writing, [path], [...named, ...shown]))
  return all.length === 0 ? words : [...words, ' · ', ...all]
}

/** `implements orbit.h`, with what is said of the header or the public definitions that it does not declare. */
function implementationWords(
  writing: Writing,
  path: string,
  header: string,
  shown: readonly Component[],
  said: readonly Inline[],
): Inline[] {
  const { texts } = writing
  const declared = new Set(shownIn(writing, [header]))
  const others = shown.filter((one) => !declared.has(one))
  if (shown.length === 0 || others.length * 2 > shown.length) return []
  const words = texts.relations.implements.say(toFile(header, nameOf(header)))
  if (said.length > 0) return [...words, texts.colon, ...said]
  const named = names(writing, others, false, unlisted(writing, [path], shown))
  return named.length === 0 ? words : [...words, ' · ', ...named]
}

/** The members of the only type of a file. */
function onlyType(writing: Writing, path: string): Inline[] {
  const types = declaredIn(path, writing.repo).filter((one) => TYPES.has(one.kind))
  const [only] = types
  if (only === undefined || types.length > 1) return []
  const members = memberWords(writing, only)
  return members.length > 0 ? [...toEntry(only), writing.texts.colon, ...members] : []
}

/** The public types and functions of a file that also adds to types of other files. */
function ownNames(writing: Writing, path: string, shown: readonly Component[]): Inline[] {
  const own = shown.filter(
    (one) => (TYPES.has(one.kind) || one.kind === 'function') && !isAdded(one, writing.repo.components),
  )
  return own.length === 0 ? [] : names(writing, own, false, unlisted(writing, [path], [...own, ...shown]))
}

/** Internal names; in languages in which variables are not all known, without the number of others. */
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

const sizeOf = (repo: RepoIndex, some: readonly Component[]): number =>
  some.reduce((sum, one) => sum + linesOf(repo, one), 0)

const ownIn = ({ repo }: Writing, path: string): Component[] =>
  declaredIn(path, repo).filter((one) => !isAdded(one, repo.components) && one.kind !== 'namespace')

/** The public definitions of a file; none if the file is named after a larger internal type, which describes it better. */
function publicDefinitions(writing: Writing, path: string): Component[] {
  const { repo } = writing
  const shown = shownIn(writing, [path])
  const namesake = declaredIn(path, repo).find(
    (one) => TYPES.has(one.kind) && comparableName(one.name) === stemOf(path),
  )
  const isPublicNamesake = namesake === undefined || shown.some(({ name }) => name === namesake.name)
  if (!isPublicNamesake && linesOf(repo, namesake) >= sizeOf(repo, shown)) return []
  if (shown.some(({ kind }) => TYPES.has(kind))) return shown
  // Small public functions do not describe a file whose internal definitions other files use.
  const inner = ownIn(writing, path).filter((one) => !shown.includes(one) && isUsedElsewhere(repo, one))
  return MAX_TIMES * sizeOf(repo, shown) < sizeOf(repo, inner) ? [] : shown
}

/** What a file of code exports from others. */
function reExportedBy(writing: Writing, path: string): Component[] {
  const { repo } = writing
  if (!isCode(repo.files.get(path))) return []
  const all = (writing.analysis.exports[path] ?? []).flatMap(({ to }) => repo.components.get(to ?? '') ?? [])
  return byLead(writing, [...new Set(all)], new Set(all.map(({ file }) => file)))
}

/**
 * The definitions to name, the most important first: public ones (its namesake first, constants and `_names` last), else the internal ones
 * that make up most of it.
 */
function definitionsToName(writing: Writing, path: string, shown: readonly Component[]): readonly Component[] {
  const { repo } = writing
  if (!isCode(repo.files.get(path))) return []
  // Constants of tools and settings are not named.
  if (repo.leaves.get(path)?.isBeside === true && shown.every((one) => minor(one) > 0)) return []
  if (shown.length > 0) {
    // `iota` constants are represented by their type if the file defines it.
    const counted = iotaBlocks(repo, path, shown, false)
    const types = new Set(shown.filter((one) => TYPES.has(one.kind)).map(({ name }) => name))
    const isOfType = (one: Component): boolean =>
      (counted.get(one)?.members[0]?.signature.split(/[^\w]+/) ?? []).some((word) => types.has(word))
    const named = shown.filter((one) => !isOfType(one))
    const rank = (one: Component): number =>
      isCalledLike(one) ? 0 : one.name.startsWith('_') || isCommon(one) ? 3 : minor(one) > 0 ? 2 : 1
    return named.toSorted((a, b) => rank(a) - rank(b))
  }
  const own = ownIn(writing, path).filter(({ name }) => name !== 'init')
  // A name that many files define says less about this one than its helpers do.
  const rank = (one: Component): number =>
    isCalledLike(one) ? -1 : filesWith(repo, one.name) > MAX_FILES ? 2 : one.name.startsWith('_') ? 1 : 0
  // What is exported leads, then what other files use, then the longest, type aliases last.
  const used = new Set(own.filter((one) => isUsedElsewhere(repo, one)))
  const size = (one: Component): number => (one.kind === 'type' ? 0 : linesOf(repo, one))
  // In Rust, macros may be the purpose of a file.
  const isMain = (one: Component): boolean => minor(one) === 0 || (one.kind === 'macro' && path.endsWith('.rs'))
  const named = own.filter((one) => isMain(one) && !one.name.startsWith('_'))
  const main = (named.length > 0 ? named : own.filter(isMain)).toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      Number(b.exported) - Number(a.exported) ||
      Number(used.has(b)) - Number(used.has(a)) ||
      size(b) - size(a),
  )
  const total = main.reduce((sum, one) => sum + size(one), 0)
  // The helpers of a script do not describe it.
  return !MAY_BE_SCRIPT.test(path) || total >= MOST * (repo.files.get(path)?.lines ?? 0) ? main : []
}

/** The header of the same name that a C or C++ file includes. */
function headerOf(repo: RepoIndex, path: string): string | undefined {
  if (!/\.c(?:c|pp|xx)?$/.test(path)) return undefined
  const named = [...(repo.links.get(path)?.keys() ?? [])].filter(
    (other) => isHeader(other) && stemOf(other) === stemOf(path),
  )
  return named.length === 1 ? named[0] : undefined
}

/** Whether a sibling for another platform defines the same name: `mounts_linux.go` beside `mounts_darwin.go`. */
function isDefinedPerPlatform(repo: RepoIndex, { name }: Component, file: string): boolean {
  const family = platformFamilyOf(file)
  if (family === undefined) return false
  return (repo.folders.get(folderOf(file)) ?? []).some(
    (one) => one.path !== file && platformFamilyOf(one.path) === family && one.text?.includes(` ${name}(`) === true,
  )
}

/** The file name without its last word: `mounts.go` for `mounts_linux.go`; `undefined` for a single word. */
const platformFamilyOf = (path: string): string | undefined =>
  /^(.+)[_.-][a-z\d]+(\.\w+)$/i.exec(nameOf(path))?.slice(1, 3).join('')

/** The name of the package whose entry point this file is, if it re-exports names from other files. */
function entryPackage(writing: Writing, path: string): string | undefined {
  if (!HAS_ENTRY_FILES.test(path)) return undefined
  for (const [surface] of publicNames(writing)) {
    const own = writing.packages.find((one) => isSurfaceOf(surface, one))
    const isMain = own?.entries.some(({ subpath, file }) => subpath === '.' && file === path) === true
    const [main] = surface.paths
    const isReExporting = main?.names.some(({ to }) => writing.repo.components.get(to ?? '')?.file !== path) === true
    if (isMain && isReExporting) return own?.name ?? undefined
  }
  return undefined
}
