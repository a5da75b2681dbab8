import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { connectionLimits, limitConnections } from '#server/connection-limit.ts'

async function serve(t: TestContext, trustedProxies: string[] = []) {
  const server = createServer((_, response) => response.end('here'))
  limitConnections(server, trustedProxies, { max: 6, maxPerClient: 3 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sockets: Socket[] = []
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  /** Whether a connection from this address is answered. It stays open. */
  return async (localAddress: string): Promise<{ isServed: boolean; socket: Socket }> => {
    const socket = connect({ port, host: '127.0.0.1', localAddress })
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    const isServed = await Promise.race([
      once(socket, 'data').then(() => true),
      once(socket, 'close').then(() => false),
    ])
    return { isServed, socket }
  }
}

test('connections of one client leave room for others, and one that is closed makes room', async (t) => {
  const open = await serve(t)
  const own = [await open('127.0.0.2'), await open('127.0.0.2'), await open('127.0.0.2')]
  assert.deepEqual(
    own.map(({ isServed }) => isServed),
    [true, true, true],
  )
  assert.equal((await open('127.0.0.2')).isServed, false)
  assert.equal((await open('127.0.0.3')).isServed, true)
  const [first] = own
  first?.socket.destroy()
  await until(async () => (await open('127.0.0.2')).isServed)
})

test('a trusted proxy has no limit of its own', async (t) => {
  const open = await serve(t, ['127.0.0.2/32'])
  for (let n = 0; n < 6; n++) assert.equal((await open('127.0.0.2')).isServed, true)
  assert.equal((await open('127.0.0.3')).isServed, false)
})

test('half of the open files are for connections, and half of those for one client', () => {
  assert.deepEqual(connectionLimits(200), { max: 100, maxPerClient: 50 })
  assert.deepEqual(connectionLimits(1_000_000), { max: 8_192, maxPerClient: 4_096 })
  assert.deepEqual(connectionLimits(0), { max: 2, maxPerClient: 1 })
})

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve))
}
