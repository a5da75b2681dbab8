import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { CommitTree, TreeEntry } from '#generate/model.ts'
import { readSteering } from '#generate/steering/read-steering.ts'

function treeOf(files: Record<string, string | Uint8Array>, kind: TreeEntry['kind'] = 'file'): CommitTree {
  return {
    commit: '0'.repeat(40),
    committedAt: '2026-10-02T08:00:00.000Z',
    subject: '',
    ref: null,
    isOnRef: true,
    entries: Object.keys(files).map((path) => ({ path, blob: path, kind })),
    refused: 0,
    read: async (blob) => {
      const found = files[blob] ?? ''
      return typeof found === 'string' ? new TextEncoder().encode(found) : found
    },
    close: async () => {},
  }
}

const own = (value: unknown): CommitTree => treeOf({ 'docspool.json': JSON.stringify(value) })

test('a repository without steering files says nothing', async () => {
  assert.deepEqual(await readSteering(treeOf({ 'README.md': '{}' })), {
    title: null,
    notes: [],
    include: [],
    exclude: [],
    modules: [],
    pages: [],
    follow: null,
    read: [],
    ignored: [],
  })
})

test('docspool.json gives title, notes, patterns and modules', async () => {
  const steering = await readSteering(
    own({
      $schema: 'https://example.org/schema.json',
      title: ' Orbit ',
      notes: ['Read **planner** first.', { content: 'Slow.', author: 'Ada' }],
      include: ['src/**'],
      exclude: ['src/legacy/'],
      modules: [{ path: 'src/planner/', title: 'Planner', note: 'Plans.' }, { path: 'src/cli' }],
    }),
  )
  assert.equal(steering.title, 'Orbit')
  assert.deepEqual(steering.notes, [
    { content: 'Read **planner** first.', author: null, from: 'docspool.json' },
    { content: 'Slow.', author: 'Ada', from: 'docspool.json' },
  ])
  assert.deepEqual([steering.include, steering.exclude], [['src/**'], ['src/legacy/']])
  assert.deepEqual(steering.modules, [
    { path: 'src/planner', title: 'Planner', note: 'Plans.', from: 'docspool.json' },
    { path: 'src/cli', title: null, note: null, from: 'docspool.json' },
  ])
  assert.deepEqual([steering.read, steering.ignored], [['docspool.json'], []])
})

test("DeepWiki's file gives notes and pages, those of the page joined to its purpose", async () => {
  const steering = await readSteering(
    treeOf({
      '.devin/wiki.json': JSON.stringify({
        repo_notes: [{ content: 'The folder cui/ has the main parts.', author: 'Lead' }, { content: 'Second.' }],
        pages: [
          { title: 'CUI', purpose: 'Document cui/', parent: null, page_notes: [{ content: 'Mind the theme.' }] },
          { title: 'Login', purpose: 'Details', parent: 'CUI' },
        ],
        something_newer: true,
      }),
    }),
  )
  assert.deepEqual(
    steering.notes.map(({ author }) => author),
    ['Lead', null],
  )
  assert.deepEqual(steering.pages, [
    { title: 'CUI', purpose: 'Document cui/', note: 'Document cui/\n\nMind the theme.', from: '.devin/wiki.json' },
    { title: 'Login', purpose: 'Details', note: 'Details', from: '.devin/wiki.json' },
  ])
  assert.deepEqual(steering.ignored, [])
})

const bad: [why: string, tree: CommitTree, said: RegExp][] = [
  ['no JSON', treeOf({ 'docspool.json': '{"title":' }), /^docspool\.json is ignored: it is not JSON in UTF-8$/],
  ['no UTF-8', treeOf({ 'docspool.json': new Uint8Array([0xff, 0xfe, 0x7b]) }), /not JSON in UTF-8/],
  ['a list', own([]), /^docspool\.json is ignored: .*expected object/],
  ['too large', own({ title: 'a', notes: ['b'.repeat(300_000)] }), /larger than 262144 bytes/],
  ['a symbolic link', treeOf({ 'docspool.json': '{}' }, 'symlink'), /it is a symlink/],
  ['a path that climbs', own({ include: ['../etc/**'] }), /include\.0: a pattern must stay inside/],
  ['an absolute path', own({ exclude: ['/etc/passwd'] }), /exclude\.0: a pattern must stay inside/],
  ['signs that are not known', own({ exclude: ['src/{a,b}/[0-9]'] }), /only \* and \*\* are special/],
  ['a pattern of stars', own({ exclude: [`${'*a'.repeat(20)}b`] }), /too many stars/],
  ['many patterns', own({ exclude: Array.from({ length: 51 }, (_, n) => `a${n}`) }), /exclude: /],
  ['a title of two lines', own({ title: 'a\nb' }), /title: one line/],
  ['a deep list', treeOf({ 'docspool.json': `{"notes":${'['.repeat(50_000)}${']'.repeat(50_000)}}` }), /is ignored/],
  [
    'pages of one title',
    treeOf({ '.devin/wiki.json': JSON.stringify({ pages: [1, 2].map(() => ({ title: 'A', purpose: 'b' })) }) }),
    /^\.devin\/wiki\.json is ignored: pages: two pages have the same title$/,
  ],
]
for (const [why, tree, said] of bad) {
  test(`a file with ${why} is ignored as a whole and told`, async () => {
    const steering = await readSteering(tree)
    assert.equal(steering.ignored.length, 1, steering.ignored.join('\n'))
    assert.match(steering.ignored[0] ?? '', said)
    const { title, notes, include, exclude, modules, pages, read } = steering
    assert.deepEqual([title, notes, include, exclude, modules, pages, read], [null, [], [], [], [], [], []])
  })
}

test('a bad file does not spoil the other one, and a key that is not known only itself', async () => {
  const steering = await readSteering(
    treeOf({ 'docspool.json': '{"title":"Orbit","colour":"red"}', '.devin/wiki.json': 'no' }),
  )
  assert.equal(steering.title, 'Orbit')
  assert.deepEqual(steering.ignored, [
    'docspool.json: unknown key colour',
    '.devin/wiki.json is ignored: it is not JSON in UTF-8',
  ])
})

test('nothing that a file holds throws, reaches a prototype or puts a line break into what is told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.json(), fc.string()), fc.oneof(fc.json(), fc.string()), async (a, b) => {
      const steering = await readSteering(treeOf({ 'docspool.json': a, '.devin/wiki.json': b }))
      for (const text of steering.ignored) assert.match(text, /^\P{Cc}{1,600}$/u)
    }),
    { numRuns: 200 },
  )
  const steering = await readSteering(treeOf({ 'docspool.json': '{"__proto__":{"title":"x"},"a\\u001b[31m\\n":1}' }))
  assert.equal(steering.title, null)
  assert.equal(({} as Record<string, unknown>).title, undefined)
  assert.ok(steering.ignored.every((text) => !/\p{Cc}/u.test(text)))
})
