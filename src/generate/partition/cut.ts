/** Cutting a long list of files into pieces whose borders stay where they are when a file comes or goes. */

import { fits, type Unit } from './units.ts'

/**
 * Pieces of a sorted list, each of which fits on a page or is a single file.
 *
 * A list is cut before the name with the least hash in its middle half, as a treap would be: the place depends on
 * names and not on counts, so a new file seldom moves it. Neighbours that fit together are joined again.
 */
export function cut(units: Unit[]): Unit[][] {
  const joined: Unit[][] = []
  for (const piece of pieces(units)) {
    const last = joined.at(-1)
    if (last !== undefined && fits([...last, ...piece])) last.push(...piece)
    else joined.push([...piece])
  }
  return joined
}

function pieces(units: Unit[]): Unit[][] {
  const done: Unit[][] = []
  const open: Unit[][] = [units]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.length === 0) continue
    if (next.length === 1 || fits(next)) {
      done.push(next)
      continue
    }
    const at = borderOf(next)
    open.push(next.slice(at), next.slice(0, at))
  }
  return done
}

function borderOf(units: Unit[]): number {
  const first = Math.max(1, Math.floor(units.length / 4))
  const last = Math.max(first, Math.ceil((units.length * 3) / 4) - 1)
  let best = first
  let least = Number.POSITIVE_INFINITY
  for (let index = first; index <= last; index++) {
    const hash = fnv1a(units[index]?.path ?? '')
    if (hash >= least) continue
    least = hash
    best = index
  }
  return best
}

/** 32-bit FNV-1a over UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  return hash
}
