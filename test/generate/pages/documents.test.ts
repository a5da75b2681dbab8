import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sectionsOf } from '#generate/pages/readme/documents.ts'
import { file } from './sample.ts'

const titles = (path: string, text: string): string[] =>
  sectionsOf(file(path, text)).map((section) => `${section.line} ${section.title} | ${section.text}`)

test('a Markdown document falls into sections at its headings, which are none in code', () => {
  const text =
    'Before [it](https://a.example).\n\n# One `thing` #\n\nWords.\n\n```sh\n# no heading\n```\n\nTwo\n===\n\n- x\n---\n'
  assert.deepEqual(titles('docs/a.md', text), [
    '1 null | Before it.',
    '3 One thing | Words. # no heading',
    '11 Two | - x',
  ])
})

test('a fence of another kind inside a code block does not end it', () => {
  const text = '# One\n\n```\n~~~\n# no heading\n```\n\n# Two\n\n````md\n```\n# no heading\n````\n\n# Three\n'
  assert.deepEqual(
    titles('a.md', text).map((title) => title.split(' |')[0]),
    ['1 One', '8 Two', '15 Three'],
  )
})

test('a reStructuredText document falls into sections at its titles, with its words and without directives', () => {
  const text =
    '.. currentmodule:: flask\n\n=====\nTitle\n=====\n\nSee :doc:`/config`.\n\nHandling ``it``\n---------------\n\n.. code-block:: python\n\n    x = 1\n\nBuilt in :class:`Config`.\n'
  assert.deepEqual(titles('docs/a.rst', text), ['4 Title | See /config.', '9 Handling it | Built in Config.'])
})

test('what is no document of a known form, or hostile, is passed over in linear time', () => {
  assert.deepEqual(titles('docs/a.adoc', '= A\n'), [])
  for (const text of ['='.repeat(200_000), '#\n'.repeat(50_000), `${'['.repeat(50_000)}](`, '<'.repeat(50_000)])
    for (const path of ['a.md', 'a.rst']) assert.ok(sectionsOf(file(path, text)).length <= 201)
})
