/** Sorts uses by order of evaluation and finds their blocks. */

import type { Places } from './places.ts'

/** The position of a use, and the end of everything that is evaluated before it. */
export interface Used {
  readonly at: number
  readonly end: number
}

/** @returns For each use, its number in order of evaluation, from 0, and its block or -1. */
export function orderOf(uses: readonly Used[], places: Places): { order: Int32Array; block: Int32Array } {
  const count = uses.length
  const indexes = Uint32Array.from({ length: count }, (_, index) => index)
  const column = (of: (use: Used) => number): Float64Array => Float64Array.from(uses, of)
  const at = column((use) => use.at)
  const last = column((use) => Math.max(use.at, use.end - 1))
  const block = new Int32Array(count)
  for (const index of indexes.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0))) block[index] = places.blockAt(at[index] ?? 0)
  const time = new Float64Array(count)
  for (const index of indexes.sort((a, b) => (last[a] ?? 0) - (last[b] ?? 0)))
    time[index] = places.timeAt(last[index] ?? 0)
  // If two uses have the same end, the one that begins later is inside the other.
  indexes.sort((a, b) => (time[a] ?? 0) - (time[b] ?? 0) || (at[b] ?? 0) - (at[a] ?? 0))
  const order = new Int32Array(count)
  for (const [number, index] of indexes.entries()) order[index] = number
  return { order, block }
}
