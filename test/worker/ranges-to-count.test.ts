import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rangesToCount } from '#worker/choose-refs.ts'

const newest = [
  { ref: 'HEAD', commit: 'h2' },
  { ref: 'refs/heads/next', commit: 'n2' },
  { ref: 'refs/tags/v1', commit: 'v1' },
]

test('branches are compared with their own newest commit, tags with that of the default branch', () => {
  const documented = [
    { ref: 'HEAD', commit: 'h1' },
    { ref: 'refs/heads/next', commit: 'n1' },
    { ref: 'refs/heads/gone', commit: 'g1' },
    { ref: 'refs/tags/v1', commit: 'v1' },
    { ref: 'refs/tags/v2', commit: 'h2' },
  ]
  const all = [
    { from: 'h1', to: 'h2' },
    { from: 'n1', to: 'n2' },
    { from: 'v1', to: 'h2' },
  ]
  assert.deepEqual(rangesToCount(documented, newest, []), all)
  assert.deepEqual(rangesToCount(documented, newest, all.slice(1)), all.slice(0, 1))
  assert.deepEqual(rangesToCount(documented, [], []), [])
})

test('a look counts few ranges, and each once', () => {
  const tags = Array.from({ length: 20 }, (_, index) => ({ ref: `refs/tags/v${index}`, commit: `v${index >> 1}` }))
  const first = rangesToCount(tags, newest, [])
  assert.deepEqual(
    first.map(({ from }) => from),
    ['v0', 'v1', 'v2', 'v3'],
  )
  assert.deepEqual(
    rangesToCount(tags, newest, first).map(({ from }) => from),
    ['v4', 'v5', 'v6', 'v7'],
  )
})
