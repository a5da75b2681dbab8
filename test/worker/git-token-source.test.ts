/** What answers on a socket in the folder of tokens is not trusted. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { TOKENS_FOLDER } from '#server/git-token-socket.ts'
import { tokensOfServers } from '#worker/git-token-source.ts'

test('an answer without end is cut off', async (t) => {
  const spool = await mkdtemp(path.join(tmpdir(), 'docspool-token-'))
  const folder = path.join(spool, TOKENS_FOLDER)
  await mkdir(folder)
  let onClosed = (): void => undefined
  const closed = new Promise<void>((resolve) => {
    onClosed = resolve
  })
  const server = createServer((socket: Socket) => {
    socket.on('error', () => undefined)
    socket.on('close', onClosed)
    const fill = (): void => {
      while (!socket.destroyed && socket.write('x'.repeat(16_384)));
    }
    socket.on('drain', fill)
    fill()
  })
  await new Promise<void>((resolve) => server.listen(path.join(folder, 'a.sock'), resolve))
  t.after(async () => {
    server.close()
    await rm(spool, { recursive: true, force: true })
  })
  assert.equal(await tokensOfServers(spool).take('acme--secret'), undefined)
  await closed
})
