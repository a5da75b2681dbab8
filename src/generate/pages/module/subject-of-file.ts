/** The definition that a file is about, and what is said of the file by it. */

import type { Component } from '#generate/model.ts'
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

/** Of so many names one with words says what the file is about. */
const MAX_SHOWN = 3
/** How many times as long something without words may be. */
const MAX_TIMES = 4
/** Of the lines of the definitions of a file. */
export const MOST = 0.5

/** Of what a file is about, as its users see it; of a program, which nobody imports, as its other files do. */
export function subjectWords(writing: Writing, path: string, shown: readonly Component[]): Inline[] {
  if (importedSurfaces(writing).length === 0) return innerWords(writing, path, shown)
  const { repo } = writing
  const [first] = shown
  // Without words, what is short beside the others is not what the file is about, whatever its name.
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
  // One function of several is not what the file is for.
  if (first === undefined || shown.length > MAX_SHOWN || minor(first) > 0 || !TYPES.has(first.kind)) return []
  return wordsOf(writing.repo, first) === null
    ? []
    : withOthers(writing, first, shown, unlisted(writing, [path], shown))
}

/** Of what has the file's name, of its only definition, of of the longest type or function that other files use, else of the longest function. */
function innerWords(writing: Writing, path: string, shown: readonly Component[]): Inline[] {
  const isTold = (one: Component): boolean => wordsOf(writing.repo, one) !== null
  // A header is about what it declares, wherever that is defined.
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
  // A program is not what one of its helpers does.
  if (own.some((one) => programOf(repo, one) > 0)) return own.find((one) => programOf(repo, one) > 0 && isTold(one))
  if (own.length === 1) return own.find(isTold)
  const sorted = own
    .filter((one) => !isOptionsType(one))
    .sort((a, b) => linesOf(repo, b) - linesOf(repo, a) || a.startLine - b.startLine)
  const used = sorted.filter((one) => TYPES.has(one.kind) || isUsedElsewhere(repo, one))
  // What is short beside that which has no words is not what the file is about.
  const heaviest = (all: readonly Component[]): Component | undefined =>
    all.find((one) => isTold(one) && linesOf(repo, one) * MAX_TIMES >= linesOf(repo, all[0] ?? one))
  const total = own.reduce((sum, one) => sum + linesOf(repo, one), 0)
  const found = heaviest(used) ?? heaviest(sorted.filter(({ kind }) => kind === 'function'))
  // One definition of several is not what the file is for, unless it is most of that.
  const isOfFew = found !== undefined && TYPES.has(found.kind) && own.length <= MAX_SHOWN
  const isMain = found !== undefined && (isOfFew || linesOf(repo, found) >= MOST * total)
  return isMain ? found : undefined
}

/** What a file defines, of Ruby the modules whose methods it defines. */
function ownDefinitions(writing: Writing, path: string): Component[] {
  const { repo } = writing
  const own = declaredIn(path, repo).filter(
    (one) =>
      minor(one) <= 1 &&
      one.name !== 'default' &&
      !isAmbient(one) &&
      !isDeprecated(one) &&
      !isAdded(one, repo.components),
  )
  return [...new Set(own.map((one) => ownerOf(writing, one)))]
}

/** What is called exactly like a file, else like it in the plural or with a prefix. */
function namesakeIn({ subject }: Writing, path: string, all: readonly Component[]): Component | undefined {
  const exact = all.find((one) => plain(one.name) === stemOf(path))
  return exact ?? all.find(({ name, kind }) => TYPES.has(kind) && isNamesake(name, stemOf(path), subject.name))
}

/** Whether the code of another file uses it. */
export function isUsedElsewhere(repo: RepoIndex, { id, file }: Component): boolean {
  return [...(repo.users.get(id)?.keys() ?? [])].some(
    (end) => isCodeEnd(end, repo) && (repo.components.get(end)?.file ?? end) !== file,
  )
}

/** A type that most lines of a file's definitions belong to; options are for what takes them. */
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

/** With members that stand outside of it. */
export function linesOf(repo: RepoIndex, component: Component): number {
  const { startLine, endLine } = component
  return ownMembers(repo, component)
    .filter((member) => member.startLine < startLine || member.endLine > endLine)
    .reduce((sum, member) => sum + member.endLine - member.startLine + 1, endLine - startLine + 1)
}

/** Told by another one. */
const LIKE = /^(?:(?:the )?same as|like|similar to|see|variant of|works like) /i

export const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

/**
 * What a file has for itself alone: what it says of itself, else what is said of the definition that it is about. Of a library it is said that
 * no user can reach it.
 */
export function internalHoldings(writing: Writing, files: readonly string[]): Inline[] {
  const { repo, texts } = writing
  const [path = '', ...more] = files
  if (more.length > 0) return []
  const surfaces = importedSurfaces(writing)
  const said = tellingSentence(repo.fileDocs.get(path), nameOf(path).replace(/\.\w+$/, ''), true)
  const subject = said === null ? innerSubject(writing, path) : undefined
  // Set on what a module exports, it is within the reach of users, whatever its comment says.
  const isReached = surfaces.some(({ paths }) => paths.some(({ names }) => names.some(({ to }) => to === subject?.id)))
  const isOpen = surfaces.length === 0 || (subject !== undefined && isReached)
  if (subject !== undefined && plain(subject.name) !== stemOf(path)) {
    const own = ownDefinitions(writing, path).filter((one) => !one.name.startsWith('_'))
    const named = withOthers(writing, subject, own, 0, nameWithWords(writing, subject))
    return isOpen || named.length === 0 ? named : texts.module.internal(named)
  }
  const words = said ?? (subject === undefined ? null : wordsOf(repo, subject))
  return words === null ? [] : isOpen ? words : texts.module.internal(words)
}

export const stemOf = (path: string): string => plain(nameOf(path).replace(/\.\w+$/, ''))

export const plainOf = (words: readonly Inline[]): string => plainText(paragraph(...words))
