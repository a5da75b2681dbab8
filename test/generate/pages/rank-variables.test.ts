import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Row, Settings } from '#generate/pages/environment/environment.ts'
import type { VariableWords } from '#generate/pages/environment/environment-words.ts'
import { rankedBy } from '#generate/pages/environment/rank-variables.ts'

test('thousands of variables are sorted in the order of the file that sets them, in a moment', () => {
  const names = Array.from({ length: 8_000 }, (_, at) => `ORBIT_${(at * 7_919) % 8_000}`)
  const rows = names.toSorted().map((name): Row => [name, []])
  const settings = new Map(names.map((name) => [name, []])) as never as Settings
  const before = process.cpuUsage()
  const ranked = rankedBy(rows, settings, new Map())
  const { user } = process.cpuUsage(before)
  assert.deepEqual(
    ranked.map(([name]) => name),
    names,
  )
  assert.ok(user < 500_000, `${user / 1_000} ms`)
})

test('what documents describe comes first, what developers set last', () => {
  const words: VariableWords = { sentence: [], order: 0 }
  const said = new Map<string, VariableWords>([
    ['A_DEBUG', words],
    ['IN_DOCUMENTS', words],
  ])
  const ranked = rankedBy(
    ['IN_CODE', ...said.keys()].map((name): Row => [name, []]),
    new Map(),
    said,
  )
  assert.deepEqual(
    ranked.map(([name]) => name),
    ['IN_DOCUMENTS', 'IN_CODE', 'A_DEBUG'],
  )
})

test('what only plugins and scripts read comes after what the program reads', () => {
  const said = new Map<string, VariableWords>([
    ['GUI', { sentence: [], order: 0 }],
    ['ORBIT_OPTS', { sentence: [], order: 1 }],
  ])
  const rowOf = (name: string, path: string): Row => [name, [{ file: path, line: 1 }] as never as Row[1]]
  const ranked = rankedBy([rowOf('GUI', 'plugins/nuke'), rowOf('ORBIT_OPTS', 'src/a.c')], new Map(), said)
  assert.deepEqual(
    ranked.map(([name]) => name),
    ['ORBIT_OPTS', 'GUI'],
  )
})
