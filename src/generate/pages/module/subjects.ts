/** Finds the definitions that files are about: those that share their name, and those that make up most of their lines. */

import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { distinctWords } from '#generate/pages/distinct-words.ts'
import { offerOf } from '#generate/pages/public-api/public-names.ts'
import { isDeprecated, isDiscouraged, isError, isMinor } from '#generate/pages/public-api/traits.ts'
import { isCodeEnd, isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { declaredIn, ownMembers, parentOf, TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { isNamesake } from './namesake.ts'

/** Minimum share of the lines for a type with the name of the files. */
const MIN_SHARE = 0.05
/** Minimum share of the lines of one definition, or of two together, that describe the files. */
const [MOST_BY_ONE, MOST_BY_TWO] = [0.4, 0.7]
/** Maximum number of functions in a file that is about the one with its name, however short. */
const MAX_BESIDE = 3
/** A file with at least this many types used elsewhere has no main type. */
const MIN_BESIDE = 3
/** How many times as long as the next definition they must be. */
const TIMES = 2

/**
 * The definitions that program files are named after, and the one or two that make up most of the lines of a single file. Only
 * definitions that other files use or packages export.
 *
 * @param name - Of the file or module.
 * @returns Nothing for a file with multiple types if the one with its name is a small part.
 */
export function subjectsOf(
  writing: Writing,
  files: readonly string[],
  name: string,
): Record<'named' | 'most', Component[]> {
  const { repo } = writing
  const candidates = candidatesIn(writing, files)
  const named = namedAfter(writing, candidates, name)
  const types = candidates.usual.filter((one) => TYPES.has(one.kind) && isUsed(repo, one))
  const isPart =
    candidates.isOneFile && types.length >= MIN_BESIDE && linesIn(repo, named) < MOST_BY_ONE * candidates.total
  if (isPart && named.length > 0 && named.every(({ kind }) => TYPES.has(kind))) return { named: [], most: [] }
  // Definitions of the same name in different files do different things.
  const isOne = files.length === 1 || new Set(named.map(({ file }) => file)).size === 1
  return { named: isOne ? named : [], most: mostOf(writing, candidates, name) }
}

/** Matches names of files whose subject is errors. */
export const ERRORS = /^(?:errors?|exceptions?)\.\w+$/i

interface Candidates {
  /** Definitions that other files use or packages export; if packages export some of all, the rest is internal. */
  readonly possible: readonly Component[]
  /** Those that packages export. */
  readonly offered: ReadonlySet<Component>
  /** The possible ones without errors, or only errors in files of that name; only those that packages export, if there are some. */
  readonly usual: readonly Component[]
  /** The lines of all definitions. */
  readonly total: number
  readonly isOneFile: boolean
}

function candidatesIn(writing: Writing, files: readonly string[]): Candidates {
  const { repo } = writing
  const own = files.filter((path) => repo.files.get(path)?.role === 'code' && isMain(path, repo))
  const declared = [...new Set(own.flatMap((path) => declaredIn(path, repo).map((one) => ownerOf(repo, one))))]
  // A namespace may be reopened in multiple files, and describes none of them.
  const all = declared.filter((one) => isPossible(one) && (own.length === 1 || one.kind !== 'namespace'))
  const offered = new Set(all.filter((one) => offerOf(writing, one) > 0))
  const possible = all.filter(
    (one) =>
      one.visibility !== 'private' &&
      !one.name.startsWith('_') &&
      (isPublic(one, repo) || (offered.size === 0 && isUsed(repo, one))),
  )
  const ofErrors = own.every((path) => ERRORS.test(nameOf(path)))
  const usual = possible.filter((one) => isError(repo, one) === ofErrors && (offered.size === 0 || offered.has(one)))
  return { possible, offered, usual, total: linesIn(repo, declared), isOneFile: own.length === 1 }
}

/** The definitions with the name of the files, or of all its words, that have enough of the lines. */
function namedAfter(
  { repo, subject }: Writing,
  { possible, offered, total, isOneFile }: Candidates,
  name: string,
): Component[] {
  const exact = possible.filter((one) => comparableName(one.name) === comparableName(name))
  const alike = possible.filter((one) => TYPES.has(one.kind) && isNamesake(one.name, name, subject.name))
  const holders = isSeveralWords(name) ? possible.filter((one) => distinctWords(name, one.name).length === 0) : []
  const found = [...exact, ...alike, ...(holders.length === 1 ? holders : [])]
  // A function with the name of a file is one of several there if it is not the longest by far.
  const calls = possible.filter((one) => isCalled(one) && (offered.size === 0 || offered.has(one)))
  const isOnlyCall = calls.length <= MAX_BESIDE
  // A type with the name of a module that a package exports or a function makes is its subject, however large the rest is.
  const isMade = ({ name: type }: Component): boolean => exact.some((one) => isCalled(one) && one.name === type)
  const isOfModule = (one: Component): boolean => !isOneFile && (offered.has(one) || isMade(one))
  const leastShare = (one: Component): number => {
    const isLeast = exact.includes(one) && (isCalled(one) ? isOnlyCall : isOfModule(one))
    return isLeast ? 0 : isCalled(one) ? MOST_BY_ONE : MIN_SHARE
  }
  return found
    .filter((one) => linesOf(repo, one) >= leastShare(one) * total)
    .toSorted((a, b) => Number(isCalled(a)) - Number(isCalled(b)))
}

/** The one or two definitions that make up most of the lines of a single file. */
function mostOf({ repo }: Writing, { usual, offered, total, isOneFile }: Candidates, name: string): Component[] {
  // The longest definition in multiple files does not represent the others.
  if (!isOneFile) return []
  // If other code uses some of them, the rest are helpers.
  const isFirst = (one: Component): boolean => offered.has(one) || isUsed(repo, one)
  const hasFirst = usual.some(isFirst)
  const isMost = (some: readonly Component[], next: Component | undefined, share: number): boolean => {
    if (hasFirst && !some.every(isFirst)) return false
    const lines = linesIn(repo, some)
    const isOfTypes = some.every(({ kind }) => TYPES.has(kind))
    return (
      lines > (isOfTypes ? share : MOST_BY_TWO) * total && (next === undefined || lines >= TIMES * linesOf(repo, next))
    )
  }
  const [first, second, third] = usual.toSorted((a, b) => linesOf(repo, b) - linesOf(repo, a))
  const two = first === undefined || second === undefined ? [] : [first, second]
  const most =
    first !== undefined && isMost([first], second, MOST_BY_ONE) ? [first] : isMost(two, third, MOST_BY_TWO) ? two : []
  // A type that begins with the name, `OrbitHeader` in `Orbit.swift`, is more likely the subject than a longer one.
  const stem = comparableName(name)
  const isBegun = (one: Component): boolean =>
    TYPES.has(one.kind) && one.name.length > stem.length && comparableName(one.name).startsWith(stem)
  const isLessLikely = (one: Component): boolean => stem !== '' && !isBegun(one) && usual.some(isBegun)
  return most.some(isLessLikely) ? [] : most
}

/** Whether a name has several words: `wrap_writer`, which can only mean `WrapResponseWriter`. */
const isSeveralWords = (name: string): boolean => distinctWords(name, '').length > 1

const isPossible = (one: Component): boolean =>
  (TYPES.has(one.kind) || isCalled(one) || one.kind === 'namespace') &&
  !isMinor(one) &&
  !isDeprecated(one) &&
  !isDiscouraged(one)

const isCalled = ({ kind }: Component): boolean => kind === 'function' || kind === 'method'

const linesIn = (repo: RepoIndex, all: readonly Component[]): number =>
  all.reduce((sum, one) => sum + linesOf(repo, one), 0)

/** The share of some definitions in the lines of all definitions of a file. */
export const shareIn = ({ repo }: Writing, path: string, some: readonly Component[]): number =>
  linesIn(repo, some) / linesIn(repo, [...new Set(declaredIn(path, repo).map((one) => ownerOf(repo, one)))])

/** Whether code of another file uses a definition or its members. */
export function isUsed(repo: RepoIndex, component: Component): boolean {
  return [component, ...(repo.members.get(component.id) ?? [])].some(({ id }) =>
    [...(repo.users.get(id)?.keys() ?? [])].some(
      (end) => isCodeEnd(end, repo) && (repo.components.get(end)?.file ?? end) !== component.file,
    ),
  )
}

/** The module of a Ruby method or attribute, unless the file only reopens it; any other component itself. */
function ownerOf({ components }: RepoIndex, component: Component): Component {
  const isMember = component.kind === 'method' || component.kind === 'function' || component.kind === 'field'
  const owner = isMember && component.file.endsWith('.rb') ? parentOf(component, components) : undefined
  return owner?.file === component.file ? owner : component
}

/** The lines of a component, including members outside its declaration. */
function linesOf(repo: RepoIndex, component: Component): number {
  const { startLine, endLine } = component
  return ownMembers(repo, component)
    .filter((member) => member.startLine < startLine || member.endLine > endLine)
    .reduce((sum, member) => sum + member.endLine - member.startLine + 1, endLine - startLine + 1)
}

export const stemOf = (path: string): string => comparableName(nameOf(path).replace(/\.\w+$/, ''))
