/** Names of hosts as they come over a socket, to a service that listens on all addresses. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { serve } from './served.ts'

/** Sends these lines as they are. @returns The status of the answer. */
async function send(port: number, lines: string[], body = ''): Promise<number> {
  const socket = connect(port, '127.0.0.1')
  const [first, ...rest] = lines
  socket.write([first, 'Connection: close', ...rest, '', body].join('\r\n'), 'latin1')
  return Number(/^HTTP\/1\.1 (\d+)/.exec(await text(socket))?.[1])
}

const BODY = 'repo_url=https%3A%2F%2Fgithub.com%2Facme%2Forbit'
const SUBMISSION = ['Content-Type: application/x-www-form-urlencoded', `Content-Length: ${BODY.length}`]

test('a site that points its name here can neither read nor write, on whichever address the service listens', async (t) => {
  for (const host of ['0.0.0.0', '::', '127.0.0.1']) {
    const { ask, port, queue } = await serve(t, { DOCSPOOL_HOST: host })
    const from = {
      host: `evil.example:${port}`,
      origin: `http://evil.example:${port}`,
      'sec-fetch-site': 'same-origin',
    }
    const form = { ...from, 'content-type': 'application/x-www-form-urlencoded' }
    assert.equal((await ask('/', { method: 'POST', headers: form, body: BODY })).status, 421, host)
    for (const [method, path] of [
      ['GET', '/api/jobs'],
      ['POST', '/api/job/pallets--flask/cancel'],
      ['DELETE', '/api/job/pallets--flask'],
    ] as const) {
      assert.equal((await ask(path, { method, headers: from })).status, 421, `${host} ${method} ${path}`)
    }
    assert.deepEqual([queue.submits, queue.asked], [[], []])
  }
})

test('addresses and names of this network need no setting', async (t) => {
  const { port } = await serve(t, { DOCSPOOL_HOST: '0.0.0.0' })
  for (const host of [
    '127.0.0.1',
    `192.168.1.7:${port}`,
    `[::1]:${port}`,
    '[fe80::1]',
    'localhost',
    `docspool:${port}`,
    'docs.localhost',
    '',
  ]) {
    assert.equal(await send(port, ['GET / HTTP/1.1', `Host: ${host}`]), 200, host)
  }
  assert.equal(await send(port, ['GET / HTTP/1.0']), 200, 'none')
  const v6 = await serve(t, { DOCSPOOL_HOST: '::' })
  assert.equal(await send(v6.port, ['GET / HTTP/1.0']), 200, 'none, over IPv6')
  const named = await serve(t, { DOCSPOOL_HOST: '0.0.0.0', DOCSPOOL_PUBLIC_URL: 'http://docs.lan:8000' })
  for (const host of ['docs.lan', 'docs.lan:8000', 'DOCS.LAN.']) {
    assert.equal(await send(named.port, ['GET / HTTP/1.1', `Host: ${host}`]), 200, host)
  }
})

test('a Host that is no name is refused like a foreign one, also by a trusted proxy, and is no failure', async (t) => {
  for (const more of [{}, { DOCSPOOL_TRUSTED_PROXIES: '127.0.0.1' }]) {
    const { port } = await serve(t, { DOCSPOOL_HOST: '0.0.0.0', ...more })
    for (const host of ['999.1.1.1', '1.2.3.4.5', '08', 'xn--a', '0x1ffffffff', 'localhost:99999']) {
      for (const accept of ['application/json', 'text/html', 'text/plain']) {
        for (const path of ['/', '/healthz', '/api/jobs', '/docs/a--b', '/nothing']) {
          const lines = [`GET ${path} HTTP/1.1`, `Host: ${host}`, 'X-Forwarded-Proto: https', `Accept: ${accept}`]
          const status = await send(port, lines)
          assert.ok(
            (path === '/healthz' ? [200, 400] : [400, 421]).includes(status),
            `${status} for ${host} ${path} ${accept}`,
          )
        }
      }
    }
  }
})

test('no form of a request brings a foreign name past the check', async (t) => {
  const { port, queue } = await serve(t, { DOCSPOOL_HOST: '0.0.0.0', DOCSPOOL_TRUSTED_PROXIES: '127.0.0.1' })
  const cases: string[][] = [
    ['POST / HTTP/1.1', 'Host: evil.example'],
    ['POST / HTTP/1.1', 'Host: localhost.evil.example:8000'],
    ['POST / HTTP/1.1', 'Host: evil.example', 'Host: localhost'],
    ['POST / HTTP/1.1', 'Host: localhost@evil.example'],
    ['POST / HTTP/1.1', 'Host: localhost:80@evil.example'],
    ['POST / HTTP/1.1', 'Host: evil.example#.localhost'],
    ['POST / HTTP/1.1', 'Host: evil.example/.localhost'],
    ['POST / HTTP/1.1', 'Host: evil.example?.localhost'],
    ['POST / HTTP/1.1', String.raw`Host: evil.example\.localhost`],
    ['POST / HTTP/1.1', 'Host: evil.example, localhost'],
    ['POST / HTTP/1.1', 'Host: evil.example localhost'],
    ['POST / HTTP/1.1', 'Host: evil%2eexample'],
    ['POST / HTTP/1.1', 'Host: [::1].evil.example'],
    ['POST / HTTP/1.1', 'Host: [::1]evil.example'],
    ['POST / HTTP/1.1', 'Host: [fe80::1%25evil.example]'],
    ['POST / HTTP/1.1', 'Host: ..'],
    ['POST / HTTP/1.1', 'Host: .evil.example'],
    ['POST / HTTP/1.1', `Host: ${'a'.repeat(9_000)}.example`],
    ['POST http://evil.example/ HTTP/1.1', 'Host: localhost'],
    ['POST http://localhost@evil.example/ HTTP/1.1', 'Host: localhost'],
    ['POST / HTTP/1.1', 'Host: localhost', 'X-Forwarded-Host: evil.example'],
    ['POST / HTTP/1.1', 'Host: localhost', 'X-Forwarded-Host: localhost, evil.example:80'],
    ['POST / HTTP/1.1', 'Host: evil.example', 'X-Forwarded-Host: localhost'],
    ['POST / HTTP/1.1', 'Host: localhost', 'X-Forwarded-Host: localhost', 'X-Forwarded-Host: evil.example.'],
  ]
  for (const lines of cases) {
    const status = await send(port, [...lines, ...SUBMISSION], BODY)
    assert.ok([400, 421, 431].includes(status), `${status} for ${lines.join(' ').slice(0, 200)}`)
  }
  assert.deepEqual([queue.submits, queue.asked], [[], []])
  assert.equal(await send(port, ['POST / HTTP/1.1', 'Host: localhost', ...SUBMISSION], BODY), 202)
})
