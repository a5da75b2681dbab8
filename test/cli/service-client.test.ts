import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { follow } from '#cli/service-client.ts'

test('a server that keeps failing is given up on after the longest outage', async (t) => {
  let requests = 0
  const server = createServer((_, response) => {
    requests += 1
    response.writeHead(503, { 'content-type': 'application/problem+json' })
    response.end('{"code":"SPOOL_UNAVAILABLE","detail":"The spool is away."}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const service = { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: undefined }
  const signal = AbortSignal.timeout(60_000)
  const followed = follow(service, 'acme--shop', signal, () => assert.fail('no job was read'), { maxOutageMs: 2_000 })
  await assert.rejects(followed, { code: 'SPOOL_UNAVAILABLE', message: 'The spool is away.' })
  assert.ok(requests > 1, 'it was asked again before')
})

test('a server that does not answer is reported once, at once', async () => {
  const service = { origin: 'http://127.0.0.1:1', token: undefined }
  const outages: string[] = []
  const options = { maxOutageMs: 700, onOutage: ({ message }: Error) => outages.push(message) }
  const followed = follow(service, 'acme--shop', AbortSignal.timeout(60_000), () => undefined, options)
  await assert.rejects(followed, { code: 'SERVER_UNREACHABLE' })
  assert.equal(outages.length, 1)
  assert.match(outages[0] ?? '', /^No server answers at http:\/\/127\.0\.0\.1:1/)
})
