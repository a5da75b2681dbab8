import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asciidocInline } from '#generate/guides/asciidoc/inline.ts'

const inline = (source: string, attributes: Record<string, string> = {}) =>
  asciidocInline(source, new Map(Object.entries(attributes)))

test('names of characters are replaced in text, code and URLs', () => {
  assert.deepEqual(inline('{cpp}11 and `a{vbar}b` in link:https://e.org/c{plus}{plus}[C{pp}]'), [
    { type: 'text', value: 'C++11 and ' },
    { type: 'inlineCode', value: 'a|b' },
    { type: 'text', value: ' in ' },
    { type: 'link', url: 'https://e.org/c++', children: [{ type: 'text', value: 'C++' }] },
  ])
})

test('a character that is named is not a mark', () => {
  assert.deepEqual(inline('{asterisk}args and {backtick}x{backtick}, {lt}<id>>'), [
    { type: 'text', value: '*args and `x`, <<id>>' },
  ])
})

test('attributes of the document come first, and an unknown name stays', () => {
  assert.deepEqual(inline('{cpp} {constructor} {site}[the site]', { cpp: 'C plus plus' }), [
    { type: 'text', value: 'C plus plus {constructor} the site' },
  ])
})
