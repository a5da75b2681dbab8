import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serialize } from 'node:v8'
import { packEdges, StringTable, unpackEdges } from '#generate/analyse/pack-edges.ts'
import type { Edge } from '#generate/model.ts'

const from = 'src/main/java/org/example/orbit/Planner.java#Planner.plan'
const edges: Edge[] = Array.from({ length: 300 }, (_, number) => ({
  from,
  to: `src/main/java/org/example/orbit/Moon.java#Moon.of${number % 100}`,
  kind: number < 100 ? 'calls' : number < 200 ? 'references' : 'uses-type',
  origin: 'import',
  confidence: number < 100 ? 0.95 : 1,
}))

test('unpacked edges equal those that were packed', () => {
  const table = new StringTable()
  table.numberOf('another table uses it, too')
  assert.deepEqual(unpackEdges(packEdges(edges, table), table.strings), edges)
  assert.deepEqual(unpackEdges(packEdges([], table), table.strings), [])
})

test('packed edges contain each id once', () => {
  const table = new StringTable()
  const packed = serialize({ rows: packEdges(edges, table), strings: table.strings })
  const ids = new Set(edges.flatMap((edge) => [edge.from, edge.to]))
  assert.equal(packed.toString('latin1').split(from).length - 1, 1)
  assert.equal(table.strings.length, ids.size + 6)
  assert.ok(packed.length < serialize(edges).length / 3)
})
