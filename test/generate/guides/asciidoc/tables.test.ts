import assert from 'node:assert/strict'
import { test } from 'node:test'
import { declaredColumns, tableOf } from '#generate/guides/asciidoc/tables.ts'
import { guidesOf } from '../guides-of.ts'

const rowsOf = (declared: number, ...lines: string[]): string[][] | undefined =>
  tableOf(lines, (value) => [{ type: 'text', value }], declared)?.children.map((row) =>
    row.children.map((cell) => cell.children.map((child) => (child.type === 'text' ? child.value : '')).join('')),
  )

test('cells begin with or without a space before, and an escaped bar is text', () => {
  assert.deepEqual(rowsOf(0, '|a|b c', '| d \\| e |f'), [
    ['a', 'b c'],
    ['d | e', 'f'],
  ])
})

test('spans, alignments and styles of cells are not shown', () => {
  assert.deepEqual(rowsOf(0, '|a 2+|b', '^.^s|c .2+a|d'), [
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('a cell with a factor is repeated', () => {
  assert.deepEqual(rowsOf(2, '|a |b', '2*|x'), [
    ['a', 'b'],
    ['x', 'x'],
  ])
})

test('the number of columns that is declared counts, also if each cell has its line', () => {
  assert.deepEqual(rowsOf(declaredColumns('%header,cols="1,2a"'), '|a', '|b', '|c', '|d'), [
    ['a', 'b'],
    ['c', 'd'],
  ])
  for (const [attributes, columns] of [
    ['cols="1,3*a,>2"', 5],
    ['cols=2*', 2],
    ['cols=3', 3],
    ['%header,format=csv', 0],
    ['', 0],
  ] as const)
    assert.equal(declaredColumns(attributes), columns, attributes)
})

test('the attribute list above a table declares its columns', async () => {
  const { guides } = await guidesOf({ 'docs/a.adoc': '= A\n\nWords.\n\n[cols="1,1"]\n|===\n|a\n|b\n|c\n|d\n|===\n' })
  const table = guides.get('docs/a.adoc')?.blocks.find(({ type }) => type === 'table')
  assert.equal(table?.type === 'table' && table.children[0]?.children.length, 2)
})

test('a table ends with the line that it begins with, which may be longer', async () => {
  const { guides } = await guidesOf({ 'docs/a.adoc': '= A\n\nWords.\n\n|====\n|a |b\n|====\n\nBelow.\n' })
  assert.deepEqual(
    guides.get('docs/a.adoc')?.blocks.map(({ type }) => type),
    ['paragraph', 'table', 'paragraph'],
  )
})
