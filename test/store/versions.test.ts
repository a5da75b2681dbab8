/** Sets of neighbouring versions share what they have in common on the disk. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { DamagedBytes } from '#base/bytes.ts'
import { PiecedText } from '#base/pieced-text.ts'
import { atOnce, inSlices } from '#base/slices.ts'
import { applyDelta, makeDelta } from '#store/delta.ts'
import type { StoredBytes } from '#store/model.ts'
import type { NewSet } from '#store/publish-set.ts'
import { createSetStore, type SetStore } from '#store/sets.ts'
import { newSet } from './new-set.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-versions-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const picture = randomBytes(20_000)
/** The same words in each run, so that gzip makes something of them. */
const words = Array.from({ length: 400 }, (_, at) => `word${(at * 7_919) % 1_000}`)

/** A page with a link to each of its lines at the commit. */
function page(commit: string, from: number, more = ''): string {
  const line = (word: string, at: number): string =>
    `- [${word} of ${words[(at * 13) % 400]}](https://github.com/a/b/blob/${commit}/src/app.py#L${from + at}-L${from + at + 3})`
  return `${words.map(line).join('\n')}\n${more}`
}

const commitOf = (version: number): string => version.toString(16).padStart(2, '0').repeat(20)

/** A version with one line more than the one before it. */
function version(number: number): NewSet {
  const commit = commitOf(number)
  const text = page(commit, 10 + number, `Added in version ${number}.`)
  const given = newSet(text)
  return {
    ...given,
    manifest: { ...given.manifest, commit },
    files: new Map([...given.files, ['same.md', page('0'.repeat(40), 1)], [`only-${number}.md`, text.slice(0, 9_000)]]),
    binaries: new Map([['picture-1.png', picture]]),
    html: new Map([['overview.html', `<p>${text}</p>`]]),
  }
}

const read = async (bytes: Promise<Uint8Array | undefined>): Promise<string | undefined> => {
  const found = await bytes
  return found === undefined ? undefined : Buffer.from(found).toString()
}

const allOf = async ({ bytes, read }: StoredBytes, from = 0, to = bytes): Promise<Buffer> =>
  Buffer.from(await new Response(read(from, to)).arrayBuffer())

async function assertReads(store: SetStore, key: string, number: number): Promise<void> {
  const set = version(number)
  for (const [name, text] of set.files) {
    assert.equal(await read(store.readFile(key, name)), text, name)
    const open = (await store.openFile?.(key, name)) ?? assert.fail(name)
    assert.equal(String(await allOf(open)), text)
    assert.deepEqual(await allOf(open, 7, 90), Buffer.from(String(text)).subarray(7, 90))
    const packed = (await store.openPacked?.(key, name)) ?? assert.fail(name)
    assert.equal(String(gunzipSync(await allOf(packed))), text)
  }
  assert.equal(await read(store.readHtml(key, 'overview.md')), String(set.html.get('overview.html')))
  assert.deepEqual(Buffer.from((await store.readFile(key, 'picture-1.png')) ?? []), picture)
  assert.deepEqual(Buffer.from((await store.readBytes?.(key, 'picture-1.png', 5, 9)) ?? []), picture.subarray(5, 9))
  assert.equal(await store.openPacked?.(key, 'picture-1.png'), undefined)
}

/** Versions 0 to `last`, each beside the one before it. @returns Their keys. */
async function publishAll(store: SetStore, last: number): Promise<string[]> {
  const keys: string[] = []
  for (let number = 0; number <= last; number++) keys.push(await store.publish(version(number), keys.slice(-1)))
  return keys
}

const sizeOf = async (key: string, name = 'set.pack'): Promise<number> =>
  (await stat(path.join(folder, key, name))).size

describe('sets beside other versions', () => {
  it('are read byte for byte, and have the keys that they would have by themselves', async () => {
    const store = createSetStore(folder)
    const keys = await publishAll(store, 3)
    for (const [number, key] of keys.entries()) {
      await assertReads(createSetStore(folder), key, number)
      const alone = await mkdtemp(path.join(tmpdir(), 'docspool-alone-'))
      assert.equal(await createSetStore(alone).publish(version(number)), key)
      await rm(alone, { recursive: true })
    }
    const [first = '', second = '', third = ''] = keys
    assert.ok((await sizeOf(second)) < (await sizeOf(first)) / 5, `${await sizeOf(second)} of ${await sizeOf(first)}`)
    assert.deepEqual((await readdir(path.join(folder, third))).sort(), [
      // Of the second one nothing is needed: the first is read sooner.
      'base-2.pack',
      'manifest.json.br',
      'set.pack',
    ])
    assert.equal(
      (await stat(path.join(folder, third, 'base-2.pack'))).ino,
      (await stat(path.join(folder, first, 'set.pack'))).ino,
    )
  })

  it('are read after the sets beside which they are stored were removed, in any order', async () => {
    const store = createSetStore(folder)
    const keys = await publishAll(store, 4)
    for (const gone of [2, 0, 1, 3]) {
      await store.remove(keys[gone] ?? '')
      await assertReads(createSetStore(folder), keys[4] ?? '', 4)
    }
    assert.deepEqual(await store.list(), [keys[4]])
  })

  it('need few packs, however many versions there are', async () => {
    const store = createSetStore(folder)
    const keys = await publishAll(store, 30)
    for (const key of keys) assert.ok((await readdir(path.join(folder, key))).length <= 6)
    await assertReads(createSetStore(folder), keys[30] ?? '', 30)
  })

  it('count once for what they share, however many of them there are', async () => {
    const store = createSetStore(folder)
    const keys = await publishAll(store, 4)
    const total = async (): Promise<number> => {
      let bytes = 0
      for (const key of await store.list()) bytes += (await store.measure(key)).bytes
      return bytes
    }
    const packs = new Map<number, number>()
    for (const key of keys) {
      for (const name of await readdir(path.join(folder, key))) {
        const { ino, size } = await stat(path.join(folder, key, name))
        packs.set(ino, Math.ceil(size / 4_096) * 4_096)
      }
    }
    const real = [...packs.values()].reduce((sum, size) => sum + size, 0) + keys.length * 4_096
    assert.ok(Math.abs((await total()) - real) < 100, `${await total()} of ${real}`)
    const before = await total()
    await store.remove(keys[0] ?? '')
    assert.ok(before - (await total()) < 20_000, 'the pack of the first is still there')
  })

  it('are stored by themselves where the other is quite different or gone', async () => {
    const store = createSetStore(folder)
    const keys = await publishAll(store, 0)
    const other = { ...newSet(randomBytes(60_000).toString('hex')) }
    const key = await store.publish(other, [keys[0] ?? ''])
    assert.deepEqual((await readdir(path.join(folder, key))).sort(), ['manifest.json', 'set.pack'])
    const lonely = await store.publish(version(30), ['f'.repeat(64), 'x'])
    assert.equal((await store.readManifest(lonely))?.version, 2)
  })

  it('are written once, by themselves, where files too long for deltas take too much', async () => {
    const store = createSetStore(folder)
    const long = randomBytes(1_100_000).toString('hex')
    let reads = 0
    const longVersion = (number: number): NewSet => {
      const text = new PiecedText(() => {
        reads += 1
        return [long, String(number)]
      })
      const given = version(number)
      return { ...given, files: new Map<string, string | PiecedText>([...given.files, ['graph.json', text]]) }
    }
    const first = await store.publish(longVersion(0))
    reads = 0
    const second = await store.publish(longVersion(1), [first])
    assert.deepEqual((await readdir(path.join(folder, second))).sort(), ['manifest.json', 'set.pack'])
    assert.equal(reads, 1)
  })

  it('are not read while a pack is damaged, and are mended', async () => {
    const store = createSetStore(folder)
    const [first = '', second = ''] = await publishAll(store, 1)
    const base = path.join(folder, second, 'base-1.pack')
    const damages = [
      () => rm(base),
      () => rm(base).then(() => writeFile(base, Buffer.alloc(50_000))),
      () => rm(base).then(() => symlink(`../${first}/set.pack`, base)),
      () => truncate(path.join(folder, second, 'set.pack'), 10),
    ]
    for (const damage of damages) {
      await damage()
      const fresh = createSetStore(folder)
      await assert.rejects(async () => await fresh.readFile(second, 'overview.md'), { code: 'SET_DAMAGED' })
      assert.equal(await fresh.readHtml(second, 'overview.md'), undefined)
      assert.equal(await fresh.publish(version(1), [first]), second)
      await assertReads(createSetStore(folder), second, 1)
    }
    await assertReads(createSetStore(folder), first, 0)
  })
})

describe('deltas', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))
  const text = fc.string({
    maxLength: 300,
    unit: fc.constantFrom('a', 'L', '"', '0', '7', '12', '\u0001', 'ä', '999999999'),
  })

  it('make every target of every base', () => {
    const any = fc.oneof(
      bytes,
      text.map((one) => Buffer.from(one)),
    )
    fc.assert(
      fc.property(any, any, any, any, (start, one, other, end) => {
        const [base, target] = [Buffer.concat([start, one, end]), Buffer.concat([start, other, end, start])]
        const delta = makeDelta(base, target) ?? assert.fail()
        assert.deepEqual(atOnce(applyDelta(base, delta)), target)
      }),
    )
  })

  it('take little for numbers that move together', () => {
    const [base, target] = [page('a'.repeat(40), 10), page('a'.repeat(40), 1_010)].map((one) => Buffer.from(one)) as [
      Buffer,
      Buffer,
    ]
    const delta = makeDelta(base, target) ?? assert.fail()
    assert.ok(delta.filter((byte) => byte !== 0).length < 30, `${delta.length}`)
  })

  it('are a single copy of a text that has not changed, whatever numbers are in it', () => {
    const base = Buffer.from(page('a'.repeat(40), 10))
    assert.ok((makeDelta(base, Buffer.from(base)) ?? base).length < 16)
  })

  it('are read in slices, between which others are served', async () => {
    const digits = (shift: number) =>
      Buffer.from(Array.from({ length: 1_048_576 }, (_, at) => `${(7 * at + shift) % 10} `).join(''))
    const [base, target] = [digits(0), digits(3)]
    const delta = makeDelta(base, target) ?? assert.fail()
    let turns = 0
    let isOver = false
    const made = inSlices(applyDelta(base, delta)).finally(() => {
      isOver = true
    })
    for (; !isOver; turns++) await new Promise((resolve) => setImmediate(resolve))
    assert.ok((await made).equals(target))
    assert.ok(turns > 10, `${turns}`)
  })

  it('are refused, whatever they say', () => {
    const base = Buffer.from('#L12 and so on, #L13 and so on\n'.repeat(20))
    const good = makeDelta(base, Buffer.from(base.toString().replaceAll('1', '2'))) ?? assert.fail()
    fc.assert(
      fc.property(
        fc.oneof(
          bytes,
          fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, byte]) => {
            const changed = Buffer.from(good)
            changed[at] = byte
            return changed
          }),
        ),
        (delta) => {
          try {
            assert.ok(atOnce(applyDelta(base, delta)).length <= 8_388_608 * 9)
          } catch (error) {
            assert.ok(error instanceof DamagedBytes, String(error))
          }
        },
      ),
    )
  })
})
