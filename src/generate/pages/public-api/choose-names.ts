/** Selects the names of a package for its table; the others go into the lists below. */

import type { Component, Surface } from '#generate/model.ts'
import { compileDefault } from '#generate/pages/module/compile-options.ts'
import { saidOf, wordsOf } from '#generate/pages/module/said-of.ts'
import { calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import type { Inline } from '#markdown/build.ts'
import { packageOf } from './own-packages.ts'
import type { PublicName } from './public-names.ts'
import { rowWords } from './row-words.ts'
import { byOrigin } from './sister-packages.ts'

/** Some more rows say more than a list of their names. */
const SPARE = 8
/** A name without a description needs this share of the weight of the first name. */
const MIN_WEIGHT = 0.06
/** Limit on the names in the collapsed list. */
export const MAX_MORE = 300
/** Matches the end of a declaration with a number as its value. */
const NUMBER = /=\s{0,8}-?\d[\d_.]{0,30}[a-zA-Z]{0,8}\d{0,4};?$/
const FOR_TESTS = /(?:^|[./:\\])(?:[a-z\d]{0,20}(?:test|testing|testutils?)|mocks?|fixtures?)$/i

export interface Choice {
  candidates: readonly PublicName[]
  /** Names with a row in the table. */
  shown: readonly PublicName[]
  /** Whether the names are from all paths, not only the main one. */
  isWide: boolean
}

/**
 * A row must say more than the name. If there are few names, all that have something to say get a row; names that the
 * README calls or an example uses always do.
 */
export function choose(writing: Writing, surface: Surface, all: readonly PublicName[], max: number): Choice {
  const names = byOrigin(writing, surface, all).own
  const [main] = surface.paths
  const first = distinct(names.filter(({ path }) => path === main))
  // A path with hardly any names only leads to the others.
  const isWide = first.filter(({ component }) => component !== null).length < 3 || names[0]?.path !== main
  const candidates = isWide ? distinct(names) : first
  const readme = calledInReadme(writing)
  const isCalled = ({ id }: Component): boolean => readme.has(id) || isInExamples(writing, id)
  // A signature is shown for names that users work with.
  const most = candidates.reduce((sum, { weight }) => Math.max(sum, weight), 0)
  // A comment on one of several macros of C is often on all, and few of them are for users.
  const hasMore = candidates.some(({ component }) => component !== null && component.kind !== 'macro')
  const isAside = ({ component }: PublicName): boolean =>
    hasMore && component?.kind === 'macro' && !component.file.endsWith('.rs') && !isCalled(component)
  const isTold = (one: PublicName): boolean =>
    !isOption(writing, one) && !isOperator(one) && !isHelper(one) && !isAside(one) && !isNumber(one) && hasWords(one)
  // Without a description, `8` says nothing.
  const isNumber = ({ component }: PublicName): boolean =>
    hasMore &&
    component?.kind === 'constant' &&
    !isCalled(component) &&
    purposeIn(writing, component).length === 0 &&
    NUMBER.test(component.signature)
  const about = packageOf(writing, surface)
  const hasWords = (one: PublicName): boolean => {
    const { component, weight, maker } = one
    const isFew = candidates.length <= max + SPARE
    if (component === null) return isFew && rowWords(writing, about, one).length > 0
    if (isCalled(component)) return true
    if (maker !== undefined || isFew) return rowWords(writing, about, one).length > 0
    const words = weight >= most * MIN_WEIGHT ? saidOf(writing, component) : purposeIn(writing, component)
    return words.length > 0
  }
  const told = candidates.slice(0, MAX_MORE).filter(isTold)
  // If there is not enough room for all, names with descriptions come first.
  const isWorded = ({ component }: PublicName): boolean =>
    component !== null && (isCalled(component) || wordsOf(writing.repo, component) !== null)
  const shown = [...told.filter(isWorded), ...told.filter((one) => !isWorded(one))].slice(
    0,
    told.length <= max + SPARE ? told.length : max,
  )
  return { candidates, shown: told.filter((one) => shown.includes(one)), isWide }
}

/** What comments and documents say of a definition. */
const purposeIn = (writing: Writing, component: Component): Inline[] =>
  wordsOf(writing.repo, component) ?? readmeDescription(writing, component) ?? []

/** Whether an example of the repository uses a type or one of its members. */
function isInExamples({ repo }: Writing, id: string): boolean {
  if (!TYPES.has(repo.components.get(id)?.kind ?? 'constant')) return false
  return [id, ...(repo.members.get(id) ?? []).map((member) => member.id)].some((one) =>
    [...(repo.users.get(one)?.keys() ?? [])].some(
      (end) => repo.files.get(repo.components.get(end)?.file ?? end)?.role === 'example',
    ),
  )
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
