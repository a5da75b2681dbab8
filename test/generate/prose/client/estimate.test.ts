import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { boundTokens, estimateTokens } from '#generate/prose/client/estimate.ts'

test('a guess is a third of the bytes', () => {
  assert.equal(estimateTokens(''), 0)
  assert.equal(estimateTokens('abcd'), 2)
  assert.equal(estimateTokens('漢字'), 2)
})

test('a bound is never below the bytes, nor below the guess', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (contents) => {
      const messages = contents.map((content) => ({ role: 'user' as const, content }))
      const bytes = contents.reduce((sum, content) => sum + Buffer.byteLength(content), 0)
      assert.ok(boundTokens(messages) >= bytes)
      assert.ok(boundTokens(messages) >= estimateTokens(contents.join('')))
    }),
  )
})
