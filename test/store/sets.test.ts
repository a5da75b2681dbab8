import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { temporaryName } from '#base/files.ts'
import { readOwner } from '#base/owner.ts'
import { PiecedText } from '#base/pieced-text.ts'
import type { StoredBytes } from '#store/model.ts'
import type { NewSet } from '#store/publish-set.ts'
import { createSetStore } from '#store/sets.ts'
import { newSet } from './new-set.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-sets-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const textOf = (number: number): string => `export const x${number} = 'ä'\n`.repeat(80)

/** A set that keeps so many files. */
const withSources = (count: number): NewSet => ({
  ...newSet('x'),
  sources: Array.from({ length: count }, (_, number) => ({
    name: `src/${number}.ts`,
    path: `src/${number} \n<x>.ts`,
    language: 'typescript',
    text: textOf(number),
    colours: Uint8Array.of(number % 128),
    marks: { home: null, symbols: [], spans: [[number, number + 1]] },
  })),
})

const read = async (bytes: Promise<Uint8Array | undefined>): Promise<string | undefined> => {
  const found = await bytes
  return found === undefined ? undefined : Buffer.from(found).toString()
}

const bytesOf = async (stored: StoredBytes, from = 0, to = stored.bytes): Promise<Buffer> =>
  Buffer.from(await new Response(stored.read(from, to)).arrayBuffer())

describe('createSetStore', () => {
  it('publishes a set and reads it back', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(newSet('hello'))
    assert.equal(await read(store.readFile(key, 'overview.md')), 'hello')
    assert.equal(String(await store.readHtml(key, 'overview.md')), '<p>hello</p>')
    assert.equal((await store.readManifest(key))?.files[0]?.bytes, 5)
    assert.deepEqual(await store.list(), [key])
  })

  it('gives the same set the same key and another one another', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(newSet('x'))
    assert.equal(await createSetStore(folder).publish(newSet('x')), key)
    assert.notEqual(await store.publish(newSet('y')), key)
  })

  it('survives many publishing the same set at once and leaves nothing temporary', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => createSetStore(folder).publish(newSet('z'))))
    assert.equal(new Set(keys).size, 1)
    assert.deepEqual(await readdir(folder), [keys[0]])
  })

  it('mends a set whose pack is gone, cut or a link, and reads nothing of it until then', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(newSet('x'))
    const pack = path.join(folder, key, 'set.pack')
    await writeFile(path.join(folder, 'secret'), await readFile(pack))
    for (const damage of [
      () => rm(pack),
      () => truncate(pack, 0),
      () => rm(pack).then(() => symlink('../secret', pack)),
    ]) {
      await damage()
      await assert.rejects(async () => await store.readFile(key, 'overview.md'), { code: 'SET_DAMAGED' })
      assert.equal(await store.readHtml(key, 'overview.md'), undefined)
      assert.equal(await store.publish(newSet('x')), key)
      assert.equal(String(await store.readHtml(key, 'overview.md')), '<p>x</p>')
    }
    const { ino } = await stat(pack)
    await store.publish(newSet('x'))
    assert.equal((await stat(pack)).ino, ino, 'a whole set stays')
  })

  it('keeps long texts as gzip, short ones and pictures as they are, and gives each whole, in parts and packed', async () => {
    const long = 'ä𝄞 and so on\n'.repeat(200_000)
    const picture = randomBytes(5_000)
    const store = createSetStore(folder)
    const given = newSet('short')
    const key = await store.publish({
      ...given,
      files: new Map<string, string | PiecedText>([
        ...given.files,
        ['long.txt', long],
        ['made.txt', new PiecedText(() => [long, 'end'])],
        ['empty.txt', ''],
      ]),
      binaries: new Map([['picture-1.png', picture]]),
    })
    const wanted = {
      'short.md': undefined,
      'overview.md': 'short',
      'long.txt': long,
      'made.txt': `${long}end`,
      'empty.txt': '',
    }
    const files = (await store.readManifest(key))?.files ?? []
    for (const [name, text] of Object.entries(wanted)) {
      assert.ok((await read(store.readFile(key, name))) === text, name)
      const row = files.find((file) => file.name === name)
      if (text === undefined) continue
      const sha256 = createHash('sha256').update(text).digest('hex')
      assert.deepEqual([row?.bytes, row?.sha256], [Buffer.byteLength(text), sha256], name)
      const packed = await store.openPacked?.(key, name)
      assert.equal(packed !== undefined, text.length > 1_000, name)
      if (packed !== undefined) assert.ok(String(gunzipSync(await bytesOf(packed))) === text, name)
      const open = (await store.openFile?.(key, name)) ?? assert.fail(name)
      assert.ok(String(await bytesOf(open)) === text, name)
      const bytes = Buffer.from(text)
      for (const [from, to] of [
        [0, 3],
        [2_000_001, 2_000_007],
        [bytes.length - 3, bytes.length],
      ] as const) {
        if (to > bytes.length || from < 0) continue
        assert.deepEqual(await bytesOf(open, from, to), bytes.subarray(from, to), `${name} ${from}`)
      }
    }
    assert.deepEqual(Buffer.from((await store.readFile(key, 'picture-1.png')) ?? []), picture)
    assert.equal(await store.openPacked?.(key, 'picture-1.png'), undefined)
    const { size } = await stat(path.join(folder, key, 'set.pack'))
    assert.ok(size < 200_000, `${size} bytes`)
  })

  it('stores what two files have in common once', async () => {
    const store = createSetStore(folder)
    const tree = new PiecedText(() => ['x'.repeat(100_000)])
    const both = new Map([
      ['a.json', tree],
      ['b.json', tree],
    ])
    const files = (await store.readManifest(await store.publish({ ...newSet('x'), files: both })))?.files
    assert.deepEqual(files?.[0]?.stored, files?.[1]?.stored)
    assert.notEqual(files?.[0]?.stored, undefined)
  })

  it('believes no size: what inflates to more or less than the manifest says is not given out', async () => {
    const store = createSetStore(folder)
    const key = await store.publish({ ...newSet('x'), files: new Map([['a.txt', 'a'.repeat(10_000)]]) })
    const file = path.join(folder, key, 'manifest.json')
    const text = await readFile(file, 'utf8')
    for (const inflated of [9_999, 10_001]) {
      await writeFile(file, text.replace('"inflated":10000', `"inflated":${inflated}`))
      const again = createSetStore(folder)
      await assert.rejects(async () => await again.openFile?.(key, 'a.txt'), { code: 'SET_DAMAGED' })
      await rename(path.join(folder, `damaged-${key}`), path.join(folder, key))
      await assert.rejects(async () => await again.readFile(key, 'a.txt'), { code: 'SET_DAMAGED' })
      await rename(path.join(folder, `damaged-${key}`), path.join(folder, key))
    }
  })

  it('reads sets of version 1, whose files are files', async () => {
    const key = 'e'.repeat(64)
    const { manifest } = newSet('x')
    const files = [{ name: 'overview.md', bytes: 5, sha256: createHash('sha256').update('hello').digest('hex') }]
    await mkdir(path.join(folder, key, 'html'), { recursive: true })
    await writeFile(path.join(folder, key, 'manifest.json'), JSON.stringify({ version: 1, key, ...manifest, files }))
    await writeFile(path.join(folder, key, 'overview.md'), 'hello')
    await writeFile(path.join(folder, key, 'html/overview.html'), '<p>hello</p>')
    const store = createSetStore(folder)
    assert.equal(await read(store.readFile(key, 'overview.md')), 'hello')
    assert.equal(await read(store.readHtml(key, 'overview.md')), '<p>hello</p>')
    assert.equal(await store.openPacked?.(key, 'overview.md'), undefined)
    assert.equal(String(await bytesOf((await store.openFile?.(key, 'overview.md')) ?? assert.fail(), 1, 3)), 'el')
  })

  it('reads only what the manifest lists', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(newSet('x'))
    await writeFile(path.join(folder, 'secret'), 'secret')
    for (const name of [
      '../secret',
      '..%2fsecret',
      '/etc/passwd',
      'manifest.json',
      'html/overview.html',
      'set.pack',
      '',
      '.',
    ]) {
      assert.equal(await store.readFile(key, name), undefined, name)
      assert.equal(await store.readHtml(key, name), undefined, name)
    }
    for (const bad of ['..', '.', '', '../docs', `${key}/`, 'x'.repeat(32)]) {
      assert.equal(await store.readManifest(bad), undefined, bad)
    }
  })

  it('keeps files of the repository under safe names and gives them by name or path', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(withSources(900))
    const rows = await createSetStore(folder).listSources(key)
    assert.deepEqual(rows.length, 900)
    assert.deepEqual(rows[7], { name: 'src/7.ts', path: 'src/7 \n<x>.ts', language: 'typescript' })
    for (const number of [0, 7, 899]) {
      const source = await store.readSource(key, `src/${number}.ts`)
      assert.equal(source?.text, textOf(number))
      assert.deepEqual([...(source?.colours ?? [])], [number % 128])
      assert.deepEqual(source?.marks.spans, [[number, number + 1]])
    }
    assert.equal((await store.findSource(key, 'src/7 \n<x>.ts'))?.name, 'src/7.ts')
    for (const name of ['../manifest.json', 'manifest.json', '', '__proto__', 'src/7.ts\0', '/etc/passwd']) {
      assert.equal(await store.findSource(key, name), undefined, name)
      assert.equal(await store.readSource(key, name), undefined, name)
    }
    const files = (await readdir(path.join(folder, key))).sort()
    assert.deepEqual(files, ['manifest.json', 'set.pack', 'sources.pack', 'sources.table'])
    for (const name of ['sources.pack', 'sources.table']) assert.equal(await store.readFile(key, name), undefined)
    const { size } = await stat(path.join(folder, key, 'sources.pack'))
    assert.ok(size < 900 * 1_000, `${size} bytes for 1.8 MB of text`)
  })

  it('has another key for another text, colour or mark, and none of a set without files', async () => {
    const store = createSetStore(folder)
    const given = withSources(1)
    const [source] = given.sources ?? []
    assert.ok(source)
    const changes = [
      {},
      { text: 'x' },
      { colours: Uint8Array.of(9) },
      { marks: { ...source.marks, spans: [] } },
      { path: 'x' },
    ]
    const keys = await Promise.all(
      changes.map((change) => store.publish({ ...given, sources: [{ ...source, ...change }] })),
    )
    assert.equal(new Set([...keys, await store.publish(newSet('x'))]).size, changes.length + 1)
    assert.deepEqual(await store.listSources(await store.publish(newSet('x'))), [])
  })

  it('mends a set that lost its files, and reads none of a set that is gone', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(withSources(3))
    await rm(path.join(folder, key, 'sources.pack'))
    await assert.rejects(store.readSource(key, 'src/1.ts'), { code: 'SET_DAMAGED' })
    await store.publish(withSources(3))
    assert.equal((await store.readSource(key, 'src/1.ts'))?.text, textOf(1))
    await store.remove(key)
    assert.equal(await store.readSource(key, 'src/1.ts'), undefined)
    assert.deepEqual(await createSetStore(folder).listSources(key), [])
  })

  it('follows no link in place of the kept files, and takes torn ones for none', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(withSources(3))
    const table = path.join(folder, key, 'sources.table')
    await rename(table, path.join(folder, 'elsewhere'))
    await symlink(path.join(folder, 'elsewhere'), table)
    await assert.rejects(createSetStore(folder).listSources(key), { code: 'SET_DAMAGED' })
    await store.publish(withSources(3))
    await rm(table)
    await writeFile(table, 'torn')
    await assert.rejects(createSetStore(folder).findSource(key, 'src/1.ts'), { code: 'SET_DAMAGED' })
  })

  it('takes a torn manifest for a damaged set, and one of a newer version for none', async () => {
    const key = 'f'.repeat(32)
    await mkdir(path.join(folder, key))
    await writeFile(path.join(folder, key, 'manifest.json'), '{"version":1,')
    await assert.rejects(createSetStore(folder).readManifest(key), { code: 'SET_DAMAGED' })
    assert.deepEqual(await readdir(folder), [`damaged-${key}`])
    await mkdir(path.join(folder, key))
    await writeFile(path.join(folder, key, 'manifest.json'), '{"version":4}')
    assert.equal(await createSetStore(folder).readManifest(key), undefined)
    assert.equal(await createSetStore(folder).check(key), undefined)
    assert.equal(await createSetStore(folder).has(key), true)
  })

  it('keeps its files to the owner', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(newSet('x'))
    assert.equal((await stat(path.join(folder, key))).mode & 0o777, 0o700)
    assert.equal((await stat(path.join(folder, key, 'set.pack'))).mode & 0o777, 0o600)
  })

  it('sweeps what was left half-written, and nothing else', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(newSet('x'))
    await mkdir(path.join(folder, '.tmp-1-x-0', 'html'), { recursive: true })
    assert.deepEqual(await store.sweep(), { removed: 0, stuck: 0 })
    assert.deepEqual(await store.sweep(-1), { removed: 1, stuck: 0 })
    assert.deepEqual(await readdir(folder), [key])
  })

  it('tells the age of what was left half-written by its clock', async () => {
    let now = Date.now()
    const store = createSetStore(folder, () => now)
    await mkdir(path.join(folder, '.tmp-1-x-0'), { recursive: true })
    assert.equal((await store.sweep()).removed, 0)
    now += 3_700_000
    assert.equal((await store.sweep()).removed, 1)
  })

  it('sweeps at once what a process left that is surely gone; one that cannot be seen has its time', async () => {
    const store = createSetStore(folder)
    const { boot, namespace, pid, start } = readOwner()
    const names = {
      own: temporaryName(),
      dead: `.tmp-${boot}-${namespace}-${pid}-${Number(start) + 1}-x-0`,
      rebooted: `.tmp-00000000-${namespace}-${pid}-${start}-x-0`,
      elsewhere: `.tmp-${boot}-00000000-${pid}-${start}-x-0`,
    }
    for (const name of Object.values(names)) await mkdir(path.join(folder, name))
    assert.equal((await store.sweep()).removed, 2)
    assert.deepEqual(await readdir(folder), [names.own, names.elsewhere].sort())
    assert.equal((await store.sweep(-1)).removed, 1)
    assert.deepEqual(await readdir(folder), [names.own], 'a writer that lives is never too old')
  })

  it('removes a set', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(newSet('x'))
    await store.remove(key)
    assert.equal(await store.readManifest(key), undefined)
    assert.deepEqual(await readdir(folder), [])
  })
})
