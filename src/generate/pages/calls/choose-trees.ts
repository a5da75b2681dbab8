/**
 * Chooses the call trees to show: that of the main entry and, for a library, that of one more public function. Together, they
 * cover the functions that most tests run.
 */

import { memoized } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { ownPackages } from '#generate/pages/public-api/own-packages.ts'
import { calledInCode, calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { workOf } from './call-chances.ts'
import { isOffered, mainsOf, scriptsOf } from './call-entry.ts'
import { growTree } from './call-tree.ts'
import { bodyOf, calleesOf, isConstructor, makes } from './calls.ts'
import type { Body } from './find-steps.ts'
import { passesOf } from './passes.ts'
import { linesIn } from './shorten-tree.ts'
import { purposeOf, throughDelegates } from './telling-calls.ts'

/** Limit on the entries whose trees are grown to be compared. */
const MAX_COMPARED = 16
/** Minimum number of lines with a sentence in a tree. */
const MIN_SENTENCES = 3
/** Minimum work of the heaviest call shown of a function, as a share of its heaviest call in the code. */
const MIN_POINT = 0.8
/** Minimum weight of a root, as a share of that of the most used function; the second applies to functions that no document calls. */
const MIN_WEIGHT = 0.3
const MIN_WEIGHT_UNSHOWN = 0.8
/** Minimum coverage that another tree adds, as a share of that of the first tree. */
const MIN_GAIN = 0.25
/** A call in a document counts as much as this many tests. */
const DOCUMENT = 5
/** A call in the README counts as much as this many tests, multiplied by its weight (`calledInReadme`). */
const IN_README = 20
/** A function that a server calls for each request counts as much as this many tests. */
const HANDLER = 100
const HANDLES = /^(?:(?:route|serve)_?HTTP|handle_?request|dispatch_request|wsgi_app)$/i
/** A test that only passes through a function counts as this fraction of one that calls it. */
const PASSED = 0.25
/** The main function of a program, or its scripts, come before whatever tests call. */
const MAIN_USES = 1_000_000

export interface Tree {
  entry: Component
  body: Body
}

/** The main tree first, then perhaps one that covers other code; empty if no tree is worth showing. */
export const shownTrees = memoized(chooseTrees)

function chooseTrees(writing: Writing): readonly Tree[] {
  const { repo } = writing
  const passes = passesOf(writing)
  const grow = (entry: Component, opened: ReadonlySet<string>): Tree => ({
    entry,
    body: growTree(repo, entry, {
      opened,
      weightOf: (one) => workOf(repo, one) * Math.sqrt(1 + passes.all(one)),
    }),
  })
  const compared = mostUsed(writing).slice(0, MAX_COMPARED)
  let first: Tree | undefined
  for (const { entry } of compared) {
    first = grow(entry, new Set())
    if (isWorthShowing(writing, first)) break
    first = undefined
  }
  if (first === undefined) return []
  const { entry: main, body } = first
  const [named, opened] = [namedIn(writing, first), openedIn(body)]
  const least = MIN_GAIN * gainOf(writing, named, new Set())
  const others = compared.flatMap(({ entry, uses }) => {
    // The asynchronous variant of a function, or an overload, makes the same calls.
    if (named.has(bodyOf(repo, entry).id) || plainName(entry) === plainName(main)) return []
    const tree = grow(entry, opened)
    const gain = gainOf(writing, namedIn(writing, tree), named)
    return gain < least || !isWorthShowing(writing, tree) ? [] : [{ tree, weight: gain * Math.log2(1 + uses) }]
  })
  const [second] = others.sort((a, b) => b.weight - a.weight || (a.tree.entry.id < b.tree.entry.id ? -1 : 1))
  return second === undefined ? [first] : [first, second.tree]
}

/** The functions that documents and tests call and run most, and that reach the most code; the main function of a program comes first. */
function mostUsed(writing: Writing): { entry: Component; uses: number }[] {
  const { repo } = writing
  const [passes, documents, readme] = [passesOf(writing), calledInCode(writing), calledInReadme(writing)]
  const uses = new Map<Component, number>()
  const shown = new Set<Component>()
  const add = (one: Component, count: number): void => {
    const entry = throughDelegates(repo, one)
    // The calls of a constructor only set up a value.
    const isMade = entry.kind === 'class' || entry.kind === 'struct' || isConstructor(repo, entry)
    if (count > 0 && !isMade && !IS_OPERATOR.test(entry.signature) && !isVariant(repo, entry))
      uses.set(entry, (uses.get(entry) ?? 0) + count)
    if (documents.has(one.id) || HANDLES.test(one.name)) shown.add(entry)
  }
  const [main] = mainsOf(writing)
  // What documents call in a repository with a program is its library.
  const [top] = ownPackages(writing)
  const isProgram = top?.folder === '' && top.programs.length > 0 && top.entries.length === 0
  if ((readme.size === 0 || isProgram) && main !== undefined) add(main, MAIN_USES)
  if (uses.size === 0 && (readme.size === 0 || importedSurfaces(writing).length === 0))
    for (const one of scriptsOf(writing)) add(one, MAIN_USES)
  for (const one of repo.components.values())
    if (isEntry(writing, one))
      add(
        one,
        passes.direct(one) +
          PASSED * passes.all(one) +
          DOCUMENT * (documents.get(one.id) ?? 0) +
          IN_README * (readme.get(one.id) ?? 0) +
          (HANDLES.test(one.name) ? HANDLER : 0),
      )
  const weigh = ([one, count]: [Component, number]): number => Math.sqrt(count) * workOf(repo, one)
  const sorted = [...uses].sort((a, b) => weigh(b) - weigh(a) || (a[0].id < b[0].id ? -1 : 1))
  const most = sorted[0] === undefined ? 0 : weigh(sorted[0])
  return sorted
    .filter((one) => weigh(one) >= most * (shown.has(one[0]) ? MIN_WEIGHT : MIN_WEIGHT_UNSHOWN))
    .map(([entry, uses]) => ({ entry, uses }))
}

/** Whether it is called by users, or by a server for each request. */
const isEntry = (writing: Writing, one: Component): boolean =>
  isOffered(writing, one) || (HANDLES.test(one.name) && isMain(one.file, writing.repo))

const IS_OPERATOR = /\boperator\b/
const ASYNC = /_?async_?/gi
/** The name without prefixes and suffixes such as `async`. */
const plainName = ({ name }: Component): string => name.replace(ASYNC, '').toLowerCase()

/** Whether a method is one of multiple overriding methods, or overrides one that is not abstract. */
const isVariant = (repo: RepoIndex, { id }: Component): boolean =>
  (repo.overridden.get(id) ?? []).some((base) => repo.callees.has(base) || (repo.heirs.get(base)?.size ?? 0) > 1)

/** Whether a tree has enough sentences and shows, at each level, the calls that reach most of the code. Unless it is a program, the entry also needs a sentence. */
function isWorthShowing(writing: Writing, tree: Tree): boolean {
  const { repo } = writing
  const { entry, body } = tree
  const isProgram = entry.id === entry.file || /^main$/i.test(entry.name)
  const sentences = linesIn(body).filter(({ sentence, callee }) => sentence !== null && !makes(repo, callee)).length
  if (sentences < MIN_SENTENCES || (!isProgram && purposeOf(repo, entry) === null)) return false
  return showsMain(repo, body, namedIn(writing, tree))
}

/** Whether the tree names, for each function whose calls it shows, one that reaches most of the code. */
function showsMain(repo: RepoIndex, { component, calls }: Body, named: ReadonlySet<string>): boolean {
  if (calls.length === 0) return true
  let [most, shown] = [0, 0]
  for (const one of calleesOf(repo, bodyOf(repo, component))) {
    if (one.id === component.id || makes(repo, one)) continue
    const work = workOf(repo, one)
    most = Math.max(most, work)
    if (named.has(bodyOf(repo, one).id)) shown = Math.max(shown, work)
  }
  return shown >= MIN_POINT * most && calls.every(({ body }) => body === null || showsMain(repo, body, named))
}

/** The total number of tests that run the functions of a tree, except functions (and their asynchronous variants) that other trees name. */
function gainOf(writing: Writing, own: ReadonlySet<string>, named: ReadonlySet<string>): number {
  const passes = passesOf(writing)
  const { components } = writing.repo
  const known = new Set([...named].map((id) => components.get(id)?.qualifiedName.replace(ASYNC, '')))
  let sum = 0
  for (const id of own) {
    const component = components.get(id)
    if (component === undefined || known.has(component.qualifiedName.replace(ASYNC, ''))) continue
    sum += 1 + passes.all(component)
  }
  return sum
}

/** The ids of the bodies that a tree names. */
function namedIn({ repo }: Writing, { entry, body }: Tree): Set<string> {
  const named = new Set([bodyOf(repo, entry).id])
  const add = ({ calls }: Body): void => {
    for (const { callee, via, body } of calls) {
      for (const one of [callee, ...via.map((call) => call.callee)]) named.add(bodyOf(repo, one).id)
      if (body !== null) add(body)
    }
  }
  add(body)
  return named
}

/** The ids of the functions whose calls a tree shows. */
function openedIn({ component, calls }: Body): Set<string> {
  const opened = new Set([component.id])
  for (const { body } of calls) if (body !== null) for (const id of openedIn(body)) opened.add(id)
  return opened
}
