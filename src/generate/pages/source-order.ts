/** In which order the code of a component uses what it calls. */

import type { Component } from '#generate/model.ts'
import type { Survey } from './survey.ts'

/** A longer line counts as if it ended here. */
const MAX_COLUMNS = 1_000_000

/** Sorted by where each is first called, else first named. What has no known place comes last, the most used first. */
export function inOrder(survey: Survey, component: Component, callees: readonly Component[]): Component[] {
  const called = new Map<string, number>()
  const named = new Map<string, number>()
  for (const { to, kind, line, column } of callees.length < 2 ? [] : survey.occurrences.usesIn(component.id)) {
    const places = kind === 'calls' || kind === 'instantiates' ? called : named
    places.set(
      to,
      Math.min(line * MAX_COLUMNS + Math.min(column, MAX_COLUMNS - 1), places.get(to) ?? Number.POSITIVE_INFINITY),
    )
  }
  const at = ({ id }: Component): number => called.get(id) ?? named.get(id) ?? Number.POSITIVE_INFINITY
  const uses = ({ id }: Component): number => survey.users.get(id)?.size ?? 0
  return callees.toSorted((a, b) => {
    const [left, right] = [at(a), at(b)]
    return left === right ? uses(b) - uses(a) || (a.id < b.id ? -1 : 1) : left - right
  })
}
