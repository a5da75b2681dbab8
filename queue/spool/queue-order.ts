/**
 * The order of the queue, computed from sorted names. The names of each of the ten priorities are already in order, so the first
 * entry is one of ten, and a position is a sum of ten numbers.
 */

import { AGEING_MS, rankOf } from '#queue/ageing.ts'
import type { Entry } from '#queue/backend.ts'
import { entryHead, entryName, parseEntryName } from './file-names.ts'
import { indexOfName } from './listing.ts'

const PRIORITIES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const

/** The first admitted entry of the queue; `undefined` if there is none. */
export function findFirst(names: readonly string[], isAdmitted: (entry: Entry) => boolean): Entry | undefined {
  const heads = PRIORITIES.map((priority) => entriesOf(names, priority))
  const entries = heads.map((head) => head.next().value)
  for (;;) {
    let first: Entry | undefined
    for (const entry of entries) {
      if (entry && (first === undefined || rankOf(entry) < rankOf(first))) first = entry
    }
    if (first === undefined || isAdmitted(first)) return first
    entries[first.priority] = heads[first.priority]?.next().value
  }
}

/** The entries of a priority, in order. Other names are skipped; the next check quarantines them. */
function* entriesOf(names: readonly string[], priority: number): Generator<Entry, undefined> {
  for (let at = indexOfName(names, `${priority}-`); names[at]?.startsWith(`${priority}-`); at++) {
    const entry = parseEntryName(names[at] ?? '')
    if (entry !== undefined) yield entry
  }
}

/** The number of entries before this one. */
export function countBefore(names: readonly string[], entry: Entry): number {
  let count = 0
  for (const priority of PRIORITIES) {
    const latestMs = rankOf(entry) - priority * AGEING_MS
    let bound = entryName(entry)
    // Among entries of equal rank, the one with the higher priority is first.
    if (priority < entry.priority) bound = entryHead(priority, latestMs + 1)
    if (priority > entry.priority) bound = entryHead(priority, latestMs)
    count += Math.max(0, indexOfName(names, bound) - indexOfName(names, `${priority}-`))
  }
  return count
}
