/** Links to types in signatures and in tables of parameters. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderMarkdown } from '#markdown/render.ts'

const page = (line: string, rest = ''): string =>
  `## \`plan\`\n\n\`\`\`ts\nplan(at: State): Burn\n\`\`\`\n\n${line}\n${rest}`

const cases = [
  {
    title: 'the types of the line below a signature become links in it',
    markdown: page('Types: [`State`](#state), [`Burn`](b.md#burn)'),
    has: ['<a href="#state">State</a>', '<a href="b.md#burn">Burn</a>'],
    lacks: ['Types'],
  },
  {
    title: 'the label may be in another language',
    markdown: page('类型：[`State`](#state)'),
    has: ['<a href="#state">State</a>'],
    lacks: ['类型'],
  },
  {
    title: 'a name that the signature does not contain stays a line of text',
    markdown: page('Types: [`Sta`](#sta)'),
    has: ['Types: <a href="#sta"><code>Sta</code></a>'],
    lacks: ['<a href="#state">'],
  },
  {
    title: 'a sentence of the doc comment stays',
    markdown: page('Takes: [`State`](#state) and gives another.'),
    has: ['Takes: <a href="#state"><code>State</code></a> and gives another.'],
    lacks: ['<a href="#state">State</a>'],
  },
  {
    title: 'types that contain the name in the table of parameters become links',
    markdown: page('Types: [`State`](#state)', '\n| parameter | type |\n| --- | --- |\n| `State` | `Array<State>` |\n'),
    has: ['<code>Array&#x3C;<a href="#state">State</a>></code>', '<td><code>State</code></td>'],
    lacks: [],
  },
  {
    title: 'a type with a link in the table is one in the signature',
    markdown: page('Words.', '\n| parameter | type |\n| --- | --- |\n| `at` | [`State`](#state) |\n'),
    has: ['<a href="#state">State</a>'],
    lacks: [],
  },
  {
    title: 'strings are not linked',
    markdown: "## `a`\n\n```ts\nconst a = 'State'\n```\n\nTypes: [`State`](#state)\n",
    has: [],
    lacks: ['<a href="#state">State</a>'],
  },
  {
    title: 'an external link says so',
    markdown: page('Types: [`State`](https://example.org/state)'),
    has: ['<a href="https://example.org/state" rel="noopener noreferrer nofollow">State</a>'],
    lacks: [],
  },
  {
    title: 'no address that a page may not have',
    markdown: page('Types: [`State`](javascript:alert)'),
    has: [],
    lacks: ['javascript'],
  },
]

for (const { title, markdown, has, lacks } of cases)
  test(title, () => {
    const { html } = renderMarkdown(markdown)
    for (const one of has) assert.ok(html.includes(one), html)
    for (const one of lacks) assert.ok(!html.includes(one), html)
  })
