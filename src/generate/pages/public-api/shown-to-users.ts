/** Measures how often documents and examples show a public name. Determines the rows of the overview, their order and the central types. */

import { memoized } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import { aliasOf } from '#generate/pages/entry/alias-of.ts'
import { importsFrom } from '#generate/pages/readme/document-imports.ts'
import { mentionedNames, ownName } from '#generate/pages/readme/mentioned-names.ts'
import { calledInCode, calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { isMain, isTest } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { extended } from './public-names.ts'
import { isDiscouraged, isError, isList, isMinor, isOptionsType } from './traits.ts'

/** The first call in a README is worth as much as doubling the mentions this many times. */
const README = 4
/** Weight of each doubling of the calls in documents, or of the example or test files. */
const CALLED = 2
/** Minimum mentions, as for a name in the code of one document. */
const OFTEN = 1
/** Factor for errors, constants, enums and option types, and for names whose comment discourages their use. */
const MINOR = 0.4
const VERSION = /(?:^|\.)version$/i
const EXAMPLES_OF_GO = /(?:^|\/)example(?:_\w{1,60})?_test\.go$/

/** 0 if no document, example or comment with code shows the name. @param name - As users write it. */
export function shownToUsers(writing: Writing, name: string, component: Component | null): number {
  const { mentioned, used, isSecondary } = evidenceOf(writing, name, component)
  if (component === null) return MINOR * mentioned
  const shown = mentioned + used
  if (shown === 0) return 0
  const tests = CALLED * Math.log2(1 + testsUsing(writing, component))
  // Tests really use it; documents list errors and options.
  return (shown * (isSecondary ? MINOR : 1) + tests) * (isDiscouraged(component) ? MINOR : 1)
}

/**
 * The same without tests; 0 for names that are only mentioned rarely, and for unused errors, options and constants.
 *
 * @param isProgram - Whether mentions do not count unless code of documents uses the name.
 */
export function shownInDocuments(
  writing: Writing,
  name: string,
  component: Component | null,
  path: string,
  isProgram = false,
): number {
  const { mentioned, used, isSecondary } = evidenceOf(writing, name, component)
  const all = used + CALLED * Math.log2(1 + (importsFrom(writing, path).names.get(name) ?? 0))
  return all > 0 || (mentioned >= OFTEN && !isSecondary && !isProgram) ? mentioned + all : 0
}

/** @param name - As users write it. */
function evidenceOf(
  writing: Writing,
  name: string,
  component: Component | null,
): { mentioned: number; used: number; isSecondary: boolean } {
  const { repo } = writing
  // Users choose the name of a default export.
  const isDefault = name === 'default' || name === 'export='
  const own = isDefault ? (component?.name ?? '') : ownName(name)
  // Documents may call a method of the same name instead.
  const isOther =
    component?.kind === 'function'
      ? own === 'new' || (OF_PACKAGES.test(component.file) && methodsIn(writing).has(own))
      : (typesOf(writing).get(own)?.size ?? 0) > 1
  const mentioned = isOther ? 0 : (mentionedNames(writing).get(own) ?? 0)
  if (component === null) return { mentioned, used: 0, isSecondary: false }
  const called = calledInCode(writing)
  const ids = [component.id, ...(repo.members.get(component.id) ?? []).map(({ id }) => id)]
  const calls = ids.reduce((most, id) => Math.max(most, called.get(id) ?? 0), 0)
  const examples = filesUsing(
    writing,
    component,
    (path) => repo.files.get(path)?.role === 'example' || EXAMPLES_OF_GO.test(path),
  )
  const meant = aliasOf(repo, component) ?? component
  return {
    mentioned,
    used:
      extended(writing, component) +
      CALLED * (Math.log2(1 + calls) + Math.log2(1 + examples)) +
      README * (calledInReadme(writing).get(component.id) ?? 0),
    isSecondary:
      !isDefault &&
      (VERSION.test(name) || isMinor(meant) || isList(repo, meant) || isError(repo, meant) || isOptionsType(meant)),
  }
}

/** Matches files of languages whose documents call functions with their package or namespace, and methods without. */
const OF_PACKAGES = /\.(?:go|h|hh|hpp|hxx)$/

/** The names of exported methods. */
const methodsIn = memoized(
  ({ repo }: Writing): ReadonlySet<string> =>
    new Set(
      [...repo.components.values()].flatMap(({ kind, exported, name }) => (kind === 'method' && exported ? name : [])),
    ),
)

/** The files that define types of each name; a name with multiple files is ambiguous. */
const typesOf = memoized(({ repo }: Writing): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  for (const { kind, exported, name, file } of repo.components.values())
    if (exported && (TYPES.has(kind) || kind === 'namespace') && isMain(file, repo))
      found.set(name, (found.get(name) ?? new Set()).add(file))
  return found
})

/** Number of test files that use a component. */
export const testsUsing = (writing: Writing, component: Component): number =>
  filesUsing(writing, component, (path) => isTest(path, writing.repo))

function filesUsing({ repo }: Writing, { id }: Component, isMeant: (path: string) => boolean): number {
  const files = new Set([...(repo.users.get(id)?.keys() ?? [])].map((end) => repo.components.get(end)?.file ?? end))
  return [...files].filter(isMeant).length
}
