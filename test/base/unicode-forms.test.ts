/** Texts of repositories are normalised in linear time, because runs of combining marks are bounded. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundMarks, MAX_MARKS, normalise } from '#base/unicode-forms.ts'

const ALTERNATING = '\u0315\u0316'

test('a run of combining marks is bounded before it is normalised', (t) => {
  const native = t.mock.method(String.prototype, 'normalize')
  const result = normalise(`x${ALTERNATING.repeat(50_000)}y\uff9e\u0316`.repeat(2), 'NFKC')
  assert.deepEqual(
    native.mock.calls.map(({ this: given }) => String(given).length),
    [2 * (1 + MAX_MARKS + 3)],
  )
  assert.match(result, /^x\p{M}{30}y\u3099\u0316x/u)
})

test('the marks of languages stay, and NFC of them is what it was', () => {
  for (const text of ['e\u0301', 'Z\u0351\u036b\u0343\u036a\u0302', 'נִקּוּד', 'กำลัง', '👩🏽‍🚀\ufe0f', 'plain'])
    assert.equal(normalise(text, 'NFC'), text.normalize('NFC'))
  assert.equal(boundMarks('\u0315'.repeat(MAX_MARKS)), '\u0315'.repeat(MAX_MARKS))
})

test('no other character becomes a combining mark', () => {
  const others: string[] = []
  for (let point = 0; point <= 0x2ffff; point++) {
    const character = String.fromCodePoint(point)
    if (/^\p{M}+$/u.test(character.normalize('NFKD')) && !/[\p{M}\uff9e\uff9f]/u.test(character)) others.push(character)
  }
  assert.deepEqual(others, [])
})
