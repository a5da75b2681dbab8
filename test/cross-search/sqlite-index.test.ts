import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { DatabaseSync } from '@photostructure/sqlite'
import { bytesOfIndex } from '#cross-search/sqlite/generation.ts'
import { createIndexFile } from '#cross-search/sqlite/index-file.ts'
import { createSqliteIndex } from '#cross-search/sqlite/sqlite-index.ts'
import { entry, setOf, testIndex, titles } from './index-conformance.ts'

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

testIndex(async (t) => {
  const index = open()
  t.after(() => index.close())
  return index
})

test('what others write is seen at once, and is there after a restart', async () => {
  const folder = makeFolder()
  const [writer, reader] = [open(folder), open(folder)]
  assert.equal(await reader.search('parse', [], 10), undefined)
  await writer.put(setOf('a/one', [entry('parse')]))
  assert.deepEqual(await titles(reader, 'parse'), ['a/one parse'])
  for (const name of readdirSync(folder)) assert.equal(statSync(path.join(folder, name)).mode & 0o777, 0o600, name)
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

/** The size of the index when its log has been written to its file. */
async function settledBytes(folder: string): Promise<number> {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.db'))) {
    const database = new DatabaseSync(path.join(folder, name))
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    database.close()
  }
  return bytesOfIndex(folder)
}

test('a path is stored once for all names of its file, and the file shrinks when a set is removed', async () => {
  const folder = makeFolder()
  const index = open(folder)
  const file = `${'d'.repeat(4_000)}/a.go`
  const names = Array.from({ length: 2_000 }, (_, n) =>
    entry(`name${n}`, { file, address: `source/${file}#L{line}`, line: n }),
  )
  await index.put(setOf('a/one', names))
  index.close()
  const full = await settledBytes(folder)
  assert.ok(full < names.length * 1_000, `${full}`)
  const again = open(folder)
  const hit = (await again.search('name1234', [], 10))?.hits[0]
  assert.deepEqual([hit?.file, hit?.address], [file, `source/${file}#L1234`])
  const apart = Array.from({ length: 500 }, (_, n) => entry(`name${n}`, { file: `${n}${file}` }))
  await again.put(setOf('b/two', apart))
  again.close()
  const fuller = await settledBytes(folder)
  const last = open(folder)
  await last.remove('https://github.com/b/two')
  last.close()
  const freed = fuller - (await settledBytes(folder))
  assert.ok(freed > 1_000_000, `${freed} of ${fuller}`)
})

test('a full disk is reported as such, and changes nothing', async () => {
  const file = createIndexFile(makeFolder())
  const index = createSqliteIndex(file)
  await index.put(setOf('a/one', [entry('parse')]))
  const database = await file.openOrCreate()
  const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number }
  database.exec(`PRAGMA cache_size = 10; PRAGMA max_page_count = ${pages + 5}`)
  const many = Array.from({ length: 5_000 }, (_, number) => entry(`parse${number}`))
  await assert.rejects(index.put(setOf('a/two', many)), { errcode: 13 })
  assert.deepEqual(await titles(index, 'parse'), ['a/one parse'])
  index.close()
})
