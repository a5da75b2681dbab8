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
      const conditions = isSame ? own.conditions : withoutCallbacks(own.conditions).slice(0, -1)
      own = { conditions, places: [...other.places, ...own.places] }
    }
    groups.push(own)
  }
  // If two groups have the same conditions in another order, the first one is kept.
  const wide = groups.filter(
    (one, at) =>
      !groups.some(
        (other, index) =>
          // Two unknown conditions may be opposites, such as `#if` and `#else`.
          index !== at && !isVague(other) && isWithin(one, other) && (index < at || !isWithin(other, one)),
      ),
  )
  for (const one of groups)
    if (!wide.includes(one) && isAlways(one))
      append(wide.find((wider) => isWithin(one, wider))?.places ?? [], one.places)
  return wide.sort((a, b) => (a.places[0]?.line ?? 0) - (b.places[0]?.line ?? 0))
}

/** Index of the group with the same conditions, or with the opposite of the innermost check; -1 for none. */
function partnerOf(groups: readonly CallGroup[], { conditions }: CallGroup): number {
  const checked = withoutCallbacks(conditions)
  return groups.findIndex(
    (one) =>
      endsAlike(one.conditions, conditions, (last, other) => last.kind === other.kind) ||
      endsAlike(withoutCallbacks(one.conditions), checked, ({ kind }, other) => OPPOSITE[kind] === other.kind),
  )
}

const OPPOSITE: Partial<Record<Condition['kind'], Condition['kind']>> = { if: 'unless', unless: 'if' }

/** Whether two lists differ at most in their last conditions, which have the same code. */
function endsAlike(
  one: readonly Condition[],
  two: readonly Condition[],
  areAlike: (last: Condition, other: Condition) => boolean,
): boolean {
  const [last, other] = [one.at(-1), two.at(-1)]
  if (last === undefined || other === undefined || last.code !== other.code || !areAlike(last, other)) return false
  return JSON.stringify(one.slice(0, -1)) === JSON.stringify(two.slice(0, -1))
}

/** Without the innermost callbacks. */
const withoutCallbacks = (all: readonly Condition[]): readonly Condition[] =>
  all.slice(0, all.findLastIndex(({ kind }) => kind !== 'callback') + 1)

/** Whether all conditions of a wider group hold. */
const isWithin = (one: CallGroup, wider: CallGroup): boolean =>
  wider.conditions.every(({ kind, code }) => one.conditions.some((own) => own.kind === kind && own.code === code))

export const isVague = ({ conditions }: Pick<CallGroup, 'conditions'>): boolean =>
  conditions.some(({ kind }) => kind === 'unclear')

/** Whether the calls depend on no check; they may be in loops and callbacks. */
export const isAlways = ({ conditions }: CallGroup): boolean =>
  conditions.every(({ kind }) => ['callback', 'whenCalled', 'loop', 'repeated'].includes(kind))

/** The outer conditions that all calls share, with a marker for other checks; a loop around all of them is always included. */
export function sharedBy(groups: readonly CallGroup[], { isLoop }: Pick<CallSite, 'isLoop'>): Condition[] {
  const [first, ...others] = groups
  const all = first?.conditions ?? []
  const isIn = ({ kind, code }: Condition, at: number, { conditions }: CallGroup): boolean =>
    conditions[at]?.kind === kind && conditions[at].code === code
  const end = all.findIndex((one, at) => !others.every((group) => isIn(one, at, group)))
  const shared = all.slice(0, end < 0 ? all.length : end)
  const shown = fitted(groups.every(isAlways) ? shared : [...shared, UNCLEAR])
  const hasLoop = shown.some(({ kind }) => kind === 'loop' || kind === 'repeated')
  return isLoop && !hasLoop ? [REPEATED, ...shown] : shown
}
