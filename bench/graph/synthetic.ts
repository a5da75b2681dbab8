/** A graph of a given size with the shape of real ones: files of some twenty definitions, edges that are mostly near, a few hubs. */

import type { DefinitionInput, EdgeInput, FileInput, GraphInput } from '#graph-queries/build.ts'

const PER_FILE = 20
const EDGES_EACH = 6

export function syntheticGraph(definitions: number): GraphInput {
  let state = 1
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const files: FileInput[] = []
  const all: DefinitionInput[] = []
  for (let at = 0; at < definitions; at++) {
    const number = Math.floor(at / PER_FILE)
    const isTest = number % 4 === 3
    const path = `${isTest ? 'test' : 'src'}/part${number % 40}/file${number}.py`
    if (at % PER_FILE === 0)
      files.push({
        path,
        lines: PER_FILE * 12,
        isTest,
        page: null,
        link: `https://example.org/${path}#L{start}-L{end}`,
      })
    const owner = at - (at % 10)
    const isClass = at === owner
    const qualifiedName = isClass ? `Class${at}` : `Class${owner}.method${at % 300}`
    const start = (at % PER_FILE) * 12 + 1
    all.push({
      ...{ id: `${path}#${qualifiedName}`, file: path, kind: isClass ? 'class' : 'method', qualifiedName },
      ...{ startLine: start, endLine: isClass ? start + 119 : start + 9, isExported: true, isTest },
      ...{ signature: `def method${at}(self, first: str, second: int = ${at}) -> Result${at % 97}` },
      ...{ summary: 'Does what its name says, for those who call it.', page: null, anchor: null },
      parent: isClass ? null : `${path}#Class${owner}`,
    })
  }
  const edges: EdgeInput[] = []
  for (const [at, { id }] of all.entries()) {
    const seen = new Set([at])
    for (let count = 0; count < EDGES_EACH; count++) {
      const near = at + Math.floor((random() - 0.5) * 200)
      const hub = Math.floor(random() ** 4 * definitions)
      const to = Math.min(definitions - 1, Math.max(0, random() < 0.7 ? near : hub))
      if (seen.has(to)) continue
      seen.add(to)
      edges.push({ from: id, to: all[to]?.id ?? '', kind: 'calls', origin: 'import', confidence: 1 })
    }
  }
  return {
    commit: '0'.repeat(40),
    files,
    definitions: all,
    edges,
    placesOf: (edge) => [
      [(edge % 200) + 1, 9, null],
      [(edge % 200) + 3, 17, 'branch'],
    ],
  }
}
