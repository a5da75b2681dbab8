import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findCopies } from '#store/copies.ts'

test('texts that are equal are one copy, without an index of one of them', () => {
  const base = Buffer.from('one line\n'.repeat(100))
  const target = Buffer.from(base)
  base.readUInt32LE = () => assert.fail('it was indexed')
  assert.deepEqual(findCopies(base, target), [{ added: 0, start: 0, length: 900 }])
})
