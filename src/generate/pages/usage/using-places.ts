/** Finds the users of a component in code, and determines whether their uses are informative. */

import type { Component } from '#generate/model.ts'
import { isMain, placesOf } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { readParameters } from '#generate/signature-parameters.ts'
import { referrersOf } from './tests-and-examples.ts'
import { usesOf } from './use-lines.ts'

/** Uses of a definition with at most `TINY` lines are not informative from `EVERYWHERE` uses on. */
const TINY = 3
const EVERYWHERE = 4

/** The users of a component in code, main code before tools. */
export function usingPlaces(writing: Writing, component: Component): string[] {
  const { repo } = writing
  const fileOf = (user: string): string => repo.components.get(user)?.file ?? user
  const places = placesOf(component, repo)
  const isOwn = (user: string): boolean => isMain(fileOf(user), repo)
  return [...places.filter(isOwn), ...places.filter((user) => !isOwn(user))]
}

/** The number of lines of code that use it; a user without known lines counts once. */
const countOf = (writing: Writing, component: Component): number =>
  usingPlaces(writing, component).reduce((sum, user) => sum + (usesOf(writing, component).get(user)?.length || 1), 0)

/** Whether it is a macro, a getter or a constant of few lines that is used everywhere. */
export function isTrivial(writing: Writing, component: Component): boolean {
  const { kind, startLine, endLine, signature, name, file } = component
  if (TYPES.has(kind) || endLine - startLine >= TINY) return false
  const takes = readParameters(signature, name, writing.repo.files.get(file)?.language ?? '') ?? []
  if ((kind === 'function' || kind === 'method') && takes.length > 0) return false
  const { tests, examples } = referrersOf(writing, component)
  const uses = usesOf(writing, component)
  const users = [...tests, ...examples].flatMap((one) => one.users)
  const beside = users.reduce((sum, user) => sum + (uses.get(user)?.length ?? 0), 0)
  return countOf(writing, component) + beside >= EVERYWHERE
}
