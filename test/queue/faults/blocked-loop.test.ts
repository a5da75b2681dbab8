/** A supervisor that does nothing for longer than its lease, though its process lives. SIGSTOP: see supervisor.test.ts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually, makeSpool, readRuns, startServer, startSupervisor, stillRun } from './programs.ts'

test('a supervisor whose event loop is blocked longer than its lease is fenced, and goes on under a new id', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const server = await startServer(t, spoolDir)
  const preload = new URL('block-loop.mjs', import.meta.url)
  const blocked = await startSupervisor(t, spoolDir, { preload, leaseMs: 5_000 })
  assert.equal((await server.post('second')).status, 202)
  await eventually(async () => (await readRuns(spoolDir)).includes('START acme--second 1'), 'the first claim runs')
  // It has to take over before the first goes on, however long its start takes.
  const other = await startSupervisor(t, spoolDir, { leaseMs: 5_000 })
  blocked.process.kill('SIGUSR2')
  await eventually(async () => (await readRuns(spoolDir)).includes('END acme--second 2'), 'the second claim ends')
  await eventually(() => blocked.output().includes('fenced'), 'what the first would have recorded is refused')
  const { body } = await eventually(async () => {
    const answer = await server.read('second')
    return answer.body.status !== 'processing' && answer
  }, 'its end is recorded')
  assert.deepEqual([body.status, body.epoch, body.stalls], ['completed', 2, 1])
  await eventually(() => blocked.output().split('the supervisor has started').length === 3, 'it works under a new id')
  other.process.kill('SIGKILL')
  assert.equal((await server.post('quick')).status, 202)
  await eventually(async () => (await server.read('quick')).body.status === 'completed', 'it takes jobs again')
  assert.deepEqual(
    (await readRuns(spoolDir)).filter((run) => run.startsWith('END')),
    ['END acme--second 2', 'END acme--quick 1'],
  )
  stillRun(server, blocked)
})
