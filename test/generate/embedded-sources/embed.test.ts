import assert from 'node:assert/strict'
import { test } from 'node:test'
import { embedSources } from '#generate/embedded-sources/embed-sources.ts'
import { annotationsOf } from '#generate/embedded-sources/source-annotations.ts'
import { component, document, file, sample } from '../pages/sample.ts'

const LIMITS = { maxFileBytes: 100, maxLines: 10, maxTotalBytes: 120, maxPathCharacters: 1_000 }

test('every file with a text is kept, in the order of paths', () => {
  const kept = embedSources({ files: [file('src/b.ts', 'b\n'), file('a.md', '# A\n'), file('logo.png', null)] })
  assert.deepEqual(
    kept.files.map(({ name, path, text }) => [name, path, text]),
    [
      ['a.md', 'a.md', '# A\n'],
      ['src/b.ts', 'src/b.ts', 'b\n'],
    ],
  )
  assert.equal(kept.bytes, 6)
  assert.deepEqual(kept.leftOut, [])
})

test('what is over a limit is left out and told; code goes before documents, and those before tests and data', () => {
  const files = [
    file('a.data', 'd'.repeat(30), { role: 'data' }),
    file('b.md', 'm'.repeat(30)),
    file('large.ts', 'l'.repeat(101)),
    file('lines.ts', '\n'.repeat(11)),
    file('src/a.ts', 'a'.repeat(50)),
    file('src/a.test.ts', 't'.repeat(50)),
  ]
  const { files: kept, leftOut, link } = embedSources({ files }, LIMITS)
  assert.deepEqual(
    kept.map(({ path }) => path),
    ['a.data', 'b.md', 'src/a.ts'],
  )
  assert.deepEqual(leftOut, [
    { path: 'large.ts', reason: 'too large' },
    { path: 'lines.ts', reason: 'too many lines' },
    { path: 'src/a.test.ts', reason: 'over the limit' },
  ])
  assert.equal(link('large.ts', 1, 1), null)
})

test('paths are limited together', () => {
  const files = ['a', 'b', 'c'].map((name) => file(`${name.repeat(40)}.ts`, 'x'))
  const { files: kept, leftOut } = embedSources({ files }, { ...LIMITS, maxPathCharacters: 90 })
  assert.deepEqual([kept.length, leftOut], [2, [{ path: `${'c'.repeat(40)}.ts`, reason: 'over the limit' }]])
})

test('links name the file, a line, or several', () => {
  const { link } = embedSources({ files: [file('src/a.ts', 'a\nb\n'), file('a b.ts', 'x')] })
  assert.equal(link('src/a.ts'), 'source/src/a.ts')
  assert.equal(link('src/a.ts', 2, 2), 'source/src/a.ts#L2')
  assert.equal(link('src/a.ts', 1, 2), 'source/src/a.ts#L1-L2')
  assert.match(link('a b.ts', 1, 1) ?? '', /^source\/~\/a-b-[0-9a-f]{12}\.ts#L1$/)
  for (const path of ['gone.ts', '', '__proto__']) assert.equal(link(path), null)
})

test('pages link to the kept text and the check finds nothing; the file knows its page and its entries', () => {
  const a = file('src/a.ts', 'export class A {\n  run() {}\n}\nexport function b() {}\n')
  const guide = file('docs/guide.md', '# Guide\n')
  const readme = file('README.md', '# Orbit\n\nOrbit computes orbits of all kinds, see [the guide](docs/guide.md).\n')
  const given = sample(
    [a, guide, readme],
    [
      component(a, 'A', { endLine: 3 }),
      component(a, 'A.run', { doc: 'Goes around the planet once.' }),
      component(a, 'b'),
    ],
  )
  const kept = embedSources(given.inventory)
  const whole = document(given, kept)
  assert.deepEqual(whole.verification.faults, [])
  const all = [...whole.markdown.values()].join('\n')
  for (const url of ['source/docs/guide.md', 'source/src/a.ts#L1-L3', 'source/src/a.ts#L4']) {
    assert.ok(all.includes(`(${url})`), `${url} in ${all}`)
  }
  assert.match(all, /\[the guide\]\(source\/docs\/guide\.md\)/)
  const index = JSON.parse(whole.data.get('index.json') ?? '')
  assert.equal(index.find((entry: { id: string }) => entry.id === 'src/a.ts#A').source, 'source/src/a.ts#L1-L3')
  assert.deepEqual(JSON.parse(whole.data.get('sources.json') ?? '').files.at(-1), {
    path: 'src/a.ts',
    name: 'src/a.ts',
  })
  assert.match(whole.data.get('llms.txt') ?? '', /\(sources\.json\)/)
  const marks = annotationsOf({ ...whole.written, pages: whole.pages, graph: given.analysis }).get('src/a.ts')
  assert.ok(marks?.home !== null && whole.markdown.has(marks?.home?.page ?? ''))
  assert.deepEqual(
    marks?.symbols.map(([line, , name]) => [line, name]),
    [
      [1, 'A'],
      [2, 'A.run'],
      [4, 'b'],
    ],
  )
  assert.deepEqual(marks?.spans, [[1, 3]])
})
