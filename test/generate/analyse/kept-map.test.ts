import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { KeptMap } from '#generate/analyse/kept-map.ts'
import { ResultsCache } from '#generate/analyse/results-cache.ts'
import { createStepCache } from '#store/step-cache.ts'

const values = new Map(Array.from({ length: 10 }, (_, number) => [`f${number}`, { text: 'x'.repeat(1_000) + number }]))

async function inFolder(run: (folder: string, cache: ResultsCache) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-kept-'))
  try {
    await run(folder, new ResultsCache(createStepCache(folder, { scope: '' }), 'a'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const sizesIn = async (folder: string): Promise<number[]> =>
  Promise.all((await readdir(folder)).map(async (name) => (await stat(path.join(folder, name))).size))

test('a map is stored in parts, none of which has more than some files', () =>
  inFolder(async (folder, cache) => {
    const empty = await KeptMap.read<{ text: string }, string>(cache, 'n', 'key', 3)
    await empty.write(values, 'common')
    const sizes = await sizesIn(folder)
    assert.equal(sizes.length, 5)
    assert.ok(Math.max(...sizes) < 4_000)
    const read = await KeptMap.read<{ text: string }, string>(cache, 'n', 'key')
    assert.deepEqual([...read.values], [...values])
    assert.equal(read.common, 'common')
    assert.equal((await KeptMap.read(cache, 'n', 'another key')).values.size, 0)
  }))

test('a map of which a part is missing or of another time counts as empty', () =>
  inFolder(async (folder, cache) => {
    const empty = await KeptMap.read<{ text: string }>(cache, 'n', 'key', 3)
    await empty.write(values)
    await cache.write('n part 2', 'key', { stamp: 'other', values: new Map([['f6', { text: 'wrong' }]]) })
    assert.equal((await KeptMap.read(cache, 'n', 'key')).values.size, 0)
    await empty.write(values)
    assert.equal((await KeptMap.read(cache, 'n', 'key')).values.size, 10)
    for (const name of await readdir(folder)) {
      if ((await stat(path.join(folder, name))).size < 2_000) continue
      await rm(path.join(folder, name))
      break
    }
    assert.equal((await KeptMap.read(cache, 'n', 'key')).values.size, 0)
  }))

test('a change of few files is stored beside the parts', () =>
  inFolder(async (folder, cache) => {
    await (await KeptMap.read<{ text: string }>(cache, 'n', 'key', 3)).write(values)
    const read = await KeptMap.read<{ text: string }>(cache, 'n', 'key', 3)
    const next = new Map(read.values)
    next.set('f1', { text: 'new' })
    await read.write(next)
    assert.equal((await readdir(folder)).length, 6)
    assert.deepEqual([...(await KeptMap.read(cache, 'n', 'key')).values], [...next])
  }))

test('a common value does not come back without its files', () =>
  inFolder(async (_, cache) => {
    const open = () => KeptMap.read<{ text: string }, string>(cache, 'n', 'key')
    await (await open()).write(new Map(), 'first')
    await (await open()).write(new Map([['f1', { text: 'x' }]]), 'second')
    assert.equal((await open()).common, 'second')
    await cache.write('n part 0', 'key', { stamp: 'other', values: new Map() })
    const { values: found, common } = await open()
    assert.deepEqual([found.size, common], [0, undefined])
  }))
