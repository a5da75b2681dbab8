import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Nodes, RootContent } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { quickBlocks } from '#markdown/quick-blocks.ts'

const parser = unified().use(remarkParse).use(remarkGfm, { singleTilde: false }).freeze()
const general = (markdown: string): RootContent[] => parser.parse(markdown).children

/** Quick ones, which the general parser must not be asked for. */
const QUICK = [
  '# Title\n\n## `code` and text\n',
  'Text with `code`, [a link](page.md#anchor), [`name`](https://example.com/a_b?c=1#L1-L2) and **strong** or _quiet_ words.\n',
  'Two lines\nof **`code`**: it\\_is \\[escaped\\] a_b * c & d < e ~ f\n',
  '- one\n- [`two`](a.md): text\n  - `three`\n    - four\n- five\n\nText\n',
  '1. one\n2. two\n\n- other\n',
  '- one\n\n  More\n\n  ```ts\n  a\n\n    b\n  ```\n- two\n',
  '- one\n\n- two\n',
  '| a | b |\n| - | :-: |\n| `x \\| y` | \\| [z](#z) |\n| only |\n|  | 2 |\n',
  'Text\n| a | |\n| - | - |\n| 1 | 2 |\n- item\n\n```\n| a |\n```\n',
  '<details class="usage">\n<summary>More</summary>\n\n- a\n\n</details>\n',
  '````md\n```\n[a]: b\n```\n````\nText after code\n',
]

for (const markdown of QUICK) {
  test(`parses without the general parser: ${JSON.stringify(markdown.slice(0, 50))}`, () => {
    const blocks = quickBlocks(markdown, () => assert.fail('the general parser was asked'))
    assert.deepEqual(blocks, general(markdown).map(withoutPositions))
  })
}

/** What CommonMark and GFM give a meaning that is easily missed. */
const GENERAL = [
  '[a]\n\n[a]: b.md\n',
  '[`a]: b`](c)\n',
  '- [a]: b\n\n[a]\n',
  'a[^1]\n\n[^1]: note\n',
  'Title\n---\n\ntext\n===\n',
  '- - -\n\n***\n\n* a\n- b\n+ c\n',
  '- a\n\n\n- b\n\ntext\n',
  '- a\n  - b\n\n  c\n',
  '- a\nlazy\n\n1. a\n   b\n3. c\n',
  '- [ ] task\n- [x] done\n',
  'https://example.com www.example.com a@example.com\n',
  '[https://a.example](https://a.example) and [x](<a b> "title")\n',
  '<!-- a\n\nb -->\n\n<div>\n\n*a*\n\n</div>\n',
  '> quote\n\n    code\n\n    more\n',
  '```js title\na\n\n~~~\nb\n',
  'a*b*c **a*b** _a_b_ __a__b__ ***a*** **a _b_ c** ~~d~~\n',
  'a  \nb\\\nc &amp; &copy; \\& <b>x</b> ![i](p.png)\n',
  '`a ``b` `` c ` d `` `\n',
  '| a |\n| - |\ntext\n\n| a | b |\n| - |\n\n| a |\n| - |\n|\n',
  'text\n|| a |\n| - |\n',
  '1) a\n\n2. b\n\n10. c\n\n    d\n',
  '# a #\n\n#\n\n#b\n\n####### c\n',
]

for (const markdown of GENERAL) {
  test(`parses like the general parser: ${JSON.stringify(markdown.slice(0, 50))}`, () => {
    assert.deepEqual(quick(markdown), general(markdown).map(withoutPositions))
  })
}

/** The seed is fixed, because the general parser itself reads some continuation lines of lists differently after other blocks. */
test('parses any text like the general parser', () => {
  const words = [
    'a',
    'Bc',
    '1',
    ' ',
    ' ',
    '\n',
    '\n',
    '\n\n',
    '\n  ',
    '- ',
    '1. ',
    '`',
    '``',
    '```',
    '*',
    '**',
    '_',
    '[',
    '](',
    ')',
    ']: ',
  ]
  const marks = [
    '# ',
    '> ',
    '|',
    '| - |',
    '\\',
    '<b>',
    '<details>',
    '&amp;',
    '!',
    '~~',
    'http://a.b',
    'x@y.z',
    '---',
    '=',
    '[^1]',
    '.',
    '(',
    'é',
    '\t',
  ]
  const text = fc.array(fc.constantFrom(...words, ...words, ...marks), { maxLength: 30 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, (markdown) => assert.deepEqual(quick(markdown), general(markdown).map(withoutPositions))),
    { numRuns: 2_000, seed: 21 },
  )
})

const quick = (markdown: string): unknown[] => quickBlocks(markdown, general).map(withoutPositions)

function withoutPositions({ position: _, ...node }: Nodes): unknown {
  return 'children' in node ? { ...node, children: (node.children as Nodes[]).map(withoutPositions) } : node
}
