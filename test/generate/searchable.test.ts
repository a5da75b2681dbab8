import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Analysis, Component, IndexEntry, Inventory, Module, Page, SourceFile } from '#generate/model.ts'
import { searchablePages, searchableSymbols } from '#generate/search-input.ts'
import { standingsOf } from '#generate/search-standings.ts'
import { searchableDocuments, searchableFileDocs } from '#generate/searchable-documents.ts'

const ROLES = {
  'src/samples/a.ts': 'code',
  'src/a.rs': 'code',
  'src/benches/b.rs': 'code',
  'examples/c.ts': 'example',
  'test/d.ts': 'test',
} as const

const inventory = {
  files: Object.entries(ROLES).map(([path, role]) => ({ path, role }) as SourceFile),
} as Inventory
const standings = standingsOf(inventory)

test('a page stands as the best of the files below its module', () => {
  const leaf = (id: string, files: string[]): Module => ({ id, slug: id, title: id, path: id, files, children: [] })
  const tests = leaf('tests', ['test/d.ts'])
  const mixed: Module = { ...leaf('mixed', []), children: [tests, leaf('more', ['examples/c.ts'])] }
  const root: Module = {
    ...leaf('root', []),
    children: [mixed, leaf('src', ['src/a.rs', 'test/d.ts']), leaf('none', [])],
  }
  const pageOf = (module: string | null, about: Page['about'] = 'module'): Page => ({
    ...{ file: `${module}.md`, title: `${module}`, module, about, markdown: '' },
  })
  const pages = [pageOf(null, 'overview'), ...['tests', 'mixed', 'src', 'none'].map((id) => pageOf(id))]
  const rendered = { headings: [{ depth: 1, id: 'a', text: 'A' }], sections: [{ id: 'a', text: 'All.' }] }
  const results = [...pages, pageOf(null, 'symbols')].map(() => rendered) as unknown as Parameters<
    typeof searchablePages
  >[1]
  const changes = { ...pageOf(null, 'guide'), title: 'Release notes 2.0' }
  const [guide, past] = searchablePages([{ ...changes, title: 'Notes' }, changes], results, root, standings)
  assert.deepEqual([guide?.standing, past?.standing], ['own', 'aside'])
  const found = searchablePages([...pages, pageOf(null, 'symbols')], results, root, standings)
  assert.deepEqual(
    found.map(({ standing, headings }) => [standing, headings.length]),
    [
      ['own', 1],
      ['test', 1],
      ['aside', 1],
      ['own', 1],
      ['own', 1],
      ['aside', 0],
    ],
  )
})

test('a symbol stands as its file, or as the module of tests it is in; guesses count for no use', () => {
  const names = ['src/a.rs#a', 'src/a.rs#tests.a', 'src/benches/b.rs#b', 'src/samples/a.ts#tests.a', 'test/d.ts#d']
  const components = names.map((id): Component => {
    const [file = '', qualifiedName = ''] = id.split('#')
    return {
      ...{ id, kind: 'function', name: 'a', qualifiedName, file, startLine: 1, endLine: 1, exported: true },
      ...{ visibility: 'public', signature: '', doc: null, parent: null },
    }
  })
  const edge = { from: 'test/d.ts#d', to: 'src/a.rs#a', confidence: 1 }
  const edges: Analysis['edges'] = [
    { ...edge, kind: 'calls', origin: 'import' },
    { ...edge, kind: 'references', origin: 'unique-name' },
  ]
  const index = components.map(
    ({ id, kind, file }): IndexEntry => ({ id, kind, file, start_line: 1, end_line: 1, page: 'a.md', anchor: 'a' }),
  )
  const values = new Map([['src/a.rs#a', 'a = 1']])
  const symbols = searchableSymbols(index, { components, edges } as Analysis, standings, values)
  assert.deepEqual(
    symbols.flatMap(({ value }) => value ?? []),
    ['a = 1'],
  )
  assert.deepEqual(
    symbols.map(({ standing, uses }) => [standing, uses]),
    [
      ['own', 1],
      ['test', 0],
      ['aside', 0],
      ['own', 0],
      ['test', 0],
    ],
  )
})

test('documents of the repository are found by their sections, and lead to their lines', () => {
  const documents = {
    files: [
      { path: 'docs/a.rst', role: 'docs', text: 'Title\n=====\n\nWords.\n' },
      { path: 'README.md', role: 'docs', text: '# Read\n' },
      { path: 'test/b.md', role: 'test', text: '# No\n' },
      { path: '.meta/.readme.rst', role: 'docs', text: 'Title\n=====\n\nWords.\n' },
    ] as SourceFile[],
  } as Inventory
  assert.deepEqual(
    searchableDocuments(documents, (file) => (file === 'README.md' ? null : `${file}#L{line}`)),
    [
      ['docs/a.rst', 'own'],
      ['.meta/.readme.rst', 'aside'],
    ].map(([file, standing]) => ({
      title: 'Title',
      line: 1,
      text: 'Words.',
      file,
      lineAt: `${file}#L{line}`,
      standing,
    })),
  )
})

test('headings in the comments at the heads of files are found, and lead to their lines', () => {
  const doc = 'A tutorial.\n\n# Setup\n\nAdd it.\n\n```text\n# no heading\n```\n\n## Reading `CSV`\n\nRead.'
  const text = `//! ${doc.replaceAll('\n', '\n//! ')}\n`
  const paths = ['src/tutorial.rs', 'examples/c.ts', 'test/d.ts', 'src/unlinked.rs', 'src/plain.rs']
  const files = paths.map((path) => ({ path, role: 'code', text }) as SourceFile)
  const fileDocs = Object.fromEntries(paths.map((path) => [path, path === 'src/plain.rs' ? 'No heading.' : doc]))
  const found = searchableFileDocs({ files } as Inventory, { fileDocs }, standings, (file) =>
    file === 'src/unlinked.rs' ? null : `${file}#L{line}`,
  )
  assert.deepEqual(
    found.map(({ file, line, title, text, standing }) => [file, line, title, text, standing]),
    [
      ['src/tutorial.rs', 3, 'Setup', 'Add it. # no heading', 'own'],
      ['src/tutorial.rs', 11, 'Reading CSV', 'Read.', 'own'],
      ['examples/c.ts', 3, 'Setup', 'Add it. # no heading', 'aside'],
      ['examples/c.ts', 11, 'Reading CSV', 'Read.', 'aside'],
    ],
  )
})
