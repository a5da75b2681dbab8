/** What one file is for: its own words, else those of what it is about, else a fact; names alone say nothing. */

import type { Component } from '#generate/model.ts'
import { commandHoldings } from '#generate/pages/commands/command-line.ts'
import { additionWords } from '#generate/pages/entry/additions.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { isOf } from '#generate/pages/public-api/public-api.ts'
import { publicNames } from '#generate/pages/public-api/public-names.ts'
import { isAmbient, isDeprecated, minor } from '#generate/pages/public-api/traits.ts'
import { saidOfPath } from '#generate/pages/readme/path-rows.ts'
import { isCode } from '#generate/pages/survey.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { declaredIn } from '#generate/pages/tops.ts'
import { isPublic, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { code, type Inline, join } from '#markdown/build.ts'
import { toolOf } from './known-files.ts'
import { deprecatedNames, nameWithWords } from './names-of-files.ts'
import { tellingWords, wordsOf } from './said-of.ts'
import { shownIn } from './shown.ts'

/** Languages in which one file is imported for a package. */
const PASSES_ON = /\.(?:[cm]?[jt]sx?|pyi?|rs)$/
/** Members that a file adds to one type. */
const MAX_ADDED = 6
/** Of so many names one with words says what the file is about. */
const MAX_SHOWN = 3

/** A cell that says what a file is for; empty where nothing of it helps a reader. */
export function fileHoldings(writing: Writing, path: string): Inline[] {
  const { survey, texts } = writing
  const own = ownWords(writing, path)
  if (own.length > 0) return own
  const entry = entryOf(writing, path)
  if (entry !== undefined) return texts.module.entryOf([code(entry)])
  const shown = shownIn(writing, [path])
  const current = shown.filter((component) => !isDeprecated(component))
  const additions = (survey.additions.get(path) ?? []).filter((one) => isPublic(one, survey))
  const added = additions.filter((one) => !isDeprecated(one))
  const old = shown.length > 0 ? (current.length > 0 ? [] : shown) : added.length > 0 ? [] : additions
  const parts = [
    commandHoldings(writing, path),
    subjectWords(writing, path, current),
    ...additionWords(writing, added, MAX_ADDED),
    old.length > 0 ? deprecatedNames(writing, old, old.length) : [],
  ].filter((part) => part.length > 0)
  return parts.length > 0 ? join(parts, ' · ') : shown.length === 0 ? internalHoldings(writing, [path]) : []
}

/** What a file says of itself, what documents say of it, or which tool it is for. */
export function ownWords(writing: Writing, path: string): Inline[] {
  const doc = writing.survey.fileDocs.get(path) ?? ''
  const said = tellingWords(doc, nameOf(path).replace(/\.\w+$/, '')) ?? saidOfPath(writing, path)
  const tool = toolOf(path)
  return said ?? (tool === undefined ? [] : [writing.texts.module.configures(tool)])
}

/** Of what has the file's name, of its only definition, or of the first of a few that has words. */
function subjectWords(writing: Writing, path: string, names: readonly Component[]): Inline[] {
  const [first] = names
  const subject = names.find(({ name }) => plain(name) === stemOf(path)) ?? (names.length === 1 ? first : undefined)
  if (subject !== undefined) return nameWithWords(writing, subject)
  if (first === undefined || names.length > MAX_SHOWN || minor(first) > 0) return []
  return wordsOf(writing.survey, first) === null ? [] : nameWithWords(writing, first)
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
 * What a file has for itself alone: what it says of itself, else what is said of its only definition. Of a library it is said that
 * no user can reach it.
 */
export function internalHoldings(writing: Writing, files: readonly string[]): Inline[] {
  const { survey, texts } = writing
  const [path = '', ...more] = files
  if (more.length > 0) return []
  const isProgram = importedSurfaces(writing).length === 0
  const said = tellingSentence(survey.fileDocs.get(path), nameOf(path).replace(/\.\w+$/, ''), true)
  const names = declaredIn(path, survey).filter(
    (one) => isCode(survey.files.get(path)) && minor(one) <= 1 && one.name !== 'default' && !isAmbient(one),
  )
  const subject = names.find(({ name }) => plain(name) === stemOf(path)) ?? (names.length === 1 ? names[0] : undefined)
  const words = said ?? (subject === undefined ? null : wordsOf(survey, subject))
  return words === null ? [] : isProgram ? words : texts.module.internal(words)
}

const stemOf = (path: string): string => plain(nameOf(path).replace(/\.\w+$/, ''))
