/** Finds the definitions to name for files: the most important ones that users or other files use. */

import { memoizedByText } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { leading } from '#generate/pages/public-api/leading.ts'
import { offerOf } from '#generate/pages/public-api/public-names.ts'
import { isDeprecated, isDiscouraged, isError, isMinor } from '#generate/pages/public-api/traits.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { code, type Inline, refLink } from '#markdown/build.ts'
import { ERRORS, isUsed } from './subjects.ts'

/** Maximum number of names that are shown. */
export const MAX_NAMES = 4

/**
 * The definitions of the files that users or other files use, the most important first, errors last unless they are the subject.
 * One for each name.
 */
export function namedIn(writing: Writing, files: readonly string[]): readonly Component[] {
  const [file, ...others] = files
  return file !== undefined && others.length === 0 ? inFile(writing, file) : find(writing, files)
}

const inFile = memoizedByText((writing: Writing, file): readonly Component[] => find(writing, [file]))

function find(writing: Writing, files: readonly string[]): Component[] {
  const { repo } = writing
  const found = new Map<string, Component>()
  const ofErrors = files.every((path) => ERRORS.test(nameOf(path)))
  const isLast = (one: Component): boolean => isError(repo, one) !== ofErrors
  for (const one of leading(writing, files).toSorted((a, b) => Number(isLast(a)) - Number(isLast(b)))) {
    const isUsual = !isMinor(one) && !isDeprecated(one) && !isDiscouraged(one)
    if (isUsual && !found.has(one.name) && (offerOf(writing, one) > 0 || isUsed(repo, one))) found.set(one.name, one)
  }
  return [...found.values()]
}

/** The first names as links, and a note if there are more. */
export function linksTo(writing: Writing, all: readonly Component[]): Inline[] {
  const links = all.map(({ id, name }): Inline[] => [refLink(refTo.component(id), code(name))])
  return few(links, MAX_NAMES, writing.texts)
}
