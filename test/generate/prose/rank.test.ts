import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rank } from '#generate/prose/rank.ts'

test('ranks a node above those that use it', () => {
  const uses = new Map([
    [
      'a',
      new Map([
        ['base', 1],
        ['b', 1],
      ]),
    ],
    ['b', new Map([['base', 1]])],
    ['c', new Map([['base', 1]])],
    ['base', new Map<string, number>()],
  ])
  const ranks = rank([...uses.keys()], (node) => uses.get(node) ?? new Map())
  const of = (node: string): number => ranks.get(node) ?? 0
  assert.ok(of('base') > of('b'))
  assert.ok(of('b') > of('a'))
})
