import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNotebook } from '#generate/guides/read-notebook.ts'

const read = (cells: object[]): string[] =>
  (readNotebook(JSON.stringify({ cells }))?.blocks ?? []).map((block) =>
    'value' in block ? block.value : JSON.stringify(block).replace(/^.*"value":"([^"]*)".*$/, '$1'),
  )
const code = (source: string, ...outputs: object[]): object => ({ cell_type: 'code', source, outputs })

test('the limit covers cells and outputs, and a text that is left out is marked', () => {
  const output = { output_type: 'stream', text: 'x'.repeat(3_999) }
  const blocks = read(Array.from({ length: 500 }, () => code('run()', ...Array.from({ length: 20 }, () => output))))
  const length = blocks.join('').length
  assert.ok(length <= 400_001 && length > 390_000, String(length))
  assert.equal(blocks.at(-1), '…')
  assert.deepEqual(read([code('a'), { cell_type: 'markdown', source: 'b'.repeat(400_000) }, code('c')]), ['a', '…'])
})

test('cells and outputs beyond their number are marked as left out', () => {
  const many = read(Array.from({ length: 501 }, (_, index) => code(`${index}`)))
  assert.deepEqual([many.length, many.at(-2), many.at(-1)], [501, '499', '…'])
  assert.equal(read(Array.from({ length: 500 }, () => code('a'))).at(-1), 'a')
  const outputs = Array.from({ length: 21 }, (_, index) => ({ text: `${index}` }))
  assert.deepEqual(read([code('run()', ...outputs), code('b')]).slice(-3), ['19', '…', 'b'])
})

test('raw cells are neither shown nor counted', () => {
  assert.deepEqual(read([{ cell_type: 'raw', source: 'x'.repeat(500_000) }, code('a')]), ['a'])
})

test('outputs are shown as a terminal shows them, and errors in one line', () => {
  const text = ['\u001b[31mred\u001b[0m\n', '10%\r20%\r\n', 'done']
  const error = { output_type: 'error', ename: 'ValueError', evalue: 'too few', traceback: ['\u001b[0;31m…'] }
  assert.deepEqual(read([code('run()', { text }, error)]), ['run()', 'red\n20%\ndone', 'ValueError: too few'])
})
