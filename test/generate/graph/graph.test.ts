import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Graph, graphOf } from '#generate/graph/graph.ts'
import { rank } from '#generate/graph/rank.ts'
import type { Analysis, Edge } from '#generate/model.ts'
import { Occurrences } from '#generate/occurrences.ts'

/** `a>b` */
const graph = (...arrows: string[]): Graph => {
  const all = arrows.map((arrow) => {
    const [from = '', to = ''] = arrow.split('>')
    return { from, to, weight: 1 }
  })
  return new Graph(
    all.flatMap(({ from, to }) => [from, to]),
    all,
  )
}

describe('a graph', () => {
  test('knows who uses whom, and how often', () => {
    const made = graph('a>b', 'a>b', 'c>b', 'b>b')
    assert.deepEqual([...made.uses('a')], [['b', 2]])
    assert.deepEqual(
      [...made.usedBy('b')],
      [
        ['a', 2],
        ['c', 1],
      ],
    )
    assert.deepEqual([...made.uses('nobody')], [])
  })

  test('leaves out arrows to what is no node', () => {
    const made = new Graph(['a'], [{ from: 'a', to: 'b', weight: 1 }])
    assert.deepEqual([...made.uses('a')], [])
  })

  test('finds a shortest way, or none', () => {
    const made = graph('a>b', 'b>c', 'c>d', 'a>c', 'x>a')
    assert.deepEqual(made.path('a', 'd'), ['a', 'c', 'd'])
    assert.deepEqual(made.path('a', 'a'), ['a'])
    assert.equal(made.path('d', 'a'), undefined)
    assert.equal(made.path('nobody', 'a'), undefined)
  })

  test('finds cycles, the largest first', () => {
    assert.deepEqual(graph('a>b', 'b>a', 'b>c', 'x>y', 'y>z', 'z>x', 'c>x').cycles(), [
      ['x', 'y', 'z'],
      ['a', 'b'],
    ])
  })

  test('finds no cycle in a long chain, in linear time', () => {
    const edges = Array.from({ length: 200_000 }, (_, i) => ({ from: `${i}`, to: `${i + 1}`, weight: 1 }))
    const made = new Graph(
      edges.flatMap(({ from, to }) => [from, to]),
      edges,
    )
    const start = process.cpuUsage()
    assert.deepEqual(made.cycles(), [])
    assert.ok(process.cpuUsage(start).user < 5_000_000)
  })

  test('finds cycles without recursion', () => {
    const chain = Array.from({ length: 50_000 }, (_, i) => `${i}>${(i + 1) % 50_000}`)
    assert.equal(graph(...chain).cycles()[0]?.length, 50_000)
  })

  test('two nodes are in one cycle when each reaches the other, and only then', () => {
    const node = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    fc.assert(
      fc.property(fc.array(fc.tuple(node, node), { maxLength: 14 }), (arrows) => {
        const made = graph(...arrows.map(([from, to]) => `${from}>${to}`))
        const cycles = made.cycles()
        for (const a of made.nodes) {
          for (const b of made.nodes) {
            if (a === b) continue
            const both = made.path(a, b) !== undefined && made.path(b, a) !== undefined
            assert.equal(
              cycles.some((cycle) => cycle.includes(a) && cycle.includes(b)),
              both,
            )
          }
        }
      }),
    )
  })

  test('ranks what much builds on above what builds on it', () => {
    const made = graph('a>base', 'b>base', 'c>base', 'a>b')
    const ranks = rank(made.nodes, (node) => made.uses(node))
    assert.ok((ranks.get('base') ?? 0) > (ranks.get('b') ?? 0))
    assert.ok((ranks.get('b') ?? 0) > (ranks.get('a') ?? 0))
  })
})

test('the graph of an analysis has its confident edges of the chosen kinds', () => {
  const edge = (from: string, to: string, kind: Edge['kind'], origin: Edge['origin'] = 'import'): Edge => ({
    from,
    to,
    kind,
    origin,
    confidence: 1,
  })
  const analysis: Analysis = {
    components: [],
    edges: [edge('a', 'b', 'calls'), edge('a', 'c', 'calls', 'unique-name'), edge('a', 'd', 'imports')],
    fileDocs: {},
    reports: [],
    reads: [],
    keyDefinitions: [],
    commandLines: [],
    exports: {},
    occurrences: Occurrences.none,
    artifacts: { nodes: [], edges: [] },
  }
  assert.deepEqual([...graphOf(analysis, ['calls']).uses('a').keys()], ['b'])
})
