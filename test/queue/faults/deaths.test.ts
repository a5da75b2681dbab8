/** Programs that are killed in the middle of what others ask of them. All are real processes. */
import assert from 'node:assert/strict'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { test } from 'node:test'
import { isProcessAlive, readBootId, readPidNamespace } from '#base/process.ts'
import { entryOf } from '#queue/backend.ts'
import { isIn } from '#queue/job.ts'
import { start } from '#queue/job-transitions.ts'
import { openQueue } from '#queue/open-queue.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { startSupervisor as superviseHere } from '../supervisor-here.ts'
import { atEnd, request, settings, silent } from '../support.ts'
import {
  begins,
  completeAll,
  eventually,
  makeSpool,
  readPids,
  readRuns,
  startServer,
  startSupervisor,
  stillRun,
} from './programs.ts'

test('jobs that end their process again and again fail, each after three deaths, and the others go on', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const server = await startServer(t, spoolDir)
  const supervisor = await startSupervisor(t, spoolDir)
  for (const name of ['crash', 'exit', 'quick-a', 'quick-b']) assert.equal((await server.post(name)).status, 202)
  await completeAll(server, spoolDir, ['quick-a', 'quick-b'])
  for (const name of ['crash', 'exit']) {
    const { body } = await eventually(async () => {
      const answer = await server.read(name)
      return answer.body.status === 'failed' && answer
    }, `${name} fails`)
    assert.deepEqual([body.error_code, body.stalls], ['WORKER_DIED_REPEATEDLY', 3], name)
    const runs = (await readRuns(spoolDir)).filter((run) => run.startsWith(`START acme--${name} `))
    assert.equal(runs.length, 3, name)
  }
  assert.equal((await server.post('quick-c')).status, 202)
  await completeAll(server, spoolDir, ['quick-c'])
  stillRun(server, supervisor)
})

test('a job that is cancelled while its supervisor is killed ends once, as cancelled, and its process with it', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const server = await startServer(t, spoolDir)
  for (let round = 0; round < 3; round++) {
    const name = `slow-${round}`
    const supervisor = await startSupervisor(t, spoolDir)
    assert.equal((await server.post(name)).status, 202)
    await begins(spoolDir, name)
    const cancel = fetch(`${server.origin}/api/job/acme--${name}/cancel`, { method: 'POST' })
    // Before, while and after the mark is seen.
    if (round > 0) await cancel
    if (round > 1) await eventually(async () => (await server.read(name)).body.status === 'failed', 'it is cancelled')
    supervisor.process.kill('SIGKILL')
    assert.ok((await cancel).ok)
    const next = await startSupervisor(t, spoolDir)
    const { body } = await eventually(async () => {
      const answer = await server.read(name)
      return answer.body.status === 'failed' && answer
    }, 'it ends')
    assert.deepEqual([body.error_code, body.epoch], ['CANCELLED', 1])
    for (const pid of await readPids(spoolDir, name)) {
      await eventually(() => !isProcessAlive(pid, ''), `process ${pid} is dead`)
    }
    next.process.kill('SIGTERM')
    await eventually(() => next.process.exitCode !== null, 'it ends in order')
  }
})

test('fifty submissions under one key, and the server killed in the middle: one job, and one answer for all', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const [first, second] = [await startServer(t, spoolDir), await startServer(t, spoolDir)]
  const body = JSON.stringify({ repo_url: 'https://github.com/acme/quick' })
  const ask = async ({ origin }: { origin: string }): Promise<string | undefined> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'storm' }
    const response = await fetch(`${origin}/api/jobs`, { method: 'POST', headers, body }).catch(() => undefined)
    if (response === undefined) return undefined
    assert.ok(response.status === 202 || response.status === 503, `${response.status}`)
    return response.ok ? ((await response.json()) as { job_id: string }).job_id : undefined
  }
  const answers = Array.from({ length: 50 }, (_, n) => ask(n % 2 === 0 ? first : second))
  await Promise.any(answers)
  first.process.kill('SIGKILL')
  const ids = (await Promise.all(answers)).filter((id) => id !== undefined)
  assert.ok(ids.length >= 25, `${ids.length} answers`)
  assert.deepEqual(new Set(ids), new Set(['acme--quick']))
  await startSupervisor(t, spoolDir)
  await completeAll(second, spoolDir, ['quick'])
  assert.equal(await ask(second), 'acme--quick')
  const third = await startServer(t, spoolDir)
  assert.equal(await ask(third), 'acme--quick')
  assert.equal((await readRuns(spoolDir)).filter((run) => run.startsWith('START')).length, 1)
})

test('eight supervisors that meet forty claims of the dead at one instant start none twice in one epoch', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const deps = { log: silent, clock: Date.now }
  const queue = await openQueue(spoolDir, settings, deps)
  atEnd(t, () => queue.close())
  const backend = await openSpool(spoolDir, { ...deps, leaseMs: 15_000 })
  atEnd(t, () => backend.close())
  const paths = new SpoolPaths(spoolDir)
  const ids = Array.from({ length: 40 }, (_, n) => `acme--${n}`)
  for (const [n, id] of ids.entries()) {
    await queue.submit(request(id))
    // Of one of four workers that died; every second claim is recorded.
    const worker = `4194999-1-0000000${n % 4}`
    await mkdir(paths.activeOf(worker), { recursive: true })
    const job = (await backend.jobs.read(id)) ?? assert.fail()
    assert.ok(isIn(job, 'queued'))
    await rename(paths.readyEntry(entryOf(job)), paths.activeEntry(worker, entryOf(job)))
    if (n % 2 === 0) await backend.jobs.update(job, start(job, worker, Date.now()))
    // A process id that nobody has, on this boot of this machine: dead for certain.
    const here = { bootId: readBootId(), pidNamespace: readPidNamespace(), host: hostname() }
    await writeFile(paths.worker(worker), JSON.stringify({ worker, pid: 2 ** 22 + 5, pidStart: '1', ...here }))
  }
  const ran: string[] = []
  for (let n = 0; n < 8; n++) {
    superviseHere(t, { spoolDir, queue, clock: Object.assign(() => Date.now(), { aheadMs: 0 }) }, async (job) => {
      ran.push(`${job.jobId} ${job.epoch}`)
      return { docsKey: 'k', resolvedCommit: 'a'.repeat(40), summary: 'x' }
    })
  }
  await eventually(async () => (await queue.counts()).completed === 40, 'all are done')
  assert.deepEqual(ran.sort(), ids.map((id, n) => `${id} ${n % 2 === 0 ? 2 : 1}`).sort())
  for (const [n, id] of ids.entries()) assert.equal((await queue.read(id))?.view.stalls, n % 2 === 0 ? 1 : 0, id)
})
