import assert from 'node:assert/strict'
import { test } from 'node:test'
import { intersected } from '#generate/pages/entry/constraint-options.ts'

test('the parts of an intersection are those outside of brackets', () => {
  assert.deepEqual(intersected('type Opt = { a: Foo & Bar } & Base'), ['Base'])
  assert.deepEqual(intersected('type Opt = { f: (a: A & B) => C; g: D<E & F> } & Base & More'), ['Base', 'More'])
  assert.deepEqual(intersected('type Opt = (() => void) & Base & List<string> & a.B'), ['Base'])
  assert.deepEqual(intersected('type Opt = { … } & TaskOptions'), ['TaskOptions'])
  assert.deepEqual(intersected('type Opt = Shared & { a: string }'), ['Shared'])
  assert.deepEqual(intersected('type Opt<T = A & B> = Shared & More;'), ['Shared', 'More'])
  assert.deepEqual(intersected('type Opt = Shared'), [])
})
