import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  withoutOldQuotes,
  withPlainAsterisks,
  withPlainBrackets,
  withSentencesApart,
  withTitleApart,
  withTypedLines,
} from '#generate/analyse/doc-words.ts'

test('words in angle brackets that are no HTML stay, code and addresses are left alone', () => {
  const cases: [text: string, plain: string][] = [
    ['A <range> of List<String>, </x>', 'A \\<range> of List\\<String>, \\</x>'],
    ['<b>bold</b> <BR/> <https://a.b/c> <me@a.b> a < b > c', '<b>bold</b> <BR/> <https://a.b/c> <me@a.b> a < b > c'],
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

test('a title is no part of the sentence in the line below it', () => {
  assert.equal(
    withTitleApart('Parameter packing\nCall it with some names\nof arguments.'),
    'Parameter packing\n\nCall it with some names\nof arguments.',
  )
  for (const text of [
    'Returns the\nPlan that is next.',
    'Plans burns.\nCall it twice or more.',
    'Plans burns, then waits for others\nPlanned before it.',
    'Plans burns\nfor all that are there.',
    'Plans\nNext one',
    '# Plans\nCall it twice or more.',
    'Plans burns\n\nCall it twice or more.',
  ])
    assert.equal(withTitleApart(text), text)
})

test('a line without a full stop is no part of the sentence that begins below it', () => {
  assert.equal(
    withSentencesApart('Handle `input` after spawning, in async mode\nWhen there are several, we merge\nthem.'),
    'Handle `input` after spawning, in async mode\n\nWhen there are several, we merge\nthem.',
  )
  assert.equal(
    withSentencesApart('Plan returns what the variables set\nSupports NO_COLOR (orbit.org)\nIf NO_COLOR is set, none.'),
    'Plan returns what the variables set\n\nSupports NO_COLOR (orbit.org)\n\nIf NO_COLOR is set, none.',
  )
  for (const text of [
    'Handle the input after spawning, as in\nThe Art of Orbits.',
    'Handle the input after spawning,\nThe rest is not.',
    '- Handle the input after spawning\nThe rest is not.',
    '```\nhandle the input after\nThe rest\n```',
    '| Handle the input after\nThe rest |',
    'Handle the input after spawning with\nGoogle Mail.',
    'Short\nThe rest is not.',
  ])
    assert.equal(withSentencesApart(text), text)
})

test('paragraphs of typed commands and drawings are code', () => {
  assert.equal(
    withTypedLines('Pick a file:\n\n$ gum file\n$ gum file .\n\n╭───╮\n│ 1 │\n╰───╯\n'),
    'Pick a file:\n\n    $ gum file\n    $ gum file .\n\n    ╭───╮\n    │ 1 │\n    ╰───╯\n',
  )
  for (const text of ['It costs\n$ 5 a day', '```\n$ make\n```', '$name is one'])
    assert.equal(withTypedLines(text), text)
})
