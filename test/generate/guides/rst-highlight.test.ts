import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Blocks, type RstDocument } from '#generate/guides/rst/blocks.ts'

test('a highlight directive gives the language of the literal blocks below it', () => {
  const document = {
    path: 'a.rst',
    urls: new Map(),
    anonymous: [],
    substitutions: new Map(),
    nodesLeft: 9,
    module: null,
  }
  const more = { styles: [], lists: [], pending: [], including: new Set() }
  const text = 'Code::\n\n  a = f(1)\n\n.. highlight:: c\n\nCode::\n\n  a = f(1);\n\nRun::\n\n  $ make\n'
  const blocks = new Blocks({ ...document, ...more } as unknown as RstDocument).read(text.split('\n'))
  assert.deepEqual(
    blocks.flatMap((block) => (block.type === 'code' ? [block.lang] : [])),
    ['python', 'c', 'console'],
  )
})
