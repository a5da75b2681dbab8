/** Counts how many tests lead through each function, by resolved calls: those with many are where the work is done. */

import type { Component } from '#generate/model.ts'
import { isConfident, isTestEnd } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { bodyOf, calleesOf } from './calls.ts'

/** Limits on the tests that are followed, and on the functions that one of them is followed through. */
const MAX_TESTS = 600
const MAX_REACHED = 600

export interface Passes {
  /** The number of tests that call a component themselves. */
  direct(component: Component): number
  /** The number of tests that run its body, directly or not. */
  all(component: Component): number
}

const known = new WeakMap<Writing, Passes>()

export function passesOf(writing: Writing): Passes {
  const found = known.get(writing) ?? countPasses(writing)
  known.set(writing, found)
  return found
}

function countPasses(writing: Writing): Passes {
  const { repo } = writing
  const tests = calledByTests(writing)
  const [direct, all] = [new Map<string, number>(), new Map<string, number>()]
  const add = (counts: Map<string, number>, id: string): void => void counts.set(id, (counts.get(id) ?? 0) + 1)
  const next = new Map<string, readonly Component[]>()
  const after = (one: Component): readonly Component[] => {
    const known = next.get(one.id) ?? calleesOf(repo, one).map((callee) => bodyOf(repo, callee))
    next.set(one.id, known)
    return known
  }
  for (const called of [...tests.values()].slice(0, MAX_TESTS)) {
    for (const { id } of called) add(direct, id)
    const reached = new Set([...called].map((one) => bodyOf(repo, one)))
    for (const one of reached) {
      add(all, one.id)
      for (const callee of after(one)) if (reached.size < MAX_REACHED) reached.add(callee)
    }
  }
  return {
    direct: ({ id }) => direct.get(id) ?? 0,
    all: (component) => all.get(bodyOf(repo, component).id) ?? 0,
  }
}

/** What each test, or file of tests outside of functions, calls of the code itself. */
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
