/** The disk of the spool is unmounted under programs that run; another folder, or a copy, takes its place. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fsck } from '#queue/fsck.ts'
import { createJob } from '#queue/job-transitions.ts'
import { LEASE_MS } from '#queue/lease.ts'
import { openQueue } from '#queue/open-queue.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { listTree } from '../../support/tree.ts'
import { makeDisk } from '../mounts.ts'
import { atEnd, request, settings, silent } from '../support.ts'
import {
  begins,
  completeAll,
  eventually,
  makeSpool,
  postUntilTaken,
  readRuns,
  release,
  type Server,
  startServer,
  startSupervisor,
  stillRun,
} from './programs.ts'

const deps = { log: silent, clock: Date.now }

/** A mount point `spool` with the disk beside it; `undefined` where nothing can be mounted. */
async function mountSpool(t: TestContext) {
  const { spoolDir, fs } = await makeSpool(t)
  const disk = path.join(fs, 'disk')
  for (const folder of [disk, spoolDir]) await mkdir(folder)
  const mounts = makeDisk(t, disk, spoolDir)
  return mounts && { spoolDir, disk, ...mounts }
}

/** Copies a folder in use: a lock may go between being listed and being copied, and cp fails then. */
async function copyInUse(from: string, to: string): Promise<void> {
  const half = `${to}.half`
  await eventually(async () => {
    await rm(half, { recursive: true, force: true })
    return spawnSync('cp', ['-a', from, half]).status === 0
  }, 'the copy is whole')
  await rename(half, to)
}

async function refuses(server: Server, name: string): Promise<void> {
  const { status, body } = await server.post(name)
  assert.deepEqual([status, body.code], [503, 'SPOOL_UNAVAILABLE'])
  assert.equal((await fetch(`${server.origin}/readyz`)).status, 503)
  assert.equal((await fetch(`${server.origin}/healthz`)).status, 200)
}

test('an unmounted spool takes nothing in and is made nowhere else; remounted, all goes on', async (t) => {
  const mounted = await mountSpool(t)
  if (mounted === undefined) return
  const { spoolDir, mount, unmount } = mounted
  const server = await startServer(t, spoolDir)
  const supervisor = await startSupervisor(t, spoolDir)
  for (const name of ['held-a', 'held-b', 'quick-waits']) assert.equal((await server.post(name)).status, 202)
  for (const name of ['held-a', 'held-b']) await begins(spoolDir, name)

  unmount()
  await refuses(server, 'quick-away')
  assert.equal((await server.read('held-a')).status, 503)
  await release(spoolDir, 'held-a')
  await eventually(() => supervisor.output().includes('the spool cannot be used'), 'the supervisor tells')
  // Longer than a lease is renewed, so that this one is lost.
  await eventually(() => supervisor.output().includes('the lease was lost'), 'the lease is lost')
  await refuses(server, 'quick-away')
  assert.deepEqual(await readdir(spoolDir), [])

  mount()
  await postUntilTaken(server, 'quick-away')
  await release(spoolDir, 'held-b')
  const names = ['held-a', 'held-b', 'quick-waits', 'quick-away']
  for (const name of names) {
    const { body } = await eventually(async () => {
      const answer = await server.read(name)
      return answer.body.status === 'completed' && answer
    }, `${name} completes`)
    assert.equal(body.attempt, 0)
  }
  assert.equal((await fetch(`${server.origin}/readyz`)).status, 200)
  stillRun(server, supervisor)
  assert.deepEqual((await fsck(spoolDir, deps)).quarantined, [])
})

test('another spool below the mount point is not touched, nor is what runs recorded in it', async (t) => {
  const mounted = await mountSpool(t)
  if (mounted === undefined) return
  const { spoolDir, mount, unmount } = mounted
  unmount()
  // As an older program made it: it has the same job.
  const below = await openQueue(spoolDir, settings, deps)
  await below.submit(request('acme--held', { repoUrl: 'https://github.com/acme/held' }))
  await below.close()
  mount()
  const server = await startServer(t, spoolDir)
  const supervisor = await startSupervisor(t, spoolDir)
  assert.equal((await server.post('held')).status, 202)
  await begins(spoolDir, 'held')
  unmount()
  const before = await listTree(spoolDir)
  await release(spoolDir, 'held')
  await refuses(server, 'held')
  await refuses(server, 'quick')
  await eventually(() => supervisor.output().includes('the lease was lost'), 'the lease is lost')
  assert.deepEqual(await listTree(spoolDir), before)
  mount()
  await postUntilTaken(server, 'quick')
  await eventually(async () => (await server.read('held')).body.status === 'completed', 'held completes')
  assert.equal((await readRuns(spoolDir)).filter((run) => run.startsWith('END acme--held')).length > 0, true)
  stillRun(server, supervisor)
})

test('what is acknowledged while the disk comes and goes and programs are killed is there and is done', async (t) => {
  const mounted = await mountSpool(t)
  if (mounted === undefined) return
  const { spoolDir, mount, unmount } = mounted
  let server = await startServer(t, spoolDir)
  let supervisor = await startSupervisor(t, spoolDir, { leaseMs: 5_000 })
  const acknowledged: string[] = []
  const answers = new Map<string, number>()
  let isOver = false
  const clients = ['a', 'b', 'c', 'd'].map(async (client) => {
    for (let n = 0; !isOver; n++) {
      const name = `quick-${client}${n}`
      const answer = await server.post(name).catch(() => undefined)
      const told = answer === undefined ? 'cut' : `${answer.status} ${answer.body.code ?? ''}`
      answers.set(told, (answers.get(told) ?? 0) + 1)
      if (answer?.status === 202) acknowledged.push(name)
    }
  })
  const more = async (count: number): Promise<void> => {
    const goal = acknowledged.length + count
    await eventually(() => acknowledged.length >= goal, `${count} more are acknowledged`)
  }
  const refused = async (): Promise<void> => {
    const goal = (answers.get('503 SPOOL_UNAVAILABLE') ?? 0) + 20
    await eventually(() => (answers.get('503 SPOOL_UNAVAILABLE') ?? 0) >= goal, 'submissions are refused')
  }
  for (let round = 0; round < 6; round++) {
    await more(20)
    unmount()
    await refused()
    const below = await readdir(spoolDir)
    if (round === 2) {
      server.process.kill('SIGKILL')
      await once(server.process, 'close')
    }
    if (round === 4) {
      supervisor.process.kill('SIGKILL')
      await once(supervisor.process, 'close')
    }
    mount()
    assert.deepEqual(below, [])
    if (round === 2) server = await startServer(t, spoolDir)
    if (round === 4) supervisor = await startSupervisor(t, spoolDir, { leaseMs: 5_000 })
  }
  await more(20)
  isOver = true
  await Promise.all(clients)
  t.diagnostic(`${acknowledged.length} acknowledged; answers: ${JSON.stringify([...answers])}`)
  assert.deepEqual(
    [...answers.keys()].filter((told) => !['202 ', '503 SPOOL_UNAVAILABLE', 'cut'].includes(told)),
    [],
  )
  for (const name of acknowledged) {
    const { status, body } = await eventually(async () => {
      const answer = await server.read(name)
      return ((answer.status === 200 && answer.body.status !== 'queued') || answer.status === 404) && answer
    }, `${name} is done`)
    assert.equal(status, 200, `${name} was acknowledged and is lost`)
    await eventually(
      async () => (await server.read(name)).body.status === 'completed',
      `${name} is done: ${body.status}`,
    )
  }
  unmount()
  assert.deepEqual(await readdir(spoolDir), [])
  mount()
  stillRun(server, supervisor)
  assert.deepEqual((await fsck(spoolDir, deps)).quarantined, [])
})

test('a copy that takes the place of the spool while a job runs goes on, and does that job itself', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const server = await startServer(t, spoolDir)
  const supervisor = await startSupervisor(t, spoolDir)
  assert.equal((await server.post('held')).status, 202)
  await begins(spoolDir, 'held')
  await rename(spoolDir, `${spoolDir}.old`)
  await copyInUse(`${spoolDir}.old`, spoolDir)
  await postUntilTaken(server, 'quick')
  await release(spoolDir, 'held')
  await completeAll(server, spoolDir, ['quick'])
  await eventually(async () => (await server.read('held')).body.status === 'completed', 'held completes')
  // The first run was in the other folder: what it made may not be here.
  const begun = (await readRuns(spoolDir)).filter((run) => run.startsWith('START acme--held '))
  assert.ok(begun.length >= 2, JSON.stringify(begun))
  const old = await readdir(path.join(`${spoolDir}.old`, 'ended', 'completed'))
  assert.deepEqual(old, [])
  stillRun(server, supervisor)
})

test('through a link the spool is the one that it leads to', async (t) => {
  const { spoolDir, fs } = await makeSpool(t)
  const [first, second] = [path.join(fs, 'first'), path.join(fs, 'second')]
  for (const folder of [first, second]) await mkdir(folder)
  const lead = (folder: string): unknown => execFileSync('ln', ['-sfn', folder, spoolDir])
  lead(first)
  const server = await startServer(t, spoolDir)
  assert.equal((await server.post('quick-a')).status, 202)
  lead(second)
  await refuses(server, 'quick-b')
  assert.deepEqual(await readdir(second), [])
  lead(first)
  assert.equal((await server.post('quick-b')).status, 202)
  assert.match(await readFile(path.join(first, 'LAYOUT'), 'utf8'), /^\{"version":2,"id":"[0-9a-f]{32}"\}\n$/)
  stillRun(server)
})

test('what is written while another file system lies over the spool for a moment is not acknowledged', async (t) => {
  const { spoolDir, fs } = await makeSpool(t)
  const foreign = path.join(fs, 'foreign')
  for (const folder of [spoolDir, foreign]) await mkdir(folder)
  const memory = makeDisk(t, 'tmpfs', foreign, ['-t', 'tmpfs'])
  if (memory === undefined) return
  await (await openQueue(foreign, settings, deps)).close()
  const home = await openSpool(spoolDir, { ...deps, leaseMs: LEASE_MS })
  atEnd(t, () => home.close())
  for (const isJournalOpen of [false, true]) {
    // Between the two looks of a request: nobody asks where the spool is.
    const over = makeDisk(t, foreign, spoolDir)
    const job = (name: string) => createJob(request(`acme--${name}-${isJournalOpen}`), Date.now())
    await assert.rejects(home.accept(job('lost')), { code: 'SPOOL_UNAVAILABLE' })
    over?.unmount()
    assert.equal(await home.jobs.read(job('lost').job_id), undefined)
    assert.equal(await home.accept(job('kept')), true)
    assert.equal((await home.jobs.read(job('kept').job_id))?.rev, 1)
  }
})
