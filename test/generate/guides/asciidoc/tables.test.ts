import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tableOf } from '#generate/guides/asciidoc/tables.ts'

const rowsOf = (...lines: string[]): string[][] | undefined =>
  tableOf(lines, (value) => [{ type: 'text', value }])?.children.map((row) =>
    row.children.map((cell) => cell.children.map((child) => (child.type === 'text' ? child.value : '')).join('')),
  )

test('cells begin with or without a space before, and an escaped bar is text', () => {
  assert.deepEqual(rowsOf('|a|b c', '| d \\| e |f'), [
    ['a', 'b c'],
    ['d | e', 'f'],
  ])
})

test('spans, alignments and styles of cells are not shown', () => {
  assert.deepEqual(rowsOf('|a 2+|b', '^.^s|c .2+a|d'), [
    ['a', 'b'],
    ['c', 'd'],
  ])
})
