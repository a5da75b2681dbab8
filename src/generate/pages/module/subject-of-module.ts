/** Finds the definition that a module is about, describes the module by it, and orders its other names. */

import type { Component, Module } from '#generate/model.ts'
import { HELPER } from '#generate/pages/public-api/leading.ts'
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
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'
import { deprecatedNames, nameWithPurpose, ownerOf, withOthers } from './names-of-files.ts'
import { isNamesake } from './namesake.ts'
import { wordsOf } from './said-of.ts'
import { startOf } from './start-with.ts'

/** Minimum share of a module's code that is reachable from its subject. */
const MOST = 0.5
/** Minimum share, relative to the type from which the most code is reachable. */
const CLOSE = 0.8
/** Minimum number of subtypes of a base type. */
const MIN_HEIRS = 2

/**
 * The description of the definition named after the module, otherwise of the one to start with, and the names of the others;
 * empty if there is none.
 *
 * @param unlistedIn - Returns the number of names that a list leaves out.
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
    isCalledAfter(writing, module, one) && isSubject(writing, one, all) && wordsOf(writing.repo, one) !== null
  return all.find((one) => TYPES.has(one.kind) && isPossible(one)) ?? all.find(isPossible)
}

/** The definition to start with, if the README begins with it and it is a type or has the name of the module. */
function startIn(writing: Writing, module: Module, all: readonly Component[]): Component | undefined {
  const start = startOf(writing, module)
  if (start === null || !isSubject(writing, start, all)) return undefined
  const isNamed = isCalledAfter(writing, module, start)
  if (!isNamed && (!TYPES.has(start.kind) || isCalled(start))) return undefined
  const isSaid =
    wordsOf(writing.repo, start) === null
      ? readmeDescription(writing, start) !== null
      : isNamed || calledInReadme(writing).has(start.id)
  return isSaid ? start : undefined
}

/** The documented type from which most of the module's code is reachable, about as much as from any other type. */
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

/** Whether a definition can be the subject; not if several have its name. */
function isSubject({ repo }: Writing, one: Component, all: readonly Component[]): boolean {
  return (
    (minor(one) === 0 || one.kind === 'constant') &&
    !isError(repo, one) &&
    !isDeprecated(one) &&
    !isDiscouraged(one) &&
    all.filter(({ name }) => name === one.name).length === 1
  )
}

/** Whether it has the name of the module or of the repository's subject. */
function isCalledAfter({ subject }: Writing, module: Module, { name }: Component): boolean {
  return [nameOf(module.title), subject.name].some((holder) => isNamesake(name, holder, subject.name))
}

/** Whether it is a Scala object that is called like a function: `object read extends Function1`. */
export const isCalled = ({ signature }: Component): boolean => /^(?:\w+ ){0,3}object \p{Ll}/u.test(signature)

/**
 * Sorts definitions: those that documents call, then namesakes of the module, base types, documented ones; then subtypes of a
 * base that is listed, callbacks and helpers. Definitions that users cannot import come last.
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
    if (isCallback(repo, one) || HELPER.test(one.name)) return 5
    if ((repo.bases.get(one.id) ?? []).some((base) => inside.has(base))) return 4
    const heirs = [...(repo.heirs.get(one.id)?.keys() ?? [])].filter((id) => inside.has(id)).length
    return heirs >= MIN_HEIRS ? 2 : wordsOf(repo, one) !== null ? 3 : 4
  }
  // Reading the comments takes most of the time.
  const ranks = new Map(all.map((one) => [one, rank(one)]))
  return all.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0))
}
