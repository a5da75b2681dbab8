/** The definition that a module is about, what is said of the module by it, and in which order its other names come. */

import type { Component, Module } from '#generate/model.ts'
import { HELPS } from '#generate/pages/public-api/leading.ts'
import { offerOf } from '#generate/pages/public-api/public-names.ts'
import { reachedFrom } from '#generate/pages/public-api/reach.ts'
import {
  isCallback,
  isDeprecated,
  isDiscouraged,
  isError,
  isOptionsType,
  minor,
} from '#generate/pages/public-api/traits.ts'
import { calledInCode, calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { saidInReadme } from '#generate/pages/readme/said-in-readme.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'
import { deprecatedNames, nameWithPurpose, ownerOf, withOthers } from './names-of-files.ts'
import { isNamesake } from './namesake.ts'
import { wordsOf } from './said-of.ts'
import { startOf } from './start-with.ts'

/** Of the work of a module, what is reached from the definition that it is about. */
const MOST = 0.5
/** Of the most that is reached from any type. */
const CLOSE = 0.8
/** Types that stand for one that is a base of the module. */
const MIN_HEIRS = 2

/**
 * What is said of the definition that is called after the module, else of the one to start with, with the names of the others; empty where
 * there is none.
 *
 * @param unlistedIn - How many names there are besides those of a list.
 */
export function subjectOfModule(
  writing: Writing,
  module: Module,
  shown: readonly Component[],
  unlistedIn: (listed: readonly Component[]) => number,
): Inline[] {
  const [only] = shown
  if (only !== undefined && shown.length + unlistedIn(shown) === 1) return nameWithPurpose(writing, only)
  if (shown.every(isDeprecated)) return deprecatedNames(writing, shown, shown.length)
  const all = [...new Set(shown.map((one) => ownerOf(writing, one)))]
  const start = startIn(writing, module, all)
  const isNamed = start !== undefined && isCalledAfter(writing, module, start)
  const told = isNamed ? start : (namesakeIn(writing, module, all) ?? start)
  return told === undefined ? [] : withOthers(writing, told, all, unlistedIn([told, ...shown]))
}

function namesakeIn(writing: Writing, module: Module, all: readonly Component[]): Component | undefined {
  const isPossible = (one: Component): boolean =>
    isSubject(writing, one, all) && wordsOf(writing.repo, one) !== null && isCalledAfter(writing, module, one)
  return all.find((one) => TYPES.has(one.kind) && isPossible(one)) ?? all.find(isPossible)
}

/** What the README begins with; any other is one of many. A function does one thing of several, unless the module has its name. */
function startIn(writing: Writing, module: Module, all: readonly Component[]): Component | undefined {
  const start = startOf(writing, module)
  if (start === null || !isSubject(writing, start, all)) return undefined
  const isNamed = isCalledAfter(writing, module, start)
  if (!isNamed && (!TYPES.has(start.kind) || isCalled(start))) return undefined
  const isSaid =
    wordsOf(writing.repo, start) === null
      ? saidInReadme(writing, start) !== null
      : isNamed || calledInReadme(writing).has(start.id)
  return isSaid ? start : undefined
}

/** The documented type from which most of the work of a module is reached, and hardly less than from any other. */
export function centralIn(
  writing: Writing,
  files: readonly string[],
  all: readonly Component[],
): Component | undefined {
  const { repo } = writing
  const types = all.filter(({ kind }) => TYPES.has(kind) && kind !== 'namespace')
  const possible = types.filter(
    (one) =>
      isSubject(writing, one, all) &&
      !isCalled(one) &&
      !isOptionsType(one) &&
      !isCallback(repo, one) &&
      wordsOf(repo, one) !== null,
  )
  if (possible.length === 0) return undefined
  const reach = reachedFrom(writing, new Set(files), types)
  const reachOf = ({ id }: Component): number => reach.get(id) ?? 0
  const most = types.reduce((best, one) => Math.max(best, reachOf(one)), 0)
  const [best] = possible.toSorted((a, b) => reachOf(b) - reachOf(a))
  return best !== undefined && reachOf(best) >= Math.max(MOST, CLOSE * most) ? best : undefined
}

/** Of several of one name none is what the module is for. */
function isSubject({ repo }: Writing, one: Component, all: readonly Component[]): boolean {
  return (
    (minor(one) === 0 || one.kind === 'constant') &&
    !isError(repo, one) &&
    !isDeprecated(one) &&
    !isDiscouraged(one) &&
    all.filter(({ name }) => name === one.name).length === 1
  )
}

/** Like the module, or like what the repository is about. */
function isCalledAfter({ subject }: Writing, module: Module, { name }: Component): boolean {
  return [nameOf(module.title), subject.name].some((holder) => isNamesake(name, holder, subject.name))
}

/** An object of Scala that is called like a function: `object read extends Function1`. */
export const isCalled = ({ signature }: Component): boolean => /^(?:\w+ ){0,3}object \p{Ll}/u.test(signature)

/**
 * What users cannot import comes last. Of the rest, what documents call stays in front; then what is called after the module, bases, what has words; last what stands for a base that is
 * there as well, callbacks and helpers.
 */
export function byStanding(writing: Writing, module: Module, all: readonly Component[]): Component[] {
  const { repo } = writing
  const called = calledInCode(writing)
  const inside = new Set(all.map(({ id }) => id))
  const isLibrary = all.some((one) => offerOf(writing, one) > 0)
  const rank = (one: Component): number => {
    if (isLibrary && offerOf(writing, one) === 0) return 6
    if (called.has(one.id)) return 0
    if (isCalledAfter(writing, module, one)) return 1
    if (isCallback(repo, one) || HELPS.test(one.name)) return 5
    if ((repo.bases.get(one.id) ?? []).some((base) => inside.has(base))) return 4
    const heirs = [...(repo.heirs.get(one.id)?.keys() ?? [])].filter((id) => inside.has(id)).length
    return heirs >= MIN_HEIRS ? 2 : wordsOf(repo, one) !== null ? 3 : 4
  }
  return all.toSorted((a, b) => rank(a) - rank(b))
}
