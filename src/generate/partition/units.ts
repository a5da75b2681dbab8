/** The files that are divided, and how much of a page each takes. */

import { type Analysis, compareText, type Inventory, type SourceFile } from '#generate/model.ts'
import { isMarkup } from './names.ts'

/** A file with its share of a page. */
export interface Unit {
  path: string
  /** Neither test nor example. */
  isCode: boolean
  /** Share of a page. Whole numbers, so that sums do not depend on the order. */
  size: number
}

/** The most that a readable page holds: 40 short files of code. */
const PAGE = 400
const EXAMPLE = 2
const TEST = 1
const MARKUP = 2
/** Sizes of code by classes of lines: a file that grows by a line is hardly ever in another one. */
const CLASSES: readonly (readonly [lines: number, size: number])[] = [
  [400, 10],
  [1_000, 20],
  [2_500, 40],
  [6_000, 80],
]
const LARGEST = 160
/** From 2,500 lines on, a file that no group claims is a page of its own. */
export const LARGE = 80

/** Files that belong to a module: code, tests and examples with text, and whatever else was analysed. Sorted by path. */
export function unitsOf(inventory: Inventory, analysis: Analysis): Unit[] {
  const analysed = new Set<string>(Object.keys(analysis.fileDocs))
  for (const component of analysis.components) analysed.add(component.file)
  return inventory.files.filter((file) => belongs(file) || analysed.has(file.path)).map(unitOf)
}

export function sorted(units: readonly Unit[]): Unit[] {
  return [...units].sort((a, b) => compareText(a.path, b.path))
}

export function sizeOf(units: readonly Unit[]): number {
  return units.reduce((sum, unit) => sum + unit.size, 0)
}

/** The size of code alone, or of everything where there is no code. */
export function codeSizeOf(units: readonly Unit[], hasCode: boolean): number {
  return sizeOf(hasCode ? units.filter((unit) => unit.isCode) : units)
}

/** @param pages - How many pages' worth may be in it. */
export function fits(units: readonly Unit[], pages = 1): boolean {
  return sizeOf(units) <= PAGE * pages
}

/** Files without folders are parted only where they are clearly too many for a page. */
export function fitsFlat(units: readonly Unit[]): boolean {
  return fits(units, 5 / 4)
}

function belongs(file: SourceFile): boolean {
  return (file.role === 'code' || file.role === 'test' || file.role === 'example') && file.text !== null
}

function unitOf(file: SourceFile): Unit {
  const isCode = file.role !== 'test' && file.role !== 'example'
  if (!isCode) return { path: file.path, isCode, size: file.role === 'test' ? TEST : EXAMPLE }
  if (isMarkup(file.path)) return { path: file.path, isCode, size: MARKUP }
  const size = CLASSES.find(([lines]) => file.lines <= lines)?.[1] ?? LARGEST
  return { path: file.path, isCode, size }
}
