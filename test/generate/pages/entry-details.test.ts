import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutLabel } from '#generate/pages/entry/entry-details.ts'

test('the reason of a deprecation loses its label, but no Markdown and no version', () => {
  const reasons = {
    'Deprecated: `two()` is better.': '`two()` is better.',
    'deprecated: [Foo](symbol:Foo)': '[Foo](symbol:Foo)',
    'Deprecated 3.2: use foo': '3.2: use foo',
    'Deprecated (since 2.0) – use foo': '(since 2.0) – use foo',
    'DEPRECATED - use foo': 'use foo',
    Deprecated: '',
    'Deprecated.': '',
    'Use foo.': 'Use foo.',
  }
  for (const [reason, shown] of Object.entries(reasons)) assert.equal(withoutLabel(reason), shown)
})
