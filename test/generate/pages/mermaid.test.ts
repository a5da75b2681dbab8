import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Module } from '#generate/model.ts'
import { type Arrow, drawChart, escapeLabel } from '#generate/pages/drawing/mermaid.ts'
import { drawHierarchy } from '#generate/pages/drawing/mermaid-types.ts'
import { chartOf } from '#generate/pages/module/module-chart.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
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

test('a chart has the strongest arrows, and says how many there are', () => {
  const all = [...'bcdefghijklmnopqrst'].map((to, at): Arrow => ({ from: 'a', to, weight: 1 + ((at * 7) % 19) }))
  const chart = drawChart(boxesOf('abcdefghijklmnopqrst'), all, null)
  assert.deepEqual([chart?.drawn, chart?.total], [15, 19])
  const strong = all.filter(({ weight }) => weight >= 5).map(({ to }) => to)
  assert.deepEqual(
    chart?.boxes.map(({ key }) => key),
    ['a', ...strong],
  )
  const chain = drawChart(boxesOf('abc'), arrowsOf('ab90 bc80 ac70'), null)
  assert.match(chain?.mermaid ?? '', /n1 --> n3/, 'also what two heavier ones connect')
  assert.equal(drawChart(boxesOf('abc'), arrowsOf('ab90 bc80'), null), null)
})

test('a long label is not cut inside a character', () => {
  assert.doesNotMatch(escapeLabel(`${'🚀'.repeat(70)}!`), /#5\d{4};/)
})

test('a chart has at most forty boxes', () => {
  const many = Array.from({ length: 90 }, (_, index) => String.fromCodePoint(0x4e00 + index))
  const star = many.slice(1).map((to) => ({ from: many[0] ?? '', to, weight: 1 }))
  const chart = drawChart(boxesOf(many.join('')), star, null)
  assert.ok(chart !== null && chart.boxes.length <= 40, `${chart?.boxes.length}`)
})

test('the chart of a module of tests has the arrows from its tests, that of other modules has none', () => {
  const chartWith = (role: string): string => {
    const [top, kit, tests, core] = ['top', 'kit', 'tests', 'core'].map((id) => ({
      id,
      title: id,
      path: id,
    })) as Module[]
    const paths = ['kit/k.go', 'tests/all.go', 'tests/a.go', 'tests/b.go', 'tests/c.go', 'core/c.go']
    const owner = (path: string): Module | undefined => [kit, tests, core].find((one) => path.startsWith(one?.id ?? ''))
    const filesOf = (...all: (Module | undefined)[]): string[] => paths.filter((path) => all.includes(owner(path)))
    const filesIn = new Map([
      [top, filesOf(kit, tests)],
      ...[kit, tests, core].map((one) => [one, filesOf(one)] as const),
    ] as [Module, string[]][])
    const roleOf = (path: string): string => (/tests\/[abc]/.test(path) ? role : 'code')
    const repo = {
      files: new Map(paths.map((path) => [path, { path, role: roleOf(path) }])),
      leaves: new Map(paths.map((path) => [path, owner(path)])),
      around: new Map([
        [top, [top]],
        [kit, [top, kit]],
        [tests, [top, tests]],
        [core, [core]],
      ]),
      filesIn,
      codeIn: new Map([...filesIn].map(([one, all]) => [one, all.filter((path) => roleOf(path) === 'code')])),
      links: new Map([
        [
          'kit/k.go',
          new Map([
            ['core/c.go', 1],
            ['tests/all.go', 1],
          ]),
        ],
        ['tests/a.go', new Map([['kit/k.go', 9]])],
        ['tests/all.go', new Map([['core/c.go', 1]])],
      ]),
      linksTo: new Map(),
    }
    return chartOf(repo as unknown as RepoIndex, top as Module, false)?.mermaid ?? ''
  }
  assert.match(chartWith('test'), /n2\["kit"\][\s\S]*n3\["tests"\][\s\S]*n3 --> n2/)
  assert.doesNotMatch(chartWith('example'), /n3 --> n2/)
})
