import assert from 'node:assert/strict'
import { test } from 'node:test'
import { godoc } from '#generate/analyse/languages/docs/godoc.ts'

test('paragraphs, lists, code and links of Go comments become Markdown', () => {
  const text = `// Do does [Thing] and [x.Y]; see [RFC 1].
// It goes on:
//   - one
//   - two
//
// Then:
//
//	call()
//
// [RFC 1]: https://example.com`
  assert.equal(
    godoc(text.split('\n'))?.text,
    `Do does \`Thing\` and \`x.Y\`; see [RFC 1].
It goes on:

- one
- two

Then:

    call()

[RFC 1]: https://example.com`,
  )
})

test('a backslash is one', () => {
  const text = String.raw`// Such as {\\d+}, \. and ${'`'}\.${'`'}:
//   - \*
//
//	\.`
  assert.equal(
    godoc(text.split('\n'))?.text,
    String.raw`Such as {\\\d+}, \\. and ${'`'}\.${'`'}:

- \\*

    \.`,
  )
})

test('a tag is text', () => {
  assert.equal(godoc(["// Rendered as '<br>', not `<hr>`."])?.text, "Rendered as '<br>', not `<hr>`.")
  assert.equal(
    godoc(["// Rendered as '<br>'; a < b, <https://example.com>."])?.text,
    "Rendered as '\\<br>'; a < b, <https://example.com>.",
  )
})

test('block comments lose their margin, and comments for tools are no documentation', () => {
  assert.equal(godoc(['/*\n  Does it.\n\n  Well.\n*/'])?.text, 'Does it.\n\nWell.')
  assert.equal(godoc(['// Does it.', '//go:noinline'])?.text, 'Does it.')
  assert.equal(godoc(['//go:build linux', '//nolint:all']), null)
})

test('a paragraph that begins with Deprecated says so', () => {
  assert.deepEqual(godoc(['// Does it.', '//', '// Deprecated: Use [Other]', '// instead.', '//', '// More.']), {
    text: 'Does it.\n\nMore.',
    details: { deprecated: 'Use `Other`\ninstead.' },
  })
})

test('headings as they were written before Go 1.19 are headings', () => {
  const lines = [
    'Package a does it.',
    '',
    'Origin Considerations',
    '',
    'Browsers do.',
    '',
    'Not one.',
    '',
    'Nor this',
    'line',
  ]
  const doc = godoc(lines.map((line) => `// ${line}`.trimEnd()))
  assert.deepEqual(doc?.text.split('\n\n'), [
    'Package a does it.',
    '### Origin Considerations',
    'Browsers do.',
    'Not one.',
    'Nor this\nline',
  ])
})

test('directives are no text', () => {
  const lines = ['// Plans.', '//', '//easyjson:json', '//nolint', '//export Plan', '// as http://example.org']
  assert.equal(godoc(lines)?.text, 'Plans.\n\nas http://example.org')
})
