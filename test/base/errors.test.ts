import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageAndHint } from '#base/errors.ts'

test('a hint follows the message; without one, the message ends the text', () => {
  assert.equal(messageAndHint({ message: 'It failed.', hint: 'Try again.' }), 'It failed. Try again.')
  assert.equal(messageAndHint({ message: 'It failed.', hint: null }), 'It failed.')
})
