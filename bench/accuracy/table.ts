/** The table of `make accuracy`. */

import type { Comparison, Score } from './compare.ts'

export interface Row {
  repository: string
  commit: string
  isHeldOut: boolean
  oracle: string
  /** Files that the oracle judged. */
  files: number
  comparison: Comparison
  /** Share of calls that are resolved. */
  calls: number
  /** Of the whole analysis of the repository, all its languages together. */
  seconds: number
}

const HEAD = [
  'repository',
  'commit',
  'seen',
  'oracle',
  'files',
  'definitions',
  'file edges P / R',
  'symbol edges P / R',
  '(found, required, not judged)',
  'call edges P',
  'overrides P / R',
  'calls',
  'seconds',
]

/** Rows and, below them, what is to be known about some. */
export function tableOf(rows: readonly Row[], notes: readonly string[]): string {
  const lines = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const padded = lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  const table = padded.map((line) => `${line.trimEnd()}\n`).join('')
  return notes.length === 0 ? table : `${table}\n${notes.join('\n')}\n`
}

function cellsOf(row: Row): string[] {
  const { definitions, fileEdges, symbolEdges, callEdges, overrides } = row.comparison
  return [
    row.repository,
    row.commit,
    row.isHeldOut ? 'held out' : 'tuned with',
    row.oracle,
    String(row.files),
    definitions === undefined ? '' : share(definitions.had, definitions.required),
    both(fileEdges),
    both(symbolEdges),
    symbolEdges === undefined ? '' : `(${symbolEdges.found}, ${symbolEdges.required}, ${symbolEdges.unknown})`,
    callEdges === undefined ? '' : share(callEdges.right, callEdges.found),
    both(overrides),
    share(row.calls, 1),
    row.seconds.toFixed(1),
  ]
}

function both(score: Score | undefined): string {
  return score === undefined ? '' : `${share(score.right, score.found)} / ${share(score.had, score.required)}`
}

/** Rounded down, so that nothing looks better than it is. */
function share(part: number, whole: number): string {
  const value = part / whole
  return Number.isNaN(value) ? '-' : (Math.floor(value * 1_000) / 1_000).toFixed(3)
}
