/**
 * Chooses the call trees to show: that of the main entry, and for a library those of a few more public functions,
 * which together pass through the functions that most tests run.
 */

import type { Component } from '#generate/model.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { calledInCode } from '#generate/pages/readme/readme-calls.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { callEntries, isOffered } from './call-entry.ts'
import { type Body, countTold, growTree, MAX_LINES } from './call-tree.ts'
import { bodyOf } from './calls.ts'
import { passesOf } from './passes.ts'
import { purposeOf, reachedLines, throughDelegates } from './telling-calls.ts'

const MAX_TREES = 6
/** Limit on the lines of each tree but the first. */
const MAX_SHORT = 36
/** Limit on the entries whose trees are grown to be compared. */
const MAX_COMPARED = 16
/** Minimum number of calls that have words, where the root has any and where it has none. */
const MIN_TOLD = 3
const MIN_TOLD_WITHOUT_WORDS = 4
/** Minimum share of the weight of the most used function that a root has: others are beside the point. */
const MIN_WEIGHT = 0.3
/** Minimum share of what the first tree passes through that another one adds. */
const MIN_GAIN = 0.15
/** A call in a document counts like this many tests. */
const DOCUMENT = 5
/** What the README calls first counts like this many documents. */
const MAIN = 4
const MAX_USES = 1_000_000
const FOR_TESTS = /^TEST_|[Ff]or_?[Tt]est|(?:^|\/)test(?:ing)?\/[^/]{1,200}\.go$/

export interface Tree {
  entry: Component
  body: Body
}

const chosen = new WeakMap<Writing, readonly Tree[]>()

/** The main one first; empty if no entry calls enough. */
export function shownTrees(writing: Writing): readonly Tree[] {
  const found = chosen.get(writing) ?? chooseTrees(writing)
  chosen.set(writing, found)
  return found
}

function chooseTrees(writing: Writing): Tree[] {
  const { repo } = writing
  const passes = passesOf(writing)
  const grow = (entry: Component, opened: ReadonlySet<string>, maxLines: number): Tree => ({
    entry,
    body: growTree(repo, entry, { opened, maxLines, weightOf: (one) => 1 + passes.all(one) }),
  })
  const used = mostUsed(writing)
  let trees: Tree[] = []
  for (const { entry } of used) {
    const tree = grow(entry, new Set(), MAX_LINES)
    if (isWorthShowing(writing, tree)) trees = [tree]
    if (trees.length > 0) break
  }
  const named = new Set(trees.flatMap((tree) => [...namedIn(writing, tree)]))
  const least = MIN_GAIN * gainOf(writing, named, new Set())
  let rest = used.slice(0, MAX_COMPARED)
  while (trees.length < MAX_TREES) {
    const opened = new Set(trees.flatMap(({ body }) => [...openedIn(body)]))
    const names = new Set(trees.map(({ entry }) => plainName(entry)))
    const rows = rest.flatMap((one) => {
      // The asynchronous twin of a function, or an overload, calls the same again.
      if (named.has(bodyOf(repo, one.entry).id) || names.has(plainName(one.entry))) return []
      const tree = grow(one.entry, opened, MAX_SHORT)
      if (!isWorthShowing(writing, tree)) return []
      const gain = gainOf(writing, namedIn(writing, tree), named)
      return gain < least ? [] : [{ one, tree, weight: gain * Math.log2(1 + one.uses) }]
    })
    const [best] = rows.sort((a, b) => b.weight - a.weight || (a.tree.entry.id < b.tree.entry.id ? -1 : 1))
    if (best === undefined) break
    trees.push(best.tree)
    for (const id of namedIn(writing, best.tree)) named.add(id)
    const left = new Set(rows.map(({ one }) => one))
    rest = rest.filter((one) => left.has(one) && one !== best.one)
  }
  return trees
}

/** What documents and tests call most and does most; the main function of a program comes first. */
function mostUsed(writing: Writing): { entry: Component; uses: number }[] {
  const { repo } = writing
  const [passes, documents, main] = [passesOf(writing), calledInCode(writing), callEntries(writing)]
  const isProgram = importedSurfaces(writing).length === 0
  const uses = new Map<Component, number>()
  const add = (one: Component, count: number): void => {
    const entry = throughDelegates(repo, one)
    if (count > 0 && !isVariant(repo, entry)) uses.set(entry, (uses.get(entry) ?? 0) + count)
  }
  for (const [index, one] of main.entries())
    if (one.name !== 'main') add(one, (MAIN * DOCUMENT) / (1 + index))
    else if (isProgram) add(one, MAX_USES / (1 + index))
  for (const one of repo.components.values())
    if ((main.includes(one) || isOffered(writing, one)) && ![one.name, one.file].some((text) => FOR_TESTS.test(text)))
      add(one, passes.direct(one) + DOCUMENT * (documents.get(one.id) ?? 0))
  const weigh = ([one, count]: [Component, number]): number => count * Math.log2(1 + reachedLines(repo, one))
  const sorted = [...uses].sort((a, b) => weigh(b) - weigh(a) || (a[0].id < b[0].id ? -1 : 1))
  const least = sorted[0] === undefined ? 0 : MIN_WEIGHT * weigh(sorted[0])
  return sorted.filter((one) => weigh(one) >= least).map(([entry, uses]) => ({ entry, uses }))
}

const ASYNC = /_?async_?/gi
/** The name without signs of being asynchronous. */
const plainName = ({ name }: Component): string => name.replace(ASYNC, '').toLowerCase()

/** Whether a method is one of several that override another, or overrides one that works by itself. */
const isVariant = (repo: RepoIndex, { id }: Component): boolean =>
  (repo.overridden.get(id) ?? []).some((base) => repo.callees.has(base) || (repo.heirs.get(base)?.size ?? 0) > 1)

/** Whether a tree has enough calls that have words, more where its root has none. */
function isWorthShowing(writing: Writing, { entry, body }: Tree): boolean {
  const { repo } = writing
  const isTold = /^main$/i.test(entry.name) || purposeOf(repo, entry) !== null
  return countTold(repo, body) >= (isTold ? MIN_TOLD : MIN_TOLD_WITHOUT_WORDS) && !entry.name.endsWith('=')
}

/** The functions of a tree that others do not name, nor their asynchronous twins, each with the number of tests that run it. */
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
    for (const { callee, body } of calls) {
      named.add(bodyOf(repo, callee).id)
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
