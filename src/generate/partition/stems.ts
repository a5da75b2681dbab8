/** Finds files of one folder that belong together by name: a header and its source, a file and its test. */

import { push } from '#base/multimap.ts'
import { compareText } from '#generate/model.ts'
import type { Unit } from './units.ts'

/** Files that are never separated. */
export interface Atom {
  /** Their common stem, such as `t_string`, or the name of a subfolder with a final `/`. */
  stem: string
  /** The words of the stem, lower case, without leading numbers. */
  words: string[]
  /** Sorted by path. */
  units: Unit[]
}

const TEST_AFFIX = /^test_(?=.)|(?<=.)[_.-](?:test|tests|spec|bench)$|(?<=[a-z0-9])(?:Test|Tests|Spec)$/
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
  return [...found]
    .map(([stem, list]) => ({ stem, words: wordsOf(stem), units: list }))
    .sort((a, b) => compareText(a.stem, b.stem))
}

/** True if most names are numbered, as for migrations, whose order says more than their words. */
export function isSequence(atoms: readonly Atom[]): boolean {
  return atoms.filter((atom) => /^\d/.test(atom.stem)).length > atoms.length / 2
}

/** The stem of a name: `JsonReader.Async.cs` → `JsonReader`, `router.test.ts` → `router`. */
function stemOf(name: string): string {
  const dot = name.indexOf('.', 1)
  const bare = dot === -1 ? name : name.slice(0, dot)
  return bare.slice(0, MAX_STEM).replace(TEST_AFFIX, '')
}

function wordsOf(stem: string): string[] {
  const words = stem
    .slice(0, MAX_STEM)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
  const first = words.findIndex((word) => !/^\d+$/.test(word))
  return first === -1 ? words : words.slice(first)
}
