import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blockAt, packBlocks } from '#generate/file-blocks.ts'
import type { Block } from '#generate/model.ts'

test('packed blocks are the same when they are read', () => {
  const blocks: Block[] = [
    { kind: 'branch', parent: -1, startLine: 3, endLine: 900, heads: [{ kind: 'if', start: 9, end: 14 }] },
    { kind: 'nested', parent: 0, startLine: 4, endLine: 4, name: 'run' },
    { kind: 'loop', parent: 1, startLine: 4, endLine: 4 },
  ]
  const packed = packBlocks(blocks)
  assert.deepEqual(
    blocks.map((_, index) => blockAt(packed, index)),
    blocks,
  )
  for (const index of [-1, blocks.length]) assert.equal(blockAt(packed, index), undefined)
})
