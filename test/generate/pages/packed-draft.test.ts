/** A finished draft is kept in little memory, and comes back as it was. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RootContent } from 'mdast'
import { newDraft, refTo } from '#generate/pages/draft.ts'
import { packDraft, placesOf, unpackDraft } from '#generate/pages/packed-draft.ts'
import { code, heading, list, paragraph, refLink } from '#markdown/build.ts'

test('a draft comes back with its tree, a new one each time', () => {
  const draft = newDraft('a.md', 'A page', 'src/a', 'module')
  const quoted = { ...code('a\u2028b \ud800'), data: { isQuoted: true } }
  draft.blocks = [heading(1, 'A page'), paragraph('See ', refLink(refTo.file('b'), quoted)), list([[code('c')]])]
  const blocks = structuredClone(draft.blocks)
  const packed = packDraft(draft)
  const { blocks: first, ...rest } = unpackDraft(packed)
  assert.deepEqual(first, blocks)
  assert.deepEqual([rest.file, rest.title, rest.module, rest.about], ['a.md', 'A page', 'src/a', 'module'])
  first.length = 0
  assert.deepEqual(unpackDraft(packed).blocks, blocks)
})

test('the first home of a thing counts, and what has only a line says so', () => {
  const [one, other] = [newDraft('a.md', 'A', null, 'guide'), newDraft('b.md', 'B', null, 'guide')]
  const entry = heading(2, code('run'))
  one.blocks = [heading(1, 'A'), entry]
  one.homes.set(refTo.component('a#run'), entry).set(refTo.page('a.md'), null)
  other.blocks = [heading(1, 'B')]
  other.homes.set(refTo.component('a#run'), null).set(refTo.file('b'), null)
  other.listed.set(refTo.file('b'), 'b')
  assert.deepEqual(
    placesOf([one, other].map(packDraft)),
    new Map([
      [refTo.component('a#run'), { page: 'a.md', anchor: 'run' }],
      [refTo.page('a.md'), { page: 'a.md', anchor: null }],
      [refTo.file('b'), { page: 'b.md', anchor: null, listed: 'b' }],
    ]),
  )
})

test('a packed page takes fewer bytes than its text', () => {
  const draft = newDraft('a.md', 'A', null, 'module')
  const words = Array.from({ length: 2_000 }, (_, index) => `The entry of function${index} in this module.`)
  draft.blocks = words.map(
    (text): RootContent => paragraph(text, refLink(refTo.component('src/a.ts#run'), code('run'))),
  )
  const packed = packDraft(draft)
  assert.ok(packed.tree.byteLength < words.join('').length)
  assert.equal(JSON.stringify({ ...packed, tree: null }).includes('function1999'), false)
})
