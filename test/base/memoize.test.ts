import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoized, memoizedByText } from '#base/memoize.ts'

test('a result is computed once for each object, also if it is undefined', () => {
  const calls: string[] = []
  const of = memoized(({ name }: { name: string }) => void calls.push(name))
  const [one, same] = [{ name: 'one' }, { name: 'one' }]
  for (const key of [one, one, same]) assert.equal(of(key), undefined)
  assert.deepEqual(calls, ['one', 'one'])
})

test('with a text, a result is computed once for each pair', () => {
  const calls: string[] = []
  const of = memoizedByText(({ name }: { name: string }, text) => calls.push(name + text))
  const [a, b] = [{ name: 'a' }, { name: 'b' }]
  assert.deepEqual([of(a, '1'), of(a, '2'), of(b, '1'), of(a, '1')], [1, 2, 3, 1])
  assert.deepEqual(calls, ['a1', 'a2', 'b1'])
})
