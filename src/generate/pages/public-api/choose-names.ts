/** Selects the names of a package for its table; the others go into the lists below. */

import type { Component, Surface } from '#generate/model.ts'
import { compileDefault } from '#generate/pages/module/compile-options.ts'
import { calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { isInExamples } from './listed-names.ts'
import { packageOf } from './own-packages.ts'
import type { PublicName } from './public-names.ts'
import { meantBy, rowWords } from './row-words.ts'
import { namesOfItsOwn } from './sister-packages.ts'

/** Some more rows say more than a list of their names. */
const SPARE = 8
/** Limit on the names whose sentences are read. */
const MAX_READ = 300
const FOR_TESTS = /(?:^|[./:\\])(?:[a-z\d]{0,20}(?:test|testing|testutils?)|mocks?|fixtures?)$/i

export interface Choice {
  candidates: readonly PublicName[]
  /** Names with a row in the table. */
  shown: readonly PublicName[]
  /** Whether the names are from all paths, not only the main one. */
  isWide: boolean
}

/** Only names of which a sentence says what they are have a row. */
export function choose(writing: Writing, surface: Surface, all: readonly PublicName[], max: number): Choice {
  const names = namesOfItsOwn(writing, surface, all)
  const [main] = surface.paths
  const first = distinct(names.filter(({ path }) => path === main))
  // A path with hardly any names only leads to the others.
  const isWide = first.filter(({ component }) => component !== null).length < 3 || names[0]?.path !== main
  const candidates = isWide ? distinct(names) : first
  const readme = calledInReadme(writing)
  const isCalled = ({ id }: Component): boolean => readme.has(id) || isInExamples(writing, id)
  // A comment on one of several macros of C is often on all, and few of them are for users.
  const hasMore = candidates.some(({ component }) => component !== null && component.kind !== 'macro')
  const isAside = ({ component }: PublicName): boolean =>
    hasMore && component?.kind === 'macro' && !component.file.endsWith('.rs') && !isCalled(component)
  const about = packageOf(writing, surface)
  const meant = new Set<Component>()
  const told = candidates.slice(0, MAX_READ).filter((one) => {
    if (isOption(writing, one) || isOperator(one) || isHelper(one) || isAside(one)) return false
    if (rowWords(writing, about, one).length === 0) return false
    const { component } = one
    const subject = component && meantBy(writing, component)
    if (subject === null) return true
    // Of several names for one thing, the most used one has a row.
    const isNew = !meant.has(subject)
    meant.add(subject)
    return isNew
  })
  return { candidates, shown: told.slice(0, told.length <= max + SPARE ? told.length : max), isWide }
}

/** An overloaded operator: `operator+`, in Swift `<=`. */
const isOperator = ({ component }: PublicName): boolean =>
  /^(?:operator\b|[^\p{L}\p{N}_$]+$)/u.test(component?.name ?? '')

/** Whether a name is from a package or module for tests. */
const isHelper = ({ path, isInner }: PublicName): boolean => isInner === true && FOR_TESTS.test(path.path)

export const isOption = ({ repo }: Writing, { component }: PublicName): boolean =>
  component !== null && compileDefault(repo, component) !== undefined

/**
 * Keeps the first of several paths to a definition, and of several names the one in its title. Macros are identified by name.
 */
export function distinct(names: readonly PublicName[]): PublicName[] {
  const found = new Map<string, PublicName>()
  for (const one of names) {
    const { name, component } = one
    const key = component === null || component.kind === 'macro' ? name : component.id
    const known = found.get(key)
    if (known === undefined) found.set(key, one)
    else if (known.path === one.path && component !== null && name === titleOf(component)) found.set(key, one)
  }
  return [...found.values()]
}
