/** Finds files of one folder that belong together by name: a header and its source, a file and its test. */

import { push } from '#base/multimap.ts'
import { compareText } from '#generate/model.ts'
import type { Unit } from './units.ts'

/** Files that are never separated. */
export interface Atom {
  /** Their common stem, such as `t_string`, or the name of a subfolder with a final `/`. */
  stem: string
  /** Sorted by path. */
  units: Unit[]
}

const TEST_AFFIX = /^test_(?=.)|(?<=.)[_-](?:test|tests|spec|bench)$|(?<=[a-z0-9])(?:Test|Tests|Spec)$/
const MAX_STEM = 120

/** The atoms of a folder, sorted by stem. */
export function atomsOf(units: readonly Unit[], folder: string): Atom[] {
  const start = folder === '' ? 0 : folder.length + 1
  const found = new Map<string, Unit[]>()
  for (const unit of units) {
    const rest = unit.path.slice(start)
    const slash = rest.indexOf('/')
    const stem = slash === -1 ? stemOf(rest) : rest.slice(0, slash + 1)
    push(found, stem, unit)
  }
  return [...found].map(([stem, list]) => ({ stem, units: list })).sort((a, b) => compareText(a.stem, b.stem))
}

/** The stem of a name: `JsonReader.Async.cs` → `JsonReader`, `router.test.ts` → `router`. */
function stemOf(name: string): string {
  const dot = name.indexOf('.', 1)
  const bare = dot === -1 ? name : name.slice(0, dot)
  return bare.slice(0, MAX_STEM).replace(TEST_AFFIX, '')
}
