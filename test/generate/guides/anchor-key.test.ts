import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anchorKey } from '#generate/guide-model.ts'

test('anchors keep vowel signs, and are the same composed and decomposed', () => {
  assert.notEqual(anchorKey('\u0915\u0940'), anchorKey('\u0915\u093e'))
  assert.equal(anchorKey('caf\u00e9'), anchorKey('CAFE\u0301'))
  assert.equal(anchorKey('Get started!'), 'getstarted')
})
