import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import type { AppEnv } from '#http/deps.ts'
import type { Limits } from '#http/limits/client-limits.ts'
import { Refusal } from '#http/problem.ts'
import { countedStream, createSentBytes, sendBody } from '#http/sent-bytes.ts'

const MIB = 1_048_576
const TYPE = { 'Content-Type': 'text/plain' }

/**
 * `/text` sends 10 MiB; `/stream` sends as much in one chunk. The header `client` says who asks.
 *
 * @param onCancel - Called when the source of a `/stream` is cancelled.
 */
function createApp(onCancel = (): void => undefined) {
  const app = new Hono<AppEnv>()
  const sent = createSentBytes()
  app.use((c, next) => {
    c.set('sent', sent)
    c.set('limits', {
      callerOf: () => ({ client: c.req.header('client'), signal: c.req.raw.signal }),
    } as Partial<Limits> as Limits)
    return next()
  })
  app.get('/text', (c) => sendBody(c, new Uint8Array(10 * MIB), 200, TYPE))
  app.get('/stream', (c) => {
    const start = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      controller.enqueue(new Uint8Array(10 * MIB))
      controller.close()
    }
    const endless = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      controller.enqueue(new Uint8Array(10 * MIB))
    }
    const source = c.req.query('endless') === undefined ? { start } : { pull: endless, cancel: onCancel }
    return c.body(countedStream(c, new ReadableStream(source, { highWaterMark: 0 })))
  })
  app.onError((error, c) => c.text(error instanceof Refusal ? error.code : String(error), 503))
  return (path: string, client: string, method = 'GET') =>
    app.request(path, { method, headers: { client } }) as Promise<Response>
}

test('bytes that a client does not read are counted until it does, or leaves', async () => {
  const ask = createApp()
  const unread = [] as Response[]
  for (let count = 0; count < 7; count++) unread.push(await ask('/text', 'slow'))
  assert.ok(unread.every(({ status }) => status === 200))
  const refused = await ask('/text', 'slow')
  assert.deepEqual([refused.status, await refused.text()], [503, 'SERVER_BUSY'])
  assert.equal((await ask('/text', 'another')).status, 200)
  assert.equal((await unread[0]?.arrayBuffer())?.byteLength, 10 * MIB)
  assert.equal((await ask('/text', 'slow')).status, 200)
  assert.equal((await ask('/text', 'slow')).status, 503)
  await unread[1]?.body?.cancel()
  assert.equal((await ask('/text', 'slow')).status, 200)
})

test('a request for the headers alone counts nothing', async () => {
  const ask = createApp()
  for (let count = 0; count < 20; count++) {
    const { status, headers } = await ask('/text', 'curious', 'HEAD')
    assert.deepEqual([status, headers.get('content-length')], [200, String(10 * MIB)])
  }
})

test('a stream counts its large chunks, and fails when there is no room', async () => {
  const ask = createApp()
  const readers: (ReadableStreamDefaultReader<Uint8Array> | undefined)[] = []
  for (let count = 0; count < 8; count++) readers.push((await ask('/stream', 'slow')).body?.getReader())
  for (const reader of readers.slice(0, 7)) assert.equal((await reader?.read())?.value?.length, 10 * MIB)
  await assert.rejects(readers[7]?.read() ?? Promise.resolve(), { code: 'SERVER_BUSY' })
  await readers[0]?.cancel()
  const again = (await ask('/stream', 'slow')).body?.getReader()
  assert.equal((await again?.read())?.value?.length, 10 * MIB)
})

test('a stream that fails for lack of room cancels its source', async () => {
  let cancelled = 0
  const ask = createApp(() => cancelled++)
  for (let count = 0; count < 7; count++) await ask('/text', 'slow')
  const reader = (await ask('/stream?endless', 'slow')).body?.getReader()
  await assert.rejects(reader?.read() ?? Promise.resolve(), { code: 'SERVER_BUSY' })
  assert.equal(cancelled, 1)
})
