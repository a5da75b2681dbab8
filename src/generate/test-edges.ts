/** Which code is tested where: what a test file uses, it tests. */

import type { Edge, SourceFile } from '#generate/model.ts'

/**
 * An edge `tests`, file to file, for every edge from a test file to code that is none. Guesses give none.
 *
 * @param fileOf - The file of every end: of a component, or the path itself.
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
