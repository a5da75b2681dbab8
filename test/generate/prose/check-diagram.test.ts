import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDiagram } from '#generate/prose/check-diagram.ts'
import type { GroundTruth } from '#generate/prose/ground-truth.ts'

/** Of the nodes, all but `gone` exist; the graph has the edge from `a` to `b` alone. */
const ground = {
  meaningOf: (name: string) => (name === 'gone' ? { kind: 'unknown' } : { kind: 'thing', refersTo: name }),
  isEdge: (from: string, to: string) => from === 'a' && to === 'b',
  components: new Map(),
  modules: new Map(),
} as unknown as GroundTruth

function faultsOf(names: string[], edges: [string, string][]): string[] {
  const nodes = names.map((name) => ({ id: name, name }))
  return checkDiagram({ nodes, edges: edges.map(([from, to]) => ({ from, to })) } as never, ground, new Set()).faults
}

test('what a diagram has beyond the graph is counted', () => {
  assert.deepEqual(faultsOf(['a', 'b'], [['a', 'b']]), [])
  assert.deepEqual(
    faultsOf(
      ['a', 'b'],
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
    ),
    ['1 edge of the diagram is not in the graph'],
  )
  assert.deepEqual(
    faultsOf(
      ['a', 'b', 'c'],
      [
        ['b', 'a'],
        ['a', 'c'],
      ],
    ),
    ['2 edges of the diagram are not in the graph'],
  )
  assert.deepEqual(faultsOf(['a', 'gone'], []), ["the diagram's node `gone` is not a file, module or definition"])
})
