/** What is sent to a receiver, and what its answers mean. Receivers are real; signatures are checked by the package that makes them and by Node's own HMAC. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import type { Notice } from '#queue/webhook-notice.ts'
import { createNotify } from '#webhooks/notify.ts'
import { type Behaviour, type Receiver, startReceiver } from '../support/receiver.ts'
import { fakeJob } from '../templates/fakes.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const OLD_SECRET = `whsec_${Buffer.alloc(24, 9).toString('base64')}`
const bytesOf = (secret: string): Uint8Array => Buffer.from(secret.slice('whsec_'.length), 'base64')

async function receiverFor(t: TestContext, behave?: Behaviour): Promise<Receiver> {
  const receiver = await startReceiver(behave)
  t.after(() => receiver.close())
  return receiver
}

const noticeFor = (url: string): Notice => ({
  id: 'msg_1',
  url,
  origin: new URL(url).origin,
  job: fakeJob({ status: 'completed', completed_at: '2026-01-02T03:04:05.000Z' }),
})

const never = new AbortController().signal

function notifyAt(receiver: Receiver, change: { timeoutMs?: number; secrets?: string[] } = {}) {
  const { timeoutMs, secrets = [SECRET] } = change
  return createNotify({
    policy: { callbackHosts: [receiver.host], allowPrivateNetworks: true },
    secrets: secrets.map(bytesOf),
    clock: Date.now,
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
}

test('a message is signed as Standard Webhooks has it, and tells the job', async (t) => {
  const receiver = await receiverFor(t)
  const url = `${receiver.origin}/in?key=s3cret`
  assert.deepEqual(await notifyAt(receiver)(noticeFor(url), never), { is: 'delivered' })
  const [{ url: path, headers, body } = assert.fail()] = receiver.received
  assert.equal(path, '/in?key=s3cret')
  assert.equal(headers['content-type'], 'application/json')
  const message = new Webhook(SECRET).verify(body, headers) as { type: string; timestamp: string; data: object }
  assert.equal(message.type, 'job.completed')
  assert.equal(message.timestamp, '2026-01-02T03:04:05.000Z')
  const { callbacks: _, ...job } = noticeFor(url).job
  assert.deepEqual(message.data, job)
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const expected = createHmac('sha256', bytesOf(SECRET)).update(signed).digest('base64')
  assert.equal(headers['webhook-signature'], `v1,${expected}`)
  assert.throws(() => new Webhook(SECRET).verify(`${body} `, headers), /signature/i)
  assert.throws(() => new Webhook(OLD_SECRET).verify(body, headers), /signature/i)
})

test('while a secret is replaced, who knows either of the two is content', async (t) => {
  const receiver = await receiverFor(t)
  await notifyAt(receiver, { secrets: [SECRET, OLD_SECRET] })(noticeFor(`${receiver.origin}/`), never)
  const [{ headers, body } = assert.fail()] = receiver.received
  for (const secret of [SECRET, OLD_SECRET]) new Webhook(secret).verify(body, headers)
})

test('statuses are judged, and 410 ends it', async (t) => {
  const statuses = [200, 299, 400, 404, 429, 500, 503, 410]
  const receiver = await receiverFor(t, (response, count) => {
    response.writeHead(statuses[count - 1] ?? 500, { 'retry-after': '120' }).end('detail '.repeat(10))
  })
  const notify = notifyAt(receiver)
  const found: string[] = []
  for (const _ of statuses) found.push((await notify(noticeFor(`${receiver.origin}/`), never)).is)
  assert.deepEqual(found, ['delivered', 'delivered', 'failed', 'failed', 'failed', 'failed', 'failed', 'gone'])
})

test('the time that a receiver names is told', async (t) => {
  const receiver = await receiverFor(t, (response) => response.writeHead(503, { 'retry-after': '120' }).end())
  assert.deepEqual(await notifyAt(receiver)(noticeFor(`${receiver.origin}/`), never), {
    is: 'failed',
    error: 'The receiver answered 503.',
    retryAfterMs: 120_000,
  })
})

test('a redirect is not followed', async (t) => {
  const sink = await receiverFor(t)
  const receiver = await receiverFor(t, (response) => response.writeHead(307, { location: `${sink.origin}/x` }).end())
  const result = await notifyAt(receiver)(noticeFor(`${receiver.origin}/`), never)
  assert.match(result.is === 'failed' ? result.error : '', /307; redirects are not followed/)
  assert.equal(sink.connections(), 0)
})

test('a receiver that does not answer, or drips its headers, is given up', async (t) => {
  const hangs = await receiverFor(t, () => undefined)
  const drips = await receiverFor(t, (response) => {
    const timer = setInterval(() => response.socket?.write('H'), 5)
    response.socket?.on('close', () => clearInterval(timer))
  })
  for (const receiver of [hangs, drips]) {
    const result = await notifyAt(receiver, { timeoutMs: 300 })(noticeFor(`${receiver.origin}/`), never)
    assert.equal(result.is, 'failed')
  }
})

test('of an endless answer 64 KB are read, and of one that drips what comes in time', async (t) => {
  let written = 0
  const floods = await receiverFor(t, (response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384))) written += 16_384
      if (!response.destroyed) response.once('drain', more)
    }
    response.writeHead(200)
    more()
  })
  assert.equal((await notifyAt(floods)(noticeFor(`${floods.origin}/`), never)).is, 'delivered')
  assert.ok(written < 50_000_000, `${written}`)
  const drips = await receiverFor(t, (response) => {
    const timer = setInterval(() => response.write('x'), 5)
    response.on('close', () => clearInterval(timer))
  })
  const notify = notifyAt(drips, { timeoutMs: 300 })
  assert.equal((await notify(noticeFor(`${drips.origin}/`), never)).is, 'delivered', 'its status has come')
})

test('who ends ends it at once', async (t) => {
  const receiver = await receiverFor(t, () => stop.abort(new Error('the end')))
  const stop = new AbortController()
  await assert.rejects(notifyAt(receiver)(noticeFor(`${receiver.origin}/`), stop.signal), /the end/)
})

test('names that lead to loopback are not called, and nobody learns where they lead', async (t) => {
  const sink = await receiverFor(t)
  const { port } = new URL(sink.origin)
  const answers: Record<string, string[]> = {
    'loop.example.org': ['127.0.0.1'],
    'both.example.org': ['140.82.112.3', '127.0.0.1'],
    'mapped.example.org': ['::ffff:127.0.0.1'],
    'metadata.example.org': ['169.254.169.254'],
    'inside.example.org': ['10.0.0.7'],
  }
  const hosts = Object.keys(answers).map((name) => `${name}:${port}`)
  const network = { resolve: async (name: string) => answers[name] ?? [], caFiles: [] }
  const policy = { callbackHosts: hosts, allowPrivateNetworks: false }
  const notify = createNotify({ policy, secrets: [bytesOf(SECRET)], clock: Date.now }, network)
  for (const host of hosts) {
    const result = await notify(noticeFor(`https://${host}/`), never)
    assert.deepEqual(result, { is: 'failed', error: 'The host is not public.' }, host)
  }
  for (const url of [
    sink.origin,
    `https://127.0.0.1:${port}/`,
    `https://localhost:${port}/`,
    `https://[::1]:${port}/`,
  ]) {
    const result = await notify(noticeFor(url), never)
    assert.deepEqual(result, { is: 'failed', error: 'The operator no longer allows this URL.' }, url)
  }
  assert.equal(sink.connections(), 0)
})

test('a name is resolved once, and what it leads to later does not count', async (t) => {
  const receiver = await receiverFor(t)
  const { port } = new URL(receiver.origin)
  let asked = 0
  const resolve = async () => (++asked === 1 ? ['127.0.0.1'] : ['127.0.0.9'])
  const policy = { callbackHosts: [`hooks.example.org:${port}`], allowPrivateNetworks: true }
  const notify = createNotify({ policy, secrets: [bytesOf(SECRET)], clock: Date.now }, { resolve, caFiles: [] })
  const result = await notify(noticeFor(`http://hooks.example.org:${port}/`), never)
  assert.equal(result.is, 'delivered')
  assert.equal(asked, 1)
  assert.equal(receiver.received[0]?.headers.host, `hooks.example.org:${port}`)
})
