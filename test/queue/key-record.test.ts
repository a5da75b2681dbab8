/** A damaged idempotency key in a database is reported as such, whatever its text. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseKey } from '#queue/postgres/key-store.ts'

test('a text that is not JSON and one that is not a key are both unreadable records', () => {
  for (const text of ['{', 'null', '{"request":1}']) assert.throws(() => parseKey(text), { code: 'RECORD_UNREADABLE' })
  const key = { request: 'r', jobId: 'acme--a', outcome: null }
  assert.deepEqual(parseKey(JSON.stringify(key)), key)
})
