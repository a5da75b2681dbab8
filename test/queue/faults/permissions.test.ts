/** Folders of the spool lose their permissions under programs that run as somebody without privileges. */
import assert from 'node:assert/strict'
import { chmod, stat } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { fsck } from '#queue/fsck.ts'
import { silent } from '../support.ts'
import {
  begins,
  completeAll,
  eventually,
  makeSpool,
  postUntilTaken,
  release,
  startServer,
  startSupervisor,
  stillRun,
} from './programs.ts'

const NOBODY = 65_534

test('a folder that may not be used is unavailable, and is used again when it may, without a restart', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('only root can start programs as somebody else')
  const { spoolDir } = await makeSpool(t, NOBODY)
  // A checkout that others may not read cannot be run by them.
  const server = await startServer(t, spoolDir, { uid: NOBODY })
  const supervisor = await startSupervisor(t, spoolDir, { uid: NOBODY })
  assert.equal((await stat(path.join(spoolDir, 'LAYOUT'))).uid, NOBODY)
  const names: string[] = []
  for (const folder of ['', 'jobs', 'ready', 'tmp', 'active', 'ended/completed', 'workers']) {
    const label = folder.split('/')[0] || 'root'
    const [held, next] = [`held-${label}`, `quick-${label}`]
    assert.equal((await server.post(held)).status, 202)
    await begins(spoolDir, held)
    await chmod(path.join(spoolDir, folder), 0)
    const { status, body } = await server.post(next)
    if (status !== 202) assert.deepEqual([status, body.code], [503, 'SPOOL_UNAVAILABLE'], folder)
    if (folder === '' || folder === 'jobs') assert.equal(status, 503, folder)
    if (folder === '') {
      assert.equal((await server.read(held)).body.code, 'SPOOL_UNAVAILABLE')
      assert.equal((await fetch(`${server.origin}/readyz`)).status, 503)
      await eventually(() => supervisor.output().includes('the spool cannot be used'), 'the supervisor tells')
    }
    await release(spoolDir, held)
    await chmod(path.join(spoolDir, folder), 0o700)
    await postUntilTaken(server, next)
    await completeAll(server, spoolDir, [held, next])
    names.push(held, next)
  }
  assert.match(supervisor.output(), /the spool can be used again/)
  stillRun(server, supervisor)
  const { quarantined, jobs } = await fsck(spoolDir, { log: silent, clock: Date.now })
  assert.deepEqual([quarantined, jobs], [[], names.length])
})
