import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutOldQuotes, withPlainAsterisks, withPlainBrackets } from '#generate/analyse/doc-markup.ts'

test('words in angle brackets that are no HTML stay, code and addresses are left alone', () => {
  const cases: [text: string, plain: string][] = [
    ['A <range> of List<String>, </x>', 'A \\<range> of List\\<String>, \\</x>'],
    ['<b>bold</b> <BR/> <https://a.b/c> <me@a.b> a < b > c', '<b>bold</b> <BR/> <https://a.b/c> <me@a.b> a < b > c'],
    ['type: -e "\\.png$" or 1\\. and "a \\. b"', 'type: -e "\\\\.png$" or 1\\. and "a \\. b"'],
    ['make<orbit::plan>(1) <https://a::b>', 'make\\<orbit::plan>(1) <https://a::b>'],
    ['opt[Map[A, B]](x), see[a](https://b.c) [d](e) f[1]', 'opt\\[Map[A, B]](x), see[a](https://b.c) [d](e) f[1]'],
    ['`<range>` ``a ` <b>`` \\<x>', '`<range>` ``a ` <b>`` \\<x>'],
    ["By '\\' or \"\\\", not `'\\'` or '\\n'", "By '\\\\' or \"\\\\\", not `'\\'` or '\\n'"],
    ['to `fd <path>\n<path2>` <p>\n- `a\n\n<x> `', 'to `fd <path>\n<path2>` <p>\n- `a\n\n\\<x> `'],
    ['```\n<range>\n```\n<range>\n\n    <code>', '```\n<range>\n```\n\\<range>\n\n    <code>'],
  ]
  for (const [text, plain] of cases) {
    assert.equal(withPlainBrackets(text), plain)
    assert.equal(withPlainBrackets(plain), plain)
  }
})

test('signs of globs and products are no emphasis, emphasis stays', () => {
  const cases: [text: string, plain: string][] = [
    ['("*/*", "/*") or "application/*".', '("\\*/\\*", "/\\*") or "application/\\*".'],
    ['*.js, **/*.ts, 2*3*4 and "_" or "_"', '\\*.js, \\*\\*/\\*.ts, 2\\*3\\*4 and "\\_" or "\\_"'],
    [
      '**bold**: *it*, (*b*), **_c_** **`d`** _e_ 日本**強**は a_b_c',
      '**bold**: *it*, (*b*), **_c_** **`d`** _e_ 日本**強**は a_b_c',
    ],
    ['* item `*/*` https://a.b/*/c*\n* a * b\n\n    "*/*"', '* item `*/*` https://a.b/*/c*\n* a * b\n\n    "*/*"'],
  ]
  for (const [text, plain] of cases) {
    assert.equal(withPlainAsterisks(text), plain)
    assert.equal(withPlainAsterisks(plain), plain)
  }
})

test('old quotes are code, code spans are what they were', () => {
  assert.equal(withoutOldQuotes("Invoke as `http' or `python -m httpie'."), 'Invoke as `http` or `python -m httpie`.')
  for (const text of ["`f('a')` and `b'", "the `user`'s name", "`don't` do `x`", '`a`'])
    assert.equal(withoutOldQuotes(text), text)
})
