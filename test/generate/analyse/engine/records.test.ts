import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRecords } from '#generate/analyse/engine/records.ts'
import type { Matches } from '#generate/analyse/load-matcher.ts'

/** The records of a node with one match for each main capture, each with a part of its own. */
function recordsOf(...mains: string[]): string[] {
  const captures = [...mains, 'arg']
  const matches = {
    nodes: { size: 3, starts: [0, 1, 2], ends: [9, 2, 3] },
    captures,
    names: {},
    each: (take: (captures: number[], captured: number[], count: number) => void) => {
      for (const index of mains.keys()) take([index, mains.length], [0, index + 1], 2)
    },
  } as unknown as Matches
  return readRecords(matches).map(({ main, args }) => `${main} ${args?.map(({ id }) => id)}`)
}

test('of two meanings of a node, one wins in either order, and the parts of the other are dropped', () => {
  for (const [strong, weak] of [
    ['skip', 'import'],
    ['skip', 'call'],
    ['import', 'call'],
    ['call', 'ref'],
  ] as const) {
    assert.deepEqual(recordsOf(strong, weak), [`${strong} 1`])
    assert.deepEqual(recordsOf(weak, strong), [`${strong} 2`])
  }
})

test('several patterns for one meaning add their parts to it', () => {
  assert.deepEqual(recordsOf('call', 'call'), ['call 1,2'])
})
