/** The definitions that changed lines are in. */

import type { GraphFile, Tally } from './graph-file.ts'
import { findFile, NoSuchSymbol } from './resolve.ts'

/**
 * The innermost definitions around the lines; the file itself for lines outside of all.
 *
 * @param lines - `src/app.py:10-20` or `src/app.py:10`.
 * @throws {NoSuchSymbol} There is no such file.
 */
export async function nodesAtLines(graph: GraphFile, lines: string, tally: Tally): Promise<number[]> {
  const at = lines.lastIndexOf(':')
  const [first = 1, last = first] = lines
    .slice(at + 1)
    .split('-')
    .map(Number)
  const file = await findFile(graph, lines.slice(0, at))
  if (file === undefined) throw new NoSuchSymbol(lines.slice(0, at))
  const nodes = Array.from({ length: graph.endOfFile(file) - file - 1 }, (_, index) => file + 1 + index)
  const rows = await graph.rowsOf(nodes, tally)
  // In order of lines, outer ones first, so the last that covers a line is the innermost.
  const spans = nodes.map((node, index) => {
    const [, , , start, end] = rows[index] ?? ['', '', '', 0, 0]
    return { node, start, end: Math.max(start, end) }
  })
  const touched = spans.filter(({ start, end }) => start <= Math.max(first, last) && end >= Math.min(first, last))
  return innermost({ start: Math.min(first, last), end: Math.max(first, last) }, touched, file).map((node) =>
    graph.mainOf(node),
  )
}

interface Span {
  start: number
  end: number
}

/** Which of the spans is the innermost around some line of the range, and whether some line is outside of all. */
function innermost(range: Span, spans: readonly (Span & { node: number })[], outside: number): number[] {
  const edges = new Set([range.start])
  for (const { start, end } of spans)
    for (const line of [start, end + 1]) if (line > range.start && line <= range.end) edges.add(line)
  const found = new Set<number>()
  // Between two edges, the same spans cover every line.
  for (const line of [...edges].sort((a, b) => a - b)) {
    let inner: (Span & { node: number }) | undefined
    for (const span of spans) {
      if (span.start > line || span.end < line) continue
      if (inner === undefined || span.end - span.start <= inner.end - inner.start) inner = span
    }
    found.add(inner?.node ?? outside)
  }
  return [...found]
}
