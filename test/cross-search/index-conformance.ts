/** What the index over all repositories does, whatever stores it. */

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { CrossEntry, CrossIndex, CrossSearcher, IndexedSet } from '#cross-search/contract.ts'

export type Index = CrossIndex & CrossSearcher

export const entry = (title: string, more: Partial<CrossEntry> = {}): CrossEntry => ({
  ...{ title, kind: 'function', language: 'python', page: 'src-app.md', anchor: title.toLowerCase() },
  ...{ address: null, file: 'src/app.py', line: 3, text: '', weight: 1.6, ...more },
})

export const setOf = (name: string, entries: CrossEntry[], more: Partial<IndexedSet> = {}): IndexedSet => ({
  ...{ repoUrl: `https://github.com/${name}`, jobId: name.replace('/', '--'), key: 'a'.repeat(64), name, since: 0 },
  entries: [
    entry(name, {
      kind: 'repository',
      language: null,
      page: 'overview.md',
      anchor: '',
      file: null,
      line: null,
      weight: 8,
    }),
    ...entries,
  ],
  ...{ packages: [], dependencies: [], ...more },
})

export const titles = async (index: Index, query: string, within: string[] = []) =>
  (await index.search(query, within, 10))?.hits.map((hit) => `${hit.name} ${hit.title}`)

/** @param open - An empty index, closed after the test. */
export function testIndex(open: (t: TestContext) => Promise<Index>): void {
  test('a name comes before names that contain it, and these before texts', async (t) => {
    const index = await open(t)
    await index.put(
      setOf('a/one', [entry('Flask.route'), entry('add_route'), entry('serve', { text: 'Serves each route.' })]),
    )
    await index.put(setOf('b/two', [entry('Router'), entry('unrelated')]))
    assert.deepEqual((await titles(index, 'route'))?.slice(0, 2), ['a/one Flask.route', 'a/one add_route'])
    assert.deepEqual((await titles(index, 'flask route'))?.[0], 'a/one Flask.route')
    assert.ok((await titles(index, 'route'))?.includes('a/one serve'))
    assert.ok(!(await titles(index, 'route'))?.includes('b/two unrelated'))
  })

  test('a misspelled word finds what is spelled nearly like it, and says so', async (t) => {
    const index = await open(t)
    await index.put(setOf('a/one', [entry('Router.match'), entry('useState', { language: 'typescript' })]))
    for (const [query, corrected, title] of [
      ['ruoter', 'router', 'Router.match'],
      ['Rotuer match', 'Router match', 'Router.match'],
      ['usestaet in:typescript', 'usestate in:typescript', 'useState'],
      ['in:one ruter', 'router in:one', 'Router.match'],
    ] as const) {
      const found = await index.search(query, [], 10)
      assert.deepEqual([found?.corrected, found?.hits[0]?.title], [corrected, title], query)
    }
    for (const query of ['rout', 'match', 'nothing_like_it', 'Router.mat', 'rtr']) {
      assert.equal((await index.search(query, [], 10))?.corrected, null, query)
    }
  })

  test('a question finds guides and their sections before names with one of its words', async (t) => {
    const index = await open(t)
    const page = { language: null, file: null, line: null, page: 'guide-testing.md', anchor: '' }
    await index.put(
      setOf('a/one', [
        ...Array.from({ length: 30 }, (_, at) => entry(`test_command_${at}`, { weight: 1 })),
        entry('Testing', { ...page, kind: 'guide', text: 'Tools to invoke an application.', weight: 2 }),
        entry('Testing › Basic usage', {
          ...{ ...page, kind: 'section', anchor: 'basic', weight: 1.5 },
          text: 'The runner invokes a command as a script and returns its output.',
        }),
        entry('Cookbook › Recipes', {
          ...{ ...page, kind: 'section', anchor: 'recipes', weight: 1.5 },
          text: 'The runner captures what is written, so use one in each test.',
        }),
      ]),
    )
    assert.equal(
      (await titles(index, 'how do I read the output of a command in tests'))?.[0],
      'a/one Testing › Basic usage',
    )
    const few = 'how can I capture everything that a program shows on the terminal in tests'
    assert.equal((await titles(index, few))?.[0], 'a/one Cookbook › Recipes', 'two of its words are enough')
    assert.deepEqual((await titles(index, 'testing in:guide'))?.slice(0, 2), [
      'a/one Testing',
      'a/one Testing › Basic usage',
    ])
  })

  test('the name of a repository finds it first, and its names with a word', async (t) => {
    const index = await open(t)
    await index.put(setOf('pallets/flask', [entry('Config.from_object'), entry('Blueprint', { kind: 'class' })]))
    await index.put(setOf('other/thing', [entry('Config', { kind: 'class' })]))
    assert.equal((await titles(index, 'flask'))?.[0], 'pallets/flask pallets/flask')
    assert.equal((await titles(index, 'flask config'))?.[0], 'pallets/flask Config.from_object')
  })

  test('a repository is filtered by its name in any case, or by its URL', async (t) => {
    const index = await open(t)
    await index.put(setOf('BurntSushi/Ripgrep', [entry('parse', { language: 'swift' })]))
    await index.put(setOf('b/two', [entry('parse')]))
    for (const filter of ['ripgrep', 'burntsushi/RIPGREP', 'https://github.com/BurntSushi/Ripgrep.git', 'swift'])
      assert.deepEqual(await titles(index, `parse in:${filter}`), ['BurntSushi/Ripgrep parse'], filter)
  })

  test('filters by repository, language and kind are joined', async (t) => {
    const index = await open(t)
    await index.put(setOf('a/one', [entry('parse'), entry('Parser', { kind: 'class' })]))
    await index.put(setOf('b/two', [entry('parse', { language: 'typescript' })]))
    assert.deepEqual(await titles(index, 'parse in:typescript'), ['b/two parse'])
    assert.deepEqual(await titles(index, 'parse in:class'), ['a/one Parser'])
    assert.deepEqual(await titles(index, 'parse in:one in:functions'), ['a/one parse'])
    assert.deepEqual(await titles(index, 'parse', ['b/two']), ['b/two parse'])
    const missing = await index.search('parse in:nowhere', [], 10)
    assert.deepEqual([missing?.hits, missing?.unknown], [[], ['nowhere']])
  })

  test('a set replaces the one before, and a removed repository leaves nothing', async (t) => {
    const index = await open(t)
    await index.put(setOf('a/one', [entry('older_name')]))
    await index.put(setOf('a/one', [entry('newer_name')], { key: 'b'.repeat(64) }))
    assert.deepEqual(await titles(index, 'older_name'), [])
    assert.deepEqual(await titles(index, 'newer_name'), ['a/one newer_name'])
    await index.remove('https://github.com/a/one')
    assert.deepEqual(await titles(index, 'newer_name'), [])
    assert.deepEqual(await index.list(), [])
  })

  test('manifests link repositories both ways', async (t) => {
    const index = await open(t)
    const npm = (name: string) => ({ ecosystem: 'npm', name })
    await index.put(setOf('a/lib', [], { packages: [npm('lib'), npm('lib-extra')] }))
    await index.put(setOf('b/app', [], { packages: [npm('app')], dependencies: [{ ...npm('lib'), kind: 'runtime' }] }))
    await index.put(setOf('c/other', [], { dependencies: [{ ecosystem: 'pypi', name: 'lib', kind: 'runtime' }] }))
    const links = await index.links('https://github.com/a/lib')
    assert.deepEqual(
      links?.usedBy.map(({ name, package: of, kind }) => [name, of, kind]),
      [['b/app', 'lib', 'runtime']],
    )
    assert.deepEqual(links?.uses, [])
    const uses = (await index.links('https://github.com/b/app'))?.uses
    assert.deepEqual(
      uses?.map(({ name, package: of }) => [name, of]),
      [['a/lib', 'lib']],
    )
    assert.deepEqual(await index.links('https://github.com/not/there'), { usedBy: [], uses: [] })
  })

  test('copies of what a repository uses do not hide the one that was there first', async (t) => {
    const index = await open(t)
    const names = Array.from({ length: 100 }, (_, at) => ({ ecosystem: 'npm', name: `part${at}` }))
    await index.put(setOf('m/app', [], { dependencies: names.map((name) => ({ ...name, kind: 'runtime' })) }))
    await index.put(setOf('z/original', [], { packages: [names[7] ?? { ecosystem: '', name: '' }], since: 1 }))
    for (let at = 0; at < 6; at++) await index.put(setOf(`a/copy${at}`, [], { packages: names, since: 10 + at }))
    const uses = (await index.links('https://github.com/m/app'))?.uses ?? []
    assert.equal(uses.length, 500)
    assert.ok(uses.some(({ name }) => name === 'z/original'))
  })

  test('entries of any text are taken in', async (t) => {
    const index = await open(t)
    await index.put(
      setOf('a/one', [
        { ...entry('parse'), text: 'cut within \ud83d' },
        { ...entry('read'), text: '\0' },
      ]),
    )
    assert.equal((await index.search('parse', [], 10))?.hits.length, 1)
  })

  test('queries of any text are answered', async (t) => {
    const index = await open(t)
    await index.put(setOf('a/one', [entry('parse')]))
    for (const query of [
      '"',
      'a" OR b',
      '*',
      'NEAR(',
      'in:',
      '\0',
      'parse in:\0',
      'parse in:"a\0b"',
      'parse in:a/o\0ne',
      'x'.repeat(5_000),
      'é ü 語 한국어',
      '-- DROP',
      '{name}:x',
      'in:"',
      '𝒳',
    ])
      assert.ok((await index.search(query, [], 10)) !== undefined, query)
    assert.deepEqual((await index.search('parse', ['a\0b'], 10))?.hits, [])
    assert.deepEqual((await index.links('https://a/\0'))?.uses ?? [], [])
  })

  test('copies of a repository do not hide it, however many there are and however often it is documented again', async (t) => {
    const index = await open(t)
    const copied = () =>
      ['Flask', 'Flask.route', 'make_flask', 'flask_run', 'FlaskGroup', 'FlaskClient'].map((title) => entry(title))
    const original = (key: string) => setOf('pallets/flask', copied(), { key: key.repeat(64), since: 10 })
    await index.put(original('a'))
    await index.put(setOf('z/other', [entry('Flask', { file: 'src/z.py' })], { since: 11 }))
    const found = async (query: string, limit = 50) => (await index.search(query, [], limit))?.hits ?? []
    const names = async (query: string) => (await found(query)).map(({ name }) => name)
    const copy = async (from: number, to: number) => {
      for (let at = from; at < to; at++) await index.put(setOf(`a${at}/flask`, copied(), { since: 20 + at }))
    }
    await copy(0, 100)
    assert.ok((await names('Flask')).includes('z/other'))
    await copy(100, 310)
    await index.put(original('b'))
    for (const query of ['Flask', 'flask route', 'FlaskClient', 'Flask in:flask', 'in:flask'])
      assert.equal((await names(query))[0], 'pallets/flask', query)
    const same = (await found('route')).filter(({ title }) => title === 'Flask.route').map(({ name }) => name)
    assert.equal(same[0], 'pallets/flask')
    assert.equal(new Set(same).size, same.length, 'each repository once before any comes again')
  })

  test('what is the same in several repositories comes after what is different', async (t) => {
    const index = await open(t)
    const text = 'Parses an address.'
    for (let at = 0; at < 60; at++)
      await index.put(setOf(`a${at}/copy`, [entry('parse', { text })], { since: 20 + at }))
    await index.put(setOf('z/own', [entry('parse_it', { text: 'Parses something else.' })], { since: 90 }))
    await index.put(setOf('y/first', [entry('parse', { text })], { since: 10 }))
    const found = (await titles(index, 'parse')) ?? []
    assert.deepEqual([found[0], found[1], found[5]], ['y/first parse', 'a0/copy parse', 'z/own parse_it'])
  })
}
