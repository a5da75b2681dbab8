/** Sets in a real database, read through the folders of several machines. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import pino from 'pino'
import { type OpenedDatabase, openDocspoolDatabase } from '#database/open.ts'
import { type CachedSets, createCachedSets } from '#store/postgres/cached-sets.ts'
import { listSpans, type Piece, readPieces } from '#store/postgres/set-pieces.ts'
import { createSharedSets, type SharedSets } from '#store/postgres/shared-sets.ts'
import type { NewSet } from '#store/publish-set.ts'
import { createSetStore } from '#store/sets.ts'
import { sharedServer, takeDatabase } from '../../postgres/server.ts'
import { onDatabase } from '../../postgres/start-server.ts'
import { until } from '../../queue/support.ts'
import { newSet } from '../new-set.ts'

interface Machine {
  docs: string
  sets: CachedSets
  publish(set: NewSet): Promise<string>
}

interface Fixture {
  url: string
  database: OpenedDatabase
  shared: SharedSets
  machine(maxBytes?: number): Promise<Machine>
}

async function setUp(t: TestContext): Promise<Fixture> {
  const { url, give } = await takeDatabase(await sharedServer())
  const database = await openDocspoolDatabase(url, { maxConnections: 4 })
  const root = await mkdtemp(path.join(tmpdir(), 'docspool-shared-'))
  t.after(async () => {
    await database.close()
    await rm(root, { recursive: true, force: true })
    give()
  })
  const shared = createSharedSets(database)
  let machines = 0
  return {
    ...{ url, database, shared },
    async machine(maxBytes = 1e9) {
      const docs = path.join(root, `${machines++}`)
      const sets = createCachedSets(docs, { shared, maxBytes, log: pino({ level: 'silent' }) })
      async function publish(set: NewSet): Promise<string> {
        const key = await createSetStore(docs).publish(set)
        await sets.share(key)
        return key
      }
      return { docs, sets, publish }
    },
  }
}

/** A set with pages, of which the first ones are those of every such set. Compressed, each of them is a piece. */
function withPages(own: string, count = 40): NewSet {
  const set = newSet(own)
  const files = new Map(set.files)
  const words = (n: number): string =>
    createHash('shake256', { outputLength: 4_500 + n })
      .update(`${n}`)
      .digest('hex')
  for (let n = 0; n < count; n++) files.set(`page-${n}.md`, `The same page ${n}. ${words(n)}`)
  return { ...set, files, sources: [] }
}

const count = async (url: string, table: string): Promise<number> =>
  Number((await onDatabase(url, `SELECT count(*) AS n FROM docspool.${table}`))[0]?.n)

const keysIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => /^[0-9a-f]{64}$/.test(name)).sort()

test('a set that one machine publishes is read on another, byte by byte the same', async (t) => {
  const { machine } = await setUp(t)
  const [one, two] = [await machine(), await machine()]
  const key = await one.publish(withPages('hello'))
  assert.equal(String(await two.sets.readFile(key, 'overview.md')), 'hello')
  assert.equal(String(await two.sets.readHtml(key, 'overview.md')), '<p>hello</p>')
  for (const name of await readdir(path.join(one.docs, key))) {
    const [here, there] = await Promise.all([one, two].map(({ docs }) => readFile(path.join(docs, key, name))))
    assert.ok(here?.equals(there ?? Buffer.alloc(0)), name)
  }
  assert.equal(await two.sets.readFile(key, 'none.md'), undefined)
  assert.equal(await two.sets.hold('f'.repeat(64)), false)
  assert.equal(await two.sets.readManifest('../../etc'), undefined)
})

test('what two sets have in common is stored once, and stays until the last of them goes', async (t) => {
  const { machine, url, shared } = await setUp(t)
  const one = await machine()
  const first = await one.publish(withPages('first'))
  const before = await count(url, 'blobs')
  const second = await one.publish(withPages('second'))
  const parts = await count(url, 'set_parts')
  assert.ok((await count(url, 'blobs')) - before < 8, 'the pages are shared')
  assert.ok(parts > 2 * 40)
  assert.equal(await shared.removeUnused(first, Number.POSITIVE_INFINITY), true)
  const two = await machine()
  assert.equal(String(await two.sets.readFile(second, 'page-7.md')).slice(0, 15), 'The same page 7')
  assert.equal(await two.sets.hold(first), false)
  await shared.removeUnused(second, Number.POSITIVE_INFINITY)
  assert.deepEqual([await count(url, 'blobs'), await count(url, 'set_parts'), await count(url, 'sets')], [0, 0, 0])
})

test('a version that is stored beside another one adds little, and is whole without it', async (t) => {
  const { machine, url, shared } = await setUp(t)
  const one = await machine()
  const bytesIn = async (): Promise<number> =>
    Number((await onDatabase(url, 'SELECT sum(length(body)) AS n FROM docspool.blobs'))[0]?.n)
  const text = (version: number): string =>
    Array.from({ length: 2_000 }, (_, at) => `${(at * 7_919) % 6_007} is on line ${at + version} of the file\n`).join(
      '',
    )
  const first = await one.publish(newSet(text(1)))
  const before = await bytesIn()
  const second = await createSetStore(one.docs).publish(newSet(text(2)), [first])
  await one.sets.share(second)
  assert.ok((await bytesIn()) - before < before / 4, `${(await bytesIn()) - before} after ${before}`)
  assert.equal(await shared.removeUnused(first, Number.POSITIVE_INFINITY), true)
  const two = await machine()
  assert.equal(String(await two.sets.readFile(second, 'overview.md')), text(2))
  // From there the next one goes on.
  const third = await createSetStore(two.docs).publish(newSet(text(3)), [second])
  await two.sets.share(third)
  assert.equal(String(await (await machine()).sets.readHtml(third, 'overview.md')), `<p>${text(3)}</p>`)
  assert.ok((await bytesIn()) < 1.5 * before)
})

test('of many publishers and removers at once none leaves a set without its pieces', async (t) => {
  const { machine, shared, url } = await setUp(t)
  const machines = await Promise.all([machine(), machine(), machine()])
  const keys = new Set<string>()
  const lanes = machines.map(async (own, lane) => {
    for (let n = 0; n < 8; n++) {
      const key = await own.publish(withPages(`${(n + lane) % 4}`, 12)).catch(() => undefined)
      if (key === undefined) continue
      keys.add(key)
      if (n % 3 === 2) await shared.removeUnused(key, Number.POSITIVE_INFINITY)
    }
  })
  await Promise.all(lanes)
  const missing = await onDatabase(
    url,
    'SELECT key FROM docspool.set_parts WHERE NOT EXISTS (SELECT FROM docspool.blobs WHERE blobs.hash = set_parts.hash)',
  )
  assert.deepEqual(missing, [])
  const reader = await machine()
  for (const key of await shared.list()) assert.equal(await reader.sets.hold(key), true)
  const unused = await onDatabase(
    url,
    'SELECT hash FROM docspool.blobs WHERE NOT EXISTS (SELECT FROM docspool.set_parts WHERE set_parts.hash = blobs.hash)',
  )
  assert.deepEqual(unused, [], 'no piece is left of a set that was removed')
})

test('of a set whose publisher dies half-way nothing is there', async (t) => {
  const { machine, shared, url } = await setUp(t)
  const one = await machine()
  const key = await createSetStore(one.docs).publish(withPages('half', 30))
  const spans = await listSpans(path.join(one.docs, key))
  async function* dying(): AsyncGenerator<Piece> {
    let left = spans.length - 2
    for await (const piece of readPieces(path.join(one.docs, key), spans)) {
      if (left-- === 0) throw new Error('the disk is gone')
      yield piece
    }
  }
  await assert.rejects(shared.publish({ key, repoUrl: 'https://a/b', bytes: 1, pieces: dying }), /the disk is gone/)
  assert.deepEqual([await count(url, 'blobs'), await count(url, 'set_parts'), await count(url, 'sets')], [0, 0, 0])
  await one.sets.share(key)
  assert.equal(await (await machine()).sets.hold(key), true)
})

test('a file of the folder that was damaged is found and fetched again', async (t) => {
  const { machine, shared } = await setUp(t)
  const [one, two] = [await machine(), await machine()]
  const key = await one.publish(withPages('hello'))
  await two.sets.hold(key)
  const damages: ((file: string) => Promise<unknown>)[] = [
    (file) => appendFile(file, 'x'),
    (file) => writeFile(file, ''),
    async (file) => {
      const bytes = await readFile(file)
      bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40)
      await writeFile(file, bytes)
    },
    (file) => rm(file),
  ]
  for (const damage of damages) {
    await damage(path.join(two.docs, key, 'set.pack'))
    // As another process would find it.
    const again = createCachedSets(two.docs, { shared, maxBytes: 1e9, log: pino({ level: 'silent' }) })
    assert.equal(String(await again.readFile(key, 'overview.md')), 'hello')
    const [here, there] = await Promise.all([one, two].map(({ docs }) => readFile(path.join(docs, key, 'set.pack'))))
    assert.ok(here?.equals(there ?? Buffer.alloc(0)))
  }
  // The same process: what it cannot read, it checks.
  await writeFile(path.join(two.docs, key, 'set.pack'), Buffer.alloc(3_000))
  assert.equal(String(await two.sets.readFile(key, 'page-1.md')).slice(0, 13), 'The same page')
})

test('a piece that is damaged in the database is not read', async (t) => {
  const { machine, url } = await setUp(t)
  const key = await (await machine()).publish(withPages('hello'))
  await onDatabase(url, `UPDATE docspool.blobs SET body = body || '\\x00'::bytea WHERE length(body) > 100`)
  const two = await machine()
  await assert.rejects(two.sets.readManifest(key), /damaged/)
  assert.deepEqual(await keysIn(two.docs), [])
  assert.deepEqual(await readdir(two.docs), [], 'nothing unfinished is left')
})

test('a set that is damaged in the database is made again by a publication, with the pieces that others share', async (t) => {
  const { machine, url, shared } = await setUp(t)
  const [one, two] = [await machine(), await machine()]
  const keys = [await one.publish(withPages('hello')), await one.publish(withPages('other'))]
  await onDatabase(url, `UPDATE docspool.blobs SET body = body || '\\x00'::bytea WHERE length(body) > 100`)
  for (const key of keys) {
    assert.equal(await shared.isDamaged(key), true)
    await assert.rejects(two.sets.hold(key), { code: 'SET_DAMAGED' })
    await one.sets.share(key)
    assert.equal(await shared.isDamaged(key), false)
    assert.match(String(await two.sets.readFile(key, 'page-1.md')), /^The same page 1/)
  }
  assert.deepEqual(await shared.list(), keys.sort())
})

test('a part of the folder that is damaged, without compression, is fetched again', async (t) => {
  const { machine } = await setUp(t)
  const one = await machine()
  const key = await one.publish({ ...withPages('hello'), binaries: new Map([['a.png', Buffer.alloc(9_000, 7)]]) })
  const pack = path.join(one.docs, key, 'set.pack')
  const bytes = await readFile(pack)
  bytes.fill(8, bytes.indexOf(Buffer.alloc(100, 7)) + 50, bytes.indexOf(Buffer.alloc(100, 7)) + 60)
  await writeFile(pack, bytes)
  assert.deepEqual(Buffer.from((await one.sets.readFile(key, 'a.png')) ?? []), Buffer.alloc(9_000, 7))
  assert.deepEqual(await keysIn(one.docs), [key])
})

test('many readers of a set that is not there yet fetch it once', async (t) => {
  const { machine } = await setUp(t)
  const [one, two] = [await machine(), await machine()]
  const key = await one.publish(withPages('hello'))
  const texts = await Promise.all(Array.from({ length: 20 }, () => two.sets.readFile(key, 'overview.md')))
  assert.deepEqual(new Set(texts.map(String)), new Set(['hello']))
  assert.deepEqual(await readdir(two.docs), [key])
})

test('the folder keeps the sets that were used last, and the database all', async (t) => {
  const { machine, shared } = await setUp(t)
  const one = await machine()
  const keys: string[] = []
  for (let n = 0; n < 4; n++) keys.push(await one.publish(withPages(`set ${n}`)))
  const small = await machine(1)
  const old = new Date(Date.now() - 3_600_000)
  for (const key of keys.slice(0, 3)) {
    await small.sets.hold(key)
    await utimes(path.join(small.docs, key), old, old)
  }
  // Tidied with what is fetched next, at most once a minute: this is another process.
  const next = createCachedSets(small.docs, { shared, maxBytes: 1, log: pino({ level: 'silent' }) })
  await next.hold(keys[3] ?? '')
  const end = performance.now() + 10_000
  while ((await keysIn(small.docs)).length > 1 && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  assert.deepEqual(await keysIn(small.docs), [keys[3]])
  assert.deepEqual(await shared.list(), [...keys].sort())
  for (const key of keys) assert.equal(await next.hold(key), true, 'it is fetched again')
})

test('sets that are fetched one after the other do not fill the disk', async (t) => {
  const { machine, shared } = await setUp(t)
  const one = await machine()
  const keys: string[] = []
  for (let n = 0; n < 4; n++) keys.push(await one.publish(withPages(`set ${n}`, 4)))
  const bytes = (await shared.measure(keys[0] ?? '')).bytes
  const { docs } = await machine()
  const deps = { shared, maxBytes: bytes, minExcessBytes: 0, log: pino({ level: 'silent' }) }
  const cached = createCachedSets(docs, deps)
  const noLimit = { begin: () => undefined, charge: () => undefined }
  const sets = { hold: async (key: string) => await cached.forCaller?.(noLimit, () => cached.hold(key)) }
  const [first = '', second = '', third = '', fourth = ''] = keys
  await sets.hold(first)
  await assert.rejects(
    (async () => {
      for (const key of [second, third]) await sets.hold(key)
    })(),
    { code: 'SERVER_BUSY' },
  )
  const old = new Date(Date.now() - 120_000)
  for (const key of await keysIn(docs)) await utimes(path.join(docs, key), old, old)
  assert.equal(await sets.hold(fourth), true, 'after a minute, others make room')
  assert.ok((await keysIn(docs)).length <= 2)
})

test('who asks for a set that has to be fetched is charged for it, and a manifest alone fetches no set', async (t) => {
  const { machine } = await setUp(t)
  const key = await (await machine()).publish(withPages('hello'))
  const { docs, sets } = await machine()
  assert.equal((await sets.peekManifest?.(key))?.key, key)
  assert.deepEqual(await readdir(docs), [])
  const charged: number[] = []
  const asked = <T>(step: () => T, begin = () => undefined) =>
    sets.forCaller?.({ begin, charge: (bytes) => void charged.push(bytes) }, step)
  const refuse = () => {
    throw new Error('no more')
  }
  await assert.rejects(Promise.resolve(asked(() => sets.readManifest(key), refuse)), /no more/)
  await asked(() => Promise.all([sets.readManifest(key), sets.readFile(key, 'overview.md')]))
  assert.equal(charged.length, 1)
  assert.ok((charged[0] ?? 0) > 40 * 4_500)
  await asked(() => sets.readManifest(key), refuse)
})

test('sets that were in the folder before the database, which never had them, stay', async (t) => {
  const { machine, shared } = await setUp(t)
  const one = await machine()
  const keys = [await one.publish(withPages('first')), await one.publish(withPages('second'))]
  const { docs, sets } = await machine()
  const own = await createSetStore(docs).publish(withPages('own'))
  const control = path.join(docs, '..', 'control')
  await mkdir(control)
  await writeFile(path.join(control, 'database'), '')
  await sets.hold(keys[0] ?? '')
  const old = new Date(Date.now() - 3_600_000)
  for (const key of [own, keys[0] ?? '']) await utimes(path.join(docs, key), old, old)
  const next = createCachedSets(docs, { shared, maxBytes: 1, log: pino({ level: 'silent' }) })
  await next.hold(keys[1] ?? '')
  await until(async () => !(await keysIn(docs)).includes(keys[0] ?? ''), 'the folder is tidied', 30_000)
  assert.deepEqual(await keysIn(docs), [own, keys[1] ?? ''].sort())
})

test('a set that was used since is not removed', async (t) => {
  const { machine, shared } = await setUp(t)
  const key = await (await machine()).publish(newSet('x'))
  const used = (await shared.lastUse(key)) ?? assert.fail()
  await new Promise((resolve) => setTimeout(resolve, 5))
  await shared.renew(key)
  assert.equal(await shared.removeUnused(key, used), false)
  assert.deepEqual(await shared.list(), [key])
  assert.equal(await shared.removeUnused(key, shared.clock() + 60_000), true)
  assert.equal(await shared.lastUse(key), undefined)
})
