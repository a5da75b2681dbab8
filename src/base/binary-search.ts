/** Binary search. */

/**
 * The first index below `length` for which `isBefore` is false, or `length` if there is none.
 *
 * @param isBefore - True for all indexes before the wanted one, false for all others.
 */
export function lowerBound(length: number, isBefore: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}
