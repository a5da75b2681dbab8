/** Writes the cell of the overview that tells what a public name is: its sentence, otherwise the methods of a type or what it implements. */

import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { isFunction } from '#generate/pages/entry/member-line.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { toEntry, type Writing } from '#generate/pages/writing.ts'
import { type Inline, join } from '#markdown/build.ts'
import { isAccessor, memberNames } from './index-signature.ts'
import type { PublicName } from './public-names.ts'
import { rowWords } from './row-words.ts'

/** A type with fewer methods is not described by their names. */
const MIN_METHODS = 3
/** Limit on the methods in a cell. */
const MAX_METHODS = 6
/** Limit on the interfaces in a cell. */
const MAX_INTERFACES = 2

/** Empty if nothing is known of the name. */
export function rowCell(writing: Writing, one: PublicName): Inline[] {
  const { component } = one
  const words = rowWords(writing, one)
  if (words.length > 0 || component === null) return words
  const members = memberNames(writing, component, MAX_METHODS, MAX_METHODS)
  if (members.filter(isMethod).length < MIN_METHODS) return []
  const { repo, texts } = writing
  if (ownMethods(repo, component) >= MIN_METHODS) return members
  const interfaces = interfacesOf(repo, component).slice(0, MAX_INTERFACES)
  if (interfaces.length > 0) return [texts.relations.implements, ' ', ...join(interfaces.map(toEntry), texts.comma)]
  // What a framework calls does not say what a type is for.
  return methodsOf(repo, component).every(isOverride) ? [] : members
}

/** Whether a method is marked as one that the base declares, which may be in another package. */
const isOverride = ({ name, signature }: Component): boolean => /\boverride\b/.test(signature.split(name, 1)[0] ?? '')

const isMethod = (one: Inline): boolean =>
  typeof one !== 'string' && one.type === 'inlineCode' && one.value.endsWith('()')

/** The number of public methods that neither only access a value nor implement what a base declares. */
const ownMethods = (repo: RepoIndex, component: Component): number =>
  methodsOf(repo, component).filter((one) => !isAccessor(one) && !repo.overridden.has(one.id) && !isOverride(one))
    .length

const methodsOf = ({ members }: RepoIndex, { id }: Component): Component[] =>
  (members.get(id) ?? []).filter((one) => isFunction(one) && one.exported)

/** The public interfaces of the repository that a type implements itself. */
const interfacesOf = (repo: RepoIndex, { id }: Component): Component[] =>
  (repo.bases.get(id) ?? [])
    .filter((base) => repo.heirs.get(base)?.get(id) === 'implements')
    .flatMap((base) => repo.components.get(base) ?? [])
    .filter((base) => isPublic(base, repo))
