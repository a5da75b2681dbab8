/** A spool that is away, full or read-only: clear answers, nothing half accepted, and no restart needed afterwards. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { constants } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { SpoolFull, SpoolUnavailable } from '#queue/errors.ts'
import { openQueue } from '#queue/open-queue.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { createControl } from '#queue/spool/pause-file.ts'
import { supervise } from '#queue/supervisor.ts'
import { toSpoolError } from '#queue/to-spool-error.ts'
import { lacking } from '../support/skips.ts'
import { atEnd, makeFolder, makeQueue, request, result, settings, silent, until } from './support.ts'

const deps = { log: silent, clock: Date.now }

/** A small file system of its own; `undefined` where this may not be made. */
async function mountSmall(t: TestContext): Promise<string | undefined> {
  const folder = await makeFolder(t)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0700', 'none', folder], { stdio: 'ignore' })
  } catch {
    t.skip(lacking('the right to mount'))
    return undefined
  }
  atEnd(t, () => execFileSync('umount', ['-l', folder]))
  return folder
}

function startSupervisor(t: TestContext, spoolDir: string): void {
  const end = new AbortController()
  const run = async () => result
  const limits = { concurrency: 1, graceMs: 100, isPassing: () => false, log: silent }
  const ended = supervise({ spoolDir, run, ...limits, signal: end.signal, hardSignal: end.signal })
  atEnd(t, async () => {
    end.abort()
    await ended
  })
}

test('a spool that is moved away is unavailable, and works when it is back, in server and supervisor', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  startSupervisor(t, spoolDir)
  await queue.submit(request('acme--before'))
  await until(async () => (await queue.read('acme--before'))?.view.status === 'completed', 'it runs')
  await rename(spoolDir, `${spoolDir}.away`)
  await assert.rejects(queue.submit(request('acme--a')), SpoolUnavailable)
  await assert.rejects(queue.read('acme--before'), SpoolUnavailable)
  await assert.rejects(queue.counts(), SpoolUnavailable)
  await assert.rejects(queue.probe(), SpoolUnavailable)
  await rename(`${spoolDir}.away`, spoolDir)
  await queue.probe()
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'created')
  await until(async () => (await queue.read('acme--a'))?.view.status === 'completed', 'it runs again', 60_000)
})

test('an empty folder, or another spool, in the place of the spool is left alone; the right one works again', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  startSupervisor(t, spoolDir)
  await until(async () => (await readdir(path.join(spoolDir, 'active'))).length === 1, 'the supervisor has started')
  await queue.submit(request('acme--before'))
  await until(async () => (await queue.read('acme--before'))?.view.status === 'completed', 'it runs')
  await rename(spoolDir, `${spoolDir}.away`)
  await mkdir(spoolDir)
  const refuses = async (): Promise<void> => {
    await assert.rejects(queue.submit(request('acme--a')), SpoolUnavailable)
    await assert.rejects(queue.read('acme--before'), SpoolUnavailable)
    await assert.rejects(queue.probe(), SpoolUnavailable)
  }
  await refuses()
  assert.deepEqual(await readdir(spoolDir), [])
  await rm(spoolDir, { recursive: true })
  const other = await openQueue(spoolDir, settings, deps)
  await other.submit(request('acme--other'))
  await refuses()
  await assert.rejects(queue.read('acme--other'), SpoolUnavailable)
  assert.equal((await other.read('acme--other'))?.view.status, 'queued')
  assert.deepEqual(await readdir(path.join(spoolDir, 'workers')), [])
  await other.close()
  await rename(spoolDir, `${spoolDir}.other`)
  await rename(`${spoolDir}.away`, spoolDir)
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'created')
  await until(async () => (await queue.read('acme--a'))?.view.status === 'completed', 'it runs', 60_000)
})

test('a file in the place of the spool is unavailable', async (t) => {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  await writeFile(spoolDir, '')
  await assert.rejects(openQueue(spoolDir, settings, deps), SpoolUnavailable)
})

test('a full disk takes nothing in, keeps nothing half, and takes again when there is space', async (t) => {
  const folder = await mountSmall(t)
  if (folder === undefined) return
  const spoolDir = path.join(folder, 'spool')
  const queue = await openQueue(spoolDir, settings, deps)
  atEnd(t, () => queue.close())
  await queue.submit(request('acme--before'))
  await queue.close()
  const ballast = path.join(folder, 'ballast')
  await assert.rejects(writeFile(ballast, Buffer.alloc(2_000_000)), { code: 'ENOSPC' })
  await assert.rejects(queue.submit(request('acme--a')), SpoolFull)
  await assert.rejects(queue.probe(), SpoolFull)
  const control = createControl(new SpoolPaths(spoolDir), Date.now)
  assert.equal((await control.pause('an operator')).by, null, 'an empty mark fits')
  assert.equal((await queue.paused())?.by, null)
  assert.equal(await control.resume(), true)
  assert.equal(await queue.read('acme--a'), undefined)
  assert.equal((await readdir(path.join(spoolDir, 'ready'))).length, 1)
  assert.equal((await queue.read('acme--before'))?.view.status, 'queued')
  await rm(ballast)
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'created')
})

test('a read-only spool still answers reads', async (t) => {
  const folder = await mountSmall(t)
  if (folder === undefined) return
  const queue = await openQueue(path.join(folder, 'spool'), settings, deps)
  atEnd(t, () => queue.close())
  await queue.submit(request('acme--before'))
  await queue.close()
  execFileSync('mount', ['-o', 'remount,ro', folder])
  await assert.rejects(queue.submit(request('acme--a')), SpoolUnavailable)
  await assert.rejects(queue.probe(), SpoolUnavailable)
  assert.equal((await queue.read('acme--before'))?.view.status, 'queued')
  execFileSync('mount', ['-o', 'remount,rw', folder])
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'created')
})

test('errors of the file system are told apart; faults of the program stay what they are', () => {
  const errno = (code: string) => Object.assign(new Error(code), { code })
  for (const code of ['ENOSPC', 'EDQUOT']) assert.ok(toSpoolError(errno(code)) instanceof SpoolFull)
  // As Node gives it, which has no name for it.
  const quota = Object.assign(errno(`Unknown system error -${constants.errno.EDQUOT}`), {
    errno: -constants.errno.EDQUOT,
  })
  assert.ok(toSpoolError(quota) instanceof SpoolFull)
  for (const code of ['EACCES', 'EROFS', 'ENOENT', 'EIO'])
    assert.ok(toSpoolError(errno(code)) instanceof SpoolUnavailable)
  const bug = new TypeError('x')
  assert.equal(toSpoolError(bug), bug)
})
