/** The calls of one file as rows of numbers, sorted by place: which arguments are literals, and what bodies do with values. */

import { lowerBound } from '#base/binary-search.ts'
import type { FileBlocks } from './file-blocks.ts'
import { type PassedArgument, VALUE_USES, type ValueUse } from './model.ts'

/**
 * Columns of a call: line and column of the name, the index of the name, and that of a text for the arguments in order:
 * `-,true,indent=false`, with `-` for one that is neither `true`, `false` nor `null`; -1 if there are spread arguments.
 */
export const CALL_WIDTH = 4
/** Columns of a use of a value: line, column, block, kind, and the indexes of its name and of what it is passed to; -1 for none. */
export const VALUE_WIDTH = 6

const LITERALS = new Map([
  ...['true', '1'].map((one) => [one, 'true'] as const),
  ...['false', '0'].map((one) => [one, 'false'] as const),
  ...['null', 'nil', 'none', 'nullptr', 'undefined'].map((one) => [one, 'null'] as const),
])

/** @param code - An argument or a default, as written. */
export const literalOf = (code: string): 'true' | 'false' | 'null' | '-' => LITERALS.get(code.toLowerCase()) ?? '-'

/** The arguments of the call of the name at a place; `undefined` if they are unknown. */
export function argumentsAt(
  { calls, names }: FileBlocks,
  { line, column }: { line: number; column: number },
): PassedArgument[] | undefined {
  const at = firstRow(calls, CALL_WIDTH, line, column)
  if (calls[at] !== line || calls[at + 1] !== column) return undefined
  const written = names[calls[at + 3] ?? -1]
  if (written === undefined) return undefined
  return written === '' ? [] : written.split(',').map(readArgument)
}

/** The names that are called in a range of lines. */
export function namesCalledIn({ calls, names }: FileBlocks, startLine: number, endLine: number): Set<string> {
  const found = new Set<string>()
  for (let at = firstRow(calls, CALL_WIDTH, startLine, 0); at < calls.length; at += CALL_WIDTH) {
    if ((calls[at] ?? 0) > endLine) break
    found.add(names[calls[at + 2] ?? -1] ?? '')
  }
  return found
}

/** The uses of values in a range of lines. */
export function valuesIn({ values, names }: FileBlocks, startLine: number, endLine: number): ValueUse[] {
  const found: ValueUse[] = []
  for (let at = firstRow(values, VALUE_WIDTH, startLine, 0); at < values.length; at += VALUE_WIDTH) {
    const [line = 0, column = 0, block = -1, kind = 0, name = -1, to = -1] = values.subarray(at, at + VALUE_WIDTH)
    if (line > endLine) break
    found.push({
      kind: VALUE_USES[kind] ?? 'call',
      name: names[name] ?? '',
      passedTo: names[to] ?? '',
      line,
      column,
      block,
    })
  }
  return found
}

function readArgument(written: string): PassedArgument {
  const equals = written.indexOf('=')
  return { name: written.slice(0, Math.max(0, equals)), literal: written.slice(equals + 1) }
}

/** The index in `rows` of the first row at a place or after it. */
function firstRow(rows: Int32Array, width: number, line: number, column: number): number {
  const isBefore = (row: number): boolean => {
    const own = rows[row * width] ?? 0
    return own < line || (own === line && (rows[row * width + 1] ?? 0) < column)
  }
  return width * lowerBound(rows.length / width, isBefore)
}
