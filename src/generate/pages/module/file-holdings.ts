/** What one file is for: its own words, else those of what it is about, else the names of what it holds. */

import type { Component } from '#generate/model.ts'
import { commandHoldings } from '#generate/pages/commands/command-line.ts'
import { additionWords } from '#generate/pages/entry/additions.ts'
import { iotaBlocks } from '#generate/pages/entry/iota-blocks.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { byLead, isHeader, programOf } from '#generate/pages/public-api/leading.ts'
import { isOf } from '#generate/pages/public-api/public-api.ts'
import { publicNames } from '#generate/pages/public-api/public-names.ts'
import { isAmbient, isDeprecated, isDiscouraged, isOptionsType, minor } from '#generate/pages/public-api/traits.ts'
import { saidOfPath } from '#generate/pages/readme/path-rows.ts'
import { isCode, isCodeEnd, type Survey } from '#generate/pages/survey.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { declaredIn, isAdded, ownMembers, TYPES } from '#generate/pages/tops.ts'
import { isPublic, toFile, type Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { code, type Inline, join, paragraph, plainText } from '#markdown/build.ts'
import { toolOf } from './known-files.ts'
import { deprecatedNames, filesWith, isCalledLike, MAX_FILES, names, nameWithWords } from './names-of-files.ts'
import { tellingWords, wordsOf } from './said-of.ts'
import { shownIn } from './shown.ts'

/** Languages in which one file is imported for a package. */
const PASSES_ON = /\.(?:[cm]?[jt]sx?|pyi?|rb|rs)$/
/** Members that a file adds to one type. */
const MAX_ADDED = 6
/** Of so many names one with words says what the file is about. */
const MAX_SHOWN = 3
/** How many times as long something without words may be. */
const MAX_TIMES = 4
/** Languages in which a file does something by itself. */
const RUNS = /\.(?:[cm]?[jt]sx?|php|py|rb|sh|bash)$/
/** Of the lines of the definitions of a file. */
const MOST = 0.5

/** A cell that says what a file is for; empty where it holds nothing. */
export function fileHoldings(writing: Writing, path: string): Inline[] {
  const { survey, texts } = writing
  const own = ownWords(writing, path)
  const header = headerOf(survey, path)
  // What a header says is copied into the file that implements it.
  const isOwn = header === undefined || plainOf(own) !== plainOf(ownWords(writing, header))
  if (own.length > 0 && isOwn) return own
  if (header !== undefined) return texts.module.implementsHeader(toFile(header, nameOf(header)))
  const entry = entryOf(writing, path)
  if (entry !== undefined) return texts.module.entryOf([code(entry)])
  const shown = shownIn(writing, [path])
  const current = shown.filter((component) => !isDeprecated(component))
  const additions = (survey.additions.get(path) ?? []).filter((one) => isPublic(one, survey))
  const added = additions.filter((one) => !isDeprecated(one) && !isWrittenBeside(survey, one))
  const old = shown.length > 0 ? (current.length > 0 ? [] : shown) : added.length > 0 ? [] : additions
  const command = commandHoldings(writing, [path])
  const parts = [
    command,
    command.length > 0 && importedSurfaces(writing).length === 0 ? [] : subjectWords(writing, path, current),
    ...additionWords(writing, added, MAX_ADDED),
    old.every(isDeprecated) && old.length > 0 ? deprecatedNames(writing, old, old.length) : [],
  ].filter((part) => part.length > 0)
  if (parts.length > 0) return join(parts, ' · ')
  const internal = shown.length === 0 ? internalHoldings(writing, [path]) : []
  return internal.length > 0 ? internal : names(writing, namedIn(writing, path, shown))
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
  const own = declaredIn(path, survey).filter((one) => !isAdded(one, survey.components) && one.kind !== 'namespace')
  if (own.length === 0) {
    const passedOn = (analysis.exports[path] ?? []).flatMap(({ to }) => survey.components.get(to ?? '') ?? [])
    return byLead(writing, [...new Set(passedOn)], new Set(passedOn.map(({ file }) => file)))
  }
  // What many files have says less of one than its own helpers.
  const rank = (one: Component): number =>
    filesWith(survey, one.name) > MAX_FILES ? 2 : one.name.startsWith('_') ? 1 : 0
  // What most of the file is comes first, other names for types last.
  const size = (one: Component): number => (one.kind === 'type' ? 0 : linesOf(survey, one))
  const main = own.filter((one) => minor(one) === 0).toSorted((a, b) => rank(a) - rank(b) || size(b) - size(a))
  const total = main.reduce((sum, one) => sum + size(one), 0)
  // Helpers of a script are not what it does.
  return !RUNS.test(path) || total >= MOST * (survey.files.get(path)?.lines ?? 0) ? main : []
}

const plainOf = (words: Inline[]): string => plainText(paragraph(...words))

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

/** What a file says of itself, what documents say of it, or which tool it is for. */
export function ownWords(writing: Writing, path: string): Inline[] {
  const said = fileWords(writing.survey, path) ?? saidOfPath(writing, path)
  const tool = toolOf(path)
  return said ?? (tool === undefined ? [] : [writing.texts.module.configures(tool)])
}

/** The comment of a file up to its first part, where it says more than its path and is on the file: `Markdown is a markup language` is not. */
function fileWords(survey: Survey, path: string): Inline[] | null {
  const name = path.replace(/\.\w+$/, '')
  const own = [stemOf(path), ...declaredIn(path, survey).map((one) => plain(one.name))]
  const isOwn = (subject: string): boolean =>
    DEMONSTRATIVE.test(subject) || own.some((one) => one.includes(plain(subject)) || plain(subject).includes(one))
  const parts = (survey.fileDocs.get(path) ?? '')
    .trim()
    .split(/\n[ \t]*\n/)
    .slice(0, MAX_PARAGRAPHS)
  const end = parts.findIndex((part, at) => at > 0 && PART.test(part))
  for (const at of parts.slice(0, end < 0 ? parts.length : end).keys()) {
    const words = tellingWords(parts.slice(at, end < 0 ? undefined : end).join('\n\n'), name)
    const [, subject = ''] = OF_ANOTHER.exec(words === null ? '' : plainOf(words)) ?? []
    if (subject === '' || isOwn(subject)) return words
  }
  return null
}

/** A heading, or code. */
const PART = /^(?:#{1,6} |\*\*[^*\n]{1,80}\*\*\s*$|[^\n]{1,80}\n(?:={3,}|-{3,})\s*$|```| {4}\S)/
const MAX_PARAGRAPHS = 4
/** A name, and what that is: `Markdown is a lightweight markup language`. */
const OF_ANOTHER = /^(\p{Lu}[\p{L}\p{N}]{2,40}) (?:is|are) (?:an?|the) (?!(?:base|abstract) )/u
/** Words with which a sentence begins. */
const DEMONSTRATIVE = /^(?:This|That|These|Those|There|Here|Each|Every|Most|Some|Below|Above)$/

/** Of what a file is about, as its users see it; of a program, which nobody imports, as its other files do. */
function subjectWords(writing: Writing, path: string, shown: readonly Component[]): Inline[] {
  if (importedSurfaces(writing).length === 0) return innerWords(writing, path)
  const [first] = shown
  const subject =
    shown.find(({ name }) => plain(name) === stemOf(path)) ??
    (shown.length === 1 ? first : heaviestType(writing, path, shown))
  if (subject !== undefined) {
    return withOthers(writing, subject, shown)
  }
  // One function of several is not what the file is for.
  if (first === undefined || shown.length > MAX_SHOWN || minor(first) > 0 || !TYPES.has(first.kind)) return []
  return wordsOf(writing.survey, first) === null ? [] : withOthers(writing, first, shown)
}

/** What is said of one, and the names of the others: it is not all that is there. */
function withOthers(writing: Writing, subject: Component, shown: readonly Component[]): Inline[] {
  const told = nameWithWords(writing, subject)
  const others = names(
    writing,
    shown.filter((one) => one !== subject && one.name !== subject.name && minor(one) === 0),
    false,
  )
  return told.length === 0 || others.length === 0 ? told : [...told, ' · ', ...others]
}

/** Of what has the file's name, of its only definition, of of the longest type or function that other files use, else of the longest function. */
function innerWords(writing: Writing, path: string): Inline[] {
  const subject = innerSubject(writing, path)
  return subject === undefined ? [] : nameWithWords(writing, subject)
}

function innerSubject(writing: Writing, path: string): Component | undefined {
  const { survey } = writing
  if (!isCode(survey.files.get(path))) return undefined
  const own = declaredIn(path, survey).filter(
    (one) =>
      minor(one) <= 1 &&
      one.name !== 'default' &&
      !isAmbient(one) &&
      !isDeprecated(one) &&
      !isAdded(one, survey.components),
  )
  const isTold = (one: Component): boolean => wordsOf(survey, one) !== null
  const named = own.find((one) => plain(one.name) === stemOf(path) && isTold(one))
  if (named !== undefined) return named
  // A program is not what one of its helpers does.
  if (own.some((one) => programOf(survey, one) > 0)) return own.find((one) => programOf(survey, one) > 0 && isTold(one))
  if (own.length === 1) return own.find(isTold)
  const sorted = own
    .filter((one) => !isOptionsType(one))
    .sort((a, b) => linesOf(survey, b) - linesOf(survey, a) || a.startLine - b.startLine)
  const isOutside = ({ id }: Component): boolean =>
    [...(survey.users.get(id)?.keys() ?? [])].some(
      (end) => isCodeEnd(end, survey) && (survey.components.get(end)?.file ?? end) !== path,
    )
  const used = sorted.filter((one) => TYPES.has(one.kind) || isOutside(one))
  // What is short beside that which has no words is not what the file is about.
  const heaviest = (all: readonly Component[]): Component | undefined =>
    all.find((one) => isTold(one) && linesOf(survey, one) * MAX_TIMES >= linesOf(survey, all[0] ?? one))
  const total = own.reduce((sum, one) => sum + linesOf(survey, one), 0)
  const found = heaviest(used) ?? heaviest(sorted.filter(({ kind }) => kind === 'function'))
  // One function of several that others use is not what the file is for.
  const isAlone = used.length === 1 && found === used[0]
  const isMain = found !== undefined && (isAlone || TYPES.has(found.kind) || linesOf(survey, found) >= MOST * total)
  return isMain ? found : undefined
}

/** A type that most lines of a file's definitions belong to; options are for what takes them. */
function heaviestType({ survey }: Writing, path: string, shown: readonly Component[]): Component | undefined {
  const total = declaredIn(path, survey).reduce((sum, one) => sum + linesOf(survey, one), 0)
  return shown.find(
    (one) =>
      TYPES.has(one.kind) &&
      !isOptionsType(one) &&
      !isDiscouraged(one) &&
      linesOf(survey, one) >= MOST * total &&
      minor(one) === 0,
  )
}

/** With members that stand outside of it. */
export function linesOf(survey: Survey, component: Component): number {
  const { startLine, endLine } = component
  return ownMembers(survey, component)
    .filter((member) => member.startLine < startLine || member.endLine > endLine)
    .reduce((sum, member) => sum + member.endLine - member.startLine + 1, endLine - startLine + 1)
}

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

const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

/**
 * What a file has for itself alone: what it says of itself, else what is said of the definition that it is about. Of a library it is said that
 * no user can reach it.
 */
export function internalHoldings(writing: Writing, files: readonly string[]): Inline[] {
  const { survey, texts } = writing
  const [path = '', ...more] = files
  if (more.length > 0) return []
  const isProgram = importedSurfaces(writing).length === 0
  const said = tellingSentence(survey.fileDocs.get(path), nameOf(path).replace(/\.\w+$/, ''), true)
  const subject = said === null ? innerSubject(writing, path) : undefined
  if (subject !== undefined && plain(subject.name) !== stemOf(path)) {
    const named = nameWithWords(writing, subject)
    return isProgram || named.length === 0 ? named : texts.module.internal(named)
  }
  const words = said ?? (subject === undefined ? null : wordsOf(survey, subject))
  return words === null ? [] : isProgram ? words : texts.module.internal(words)
}

const stemOf = (path: string): string => plain(nameOf(path).replace(/\.\w+$/, ''))
