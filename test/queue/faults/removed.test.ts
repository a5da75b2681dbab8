/** The spool, or folders of it, go away under a server and a supervisor that run. */
import assert from 'node:assert/strict'
import { rename, rm } from 'node:fs/promises'
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

test('a spool that is taken away and put back has lost nothing: what ran ends, what waited runs', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const server = await startServer(t, spoolDir)
  const supervisor = await startSupervisor(t, spoolDir)
  for (const name of ['held-a', 'held-b', 'quick-waits']) assert.equal((await server.post(name)).status, 202)
  for (const name of ['held-a', 'held-b']) await begins(spoolDir, name)
  await rename(spoolDir, `${spoolDir}.away`)
  const { status, body } = await server.post('quick-away')
  assert.deepEqual([status, body.code], [503, 'SPOOL_UNAVAILABLE'])
  assert.equal((await server.read('held-a')).status, 503)
  assert.equal((await fetch(`${server.origin}/healthz`)).status, 200)
  await release(spoolDir, 'held-a')
  await eventually(() => supervisor.output().includes('cannot be'), 'the supervisor tells')
  await rename(`${spoolDir}.away`, spoolDir)
  await postUntilTaken(server, 'quick-away')
  await release(spoolDir, 'held-b')
  await completeAll(server, spoolDir, ['held-a', 'held-b', 'quick-waits', 'quick-away'])
  stillRun(server, supervisor)
  assert.deepEqual((await fsck(spoolDir, { log: silent, clock: Date.now })).quarantined, [])
})

test('every folder but that of the records may be deleted, and is made anew with what belongs in it', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const server = await startServer(t, spoolDir)
  const supervisor = await startSupervisor(t, spoolDir)
  for (const folder of ['ready', 'delayed', 'active', 'workers', 'ended', 'repos', 'keys', 'work', 'tmp', 'control']) {
    const [held, waits, next] = [`held-${folder}`, `quick-${folder}`, `quick-${folder}-next`]
    // Both slots are taken, so that the third job is in `ready` for certain.
    for (const name of [held, `${held}-2`, waits]) assert.equal((await server.post(name)).status, 202)
    for (const name of [held, `${held}-2`]) await begins(spoolDir, name)
    // Retried: the programs go on writing below it meanwhile.
    await rm(path.join(spoolDir, folder), { recursive: true, maxRetries: 20 })
    await postUntilTaken(server, next)
    for (const name of [held, `${held}-2`]) await release(spoolDir, name)
    for (const name of [held, `${held}-2`, waits, next]) {
      const { body } = await eventually(async () => {
        const answer = await server.read(name)
        return answer.body.status === 'completed' && answer
      }, `${name} completes without ${folder}`)
      assert.equal(body.error_code, null)
    }
  }
  stillRun(server, supervisor)
})
