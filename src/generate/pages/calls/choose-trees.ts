/**
 * Chooses the call trees to show: that of the main entry, and for a library those of a few more public functions,
 * which together pass through the functions that most tests run.
 */

import type { Component } from '#generate/model.ts'
import { calledInCode } from '#generate/pages/readme/readme-calls.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { callEntries, offered } from './call-entry.ts'
import { isError } from './call-sites.ts'
import { type Body, countCalls, countTold, growTree, MAX_LINES } from './call-tree.ts'
import { bodyOf, calleesOf } from './calls.ts'
import { passesOf } from './passes.ts'
import { isWork, purposeOf, reachedLines, throughDelegates } from './telling-calls.ts'
import { longestNamed, unfollowedCalls } from './unfollowed.ts'

const MAX_TREES = 5
/** Limit on the lines of each tree but the first. */
const MAX_SHORT = 40
/** Limit on the entries whose trees are grown to be compared. */
const MAX_COMPARED = 16
/** Minimum number of calls that have words; fewer are easy to see in the code. */
const MIN_CALLS = 4
const MIN_CALLS_WITHOUT_WORDS = 6
/** Limit on the entries that are tried for a plain tree. */
const MAX_PLAIN = 4
/** Minimum share of what the root calls, by lines of code that it leads to, in the calls that are shown. */
const MIN_COVERED = 0.5
/** Minimum share of what the first tree passes through that another one adds. */
const MIN_GAIN = 0.15
/** A call in a document counts like this many tests. */
const DOCUMENT = 5

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
  const throughAll = (ones: readonly Component[]): Component[] => ones.map((one) => throughDelegates(repo, one))
  const entries = throughAll(callEntries(writing)).filter((one) => !isVariant(repo, one))
  const grow = (entry: Component, opened: ReadonlySet<string>, maxLines: number, isPlain = false): Tree => ({
    entry,
    body: growTree(repo, entry, { opened, maxLines, isPlain, weightOf: (one) => 1 + passes.all(one) }),
  })
  const documents = calledInCode(writing)
  const usesOf = (one: Component): number => passes.direct(one) + DOCUMENT * (documents.get(one.id) ?? 0)
  const used = [...new Set([...entries, ...throughAll(offered(writing))])]
    .filter((one) => usesOf(one) > 0 && !isVariant(repo, one))
    .sort((a, b) => usesOf(b) * (1 + passes.all(b)) - usesOf(a) * (1 + passes.all(a)))
    .slice(0, MAX_COMPARED)
  let first: Tree | undefined
  for (const entry of new Set([...entries, ...used])) {
    const tree = grow(entry, new Set(), MAX_LINES)
    if (!isWorthShowing(repo, tree)) continue
    first = tree
    break
  }
  // Where the authors describe no functions, what the main one calls is all there is to show.
  if (first === undefined)
    return [...new Set([...entries, ...used])]
      .slice(0, MAX_PLAIN)
      .map((entry) => grow(entry, new Set(), MAX_SHORT, true))
      .filter(({ entry, body }) => countCalls(body) >= MIN_CALLS_WITHOUT_WORDS && isCovered(repo, { entry, body }))
      .slice(0, 1)
  const trees = [first]
  // Without a tree of the main entry, others look like the main ones.
  if (first.entry !== entries[0]) return trees
  const named = namedIn(writing, first)
  const least = MIN_GAIN * gainOf(writing, named, new Set())
  let rest = used
  while (trees.length < MAX_TREES) {
    const opened = new Set(trees.flatMap(({ body }) => [...openedIn(body)]))
    const rows = rest.flatMap((entry) => {
      if (named.has(bodyOf(repo, entry).id)) return []
      const tree = grow(entry, opened, MAX_SHORT)
      if (!isWorthShowing(repo, tree)) return []
      const gain = gainOf(writing, namedIn(writing, tree), named)
      return gain < least ? [] : [{ tree, weight: gain * Math.log2(1 + usesOf(entry)) }]
    })
    const [best] = rows.sort((a, b) => b.weight - a.weight || (a.tree.entry.id < b.tree.entry.id ? -1 : 1))
    if (best === undefined) break
    trees.push(best.tree)
    for (const id of namedIn(writing, best.tree)) named.add(id)
    const left = new Set(rows.map(({ tree }) => tree.entry))
    rest = rest.filter((one) => left.has(one) && one !== best.tree.entry)
  }
  return trees
}

/** Whether a method is one of several that override another, or overrides one that works by itself. */
const isVariant = (repo: RepoIndex, { id }: Component): boolean =>
  (repo.overridden.get(id) ?? []).some((base) => repo.callees.has(base) || (repo.heirs.get(base)?.size ?? 0) > 1)

/** Whether a tree has enough calls that have words, more where its root has none, and covers most of what its root does. */
function isWorthShowing(repo: RepoIndex, { entry, body }: Tree): boolean {
  const isTold = /^main$/i.test(entry.name) || purposeOf(repo, entry) !== null
  return (
    countTold(repo, body) >= (isTold ? MIN_CALLS : MIN_CALLS_WITHOUT_WORDS) &&
    !entry.name.endsWith('=') &&
    isCovered(repo, { entry, body })
  )
}

/** Whether a tree shows most of what its root does. Calls whose targets are unknown may lead to the work. */
function isCovered(repo: RepoIndex, { entry, body }: Tree): boolean {
  const weigh = (ones: readonly Component[]): number => ones.reduce((sum, one) => sum + reachedLines(repo, one), 0)
  const shown = weigh(body.calls.flatMap(({ callee, dispatch }) => [callee, ...dispatch.overriders.slice(0, 1)]))
  const near = [entry, ...body.calls.map(({ callee }) => callee)]
  const unknown = new Set(near.flatMap((one) => unfollowedCalls(repo, one).map(({ name }) => longestNamed(repo, name))))
  const work = calleesOf(repo, entry).filter((one) => !isError(repo, one) && isWork(repo, entry, one))
  return shown >= MIN_COVERED * (Math.max(shown, weigh(work)) + weigh([...unknown].flatMap((one) => one ?? [])))
}

/** The functions of a tree that others do not name, each with the number of tests that run it. */
function gainOf(writing: Writing, own: ReadonlySet<string>, named: ReadonlySet<string>): number {
  const passes = passesOf(writing)
  let sum = 0
  for (const id of own) {
    const component = writing.repo.components.get(id)
    if (component !== undefined && !named.has(id)) sum += 1 + passes.all(component)
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
