import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unpackDoc } from '#generate/analyse/doc-comment.ts'
import { withDeprecation } from '#generate/analyse/engine/deprecation.ts'

test('the message of a deprecation is read from attributes and annotations', () => {
  const cases = [
    ['@Deprecated', ''],
    ['@Deprecated(since = "17", forRemoval = true)', ''],
    ['@Deprecated(forRemoval = true, since = "17")', ''],
    ['@Deprecated("Use b.", ReplaceWith("b(c)"))', 'Use b.'],
    ['@Deprecated(level = ERROR, message = "One\\ntwo, " + "three")', 'One two, three'],
    ['@Deprecated("""Raw "text" here""")', 'Raw "text" here'],
    ['[Obsolete("Use the " + "other.", true)]', 'Use the other.'],
    ['[Obsolete("Use " + nameof(A.G) + ".")]', 'Use G.'],
    ['[Obsolete($"Use {nameof(G)}.")]', 'Use G.'],
    ['[Obsolete(@"Use ""x"" of C:\\.")]', 'Use "x" of C:\\.'],
    ['[Obsolete("Use " + Texts.Other)]', ''],
    ['#[deprecated(since = "1", note = "use `foo_bar` or foo_bar")]', 'use `foo_bar` or foo\\_bar'],
    ['#[deprecated = "Use y."] pub', 'Use y.'],
    ["#[\\Deprecated(message: 'use y()', since: '1.5')]", 'use y()'],
    ['[[deprecated("Don\'t " "use (it).")]]', "Don't use (it)."],
    ['[Serializable, System.Obsolete("Use b.")]', 'Use b.'],
    ['[[nodiscard, gnu::deprecated("use b")]]', 'use b'],
    ['#[deprecated(note = "b \\u{2014} not c")]', 'b — not c'],
    ['@available(*, deprecated, message: "Use b, not c.")', 'Use b, not c.'],
    ['@available(*, deprecated, renamed: "b(c:)")', 'Renamed to `b(c:)`.'],
  ]
  for (const [modifiers = '', message] of cases) {
    assert.equal(unpackDoc(withDeprecation('Does.', modifiers)).details?.deprecated, message, modifiers)
  }
})

test('a comment that states a deprecation takes precedence over an attribute', () => {
  const doc = withDeprecation(null, '@Deprecated("Use b.")')
  assert.equal(withDeprecation(doc, '@Deprecated("Use c.")'), doc)
  assert.equal(withDeprecation('Does.', '@Override'), 'Does.')
  assert.equal(withDeprecation('Does.', '@available(*, unavailable, message: "Use b.")'), 'Does.')
})
