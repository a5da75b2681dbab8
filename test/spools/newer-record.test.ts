/** A record of a version to come, in a spool that this one works on: it is left alone by all, and all others go on. */
import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fsck } from '#queue/fsck.ts'
import { collectGarbage } from '#queue/gc.ts'
import { RECORD_VERSION } from '#queue/job.ts'
import { openQueue, type Queue } from '#queue/open-queue.ts'
import { readReferences } from '#queue/set-references.ts'
import { parseRevisionName } from '#queue/spool/file-names.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { startSupervisor } from '../queue/supervisor-here.ts'
import { atEnd, makeQueue, NO_TIDYING, request, result, settings, silent, until } from '../queue/support.ts'
import { changesOf, takePrint } from './released.ts'
import { createServer } from './server.ts'

const deps = { log: silent, clock: Date.now }
const DEAD = '999999-1-00000001'
const IDS = ['acme--waits', 'acme--held', 'acme--ended', 'acme--told'] as const
const BESIDE = ['acme--held-too', 'acme--old'] as const
/** Old enough for everything. */
const HOUR_MS = 3_600_000

/** The newest revision becomes one that only a version to come can read. */
async function raise(paths: SpoolPaths, id: string): Promise<void> {
  const names = (await readdir(paths.job(id))).filter((name) => parseRevisionName(name) !== undefined).sort()
  const rev = names.length
  const job = JSON.parse(await readFile(paths.revision(id, rev), 'utf8'))
  const newer = { ...job, version: RECORD_VERSION + 1, rev: rev + 1, status: 'resting', options: { tone: 'dry' } }
  await writeFile(paths.revision(id, rev + 1), JSON.stringify(newer))
  await writeFile(path.join(paths.job(id), 'notes.json'), '{}')
  await mkdir(path.join(paths.work, `${id}.1`))
}

/** A spool with such records: one waits, one is held by a dead worker beside another one, one has ended, one is to be told. */
async function setUp(t: TestContext) {
  const fixture = await makeQueue(t)
  const { queue, spoolDir } = fixture
  const paths = new SpoolPaths(spoolDir)
  const callback = { url: 'https://hooks.example.org/x', origin: 'https://hooks.example.org' }
  await queue.submit(request('acme--told', { callback }))
  for (const id of ['acme--ended', 'acme--old']) await queue.submit(request(id))
  const supervisor = startSupervisor(t, fixture, async () => result)
  for (const id of ['acme--told', 'acme--ended', 'acme--old']) {
    await until(async () => (await queue.read(id))?.view.status === 'completed', `${id} ends`)
  }
  supervisor.drain.abort()
  await supervisor.ended
  for (const id of ['acme--waits', 'acme--held', 'acme--held-too']) await queue.submit(request(id))
  await mkdir(paths.activeOf(DEAD))
  for (const name of await readdir(paths.ready)) {
    if (name.includes('held')) await rename(path.join(paths.ready, name), path.join(paths.activeOf(DEAD), name))
  }
  await queue.close()
  for (const id of IDS) await raise(paths, id)
  return { ...fixture, paths }
}

/** Files and names that are of these jobs. */
function ofNewer(spoolDir: string): Map<string, string> {
  const isOf = (name: string): boolean =>
    IDS.some((id) => name.includes(id) && !BESIDE.some((one) => name.includes(one)))
  // The time of a folder is that of its index, too.
  return new Map([...takePrint(spoolDir)].filter(([name]) => isOf(name)))
}

test('a server answers 503 for it, and writes nothing', async (t) => {
  const { spoolDir } = await setUp(t)
  const before = ofNewer(spoolDir)
  const queue: Queue = await openQueue(spoolDir, settings, deps)
  atEnd(t, () => queue.close())
  const server = createServer(spoolDir, queue)
  atEnd(t, () => server.close())
  for (const id of IDS) {
    const asks: [string, RequestInit?][] = [
      [`/api/job/${id}`],
      [`/static-docs/${id}/`],
      [`/docs/${id}`],
      [`/api/job/${id}/log`],
      [`/api/job/${id}/cancel`, { method: 'POST' }],
      [`/api/job/${id}/retry`, { method: 'POST' }],
      [`/api/job/${id}`, { method: 'DELETE' }],
    ]
    for (const [to, init] of asks) {
      const { status, body } = await server.ask(to, { ...init, headers: { Accept: 'application/json' } })
      assert.deepEqual([status, body.code], [503, 'RECORD_TOO_NEW'], `${init?.method} ${to}`)
    }
    const { status, body } = await server.post({ body: { repo_url: `https://github.com/acme/${id.slice(6)}` } })
    assert.deepEqual([status, body.code], [503, 'RECORD_TOO_NEW'], id)
  }
  assert.equal((await server.ask('/api/job/acme--old')).status, 200)
  assert.equal((await server.ask('/api/jobs')).status, 200)
  assert.deepEqual(changesOf(before, ofNewer(spoolDir)), [])
})

test('a supervisor takes over what is beside it, works on and tells, and leaves it', async (t) => {
  const fixture = await setUp(t)
  const { spoolDir } = fixture
  const before = ofNewer(spoolDir)
  const queue = await openQueue(spoolDir, settings, deps)
  atEnd(t, () => queue.close())
  const told: string[] = []
  const { drain, ended } = startSupervisor(t, { ...fixture, queue }, async () => result, {
    leaseMs: 5_000,
    retention: {
      keepJobsMs: 0,
      tidySets: async (readSets) => void (await readSets('https://github.com/acme/acme--ended')),
      everyMs: 50,
    },
    async notify({ job }) {
      told.push(job.job_id)
      return { is: 'delivered' }
    },
  })
  await until(async () => (await queue.read('acme--old')) === undefined, 'retention goes on beside it')
  await queue.submit(request('acme--new'))
  for (const id of ['acme--held-too', 'acme--new']) {
    await until(
      async () => (await queue.read(id).catch(() => undefined)) === undefined && (await queue.hasExpired(id)),
      `${id} was done`,
    )
  }
  drain.abort()
  await ended
  assert.deepEqual(told, [])
  // What is to be told is put off by a minute, in the name.
  const isOutbox = (name: string): boolean => name.startsWith('outbox/')
  assert.deepEqual(
    changesOf(before, ofNewer(spoolDir)).filter((name) => !isOutbox(name)),
    [],
  )
  assert.equal([...ofNewer(spoolDir).keys()].filter(isOutbox).length, 1)
})

test('fsck and gc count it, and leave it', async (t) => {
  const { spoolDir, paths } = await setUp(t)
  for (const id of IDS) await utimes(paths.job(id), 1, 1)
  const before = ofNewer(spoolDir)
  const later = { log: silent, clock: () => Date.now() + 30 * 24 * HOUR_MS }
  for (let n = 0; n < 2; n++) {
    const { unreadable, quarantined, restored } = await fsck(spoolDir, later)
    assert.deepEqual([unreadable, quarantined, restored], [IDS.length, [], 0])
  }
  const { removed } = await collectGarbage(spoolDir, { ...later, keepJobsMs: HOUR_MS }, NO_TIDYING)
  assert.deepEqual(removed, ['acme--old'])
  assert.deepEqual(changesOf(before, ofNewer(spoolDir)), [])
  assert.deepEqual(await readdir(paths.corrupt), [])
})

test('documents that it may refer to are in use', async (t) => {
  const { spoolDir } = await setUp(t)
  const backend = await openSpool(spoolDir, { ...deps, leaseMs: 15_000 })
  atEnd(t, () => backend.close())
  assert.equal((await readReferences(backend, 'https://github.com/acme/acme--ended')).isBusy, true)
  assert.equal((await readReferences(backend, 'https://github.com/acme/acme--old')).isBusy, false)
})

test('an idempotency key of a version to come is refused, and left', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  const paths = new SpoolPaths(spoolDir)
  const keyed = request('acme--a', { idempotencyKey: 'key' })
  await queue.submit(keyed)
  const text = '{"version":2,"answers":[]}'
  await writeFile(paths.key('key'), text)
  await assert.rejects(queue.submit(keyed), { code: 'RECORD_TOO_NEW' })
  assert.equal(await readFile(paths.key('key'), 'utf8'), text)
  assert.deepEqual(await readdir(paths.corrupt), [])
})
