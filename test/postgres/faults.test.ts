/** A server that dies, is full, is slow or refuses: nothing acknowledged is lost, nothing is done twice, and it goes on by itself. */
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openDatabase } from '#database/database.ts'
import type { Backend } from '#queue/backend.ts'
import { isIn } from '#queue/job.ts'
import { createJob } from '#queue/job-transitions.ts'
import { openQueue } from '#queue/open-queue.ts'
import { openPostgres } from '#queue/postgres/open-postgres.ts'
import { reapDead } from '#queue/reap.ts'
import { supervise } from '#queue/supervisor.ts'
import { atEnd, createClock, makeFolder, request, result, settings, silent, until } from '../queue/support.ts'
import { claimNext } from '../support/claim-next.ts'
import { makeEmptyDatabase } from './server.ts'
import { onDatabase, startServer, type TestServer } from './start-server.ts'

const MAX_CONNECTIONS = 24
let server: TestServer
before(async () => {
  server = await startServer([`max_connections=${MAX_CONNECTIONS}`, 'superuser_reserved_connections=1'])
})
after(async () => {
  await server?.stop()
  if (server !== undefined) await rm(server.folder, { recursive: true, force: true })
})

const clock = createClock()
const options = { log: silent, clock, leaseMs: 15_000, maxConnections: 4 }

/** Process ids of the back ends of a database. */
async function backEnds(url: string): Promise<number[]> {
  const rows = await server.admin('SELECT pid FROM pg_stat_activity WHERE datname = $1', [
    new URL(url).pathname.slice(1),
  ])
  return rows.map(({ pid }) => Number(pid))
}

/** The server has ended all back ends, and takes connections again. */
const isBack = () =>
  until(
    () =>
      server.admin('SELECT 1').then(
        () => true,
        () => false,
      ),
    'the server is back',
    60_000,
  )

test('jobs that were accepted while a back end is killed are all there, and each is claimed once', async (t) => {
  const url = await makeEmptyDatabase(server)
  const backend = await openPostgres(url, options)
  atEnd(t, () => backend.close())
  const accepted: string[] = []
  let isOver = false
  const lanes = [0, 1, 2].map(async (lane) => {
    for (let n = 0; !isOver; n++) {
      const id = `acme--${lane}-${n}`
      const isNew = await backend.accept(createJob(request(id), clock())).catch(() => undefined)
      if (isNew === true) accepted.push(id)
    }
  })
  for (let kills = 0; kills < 3; kills++) {
    const enough = accepted.length + 20
    await until(() => accepted.length >= enough, 'jobs are accepted', 60_000)
    // SIGKILL: the postmaster ends all others, and recovers.
    const [victim] = await backEnds(url)
    if (victim !== undefined) process.kill(victim, 'SIGKILL')
    await isBack()
  }
  isOver = true
  await Promise.all(lanes)
  t.diagnostic(`${accepted.length} jobs accepted`)
  const rows = await onDatabase(url, `SELECT job_id FROM docspool.jobs JOIN docspool.entries USING (job_id)`)
  const there = new Set(rows.map(({ job_id }) => String(job_id)))
  assert.equal(there.size, rows.length, 'each waits once')
  assert.deepEqual(
    accepted.filter((id) => !there.has(id)),
    [],
    'acknowledged and lost',
  )
  const { worker } = await backend.workers.register()
  const claimed = new Set<string>()
  for (;;) {
    const claim = await claimNext(backend, worker, options)
    if (claim === undefined) break
    assert.equal(claim.job.epoch, 1)
    assert.ok(!claimed.has(claim.job.job_id))
    claimed.add(claim.job.job_id)
  }
  assert.equal(claimed.size, rows.length)
})

test('a supervisor lives through kill -9 of the postmaster and a restart: each job is done once', async (t) => {
  const url = await makeEmptyDatabase(server)
  const queue = await openQueue({ databaseUrl: url }, settings, options)
  atEnd(t, () => queue.close())
  const stop = new AbortController()
  const ran = new Map<string, number>()
  const supervisor = supervise({
    ...{ spoolDir: await makeFolder(t), databaseUrl: url, log: silent, concurrency: 3, graceMs: 5_000 },
    ...{ isPassing: () => false, signal: stop.signal, hardSignal: new AbortController().signal },
    async run({ jobId }) {
      ran.set(jobId, (ran.get(jobId) ?? 0) + 1)
      await new Promise((resolve) => setTimeout(resolve, 60))
      return result
    },
  })
  const ids: string[] = []
  for (let n = 0; n < 60; n++) {
    if (n === 15) {
      await until(() => ran.size > 0, 'the supervisor works')
      await server.kill()
    }
    if (n === 40) await server.stop()
    if (n === 20 || n === 45) {
      await server.start()
      await isBack()
    }
    const id = `acme--${n}`
    const answer = await queue.submit(request(id)).catch((error) => {
      assert.equal(error.code, 'SPOOL_UNAVAILABLE')
      return undefined
    })
    if (answer !== undefined) ids.push(id)
  }
  assert.ok(ids.length >= 40, `${ids.length} accepted`)
  await until(async () => (await queue.counts()).completed >= ids.length, 'all are done', 90_000)
  for (const id of ids) assert.equal((await queue.read(id))?.view.status, 'completed', id)
  stop.abort()
  await supervisor
  const rows = await onDatabase(url, `SELECT job_id, epoch, record FROM docspool.jobs`)
  for (const { job_id, record } of rows) {
    const { epoch, attempt, stalls } = JSON.parse(String(record))
    assert.equal(attempt, 0, String(job_id))
    // A claim whose connection was lost is given back without a run.
    const runs = ran.get(String(job_id)) ?? 0
    assert.ok(runs >= 1 && runs <= epoch, `${job_id}: ${runs} runs for ${epoch} claims`)
    assert.equal(stalls, 0, `${job_id}: its supervisor was alive`)
  }
  const left = await onDatabase(url, 'SELECT kind FROM docspool.entries')
  assert.deepEqual(left, [])
})

test('too many connections: waits for one, and says so when there is none', async (t) => {
  const url = await makeEmptyDatabase(server)
  const backend = await openPostgres(url, options)
  atEnd(t, () => backend.close())
  const hogs: pg.Client[] = []
  atEnd(t, () => Promise.all(hogs.map((hog) => hog.end().catch(() => undefined))))
  await server.admin(`ALTER DATABASE ${new URL(url).pathname.slice(1)} CONNECTION LIMIT 100`)
  for (;;) {
    const hog = new pg.Client({ connectionString: url })
    hog.on('error', () => undefined)
    try {
      await hog.connect()
      hogs.push(hog)
    } catch (error) {
      assert.equal((error as { code?: string }).code, '53300')
      break
    }
  }
  const other = openDatabase(url, { maxConnections: 1 })
  atEnd(t, () => other.close())
  await assert.rejects(other.run('SELECT 1'), { code: 'DATABASE_UNAVAILABLE', message: /53300/ })
  const waiting = other.run<{ one: number }>('SELECT 1 AS one')
  await hogs.pop()?.end()
  assert.deepEqual((await waiting).rows, [{ one: 1 }])
})

test('statements that run into a timeout or a deadlock are run again', async (t) => {
  const url = await makeEmptyDatabase(server)
  await onDatabase(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET statement_timeout = '400ms'`)
  const backend = await openPostgres(url, options)
  atEnd(t, () => backend.close())
  const job = createJob(request('acme--a'), clock())
  await backend.accept(job)
  const blocker = new pg.Client({ connectionString: url })
  blocker.on('error', () => undefined)
  await blocker.connect()
  atEnd(t, () => blocker.end())
  await blocker.query('BEGIN')
  await blocker.query('SELECT FROM docspool.jobs FOR UPDATE')
  const update = backend.jobs.update(job, { ...job, force: true })
  await new Promise((resolve) => setTimeout(resolve, 700))
  await blocker.query('COMMIT')
  assert.equal((await update)?.rev, 2)

  await onDatabase(
    url,
    'CREATE TABLE public.rows (id int PRIMARY KEY, n int); INSERT INTO public.rows VALUES (1, 0), (2, 0)',
  )
  const database = openDatabase(url, { maxConnections: 2 })
  atEnd(t, () => database.close())
  let tries = 0
  const add = (first: number, second: number) =>
    database.transaction(async (query) => {
      tries += 1
      await query('SET LOCAL statement_timeout = 0')
      await query('UPDATE public.rows SET n = n + 1 WHERE id = $1', [first])
      await new Promise((resolve) => setTimeout(resolve, 200))
      await query('UPDATE public.rows SET n = n + 1 WHERE id = $1', [second])
    })
  await Promise.all([add(1, 2), add(2, 1)])
  assert.ok(tries > 2, 'one of them was rolled back')
  assert.deepEqual(await onDatabase(url, 'SELECT n FROM public.rows'), [{ n: 2 }, { n: 2 }])
})

test('statements that the database cannot serialise are run again', async (t) => {
  const url = await makeEmptyDatabase(server)
  const name = new URL(url).pathname.slice(1)
  await server.admin(`ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`)
  const handles = await Promise.all([0, 1].map(() => openPostgres(url, options)))
  for (const each of handles) atEnd(t, () => each.close())
  const [one = assert.fail(), two = assert.fail()] = handles
  const refused = async (): Promise<number> => {
    const [row] = await server.admin('SELECT xact_rollback FROM pg_stat_database WHERE datname = $1', [name])
    return Number(row?.xact_rollback)
  }
  const before = await refused()
  const ids = Array.from({ length: 12 }, (_, n) => `acme--${n}`)
  await Promise.all(
    ids.map(async (id, n) => {
      const job = createJob(request(id), clock())
      assert.equal(await (handles[n % 2] ?? one).accept(job), true)
      const written = await Promise.all(handles.map((each) => each.jobs.update(job, { ...job, force: true })))
      assert.equal(written.filter((each) => each !== undefined).length, 1, 'one of two writers')
    }),
  )
  const { worker } = await one.workers.register()
  const claims = await Promise.all(ids.map((_, n) => claimNext(n % 2 === 0 ? one : two, worker, options)))
  assert.deepEqual(new Set(claims.map((claim) => claim?.job.job_id)), new Set(ids), 'each is claimed once')
  await until(async () => (await refused()) > before, 'some were refused')
})

test('a database that may only be read refuses submissions, answers reads, and goes on', async (t) => {
  const url = await makeEmptyDatabase(server)
  const queue = await openQueue({ databaseUrl: url }, settings, options)
  atEnd(t, () => queue.close())
  await queue.submit(request('acme--a'))
  const name = new URL(url).pathname.slice(1)
  const drop = () => server.admin('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
  await server.admin(`ALTER DATABASE ${name} SET default_transaction_read_only = on`)
  await drop()
  assert.equal((await queue.read('acme--a'))?.view.status, 'queued')
  await assert.rejects(queue.submit(request('acme--b')), { code: 'SPOOL_UNAVAILABLE' })
  await assert.rejects(queue.probe(), { code: 'SPOOL_UNAVAILABLE' })
  await server.admin(`ALTER DATABASE ${name} RESET default_transaction_read_only`)
  await drop()
  assert.equal((await queue.submit(request('acme--b'))).outcome, 'created')
  await queue.probe()
})

test('a worker of another machine is dead when its lease has not been renewed, by the clock of the database', async (t) => {
  const url = await makeEmptyDatabase(server)
  const leaseMs = 1_500
  const open = () => openPostgres(url, { ...options, leaseMs })
  const [one, two] = [await open(), await open()]
  for (const each of [one, two]) atEnd(t, () => each.close())
  const living = await one.workers.register()
  const elsewhere = { pid: 1, pidStart: '1', bootId: 'another', pidNamespace: 'x', host: 'elsewhere' }
  await two.workers.insert({ worker: 'frozen', ...elsewhere })
  const job = createJob(request('acme--a'), clock())
  await one.accept(job)
  const claim = (await claimNext(one, 'frozen', options)) ?? assert.fail()
  assert.deepEqual(await two.workers.listDead(), [], 'who looks for the first time knows nothing')
  const seen = await until(async () => (await two.workers.listDead())[0], 'it is found dead')
  assert.equal(seen.worker, 'frozen')
  // Who has not looked for a while, as when the database was away, starts to watch anew.
  const late = await open()
  atEnd(t, () => late.close())
  await late.workers.listDead()
  assert.deepEqual(await late.workers.listDead(), [])
  assert.equal(await reapDead(two, options), 1)
  const taken = (await claimNext(two, living.worker, options)) ?? assert.fail()
  assert.equal(taken.job.epoch, 2)
  // It wakes, and what it does is fenced.
  assert.equal(await one.jobs.update(claim.job, { ...claim.job, worker: 'frozen' }), undefined)
  await one.work.drop('frozen', claim.entry)
  await one.work.putBack('frozen', claim.entry, null)
  assert.deepEqual(await findHolders(two), [living.worker])
  assert.ok(isIn((await one.jobs.read('acme--a')) ?? assert.fail(), 'processing'))
  assert.equal(living.lost.aborted, false, 'the one that renews its lease lives')
})

test('machines whose clocks are an hour apart agree on the time, which is that of the database', async (t) => {
  const databaseUrl = await makeEmptyDatabase(server)
  const HOUR_MS = 3_600_000
  const { now } = Date
  for (const aheadMs of [HOUR_MS, -HOUR_MS]) {
    const clock = t.mock.method(Date, 'now', () => now() + aheadMs)
    const queue = await openQueue({ databaseUrl }, settings, { log: silent, clock: Date.now })
    const { job } = await queue.submit(request(`acme--${aheadMs}`))
    await queue.close()
    clock.mock.restore()
    assert.ok(Math.abs(Date.parse(job.view.submitted_at) - now()) < HOUR_MS / 4, job.view.submitted_at)
  }
})

async function findHolders(backend: Backend): Promise<string[]> {
  const job = await backend.jobs.read('acme--a')
  const worker = job !== undefined && isIn(job, 'processing') ? job.worker : ''
  return (await backend.work.claimedBy(worker)).map(() => worker)
}
