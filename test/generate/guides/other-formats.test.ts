import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAsciidoc } from '#generate/guides/asciidoc/read-asciidoc.ts'
import { stringify } from '#markdown/stringify.ts'
import { guidesOf, markdownOf, outline } from './guides-of.ts'

test('AsciiDoc has its blocks, lists, notes, tables and links', async () => {
  const text = [
    '= Title\n:name: orbit',
    'The {name} has *bold*, _words_, `code`, https://a.example[a link] and <<here,there>>.',
    'NOTE: Take care.',
    '[WARNING]\n====\nMore.\n====',
    '* one\n** deep\n* two',
    '[source,java]\n----\nint a; // <1>\nint b; // <.> <4>\nbox<3> c;\n----\n<1> First.',
    '|===\n|a |b\n\n|1\n|2\n|===',
    'term:: What it means.',
    '[[here]]\n== Section',
    '++++\n<script>alert(1)</script>\n++++',
    'x',
  ].join('\n\n')
  assert.equal(
    await markdownOf('docs/a.adoc', text),
    [
      'The orbit has **bold**, _words_, `code`, [a link](https://a.example/) and [there]().',
      '> [!NOTE]\n> Take care.',
      '> [!WARNING]\n> More.',
      '- one\n  - deep\n- two',
      '```java\nint a; // ①\nint b; // ② ④\nbox<3> c;\n```',
      '1. First.',
      '| a | b |\n| - | - |\n| 1 | 2 |',
      '- **term**\n\n  What it means.',
      '## Section',
      'x\n',
    ].join('\n\n'),
  )
})

test('AsciiDoc: a term is no macro, attributes can be unset, and only a language is one', async () => {
  for (const [text, shown] of [
    ['Docs:: See link:foo.html[the docs]', '- **Docs**\n\n  See the docs'],
    ['CPU:: The processor [required]', '- **CPU**\n\n  The processor \\[required]'],
    ['video::a.mp4[]\n\nx', 'x'],
    ['[source,ruby,indent=0]\n----\nx\n----', '```ruby\nx\n```'],
    ['[source,indent=0,subs="verbatim,quotes"]\n----\nx\n----', '```\nx\n```'],
    ['[source,subs="attributes+"]\nx', '```\nx\n```'],
    ['[source,language="ruby"]\n----\nx\n----', '```ruby\nx\n```'],
    ['[,ruby]\n----\nx\n----', '```ruby\nx\n```'],
    ['[%linenums,ruby]\n----\nx\n----', '```ruby\nx\n```'],
    ['[listing,ruby]\n----\nx\n----', '```\nx\n```'],
  ] as const)
    assert.equal(await markdownOf('docs/a.adoc', `= Title\n\nWords.\n\n${text}\n`), `Words.\n\n${shown}\n`, text)
  for (const [text, url] of [
    ['image::my pic.png[x]', 'my%20pic.png'],
    [':imagesdir: img\n\nimage::a.png[x]', 'img/a.png'],
    [':imagesdir: img\n:!imagesdir:\n\nimage::a.png[x]', 'a.png'],
    [':imagesdir: img\n:imagesdir!:\n\nimage::a.png[x]', 'a.png'],
  ] as const)
    assert.match(JSON.stringify(readAsciidoc(text).blocks), new RegExp(`"url":"${url}"`), text)
})

test('an option on a line of its own opens no block of AsciiDoc, and code of any language is closed by its fence', async () => {
  const text =
    '= Title\n\n--verbose\n\nShows more.\n\n```c++\nint a;\n```\n\n```ruby,linenums\nputs 1\n```\n\nThe end.\n'
  assert.equal(
    await markdownOf('docs/a.adoc', text),
    '\\--verbose\n\nShows more.\n\n```c++\nint a;\n```\n\n```ruby\nputs 1\n```\n\nThe end.\n',
  )
})

test('a notebook has its text, its code in its language, and what the code gave, its pictures too', async () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000020000000308060000000000000000', 'hex').toString(
    'base64',
  )
  const notebook = {
    metadata: { language_info: { name: 'julia' } },
    cells: [
      { cell_type: 'markdown', source: ['# Title\n', '\n', 'Words.'] },
      {
        cell_type: 'code',
        source: 'x = 1',
        outputs: [
          { output_type: 'stream', text: ['1\n'] },
          { data: { 'image/png': png } },
          { data: { 'text/html': '<script>alert(1)</script>' } },
        ],
      },
    ],
  }
  const { guides, held } = await guidesOf({ 'a.ipynb': JSON.stringify(notebook) })
  assert.equal(guides.get('a.ipynb')?.title, 'Title')
  assert.equal(held.get('a.ipynb 0')?.length, 34)
  assert.equal(
    await markdownOf('a.ipynb', JSON.stringify(notebook)),
    'Words.\n\n```julia\nx = 1\n```\n\n```text\n1\n```\n\n![Output]()\n',
  )
  for (const broken of ['', '{', '[]', '{"cells": 1}', '{"cells": [1, null]}'])
    assert.ok((await guidesOf({ 'a.ipynb': broken })).guides.size <= 1)
})

test('RDoc is a guide in its own right, and its links lead to other documents', async () => {
  const { guides, order } = await guidesOf({
    'README.rdoc': '= Orbit\n\nSee {the guide}[rdoc-ref:doc/guide.rdoc].',
    'doc/guide.rdoc': '= Guide\n\nCall +plan+:\n\n  plan do\n  end\n',
  })
  assert.equal(outline(order), 'README, Guide')
  assert.equal(stringify(guides.get('doc/guide.rdoc')?.blocks ?? []), 'Call `plan`:\n\n```ruby\nplan do\nend\n```\n')
  assert.match(JSON.stringify(guides.get('README.rdoc')?.blocks), /"doc\/guide\.rdoc"/)
})
