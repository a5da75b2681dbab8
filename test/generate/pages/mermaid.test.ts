import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Arrow, drawChart } from '#generate/pages/drawing/mermaid.ts'
import { drawHierarchy } from '#generate/pages/drawing/mermaid-types.ts'
import { faultOf } from '../../support/mermaid.ts'

const label = fc.oneof(
  fc.constantFrom(
    'end',
    'loop x',
    'alt',
    'note over p1: x',
    'participant p9 as x',
    'a;b',
    'a#59;b',
    '%%{init}%%',
    '%% x',
    '->>',
    'p1->>p2: x',
    'activate p1',
    'as',
    ':',
    '"',
    "'",
    '<br>',
    '<script>',
    'a\nend',
    'style n1 fill:#f00',
    'operator()',
    '~Foo',
    'subgraph',
    'autonumber',
    '{}',
    '[',
    '🔥',
    '',
  ),
  fc.string({ maxLength: 10, unit: 'binary' }),
)

test('mermaid reads diagrams of types whatever the names are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(label, { minLength: 3, maxLength: 8 }), async (labels) => {
      const boxes = labels.map((text, index) => ({ label: text, components: [`c${index}`] }))
      const arrows = labels.map((_, index) => ({ from: `c${index}`, to: `c${(index + 1) % labels.length}` }))
      const types = drawHierarchy(
        boxes.map((box, index) => ({ ...box, key: `c${index}`, inside: index % 2 === 0 })),
        arrows.map(({ from, to }, index) => ({ from, to, kind: index % 2 === 0 ? 'extends' : 'implements' })),
      ).mermaid
      assert.equal(await faultOf(types), undefined, types)
    }),
    { numRuns: 40 },
  )
})

const boxesOf = (keys: string): { key: string; label: string; files: string[]; inside: boolean }[] =>
  [...keys].map((key) => ({ key, label: key, files: [key], inside: true }))
const arrowsOf = (words: string): Arrow[] =>
  words.split(' ').map((word) => ({ from: word[0] ?? '', to: word[1] ?? '', weight: Number(word.slice(2)) }))

test('a dozen arrows are all drawn', () => {
  const chart = drawChart(boxesOf('abcd'), arrowsOf('ab1 ac1 ad1 ba1 bc1 bd1 ca1 cb1 cd1 da1 db1 dc1'), null)
  assert.equal(chart?.drawn, 12)
})

test('of many arrows the weak ones between boxes that are there are left out, and those that two heavier ones make up', () => {
  const keys = 'abcdefgh'
  const mesh = [...keys].flatMap((from, i) =>
    [...keys].flatMap((to, j) => (from === to ? [] : [{ from, to, weight: 100 - 8 * Math.abs(i - j) - i }])),
  )
  const chart = drawChart(boxesOf(keys), mesh, null)
  assert.equal(chart?.total, 56)
  assert.equal(chart?.drawn, 12)
  assert.deepEqual(chart?.boxes.map(({ key }) => key).join(''), keys, 'no box is lost')
  const chain = arrowsOf('ab90 bc80 ac70 cd60 ad5 de9 ef9 fg9 gh9 hi9 ij9 jk9 kl9')
  const labels = drawChart(boxesOf('abcdefghijkl'), chain, null)?.mermaid ?? ''
  assert.match(labels, /n1 -->\|90\| n2/)
  assert.doesNotMatch(labels, /n1 -->\|70\| n3/, 'a to b to c says it')
  assert.match(labels, /n1 -->\|5\| n4/, 'no two arrows make it up')
})

test('a chart has at most forty boxes', () => {
  const many = Array.from({ length: 90 }, (_, index) => String.fromCodePoint(0x4e00 + index))
  const star = many.slice(1).map((to) => ({ from: many[0] ?? '', to, weight: 1 }))
  const chart = drawChart(boxesOf(many.join('')), star, null)
  assert.ok(chart !== null && chart.boxes.length <= 40, `${chart?.boxes.length}`)
})

test('what a tool has to do with the rest is drawn only where it is much', () => {
  const box = (key: string, isTool = false) => ({ key, label: key, files: [key], inside: true, isTool })
  const boxes = [box('a'), box('b'), box('build', true), box('bench', true)]
  const arrows = [
    { from: 'a', to: 'b', weight: 1 },
    { from: 'build', to: 'a', weight: 2 },
    { from: 'bench', to: 'b', weight: 40 },
  ]
  const chart = drawChart(boxes, arrows, null)
  assert.deepEqual(
    chart?.boxes.map(({ key }) => key),
    ['a', 'b', 'bench'],
  )
  assert.deepEqual([chart?.drawn, chart?.total], [2, 3])
})
