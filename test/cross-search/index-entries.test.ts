import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entriesOf, MAX_CHARS } from '#cross-search/index-entries.ts'
import type { Row, SearchIndex } from '#search/index-format.ts'
import type { Manifest } from '#store/model.ts'
import type { PublicApi } from '#store/public-api.ts'

const manifest = { key: 'k', repo_url: 'u', full_name: 'n', pages: [] } as unknown as Manifest
const row = (title: string, line: number, anchor = title): Row => [title, 0, 0, anchor, 0, line, 1, '']

/** Names and lines of definitions, and the anchors of the rows that they get. */
function anchorsOf(definitions: readonly (readonly [name: string, line: number])[], rows: Row[]): string[] {
  const api = {
    ...{ version: 1, commit: '', packages: [], settings: [], commands: [], modules: [] },
    definitions: definitions.map(([name, line]) => ({
      name,
      line,
      kind: 'function',
      file: 'a.js',
      visibility: 'public',
    })),
  } as unknown as PublicApi
  const search = { rows, pages: [['overview.md', '']], kinds: ['function'], files: ['a.js'], lines: [null] }
  const { entries } = entriesOf({ jobId: 'j', manifest, api, search: search as unknown as SearchIndex })
  return entries.map(({ anchor }) => anchor)
}

test('a name gets the first free row of its line, by the whole title or its end', () => {
  const rows = [
    row('Router.match(Request)', 1),
    row('match', 1, 'second'),
    row('a::b', 1),
    row('rematch', 1),
    row('match', 2),
  ]
  assert.deepEqual(
    anchorsOf(
      [
        ['match', 1],
        ['match', 1],
        ['match', 1],
      ],
      rows,
    ),
    ['Router.match(Request)', 'second'],
  )
  assert.deepEqual(
    anchorsOf(
      [
        ['Router.match', 1],
        ['match', 1],
        ['b', 1],
        ['other', 1],
      ],
      rows,
    ),
    ['Router.match(Request)', 'second', 'a::b'],
  )
  assert.deepEqual(
    anchorsOf(
      [
        ['match', 2],
        ['match', 3],
      ],
      rows,
    ),
    ['match'],
  )
})

test('names of one line do not read the rows of each other', () => {
  const names = Array.from({ length: 1_000 }, (_, n) => `name${n}`)
  let reads = 0
  const counted = (name: string): Row =>
    Object.defineProperty(row(name, 1), 0, {
      get: () => {
        reads++
        return name
      },
    })
  const rows = names.toReversed().map(counted)
  assert.deepEqual(
    anchorsOf(
      names.map((name) => [name, 1]),
      rows,
    ).sort(),
    names.toSorted(),
  )
  assert.ok(reads <= 5 * names.length, `${reads} reads`)
})

test('entries above the limit of the texts of a set are left out, the lightest first', () => {
  const names = Array.from({ length: 6_000 }, (_, n) => `name${n}`)
  const file = `${'d'.repeat(4_000)}/a.go`
  const api = {
    ...{ version: 1, commit: '', packages: [], settings: [], commands: [], modules: [] },
    definitions: names.map((name, line) => ({ name, line: line + 1, kind: 'function', file, visibility: 'public' })),
  } as unknown as PublicApi
  const rows = names.map((name, line): Row => [name, 0, 0, name, 0, line + 1, 1 + line / 10_000, ''])
  const search = { rows, pages: [['overview.md', '']], kinds: ['function'], files: [file], lines: [null] }
  const { entries } = entriesOf({ jobId: 'j', manifest, api, search: search as unknown as SearchIndex })
  assert.ok(entries.length * file.length <= MAX_CHARS && entries.length > 4_000, `${entries.length}`)
  assert.equal(entries[0]?.title, 'name5999')
})

test('a program is found by its definitions, which weigh less than public names', () => {
  const api = { version: 1, commit: '', packages: [], settings: [], commands: [], modules: [], definitions: [] }
  const search = {
    rows: [
      ['overview', 1, 0, '', -1, 0, 5, ''],
      ['Engine', 0, 0, 'engine', 0, 3, 4, 'Runs.'],
      ['heavy', 0, 0, null, 0, 9, 9, ''],
    ],
    ...{ pages: [['overview.md', '']], kinds: ['class', 'page'], files: ['a.js'], lines: { 0: 'source/a.js#L{line}' } },
  }
  const parts = { jobId: 'j', manifest, api: api as unknown as PublicApi, search: search as unknown as SearchIndex }
  assert.deepEqual(
    entriesOf(parts).entries.map(({ title, kind, file, line, address, weight }) => [
      ...[title, kind, file, line, address, weight],
    ]),
    [
      ['heavy', 'class', 'a.js', 9, 'source/a.js#L{line}', 4.5],
      ['Engine', 'class', 'a.js', 3, null, 2],
    ],
  )
})

test('sections of guides are found, except those of a changelog', () => {
  const page = (file: string, title: string) => ({ file, title, module: null })
  const pages = [page('guide-testing.md', 'Testing'), page('guide-changes.md', 'Changelog')]
  const search = {
    rows: [
      ['Testing', 0, 0, '', -1, 0, 2, 'How to test.'],
      ['Basic usage', 0, 0, 'basic', -1, 0, 1, 'The runner invokes a command.'],
      ['Changelog', 0, 1, '', -1, 0, 2, ''],
      ['8.1.5', 0, 1, 'v8-1-5', -1, 0, 1, 'Tests run faster.'],
    ],
    ...{ pages: pages.map(({ file, title }) => [file, title]), kinds: ['guide'], files: [], lines: {} },
  }
  const parts = { jobId: 'j', api: undefined, search: search as unknown as SearchIndex }
  const { entries } = entriesOf({ ...parts, manifest: { ...manifest, pages } as unknown as Manifest })
  assert.deepEqual(
    entries.map(({ title, kind, page: file, anchor, text }) => [title, kind, file, anchor, text]),
    [
      ['Testing', 'guide', 'guide-testing.md', '', 'How to test.'],
      ['Changelog', 'guide', 'guide-changes.md', '', ''],
      ['Testing › Basic usage', 'section', 'guide-testing.md', 'basic', 'The runner invokes a command.'],
    ],
  )
})
