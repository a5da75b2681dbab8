/** Finds paragraphs of docstrings whose line breaks matter: statements, trees and drawings. */

import { areStatements } from '#generate/analyse/statement-lines.ts'
import { indentOf, withoutMargin } from '#generate/formats/indentation.ts'
import { fenced } from './doc-lines.ts'

/** Limit on the lines of such a paragraph; longer ones count as prose. */
const MAX_LINES = 80
/** Minimum number of lines of a tree, and of lines with columns in a drawing. */
const MIN_TREE = 3
const MIN_DRAWING = 2
/** A bullet that occurs in trees but not in lists: `x RequestError`, `· ReadTimeout`. */
const TREE_BULLET = /^\s+[xo·›»] [\p{L}_]\S{0,80}$/u
const ANY_BULLET = /^\s*[-*+xo·›»] [\p{L}_]\S{0,80}$/u
/** Columns: words with at least three spaces between them. */
const COLUMNS = /\S {3,}\S/

/** The paragraph that begins at a line, as a block of code, and its number of lines; `undefined` for prose. */
export function preformatted(lines: readonly string[], i: number): { block: string[]; taken: number } | undefined {
  if (i > 0 && lines[i - 1] !== '') return undefined
  let end = i
  while (end < lines.length && lines[end] !== '' && end - i <= MAX_LINES) end++
  const own = lines.slice(i, end)
  if (own.length > MAX_LINES) return undefined
  const isCode = areStatements(own)
  if (!isCode && !isTree(own) && !isDrawing(own)) return undefined
  return { block: fenced(isCode ? 'python' : '', withoutMargin(own)), taken: own.length }
}

function isTree(lines: readonly string[]): boolean {
  return (
    lines.length >= MIN_TREE &&
    lines.every((line) => ANY_BULLET.test(line)) &&
    lines.some((one) => TREE_BULLET.test(one))
  )
}

/** Lines with columns and different indentation, unlike those of tables and lists. */
function isDrawing(lines: readonly string[]): boolean {
  const drawn = lines.filter((line) => COLUMNS.test(line))
  return drawn.length >= MIN_DRAWING && drawn.length * 2 > lines.length && new Set(lines.map(indentOf)).size > 1
}
