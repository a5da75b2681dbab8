/** Cuts a long list into pieces whose borders are stable when items are added or removed. */

import { fnv1a } from '#base/fnv1a.ts'

/** A piece of a list. */
export interface Piece<T> {
  /** The name of the first item, before which the list was cut; `null` for the first piece. */
  border: string | null
  items: T[]
}

/**
 * Cuts a sorted list into pieces, each of which fits or is a single item.
 *
 * A list is cut before the name with the smallest hash in its middle half, as in a treap: the position depends on names
 * and not on counts, so a new item seldom moves it, and then only the items of one piece move.
 */
export function cut<T>(items: readonly T[], nameOf: (item: T) => string, fits: (items: T[]) => boolean): Piece<T>[] {
  const done: Piece<T>[] = []
  const open: Piece<T>[] = [{ border: null, items: [...items] }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.items.length <= 1 || fits(next.items)) {
      if (next.items.length > 0) done.push(next)
      continue
    }
    const names = next.items.map(nameOf)
    const at = borderOf(names)
    open.push({ border: names[at] ?? '', items: next.items.slice(at) }, { ...next, items: next.items.slice(0, at) })
  }
  return done
}

function borderOf(names: readonly string[]): number {
  const first = Math.max(1, Math.floor(names.length / 4))
  const last = Math.max(first, Math.ceil((names.length * 3) / 4) - 1)
  let best = first
  let least = Number.POSITIVE_INFINITY
  for (let index = first; index <= last; index++) {
    const hash = fnv1a(names[index] ?? '')
    if (hash >= least) continue
    least = hash
    best = index
  }
  return best
}
