import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Condition } from '#generate/pages/calls/conditions.ts'
import { mergeConditions } from '#generate/pages/calls/merged-conditions.ts'

const when = (code: string): Condition => ({ kind: 'if', code })
const unless = (code: string): Condition => ({ kind: 'unless', code })

test('branches that cover all cases are no condition, and a narrower case adds nothing', () => {
  const at = (line: number, ...conditions: Condition[]) => ({ conditions, places: [{ line, column: 1, block: 0 }] })
  const shown = (...calls: ReturnType<typeof at>[]): string[] =>
    mergeConditions(calls).map(
      ({ conditions, places }) =>
        `${conditions.map(({ kind, code }) => `${kind} ${code}`).join(', ')}: ${places.map(({ line }) => line).join(' ')}`,
    )
  assert.deepEqual(shown(at(1, when('a')), at(2, unless('a'))), [': 1 2'])
  assert.deepEqual(shown(at(1, when('a'), when('b')), at(2, when('a'), unless('b')), at(3, unless('a'))), [': 1 2 3'])
  assert.deepEqual(shown(at(1, when('a')), at(2, when('b')), at(3, when('a'))), ['if a: 1 3', 'if b: 2'])
  assert.deepEqual(shown(at(1, when('a')), at(2)), [': 2'])
  const callback: Condition = { kind: 'callback', code: 'run' }
  assert.deepEqual(shown(at(1, when('a')), at(2, unless('a'), callback)), [': 1 2'])
  assert.deepEqual(shown(at(1, when('a')), at(2, unless('b'), callback)), ['if a: 1', 'unless b, callback run: 2'])
  assert.deepEqual(shown(at(1, callback), at(2, { ...callback, code: 'go' })), ['callback run: 1', 'callback go: 2'])
  assert.deepEqual(shown(at(1), at(2)), [': 1 2'])
  assert.deepEqual(shown(at(1, when('a'), when('b')), at(2, when('b'), when('a'))), ['if a, if b: 1'])
})
