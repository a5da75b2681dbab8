/** Describes files without a sentence of their own by the comments on their main definitions. */

import { hasText } from '#base/find-text.ts'
import type { Component } from '#generate/model.ts'
import { isTruism } from '#generate/pages/distinct-words.ts'
import { afterFirstSentence } from '#generate/pages/first-sentence.ts'
import { toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { OF_CONSTRUCTOR } from '#generate/pages/public-api/row-words.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { type Inline, join, paragraph, plainText } from '#markdown/build.ts'
import { standsAlone, tellingWords, wordsOf } from './describe-definition.ts'
import { isPasted, isPurpose } from './purpose-sentence.ts'
import { subjectsOf } from './subjects.ts'

/**
 * `Plan: the orbits.`, or `Plan keeps orbits. Burn: a thrust.` for a file that consists of two.
 *
 * @param name - Of the file or module.
 * @returns Empty if they have no sentence.
 */
export function mainDefinitions(writing: Writing, files: readonly string[], name: string): Inline[] {
  return describedMain(writing, files, name).words
}

/** The same, with the definitions that the sentences are about. */
export function describedMain(
  writing: Writing,
  files: readonly string[],
  name: string,
): { words: Inline[]; of: Component[] } {
  const { named, most } = subjectsOf(writing, files, name)
  const all = most.map((one) => sentenceOn(writing, one))
  // Two definitions that make up most of a file describe it better than the one with its name.
  const areDescribed = all.every((words) => words.length > 0) && most.some((one) => named.includes(one))
  if (named.length === 0 || areDescribed)
    return all.some((words) => words.length === 0) ? { words: [], of: [] } : { words: join(all, ' '), of: most }
  const rows = named.map((one) => ({ words: sentenceOn(writing, one), of: [one] }))
  return rows.find(({ words }) => words.length > 0) ?? { words: [], of: [] }
}

/** `Plan: the orbits`, `Plan keeps orbits`. */
export function sentenceOn(writing: Writing, one: Component): Inline[] {
  const { repo, texts, subject } = writing
  const words = wordsBeyondName(repo, one)
  if (words === null || isPasted(repo, one) || isHidden(writing, one)) return []
  const text = textOf(words)
  // `An entity for a plan` says no more than its name; `Checks plans` does.
  const least = TYPES.has(one.kind) && !VERB.test(text) ? 2 : 1
  const place = least === 1 ? '' : one.file.split('/').slice(-2).join(' ')
  if (!isPurpose(words, `${one.name} ${subject.name} ${place}`, least)) return []
  // The sentence is about a function's result, not about the type.
  if (TYPES.has(one.kind) && /^Returns?\b/.test(text)) return []
  // The sentence is about a constructor, which may be a function: `Initialize a new Plan`.
  const isConstructor = TYPES.has(one.kind) || hasText(text, ` new ${one.name}`)
  if (isConstructor && OF_CONSTRUCTOR.test(text)) return []
  const [first, ...rest] = words
  const value = typeof first === 'string' ? first : first?.type === 'text' ? first.value : ''
  const name = toUsersEntry(writing, one)
  return value.startsWith(`${one.name} `)
    ? [...name, value.slice(one.name.length), ...rest]
    : [...name, texts.colon, ...words]
}

/** Its description, or the part of its comment after a sentence that only repeats its name. */
function wordsBeyondName(repo: RepoIndex, one: Component): Inline[] | null {
  const words = wordsOf(repo, one)
  if (words === null || !isTruism(textOf(words), one.name)) return words
  const rest = afterFirstSentence(one.doc ?? '')
  return standsAlone(rest) ? tellingWords(rest, one.name) : null
}

const VERB = /^\p{Lu}\p{Ll}+s\b/u

const textOf = (words: readonly Inline[]): string => plainText(paragraph(...words))
