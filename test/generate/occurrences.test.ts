import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packBlocks } from '#generate/file-blocks.ts'
import type { Block, Edge, FileUses, Use } from '#generate/model.ts'
import { Occurrences } from '#generate/occurrences.ts'

const edge = (from: string, to: string, kind: Edge['kind'] = 'calls'): Edge => {
  return { from, to, kind, origin: 'import', confidence: 1 }
}
const use = (from: string, to: string, order: number, block = -1, kind: Edge['kind'] = 'calls'): Use => {
  return { from, to, kind, line: order + 1, column: 1, order, block }
}
const inFile = (uses: Use[], blocks: Block[] = []): FileUses => ({
  uses,
  blocks: packBlocks(blocks),
  bindings: [],
})

test('uses are found by both ends and by their start; those of dropped edges are gone', () => {
  const uses = inFile([use('a#f', 'b#g', 0), use('a#f', 'b#h', 1), use('a#f', 'b#g', 2), use('a#f', 'gone', 3)])
  const made = Occurrences.of([edge('a#f', 'b#g'), edge('a#f', 'b#h')], new Map([['a', uses]]))
  assert.deepEqual(
    made.usesOf('a#f', 'b#g').map(({ file, line }) => [file, line]),
    [
      ['a', 1],
      ['a', 3],
    ],
  )
  assert.deepEqual(
    made.usesIn('a#f').map(({ to }) => to),
    ['b#g', 'b#g', 'b#h'],
  )
  assert.deepEqual(made.usesIn('gone'), [])
})

test('each use is of the edge with its ends and its kind, in whichever order edges and files are given', () => {
  const edges = [edge('a#f', 'b#h'), edge('a#f', 'b#g', 'references'), edge('c#k', 'b#g'), edge('a#f', 'b#g')]
  const files = new Map([
    ['c', inFile([use('c#k', 'b#g', 0)])],
    ['a', inFile([use('a#f', 'b#h', 0), use('a#f', 'b#g', 1, -1, 'references'), use('a#f', 'b#g', 2)])],
  ])
  const made = Occurrences.of(edges, files)
  assert.deepEqual(
    edges.map((_, index) => made.ofEdge(index).map(({ file, order }) => `${file} ${order}`)),
    [['a 0'], ['a 1'], ['c 0'], ['a 2']],
  )
})

test('many uses of many edges are kept in their order', () => {
  const names = Array.from({ length: 40 }, (_, index) => `b#f${index}`)
  const all = Array.from({ length: 4_000 }, (_, order) => use('a#f', names[(order * 7) % 40] ?? '', order, order % 3))
  const made = Occurrences.of(
    names.map((to) => edge('a#f', to)),
    new Map([['a', inFile(all)]]),
  )
  for (const [index, name] of names.entries()) {
    const own = all.filter(({ to }) => to === name).map(({ order, block }) => `${order} ${block}`)
    assert.deepEqual(
      made.ofEdge(index).map(({ order, block }) => `${order} ${block}`),
      own,
    )
  }
})

test('of one edge the first thousand uses are kept', () => {
  const uses = inFile(Array.from({ length: 1_500 }, (_, order) => use('a#f', 'b#g', order)))
  const found = Occurrences.of([edge('a#f', 'b#g')], new Map([['a', uses]])).usesIn('a#f')
  assert.equal(found.length, 1_000)
  assert.equal(found.at(-1)?.order, 999)
})

test('the blocks around a use are given from inside to outside, as they were', () => {
  const blocks: Block[] = [
    { kind: 'loop', parent: -1, startLine: 1, endLine: 9 },
    { kind: 'branch', parent: 0, startLine: 2, endLine: 3 },
    { kind: 'nested', parent: 0, startLine: 4, endLine: 6, name: 'run' },
  ]
  const made = Occurrences.of([edge('a#f', 'b#g')], new Map([['a', inFile([use('a#f', 'b#g', 0, 1)], blocks)]]))
  const [found] = made.usesIn('a#f')
  assert.ok(found)
  assert.deepEqual(made.blocksAround(found), [blocks[1], blocks[0]])
  assert.deepEqual(made.blocksOf('a'), blocks)
})

test('places behind other edges are those of the edges that each stands for, by file and order', () => {
  const files = new Map([
    ['a', inFile([use('a#f', 'b#g', 0), use('a#f', 'b#h', 1), use('a#f', 'b#g', 2)])],
    [
      'c',
      {
        ...inFile([use('c#k', 'b#h', 4)]),
        bindings: [{ name: 'h', imported: null, module: './b', to: 'b#h', line: 1 }],
      },
    ],
  ])
  const edges = [edge('a#f', 'b#g'), edge('a#f', 'b#h'), edge('c#k', 'b#h')]
  const idOf = (id: string): string | null => (id === 'b#h' ? 'b#g' : id)
  const made = Occurrences.of(edges, files).regrouped([edge('a#f', 'b#g'), edge('c#k', 'b#g')], [[0, 1], [2]], idOf)
  assert.deepEqual(
    made.usesOf('a#f', 'b#g').map(({ line, to }) => `${line} ${to}`),
    ['1 b#g', '2 b#g', '3 b#g'],
  )
  assert.deepEqual(
    made.usesIn('c#k').map(({ file, line }) => `${file} ${line}`),
    ['c 5'],
  )
  assert.equal(made.bindingsOf('c')[0]?.to, 'b#g')
})
