/** Sorts uses by order of evaluation and finds their blocks. */

import type { Places } from './places.ts'

/**
 * @param starts - The position of each use.
 * @param ends - The end of everything that is evaluated before it.
 * @returns For each use, its index in order of evaluation and its block, or -1.
 */
export function orderOf(
  starts: readonly number[],
  ends: readonly number[],
  places: Places,
): { order: Int32Array; block: Int32Array } {
  const count = starts.length
  // Plain arrays, filled in loops: `TypedArray.from` would be far slower, and sorting an almost sorted array is cheap.
  const indexes: number[] = []
  const last: number[] = []
  for (let index = 0; index < count; index++) {
    indexes.push(index)
    last.push(Math.max(starts[index] ?? 0, (ends[index] ?? 0) - 1))
  }
  const block = new Int32Array(count)
  for (const index of indexes.sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0)))
    block[index] = places.blockAt(starts[index] ?? 0)
  const time = new Float64Array(count)
  // If two uses have the same end, the one that begins later is inside the other.
  for (const index of indexes.sort((a, b) => (last[a] ?? 0) - (last[b] ?? 0) || (starts[b] ?? 0) - (starts[a] ?? 0)))
    time[index] = places.timeAt(last[index] ?? 0)
  if (places.hasMoves) indexes.sort((a, b) => (time[a] ?? 0) - (time[b] ?? 0) || (starts[b] ?? 0) - (starts[a] ?? 0))
  const order = new Int32Array(count)
  let number = 0
  for (const index of indexes) order[index] = number++
  return { order, block }
}
