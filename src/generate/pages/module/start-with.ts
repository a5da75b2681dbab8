/** The function or type to begin using a module with, as the repository's own documents begin: nobody else knows. */

import type { Component, Module } from '#generate/model.ts'
import { typedCommands } from '#generate/pages/commands/typed-commands.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { leading, withMakerFirst } from '#generate/pages/public-api/leading.ts'
import {
  isAmbient,
  isCallback,
  isDelegation,
  isDeprecated,
  isDiscouraged,
  isError,
} from '#generate/pages/public-api/traits.ts'
import { firstCalled } from '#generate/pages/readme/first-called.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'

/** Measures, compares, breaks or helps to test what the repository is about. */
const ASIDE = /(?:^|[/ :_-])(?:compar(?:e|isons?)|demos?|fuzz(?:ing|ers?)?|[a-z]{0,12}(?:tests?|testing|testutils?))$/i
const MEASURES = /(?:^|[/ :_-])(?:bench(?:es|marks?|marking)?|perf)(?:[/.]|$)/i

/** What documents call first of a module; of a program the function of the command that they type first. `null` where they show nothing of it. */
export function startOf(writing: Writing, module: Module): Component | null {
  const { repo, subject } = writing
  const isAside = [module.path, module.title].some((name) => ASIDE.test(name) || isBenchmark(name))
  if (module.isBeside === true || (isAside && module.title !== subject.name)) return null
  const possible = leading(writing, repo.filesIn.get(module) ?? []).filter(
    (one) =>
      !isDeprecated(one) &&
      !isDiscouraged(one) &&
      !isAmbient(one) &&
      !isCallback(repo, one) &&
      !isDelegation(one) &&
      !isError(repo, one),
  )
  const order = firstCalled(writing)
  const placeOf = (one: Component): number =>
    [one, ...(repo.members.get(one.id) ?? [])].reduce((best, { id }) => Math.min(best, order.get(id) ?? best), NEVER)
  const sorted = possible.toSorted((a, b) => placeOf(a) - placeOf(b))
  const [first] = sorted
  if (first !== undefined && placeOf(first) < NEVER)
    return namesakeFor(first, possible, module, subject.name) ?? withMakerFirst(writing, sorted)[0] ?? first
  return importedSurfaces(writing).length === 0 ? typedOf(writing, possible) : null
}

const NEVER = Number.MAX_SAFE_INTEGER

/** The type with words that is called like the module, or like what the repository is about, where documents begin with another type. */
function namesakeFor(
  first: Component,
  possible: readonly Component[],
  module: Module,
  about: string,
): Component | undefined {
  if (!TYPES.has(first.kind)) return undefined
  const called = [nameOf(module.title), about].map(plain)
  const isNamed = (one: Component): boolean => called.includes(plain(one.name))
  return isNamed(first) ? undefined : possible.find((one) => TYPES.has(one.kind) && one.doc !== null && isNamed(one))
}

/** The only function that is called like a command. */
function typedOf(writing: Writing, all: readonly Component[]): Component | null {
  const named = (command: string): Component[] =>
    all.filter(({ kind, name }) => kind === 'function' && plain(name) === plain(command))
  for (const command of typedCommands(writing)) {
    const [one, ...more] = named(command)
    if (one !== undefined && more.length === 0) return one
  }
  return null
}

const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

/** By its path or title. */
export function isBenchmark(name: string): boolean {
  return MEASURES.test(name)
}
