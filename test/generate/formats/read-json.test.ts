import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJson } from '#generate/formats/read-json.ts'

test('numbers keep their spelling', () => {
  for (const text of ['1.10', '12345678901234567890', '1e400', '-0', 'true']) assert.equal(readJson(text)?.text, text)
})
