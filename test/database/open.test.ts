/** What a program says when its database refuses it at start. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { DatabaseFull, DatabaseUnreachable } from '#database/errors.ts'
import { openDocspoolDatabase } from '#database/open.ts'

/** The error of opening the database on a server that refuses each connection with a SQLSTATE. */
async function errorAt(code: string): Promise<unknown> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(refusal(code)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    return await openDocspoolDatabase(`postgres://docspool@127.0.0.1:${port}/docspool?sslmode=disable`).then(
      () => undefined,
      (error: unknown) => error,
    )
  } finally {
    server.close()
  }
}

/** An ErrorResponse of PostgreSQL's protocol. */
function refusal(code: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mrefused\0\0`)
  const head = Buffer.from('E\0\0\0\0')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}

test('a database whose disk is full is not reported as unreachable', async () => {
  const error = await errorAt('53100')
  assert.ok(error instanceof DatabaseFull)
  assert.match(error.hint, /Free space/)
})

test('a server without a free connection is named as such', async () => {
  const error = await errorAt('53300')
  assert.ok(error instanceof DatabaseUnreachable)
  assert.match(error.message, /no free connection \(53300\)/)
  assert.match(error.hint, /max_connections/)
})
