/** Folders of the spool lose their permissions under programs that run as somebody without privileges. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { fsck } from '#queue/fsck.ts'
import { program } from '../../support/docspool.ts'
import { lacking } from '../../support/skips.ts'
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

const isRoot = process.getuid?.() === 0

test('a folder that may not be used is unavailable, and is used again when it may, without a restart', async (t) => {
  if (!isRoot) return t.skip(lacking('root, who can act as somebody else'))
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

test('single files and folders of root are left aside and named in the log, and fsck of root brings them back', async (t) => {
  if (!isRoot) return t.skip(lacking('root, who can act as somebody else'))
  const { spoolDir } = await makeSpool(t, NOBODY)
  const first = [
    await startServer(t, spoolDir, { uid: NOBODY }),
    await startSupervisor(t, spoolDir, { uid: NOBODY }),
  ] as const
  assert.equal((await first[0].post('held-one')).status, 202)
  await begins(spoolDir, 'held-one')
  for (const { process: child } of first) {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  const names = async (folder: string) =>
    (await readdir(path.join(spoolDir, folder))).map((name) => `${folder}/${name}`)
  const given = ['control', ...(await names('active')), ...(await names('journal'))]
  assert.ok(given.length >= 3, String(given))
  for (const name of given) {
    const file = path.join(spoolDir, name)
    await chown(file, 0, 0)
    await chmod(file, (await stat(file)).isDirectory() ? 0o700 : 0o600)
  }

  const server = await startServer(t, spoolDir, { uid: NOBODY })
  const supervisor = await startSupervisor(t, spoolDir, { uid: NOBODY })
  await postUntilTaken(server, 'quick-two')
  await completeAll(server, spoolDir, ['quick-two'])
  const ready = await fetch(`${server.origin}/readyz`)
  assert.deepEqual([ready.status, (await ready.json()).status], [200, 'degraded'])
  for (const name of given) {
    const line = (server.output() + supervisor.output()).split('\n').find((text) => text.includes(`"file":"${name}"`))
    assert.match(line ?? '', /"owner":0,.*permission denied.*fsck` as root/, name)
  }
  stillRun(server, supervisor)

  const env = { ...process.env, DOCSPOOL_SPOOL_DIR: spoolDir }
  await promisify(execFile)(process.execPath, [program, 'fsck'], { env })
  await release(spoolDir, 'held-one')
  const done = await eventually(async () => {
    const { body } = await server.read('held-one')
    return body.status === 'completed' && body
  }, 'the job of the dead worker ends')
  assert.equal(done.stalls, 1)
  stillRun(server, supervisor)
})

test('unfinished documents that cannot be removed hinder neither fsck nor gc, and are told', async (t) => {
  if (!isRoot) return t.skip(lacking('root, who can act as somebody else'))
  const { spoolDir } = await makeSpool(t, NOBODY)
  const env = { ...process.env, DOCSPOOL_SPOOL_DIR: spoolDir }
  const run = async (command: string) =>
    (await promisify(execFile)(process.execPath, [program, command], { env, uid: NOBODY, gid: NOBODY })).stdout
  await run('init')
  const docs = path.join(spoolDir, 'docs')
  const [foreign, own] = ['.tmp-00000000-00000000-1-1-a-0', '.tmp-00000000-00000000-1-1-b-0']
  for (const name of ['', foreign, own]) {
    await mkdir(path.join(docs, name), { recursive: true })
    if (name !== foreign) await chown(path.join(docs, name), NOBODY, NOBODY)
  }
  await mkdir(path.join(docs, foreign, 'html'))
  await chmod(path.join(docs, foreign), 0o700)

  // It could not look into what belongs to another user.
  const checked = await run('fsck').catch((error) => (error.code === 1 ? String(error.stdout) : Promise.reject(error)))
  assert.match(checked, /^unfinished documents: 1 removed$/m)
  assert.ok(checked.includes(`\nunfinished documents that cannot be removed: 1, below ${docs}\n`), checked)
  assert.deepEqual(await readdir(docs), [foreign])
  assert.match(await run('gc'), /^unfinished documents that cannot be removed: 1$/m)
})
