import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutMargin } from '#generate/formats/indentation.ts'

test('the margin is that of the lines with text', () => {
  assert.deepEqual(withoutMargin(['    a', ' ', '      b']), ['a', '', '  b'])
  assert.deepEqual(withoutMargin(['', '  ']), [])
})

test('a text of very many lines has a margin', () => {
  assert.equal(withoutMargin(Array.from({ length: 300_000 }, () => '  a'))[0], 'a')
})
