/** Merges calls of one function under different conditions: branches that cover all cases, and cases that are part of another. */

import { append } from '#base/long-arrays.ts'
import type { CallSite } from './call-sites.ts'
import { type Condition, fitted, type Place, REPEATED, UNCLEAR } from './conditions.ts'

/** Calls under the same conditions. */
export interface CallGroup {
  /** The outer ones first; empty for calls that always happen. */
  conditions: readonly Condition[]
  places: readonly Place[]
}

/** In the order of their first places. A call in a callback or a loop is merged with the calls outside of it. */
export function mergeConditions(calls: readonly CallGroup[]): CallGroup[] {
  const groups: (CallGroup & { places: Place[] })[] = []
  for (const call of calls) {
    let own = { ...call, places: [...call.places] }
    for (let at = partnerOf(groups, own); at !== -1; at = partnerOf(groups, own)) {
      const [other = own] = groups.splice(at, 1)
      const isSame = isWithin(own, other) && isWithin(other, own)
      const conditions = isSame ? own.conditions : own.conditions.slice(0, -1)
      own = { conditions, places: [...other.places, ...own.places] }
    }
    groups.push(own)
  }
  // If two groups have the same conditions in another order, the first one is kept.
  const wide = groups.filter(
    (one, at) =>
      !groups.some((other, index) => index !== at && isWithin(one, other) && (index < at || !isWithin(other, one))),
  )
  for (const one of groups)
    if (!wide.includes(one) && isAlways(one))
      append(wide.find((wider) => isWithin(one, wider))?.places ?? [], one.places)
  return wide.sort((a, b) => (a.places[0]?.line ?? 0) - (b.places[0]?.line ?? 0))
}

/** Index of the group with the same conditions, or with the opposite of the innermost one; -1 for none. */
function partnerOf(groups: readonly CallGroup[], { conditions }: CallGroup): number {
  const last = conditions.at(-1)
  const outer = JSON.stringify(conditions.slice(0, -1))
  return groups.findIndex((one) => {
    const other = one.conditions.at(-1)
    if (one.conditions.length !== conditions.length || JSON.stringify(one.conditions.slice(0, -1)) !== outer)
      return false
    if (last === undefined || other === undefined) return true
    const isEither = [last.kind, other.kind].every((kind) => kind === 'if' || kind === 'unless')
    return last.code === other.code && (last.kind === other.kind || isEither)
  })
}

/** Whether all conditions of a wider group hold. */
const isWithin = (one: CallGroup, wider: CallGroup): boolean =>
  wider.conditions.every(({ kind, code }) => one.conditions.some((own) => own.kind === kind && own.code === code))

export const isVague = ({ conditions }: Pick<CallGroup, 'conditions'>): boolean =>
  conditions.some(({ kind }) => kind === 'unclear')

/** Whether the calls depend on no check; they may be in loops and callbacks. */
export const isAlways = ({ conditions }: CallGroup): boolean =>
  conditions.every(({ kind }) => ['callback', 'whenCalled', 'loop', 'repeated'].includes(kind))

/** The outer conditions that all calls share, with a marker for others; a loop around all of them is always included. */
export function sharedBy([first, ...others]: readonly CallGroup[], { isLoop }: Pick<CallSite, 'isLoop'>): Condition[] {
  const all = first?.conditions ?? []
  const isIn = ({ kind, code }: Condition, at: number, { conditions }: CallGroup): boolean =>
    conditions[at]?.kind === kind && conditions[at].code === code
  const end = all.findIndex((one, at) => !others.every((group) => isIn(one, at, group)))
  const told = fitted([...all.slice(0, end < 0 ? all.length : end), UNCLEAR])
  const hasLoop = told.some(({ kind }) => kind === 'loop' || kind === 'repeated')
  return isLoop && !hasLoop ? [REPEATED, ...told] : told
}
