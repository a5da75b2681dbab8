/** Describes files for which the repository has no sentence by their main definitions. */

import { hasText } from '#base/find-text.ts'
import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { kindWord } from '#generate/pages/entry/kind-word.ts'
import { calledAs, toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { memberNames } from '#generate/pages/public-api/index-signature.ts'
import { offerOf } from '#generate/pages/public-api/public-names.ts'
import { isReopened } from '#generate/pages/public-api/reopened-classes.ts'
import { OF_CONSTRUCTOR } from '#generate/pages/public-api/row-words.ts'
import { declaredIn, TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join, paragraph, plainText, refLink } from '#markdown/build.ts'
import { isPasted, isPurpose } from './purpose-sentence.ts'
import { isCalled, linesIn, linesOf, MIN_PART_OF_MODULE, plainTitle, rankDefinitions } from './rank-definitions.ts'
import { wordsOf } from './said-of.ts'

const MAX_NAMED = 3
/** Limit on the names behind sentences. */
const MAX_BESIDE = 2
/** Limit on the members that tell a type without a sentence. */
const MAX_MEMBERS = 3
/** How many definitions count, most important first: a sentence of any other one would be an odd example. */
const [FIRST_OF_FILE, FIRST_OF_MODULE] = [2, 3]
/** From this share of the lines of a file, a definition counts wherever it ranks. */
const THIRD = 1 / 3
/** Limits on the characters of the first sentence, and of all of them. */
const MAX_SENTENCE = 200
const MAX_SENTENCES = 220

/**
 * ``Plan: the orbits. Burn: a thrust. Also here: class `Orbit`, `plan()` and more``: at most three, with what they are for.
 * What comes before without a sentence is named: ``class `Plan` (`fly()`, `land()`), class `Orbit` and more``.
 *
 * @param start - Of a module: comes first.
 * @returns Empty if no definition has a sentence, unless `isNamed`: then it only names them.
 */
export function mainDefinitions(
  writing: Writing,
  files: readonly string[],
  { start, isNamed = false }: { start?: Component | null; isNamed?: boolean } = {},
): Inline[] {
  const { repo, texts } = writing
  const ranked = rankDefinitions(writing, files)
  const all = start == null ? ranked : [start, ...ranked.filter((one) => plainTitle(one) !== plainTitle(start))]
  // Definitions of one name in several files do different things.
  const isUnique = (one: Component): boolean =>
    files.every((path) => path === one.file || declaredIn(path, repo).every((other) => isCompatible(one, other)))
  const told: Inline[][] = []
  const named = new Set<Component>()
  for (const one of chiefOf(writing, files, all)) {
    const words = isUnique(one) ? sentenceOn(writing, one) : []
    const isShort = told.length === 0 || textOf([...told.flat(), ...words]).length <= MAX_SENTENCES
    if (words.length === 0 || !isShort || told.length === MAX_NAMED) continue
    told.push(words)
    named.add(one)
  }
  const namesOf = (some: readonly Component[], more: number): Inline[] => {
    const names = join(
      some.map((one) => [...nameOf(writing, one), ...membersOf(writing, one)]),
      texts.comma,
    )
    return more > 0 ? texts.andMore(names) : names
  }
  if (told.length === 0) {
    const isSaying = memberCount(writing, all[0]) > 1 || (start !== undefined && all.length > 1)
    return isNamed && isSaying ? namesOf(all.slice(0, MAX_NAMED), all.length - MAX_NAMED) : []
  }
  // More important ones without a sentence come first.
  const before = all.slice(
    0,
    all.findIndex((one) => named.has(one)),
  )
  const others = all.slice(before.length).filter((one) => !named.has(one))
  const rest = join(
    others.slice(0, MAX_BESIDE).map((one) => nameOf(writing, one)),
    texts.comma,
  )
  return [
    ...(before.length === 0 ? [] : [...namesOf(before, 0), '. ']),
    ...join(told, ' '),
    ...(rest.length === 0
      ? []
      : [' ', ...texts.module.alsoHere(others.length > MAX_BESIDE ? texts.andMore(rest) : rest)]),
  ]
}

/**
 * Those whose sentences may describe the files: of a file the most important ones, and what it mostly holds; of several files those
 * that users have or that are a part of them.
 */
function chiefOf(writing: Writing, files: readonly string[], all: readonly Component[]): Component[] {
  const { repo } = writing
  const total = files.reduce((sum, path) => sum + linesIn(repo, declaredIn(path, repo)), 0)
  if (files.length === 1) return all.filter((one, at) => at < FIRST_OF_FILE || linesOf(repo, one) >= THIRD * total)
  return all
    .slice(0, FIRST_OF_MODULE)
    .filter((one) => offerOf(writing, one) > 0 || linesOf(repo, one) >= MIN_PART_OF_MODULE * total)
}

/** How many methods a type has; the name of a file says as much as that of a type with less. */
const memberCount = (writing: Writing, one: Component | undefined): number =>
  one === undefined || !TYPES.has(one.kind) || isReopened(writing, one)
    ? 0
    : (writing.repo.members.get(one.id) ?? []).filter(
        (member) => member.kind === 'method' && isPublic(member, writing.repo),
      ).length

/** `` (`fly()`, `land()`)``, the most used ones; empty for a function. */
function membersOf(writing: Writing, one: Component): Inline[] {
  const names = memberNames(writing, one, MAX_MEMBERS)
  return names.length === 0 ? [] : [' (', ...names, ')']
}

/** Whether two definitions have different names, or the same comment. */
const isCompatible = (one: Component, other: Component): boolean =>
  plainTitle(one) !== plainTitle(other) || one.doc === other.doc

function nameOf(writing: Writing, one: Component): Inline[] {
  return isCalled(one)
    ? [refLink(refTo.component(one.id), code(`${calledAs(writing, one) ?? plainTitle(one)}()`))]
    : [`${writing.texts.kinds[kindWord(one)]} `, ...toUsersEntry(writing, one)]
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
  // Of its constructor, also of a function that is one: `Initialize a new Plan`.
  const isConstructor = TYPES.has(one.kind) || hasText(text, ` new ${one.name}`)
  if (isConstructor && OF_CONSTRUCTOR.test(text)) return []
  const [first, ...rest] = words
  const value = typeof first === 'string' ? first : first?.type === 'text' ? first.value : ''
  const name = toUsersEntry(writing, one)
  return value.startsWith(`${one.name} `)
    ? [...name, value.slice(one.name.length), ...rest]
    : [...name, texts.colon, ...words]
}

const textOf = (words: readonly Inline[]): string => plainText(paragraph(...words))
