/**
 * A quota is reached under programs that run: single system calls of theirs answer EDQUOT while strace is attached, and
 * do again what they should when it has let go.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { fsck } from '#queue/fsck.ts'
import { missingTool } from '../../support/skips.ts'
import { atEnd, silent } from '../support.ts'
import {
  begins,
  completeAll,
  eventually,
  makeSpool,
  type Program,
  postUntilTaken,
  release,
  startServer,
  startSupervisor,
  stillRun,
  stop,
} from './programs.ts'

/** Calls that make something new, or make it durable. Not `write`: that is how a program answers. */
const GROUPS = [
  'link,linkat',
  'fsync,fdatasync',
  'mkdir,mkdirat',
  'rename,renameat,renameat2',
  'pwrite64,pwritev,ftruncate,fallocate',
]

/** Let these calls of a process fail. @returns Ends it. */
async function limit(t: TestContext, { pid }: Program, calls: string): Promise<() => Promise<void>> {
  const inject = ['-e', `trace=${calls}`, '-e', `inject=${calls}:error=EDQUOT`]
  const strace = spawn('strace', ['-f', ...inject, '-o', '/dev/null', '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  strace.stderr.on('data', (chunk) => (said += String(chunk)))
  const end = async (): Promise<void> => {
    if (strace.exitCode !== null || strace.signalCode !== null) return
    strace.kill('SIGTERM')
    await once(strace, 'close')
  }
  atEnd(t, end)
  await eventually(() => {
    if (strace.exitCode !== null) throw new Error(`strace ended: ${said}`)
    return /attached/.test(said)
  }, 'strace is attached')
  return end
}

test('a server over its quota says so whatever call meets it, and takes jobs again when it is not', async (t) => {
  const lack = missingTool('strace')
  if (lack) return t.skip(lack)
  const { spoolDir } = await makeSpool(t)
  const server = await startServer(t, spoolDir)
  const names: string[] = []
  let refused = 0
  for (const [n, calls] of GROUPS.entries()) {
    const end = await limit(t, server, calls)
    for (const name of [`quick-${n}a`, `quick-${n}b`]) {
      const { status, body } = await server.post(name)
      if (status !== 202) {
        assert.deepEqual([status, body.code, body.job_id], [507, 'SPOOL_FULL', undefined], calls)
        refused += 1
      }
      names.push(name)
    }
    await end()
    for (const name of names.slice(-2)) await postUntilTaken(server, name)
  }
  assert.ok(refused >= 4, `only ${refused} calls of those were made`)
  const supervisor = await startSupervisor(t, spoolDir)
  await completeAll(server, spoolDir, names)
  stillRun(server, supervisor)
  assert.deepEqual((await fsck(spoolDir, { log: silent, clock: Date.now })).quarantined, [], 'no half record')
})

test('a supervisor over its quota keeps what it has made until it can record it, and claims on after that', async (t) => {
  const lack = missingTool('strace')
  if (lack) return t.skip(lack)
  const { spoolDir } = await makeSpool(t)
  const server = await startServer(t, spoolDir)
  const supervisor = await startSupervisor(t, spoolDir)
  const names: string[] = []
  for (const [n, calls] of GROUPS.slice(0, 4).entries()) {
    const [held, next] = [`held-${n}`, `quick-${n}`]
    assert.equal((await server.post(held)).status, 202)
    await begins(spoolDir, held)
    const end = await limit(t, supervisor, calls)
    await release(spoolDir, held)
    assert.equal((await server.post(next)).status, 202)
    await eventually(() => supervisor.output().split('cannot be').length > n, 'it has met the fault', 1_500).catch(
      () => undefined,
    )
    await end()
    names.push(held, next)
    await completeAll(server, spoolDir, [held, next])
  }
  stillRun(server, supervisor)
  await stop(server, supervisor)
  const { quarantined, repaired } = await fsck(spoolDir, { log: silent, clock: Date.now })
  assert.deepEqual([quarantined, repaired], [[], 0])
})
