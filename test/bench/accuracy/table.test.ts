/** The table says no more than was measured. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Score } from '#bench/accuracy/compare.ts'
import { type Row, tableOf } from '#bench/accuracy/table.ts'

const score = (numbers: Partial<Score>): Score => ({
  found: 0,
  right: 0,
  required: 0,
  had: 0,
  unknown: 0,
  falseOnes: [],
  missing: [],
  ...numbers,
})

const row: Row = {
  repository: 'thing',
  commit: '12345678',
  isHeldOut: true,
  oracle: 'judge',
  files: 7,
  comparison: { symbolEdges: score({ found: 3, right: 2, required: 1000, had: 999, unknown: 4 }) },
  calls: 0.99999,
  seconds: 1.5,
}

test('shares are rounded down, a share of nothing is a dash, what was not judged is empty', () => {
  const [head = '', line = ''] = tableOf([row], []).split('\n')
  const at = (name: string): string => line.slice(head.indexOf(name)).split('  ')[0]?.trim() ?? ''
  assert.equal(at('symbol edges'), '0.666 / 0.999')
  assert.equal(at('(found'), '(3, 1000, 4)')
  assert.equal(at('calls'), '0.999')
  assert.equal(at('definitions'), '')
  assert.equal(at('seen'), 'held out')
  const nothing = tableOf([{ ...row, comparison: { overrides: score({}) }, calls: Number.NaN }], [])
  assert.match(nothing, /- \/ - +- +1\.5\n$/)
})

test('notes stand below', () => {
  assert.ok(tableOf([row], ['thing (other): it is not installed']).endsWith('\n\nthing (other): it is not installed\n'))
})
