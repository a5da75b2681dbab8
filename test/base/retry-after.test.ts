import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRetryAfter } from '#base/retry-after.ts'

test('a wait is read in seconds or until a date, not from other words', () => {
  assert.equal(readRetryAfter('7'), 7)
  assert.equal(readRetryAfter(' 1.5 '), 1.5)
  assert.equal(readRetryAfter(new Date(0).toUTCString()), 0)
  const until = readRetryAfter(new Date(Date.now() + 30_000).toUTCString()) ?? 0
  assert.ok(until > 25 && until <= 30, String(until))
  for (const other of ['soon', 'try 5', '-1', '']) assert.equal(readRetryAfter(other), undefined, other)
})
