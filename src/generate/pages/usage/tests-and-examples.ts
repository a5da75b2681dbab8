/** Finds the tests and examples that use a component, the most specific first; benchmarks are excluded. */

import { memoized } from '#base/memoize.ts'
import { type Component, compareText } from '#generate/model.ts'
import { isBenchmark } from '#generate/pages/module/start-with.ts'
import { isExample, isTestEnd, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isTestOf, testFiles } from './test-files.ts'

/** Matches the names of tests of types, which call nothing: `index.test-d.ts`. */
export const TYPE_TEST = /[.](?:test-d|tst)[.][cm]?tsx?$/

/** A test or example file, with the ids of the definitions in it that use the component. */
export interface Referrers {
  path: string
  users: string[]
}

const known = new WeakMap<RepoIndex, Map<string, { tests: Referrers[]; examples: Referrers[] }>>()

export function referrersOf(writing: Writing, component: Component): { tests: Referrers[]; examples: Referrers[] } {
  const all = known.get(writing.repo) ?? new Map<string, { tests: Referrers[]; examples: Referrers[] }>()
  known.set(writing.repo, all)
  const found = all.get(component.id) ?? findReferrers(writing, component)
  all.set(component.id, found)
  return found
}

/** Languages in which tests are recognised; in others, any file may be one. */
const testLanguages = memoized(
  (repo: RepoIndex) => new Set([...testFiles({ repo })].map((path) => repo.files.get(path)?.language)),
)

/**
 * Files named after the component or its file come first, then tests with the most uses, and the shortest examples. Test
 * helpers, and types that only inherit from the component, such as test doubles, are left out.
 */
function findReferrers(writing: Writing, component: Component): { tests: Referrers[]; examples: Referrers[] } {
  const { repo } = writing
  const files = new Map<string, { path: string; users: string[]; weight: number; isTest: boolean }>()
  for (const [end, weight] of repo.users.get(component.id) ?? []) {
    const path = repo.components.get(end)?.file ?? end
    const isTest = isTestEnd(end, repo)
    // A test may be in the file that it tests.
    const isOther = path !== component.file || repo.inTests.has(end)
    // Overriding a method is not a use.
    const how = repo.places.get(component.id)?.has(end) === true ? undefined : repo.heirs.get(component.id)?.get(end)
    if (how === 'overrides' || !isOther || !(isTest || isExample(path, repo))) continue
    if (TYPE_TEST.test(path) || (isTest && how !== undefined && !isTestOf(path, component))) continue
    const key = `${isTest} ${path}`
    const file = files.get(key)
    if (file === undefined) files.set(key, { path, users: [end], weight, isTest })
    else {
      file.users.push(end)
      file.weight += weight
    }
  }
  const holding = testFiles(writing)
  const isHelper = (path: string, users: readonly string[]): boolean =>
    !holding.has(path) &&
    testLanguages(repo).has(repo.files.get(path)?.language) &&
    !users.some((user) => repo.inTests.has(user))
  const sorted = [...files.values()]
    .filter(({ path, users, isTest }) => !isTest || !users.every((user) => measures(repo, user, path)))
    .filter(({ path, users, isTest }) => !isTest || !isHelper(path, users))
    .map((file) => ({
      ...file,
      rank: rankOf(file, component),
      weight: file.isTest ? -file.weight : (repo.files.get(file.path)?.lines ?? 0),
    }))
    .sort((a, b) => a.rank - b.rank || a.weight - b.weight || compareText(a.path, b.path))
  const tests = sorted.filter(({ isTest }) => isTest)
  return { tests, examples: sorted.filter(({ isTest }) => !isTest) }
}

/** Files about it come first. */
const rankOf = ({ path }: Referrers, component: Component): number => (isTestOf(path, component) ? 0 : 1)

/** Whether a user is a benchmark, which does not test anything. */
function measures(repo: RepoIndex, user: string, path: string): boolean {
  return (isBenchmark(path) && !repo.inTests.has(user)) || /^bench/i.test(repo.components.get(user)?.name ?? '')
}
