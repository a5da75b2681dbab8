import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Module, Steering } from '#generate/model.ts'
import { writePages } from '#generate/pages/pages.ts'
import { partition } from '#generate/partition/partition.ts'
import { steer } from '#generate/partition/steer.ts'
import { file, link, sample, subject } from '../pages/sample.ts'

const files = ['app', 'cui', 'planner', 'store'].flatMap((folder) =>
  [1, 2, 3].map((n) => file(`src/${folder}/f${n}.ts`, 'x')),
)
const whole = sample(files)
const plain = partition(whole.inventory, whole.analysis, subject)
const none: Steering = {
  title: null,
  notes: [],
  include: [],
  exclude: [],
  modules: [],
  pages: [],
  follow: null,
  read: [],
  ignored: [],
}
const from = '.devin/wiki.json'

const page = (title: string, purpose = ''): Steering['pages'][number] => ({ title, purpose, note: purpose, from })
const titles = (root: Module): string[] => root.children.map((module) => module.title)

test('nothing that is asked for changes nothing', () => {
  assert.deepEqual(steer(plain, none), { root: plain, ignored: [] })
})

test('modules that are named come first, in the order of the file, with their titles and notes', () => {
  const { root, ignored } = steer(plain, {
    ...none,
    modules: [
      { path: 'src/store', title: 'The store', note: 'Keeps *all*.', from: 'docspool.json' },
      { path: 'src/cui', title: null, note: null, from: 'docspool.json' },
    ],
  })
  assert.deepEqual(titles(root), ['The store', 'cui', 'app', 'planner'])
  assert.deepEqual(root.children[0]?.notes, [{ content: 'Keeps *all*.', author: null, from: 'docspool.json' }])
  assert.deepEqual(
    root.children.map(({ id, slug }) => [id, slug]),
    ['store', 'cui', 'app', 'planner'].map((name) => [`src/${name}`, `src-${name}`]),
    'ids and pages stay',
  )
  assert.deepEqual(ignored, [])
})

test('a page means the module of its title, else the one whose folder its words name', () => {
  const { root, ignored } = steer(plain, {
    ...none,
    pages: [page('Planner System', 'How flights are planned'), page('Components', 'Document the src/cui/ folder')],
  })
  assert.deepEqual(titles(root), ['Planner System', 'Components', 'app', 'store'])
  assert.equal(root.children[1]?.notes?.[0]?.content, 'Document the src/cui/ folder')
  assert.deepEqual(ignored, [])
})

test('a page that means no module, or several, is left and told', () => {
  const { root, ignored } = steer(plain, {
    ...none,
    modules: [{ path: '../etc', title: 'x', note: null, from: 'docspool.json' }],
    pages: [page('History', 'Tell the story of the project'), page('Both', 'Compare src/app and src/store')],
  })
  assert.deepEqual(root, plain)
  assert.deepEqual(ignored, [
    'docspool.json: the module ../etc is ignored: no module has this path',
    '.devin/wiki.json: the page History is ignored: it matches no module, by name or by folder',
    '.devin/wiki.json: the page Both is ignored: it matches several modules',
  ])
})

test('a title without a word of its own means no module, and a folder name of several modules means none of them', () => {
  const folders = ['a/utils', 'a/core', 'b/utils', 'b/core', 'system']
  const { inventory, analysis } = sample(
    folders.flatMap((folder) => Array.from({ length: 30 }, (_, n) => file(`${folder}/f${n}.ts`, 'x'))),
  )
  const { ignored } = steer(partition(inventory, analysis, subject), {
    ...none,
    pages: [page('Overview'), page('Utils')],
  })
  assert.deepEqual(ignored, [
    '.devin/wiki.json: the page Overview is ignored: it matches no module, by name or by folder',
    '.devin/wiki.json: the page Utils is ignored: it matches several modules',
  ])
})

test('a title that its module has given up is free', () => {
  const { root, ignored } = steer(plain, {
    ...none,
    modules: [
      { path: 'src/app', title: 'engine', note: null, from: 'docspool.json' },
      { path: 'src/store', title: 'app', note: null, from: 'docspool.json' },
    ],
  })
  assert.deepEqual([titles(root), ignored], [['engine', 'app', 'cui', 'planner'], []])
})

test('no two modules get one title', () => {
  const { root, ignored } = steer(plain, {
    ...none,
    modules: [
      { path: 'src/store', title: 'planner', note: null, from: 'docspool.json' },
      { path: 'src/app', title: 'Same', note: null, from: 'docspool.json' },
      { path: 'src/cui', title: 'Same', note: null, from: 'docspool.json' },
    ],
  })
  assert.deepEqual(titles(root), ['store', 'Same', 'cui', 'planner'])
  assert.deepEqual(ignored, [
    'docspool.json: the module src/store: another module has the title planner',
    'docspool.json: the module src/cui: another module has the title Same',
  ])
})

test('notes stand on the overview and on the page of their module, without what is not safe', () => {
  const content = 'See **first** <script>alert(1)</script> [here](javascript:alert(1)).'
  const note = { content, author: 'Ada', from: 'docspool.json' }
  const { root } = steer(plain, {
    ...none,
    modules: [{ path: 'src/store', title: 'The store', note: content, from: 'docspool.json' }],
  })
  const named = { ...subject, name: 'My Orbit', notes: [note] }
  const { pages } = writePages({ packages: [], ...whole, root, subject: named, link, ref: null })
  const markdown = new Map(pages.map((one) => [one.file, one.markdown]))
  assert.match(markdown.get('overview.md') ?? '', /^# My Orbit$/m)
  for (const name of ['overview.md', 'src-store.md']) {
    const text = markdown.get(name) ?? ''
    assert.match(text, /See \*\*first\*\*/, name)
    assert.match(text, /Note from (?:Ada, )?.*docspool\.json/, name)
    assert.doesNotMatch(text, /<script|\]\(javascript:/, name)
  }
})
