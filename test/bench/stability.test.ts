import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adjustedRand, compare, type Snapshot } from '#bench/stability/compare.ts'

const snapshot = (leaves: Record<string, string>, blobs: Record<string, string> = {}): Snapshot => {
  const paths = Object.keys(leaves)
  return {
    leaves: new Map(Object.entries(leaves)),
    blobs: new Map(paths.map((path) => [path, blobs[path] ?? 'same'])),
    sizes: new Map(),
    titles: new Map(Object.values(leaves).map((id) => [id, id])),
  }
}
const leavesOf = (leaves: Record<string, string>): Map<string, string> => new Map(Object.entries(leaves))

test('the adjusted Rand index is 1 for the same groups whatever their names, and that of the paper for others', () => {
  assert.equal(adjustedRand(leavesOf({ a: 'x', b: 'x', c: 'y' }), leavesOf({ a: '1', b: '1', c: '2' })), 1)
  // Pairs: 2 and 3 in the two partitions, 1 in both, of 6: (1 - 2·3/6) / (2.5 - 1) = 0.
  const left = leavesOf({ a: 'x', b: 'x', c: 'y', d: 'y' })
  assert.equal(adjustedRand(left, leavesOf({ a: '1', b: '1', c: '1', d: '2' })), 0)
  const crossed = adjustedRand(left, leavesOf({ a: '1', b: '2', c: '1', d: '2' }))
  assert.ok(Math.abs(crossed + 0.5) < 1e-9, String(crossed))
})

test('a file that changed, came or went is not said to have moved', () => {
  const before = snapshot({ a: 'x', b: 'x', gone: 'x' })
  const after = snapshot({ a: 'y', b: 'x', new: 'x' }, { a: 'edited' })
  const found = compare(before, after)
  assert.deepEqual([found.moved, found.changed, found.renamed], [[], [], []])
})

test('a file that did not change and is elsewhere is', () => {
  const found = compare(snapshot({ a: 'x', b: 'x', c: 'z' }), snapshot({ a: 'y', b: 'x', c: 'z' }))
  assert.deepEqual(found.moved, [{ path: 'a', from: 'x', to: 'y' }])
  assert.deepEqual([found.changed, found.renamed], [['x'], ['y']])
})
