/** Describes a file by one sentence of the repository; nothing stands in for a sentence that is missing. */

import type { Component } from '#generate/model.ts'
import { commandSentence } from '#generate/pages/commands/command-line.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { isIntroduction, isOfWhole } from '#generate/pages/overview/introduce.ts'
import { toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import { isHeader } from '#generate/pages/public-api/leading.ts'
import { pathDescription } from '#generate/pages/readme/path-rows.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { type Inline, join, paragraph, plainText } from '#markdown/build.ts'
import { fileComment } from './file-comment.ts'
import { isPasted, isPurpose } from './purpose-sentence.ts'
import { wordsOf } from './said-of.ts'
import { stemOf, subjectsOfFile } from './subject-of-file.ts'
import { isToolSettings } from './tool-settings.ts'

/**
 * By its own comment (unless it is about the whole repository), otherwise by a document, its main definitions, or the help of the
 * command that it defines. May be empty.
 */
export function filePurpose(writing: Writing, path: string): Inline[] {
  const words = isToolSettings(path) ? [] : ownPurpose(writing, path)
  return isIntroduction(writing, textOf(words), 1) ? [] : words
}

function ownPurpose(writing: Writing, path: string): Inline[] {
  const comment = fileComment(writing.repo, path)
  const own = isOfWhole(writing, textOf(comment)) ? [] : comment
  const header = headerOf(writing.repo, path)
  // The comment of a header is often copied into its implementation. It is shown once, for the header.
  const isCopied = header !== undefined && textOf(own) === textOf(fileComment(writing.repo, header))
  if (own.length > 0 && !isCopied) return own
  const said = pathDescription(writing, path)
  if (said !== null && isPurpose(said, stemOf(path))) return said
  const told = definitionsPurpose(writing, path)
  return told.length > 0 ? told : (commandSentence(writing, path) ?? [])
}

/** What the main definitions of a file are for: `Plan: the orbits. Burn: a thrust.` */
function definitionsPurpose(writing: Writing, path: string): Inline[] {
  const found = subjectsOfFile(writing, path)
  const isWhole = (one: Component): boolean => TYPES.has(one.kind) || (isCalled(one) && isNamed(one, path))
  // One constant, or a function that the file is not named after, is not the whole of it.
  const subjects = found.length > 1 || found.every(isWhole) ? found : []
  const all = subjects.map((one) => namedPurpose(writing, one))
  const [first] = all
  const lengths = all.map((words) => textOf(words).length)
  const isTold = lengths.every((length) => length > 0 && length <= MAX_OF_SEVERAL)
  if (first !== undefined && all.length > 1 && isTold) return join(all, ' ')
  const [subject] = subjects
  return first !== undefined && (all.length === 1 || (subject !== undefined && isNamed(subject, path))) ? first : []
}

const isCalled = ({ kind }: Component): boolean => kind === 'function' || kind === 'method'
const isNamed = ({ name }: Component, path: string): boolean =>
  comparableName(name) === stemOf(path) || /^(?:index|lib|main|mod)$/.test(stemOf(path))

/** Limit on the characters of each sentence where a file has several definitions of equal weight. */
const MAX_OF_SEVERAL = 160

/** `Plan: the orbits`, `Plan keeps orbits`; empty if its comment does not say what it is for. */
export function namedPurpose(writing: Writing, component: Component): Inline[] {
  const said = wordsOf(writing.repo, component)
  if (said === null || isPasted(writing.repo, component) || !isPurpose(said, component.name)) return []
  const [first, ...rest] = said
  const text = typeof first === 'string' ? first : first?.type === 'text' ? first.value : ''
  const name = toUsersEntry(writing, component)
  return text.startsWith(`${component.name} `)
    ? [...name, text.slice(component.name.length), ...rest]
    : [...name, writing.texts.colon, ...said]
}

/** The header of the same name that a C or C++ file includes. */
function headerOf(repo: RepoIndex, path: string): string | undefined {
  if (!/\.c(?:c|pp|xx)?$/.test(path)) return undefined
  const named = [...(repo.links.get(path)?.keys() ?? [])].filter(
    (other) => isHeader(other) && stemOf(other) === stemOf(path),
  )
  return named.length === 1 ? named[0] : undefined
}

const textOf = (words: readonly Inline[]): string => plainText(paragraph(...words))
