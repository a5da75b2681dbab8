/** Finds the definitions that contain changed lines. */

import { push } from '#base/multimap.ts'
import type { Tally } from './graph-columns.ts'
import type { GraphFile } from './graph-file.ts'
import { findFile, NoSuchSymbol } from './resolve.ts'

interface Range {
  first: number
  last: number
}

interface Span {
  node: number
  start: number
  end: number
}

/**
 * The innermost definitions around the lines; the file itself for lines outside of any definition.
 *
 * @param lines - Each `src/app.py:10-20` or `src/app.py:10`.
 * @throws {NoSuchSymbol} There is no such file.
 */
export async function nodesAtLines(graph: GraphFile, lines: readonly string[], tally: Tally): Promise<Set<number>> {
  const found = new Set<number>()
  for (const [path, ranges] of rangesByFile(lines)) {
    const file = await findFile(graph, path, tally)
    if (file === undefined) throw new NoSuchSymbol(path)
    const spans = await spansOf(graph, file, tally)
    for (const range of ranges) {
      tally.work += spans.length
      for (const node of innermost(range, spans, file)) found.add(graph.mainOf(node))
    }
  }
  return found
}

function rangesByFile(lines: readonly string[]): Map<string, Range[]> {
  const files = new Map<string, Range[]>()
  for (const each of new Set(lines)) {
    const at = each.lastIndexOf(':')
    const [from = 1, to = from] = each
      .slice(at + 1)
      .split('-')
      .map(Number)
    const range = { first: Math.min(from, to), last: Math.max(from, to) }
    const path = each.slice(0, at)
    push(files, path, range)
  }
  return files
}

/** The definitions of a file, in order of their first lines, outer ones first. */
async function spansOf(graph: GraphFile, file: number, tally: Tally): Promise<Span[]> {
  const nodes = Array.from({ length: graph.endOfFile(file) - file - 1 }, (_, index) => file + 1 + index)
  const rows = await graph.rowsOf(nodes, tally)
  const spans = nodes.map((node, index) => {
    const [, , , start, end] = rows[index] ?? ['', '', '', 0, 0]
    return { node, start, end: Math.max(start, end) }
  })
  return spans.sort((a, b) => a.start - b.start || b.end - a.end || a.node - b.node)
}

/** The innermost spans around the lines of the range; `outside` for lines outside of all spans. */
function innermost({ first, last }: Range, spans: readonly Span[], outside: number): Set<number> {
  const found = new Set<number>()
  /** The spans that have begun, the innermost last. */
  const open: Span[] = []
  /** The first line for which no span has been found yet. */
  let line = first

  /** Process the lines before this one. */
  function goTo(end: number): void {
    while (line < end) {
      const inner = open.at(-1)
      if (inner !== undefined && inner.end < line) {
        open.pop()
        continue
      }
      found.add(inner?.node ?? outside)
      line = inner === undefined ? end : Math.min(end, inner.end + 1)
    }
  }

  for (const span of spans) {
    if (span.start > last) break
    goTo(Math.max(first, span.start))
    open.push(span)
  }
  goTo(last + 1)
  return found
}
