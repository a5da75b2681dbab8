/** The function or type to begin using a module with, as the repository's own documents begin: nobody else knows. */

import type { Component, Module } from '#generate/model.ts'
import { typedCommands } from '#generate/pages/commands/typed-commands.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { leading } from '#generate/pages/public-api/leading.ts'
import {
  isAmbient,
  isCallback,
  isDelegation,
  isDeprecated,
  isDiscouraged,
  isError,
} from '#generate/pages/public-api/traits.ts'
import { firstCalled } from '#generate/pages/readme/first-called.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** Measures, compares, breaks or helps to test what the repository is about. */
const ASIDE = /(?:^|[/ :_-])(?:compar(?:e|isons?)|demos?|fuzz(?:ing|ers?)?|[a-z]{0,12}(?:tests?|testing|testutils?))$/i
const MEASURES = /(?:^|[/ :_-])(?:bench(?:es|marks?|marking)?|perf)(?:[/.]|$)/i

/** What documents call first of a module; of a program the function of the command that they type first. `null` where they show nothing of it. */
export function startOf(writing: Writing, module: Module): Component | null {
  const { survey, subject } = writing
  const isAside = [module.path, module.title].some((name) => ASIDE.test(name) || isBenchmark(name))
  if (module.isBeside === true || (isAside && module.title !== subject.name)) return null
  const possible = leading(writing, survey.filesIn.get(module) ?? []).filter(
    (one) =>
      !isDeprecated(one) &&
      !isDiscouraged(one) &&
      !isAmbient(one) &&
      !isCallback(survey, one) &&
      !isDelegation(one) &&
      !isError(survey, one),
  )
  const order = firstCalled(writing)
  const placeOf = (one: Component): number =>
    [one, ...(survey.members.get(one.id) ?? [])].reduce((best, { id }) => Math.min(best, order.get(id) ?? best), NEVER)
  const [first] = possible.toSorted((a, b) => placeOf(a) - placeOf(b))
  if (first !== undefined && placeOf(first) < NEVER) return first
  return importedSurfaces(writing).length === 0 ? typedOf(writing, possible) : null
}

const NEVER = Number.MAX_SAFE_INTEGER

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
