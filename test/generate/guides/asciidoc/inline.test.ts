import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asciidocInline } from '#generate/guides/asciidoc/inline.ts'
import { readAsciidoc } from '#generate/guides/asciidoc/read-asciidoc.ts'

const inline = (source: string, attributes: Record<string, string> = {}) =>
  asciidocInline(source, { attributes: new Map(Object.entries(attributes)), charactersLeft: 1_000 })

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

test('attributes add no more to a whole document than their limit, whatever names them', () => {
  const names = '{a}'.repeat(8)
  const parts = [
    `* ${names}\n`.repeat(500),
    `${names}\n\n`.repeat(500),
    `|===\n${`|${names}\n`.repeat(500)}|===\n`,
    `====\n${`${names}\n\n`.repeat(500)}====\n`,
    'image::{a}[]\n\n'.repeat(500),
    `:imagesdir: {a}\n\n${'image::a[]\n\n'.repeat(500)}`,
  ]
  for (const part of parts) {
    const { blocks } = readAsciidoc(`:a: ${'word-'.repeat(98)}end\n\n${part}`)
    const [read, bare] = [blocks, readAsciidoc(part.replace(':imagesdir: {a}', '')).blocks].map(
      (one) => JSON.stringify(one).length,
    )
    assert.ok((read ?? 0) - (bare ?? 0) < 110_000, part.slice(0, 20))
    assert.ok((read ?? 0) > (bare ?? 0) + 50_000, part.slice(0, 20))
  }
})

test('a title may be underlined, by its level; a line of another length is a delimiter', () => {
  const { blocks } = readAsciidoc(
    'Tig: a text interface\n=====================\n\nWhat is Tig?\n------------\nWords.\n\nCalling\n~~~~~~~~\n----\ncode\n----\n',
  )
  assert.deepEqual(
    blocks.map((block) => (block.type === 'heading' ? block.depth : block.type)),
    [1, 2, 'paragraph', 3, 'code'],
  )
})
