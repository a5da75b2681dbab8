/** Finds the definition that a file is about, or the few of equal weight. */

import { greatest } from '#base/long-arrays.ts'
import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import {
  isAmbient,
  isDeprecated,
  isDiscouraged,
  isError,
  isMinor,
  isOptionsType,
} from '#generate/pages/public-api/traits.ts'
import { isCode, isCodeEnd, type RepoIndex } from '#generate/pages/repo-index.ts'
import { declaredIn, isAdded, ownMembers, parentOf, TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { isNamesake } from './namesake.ts'
import { shownIn } from './shown.ts'

/** Minimum share of the lines of a file's definitions for its only or most used one to be its subject. */
const MIN_SHARE = 0.25
/** Minimum share of the lines of the largest public definition for another one to have equal weight. */
const EQUAL = 0.5
/** Minimum share of the lines for several of equal weight, and for the one that holds most of them. */
const MOST = 0.6
const HALF = 0.5
const MAX_EQUAL = 3
/** Minimum number of files that use the subject, and how many times as many as any other definition. */
const MIN_USERS = 3
const MORE = 2
/** Files that represent their folder. */
const OF_FOLDER = /^(?:index|mod|__init__|lib|main)$/

/**
 * The definition with the name of the file, otherwise the only public one, or the type with most users or lines; and those of equal
 * weight. Empty if there are more than a few. Never one that only its own file uses.
 */
export function subjectsOfFile(writing: Writing, path: string): Component[] {
  const { repo } = writing
  if (!isCode(repo.files.get(path))) return []
  const own = [...new Set(declaredIn(path, repo).map((one) => ownerOf(repo, one)))].filter((one) => one.file === path)
  const total = own.reduce((sum, one) => sum + linesOf(repo, one), 0)
  const listed = [...new Set(shownIn(writing, [path]).map((one) => ownerOf(repo, one)))]
  const types = new Set(listed.filter(({ kind }) => TYPES.has(kind)).map(({ name }) => comparableName(name)))
  const shown = listed.filter((one) => !isMaker(one, types))
  const named = namesakesIn(
    writing,
    path,
    own.filter((one) => isPossible(repo, one) && isKnownOutside(repo, one)),
  )
  // Functions of one name with comments of their own do different things.
  if (new Set(named.map(({ doc }) => doc)).size > 1 && named.every(({ kind }) => !TYPES.has(kind))) return []
  const subject = named[0] ?? otherSubject(writing, path, shown, total)
  // One of many functions says nothing of the others.
  if (subject !== undefined && !TYPES.has(subject.kind))
    return shown.length < 2 || linesOf(repo, subject) > HALF * total ? [subject] : []
  const weighed = subject === undefined ? shown : [...shown, subject]
  const most = Math.max(0, greatest(weighed.map((one) => linesOf(repo, one))))
  const isEqual = (one: Component): boolean =>
    one.file === path && !isMinor(one) && isPossible(repo, one) && linesOf(repo, one) >= EQUAL * most
  // A function beside a type of the file's name is a part of what that does.
  const isOfKind = (one: Component): boolean => (subject === undefined ? one.kind !== 'namespace' : TYPES.has(one.kind))
  const others = shown.filter((one) => one !== subject && isOfKind(one) && isEqual(one))
  if (subject !== undefined && (others.length === 0 || stemOf(path) === comparableName(subject.name)))
    return [subject, ...(others.length < MAX_EQUAL ? others : [])]
  const all = subject === undefined ? others : [subject, ...others]
  const lines = all.reduce((sum, one) => sum + linesOf(repo, one), 0)
  const isWhole = all.length === shown.length || all.every(({ kind }) => TYPES.has(kind))
  return isWhole && all.length > 1 && all.length <= MAX_EQUAL && lines >= MOST * total ? all : []
}

/** The only public definition, or the type that most files use or that holds most lines. */
function otherSubject(writing: Writing, path: string, shown: Component[], total: number): Component | undefined {
  const { repo } = writing
  const added = (repo.additions.get(path) ?? []).filter((one) => isPublic(one, repo))
  const [only] = shown
  const main = shown.length === 1 && added.length === 0 ? only : (mostUsed(repo, shown) ?? longest(repo, shown, total))
  if (main === undefined || main.file !== path || main.kind === 'namespace' || isMinor(main)) return undefined
  if (!isPossible(repo, main) || isHidden(writing, main) || isOptionsType(main) || isError(repo, main)) return undefined
  return linesOf(repo, main) >= MIN_SHARE * total ? main : undefined
}

/** The type that holds most lines of the definitions of a file, if no other public one has more users. */
function longest(repo: RepoIndex, shown: readonly Component[], total: number): Component | undefined {
  const main = shown.find((one) => TYPES.has(one.kind) && linesOf(repo, one) > HALF * total)
  if (main === undefined) return undefined
  const users = usersOf(repo, main)
  return shown.every((one) => usersOf(repo, one) <= users) ? main : undefined
}

/** Whether a function is named as making one of the types: `NewPlan`, `createPlan`. */
function isMaker({ name, kind }: Component, types: ReadonlySet<string>): boolean {
  const made = /^(?:create|make|new)_?(.{2,})$/i.exec(name)?.[1]
  return kind === 'function' && made !== undefined && types.has(comparableName(made))
}

/** The definitions with exactly one of the names, otherwise the type with its plural or a prefix. */
function namesakesIn({ subject }: Writing, path: string, all: readonly Component[]): Component[] {
  const stem = stemOf(path)
  const names = OF_FOLDER.test(stem) ? [stem, comparableName(nameOf(folderOf(path)))] : [stem]
  const exact = all.filter((one) => names.includes(comparableName(one.name)))
  if (exact.length > 0) return exact
  return all.filter(({ name, kind }) => TYPES.has(kind) && isNamesake(name, stem, subject.name)).slice(0, 1)
}

function isPossible(repo: RepoIndex, one: Component): boolean {
  return (
    one.visibility !== 'private' &&
    !one.name.startsWith('_') &&
    one.name !== 'default' &&
    (!isMinor(one) || one.kind === 'constant') &&
    !isAmbient(one) &&
    !isDeprecated(one) &&
    !isDiscouraged(one) &&
    !isAdded(one, repo.components)
  )
}

/** Whether it is public, or code of another file uses it. */
function isKnownOutside(repo: RepoIndex, one: Component): boolean {
  return isPublic(one, repo) || usersOf(repo, one) > 0
}

function mostUsed(repo: RepoIndex, all: readonly Component[]): Component | undefined {
  const counts = all.map((one) => ({ one, users: usersOf(repo, one) })).sort((a, b) => b.users - a.users)
  const [first, second] = counts
  if (first === undefined || first.users < MIN_USERS || first.users < MORE * (second?.users ?? 0)) return undefined
  return TYPES.has(first.one.kind) ? first.one : undefined
}

/** The number of other files of code that use a definition or its members. */
export function usersOf(repo: RepoIndex, component: Component): number {
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
function linesOf(repo: RepoIndex, component: Component): number {
  const { startLine, endLine } = component
  return ownMembers(repo, component)
    .filter((member) => member.startLine < startLine || member.endLine > endLine)
    .reduce((sum, member) => sum + member.endLine - member.startLine + 1, endLine - startLine + 1)
}

export const stemOf = (path: string): string => comparableName(nameOf(path).replace(/\.\w+$/, ''))
