import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { describe, it } from 'node:test'
import { connect, serveShop } from './shop.ts'

const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }

describe('bad input', () => {
  it('is refused in a form that clients know, and the next call is answered', async (t) => {
    const { ask, origin } = await serveShop(t)
    const post = (body: string, headers: Record<string, string> = {}) =>
      ask('/mcp', { method: 'POST', body, headers: { ...HEADERS, ...headers } })
    const call = (params: unknown) => JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params })
    for (const [body, status, said] of [
      ['{"jsonrpc":', 400, /-32700|Parse error/],
      ['null', 400, /jsonrpc/],
      ['[]', 400, /jsonrpc/],
      ['"text"', 400, /jsonrpc/],
      ['{}', 400, /jsonrpc/],
      [JSON.stringify({ jsonrpc: '1.0', id: 1, method: 'tools/list' }), 400, /jsonrpc/],
      [JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/nothing' }), 200, /-32601/],
      [call({ name: 'rm_rf', arguments: {} }), 200, /rm_rf/],
      [call({ name: '__proto__', arguments: {} }), 200, /__proto__/],
      [call({ name: 'callers', arguments: [] }), 200, /error/i],
      [call({ name: 'callers', arguments: { repoName: 'acme/shop', symbol: 'x'.repeat(50_000) } }), 200, /symbol/],
      ['['.repeat(40_000), 400, /BAD_BODY/],
      [
        `[${Array(6)
          .fill(call({ name: 'job_status', arguments: { job_id: 'acme--shop' } }))
          .join(',')}]`,
        400,
        /BAD_BODY/,
      ],
    ] as const) {
      const answer = await post(body)
      assert.deepEqual(
        [answer.status, said.test(answer.body)],
        [status, true],
        `${body.slice(0, 90)}: ${answer.status} ${answer.body.slice(0, 300)}`,
      )
    }
    assert.equal((await post('{}', { 'content-type': 'text/plain' })).status, 415)
    for (const size of [70_000, 10_000_000]) {
      const answer = await post(call({ name: 'callers', arguments: { repoName: 'x'.repeat(size) } })).catch(
        () => undefined,
      )
      if (answer !== undefined) assert.equal(answer.status, 413)
    }
    const { call: again } = await connect(t, origin)
    assert.ok(!(await again('callers', { repoName: 'acme/shop', symbol: 'main' })).isError)
  })

  it('of unknown length is refused while it is read', async (t) => {
    const { origin } = await serveShop(t)
    const status = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(`${origin}/mcp`, { method: 'POST', headers: HEADERS }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      request.on('error', reject)
      for (let sent = 0; sent < 40; sent++) request.write('x'.repeat(10_000))
      request.end()
    })
    assert.equal(status, 413)
  })

  it('answers batches of older clients', async (t) => {
    const { ask } = await serveShop(t)
    const body = JSON.stringify([1, 2].map((id) => ({ jsonrpc: '2.0', id, method: 'tools/list' })))
    const answer = await ask('/mcp', {
      method: 'POST',
      body,
      headers: { ...HEADERS, 'mcp-protocol-version': '2025-03-26' },
    })
    assert.equal(answer.status, 200)
    assert.equal(answer.body.match(/"list_repositories"/g)?.length, 2)
  })

  it('is POST alone', async (t) => {
    const { ask } = await serveShop(t)
    for (const method of ['GET', 'DELETE', 'PUT']) {
      const { status, headers } = await ask('/mcp', { method, headers: { accept: 'text/event-stream' } })
      assert.deepEqual([status, headers.allow], [405, 'POST'], method)
    }
  })
})

describe('subscriptions', () => {
  it('are acknowledged without anything in them, and end', async (t) => {
    const { ask, origin } = await serveShop(t)
    const { client } = await connect(t, origin)
    const { tools, resources } = client.getServerCapabilities() ?? {}
    assert.deepEqual([tools, resources], [{ listChanged: false }, { listChanged: false }])
    const version = '2026-07-28'
    const method = 'subscriptions/listen'
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': version,
      'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    }
    const notifications = {
      toolsListChanged: true,
      resourcesListChanged: true,
      resourceSubscriptions: ['docspool://x/y'],
    }
    const { body } = await ask('/mcp', {
      method: 'POST',
      headers: { ...HEADERS, 'mcp-protocol-version': version, 'mcp-method': method },
      body: JSON.stringify({ jsonrpc: '2.0', id: 7, method, params: { notifications, _meta } }),
    })
    const messages = body.match(/(?<=^data: ).*$/gm)?.map((line) => JSON.parse(line)) ?? []
    assert.equal(messages[0]?.method, 'notifications/subscriptions/acknowledged')
    assert.deepEqual(messages[0]?.params.notifications, {})
    assert.deepEqual([messages[1]?.id, messages.length], [7, 2])
  })
})

describe('other websites', () => {
  it('cannot reach it', async (t) => {
    const { ask } = await serveShop(t)
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })
    const from = (headers: Record<string, string>) =>
      ask('/mcp', { method: 'POST', body, headers: { ...HEADERS, ...headers } })
    assert.equal((await from({})).status, 200)
    assert.equal((await from({ origin: 'https://evil.example' })).status, 403)
    assert.equal((await from({ origin: 'null' })).status, 403)
    assert.equal((await from({ 'sec-fetch-site': 'cross-site' })).status, 403)
    assert.equal((await from({ host: 'evil.example' })).status, 421)
  })
})

describe('many calls', () => {
  it('are all answered or refused, also those that are cancelled and those that nobody reads', async (t) => {
    const { origin } = await serveShop(t, { DOCSPOOL_SEARCHES_PER_MINUTE: '0' })
    const { client, call } = await connect(t, origin)
    const cancelled = Array.from({ length: 20 }, () => {
      const stop = new AbortController()
      const asked = client.callTool(
        { name: 'impact', arguments: { repoName: 'acme/shop', symbols: ['Shop'] } },
        { signal: stop.signal },
      )
      stop.abort()
      return asked.then(
        () => 'answered',
        () => 'cancelled',
      )
    })
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => call('callers', { repoName: 'acme/shop', symbol: 'main' })),
    )
    for (const { isError, text } of answers) assert.ok(!isError || /SERVER_BUSY/.test(text), text)
    assert.ok(answers.some(({ isError }) => !isError))
    await Promise.all(cancelled)
    assert.ok(!(await call('callers', { repoName: 'acme/shop', symbol: 'main' })).isError)
  })
})
