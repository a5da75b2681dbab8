/** The spool becomes read-only under a server and a supervisor that run, as a file system does that met an error. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fsck } from '#queue/fsck.ts'
import { lacking } from '../../support/skips.ts'
import { atEnd, silent, until } from '../support.ts'
import {
  begins,
  completeAll,
  makeSpool,
  postUntilTaken,
  release,
  startServer,
  startSupervisor,
  stillRun,
  stop,
} from './programs.ts'

test('a spool that becomes read-only answers reads, refuses submissions, and goes on when it can be written', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const server = await startServer(t, spoolDir)
  const supervisor = await startSupervisor(t, spoolDir)
  assert.equal((await server.post('held')).status, 202)
  await begins(spoolDir, 'held')
  try {
    // Over itself: what is open for writing would keep the mount below from becoming read-only.
    execFileSync('mount', ['--bind', spoolDir, spoolDir], { stdio: 'ignore' })
  } catch {
    return t.skip(lacking('the right to mount'))
  }
  let isMounted = true
  atEnd(t, () => isMounted && execFileSync('umount', ['-l', spoolDir]))
  // It is busy while something is written through the mount.
  const readOnly = ['-o', 'remount,bind,ro', spoolDir]
  await until(async () => spawnSync('mount', readOnly).status === 0, 'it is read-only')

  const { status, body } = await server.post('quick')
  assert.deepEqual([status, body.code], [503, 'SPOOL_UNAVAILABLE'])
  assert.equal((await fetch(`${server.origin}/readyz`)).status, 503)
  assert.equal((await server.read('held')).status, 200)
  assert.equal((await server.read('quick')).status, 404)
  await release(spoolDir, 'held')
  assert.equal((await server.read('held')).body.status, 'processing')

  // Somebody may just be looking into it.
  await until(async () => spawnSync('umount', [spoolDir]).status === 0, 'it is mounted no more')
  isMounted = false
  await postUntilTaken(server, 'quick')
  await completeAll(server, spoolDir, ['held', 'quick'])
  stillRun(server, supervisor)
  await stop(server, supervisor)
  const { quarantined, repaired } = await fsck(spoolDir, { log: silent, clock: Date.now })
  assert.deepEqual([quarantined, repaired], [[], 0])
})
