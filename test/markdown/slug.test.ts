/** Anchors of headings, whose text is not bounded. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slugify } from '#markdown/slug.ts'

test('a heading that is a whole file is read no further than an anchor needs', (t) => {
  const native = t.mock.method(String.prototype, 'normalize')
  assert.equal(slugify(`Router match ${'\u0315\u0316'.repeat(90_000)}`), 'router-match')
  assert.equal(slugify('word '.repeat(40_000)).length, 79)
  assert.equal(slugify(`${'x'.repeat(999)}\u{1d465}`).length, 80)
  for (const { this: given } of native.mock.calls) assert.ok(String(given).length <= 1_000, `${String(given).length}`)
})
