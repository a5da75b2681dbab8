import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { readConfig } from '#base/config.ts'
import { createLog } from '#base/log.ts'
import { CannotListen } from '#server/listen.ts'
import { type RunningServer, startServer } from '#server/serve.ts'
import { MemoryQueue } from '../http/memory-queue.ts'

interface Started {
  server: RunningServer
  queue: MemoryQueue & { isClosed?: boolean }
  shutdown: AbortController
}

async function start(t: TestContext, settings: Record<string, string> = {}): Promise<Started> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-serve-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const queue: Started['queue'] = new MemoryQueue()
  queue.close = async () => {
    queue.isClosed = true
  }
  const shutdown = new AbortController()
  const server = await startServer({
    config: readConfig({ DOCSPOOL_PORT: '0', DOCSPOOL_SPOOL_DIR: folder, ...settings }, {}),
    log: createLog('test', 'silent'),
    signal: shutdown.signal,
    openQueue: async () => queue,
  })
  t.after(() => server.close(0))
  return { server, queue, shutdown }
}

/** `node:http` and not `fetch`: it sends any Host, and chunks. */
function send(url: string, options: RequestOptions = {}, body: string[] = []): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, options, resolve)
    request.on('error', reject)
    for (const chunk of body) request.write(chunk)
    request.end()
  })
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

async function held(queue: MemoryQueue): Promise<void> {
  while (queue.watchers === 0) await turn()
}

test('the server answers what the application answers', async (t) => {
  const { server } = await start(t)
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  const posted = await send(`${server.url}/`, { method: 'POST', headers: FORM }, ['repo_url=https://github.com/a/b'])
  assert.equal(posted.statusCode, 202)
  assert.equal(await text(posted), `queued  a--b  ${server.url}/jobs/a--b\n`)
  const head = await send(`${server.url}/api/job/a--b`, { method: 'HEAD' })
  assert.equal(head.statusCode, 200)
  assert.equal(await text(head), '')
  assert.equal((await send(`${server.url}/assets/docspool.css`)).statusCode, 200)
})

test('a server with a model says which jobs may name, and what was spent', async (t) => {
  const settings = { MAIN_MODEL: 'gpt-x', LLM_API_KEY: 'sk-canary', DOCSPOOL_MODELS: 'gpt-y' }
  const { server, queue } = await start(t, { ...settings, DOCSPOOL_MAX_COST_USD_PER_DAY: '7' })
  const post = async (fields: string) =>
    text(await send(`${server.url}/`, { method: 'POST', headers: FORM }, [`repo_url=https://github.com/a/b${fields}`]))
  await post('')
  await post('&model=gpt-y')
  assert.deepEqual(
    queue.submits.map(({ mainModel, options }) => [mainModel, options]),
    [
      ['gpt-x', {}],
      ['gpt-y', { model: 'gpt-y' }],
    ],
  )
  assert.match(await post('&model=gpt-z'), /MODEL_NOT_ALLOWED/)
  const spend = JSON.parse(await text(await send(`${server.url}/api/spend`)))
  assert.deepEqual([spend.limits.cost_usd, spend.total.calls], [7, 0])
  assert.match(await text(await send(`${server.url}/metrics`)), /^docspool_model_calls_total 0$/m)
})

test('a body over 64 KiB is 413, announced or in chunks', async (t) => {
  const { server, queue } = await start(t)
  const chunk = 'x'.repeat(50_000)
  const announced = { method: 'POST', headers: { ...FORM, 'content-length': 100_000 } }
  assert.equal((await send(`${server.url}/`, announced, [chunk, chunk])).statusCode, 413)
  assert.equal((await send(`${server.url}/`, { method: 'POST', headers: FORM }, [chunk, chunk])).statusCode, 413)
  assert.equal(
    (await send(`${server.url}/`, { method: 'POST', headers: FORM }, ['repo_url=', 'https://github.com/a/b']))
      .statusCode,
    202,
  )
  assert.equal(queue.submits.length, 1)
})

test('a server on a loopback address refuses foreign names', async (t) => {
  const { server } = await start(t)
  const ask = async (host: string, path = '/api/queue'): Promise<number | undefined> =>
    (await send(`${server.url}${path}`, { headers: { host } })).statusCode
  assert.equal(await ask(`localhost:${server.port}`), 200)
  assert.equal(await ask('evil.example'), 421)
  // Who watches the service may ask by any name.
  assert.equal(await ask('evil.example', '/healthz'), 200)
  assert.equal(await ask('evil.example:80@localhost'), 400)
})

test('paths that climb are 404 however they reach the socket', async (t) => {
  const { server } = await start(t)
  for (const target of [
    '/static-docs/x/../../secret.md',
    '/static-docs/x/..%2f..%2fsecret.md',
    '/assets/../package.json',
    '/../../etc/passwd',
  ]) {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1')
      socket.on('error', reject)
      text(socket).then(resolve, reject)
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    })
    assert.match(answer, /^HTTP\/1\.1 404 /, target)
  }
})

test('closing ends long polls and idle connections at once, then closes the queue', { timeout: 30_000 }, async (t) => {
  const { server, queue } = await start(t)
  queue.move('a--b', { status: 'processing' })
  const agent = new Agent({ keepAlive: true })
  t.after(() => agent.destroy())
  await text(await send(`${server.url}/healthz`, { agent }))
  const poll = send(`${server.url}/api/job/a--b?wait=60`, { agent })
  await held(queue)
  const started = Date.now()
  const closed = server.close(20_000)
  assert.equal((await poll).statusCode, 200)
  await closed
  assert.ok(Date.now() - started < 10_000, 'it did not wait for the grace to pass')
  assert.equal(queue.isClosed, true)
  await assert.rejects(send(`${server.url}/healthz`), { code: 'ECONNREFUSED' })
})

test('the signal alone ends long polls', { timeout: 30_000 }, async (t) => {
  const { server, queue, shutdown } = await start(t)
  queue.move('a--b', { status: 'processing' })
  const poll = send(`${server.url}/api/job/a--b?wait=60`)
  await held(queue)
  shutdown.abort()
  assert.equal((await poll).statusCode, 200)
})

test('a request that runs may finish within the grace', { timeout: 30_000 }, async (t) => {
  const { server, queue } = await start(t)
  let finish: () => void = () => undefined
  const isSlow = new Promise<void>((resolve) => {
    queue.probe = () =>
      new Promise<string[]>((done) => {
        finish = () => done([])
        resolve()
      })
  })
  const slow = send(`${server.url}/readyz`)
  await isSlow
  const closed = server.close(20_000)
  finish()
  assert.equal((await slow).statusCode, 200)
  await closed
})

test('what outlives the grace is cut', { timeout: 30_000 }, async (t) => {
  const { server, queue } = await start(t)
  const isStuck = new Promise<void>((resolve) => {
    queue.probe = () => {
      resolve()
      return new Promise<string[]>(() => undefined)
    }
  })
  const stuck = send(`${server.url}/readyz`)
  const cut = assert.rejects(stuck, { code: 'ECONNRESET' })
  await isStuck
  const closed = server.close(60_000)
  await server.close(10)
  await Promise.all([closed, cut])
})

test('a long poll whose caller leaves is not held', { timeout: 30_000 }, async (t) => {
  const { server, queue } = await start(t)
  queue.move('a--b', { status: 'processing' })
  const request = httpRequest(`${server.url}/api/job/a--b?wait=60`)
  request.on('error', () => undefined)
  request.end()
  await held(queue)
  request.destroy()
  while (queue.watchers > 0) await turn()
})

test('a port that is taken is named', async (t) => {
  const { server } = await start(t)
  await assert.rejects(start(t, { DOCSPOOL_PORT: String(server.port) }), (error) => {
    assert.ok(error instanceof CannotListen)
    assert.equal(error.code, 'PORT_IN_USE')
    assert.match(error.message, new RegExp(String(server.port)))
    assert.match(error.hint, /DOCSPOOL_PORT/)
    return true
  })
})

test('an address that is not this machine’s is named', async (t) => {
  const code = 'ADDRESS_NOT_AVAILABLE'
  await assert.rejects(start(t, { DOCSPOOL_HOST: '192.0.2.1' }), {
    code,
    message: /is not an address of this machine now/,
  })
  await assert.rejects(start(t, { DOCSPOOL_HOST: 'docs.invalid' }), {
    code,
    message: /docs.invalid cannot be resolved now/,
  })
})

test('metrics on a port of their own are not told by the server', async (t) => {
  const { server } = await start(t, { DOCSPOOL_METRICS_PORT: '0' })
  const url = server.metricsUrl ?? ''
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/metrics$/)
  assert.equal((await send(`${server.url}/metrics`)).statusCode, 404)
  await text(await send(`${server.url}/assets/docspool.css`))
  const told = await text(await send(url))
  assert.match(told, /^docspool_http_requests_total\{method="GET",route="\/assets\/:[a-z]+",status="200"\} 1$/m)
  const sent = Number(/^docspool_http_sent_bytes_total (\d+)$/m.exec(told)?.[1])
  assert.ok(sent > 1_000, `${sent} bytes were sent`)
  assert.equal((await send(url, { method: 'HEAD' })).statusCode, 200)
  assert.equal((await send(url, { method: 'POST' })).statusCode, 405)
  assert.equal((await send(url.replace('/metrics', '/'))).statusCode, 404)
  await server.close(0)
  await assert.rejects(send(url), { code: 'ECONNREFUSED' })
})

test('a connection that sends requests without reading answers is closed', async (t) => {
  const { server } = await start(t)
  const one = 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'
  const ask = async (requests: number): Promise<number> => {
    const socket = connect(server.port, '127.0.0.1')
    socket.end(one.repeat(requests))
    let answer = ''
    for await (const chunk of socket.setEncoding('latin1')) answer += chunk
    return answer.split('HTTP/1.1 200').length - 1
  }
  assert.equal(await ask(60), 60)
  assert.equal(await ask(400).catch(() => 0), 0)
})
