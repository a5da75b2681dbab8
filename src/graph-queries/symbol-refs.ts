/** Describes symbols for answers. */

import type { z } from 'zod'
import type { EdgeRow, NodeRow } from './format.ts'
import type { FoundEdge, Tally } from './graph-columns.ts'
import type { GraphFile } from './graph-file.ts'
import type { SymbolRef, Use } from './questions.ts'

/** The symbols, in the same order. */
export async function refsOf(graph: GraphFile, nodes: readonly number[], tally: Tally): Promise<SymbolRef[]> {
  const rows = await graph.rowsOf(nodes, tally)
  return Promise.all(rows.map((row, index) => refOf(graph, nodes[index] ?? 0, row, tally)))
}

export async function refOf(graph: GraphFile, node: number, row: NodeRow, tally: Tally): Promise<SymbolRef> {
  const [file, , name, start_line, end_line, signature, summary, page, anchor] = row
  const source = await graph.linkOf(node, start_line, Math.max(start_line, end_line), tally)
  return {
    id: idOf(row),
    kind: graph.kindOf(node),
    name,
    file,
    start_line,
    end_line,
    exported: graph.isExported(node),
    in_tests: graph.isInTests(node),
    signature,
    summary,
    page,
    anchor,
    source,
  }
}

export const idOf = ([file, below]: NodeRow): string => (below === '' ? file : `${file}#${below}`)

/** How an edge uses its target, from the row of its source. */
export function useOf(graph: GraphFile, edge: FoundEdge, row: NodeRow): z.infer<typeof Use> {
  const [origin, confidence, places]: EdgeRow = row[9][graph.positionOf(edge)] ?? ['', 0, []]
  return {
    kind: graph.kindOfEdge(edge.edge),
    origin,
    confidence,
    places: places.map(([line, column, block, file]) => ({
      line,
      column,
      ...(file !== undefined && { file }),
      ...(block !== null && { block }),
    })),
  }
}

/** A page of a list. */
export function pageOf<T>(items: readonly T[], { limit, after }: { limit: number; after: number }) {
  const end = after + limit
  return { items: items.slice(after, end), total: items.length, next: end < items.length ? end : null }
}
