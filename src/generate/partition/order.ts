/** The order in which a reader wants the parts: the main code, other code, what is beside it, examples, tests, the odd files. */

import { compareText } from '#generate/model.ts'
import { isSideline } from './names.ts'
import type { Part } from './part.ts'
import type { Unit } from './units.ts'

/** @param opened - Folders whose contents stand beside the others: what is in them is the main code. */
export function order(parts: readonly Part[], opened: readonly string[]): Part[] {
  return parts
    .map((part) => ({
      part,
      rank: rankOf(part, opened),
      isRest: /(?:other files|smaller folders)$/.test(part.id) ? 1 : 0,
    }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        compareText(a.part.path, b.part.path) ||
        a.isRest - b.isRest ||
        compareText(a.part.title, b.part.title),
    )
    .map(({ part }) => part)
}

function rankOf(part: Part, opened: readonly string[]): number {
  if (part.id === 'build and tools') return 6
  const units = unitsIn(part)
  if (units.every((unit) => !unit.isCode)) return units.some((unit) => unit.size > 1) ? 4 : 5
  if (part.path === '') return part.title === 'Top-level files' || part.title === 'Build and tools' ? 6 : 0
  if (isSideline(part.path)) return 3
  const isMain = opened.some((path) => part.path === path || part.path.startsWith(`${path}/`))
  return isMain || opened.length === 0 ? 1 : 2
}

function unitsIn(part: Part): Unit[] {
  const units: Unit[] = []
  const queue = [part]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    units.push(...next.units)
    queue.push(...next.parts)
  }
  return units
}
