/** Counts how many tests run each function, by resolved calls: functions with high counts do the main work. */

import { memoized } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import { isConfident, isTestEnd } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { chancesFrom } from './call-chances.ts'
import { bodyOf } from './calls.ts'

/** Limit on the tests that are followed. */
const MAX_TESTS = 600

export interface Passes {
  /** The number of tests that call a component directly. */
  direct(component: Component): number
  /** The number of tests that run its body, directly or indirectly, weighted by chance. */
  all(component: Component): number
}

export const passesOf = memoized(countPasses)

function countPasses(writing: Writing): Passes {
  const { repo } = writing
  const tests = calledByTests(writing)
  const [direct, all] = [new Map<string, number>(), new Map<string, number>()]
  const chances = new Map<string, ReadonlyMap<string, number>>()
  for (const called of [...tests.values()].slice(0, MAX_TESTS)) {
    const reached = new Map<string, number>()
    for (const one of called) {
      direct.set(one.id, (direct.get(one.id) ?? 0) + 1)
      const own = chances.get(one.id) ?? chancesFrom(repo, one)
      chances.set(one.id, own)
      for (const [id, chance] of own) reached.set(id, Math.max(chance, reached.get(id) ?? 0))
    }
    for (const [id, chance] of reached) all.set(id, (all.get(id) ?? 0) + chance)
  }
  return {
    direct: ({ id }) => direct.get(id) ?? 0,
    all: (component) => all.get(bodyOf(repo, component).id) ?? 0,
  }
}

/** The code that each test, or the top level of each test file, calls directly. */
function calledByTests({ analysis, repo }: Writing): Map<string, Set<Component>> {
  const tests = new Map<string, Set<Component>>()
  for (const edge of analysis.edges) {
    if ((edge.kind !== 'calls' && edge.kind !== 'instantiates') || !isConfident(edge)) continue
    const to = repo.components.get(edge.to)
    if (to === undefined || isTestEnd(to.id, repo) || !isTestEnd(edge.from, repo)) continue
    tests.set(edge.from, (tests.get(edge.from) ?? new Set<Component>()).add(to))
  }
  return tests
}
