/** The supervisor: what it runs, how it ends, and what becomes of jobs whose worker dies. Processes are real. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { isProcessAlive } from '#base/process.ts'
import { keepSharedCounts, readSharedCounts } from '#metrics/shared-counts.ts'
import { createStoredCounts } from '#metrics/stored-counts.ts'
import { ReportedError, WorkerDied, WorkerNotStarted } from '#queue/errors.ts'
import { openQueue } from '#queue/open-queue.ts'
import type { ClaimedJob } from '#queue/runner.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { createServerCounts } from '#server/keep-counts.ts'
import { startSupervisor } from './supervisor-here.ts'
import { atEnd, type Fixture, makeQueue, request, result, settings, silent, until } from './support.ts'

interface Supervisor {
  process: ChildProcess
  /** Lines of its log. */
  log: string[]
}

/** A supervisor as a process of its own, whose jobs are stand-ins. */
async function spawnSupervisor(
  t: TestContext,
  { spoolDir }: Fixture,
  { concurrency = 1, graceMs = 200, leaseMs = 15_000 } = {},
): Promise<Supervisor> {
  const script = fileURLToPath(new URL('supervisor-process.ts', import.meta.url))
  const args = [spoolDir, journalOf(spoolDir), concurrency, graceMs, leaseMs].map(String)
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  atEnd(t, async () => {
    child.kill('SIGKILL')
    await exited(child)
  })
  const log: string[] = []
  child.stdout.on('data', (chunk) => log.push(...String(chunk).split('\n')))
  await until(() => log.some((line) => line.includes('the supervisor has started')), 'the supervisor has started')
  return { process: child, log }
}

const journalOf = (spoolDir: string): string => path.join(path.dirname(spoolDir), 'journal')

interface Line {
  what: string
  jobId: string
  epoch: number
  pid: number
  at: number
}

async function readJournal({ spoolDir }: Fixture): Promise<Line[]> {
  const text = await readFile(journalOf(spoolDir), 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const [what = '', jobId = '', epoch, pid, at] = line.split(' ')
    return at === undefined ? [] : [{ what, jobId, epoch: Number(epoch), pid: Number(pid), at: Number(at) }]
  })
}

const started = (fixture: Fixture, epoch: number) =>
  until(
    async () => (await readJournal(fixture)).find((line) => line.what === 'START' && line.epoch === epoch),
    `claim ${epoch} starts`,
  )

const ended = ({ queue }: Fixture, jobId: string) =>
  until(async () => {
    const view = (await queue.read(jobId))?.view
    return (view?.status === 'completed' || view?.status === 'failed') && view
  }, `${jobId} ends`)

const exited = (child: ChildProcess) => until(() => child.exitCode !== null || child.signalCode !== null, 'it exits')

const inSpool = (fixture: Fixture, ...parts: string[]) => readdir(path.join(fixture.spoolDir, ...parts))

test('jobs run by priority, then in the order of their submission, as many at once as may', async (t) => {
  const fixture = await makeQueue(t)
  const { queue } = fixture
  await queue.submit(request('acme--a'))
  await queue.submit(request('acme--b'))
  await queue.submit(request('acme--urgent', { priority: 0 }))
  await queue.submit(request('acme--c'))
  const order: string[] = []
  let most = 0
  let running = 0
  startSupervisor(t, fixture, async (job) => {
    order.push(job.jobId)
    most = Math.max(most, ++running)
    await new Promise((resolve) => setTimeout(resolve, 20))
    running -= 1
    return result
  })
  for (const id of ['acme--a', 'acme--b', 'acme--c']) await ended(fixture, id)
  assert.deepEqual(order, ['acme--urgent', 'acme--a', 'acme--b', 'acme--c'])
  assert.equal(most, 1)
})

test('the runner is told what it needs, and its reports show', async (t) => {
  const fixture = await makeQueue(t)
  const { queue } = fixture
  const seen: ClaimedJob[] = []
  let finish = (): void => undefined
  startSupervisor(t, fixture, async (job, { report }) => {
    seen.push(job)
    report({ stage: 'clone', percent: 33.9, text: 'Cloning' })
    await new Promise<void>((resolve) => {
      finish = resolve
    })
    return result
  })
  await queue.submit(request('acme--a', { commitId: 'main' }))
  const view = await until(async () => {
    const now = (await queue.read('acme--a'))?.view
    return now?.stage === 'clone' && now
  }, 'the report shows')
  assert.deepEqual([view.status, view.percent, view.progress], ['processing', 33, 'Cloning'])
  finish()
  assert.equal((await ended(fixture, 'acme--a')).progress, 'Documented.')
  fixture.clock.aheadMs += 4_000_000
  await queue.submit(request('acme--a', { commitId: 'main', force: true }))
  await until(() => seen.length === 2, 'it runs again')
  finish()
  await until(
    async () => (await inSpool(fixture, 'active')).length === 1 && (await queue.counts()).completed === 1,
    'done',
  )
  assert.deepEqual(seen[0], {
    jobId: 'acme--a',
    repoUrl: 'https://github.com/acme/acme--a',
    commitId: 'main',
    options: {},
    mainModel: 'offline',
    epoch: 1,
    submittedAt: view.submitted_at,
    previous: null,
    force: false,
    workDir: path.join(fixture.spoolDir, 'work', 'acme--a.1'),
  })
  const { docsKey, resolvedCommit } = result
  assert.deepEqual([seen[1]?.epoch, seen[1]?.force, seen[1]?.previous], [2, true, { docsKey, resolvedCommit }])
})

test('a fresh job is picked up within 50 ms', async (t) => {
  const fixture = await makeQueue(t)
  let at = 0
  startSupervisor(t, fixture, async () => {
    at = performance.now()
    return result
  })
  await fixture.queue.submit(request('acme--warm'))
  await ended(fixture, 'acme--warm')
  const waits: number[] = []
  for (let n = 0; n < 9; n++) {
    const { job } = await fixture.queue.submit(request(`acme--${n}`))
    const before = performance.now()
    await ended(fixture, job.view.job_id)
    waits.push(at - before)
  }
  waits.sort((a, b) => a - b)
  t.diagnostic(`pickup: median ${waits[4]?.toFixed(1)} ms, worst ${waits[8]?.toFixed(1)} ms`)
  // The median: the machine may stop any single one for longer.
  assert.ok((waits[4] ?? 99) < 50, `median ${waits[4]} ms`)
})

test('an error that may pass is tried for at least a quarter of an hour; another one is not', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, clock } = fixture
  const tries: string[] = []
  startSupervisor(
    t,
    fixture,
    async (job) => {
      tries.push(job.jobId)
      const code = job.jobId === 'acme--net' ? 'NETWORK' : 'NOT_FOUND'
      throw new ReportedError({ code, message: 'It failed.', hint: 'Look.' })
    },
    { isPassing: (code) => code === 'NETWORK' },
  )
  await queue.submit(request('acme--gone'))
  const gone = await ended(fixture, 'acme--gone')
  assert.deepEqual(
    [gone.error_code, gone.error_message, gone.hint, gone.attempt],
    ['NOT_FOUND', 'It failed.', 'Look.', 1],
  )
  await queue.submit(request('acme--net'))
  const before = clock.aheadMs
  const texts = new Set<string>()
  const net = await until(async () => {
    clock.aheadMs += 1_000
    const view = (await queue.read('acme--net'))?.view
    if (view?.status === 'queued') texts.add(view.progress)
    return view?.status === 'failed' && view
  }, 'it is given up')
  assert.deepEqual([net.error_code, net.attempt], ['NETWORK', 8])
  assert.equal(tries.filter((id) => id === 'acme--net').length, 8)
  assert.equal(tries.filter((id) => id === 'acme--gone').length, 1)
  assert.ok(clock.aheadMs - before >= 15 * 60_000, `${clock.aheadMs - before} ms`)
  assert.ok(
    [...texts].some((text) =>
      /^Waiting to try again at \d\d:\d\d UTC: It failed\. Try [2-8] of 8; given up at about \d\d:\d\d UTC\.$/.test(
        text,
      ),
    ),
    [...texts].join(),
  )
  assert.deepEqual(await inSpool(fixture, 'delayed'), [])
})

test('a job that waits for another try is cancelled at once', async (t) => {
  const fixture = await makeQueue(t)
  const { queue } = fixture
  const fail = async () => {
    throw new ReportedError({ code: 'NETWORK', message: 'It failed.', hint: null })
  }
  startSupervisor(t, fixture, fail, { isPassing: () => true })
  await queue.submit(request('acme--a'))
  await until(async () => (await queue.read('acme--a'))?.view.attempt === 1, 'it waits for another try')
  await queue.cancel('acme--a')
  assert.equal((await ended(fixture, 'acme--a')).error_code, 'CANCELLED')
})

test('a job for which the disk is full waits for space, however often it was tried; none starts meanwhile', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, clock } = fixture
  let isFull = true
  let isRoomy = true
  const tries: string[] = []
  startSupervisor(
    t,
    fixture,
    async ({ jobId }) => {
      tries.push(jobId)
      if (isFull) throw new ReportedError({ code: 'SPOOL_FULL', message: 'No space.', hint: null })
      return result
    },
    { hasRoom: async () => isRoomy },
  )
  await queue.submit(request('acme--a'))
  await until(async () => {
    clock.aheadMs += 5_000
    return tries.length >= 12
  }, 'it is tried more often than other errors')
  isRoomy = false
  await queue.submit(request('acme--b'))
  await until(async () => (await queue.read('acme--a'))?.view.status === 'queued', 'it waits')
  const before = tries.length
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  assert.ok(tries.length <= before + 1, 'no job starts without room')
  isFull = false
  isRoomy = true
  clock.aheadMs += 3_600_000
  for (const id of ['acme--a', 'acme--b']) assert.equal((await ended(fixture, id)).status, 'completed')
})

test('a fault of the program shows no more than that', async (t) => {
  const fixture = await makeQueue(t)
  startSupervisor(t, fixture, async () => {
    throw new TypeError('secret /host/path')
  })
  await fixture.queue.submit(request('acme--a'))
  const view = await ended(fixture, 'acme--a')
  assert.equal(view.error_code, 'INTERNAL')
  assert.doesNotMatch(JSON.stringify(view), /secret/)
})

test('a job for which no worker can be started waits, and nothing is counted', async (t) => {
  const fixture = await makeQueue(t)
  let tries = 0
  startSupervisor(t, fixture, async () => {
    tries += 1
    throw new WorkerNotStarted('broken')
  })
  await fixture.queue.submit(request('acme--a'))
  const isWaiting = async () => tries > 0 && (await fixture.queue.read('acme--a'))?.view.status === 'queued'
  await until(isWaiting, 'the job waits again')
  const view = (await fixture.queue.read('acme--a'))?.view
  assert.deepEqual([view?.stalls, view?.attempt, view?.progress, tries], [0, 0, 'Waiting to try again', 1])
})

test('a worker that dies is tried again, and three deaths are the end', async (t) => {
  const fixture = await makeQueue(t)
  let tries = 0
  startSupervisor(t, fixture, async () => {
    tries += 1
    throw new WorkerDied('died')
  })
  await fixture.queue.submit(request('acme--a'))
  const view = await ended(fixture, 'acme--a')
  assert.deepEqual([view.error_code, view.stalls, view.attempt, tries], ['WORKER_DIED_REPEATEDLY', 3, 0, 3])
})

test('a running job that is cancelled ends within a second, with its process', async (t) => {
  const fixture = await makeQueue(t)
  await spawnSupervisor(t, fixture)
  await fixture.queue.submit(request('acme--slow'))
  const { pid } = await started(fixture, 1)
  const before = performance.now()
  await fixture.queue.cancel('acme--slow')
  const view = await ended(fixture, 'acme--slow')
  t.diagnostic(`cancelled after ${(performance.now() - before).toFixed(0)} ms`)
  assert.equal(view.error_code, 'CANCELLED')
  assert.equal(isProcessAlive(pid, ''), false)
  await until(
    async () => !(await inSpool(fixture, 'jobs', ...(await shardOf(fixture)), 'acme--slow')).includes('cancel'),
    'the mark goes',
  )
})

async function shardOf(fixture: Fixture): Promise<string[]> {
  return (await inSpool(fixture, 'jobs')).slice(0, 1)
}

test('after kill -9 of a supervisor another one has its job again within 2 s, and the orphan is dead', async (t) => {
  const fixture = await makeQueue(t)
  const first = await spawnSupervisor(t, fixture)
  await fixture.queue.submit(request('acme--second'))
  const orphan = await started(fixture, 1)
  await spawnSupervisor(t, fixture)
  const killedAt = Date.now()
  first.process.kill('SIGKILL')
  const again = await started(fixture, 2)
  t.diagnostic(`restarted after ${again.at - killedAt} ms`)
  assert.ok(again.at - killedAt < 2_000, `${again.at - killedAt} ms`)
  assert.equal(isProcessAlive(orphan.pid, ''), false)
  const view = await ended(fixture, 'acme--second')
  assert.deepEqual([view.status, view.stalls, view.epoch], ['completed', 1, 2])
  await until(async () => (await inSpool(fixture, 'active')).length === 1, 'the dead worker is struck off')
})

test('a supervisor that is started after kill -9 takes over at once', async (t) => {
  const fixture = await makeQueue(t)
  const first = await spawnSupervisor(t, fixture)
  await fixture.queue.submit(request('acme--second'))
  const orphan = await started(fixture, 1)
  first.process.kill('SIGKILL')
  await exited(first.process)
  await spawnSupervisor(t, fixture)
  await started(fixture, 2)
  assert.equal(isProcessAlive(orphan.pid, ''), false)
  assert.equal((await ended(fixture, 'acme--second')).status, 'completed')
})

test('what a server takes over from a dead supervisor is counted, too', async (t) => {
  const fixture = await makeQueue(t)
  const first = await spawnSupervisor(t, fixture)
  await fixture.queue.submit(request('acme--second'))
  await started(fixture, 1)
  first.process.kill('SIGKILL')
  await exited(first.process)
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-counts-'))
  await mkdir(path.join(folder, 'metrics'))
  atEnd(t, () => rm(folder, { recursive: true }))
  const counts = createServerCounts()
  const server = await openQueue(fixture.spoolDir, settings, {
    ...{ log: silent, clock: Date.now, onMetricEvent: counts.onMetricEvent },
  })
  atEnd(t, () => server.close())
  const stored = createStoredCounts(folder, server.locate)
  counts.keepWith((own) => keepSharedCounts(stored, own, { log: silent }))
  await until(async () => (await server.read('acme--second'))?.view.status === 'queued', 'the job is handed back')
  await counts.end()
  assert.match(await (await readSharedCounts(stored)).metrics(), /^docspool_job_stalls_total 1$/m)
})

test('a supervisor that was stopped is taken for dead, and what it does when it wakes is fenced', async (t) => {
  const fixture = await makeQueue(t)
  const frozen = await spawnSupervisor(t, fixture, { leaseMs: 5_000 })
  await fixture.queue.submit(request('acme--second'))
  const orphan = await started(fixture, 1)
  frozen.process.kill('SIGSTOP')
  await spawnSupervisor(t, fixture, { leaseMs: 5_000 })
  await started(fixture, 2)
  assert.equal(isProcessAlive(orphan.pid, ''), false)
  const view = await ended(fixture, 'acme--second')
  frozen.process.kill('SIGCONT')
  await until(() => frozen.log.some((line) => line.includes('fenced')), 'the late one is fenced')
  assert.deepEqual((await fixture.queue.read('acme--second'))?.view, view)
  await until(
    () => frozen.log.filter((line) => line.includes('the supervisor has started')).length === 2,
    'it works under a new id',
  )
  await fixture.queue.submit(request('acme--quick'))
  assert.equal((await ended(fixture, 'acme--quick')).status, 'completed')
})

test('asked to end, it lets a job finish that does so in time, and claims none', async (t) => {
  const fixture = await makeQueue(t)
  let finish: (() => void) | undefined
  const supervisor = startSupervisor(t, fixture, async () => {
    await new Promise<void>((resolve) => {
      finish = resolve
    })
    return result
  })
  await fixture.queue.submit(request('acme--a'))
  await fixture.queue.submit(request('acme--b'))
  const end = await until(() => finish, 'it runs')
  supervisor.drain.abort()
  end()
  await supervisor.ended
  assert.equal((await fixture.queue.read('acme--a'))?.view.status, 'completed')
  assert.equal((await fixture.queue.read('acme--b'))?.view.status, 'queued')
  assert.deepEqual(await inSpool(fixture, 'workers'), [])
})

test('a job that does not finish in time is handed back without a try spent', async (t) => {
  const fixture = await makeQueue(t)
  const supervisor = await spawnSupervisor(t, fixture, { graceMs: 50 })
  await fixture.queue.submit(request('acme--slow'))
  const { pid } = await started(fixture, 1)
  supervisor.process.kill('SIGTERM')
  await exited(supervisor.process)
  assert.equal(supervisor.process.exitCode, 0)
  const view = (await fixture.queue.read('acme--slow'))?.view
  assert.deepEqual([view?.status, view?.attempt, view?.stalls], ['queued', 0, 0])
  assert.equal((await inSpool(fixture, 'ready')).length, 1)
  assert.deepEqual(await inSpool(fixture, 'workers'), [])
  assert.equal(isProcessAlive(pid, ''), false)
})

test('a second signal ends it at once, with nothing left claimed or running', async (t) => {
  const fixture = await makeQueue(t)
  const supervisor = await spawnSupervisor(t, fixture, { graceMs: 60_000 })
  await fixture.queue.submit(request('acme--stubborn'))
  const { pid } = await started(fixture, 1)
  supervisor.process.kill('SIGTERM')
  await until(() => supervisor.log.some((line) => line.includes('no more jobs are claimed')), 'it drains')
  const before = performance.now()
  supervisor.process.kill('SIGTERM')
  await exited(supervisor.process)
  t.diagnostic(`ended after ${(performance.now() - before).toFixed(0)} ms`)
  assert.equal(supervisor.process.exitCode, 0)
  assert.equal((await fixture.queue.read('acme--stubborn'))?.view.status, 'queued')
  assert.equal(isProcessAlive(pid, ''), false)
  assert.deepEqual(await inSpool(fixture, 'active'), [])
})

test('a paused queue hands out nothing', async (t) => {
  const fixture = await makeQueue(t)
  const pausedMark = path.join(fixture.spoolDir, 'control', 'paused')
  await writeFile(pausedMark, '')
  const ran: string[] = []
  startSupervisor(t, fixture, async (job) => {
    ran.push(job.jobId)
    return result
  })
  await fixture.queue.submit(request('acme--a'))
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert.deepEqual(ran, [])
  const { rm } = await import('node:fs/promises')
  await rm(pausedMark)
  await ended(fixture, 'acme--a')
})

test('eight supervisors share a hundred jobs, and none is run twice', async (t) => {
  const fixture = await makeQueue(t)
  const ids = Array.from({ length: 100 }, (_, n) => `acme--${n}`)
  await Promise.all(ids.map((id) => fixture.queue.submit(request(id))))
  const ran: string[] = []
  for (let n = 0; n < 8; n++) {
    startSupervisor(t, fixture, async (job) => {
      ran.push(`${job.jobId} ${job.epoch}`)
      return result
    })
  }
  await until(async () => (await fixture.queue.counts()).completed === 100, 'all are done')
  assert.deepEqual(ran.sort(), ids.map((id) => `${id} 1`).sort())
})

test('a record that cannot be read stands in nobody’s way', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, spoolDir } = fixture
  for (const id of ['acme--a', 'acme--b', 'acme--c']) await queue.submit(request(id))
  const file = new SpoolPaths(spoolDir).revision('acme--a', 2)
  await writeFile(file, JSON.stringify({ version: 99, job_id: 'acme--a', rev: 2 }))
  startSupervisor(t, fixture, async () => result)
  for (const id of ['acme--b', 'acme--c']) await ended(fixture, id)
  await until(async () => (await inSpool(fixture, 'ready')).some((name) => name.endsWith('acme--a')), 'it waits')
  // Whoever can read it takes it.
  await rm(file)
  assert.equal((await ended(fixture, 'acme--a')).status, 'completed')
})
