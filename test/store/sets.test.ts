import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { temporaryName } from '#base/files.ts'
import { readOwner } from '#base/owner.ts'
import { createSetStore } from '#store/sets.ts'
import type { NewSet } from '#store/write-set.ts'
import { lacking } from '../support/skips.ts'
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

/** The most files that this process had open while it worked. */
async function countOpen(work: Promise<unknown>): Promise<number> {
  let most = 0
  let isDone = false
  const end = (): unknown => (isDone = true)
  work.then(end, end)
  while (!isDone) {
    most = Math.max(most, readdirSync('/proc/self/fd').length)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await work
  return most
}

describe('createSetStore', () => {
  it('holds few files open, however many a set has', {
    skip: process.platform !== 'linux' && lacking('/proc'),
  }, async () => {
    const many = newSet('x')
    many.html = new Map(Array.from({ length: 1_500 }, (_, number) => [`page-${number}.html`, '<p>x</p>']))
    const store = createSetStore(folder)
    const open = await countOpen(store.publish(many))
    assert.ok(open < 250, `${open} files`)
  })

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

  it('mends a set that lost a page', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(newSet('x'))
    await rm(path.join(folder, key, 'html', 'overview.html'))
    await store.publish(newSet('x'))
    assert.equal(String(await store.readHtml(key, 'overview.md')), '<p>x</p>')
  })

  it('reads only what the manifest lists, and follows no link', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(newSet('x'))
    await writeFile(path.join(folder, 'secret'), 'secret')
    for (const name of ['../secret', '..%2fsecret', '/etc/passwd', 'manifest.json', 'html/overview.html', '', '.']) {
      assert.equal(await store.readFile(key, name), undefined, name)
      assert.equal(await store.readHtml(key, name), undefined, name)
    }
    for (const bad of ['..', '.', '', '../docs', `${key}/`, 'x'.repeat(32)]) {
      assert.equal(await store.readManifest(bad), undefined, bad)
    }
    await rm(path.join(folder, key, 'overview.md'))
    await symlink(path.join(folder, 'secret'), path.join(folder, key, 'overview.md'))
    assert.equal(await store.readFile(key, 'overview.md'), undefined)
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
    assert.deepEqual(files, ['html', 'manifest.json', 'overview.md', 'sources.pack', 'sources.table'])
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
    assert.equal(await store.readSource(key, 'src/1.ts'), undefined)
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
    assert.deepEqual(await createSetStore(folder).listSources(key), [])
    await rm(table)
    await writeFile(table, 'torn')
    assert.equal(await createSetStore(folder).findSource(key, 'src/1.ts'), undefined)
  })

  it('takes a torn manifest for no set', async () => {
    const key = 'f'.repeat(32)
    await mkdir(path.join(folder, key))
    await writeFile(path.join(folder, key, 'manifest.json'), '{"version":1,')
    assert.equal(await createSetStore(folder).readManifest(key), undefined)
  })

  it('keeps its files to the owner', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(newSet('x'))
    assert.equal((await stat(path.join(folder, key))).mode & 0o777, 0o700)
    assert.equal((await stat(path.join(folder, key, 'overview.md'))).mode & 0o777, 0o600)
  })

  it('sweeps what was left half-written, and nothing else', async () => {
    const store = createSetStore(folder)
    const key = await store.publish(newSet('x'))
    await mkdir(path.join(folder, '.tmp-1-x-0', 'html'), { recursive: true })
    assert.deepEqual(await store.sweep(), { removed: 0, stuck: 0 })
    assert.deepEqual(await store.sweep(-1), { removed: 1, stuck: 0 })
    assert.deepEqual(await readdir(folder), [key])
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
