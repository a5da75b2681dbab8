import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { type Context, Hono } from 'hono'
import { Aborted } from '#base/errors.ts'
import { createSendCompressed } from '#http/compressed-responses.ts'
import type { AppEnv } from '#http/deps.ts'
import type { Limits } from '#http/limits/client-limits.ts'
import { createSentBytes } from '#http/sent-bytes.ts'
import { SpoolUnavailable } from '#queue/errors.ts'
import { createSetStore } from '#store/sets.ts'
import { createFixture, exampleSet } from './fixture.ts'

const DOCS = '/static-docs/pallets--flask'
const PATHS = [`${DOCS}/`, `${DOCS}/src-app.md`, `${DOCS}/module_tree.json`, `${DOCS}/llms.txt`, '/assets/docspool.css']

const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer())

/** Without the application around it. */
function callFrom(c: Context<AppEnv>, client: string, sent = createSentBytes()): void {
  c.set('sent', sent)
  c.set('limits', { callerOf: () => ({ signal: c.req.raw.signal, client }) } as unknown as Limits)
}

/** Documents whose reads are counted, in a folder from which they can be taken. */
async function createCounted(t: TestContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-http-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const store = createSetStore(folder)
  const key = await store.publish(exampleSet)
  const reads: string[] = []
  const sets: typeof store = {
    ...store,
    readHtml(set, page) {
      reads.push(page)
      return store.readHtml(set, page)
    },
  }
  const app = await createFixture(t, { sets })
  app.queue.move('pallets--flask', { status: 'completed' }, key)
  return { app, reads, folder: path.join(folder, key) }
}

test('who takes gzip gets it, with a tag of its own, and the same bytes inside', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  for (const to of PATHS) {
    const plain = await app.request(to)
    const packed = await app.request(to, { headers: { 'accept-encoding': 'gzip, deflate, br' } })
    assert.deepEqual(
      [plain.headers.get('content-encoding'), packed.headers.get('content-encoding')],
      [null, 'gzip'],
      to,
    )
    assert.equal(packed.headers.get('content-type'), plain.headers.get('content-type'))
    assert.deepEqual(gunzipSync(await bytesOf(packed)), await bytesOf(plain), to)
    const [tag, packedTag] = [plain.headers.get('etag') ?? '', packed.headers.get('etag') ?? '']
    assert.equal(packedTag, `${tag.slice(0, -1)}-gzip"`)
    for (const answer of [plain, packed]) assert.match(answer.headers.get('vary') ?? '', /Accept-Encoding/, to)
    for (const [encoding, known, status] of [
      ['gzip', packedTag, 304],
      ['gzip', tag, 200],
      ['identity', tag, 304],
      ['identity', packedTag, 200],
    ] as const) {
      const again = await app.request(to, { headers: { 'accept-encoding': encoding, 'if-none-match': known } })
      assert.equal(again.status, status, `${to} ${encoding} ${known}`)
      if (status !== 304) continue
      assert.deepEqual([(await bytesOf(again)).length, again.headers.get('content-encoding')], [0, null])
      assert.match(again.headers.get('vary') ?? '', /Accept-Encoding/)
    }
  }
})

test('only who takes gzip gets it', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  const encodings: [accept: string, encoding: string | null][] = [
    ['gzip', 'gzip'],
    ['GZIP;q=0.5', 'gzip'],
    ['br;q=1, *;q=0.1', 'gzip'],
    ['gzip;q=0', null],
    ['gzip;q=0, *', null],
    ['*;q=0', null],
    ['br', null],
    ['', null],
  ]
  for (const [accept, encoding] of encodings) {
    const answer = await app.request(`${DOCS}/`, { headers: { 'accept-encoding': accept } })
    assert.equal(answer.headers.get('content-encoding'), encoding, accept)
  }
  const archive = await app.request(`${DOCS}.zip`, { headers: { 'accept-encoding': 'gzip' } })
  assert.equal(archive.headers.get('content-encoding'), null, 'an archive is compressed as it is')
})

test('a page is read and compressed once, also for many at once, and is gone when its set is', async (t) => {
  const { app, reads, folder } = await createCounted(t)
  const headers = { 'accept-encoding': 'gzip' }
  const answers = await Promise.all(Array.from({ length: 20 }, () => app.request(`${DOCS}/`, { headers })))
  answers.push(await app.request(`${DOCS}/overview.md`, { headers }))
  const bodies = await Promise.all(answers.map(bytesOf))
  assert.equal(new Set(bodies.map((body) => body.toString('hex'))).size, 1)
  assert.deepEqual(reads, ['overview.md'])
  await rm(folder, { recursive: true })
  const gone = await app.request(`${DOCS}/`, { headers })
  assert.deepEqual([gone.status, gone.headers.get('etag'), gone.headers.get('content-encoding')], [404, null, null])
})

test('documents that are away with the spool are not said to be gone', async (t) => {
  const { app, folder } = await createCounted(t)
  assert.equal((await app.request(`${DOCS}/`)).status, 200)
  const { read } = app.queue
  let reads = 0
  app.queue.read = async (id) => {
    reads += 1
    if (reads % 2 === 0) throw new SpoolUnavailable('The spool is not at its place.')
    return read.call(app.queue, id)
  }
  await rm(folder, { recursive: true })
  for (const to of [`${DOCS}/`, `${DOCS}/src-app.md`, `${DOCS}/source/app.py`, `${DOCS}.zip`]) {
    reads = to.endsWith('.zip') ? -1 : 0
    assert.equal((await app.request(to)).status, 503, to)
  }
})

test('what there is no room for is compressed each time, and a failure is nobody else’s', async () => {
  const answerKept = createSendCompressed(1_000)
  let reads = 0
  const app = new Hono<AppEnv>().onError((_, c) => c.text('', 500))
  app.get('/', async (c) => {
    callFrom(c, 'a')
    const read = async () => {
      reads += 1
      if (reads === 1) throw new Error('The disk is away.')
      return new TextEncoder().encode('x'.repeat(5_000))
    }
    const kept = { etag: '"x"', type: 'text/plain', cacheControl: 'no-cache', read, isThere: async () => true }
    return (await answerKept(c, kept)) ?? c.notFound()
  })
  const ask = () => app.request('/', { headers: { 'accept-encoding': 'gzip' } })
  assert.equal((await ask()).status, 500)
  for (let time = 0; time < 2; time++) assert.equal(gunzipSync(await bytesOf(await ask())).length, 5_000)
  assert.equal(reads, 3)
})

test('what is kept under a tag is kept for its type alone', async () => {
  const answerKept = createSendCompressed()
  const app = new Hono<AppEnv>().get('/:text/:type', async (c) => {
    callFrom(c, 'a')
    const { text, type } = c.req.param()
    const read = async () => new TextEncoder().encode(text)
    const body = { etag: '"same"', type: `text/${type}`, cacheControl: 'no-cache', read, isThere: async () => true }
    return (await answerKept(c, body)) ?? c.notFound()
  })
  for (const [path, text] of Object.entries({ '/a/html': 'a', '/b/plain': 'b', '/c/html': 'a' })) {
    const answer = await app.request(path, { headers: { 'accept-encoding': 'gzip' } })
    assert.equal(String(gunzipSync(await bytesOf(answer))), text, path)
  }
})

test('the bytes of large answers that nobody reads are counted, by client and in all', async () => {
  const answerKept = createSendCompressed()
  const sent = createSentBytes()
  const bytes = new TextEncoder().encode('0123456789'.repeat(800_000))
  const app = new Hono<AppEnv>().onError((error, c) => c.text(error.message, 503))
  app.get('/:client', async (c) => {
    callFrom(c, c.req.param('client'), sent)
    const body = { etag: '"large"', type: 'text/plain', cacheControl: 'no-cache' }
    return (await answerKept(c, { ...body, read: async () => bytes, isThere: async () => true })) ?? c.notFound()
  })
  const first = await app.request('/a')
  for (let n = 1; n < 9; n++) assert.equal((await app.request('/a')).status, 200)
  const refused = await app.request('/a')
  assert.deepEqual([refused.status, refused.headers.get('etag')], [503, null])
  assert.match(await refused.text(), /to your address/)
  const other = await app.request('/b', { headers: { range: 'bytes=99990-100009' } })
  assert.deepEqual([other.status, await other.text()], [206, '01234567890123456789'])

  assert.deepEqual(await bytesOf(first), Buffer.from(bytes), 'read to its end, it is counted no more')
  const again = await app.request('/a')
  assert.equal(again.status, 200)
  await again.body?.cancel()
  assert.equal((await app.request('/a')).status, 200, 'nor when it is given up')
})

test('bytes count as being sent while they are read', async () => {
  const send = createSendCompressed()
  const sent = createSentBytes()
  const app = new Hono<AppEnv>().onError((_, c) => c.text('', 503))
  const releases: Array<() => void> = []
  app.get('/', async (c) => {
    callFrom(c, 'a', sent)
    const read = async () => {
      await new Promise<void>((resolve) => releases.push(resolve))
      return new TextEncoder().encode('x')
    }
    const body = { etag: '"x"', type: 'text/plain', cacheControl: 'no-cache', read, isThere: async () => true }
    return (await send(c, { ...body, expectedBytes: 40 * 1_048_576 })) ?? c.notFound()
  })
  const first = [app.request('/'), app.request('/')]
  const refused = await app.request('/')
  assert.equal(refused.status, 503)
  assert.equal(releases.length, 2)
  for (const release of releases) release()
  for (const answer of await Promise.all(first)) assert.equal(answer.status, 200)
  const later = app.request('/')
  await new Promise((resolve) => setImmediate(resolve))
  releases[2]?.()
  assert.equal((await later).status, 200)
})

/** Made bytes, whose makers the test ends. */
function createMade() {
  const send = createSendCompressed()
  const sent = createSentBytes()
  const makers: { resolve(bytes: Uint8Array<ArrayBuffer>): void; reject(error: unknown): void }[] = []
  let isThere = true
  const app = new Hono<AppEnv>().onError((error, c) => c.text(error.message, 503))
  app.get('/', async (c) => {
    callFrom(c, 'a', sent)
    const body = { etag: '"made"', type: 'text/plain', cacheControl: 'no-cache', isThere: async () => isThere }
    const read = () => new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => makers.push({ resolve, reject }))
    return (await send(c, { ...body, isMade: true, read })) ?? c.notFound()
  })
  const ask = (encoding: string) => app.request('/', { headers: { 'accept-encoding': encoding } })
  const remove = () => {
    isThere = false
  }
  const wait = async (count: number): Promise<void> => {
    for (let turns = 0; makers.length < count && turns < 1_000; turns++) await new Promise((go) => setImmediate(go))
    assert.equal(makers.length, count)
  }
  return { ask, makers, wait, remove }
}

test('bytes that are made are made in the name of each who asks, and one who leaves takes nobody along', async () => {
  for (const encoding of ['gzip', 'identity']) {
    const { ask, makers, wait } = createMade()
    const [first, second] = [ask(encoding), ask(encoding)]
    await wait(2)
    makers[0]?.reject(new Aborted('The caller has disconnected.'))
    assert.equal((await first).status, 503, encoding)
    makers[1]?.resolve(new TextEncoder().encode('x'))
    assert.equal((await second).status, 200, encoding)
  }
})

test('kept bytes count as being sent while they are unpacked', async () => {
  const { ask, makers, wait } = createMade()
  const first = ask('gzip')
  await wait(1)
  makers[0]?.resolve(new Uint8Array(40 * 1_048_576))
  await first
  const answers = [ask('identity'), ask('identity'), ask('identity')]
  assert.equal((await Promise.race(answers)).status, 503, 'refused before anything was unpacked')
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  assert.deepEqual(statuses.sort(), [200, 200, 503])
})

test('bytes that were made for any client are there for all, until they are gone', async () => {
  for (const before of ['gzip', 'identity']) {
    const { ask, makers, wait, remove } = createMade()
    const first = ask(before)
    await wait(1)
    makers[0]?.resolve(new TextEncoder().encode('made'))
    await first
    const [packed, plain] = [await ask('gzip'), await ask('identity')]
    assert.equal(String(gunzipSync(await bytesOf(packed))), 'made')
    assert.equal(String(await bytesOf(plain)), 'made')
    assert.equal(plain.headers.get('content-encoding'), null)
    assert.equal(makers.length, 1)
    remove()
    assert.deepEqual([(await ask('gzip')).status, (await ask('identity')).status], [404, 404])
  }
})
