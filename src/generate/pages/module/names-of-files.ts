/** Describes a file or a module by its definitions: the one that represents it, or the names of several. */

import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { memberNames } from '#generate/pages/entry/additions.ts'
import { toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { isReopened } from '#generate/pages/public-api/reopened-classes.ts'
import { isDeprecated, isDiscouraged, isScriptVariable, minor } from '#generate/pages/public-api/traits.ts'
import { calledInCode } from '#generate/pages/readme/readme-calls.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { declaredIn, isAdded, membersElsewhere, ownMembers, parentOf, TYPES } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import { docSentence, isPublic, titleOf, type Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { type Inline, join, paragraph, plainText } from '#markdown/build.ts'
import { isCommon } from './common-methods.ts'
import { purposeOfName, saidOf } from './said-of.ts'

const MAX_NAMES = 5
/** Limit on the names in a list. */
const MAX_LISTED = 25
/** Minimum number of files that define a name for it not to describe any of them. */
const MIN_COMMON = 5
/** Minimum number of names that documents call, to list only these of a long list. */
const MIN_CALLED = 3
const MAX_REASON = 120
/** Limit on the members of a type that are named for one of its files. */
const MAX_HERE = 6

/** `Plan: the orbits that are flown`; empty if there is nothing to say about it. */
export function nameWithWords(writing: Writing, component: Component): Inline[] {
  const said = nameWithPurpose(writing, component)
  const here = membersHere(writing, component)
  return here.length > 0 && said.length === 0 ? [...toUsersEntry(writing, component), ...here] : [...said, ...here]
}

/** The same for a type as a whole, whichever files its members are in. */
export function nameWithPurpose(writing: Writing, component: Component): Inline[] {
  const said = purposeOfName(writing, component)
  return said.length > 0 ? named(writing, component, said) : []
}

/** `Plan: the orbits`, `Plan keeps orbits`: words that begin with the name do not have it before them as well. */
function named(writing: Writing, component: Component, said: readonly Inline[]): Inline[] {
  const [first, ...rest] = said
  const text = typeof first === 'string' ? first : first?.type === 'text' ? first.value : ''
  const name = toUsersEntry(writing, component)
  return text.startsWith(`${component.name} `)
    ? [...name, text.slice(component.name.length), ...rest]
    : [...name, writing.texts.colon, ...said]
}

/**
 * The description of one definition, and the names of all others; minor and deprecated ones come last.
 *
 * @param others - The number of further definitions.
 */
export function withOthers(
  writing: Writing,
  told: Component,
  shown: readonly Component[],
  others: number,
  words = nameWithPurpose(writing, told),
): Inline[] {
  const isLast = (one: Component): boolean => minor(one) > 0 || isDeprecated(one) || isDiscouraged(one)
  const left = shown.filter((one) => one !== told && titleOf(one) !== titleOf(told))
  const listed = [...left.filter((one) => !isLast(one)), ...left.filter(isLast)]
  const more = names(writing, listed, false, others)
  return words.length === 0 || more.length === 0 ? words : [...words, ' · ', ...more]
}

/**
 * `Plan, Leg, fly and 5 more`, each name once. A single name gets a description. If it has none, it is left out if it is only the
 * name of its file, or is shown with its signature unless many files define the name.
 *
 * @param others - The number of further definitions.
 */
export function names(writing: Writing, components: readonly Component[], isAlone = true, others = 0): Inline[] {
  const all = ownersOf(writing, components)
  const [only] = all
  if (only === undefined) return []
  // `match` and `run` in each file of a folder say nothing about one of them.
  const common = all.filter((one) => filesWith(writing.repo, one.name) >= MIN_COMMON)
  if (all.length > 1 && common.length * 2 >= all.length) return []
  if (isAlone && all.length === 1) {
    const said = purposeOfName(writing, only)
    if (said.length > 0) return named(writing, only, said)
    // The `main` function of a program is not worth mentioning.
    if (others === 0 && (isCalledLike(only) || only.name === 'main')) return []
    // Types were described above.
    const isKnown = FULLY_TOLD.has(only.kind) || filesWith(writing.repo, only.name) > MAX_FILES
    const shape = isKnown ? [] : saidOf(writing, only)
    if (shape.length > 0) return [...toUsersEntry(writing, only), writing.texts.colon, ...shape]
  }
  // In a long list, constants and macros are only counted.
  const main = all.length > MAX_NAMES + 1 ? all.filter((one) => minor(one) === 0) : []
  const listed = main.length > 0 ? main : all
  return fewOf(writing, listed, others + all.length - listed.length)
}

/** The definitions, or the Ruby modules of methods, each name once; private ones last, and type variables left out. */
export function ownersOf(writing: Writing, components: readonly Component[]): Component[] {
  const seen = new Set<string>()
  return components
    .filter(({ name, kind }) => (kind !== 'constant' || !/^\p{L}$/u.test(name)) && name !== 'module.exports')
    .map((one) => ownerOf(writing, one))
    .filter((one) => !seen.has(keyOf(one)) && seen.add(keyOf(one)))
    .sort((a, b) => Number(a.visibility === 'private') - Number(b.visibility === 'private'))
}

const FULLY_TOLD = new Set<Component['kind']>(['function', 'method', ...TYPES])

/** Whether a description consists of names and a count of others, which the page lists anyway. */
export function isOnlyNames({ texts }: Writing, words: readonly Inline[]): boolean {
  const letters = lettersOf(words)
  const counts = ['', ...[texts.andMore([], 2), texts.andOthers([])].map(lettersOf)]
  return counts.includes(letters)
}

/** Whether a description says no more than the entries below: names and their relations, `Plan: extends Route · has fly, land`. */
export function isOnlyStructure({ texts }: Writing, words: readonly Inline[]): boolean {
  const { commandLine, entry, relations, module, andMore, andOthers, perhapsOthers } = texts
  const empty = [
    commandLine.defines(1, []),
    entry.has([]),
    entry.from([]),
    andMore([], 2),
    andOthers([]),
    perhapsOthers([]),
    module.internal([]),
    module.here([]),
    module.defines([], []),
    module.examplesUse(1, []),
    module.examplesUse(2, []),
  ]
  const known = new Set(
    [...empty, ...Object.values(relations).map((relation) => relation.say([]))].flatMap((one) => runsOf(one)),
  )
  return runsOf(words).every((run) => known.has(run))
}

/** Whether it only names one command. */
export function isBareCommand({ texts }: Writing, words: readonly Inline[]): boolean {
  const isAlone = words.filter((part) => typeof part !== 'string').length === 1
  return isAlone && runsOf(words).join() === runsOf(texts.commandLine.defines(1, [])).join()
}

/** The runs of letters outside of links and code. */
const runsOf = (parts: readonly Inline[]): readonly string[] =>
  parts
    .map((part) => (typeof part === 'string' ? part : part.type === 'text' ? part.value : ''))
    .join(' ')
    .match(/\p{L}+/gu) ?? []

const lettersOf = (parts: readonly Inline[]): string => runsOf(parts).join('')

/** Generic types of C# with the same name are distinguished by their parameters, methods by their type; overloads are not. */
const keyOf = (one: Component): string =>
  TYPES.has(one.kind) ? titleOf(one) : one.kind === 'method' ? one.qualifiedName : one.name

/** The number of public names of the files that a list leaves out. A list without a count of the rest would seem complete. */
export function unlisted(writing: Writing, files: readonly string[], listed: readonly Component[]): number {
  const { repo } = writing
  const known = new Set(listed.map((one) => keyOf(ownerOf(writing, one))))
  const others = files
    .flatMap((path) => declaredIn(path, repo))
    .filter(
      (one) =>
        isPublic(one, repo) &&
        one.kind !== 'namespace' &&
        one.name !== 'module.exports' &&
        one.name !== 'default' &&
        !isAdded(one, repo.components) &&
        !isHidden(writing, one) &&
        !isReopened(writing, one) &&
        !isScriptVariable(repo, one),
    )
    .map((one) => keyOf(ownerOf(writing, one)))
  return new Set(others.filter((key) => !known.has(key))).size
}

/** A few of very many names, if documents call them; otherwise the names are not representative. */
function fewOf(writing: Writing, all: readonly Component[], others: number): Inline[] {
  const { texts } = writing
  const links = (some: readonly Component[]): Inline[][] => some.map((one) => toUsersEntry(writing, one))
  if (all.length <= MAX_LISTED) return few(links(all), MAX_NAMES, texts, others)
  const called = calledInCode(writing)
  const told = all.filter(({ id }) => called.has(id)).slice(0, MAX_NAMES)
  return told.length < MIN_CALLED
    ? []
    : texts.andMore(join(links(told), texts.comma), all.length - told.length + others)
}

/** Whether a definition has the name of its file, or of the folder that its file represents. */
export function isCalledLike({ name, file }: Component): boolean {
  const [stem = ''] = nameOf(file).split('.')
  const own = /^(?:index|mod|__init__|lib|main)$/.test(stem) ? nameOf(folderOf(file)) : stem
  return comparableName(own) === comparableName(name)
}

const namesakes = new WeakMap<RepoIndex, Map<string, number>>()
/** Limit on the files that define a name; above it, the name is not distinctive. */
export const MAX_FILES = 2

export function filesWith(repo: RepoIndex, name: string): number {
  let known = namesakes.get(repo)
  if (known === undefined) {
    known = new Map()
    for (const tops of repo.tops.values())
      for (const one of new Set(tops.map((top) => top.name))) known.set(one, (known.get(one) ?? 0) + 1)
    namesakes.set(repo, known)
  }
  return known.get(name) ?? 0
}

/** The module of a Ruby method or attribute; any other component itself. */
export function ownerOf({ repo }: Writing, component: Component): Component {
  const isMember = component.kind === 'method' || component.kind === 'function' || component.kind === 'field'
  return (isMember && component.file.endsWith('.rb') ? parentOf(component, repo.components) : undefined) ?? component
}

/** The members of a type that are in its main file, if most are in other files, because the description is about the whole. */
function membersHere(writing: Writing, component: Component): Inline[] {
  const { repo, texts } = writing
  const isMember = ({ kind }: Component): boolean => !TYPES.has(kind)
  const here = ownMembers(repo, component).filter(
    (member) => isMember(member) && isPublic(member, repo) && !isCommon(member) && !isHidden(writing, member),
  )
  // A few of many members do not say what is here.
  if (
    here.length === 0 ||
    here.length > MAX_HERE + 1 ||
    membersElsewhere(repo, component).filter(isMember).length < here.length
  )
    return []
  return [' · ', ...texts.module.here(few(memberNames(here), MAX_HERE, texts))]
}

/** Names of deprecated definitions, with the reasons. */
export function deprecatedNames(writing: Writing, names: readonly Component[], total: number): Inline[] {
  const { texts } = writing
  const items = names.slice(0, MAX_NAMES).map((component): Inline[] => {
    const reason = docSentence(component.details?.deprecated)
    const text = reason === null ? '' : plainText(paragraph(...reason)).replace(/\.$/, '')
    return text === '' || text.length > MAX_REASON
      ? toUsersEntry(writing, component)
      : [...toUsersEntry(writing, component), ` (${text})`]
  })
  const shown = join(items, texts.comma)
  const left = total - items.length
  return texts.module.deprecated(left > 0 ? texts.andMore(shown, left) : shown)
}
