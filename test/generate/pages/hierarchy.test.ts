import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagramsOf, faultOf } from '../../support/mermaid.ts'
import { component, document, edge, file, sample } from './sample.ts'

const base = file('src/a/base.ts', 'export class Base {}\nexport interface Shape {}\n')
const shapes = file('src/b/shapes.ts', 'export class Round {}\nexport class Square {}\nexport class Circle {}\n')
const components = [
  component(base, 'Base', { kind: 'class', doc: 'What all figures have.' }),
  component(base, 'Shape', { kind: 'interface', doc: 'What can be drawn.' }),
  ...['Round', 'Square', 'Circle'].map((name) =>
    component(shapes, name, { kind: 'class', doc: `Draws a ${name.toLowerCase()} figure on a sheet.` }),
  ),
]
const edges = [
  edge(`${shapes.path}#Round`, `${base.path}#Base`, { kind: 'extends' }),
  edge(`${shapes.path}#Square`, `${base.path}#Shape`, { kind: 'implements' }),
  edge(`${shapes.path}#Circle`, `${shapes.path}#Round`, { kind: 'extends' }),
]

function typesIn(input: ReturnType<typeof sample>): string[] {
  const { markdown, verification } = document(input)
  assert.deepEqual(verification.faults, [])
  return [...markdown].flatMap(([, text]) => diagramsOf(text)).filter((text) => text.startsWith('flowchart RL'))
}

test('the types of a module are drawn with their bases and subtypes', async () => {
  const input = sample([base, shapes], components, edges)
  const drawn = typesIn(input)
  assert.ok(drawn.length > 0)
  for (const text of drawn) {
    assert.equal(await faultOf(text), undefined)
    assert.equal(text.match(/ --> /g)?.length, 2)
    assert.equal(text.match(/ -\.-> /g)?.length, 1)
  }
  const page = [...document(input).markdown.values()].find((text) => text.includes('## Type hierarchy')) ?? ''
  assert.doesNotMatch(page, /^- /m, 'the diagram is not repeated as a list')
})

test('one inheritance is not drawn, nor what is in tests or guessed', () => {
  assert.deepEqual(typesIn(sample([base, shapes], components, edges.slice(0, 1))), [])
  const guessed = edges.map((one) => ({ ...one, origin: 'unique-name' as const }))
  assert.deepEqual(typesIn(sample([base, shapes], components, guessed)), [])
  assert.deepEqual(typesIn(sample([base, { ...shapes, role: 'test' }], components, edges)), [])
})

test('a type that is alone in the box of the rest has the same label as elsewhere', () => {
  const names = ['Root', ...Array.from({ length: 7 }, (_, index) => `Part${index}`), 'Last']
  const more = file('src/c/more.ts', names.map((name) => `export class ${name} {}\n`).join(''))
  const other = file('src/d/other.ts', 'export class Last {}\n')
  const all = [
    ...names.map((name, at) => component(more, name, { kind: 'class', startLine: at + 1, endLine: at + 1 })),
    component(other, 'Last', { kind: 'class' }),
  ]
  const to = `${more.path}#Root`
  const [drawn = ''] = typesIn(
    sample([more, other], all, [
      ...names.slice(1, 8).map((name) => edge(`${more.path}#${name}`, to, { kind: 'extends' })),
      edge(`${more.path}#Last`, to, { kind: 'implements' }),
      edge(`${other.path}#Last`, `${more.path}#Part0`, { kind: 'extends' }),
    ]),
  )
  assert.match(drawn, /Last #40;c\/more\.ts#41;/)
})

test('a family of hundreds is a few boxes and one for the rest, whose members are listed', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `Part${String(index).padStart(3, '0')}`)
  const many = file('src/many.ts', `export class Root {}\n${names.map((name) => `export class ${name} {}\n`).join('')}`)
  const parts = ['Root', ...names].map((name) => component(many, name, { kind: 'class' }))
  const [drawn = ''] = typesIn(
    sample(
      [many],
      parts,
      names.map((name) => edge(`${many.path}#${name}`, `${many.path}#Root`, { kind: 'extends' })),
    ),
  )
  assert.match(drawn, /\["and 295 more"\]/)
  assert.ok((drawn.match(/\["/g)?.length ?? 0) <= 40)
  assert.equal(await faultOf(drawn), undefined)
})

test('many families keep the diagram at forty boxes', async () => {
  const names = Array.from({ length: 120 }, (_, index) => `Part${index}`)
  const many = file('src/many.ts', names.map((name) => `export class ${name} {}\n`).join(''))
  const parts = names.map((name) => component(many, name, { kind: 'class' }))
  const chain = names
    .slice(1)
    .map((name, index) => edge(`${many.path}#${name}`, `${many.path}#Part${index}`, { kind: 'extends' }))
  const [drawn = ''] = typesIn(sample([many], parts, chain))
  assert.ok((drawn.match(/\["/g)?.length ?? 0) <= 40, drawn)
  assert.ok((drawn.match(/ --> /g)?.length ?? 0) >= 30)
  assert.equal(await faultOf(drawn), undefined)
})

test('what is mixed in has an arrow of its own', async () => {
  const mixed = edges.map((one) => (one.kind === 'implements' ? { ...one, kind: 'mixes-in' as const } : one))
  const input = sample([base, shapes], components, mixed)
  for (const text of typesIn(input)) {
    assert.equal(await faultOf(text), undefined)
    assert.equal(text.match(/ ==> /g)?.length, 1)
  }
  const pages = [...document(input).markdown.values()].join('\n')
  assert.match(pages, /mixes in \[`Shape`\]/)
  assert.match(pages, /mixed into for example \[`Square`\]/)
})
