import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Root } from 'mdast'
import { colourCode } from '#markdown/highlight-code-blocks.ts'

for (const [lang, isColoured] of [
  ['jsx', true],
  ['mdx', true],
  ['twoslash', true],
  ['vue', true],
  ['nonsense', false],
] as const) {
  test(`code in ${lang} is ${isColoured ? '' : 'not '}highlighted`, () => {
    const node = { type: 'code' as const, lang, value: '<a b="c">\n  {d}\n</a>' }
    const tree: Root = { type: 'root', children: [node] }
    colourCode(tree)
    assert.equal(JSON.stringify(tree).includes('hljs'), isColoured)
  })
}
