/** Finds the definition that a file is about, and describes the file by it. */

import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { programOf } from '#generate/pages/public-api/leading.ts'
import { isAmbient, isDeprecated, isDiscouraged, isOptionsType, minor } from '#generate/pages/public-api/traits.ts'
import { isCode, isCodeEnd, type RepoIndex } from '#generate/pages/repo-index.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { declaredIn, isAdded, ownMembers, TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { type Inline, paragraph, plainText } from '#markdown/build.ts'
import { nameWithWords, ownerOf, unlisted, withOthers } from './names-of-files.ts'
import { isNamesake } from './namesake.ts'
import { wordsOf } from './said-of.ts'

/** Limit on the public names of a file that is described by one of them. */
const MAX_SHOWN = 3
/** How many times as long an undocumented definition may be. */
const MAX_TIMES = 4
/** Minimum share of the lines of a file's definitions for one to be its subject. */
export const MOST = 0.5

/** The description of the public subject of a file; in a program, also of an internal one. */
export function subjectWords(writing: Writing, path: string, definitions: readonly Component[]): Inline[] {
  if (importedSurfaces(writing).length === 0) return innerWords(writing, path, definitions)
  // The methods of a Ruby module have its comment.
  const shown = [...new Set(definitions.map((one) => ownerOf(writing, one)))]
  const { repo } = writing
  const [first] = shown
  // An undocumented definition that is short compared with the others is not the subject, whatever its name.
  const longest = shown.reduce((most, one) => Math.max(most, linesOf(repo, one)), 0)
  const isLong = (one: Component): boolean => wordsOf(repo, one) !== null || linesOf(repo, one) * MAX_TIMES >= longest
  const subject =
    namesakeIn(writing, path, shown.filter(isLong)) ?? (shown.length === 1 ? first : heaviestType(writing, path, shown))
  if (subject !== undefined) {
    return withOthers(
      writing,
      subject,
      shown,
      unlisted(writing, [path], [subject, ...shown]),
      nameWithWords(writing, subject),
    )
  }
  // One of several functions is not the subject of the file.
  if (first === undefined || shown.length > MAX_SHOWN || minor(first) > 0 || !TYPES.has(first.kind)) return []
  return wordsOf(writing.repo, first) === null
    ? []
    : withOthers(writing, first, shown, unlisted(writing, [path], shown))
}

/**
 * The description of the internal subject: the definition with the file's name, the only one, the longest that other files
 * use, or the longest function.
 */
function innerWords(writing: Writing, path: string, shown: readonly Component[]): Inline[] {
  const isTold = (one: Component): boolean => wordsOf(writing.repo, one) !== null
  // The subject of a header may be defined in another file.
  const subject = namesakeIn(writing, path, shown.filter(isTold)) ?? innerSubject(writing, path)
  if (subject === undefined) return []
  const others = unlisted(writing, [path], [subject, ...shown])
  return withOthers(writing, subject, shown, others, nameWithWords(writing, subject))
}

function innerSubject(writing: Writing, path: string): Component | undefined {
  const { repo } = writing
  if (!isCode(repo.files.get(path))) return undefined
  const own = ownDefinitions(writing, path)
  const isTold = (one: Component): boolean => {
    const words = wordsOf(repo, one)
    return words !== null && !LIKE.test(plainOf(words))
  }
  const named = namesakeIn(writing, path, own.filter(isTold))
  if (named !== undefined) return named
  // A helper function does not describe a program.
  if (own.some((one) => programOf(repo, one) > 0)) return own.find((one) => programOf(repo, one) > 0 && isTold(one))
  if (own.length === 1) return own.find(isTold)
  const sorted = own
    .filter((one) => !isOptionsType(one))
    .sort((a, b) => linesOf(repo, b) - linesOf(repo, a) || a.startLine - b.startLine)
  const used = sorted.filter((one) => TYPES.has(one.kind) || isUsedElsewhere(repo, one))
  // A definition that is short compared with an undocumented one is not the subject.
  const heaviest = (all: readonly Component[]): Component | undefined =>
    all.find((one) => isTold(one) && linesOf(repo, one) * MAX_TIMES >= linesOf(repo, all[0] ?? one))
  const total = own.reduce((sum, one) => sum + linesOf(repo, one), 0)
  const found = heaviest(used) ?? heaviest(sorted.filter(({ kind }) => kind === 'function'))
  // One of several definitions is not the subject of the file, unless it is most of the file.
  const isOfFew = found !== undefined && TYPES.has(found.kind) && own.length <= MAX_SHOWN
  const isMain = found !== undefined && (isOfFew || linesOf(repo, found) >= MOST * total)
  return isMain ? found : undefined
}

/** The definitions of a file; in Ruby, also the modules whose methods it defines. */
function ownDefinitions(writing: Writing, path: string): Component[] {
  const { repo } = writing
  const own = declaredIn(path, repo).filter(
    (one) =>
      minor(one) <= 1 &&
      (one.kind !== 'constant' || comparableName(one.name) === stemOf(path)) &&
      one.name !== 'default' &&
      !isAmbient(one) &&
      !isDeprecated(one) &&
      !isAdded(one, repo.components),
  )
  return [...new Set(own.map((one) => ownerOf(writing, one)))]
}

/** The definition with the exact name of the file, otherwise with its plural or with a prefix. */
function namesakeIn({ subject }: Writing, path: string, all: readonly Component[]): Component | undefined {
  const exact = all.find((one) => comparableName(one.name) === stemOf(path))
  return exact ?? all.find(({ name, kind }) => TYPES.has(kind) && isNamesake(name, stemOf(path), subject.name))
}

/** Whether code in another file uses it. */
export function isUsedElsewhere(repo: RepoIndex, { id, file }: Component): boolean {
  return [...(repo.users.get(id)?.keys() ?? [])].some(
    (end) => isCodeEnd(end, repo) && (repo.components.get(end)?.file ?? end) !== file,
  )
}

/** The type that most lines of a file's definitions belong to; types of options do not count. */
function heaviestType({ repo }: Writing, path: string, shown: readonly Component[]): Component | undefined {
  const total = declaredIn(path, repo).reduce((sum, one) => sum + linesOf(repo, one), 0)
  return shown.find(
    (one) =>
      TYPES.has(one.kind) &&
      !isOptionsType(one) &&
      !isDiscouraged(one) &&
      linesOf(repo, one) >= MOST * total &&
      minor(one) === 0,
  )
}

/** The lines of a component, including members outside its declaration. */
export function linesOf(repo: RepoIndex, component: Component): number {
  const { startLine, endLine } = component
  return ownMembers(repo, component)
    .filter((member) => member.startLine < startLine || member.endLine > endLine)
    .reduce((sum, member) => sum + member.endLine - member.startLine + 1, endLine - startLine + 1)
}

/** Matches descriptions that refer to another definition. */
const LIKE = /^(?:(?:the )?same as|like|similar to|see|variant of|works like) /i

/**
 * Describes a file without public definitions, by its own comment or by its subject. In a library, it is marked
 * as internal.
 */
export function internalHoldings(writing: Writing, files: readonly string[]): Inline[] {
  const { repo, texts } = writing
  const [path = '', ...more] = files
  if (more.length > 0) return []
  const surfaces = importedSurfaces(writing)
  const said = tellingSentence(repo.fileDocs.get(path), nameOf(path).replace(/\.\w+$/, ''), true)
  const subject = said === null ? innerSubject(writing, path) : undefined
  // A definition that is assigned to an export can be used, whatever its comment says.
  const isReached = surfaces.some(({ paths }) => paths.some(({ names }) => names.some(({ to }) => to === subject?.id)))
  const isOpen = surfaces.length === 0 || (subject !== undefined && isReached)
  if (subject !== undefined && comparableName(subject.name) !== stemOf(path)) {
    const own = ownDefinitions(writing, path).filter((one) => !one.name.startsWith('_'))
    const named = withOthers(writing, subject, own, 0, nameWithWords(writing, subject))
    return isOpen || named.length === 0 ? named : texts.module.internal(named)
  }
  const words = said ?? (subject === undefined ? null : wordsOf(repo, subject))
  return words === null ? [] : isOpen ? words : texts.module.internal(words)
}

export const stemOf = (path: string): string => comparableName(nameOf(path).replace(/\.\w+$/, ''))

export const plainOf = (words: readonly Inline[]): string => plainText(paragraph(...words))
