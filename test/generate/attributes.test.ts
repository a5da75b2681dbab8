import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterAttributes, withoutAttributes } from '#generate/attributes.ts'

test('words in the arguments of attributes are no modifiers', () => {
  const cases = [
    ['@RequestMapping("/private") public static', 'public static'],
    ['@Deprecated("Use private x.", ReplaceWith("b(private())")) internal', 'internal'],
    ['[InlineData(new[] { "]" }, "private")] public', 'public'],
    ['#[deprecated(note = "use [`x`] for that")] pub(crate)', 'pub(crate)'],
    ['@A("a \\" private") @b.C open', 'open'],
    ["#[Route('/private')] #[B] final", 'final'],
    ['private[this] final', 'private[this] final'],
    ['@available(*, deprecated, message: """a " public""") private(set)', 'private(set)'],
    ['[A(@"C:\\")] [B] protected', 'protected'],
  ]
  for (const [modifiers = '', kept] of cases) {
    assert.equal(withoutAttributes(modifiers).replace(/\s+/g, ' ').trim(), kept)
  }
})

test('a header begins behind its attributes', () => {
  const cases = [
    ['@deprecated("a(b) c", since = "2") def g', 'def g'],
    ['@A(")") @B public int[] f()', 'public int[] f()'],
    ['public @interface A', 'public @interface A'],
    ['@interface A', '@interface A'],
    ['[A("[")][B] public int F()', 'public int F()'],
  ]
  for (const [header = '', rest] of cases) assert.equal(afterAttributes(header), rest)
})

test('quotes that are not closed take linear time', () => {
  const start = performance.now()
  assert.equal(withoutAttributes(`@A(${`'\\`.repeat(50_000)}`).trim(), '')
  assert.ok(performance.now() - start < 5_000)
})
