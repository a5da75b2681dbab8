/** Who is taken for dead, and when. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { listGroup, readBootId, readOwnStart, readPidNamespace, readStart } from '#base/process.ts'
import { createJob, start } from '#queue/job-transitions.ts'
import { reapDead } from '#queue/reap.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { atEnd, makeFolder, request, silent, until } from '../support.ts'

async function setUp(t: TestContext, leaseMs = 15_000) {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  const open = async () => {
    const backend = await openSpool(spoolDir, { log: silent, clock: Date.now, leaseMs })
    atEnd(t, () => backend.close())
    return backend
  }
  const paths = new SpoolPaths(spoolDir)
  /** The file of a worker that is this process, with changes. */
  async function plant(worker: string, changes: object): Promise<string> {
    const here = { pid: process.pid, pidStart: readOwnStart(), bootId: readBootId(), pidNamespace: readPidNamespace() }
    await writeFile(paths.worker(worker), JSON.stringify({ worker, ...here, host: hostname(), ...changes }))
    await mkdir(`${paths.worker(worker)}.lock`)
    return worker
  }
  return { backend: await open(), other: await open(), paths, plant }
}

const dead = async (workers: { listDead(): Promise<{ worker: string }[]> }) =>
  (await workers.listDead()).map(({ worker }) => worker).sort()

test('a worker is registered until it lets go', async (t) => {
  const { backend, other, paths } = await setUp(t)
  const lease = await backend.workers.register()
  assert.equal(await other.workers.isRegistered(lease.worker), true)
  assert.deepEqual(await dead(other.workers), [])
  await lease.release()
  assert.equal(await other.workers.isRegistered(lease.worker), false)
  assert.deepEqual([await readdir(paths.workers), await readdir(paths.active)], [[], []])
})

test('a process that is gone, has another start time or ran before the last boot is dead at once', async (t) => {
  const { backend, plant } = await setUp(t)
  const gone = await plant('1-1-00000001', { pid: 2 ** 22 + 5 })
  const reused = await plant('1-1-00000002', { pidStart: '1' })
  const rebooted = await plant('1-1-00000003', { bootId: 'another' })
  await plant('1-1-00000004', {})
  await plant('1-1-00000005', { bootId: 'another', host: 'another' })
  await plant('1-1-00000006', { pidNamespace: 'another', pid: 2 ** 22 + 5 })
  assert.deepEqual(await dead(backend.workers), [gone, reused, rebooted])
})

test('entries of a worker that is not registered belong to a dead one', async (t) => {
  const { backend, paths } = await setUp(t)
  await mkdir(paths.activeOf('1-1-00000001'))
  assert.deepEqual(await dead(backend.workers), ['1-1-00000001'])
})

test('no clock that jumps makes a worker dead: its sign of life counts by whether it changes', async (t) => {
  const { backend, paths, plant } = await setUp(t, 300)
  const elsewhere = { bootId: 'another', host: 'another' }
  const past = await plant('1-1-00000001', elsewhere)
  const future = await plant('1-1-00000002', elsewhere)
  const day = 86_400
  await utimes(`${paths.worker(past)}.lock`, 1, 1)
  await utimes(`${paths.worker(future)}.lock`, Date.now() / 1_000 + day, Date.now() / 1_000 + day)
  assert.deepEqual(await dead(backend.workers), [])
  let beat = 2
  await until(async () => {
    await utimes(`${paths.worker(past)}.lock`, beat, beat++)
    return (await dead(backend.workers)).length > 0
  }, 'the one without a beat is dead')
  assert.deepEqual(await dead(backend.workers), [future])
})

test('a worker whose lock is taken away is told', async (t) => {
  const { backend, paths } = await setUp(t, 5_000)
  const lease = await backend.workers.register()
  await rm(`${paths.worker(lease.worker)}.lock`, { recursive: true })
  await until(() => lease.lost.aborted, 'it is told')
  assert.deepEqual(await backend.workers.retire(lease.worker), true)
})

test('a copy of a spool takes over the jobs of the original, but kills none of its processes', async (t) => {
  const { backend, paths } = await setUp(t)
  const { worker } = await backend.workers.register()
  const first = createJob(request('acme--a'), Date.now() - 1_000)
  await backend.accept(first)
  await backend.work.claim(worker)
  const claimed = (await backend.jobs.update(first, start(first, worker, Date.now()))) ?? assert.fail()
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
  atEnd(t, () => child.kill('SIGKILL'))
  const pid = child.pid ?? assert.fail()
  await until(() => listGroup(pid).length === 1, 'it runs')
  const events = backend.events.open('acme--a', claimed.epoch)
  await events.append({ type: 'spawn', at: new Date().toISOString(), pid, pidStart: readStart(pid) })
  await events.close()

  /** Take over in a copy. @param change - Of the worker's file. */
  async function takeOver(change: (info: { folder?: string }) => void): Promise<void> {
    const folder = path.join(await makeFolder(t), 'copy')
    await cp(paths.root, folder, { recursive: true, preserveTimestamps: true })
    const file = new SpoolPaths(folder).worker(worker)
    const info = JSON.parse(await readFile(file, 'utf8'))
    change(info)
    await writeFile(file, JSON.stringify(info))
    const copy = await openSpool(folder, { log: silent, clock: Date.now, leaseMs: 300 })
    atEnd(t, () => copy.close())
    await until(async () => (await reapDead(copy, { log: silent, clock: Date.now })) > 0, 'the job is taken over')
    assert.equal((await copy.jobs.read('acme--a'))?.status, 'queued')
  }
  await takeOver(() => undefined)
  assert.equal(listGroup(pid).length, 1)
  // One of an older version, which names no folder.
  await takeOver((info) => delete info.folder)
  assert.equal(listGroup(pid).length, 0)
})
