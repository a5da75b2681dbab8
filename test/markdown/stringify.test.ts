/** What is written in short is what the general handlers would have written. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PhrasingContent, RootContent } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { SETTINGS, stringify } from '#markdown/stringify.ts'

const general = unified()
  .use(remarkStringify, SETTINGS)
  .use(remarkGfm, { tablePipeAlign: false, singleTilde: false })
  .freeze()

const write = (children: RootContent[]): string => `${general.stringify({ type: 'root', children }).trim()}\n`

/** Characters that mean something somewhere, among some that do not. */
const words = fc.string({
  unit: fc.constantFrom(
    ...'abwsp W1 2 .:,;-+=#!?@/()[]<>{}`*_~|\\&"\'%$^\n\t',
    'é',
    '–',
    '\u2028',
    'http://a.b',
    'www.a.b',
    '&amp;',
    '1. ',
    ']:',
    'x ',
  ),
  minLength: 1,
  maxLength: 12,
})
const text = words.map((value): PhrasingContent => ({ type: 'text', value }))
const code = words.map((value): PhrasingContent => ({ type: 'inlineCode', value }))
const url = fc.oneof(fc.constantFrom('a-b--c.md#d-1', '#x', 'https://a.b/c_d?e=f&g', 'a b', '(', ''), words)
const link = fc
  .tuple(fc.array(fc.oneof(text, code), { maxLength: 2 }), url, fc.constantFrom(null, undefined, 'a "title"'))
  .map(([children, address, title]): PhrasingContent => ({ type: 'link', url: address, title, children }))
const styled = fc
  .tuple(fc.constantFrom('strong' as const, 'emphasis' as const), fc.oneof(text, code, link))
  .map(([type, child]): PhrasingContent => ({ type, children: [child] }))
const hardBreak = fc.constant<PhrasingContent>({ type: 'break' })
const phrasing = fc.array(fc.oneof(text, code, link, styled, hardBreak), { minLength: 1, maxLength: 6 })
const block = phrasing.chain((children) =>
  fc.constantFrom<RootContent[]>(
    { type: 'paragraph', children },
    { type: 'heading', depth: 2, children },
    { type: 'list', children: [{ type: 'listItem', children: [{ type: 'paragraph', children }] }] },
    { type: 'blockquote', children: [{ type: 'paragraph', children }] },
    { type: 'table', children: [{ type: 'tableRow', children: [{ type: 'tableCell', children }] }] },
  ),
)

test('pages are written as the general handlers write them', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), (blocks) => {
      assert.equal(stringify(blocks), write(blocks))
    }),
    { numRuns: 20_000 },
  )
})
