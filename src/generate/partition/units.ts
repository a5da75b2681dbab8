/** The files that are divided, and how heavy they are. */

import type { Analysis, Inventory, SourceFile } from '#generate/model.ts'

/** A file with its share of a page. */
export interface Unit {
  path: string
  /** 1 for code; tests and examples take less of a page. */
  weight: number
  /** Exported components at the top of the file. */
  publicCount: number
}

/** The most that fits on one readable page: of files, of exported components, of files that export little. */
const MAX_WEIGHT = 40
const MAX_PUBLIC = 150
const MAX_SMALL_WEIGHT = 80
const MAX_SMALL_PUBLIC = 80

/** Files that belong to a module: code, tests and examples with text, and whatever else was analysed. Sorted by path. */
export function unitsOf(inventory: Inventory, analysis: Analysis): Unit[] {
  const publicCounts = new Map<string, number>()
  const analysed = new Set<string>(Object.keys(analysis.fileDocs))
  for (const component of analysis.components) {
    analysed.add(component.file)
    if (!component.exported || component.parent !== null) continue
    publicCounts.set(component.file, (publicCounts.get(component.file) ?? 0) + 1)
  }
  return inventory.files
    .filter((file) => belongs(file) || analysed.has(file.path))
    .map((file) => {
      const weight = weightOf(file)
      return { path: file.path, weight, publicCount: weight === 1 ? (publicCounts.get(file.path) ?? 0) : 0 }
    })
}

export function weigh(units: readonly Unit[]): number {
  return units.reduce((sum, unit) => sum + unit.weight, 0)
}

/** The weight of code alone, or of everything where there is no code. */
export function weighCode(units: readonly Unit[], hasCode: boolean): number {
  return hasCode ? units.filter((unit) => unit.weight === 1).length : weigh(units)
}

export function fits(units: readonly Unit[]): boolean {
  const weight = weigh(units)
  const publicCount = units.reduce((sum, unit) => sum + unit.publicCount, 0)
  if (weight <= MAX_WEIGHT) return publicCount <= MAX_PUBLIC
  return weight <= MAX_SMALL_WEIGHT && publicCount <= MAX_SMALL_PUBLIC
}

function belongs(file: SourceFile): boolean {
  return (file.role === 'code' || file.role === 'test' || file.role === 'example') && file.text !== null
}

function weightOf(file: SourceFile): number {
  return file.role === 'test' ? 0.1 : file.role === 'example' ? 0.2 : 1
}
