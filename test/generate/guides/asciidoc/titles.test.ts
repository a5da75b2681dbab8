import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAsciidoc } from '#generate/guides/asciidoc/read-asciidoc.ts'
import { plainText } from '#markdown/build.ts'

const read = (source: string): string[] =>
  readAsciidoc(source).blocks.map((block) =>
    block.type === 'heading' ? `${block.depth} ${plainText(block)}` : `${block.type} ${plainText(block as never)}`,
  )

test('a line of the same length below makes a title', () => {
  const source =
    'Orbit: plans flights\n====================\n\nWhat is Orbit?\n--------------\nIt plans.\n\nMore\n~~~~~\nSo.'
  assert.deepEqual(read(source), [
    '1 Orbit: plans flights',
    '2 What is Orbit?',
    'paragraph It plans.',
    '3 More',
    'paragraph So.',
  ])
})

test('a delimiter below a longer line begins a block', () => {
  assert.deepEqual(read('For example:\n----\nplan()\n----'), ['paragraph For example:', 'code plan()'])
})
