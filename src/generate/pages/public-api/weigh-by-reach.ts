/** Weighs the names of a package by how much of its code they reach, and by the calls in its README. */

import { type Component, compareText, type Surface } from '#generate/model.ts'
import { aliasOf } from '#generate/pages/entry/alias-of.ts'
import { calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { metBySignatures } from './by-signatures.ts'
import { isClosed } from './closed-functions.ts'
import type { PublicName } from './public-names.ts'
import { reachedFrom } from './reach.ts'
import { isError, isHook, isList, isMadeElsewhere, isMinor, isOptionsType, MADE_ELSEWHERE } from './traits.ts'

/** The first name that a README calls is worth as much as doubling the number of uses this many times. */
const README_WEIGHT = 8
/** Limit on the names of a package whose reach is measured. */
const MAX_MEASURED = 80
/** Share of its weight that a name keeps no matter how little it reaches. */
const MIN_SHARE = 0.25
/** Factor for functions that users cannot call: they come after all other names. */
const CLOSED_FACTOR = 0.001
/** Factor for errors and hooks, and for constants, enums, lists and option types that no README calls. */
const MINOR_FACTOR = 0.4

/** Increases the weight of names that a README calls or that reach most of the package, and decreases that of errors. */
export function weighByReach(writing: Writing, { folder }: Surface, names: readonly PublicName[]): PublicName[] {
  const { repo } = writing
  const inside = new Set(
    [...repo.leaves.keys()].filter((path) => (folder === '' || path.startsWith(`${folder}/`)) && isMain(path, repo)),
  )
  const called = calledInReadme(writing)
  const met = metBySignatures(writing, called)
  const weights = new Map<Component, number>()
  for (const { component, weight } of names) {
    if (component !== null) weights.set(component, Math.max(weight, weights.get(component) ?? 0))
  }
  const readmeWeightOf = ({ id }: Component): number => README_WEIGHT * Math.max(called.get(id) ?? 0, met.get(id) ?? 0)
  const measured = [...weights]
    .sort(([a, left], [b, right]) => readmeWeightOf(b) + right - readmeWeightOf(a) - left || compareText(a.id, b.id))
    .slice(0, MAX_MEASURED)
  // Calls of an alias are calls of the function it names.
  const meant = (component: Component): Component => aliasOf(repo, component) ?? component
  const reach = reachedFrom(
    writing,
    inside,
    measured.map(([component]) => meant(component)),
  )
  return names.map((one) => {
    if (one.component === null) return one
    const subject = meant(one.component)
    // The code that computes the value of a constant says nothing about it.
    const reached = isMinor(subject) ? 0 : (reach.get(subject.id) ?? 0)
    const share = MIN_SHARE + Math.sqrt(reached)
    const isSecondary =
      isHook(one.component) ||
      ((isMinor(subject) || isList(repo, one.component) || isOptionsType(one.component)) &&
        !called.has(one.component.id))
    const minorFactor = isSecondary || isError(repo, one.component) ? MINOR_FACTOR : 1
    const madeElsewhereFactor = isMadeElsewhere(repo, one.component) ? MADE_ELSEWHERE : 1
    const closedFactor = isClosed(repo, one.component) ? CLOSED_FACTOR : 1
    return {
      ...one,
      weight: (one.weight + readmeWeightOf(one.component)) * share * minorFactor * madeElsewhereFactor * closedFactor,
    }
  })
}
