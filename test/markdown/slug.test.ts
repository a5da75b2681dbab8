/** Anchors of headings, whose text is not bounded. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slugify } from '#markdown/slug.ts'

const slugs = {
  'Router.match': 'routermatch',
  'IndexMap::get_range': 'indexmapget_range',
  'A & B': 'a--b',
  'Build, run, test': 'build-run-test',
  'run-1': 'run-1',
  ' Überblick ': 'überblick',
  हिन्दी: 'हिन्दी',
  '!!!': 'section',
  '- -': 'section',
}

for (const [text, slug] of Object.entries(slugs))
  test(`the anchor of ${text} is the one that GitHub makes`, () => assert.equal(slugify(text), slug))

test('a heading that is a whole file is read no further than an anchor needs', (t) => {
  const native = t.mock.method(String.prototype, 'normalize')
  assert.match(slugify(`Router match ${'\u0315\u0316'.repeat(90_000)}`), /^router-match-\p{M}{1,40}$/u)
  assert.equal(slugify('word '.repeat(40_000)).length, 200)
  assert.equal(slugify(`${'x'.repeat(999)}\u{1d465}`).length, 200)
  for (const { this: given } of native.mock.calls) assert.ok(String(given).length <= 1_000, `${String(given).length}`)
})
