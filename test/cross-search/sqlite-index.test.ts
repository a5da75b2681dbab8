import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import type { CrossEntry, IndexedSet } from '#cross-search/contract.ts'
import { createIndexFile } from '#cross-search/sqlite/index-file.ts'
import { createSqliteIndex } from '#cross-search/sqlite/sqlite-index.ts'

const roots: string[] = []
after(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true })
})

function makeFolder(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'cross-search-'))
  roots.push(root)
  return path.join(root, 'index')
}

const open = (folder = makeFolder()) => createSqliteIndex(createIndexFile(folder))

const entry = (title: string, more: Partial<CrossEntry> = {}): CrossEntry => ({
  ...{ title, kind: 'function', language: 'python', page: 'src-app.md', anchor: title.toLowerCase() },
  ...{ address: null, file: 'src/app.py', line: 3, text: '', weight: 1.6, ...more },
})

const setOf = (name: string, entries: CrossEntry[], more: Partial<IndexedSet> = {}): IndexedSet => ({
  ...{ repoUrl: `https://github.com/${name}`, jobId: name.replace('/', '--'), key: 'a'.repeat(64), name },
  entries: [
    entry(name, { kind: 'repository', language: null, page: 'overview.md', anchor: '', file: null, line: null, weight: 8 }),
    ...entries,
  ],
  ...{ packages: [], dependencies: [], ...more },
})

const titles = async (index: ReturnType<typeof open>, query: string, within: string[] = []) =>
  (await index.search(query, within, 10))?.hits.map((hit) => `${hit.name} ${hit.title}`)

test('a name comes before names that contain it, and these before texts', async () => {
  const index = open()
  await index.put(setOf('a/one', [entry('Flask.route'), entry('add_route'), entry('serve', { text: 'Serves each route.' })]))
  await index.put(setOf('b/two', [entry('Router'), entry('unrelated')]))
  assert.deepEqual((await titles(index, 'route'))?.slice(0, 2), ['a/one Flask.route', 'a/one add_route'])
  assert.deepEqual((await titles(index, 'flask route'))?.[0], 'a/one Flask.route')
  assert.ok((await titles(index, 'route'))?.includes('a/one serve'))
  assert.ok(!(await titles(index, 'route'))?.includes('b/two unrelated'))
  index.close()
})

test('the name of a repository finds it first, and its names with a word', async () => {
  const index = open()
  await index.put(setOf('pallets/flask', [entry('Config.from_object'), entry('Blueprint', { kind: 'class' })]))
  await index.put(setOf('other/thing', [entry('Config', { kind: 'class' })]))
  assert.equal((await titles(index, 'flask'))?.[0], 'pallets/flask pallets/flask')
  assert.equal((await titles(index, 'flask config'))?.[0], 'pallets/flask Config.from_object')
  index.close()
})

test('filters by repository, language and kind are joined', async () => {
  const index = open()
  await index.put(setOf('a/one', [entry('parse'), entry('Parser', { kind: 'class' })]))
  await index.put(setOf('b/two', [entry('parse', { language: 'typescript' })]))
  assert.deepEqual(await titles(index, 'parse in:typescript'), ['b/two parse'])
  assert.deepEqual(await titles(index, 'parse in:class'), ['a/one Parser'])
  assert.deepEqual(await titles(index, 'parse in:one in:functions'), ['a/one parse'])
  assert.deepEqual(await titles(index, 'parse', ['b/two']), ['b/two parse'])
  const missing = await index.search('parse in:nowhere', [], 10)
  assert.deepEqual([missing?.hits, missing?.unknown], [[], ['nowhere']])
  index.close()
})

test('a set replaces the one before, and a removed repository leaves nothing', async () => {
  const index = open()
  await index.put(setOf('a/one', [entry('older_name')]))
  await index.put(setOf('a/one', [entry('newer_name')], { key: 'b'.repeat(64) }))
  assert.deepEqual(await titles(index, 'older_name'), [])
  assert.deepEqual(await titles(index, 'newer_name'), ['a/one newer_name'])
  await index.remove('https://github.com/a/one')
  assert.deepEqual(await titles(index, 'newer_name'), [])
  assert.deepEqual(await index.list(), [])
  index.close()
})

test('manifests link repositories both ways', async () => {
  const index = open()
  const npm = (name: string) => ({ ecosystem: 'npm', name })
  await index.put(setOf('a/lib', [], { packages: [npm('lib'), npm('lib-extra')] }))
  await index.put(setOf('b/app', [], { packages: [npm('app')], dependencies: [{ ...npm('lib'), kind: 'runtime' }] }))
  await index.put(setOf('c/other', [], { dependencies: [{ ecosystem: 'pypi', name: 'lib', kind: 'runtime' }] }))
  const links = await index.links('https://github.com/a/lib')
  assert.deepEqual(links?.usedBy.map(({ name, package: of, kind }) => [name, of, kind]), [['b/app', 'lib', 'runtime']])
  assert.deepEqual(links?.uses, [])
  const uses = (await index.links('https://github.com/b/app'))?.uses
  assert.deepEqual(uses?.map(({ name, package: of }) => [name, of]), [['a/lib', 'lib']])
  assert.equal(await index.links('https://github.com/not/there'), undefined)
  index.close()
})

test('what others write is seen at once, and is there after a restart', async () => {
  const folder = makeFolder()
  const [writer, reader] = [open(folder), open(folder)]
  assert.equal(await reader.search('parse', [], 10), undefined)
  await writer.put(setOf('a/one', [entry('parse')]))
  assert.deepEqual(await titles(reader, 'parse'), ['a/one parse'])
  assert.equal((await reader.search('parse', [], 10))?.isComplete, false)
  await writer.complete()
  assert.equal((await reader.search('parse', [], 10))?.isComplete, true)
  writer.close()
  reader.close()
  const again = open(folder)
  assert.deepEqual(await titles(again, 'parse'), ['a/one parse'])
  again.close()
})

for (const [what, spoil] of [
  ['is damaged', (file: string) => writeFileSync(file, Buffer.alloc(65_536, 7))],
  ['is missing', (file: string) => rmSync(file)],
] as const)
  test(`an index whose file ${what} counts as none, and is made anew`, async () => {
    const folder = makeFolder()
    const first = open(folder)
    await first.put(setOf('a/one', [entry('parse')]))
    first.close()
    const before = readFileSync(path.join(folder, 'current'), 'utf8')
    for (const name of readdirSync(folder)) if (/-(wal|shm)$/.test(name)) rmSync(path.join(folder, name))
    spoil(path.join(folder, `${before}.db`))
    const index = open(folder)
    assert.equal(await index.search('parse', [], 10), undefined)
    await index.put(setOf('a/one', [entry('parse')]))
    assert.deepEqual(await titles(index, 'parse'), ['a/one parse'])
    assert.notEqual(readFileSync(path.join(folder, 'current'), 'utf8'), before)
    assert.ok(!readdirSync(folder).includes(`${before}.db`))
    index.close()
  })

test('queries of any text are answered', async () => {
  const index = open()
  await index.put(setOf('a/one', [entry('parse')]))
  for (const query of ['"', 'a" OR b', '*', 'NEAR(', 'in:', '\0', 'x'.repeat(5_000), 'é ü 語 한국어', '-- DROP', '{name}:x', 'in:"', '𝒳'])
    assert.ok((await index.search(query, [], 10)) !== undefined, query)
  index.close()
})
