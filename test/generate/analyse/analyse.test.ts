import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import type { LanguageAnalyser } from '#generate/analyse/analyser.ts'
import type { Component, Edge } from '#generate/model.ts'
import { inventoryOf } from './inventory-of.ts'

const context = { signal: new AbortController().signal, onProgress: () => {} }

function component(id: string, parent: string | null = null): Component {
  const [file = '', name = ''] = id.split('#')
  const rest = { startLine: 1, endLine: 1, exported: true, visibility: 'public' as const, signature: name, doc: null }
  return { id, kind: 'function', name, qualifiedName: name, file, parent, ...rest }
}

const edge = (
  from: string,
  to: string,
  kind: Edge['kind'],
  confidence = 1,
  origin: Edge['origin'] = 'import',
): Edge => ({
  from,
  to,
  kind,
  origin,
  confidence,
})

function fake(
  components: Component[],
  edges: Edge[],
  engine: 'compiler' | 'tree-sitter' = 'compiler',
): LanguageAnalyser {
  const report = {
    language: 'c',
    engine,
    files: 1,
    components: 0,
    callsResolved: 0,
    callsUnresolved: 0,
  }
  return {
    languages: ['c'],
    analyse: async () => ({
      components,
      edges,
      exports: {},
      fileDocs: { 'a.c': 'Doc' },
      reports: [{ ...report, failed: [] }],
      fileReads: new Map(),
      fileUses: new Map(),
    }),
  }
}

test('components and edges are sorted, unique and sound', async () => {
  const inventory = await inventoryOf({ 'a.c': '', 'b.c': '', 'test/a.c': '', 'readme.md': '' })
  const analyser = fake(
    [component('b.c#f'), component('a.c#g', 'a.c#gone'), component('b.c#f')],
    [
      edge('b.c#f', 'a.c#g', 'calls', 0.5, 'unique-name'),
      edge('b.c#f', 'a.c#g', 'calls', 1),
      edge('b.c#f', 'b.c#f', 'calls'),
      edge('a.c#g', 'a.c#missing', 'calls'),
      edge('test/a.c', 'b.c#f', 'calls'),
      edge('test/a.c', 'a.c#g', 'calls', 0.5, 'unique-name'),
    ],
  )
  const analysis = await analyse(inventory, context, [analyser])
  assert.deepEqual(
    analysis.components.map(({ id, parent }) => [id, parent]),
    [
      ['a.c#g', null],
      ['b.c#f', null],
    ],
  )
  assert.deepEqual(analysis.edges, [
    edge('b.c#f', 'a.c#g', 'calls', 1),
    edge('test/a.c', 'a.c#g', 'calls', 0.5, 'unique-name'),
    edge('test/a.c', 'b.c', 'tests'),
    edge('test/a.c', 'b.c#f', 'calls'),
  ])
  assert.deepEqual(
    analysis.reports.map(({ language, engine, files }) => [language, engine, files]),
    [
      ['c', 'compiler', 1],
      ['markdown', 'listed', 1],
    ],
  )
})

test('one language never leads to another by a name, and the same input gives the same bytes', async () => {
  const texts = {
    'a.py': 'def shared():\n    return 1\n\n\ndef caller():\n    return shared()\n',
    'a.ts': 'export function caller(): void { shared() }\ndeclare function shared(): void\n',
    'b.js': 'shared()\n',
  }
  const analysis = await analyse(await inventoryOf(texts), context)
  assert.deepEqual(
    analysis.edges.map(({ from, to }) => `${from} ${to}`),
    ['a.py#caller a.py#shared', 'a.ts#caller a.ts#shared'],
  )
  const reversed = Object.fromEntries(Object.entries(texts).reverse())
  assert.equal(JSON.stringify(await analyse(await inventoryOf(reversed), context)), JSON.stringify(analysis))
})

test('progress only grows and ends at the number of analysed files', async () => {
  const inventory = await inventoryOf({ 'a.ts': '', 'b.ts': '', 'c.py': '', 'd.md': '' })
  const seen: number[] = []
  await analyse(inventory, { ...context, onProgress: (done, total) => void seen.push(done, total) })
  assert.ok(seen.every((value, index) => (index % 2 === 1 ? value === 3 : value >= (seen[index - 2] ?? 0))))
  assert.equal(seen.at(-2), 3)
})

test('code has nothing of a test that it does not import', async () => {
  const inventory = await inventoryOf({ 'a.c': '', 'b.c': '', 'test/a.c': '' })
  const components = [component('a.c#f'), component('b.c#g'), component('test/a.c#t'), component('test/a.c#u')]
  const given = [
    edge('a.c#f', 'test/a.c#t', 'implements', 0.95, 'inheritance'),
    edge('b.c', 'test/a.c', 'imports'),
    edge('b.c#g', 'test/a.c#t', 'calls'),
    edge('test/a.c#u', 'test/a.c#t', 'calls', 1, 'same-file'),
  ]
  const found = async (engine: 'compiler' | 'tree-sitter'): Promise<string[]> => {
    const { edges } = await analyse(inventory, context, [fake(components, given, engine)])
    return edges.filter(({ kind }) => kind !== 'tests').map(({ from, to }) => `${from} ${to}`)
  }
  const imported = ['b.c test/a.c', 'b.c#g test/a.c#t', 'test/a.c#u test/a.c#t']
  assert.deepEqual(await found('tree-sitter'), imported)
  // A compiler knows: something in a test may add to what all code sees.
  assert.deepEqual(await found('compiler'), ['a.c#f test/a.c#t', ...imported])
})

test('an analyser that fails while another one is loaded fails the analysis, and nothing beside it', async (t) => {
  const unhandled = t.mock.fn()
  process.on('unhandledRejection', unhandled)
  t.after(() => process.off('unhandledRejection', unhandled))
  const failing: LanguageAnalyser = { languages: ['c'], analyse: () => Promise.reject(new Error('broken')) }
  const slow: LanguageAnalyser = {
    ...fake([], []),
    languages: ['java'],
    load: () => new Promise((resolve) => setTimeout(resolve, 20)),
  }
  const inventory = await inventoryOf({ 'a.c': 'int a;\nint b;\nint c;\n', 'A.java': 'class A {}\n' })
  await assert.rejects(analyse(inventory, context, [failing, slow]), /broken/)
  assert.equal(unhandled.mock.callCount(), 0)
})

test('the comment of a file is told without a line that only names the file', async () => {
  const docOf = async (doc: string): Promise<string | undefined> => {
    const base = fake([], [])
    const analyser: LanguageAnalyser = {
      ...base,
      analyse: async (...given) => ({ ...(await base.analyse(...given)), fileDocs: { 'src/a.c': doc } }),
    }
    const { fileDocs } = await analyse(await inventoryOf({ 'src/a.c': 'int a;\n' }), context, [analyser])
    return fileDocs['src/a.c']
  }
  assert.equal(await docOf('src/a.c\nPlans burns.'), 'Plans burns.')
  assert.equal(await docOf('./a.c'), undefined)
  assert.equal(await docOf('b.c\nPlans burns.'), 'b.c\nPlans burns.')
})
