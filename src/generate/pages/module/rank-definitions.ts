/** Ranks the definitions of files by how well they show what the files are for. */

import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { programOf } from '#generate/pages/public-api/leading.ts'
import { offerOf } from '#generate/pages/public-api/public-names.ts'
import { isDeprecated, isDiscouraged, isError, isMinor } from '#generate/pages/public-api/traits.ts'
import { isCodeEnd, isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { declaredIn, ownMembers, parentOf, TYPES } from '#generate/pages/tops.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { isNamesake } from './namesake.ts'
import { shownIn } from './shown.ts'

/** Minimum share of a file's lines for a type of its name to come first. */
const MIN_SHARE = 0.05
const HALF = 0.5
/** Minimum share of a file's lines for its definitions to describe it. */
const MIN_PART = 0.2
/** The same of a module, without its `main`. */
export const MIN_PART_OF_MODULE = 0.05
/** Longer titles are of specializations: `formatter<Tuple, Char, enable_if_t<…>>`. */
const MAX_TITLE = 60

/**
 * The types and functions of the program that code of other files uses or packages export, most important first, each title once.
 * Of one file, first the type that holds most of its lines, if it is documented, then what the file is named after.
 */
export function rankDefinitions(writing: Writing, files: readonly string[]): Component[] {
  const { repo } = writing
  const own = files.filter((path) => repo.files.get(path)?.role === 'code' && isMain(path, repo))
  // Several files of Ruby may reopen one module, which describes none of them.
  const all = new Set(shownIn(writing, own).map((one) => (own.length === 1 ? ownerOf(repo, one) : one)))
  const possible = [...all].filter((one) => isPossible(one) && (own.length === 1 || one.kind !== 'namespace'))
  const usual = possible.filter((one) => !isError(repo, one))
  const isUsed = (one: Component): boolean =>
    offerOf(writing, one) > 0 || programOf(repo, one) > 0 || usersOf(repo, one) > 0
  const used = usual.filter(isUsed)
  // Exported types in a folder are there for other code.
  const types = usual.filter((one) => TYPES.has(one.kind) && one.exported && folderOf(one.file) !== '')
  const [file, ...others] = own
  const added = addedIn(writing, own)
  const rest = others.length === 0 && added.length === 0 ? usual : added
  // That a program begins says nothing of it.
  const isTelling = ({ name, kind }: Component): boolean => name !== 'main' || kind !== 'function'
  const total = others.length === 0 ? 0 : own.reduce((sum, path) => sum + linesIn(repo, declaredIn(path, repo)), 0)
  const found =
    [used, types, possible.filter(isUsed)].find(
      (some) =>
        some.length > 0 && (others.length === 0 || linesIn(repo, some.filter(isTelling)) >= MIN_PART_OF_MODULE * total),
    ) ?? rest
  const first = file === undefined || others.length > 0 ? [] : centralIn(writing, file, possible)
  const titles = new Map<string, Component>()
  for (const one of [...first, ...found]) {
    const title = one.kind === 'method' ? one.name : plainTitle(one)
    const known = titles.get(title)
    // Of overloads, the documented one.
    if (title.length <= MAX_TITLE && (known === undefined || (known.doc === null && one.doc !== null)))
      titles.set(title, one)
  }
  const ranked = [...titles.values()].filter((one) => others.length === 0 || isTelling(one))
  return file !== undefined && others.length === 0 && isSmallPart(repo, file, ranked) ? [] : ranked
}

/** Whether most of a file is something else, such as internal functions that other files use. */
function isSmallPart(repo: RepoIndex, path: string, all: readonly Component[]): boolean {
  return all.every(({ file }) => file === path) && linesIn(repo, all) < MIN_PART * linesIn(repo, declaredIn(path, repo))
}

export const linesIn = (repo: RepoIndex, all: readonly Component[]): number =>
  all.reduce((sum, one) => sum + linesOf(repo, one), 0)

/** The title of any of its overloads. */
export const plainTitle = (one: Component): string =>
  isCalled(one) ? (titleOf(one).split('(', 1)[0] ?? '') : titleOf(one)

export const isCalled = ({ kind }: Component): boolean => kind === 'function' || kind === 'method'

const isPossible = (one: Component): boolean =>
  (TYPES.has(one.kind) || isCalled(one) || one.kind === 'namespace') &&
  !isMinor(one) &&
  !isDeprecated(one) &&
  !isDiscouraged(one)

function centralIn({ repo, subject }: Writing, path: string, possible: readonly Component[]): Component[] {
  const declared = declaredIn(path, repo).filter((one) => one.file === path)
  const total = linesIn(repo, declared)
  const stem = stemOf(path)
  const most = declared.filter(
    (one) => TYPES.has(one.kind) && isPossible(one) && one.doc !== null && linesOf(repo, one) > HALF * total,
  )
  const isKnown = (one: Component): boolean =>
    one.visibility !== 'private' && !one.name.startsWith('_') && (isPublic(one, repo) || usersOf(repo, one) > 0)
  const named = [...new Set([...declared.filter((one) => isPossible(one) && isKnown(one)), ...possible])].filter(
    (one) =>
      (comparableName(one.name) === stem || (TYPES.has(one.kind) && isNamesake(one.name, stem, subject.name))) &&
      (isCalled(one) || linesOf(repo, one) >= MIN_SHARE * total),
  )
  return [...most, ...named]
}

/** The methods that the files add to types of other files and that code of other files uses, the most used first. */
function addedIn(writing: Writing, files: readonly string[]): Component[] {
  const { repo } = writing
  return files
    .flatMap((path) => repo.additions.get(path) ?? [])
    .filter(({ kind }) => kind === 'method')
    .map((one) => ({ one, users: usersOf(repo, one) + (files.length > 1 ? offerOf(writing, one) : 0) }))
    .filter(({ users }) => users > 0)
    .sort((a, b) => b.users - a.users)
    .map(({ one }) => one)
}

/** The number of other files of code that use a definition or its members. */
function usersOf(repo: RepoIndex, component: Component): number {
  const files = new Set<string>()
  for (const { id } of [component, ...(repo.members.get(component.id) ?? [])])
    for (const end of repo.users.get(id)?.keys() ?? [])
      if (isCodeEnd(end, repo)) files.add(repo.components.get(end)?.file ?? end)
  files.delete(component.file)
  return files.size
}

/** The module of a Ruby method or attribute; any other component itself. */
function ownerOf({ components }: RepoIndex, component: Component): Component {
  const isMember = component.kind === 'method' || component.kind === 'function' || component.kind === 'field'
  return (isMember && component.file.endsWith('.rb') ? parentOf(component, components) : undefined) ?? component
}

/** The lines of a component, including members outside its declaration. */
export function linesOf(repo: RepoIndex, component: Component): number {
  const { startLine, endLine } = component
  return ownMembers(repo, component)
    .filter((member) => member.startLine < startLine || member.endLine > endLine)
    .reduce((sum, member) => sum + member.endLine - member.startLine + 1, endLine - startLine + 1)
}

export const stemOf = (path: string): string => comparableName(nameOf(path).replace(/\.\w+$/, ''))
