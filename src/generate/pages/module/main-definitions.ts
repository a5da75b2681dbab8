/** Describes files for which the repository has no sentence by their main definitions. */

import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { calledAs, toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { declaredIn, TYPES } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join, paragraph, plainText, refLink } from '#markdown/build.ts'
import { isPasted, isPurpose } from './purpose-sentence.ts'
import { plainTitle, rankDefinitions } from './rank-definitions.ts'
import { wordsOf } from './said-of.ts'

const MAX_NAMED = 3
/** Limit on the names behind sentences. */
const MAX_BESIDE = 2
/** How many definitions a file may have for one that is not among the first to describe it. */
const MAX_SEARCHED = 6
/** Limits on the characters of the first sentence, and of all of them. */
const MAX_SENTENCE = 200
const MAX_SENTENCES = 220

/**
 * ``Plan: the orbits. Burn: a thrust. Also here: class `Orbit`, `plan()` and 4 more``: at most three, with what they are for.
 *
 * @param start - Comes first.
 * @returns Empty if no definition has a sentence, unless `isNamed`: then it only names them.
 */
export function mainDefinitions(
  writing: Writing,
  files: readonly string[],
  { start = null, isNamed = false }: { start?: Component | null; isNamed?: boolean } = {},
): Inline[] {
  const { repo, texts } = writing
  const ranked = rankDefinitions(writing, files)
  const all = start === null ? ranked : [start, ...ranked.filter((one) => plainTitle(one) !== plainTitle(start))]
  // Definitions of one name in several files do different things.
  const isUnique = (one: Component): boolean =>
    files.every((path) => path === one.file || declaredIn(path, repo).every((other) => isCompatible(one, other)))
  const sentences = new Map(
    all.slice(0, MAX_SEARCHED).map((one) => [one, isUnique(one) ? sentenceOn(writing, one) : []]),
  )
  const isTold = (one: Component): boolean => (sentences.get(one) ?? []).length > 0
  const top = all.slice(0, MAX_NAMED)
  // One of many that is not among the first is an odd example.
  const chief = top.find(isTold) ?? (all.length > MAX_SEARCHED ? undefined : all.find(isTold))
  if (chief === undefined && !isNamed) return []
  const told: Inline[][] = []
  const named = new Set<Component>()
  for (const one of new Set(chief === undefined ? [] : [chief, ...top])) {
    const words = sentences.get(one) ?? []
    const isShort = one === chief || textOf([...told.flat(), ...words]).length <= MAX_SENTENCES
    if (words.length === 0 || !isShort || told.length === MAX_NAMED) continue
    told.push(words)
    named.add(one)
  }
  const others = all.filter((one) => !named.has(one))
  const shown = others.slice(0, told.length === 0 ? MAX_NAMED : MAX_BESIDE)
  const rest = few(
    shown.map((one) => nameOf(writing, one)),
    MAX_NAMED,
    texts,
    others.length - shown.length,
  )
  if (told.length === 0) return rest
  return [...join(told, ' '), ...(rest.length === 0 ? [] : [' ', ...texts.module.alsoHere(rest)])]
}

/** Whether two definitions have different names, or the same comment. */
const isCompatible = (one: Component, other: Component): boolean =>
  plainTitle(one) !== plainTitle(other) || one.doc === other.doc

const isCalled = ({ kind }: Component): boolean => kind === 'function' || kind === 'method'

function nameOf(writing: Writing, one: Component): Inline[] {
  return isCalled(one)
    ? [refLink(refTo.component(one.id), code(`${calledAs(writing, one) ?? plainTitle(one)}()`))]
    : [`${writing.texts.kinds[one.kind]} `, ...toUsersEntry(writing, one)]
}

/** `Plan: the orbits`, `Plan keeps orbits`. */
function sentenceOn(writing: Writing, one: Component): Inline[] {
  const { repo, texts } = writing
  const words = wordsOf(repo, one)
  if (words === null || isPasted(repo, one) || isHidden(writing, one)) return []
  const text = textOf(words)
  if (text.length > MAX_SENTENCE || !isPurpose(words, one.name, 1)) return []
  // Of a function's result, not of the type.
  if (TYPES.has(one.kind) && /^Returns?\b/.test(text)) return []
  const [first, ...rest] = words
  const value = typeof first === 'string' ? first : first?.type === 'text' ? first.value : ''
  const name = toUsersEntry(writing, one)
  return value.startsWith(`${one.name} `)
    ? [...name, value.slice(one.name.length), ...rest]
    : [...name, texts.colon, ...words]
}

const textOf = (words: readonly Inline[]): string => plainText(paragraph(...words))
