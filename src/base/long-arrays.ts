/**
 * Operations on arrays of any length. `list.push(...items)` and `Math.max(...numbers)` pass each item as an argument, on the
 * stack, and throw a `RangeError` from some 100,000 items on. The content of a repository determines the length of most arrays.
 */

/** Add items at the end of a list, in their order. */
export function append<T>(list: T[], items: Iterable<NoInfer<T>>): void {
  for (const item of items) list.push(item)
}

/** Number of items inserted at once; the engine moves the items after them quickly. */
const AT_ONCE = 10_000

/** Replace the item at an index of a list by any number of items. */
export function replaceAt<T>(list: T[], index: number, items: readonly NoInfer<T>[]): void {
  list.splice(index, 1, ...items.slice(0, AT_ONCE))
  for (let from = AT_ONCE; from < items.length; from += AT_ONCE) {
    list.splice(index + from, 0, ...items.slice(from, from + AT_ONCE))
  }
}

/** `-Infinity` when there are none. */
export function greatest(numbers: Iterable<number>): number {
  let found = Number.NEGATIVE_INFINITY
  for (const number of numbers) found = Math.max(found, number)
  return found
}

/** `Infinity` when there are none. */
export function least(numbers: Iterable<number>): number {
  let found = Number.POSITIVE_INFINITY
  for (const number of numbers) found = Math.min(found, number)
  return found
}
