/** Checks a proposed module title against the contents of the module; titles have no other evidence. */

import { type Component, filesOf, type Module } from '#generate/model.ts'
import { contentStems } from './content-words.ts'
import { addressIn } from './external-addresses.ts'
import { mixedWordIn, normalised } from './normalise.ts'
import { isSeriousClaimSupported } from './serious-claims.ts'
import { unknownEntityIn } from './unknown-entities.ts'

/** Limit on the characters of names, paths and comments that are compared. */
const MAX_CHARS = 200_000
const MAX_COMMENT_CHARS = 1_000
/** Minimum share of the words of a title that must occur in the module. */
const MIN_SHARE = 1 / 2
/** Minimum number of letters of a word: `cli`, `api`. */
const MIN_LETTERS = 3
/** Scripts allowed besides Latin, which names of code use. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  zh: /\p{Script=Han}/gu,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Common}]/gu,
  ko: /[\p{Script=Hangul}\p{Script=Han}]/gu,
  ru: /\p{Script=Cyrillic}/gu,
}
const LETTERS_BESIDE_LATIN = /(?!\p{Script=Latin})\p{L}/gu
/** Numbers with three digits or more: `0800`, but not the `2` in `http2`. */
const NUMBER = /\d{3,}/g

/** The words of a module as one text: id, title, paths, names and doc comments. */
export function wordsOfModule(
  module: Module,
  componentsIn: ReadonlyMap<string, readonly Pick<Component, 'qualifiedName' | 'doc'>[]>,
): string {
  const files = filesOf(module)
  const components = files.flatMap((path) => componentsIn.get(path) ?? [])
  const words = [module.id, module.title, ...files, ...components.map(({ qualifiedName }) => qualifiedName)].join('\n')
  const comments = components.flatMap(({ doc }) => (doc === null ? [] : [doc.slice(0, MAX_COMMENT_CHARS)]))
  return `${words.slice(0, MAX_CHARS / 2)}\n${comments.join('\n').slice(0, MAX_CHARS / 2)}`
}

/** Whether at least half of the words of a title occur in the module, and the rest names nothing outside of it. */
export function isTitleSupported(title: string, words: string, language: string): boolean {
  const plain = normalised(title)
  const lower = words.toLowerCase()
  const isHere = (text: string): boolean => lower.includes(text.toLowerCase())
  const alien = plain.replace(SCRIPTS[language] ?? '', '').match(LETTERS_BESIDE_LATIN)
  if (alien !== null || mixedWordIn(title) !== undefined) return false
  if ((plain.match(NUMBER) ?? []).some((number) => !isHere(number))) return false
  if (addressIn(title, isHere) !== undefined || unknownEntityIn(title, isHere, language) !== undefined) return false
  if (!isSeriousClaimSupported(title, words)) return false
  const stems = [...contentStems(plain, MIN_LETTERS)]
  const own = contentStems(words, MIN_LETTERS)
  const shared = stems.filter((stem) => own.has(stem)).length
  return shared > 0 && shared >= stems.length * MIN_SHARE
}
