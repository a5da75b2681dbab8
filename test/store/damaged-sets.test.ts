/** A damaged set is noticed by whoever reads it, set aside, and made again; nothing of it is given out. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { NewSet } from '#store/publish-set.ts'
import { createSetStore, type SetStore } from '#store/sets.ts'
import { overwrite, zero } from './damage.ts'
import { newSet } from './new-set.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-damaged-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const DAMAGED = { code: 'SET_DAMAGED' }
const picture = randomBytes(300_000)
const long = Array.from({ length: 60_000 }, (_, at) => `line ${(at * 7_919) % 9_973}`).join('\n')

/** A set with parts of all kinds: compressed, uncompressed, short, long, and source files. */
function mixedSet(text = 'short', commit = 'a'.repeat(40)): NewSet {
  const given = newSet(text)
  const marks = { home: null, symbols: [], spans: [] }
  return {
    ...given,
    manifest: { ...given.manifest, commit, sources: { files: 1, bytes: 5, left_out: 0 } },
    files: new Map([...given.files, ['page.md', 'words '.repeat(900)], ['long.txt', long]]),
    binaries: new Map([['picture.png', picture]]),
    sources: [
      { name: 'a.ts', path: 'a.ts', language: null, text: long.slice(0, 9_000), colours: Uint8Array.of(1), marks },
    ],
  }
}

const bytesOf = async (store: SetStore, key: string, name: string): Promise<Buffer> => {
  const { bytes, read } = (await store.openFile?.(key, name)) ?? assert.fail(name)
  return Buffer.from(await new Response(read(0, bytes)).arrayBuffer())
}

async function assertWhole(key: string, set = mixedSet()): Promise<void> {
  const store = createSetStore(folder)
  for (const [name, text] of set.files) assert.equal(String(await bytesOf(store, key, name)), text)
  assert.deepEqual(await bytesOf(store, key, 'picture.png'), picture)
  assert.equal(String(await store.readHtml(key, 'overview.md')), set.html.get('overview.html'))
  assert.equal((await store.readSource(key, 'a.ts'))?.text, set.sources?.[0]?.text)
  assert.equal(await store.check(key), undefined)
}

/** Every way to read something of a set. */
const READS: ((store: SetStore, key: string) => Promise<unknown> | undefined)[] = [
  (store, key) => store.readFile(key, 'overview.md'),
  (store, key) => store.readFile(key, 'picture.png'),
  (store, key) => store.readFile(key, 'long.txt'),
  (store, key) => store.readBytes?.(key, 'picture.png', 10, 20),
  (store, key) => store.readBytes?.(key, 'page.md', 10, 20),
  (store, key) => store.openFile?.(key, 'picture.png'),
  (store, key) => store.openFile?.(key, 'long.txt'),
  (store, key) => store.readHtml(key, 'overview.md'),
]

describe('a damaged set', () => {
  for (const [index, read] of READS.entries()) {
    it(`is an error of its own to whoever reads it, and is set aside (${index})`, async () => {
      const key = await createSetStore(folder).publish(mixedSet())
      await zero(path.join(folder, key, 'set.pack'))
      const store = createSetStore(folder)
      await assert.rejects(async () => await read(store, key), {
        ...DAMAGED,
        message: new RegExp(`${key}.*damaged-${key}`),
      })
      assert.deepEqual([await store.has(key), await store.isSetAside?.(key)], [false, true])
      assert.equal(await read(store, key), undefined, 'it no longer exists')
      assert.equal(await store.publish(mixedSet()), key)
      await assertWhole(key)
      assert.deepEqual(await readdir(folder), [key], 'the damaged one is not kept beside a whole one')
    })
  }

  it('is not sent as gzip', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(mixedSet())
    await zero(path.join(folder, key, 'set.pack'))
    assert.equal(await store.openPacked?.(key, 'long.txt'), undefined)
    assert.equal(await store.openPacked?.(key, 'page.md'), undefined)
  })

  it('is found by a few bytes of a part that is stored uncompressed, also in a process that has read it', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(mixedSet())
    const pack = path.join(folder, key, 'set.pack')
    assert.deepEqual(await bytesOf(store, key, 'picture.png'), picture)
    await overwrite(pack, (await readFile(pack)).indexOf(picture) + 70_000, Buffer.from('oops'))
    await assert.rejects(async () => await store.readFile(key, 'picture.png'), DAMAGED)
  })

  it('is found by a page that is stored uncompressed', async () => {
    const key = await createSetStore(folder).publish(mixedSet())
    const pack = path.join(folder, key, 'set.pack')
    await overwrite(pack, (await readFile(pack)).indexOf('<p>short</p>') + 4, Buffer.from('p'))
    await assert.rejects(createSetStore(folder).readHtml(key, 'overview.md'), DAMAGED)
  })

  it('is found by its source files', async () => {
    for (const name of ['sources.pack', 'sources.table']) {
      const key = await createSetStore(folder).publish(mixedSet())
      const file = path.join(folder, key, name)
      const { size } = await stat(file)
      await overwrite(file, size - 9, Buffer.from('x'))
      const damaged = await createSetStore(folder).check(key)
      assert.match(damaged?.message ?? '', /the source files/, name)
      await createSetStore(folder).publish(mixedSet())
      await zero(file)
      await assert.rejects(createSetStore(folder).readSource(key, 'a.ts'), DAMAGED)
    }
  })

  it('is made again by a publication, even if nobody has noticed the damage', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(mixedSet())
    for (const name of ['set.pack', 'sources.pack', 'sources.table', 'manifest.json']) {
      await zero(path.join(folder, key, name))
      assert.equal(await store.publish(mixedSet()), key)
      await assertWhole(key)
    }
  })

  it('is found by a check of all of it', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(mixedSet())
    const pack = path.join(folder, key, 'set.pack')
    for (let at = 0; at < (await stat(pack)).size; at += 40_000) {
      const before = (await readFile(pack)).subarray(at, at + 1)
      await overwrite(pack, at, Buffer.of((before[0] ?? 0) ^ 1))
      assert.equal((await store.check(key))?.code, 'SET_DAMAGED', `${at}`)
      await store.publish(mixedSet())
    }
  })

  it('is replaced by one that is stored differently while others read it', async () => {
    const store = createSetStore(folder)
    const [first, second] = [mixedSet(long.slice(0, 50_000)), mixedSet(long.slice(0, 50_100), 'b'.repeat(40))]
    const key = await store.publish(first)
    const next = await store.publish(second, [key])
    const reader = createSetStore(folder)
    assert.equal(String(await reader.readFile(next, 'overview.md')), second.files.get('overview.md'))
    await rm(path.join(folder, next), { recursive: true })
    assert.equal(await store.publish(second), next)
    assert.equal(String(await reader.readFile(next, 'overview.md')), second.files.get('overview.md'))
    assert.equal(String(await reader.readFile(next, 'page.md')), second.files.get('page.md'))
  })

  it('is no base for another version, and each version that needs its pack is found and made again', async () => {
    const sets = Array.from({ length: 4 }, (_, at) => mixedSet(long.slice(0, 50_000 + at * 100), `${at}`.repeat(40)))
    const store = createSetStore(folder)
    const keys: string[] = []
    for (const set of sets) keys.push(await store.publish(set, keys.slice(-1)))
    await zero(path.join(folder, keys[0] ?? '', 'set.pack'))
    for (const [at, key] of keys.entries()) {
      const fresh = createSetStore(folder)
      await assert.rejects(fresh.readHtml(key, 'overview.md'), DAMAGED)
      // The neighbours have not been read, and so not been set aside.
      const set = sets[at] ?? assert.fail()
      assert.equal(await fresh.publish(set, keys.slice(at + 1)), key)
      await assertWhole(key, set)
    }
    for (const [at, key] of keys.entries()) await assertWhole(key, sets[at])
    assert.deepEqual(await readdir(folder), keys.sort())
  })

  it('is kept beside the others for 30 days', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(mixedSet())
    await zero(path.join(folder, key, 'set.pack'))
    assert.equal((await store.check(key))?.code, 'SET_DAMAGED')
    const aside = path.join(folder, `damaged-${key}`)
    assert.deepEqual(await store.list(), [])
    assert.deepEqual(await store.sweep(), { removed: 0, stuck: 0 })
    const old = new Date(Date.now() - 31 * 24 * 3_600_000)
    await utimes(aside, old, old)
    assert.deepEqual(await store.sweep(), { removed: 1, stuck: 0 })
  })

  it('is nothing to a reader of a set that does not exist', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(mixedSet())
    await store.readHtml(key, 'overview.md')
    await createSetStore(folder).remove(key)
    assert.equal(await store.readHtml(key, 'overview.md'), undefined)
    assert.equal(await store.check(key), undefined)
    assert.equal(await store.isSetAside?.(key), false)
    await writeFile(path.join(folder, 'x'), '')
  })
})
