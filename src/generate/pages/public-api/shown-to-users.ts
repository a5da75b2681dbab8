/** How much what is written for users shows a public name. The rows of the overview, their order and the central types follow it. */

import { memoized } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import { mentionedNames, ownName } from '#generate/pages/readme/mentioned-names.ts'
import { calledInCode, calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { isTest } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isDiscouraged, isError, isMinor, isOptionsType } from './traits.ts'

/** The first call of a README counts as much as this many doublings of mentions. */
const README = 4
/** A doubling of the calls in documents, or of the files of examples or tests. */
const CALLED = 2
/** Factor for errors, constants and option types, and for what its comment sends users away from. */
const MINOR = 0.4
const VERSION = /(?:^|\.)version$/i
const EXAMPLES_OF_GO = /(?:^|\/)example(?:_\w{1,60})?_test\.go$/

/** 0 if no document, example or comment with code shows the name. @param name - As users write it. */
export function shownToUsers(writing: Writing, name: string, component: Component | null): number {
  const { repo } = writing
  // Users choose the name of a default export.
  const own = name === 'default' || name === 'export=' ? (component?.name ?? '') : ownName(name)
  // What documents call may be a method of the name.
  const isOther = component?.kind === 'function' && HEADER.test(component.file) && methodsIn(writing).has(own)
  const mentioned = isOther ? 0 : (mentionedNames(writing).get(own) ?? 0)
  if (component === null) return MINOR * mentioned
  const called = calledInCode(writing)
  const ids = [component.id, ...(repo.members.get(component.id) ?? []).map(({ id }) => id)]
  const calls = ids.reduce((most, id) => Math.max(most, called.get(id) ?? 0), 0)
  const examples = filesUsing(
    writing,
    component,
    (path) => repo.files.get(path)?.role === 'example' || EXAMPLES_OF_GO.test(path),
  )
  const isAside = VERSION.test(name) || isMinor(component) || isError(repo, component) || isOptionsType(component)
  const shown =
    mentioned +
    CALLED * (Math.log2(1 + calls) + Math.log2(1 + examples)) +
    README * (calledInReadme(writing).get(component.id) ?? 0)
  if (shown === 0) return 0
  const tests = CALLED * Math.log2(1 + testsUsing(writing, component))
  // Tests really use it; documents list errors and options.
  return (shown * (isAside ? MINOR : 1) + tests) * (isDiscouraged(component) ? MINOR : 1)
}

const HEADER = /\.(?:h|hh|hpp|hxx)$/

/** The names of exported methods. */
const methodsIn = memoized(
  ({ repo }: Writing): ReadonlySet<string> =>
    new Set(
      [...repo.components.values()].flatMap(({ kind, exported, name }) => (kind === 'method' && exported ? name : [])),
    ),
)

/** Number of test files that use it. */
export const testsUsing = (writing: Writing, component: Component): number =>
  filesUsing(writing, component, (path) => isTest(path, writing.repo))

function filesUsing({ repo }: Writing, { id }: Component, isMeant: (path: string) => boolean): number {
  const files = new Set([...(repo.users.get(id)?.keys() ?? [])].map((end) => repo.components.get(end)?.file ?? end))
  return [...files].filter(isMeant).length
}
