/** The files that are divided into parts, and the space that each takes on a page. */

import { type Analysis, compareText, type Inventory, type SourceFile } from '#generate/model.ts'
import { isMarkup } from './names.ts'

/** A file with its share of a page. */
export interface Unit {
  path: string
  /** Whether it is neither test nor example. */
  isCode: boolean
  /** Share of a page, in units of 1/`PAGE`. Integers, so that sums do not depend on the order. */
  size: number
}

/** The size of a page with the files of several folders: 40 short code files. */
const PAGE = 400
const EXAMPLE_SIZE = 2
const TEST_SIZE = 1
const MARKUP_SIZE = 2
/** Code file sizes by line count. Coarse steps, so that adding a line seldom changes the size. */
const SIZES_BY_LINES: readonly (readonly [lines: number, size: number])[] = [
  [400, 10],
  [1_000, 20],
  [2_500, 40],
  [6_000, 80],
]
const LARGEST = 160

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

/** The size of code alone, or of everything if there is no code. */
export function codeSizeOf(units: readonly Unit[], hasCode: boolean): number {
  return sizeOf(hasCode ? units.filter((unit) => unit.isCode) : units)
}

/** @param pages - The limit, in pages. */
export function fits(units: readonly Unit[], pages = 1): boolean {
  return sizeOf(units) <= PAGE * pages
}

/** Limit on the files of one folder, in pages. Its page is a table of them; long files have pages of their own. */
const FLAT_PAGES = 8

/** Whether the files of one folder are few enough for one table. */
export function fitsFlat(units: readonly Unit[]): boolean {
  return fits(units, FLAT_PAGES)
}

function belongs(file: SourceFile): boolean {
  return (file.role === 'code' || file.role === 'test' || file.role === 'example') && file.text !== null
}

function unitOf(file: SourceFile): Unit {
  const isCode = file.role !== 'test' && file.role !== 'example'
  if (!isCode) return { path: file.path, isCode, size: file.role === 'test' ? TEST_SIZE : EXAMPLE_SIZE }
  if (isMarkup(file.path)) return { path: file.path, isCode, size: MARKUP_SIZE }
  const size = SIZES_BY_LINES.find(([lines]) => file.lines <= lines)?.[1] ?? LARGEST
  return { path: file.path, isCode, size }
}
