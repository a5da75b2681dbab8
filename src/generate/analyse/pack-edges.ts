/** Packs edges for the cache: each string once, and each edge as a row of numbers. Unpacked edges repeat long ids. */

import type { Edge } from '#generate/model.ts'

/** From, to, kind, origin, confidence. */
const EDGE = 5

/** Numbers strings in order of first occurrence. */
export class StringTable {
  readonly strings: string[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(text: string): number {
    let number = this.#numbers.get(text)
    if (number === undefined) {
      number = this.strings.push(text) - 1
      this.#numbers.set(text, number)
    }
    return number
  }
}

export function packEdges(edges: readonly Edge[], table: StringTable): Int32Array {
  const rows = new Int32Array(edges.length * EDGE)
  let at = 0
  for (const { from, to, kind, origin, confidence } of edges)
    for (const text of [from, to, kind, origin, String(confidence)]) rows[at++] = table.numberOf(text)
  return rows
}

export function unpackEdges(rows: Int32Array, strings: readonly string[]): Edge[] {
  const edges: Edge[] = []
  const text = (at: number): string => strings[rows[at] ?? -1] ?? ''
  for (let at = 0; at < rows.length; at += EDGE) {
    edges.push({
      from: text(at),
      to: text(at + 1),
      kind: text(at + 2) as Edge['kind'],
      origin: text(at + 3) as Edge['origin'],
      confidence: Number(text(at + 4)),
    })
  }
  return edges
}
