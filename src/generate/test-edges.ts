/** Adds edges from tests to code: a test file tests the code that it uses. */

import type { Edge, SourceFile } from '#generate/model.ts'

/**
 * An edge `tests` from file to file, for every edge from a test file to code outside of tests. Guessed edges are skipped; duplicates may remain.
 *
 * @param fileOf - The file of an edge's end: of a component, or the path itself.
 */
export function testEdges(
  edges: readonly Edge[],
  fileOf: ReadonlyMap<string, string>,
  files: readonly SourceFile[],
): Edge[] {
  const roles = new Map(files.map((file) => [file.path, file.role]))
  const found: Edge[] = []
  for (const edge of edges) {
    const from = fileOf.get(edge.from)
    const to = fileOf.get(edge.to)
    if (from === undefined || to === undefined || edge.origin === 'unique-name') continue
    if (roles.get(from) !== 'test' || roles.get(to) !== 'code') continue
    found.push({ from, to, kind: 'tests', origin: edge.origin, confidence: edge.confidence })
  }
  return found
}
