/**
 * Every query of the queue, the sets, the search and what machines share finds its rows by an index. The plans are those that
 * PostgreSQL itself logs while the real code runs, on tables with the proportions of a large installation.
 */
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { createSealedTokens } from '#cluster/git-tokens.ts'
import { createCountStore } from '#cluster/job-counts.ts'
import { createSharedJobQuota } from '#cluster/job-quota.ts'
import { createSpendStore } from '#cluster/spend-store.ts'
import { INDEX_VERSION } from '#cross-search/plan.ts'
import { createPostgresIndex } from '#cross-search/postgres/postgres-index.ts'
import { type Database, openDatabase } from '#database/database.ts'
import { migrate } from '#database/open.ts'
import { entryOf } from '#queue/backend.ts'
import type { Job, JobIn } from '#queue/job.ts'
import { complete, createJob, start } from '#queue/job-transitions.ts'
import type { FollowRecords } from '#queue/postgres/follow-records.ts'
import type { SweptKeys } from '#queue/postgres/key-store.ts'
import { openPostgres } from '#queue/postgres/open-postgres.ts'
import type { RecordStore } from '#queue/postgres/records.ts'
import type { WorkRows } from '#queue/postgres/work-queue.ts'
import { listSpans, readPieces } from '#store/postgres/set-pieces.ts'
import { createSharedSets } from '#store/postgres/shared-sets.ts'
import { createSharedSteps } from '#store/postgres/shared-steps.ts'
import { createSetStore } from '#store/sets.ts'
import { request, result, silent } from '../queue/support.ts'
import { newSet } from '../store/new-set.ts'
import { makeEmptyDatabase } from './server.ts'
import { onDatabase, startServer, type TestServer } from './start-server.ts'

/** Tables that grow with the number of jobs, documents or requests. */
const GROWING = [
  ...['jobs', 'entries', 'events', 'cancels', 'keys', 'outbox', 'expired', 'sets', 'blobs', 'set_parts'],
  ...['search_sets', 'search_entries', 'search_packages', 'search_dependencies', 'client_jobs', 'git_tokens'],
  ...['spend_jobs', 'steps', 'step_pieces', 'follows', 'looks'],
]

/** Queries that are meant to read a whole table. */
const WHOLE: { table: string; query: RegExp; why: string }[] = [
  {
    table: 'entries',
    query: /count\(\*\)/,
    why: 'counts what waits; the table stays small, and very many are counted seldom',
  },
  { table: 'entries', query: /FULL JOIN/, why: 'the audit compares all entries with their records' },
  { table: 'entries', query: /DISTINCT worker/, why: 'finds entries of workers that are not registered' },
  { table: 'jobs', query: /WHERE status <> 'removed' AND \(true\)\) AS jobs/, why: 'fsck reads all records' },
  { table: 'sets', query: /FROM docspool\.sets ORDER BY key$/, why: 'retention goes through all keys of sets' },
  {
    table: 'follows',
    query: /SELECT id FROM docspool\.follows ORDER BY id/,
    why: 'lists what is followed, 1,000 at most',
  },
  { table: 'follows', query: /DELETE FROM docspool\.follows/, why: '1,000 at most' },
  { table: 'looks', query: /SELECT id, due_ms FROM docspool\.looks/, why: 'lists what is followed, 1,000 at most' },
  {
    table: 'search_sets',
    query: /SELECT repo_url, job_id, key FROM docspool\.search_sets/,
    why: 'compares all repositories with the jobs',
  },
  { table: 'entries', query: /WHERE job_id = ANY \(\$1\)$/, why: 'fsck looks at nearly all of them' },
  {
    table: 'client_jobs',
    query: /^DELETE FROM docspool\.client_jobs WHERE taken_at/,
    why: 'as many rows as jobs are open',
  },
  { table: 'git_tokens', query: /^DELETE FROM docspool\.git_tokens WHERE kept_at/, why: '10,000 at most' },
  { table: 'git_tokens', query: /LIMIT \$2\) AS tokens/, why: 'counts up to the limit of 10,000' },
]

/** Plans that fit the tables as they were are not kept: each query is planned with its own values. */
const SETTINGS = [
  ...['session_preload_libraries=auto_explain', 'auto_explain.log_min_duration=0', 'auto_explain.log_format=json'],
  ...['auto_explain.log_nested_statements=off', 'autovacuum=off', 'jit=off', 'work_mem=16MB'],
  ...[
    'logging_collector=on',
    'log_directory=log',
    'log_filename=plans.log',
    'log_rotation_age=0',
    'log_rotation_size=0',
  ],
  'log_line_prefix=@@@ ',
]

let server: TestServer
let folder: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-plans-'))
  server = await startServer(SETTINGS)
})
after(async () => {
  await server?.stop()
  for (const each of [folder, server?.folder ?? folder]) await rm(each, { recursive: true, force: true })
})

interface PlanNode {
  'Node Type': string
  Schema?: string
  'Relation Name'?: string
  Plans?: PlanNode[]
}

/** All nodes of the plans that the server has logged since. */
async function readPlans(from: number): Promise<{ query: string; scans: string[] }[]> {
  const log = await readFile(path.join(server.folder, 'data/log/plans.log'), 'utf8')
  return log
    .slice(from)
    .split(/^@@@ /m)
    .flatMap((entry) => {
      const at = entry.indexOf('plan:\n')
      if (!entry.startsWith('LOG:  duration:') || at === -1) return []
      const logged: { 'Query Text': string; Plan: PlanNode } = JSON.parse(entry.slice(at + 'plan:\n'.length))
      return [{ query: logged['Query Text'], scans: scansIn(logged.Plan) }]
    })
}

const scansIn = (node: PlanNode): string[] => [
  ...(node['Node Type'] === 'Seq Scan' && node['Relation Name'] !== undefined ? [node['Relation Name']] : []),
  ...(node.Plans ?? []).flatMap(scansIn),
]

const logSize = async (): Promise<number> =>
  (await readFile(path.join(server.folder, 'data/log/plans.log'), 'utf8')).length

const NOW = Date.parse('2026-11-28T12:00:00Z')

/** The proportions of a large installation, a hundredth of its size. */
async function fill(url: string): Promise<void> {
  const queued = createJob(request('acme--NAME'), NOW)
  const started = start({ ...queued, rev: 2 }, 'w', NOW)
  const completed = complete({ ...started, rev: 3 }, result, NOW)
  const job = (id: string, at: string, record: Job, status: string, isIndexed: boolean): string =>
    `SELECT ${id}, 3, 1, '${status}', ${at}, 'https://github.com/acme/' || (n % 20000), true, ${isIndexed},
            replace('${JSON.stringify(record)}', 'acme--NAME', ${id}), '{}'::uuid[] FROM numbers`
  const jobs =
    'INSERT INTO docspool.jobs (job_id, rev, epoch, status, submitted_ms, repo_url, is_listed, is_indexed, record, writes)'
  const numbers = (count: number): string => `WITH numbers AS (SELECT generate_series(1, ${count}) AS n)`
  const hash = (text: string): string => `sha256((${text})::bytea)`
  await onDatabase(
    url,
    `BEGIN;
     ${jobs} ${numbers(50_000)} ${job(`'acme--done-' || n`, `${NOW} - n * 1000`, completed, 'completed', true)};
     ${jobs} ${numbers(2_000)} ${job(`'acme--wait-' || n`, `${NOW} - n`, queued, 'queued', false)};
     INSERT INTO docspool.workers SELECT 'w' || n, '{}', now() FROM generate_series(1, 16) AS n;
     INSERT INTO docspool.entries (job_id, submitted_ms, priority, kind, worker, not_before_ms, rank, is_listed)
     SELECT 'acme--wait-' || n, ${NOW} - n, 5, CASE WHEN n % 50 = 0 THEN 'held' WHEN n % 20 = 0 THEN 'delayed' ELSE 'ready' END,
            CASE WHEN n % 50 = 0 THEN 'w' || (n % 16 + 1) ELSE '' END,
            CASE WHEN n % 50 <> 0 AND n % 20 = 0 THEN ${NOW} + n * 1000 ELSE 0 END, n, true
     FROM generate_series(1, 2000) AS n;
     INSERT INTO docspool.events SELECT 'acme--done-' || (n % 5000), 1, n / 5000, 'log', '{"type":"log"}', 10
     FROM generate_series(0, 49999) AS n;
     INSERT INTO docspool.cancels SELECT 'acme--wait-' || n, 'x' FROM generate_series(1, 2000) AS n;
     INSERT INTO docspool.keys SELECT ${hash(`'k' || n`)}, '{}', gen_random_uuid(), now() - n * interval '2 seconds'
     FROM generate_series(1, 20000) AS n;
     INSERT INTO docspool.outbox SELECT 'c' || n, 'acme--done-' || n, 'l', ${NOW} + n * 1000 FROM generate_series(1, 10000) AS n;
     INSERT INTO docspool.expired SELECT 'acme--gone-' || n, ${NOW} - n * 60000::bigint FROM generate_series(1, 100000) AS n;
     INSERT INTO docspool.follows SELECT 'f' || n, 1, '{}', '{}' FROM generate_series(1, 1000) AS n;
     INSERT INTO docspool.looks SELECT 'f' || n, ${NOW} + n FROM generate_series(1, 1000) AS n;
     INSERT INTO docspool.sets SELECT encode(${hash(`'s' || n`)}, 'hex'), 'https://github.com/acme/' || n, 1000, n
     FROM generate_series(1, 4000) AS n;
     INSERT INTO docspool.blobs SELECT ${hash(`'b' || n`)}, 'body' FROM generate_series(1, 20000) AS n;
     INSERT INTO docspool.set_parts SELECT encode(${hash(`'s' || (n % 4000 + 1)`)}, 'hex'), 'pages.pack', n / 4000, 4,
            ${hash(`'b' || (n % 20000 + 1)`)} FROM generate_series(0, 39999) AS n;
     INSERT INTO docspool.search_state VALUES (true, ${INDEX_VERSION}, true);
     INSERT INTO docspool.search_sets (repo_url, job_id, key, name, called, short)
     SELECT 'https://github.com/acme/' || n, 'acme--done-' || n, 'k', 'acme/R' || n, 'acme/r' || n, 'r' || n
     FROM generate_series(1, 12000) AS n;
     INSERT INTO docspool.search_entries
     SELECT set_id, place, place % 5, '{"title":"word","kind":"module","language":null,"page":"a.md","anchor":"","address":null,"file":null,"line":null,"text":"","weight":1}', ('''word' || (set_id * 7 + place) % 9973 || ''':1B ''common'':1D')::tsvector
     FROM (SELECT id AS set_id FROM docspool.search_sets) AS sets, generate_series(1, 4) AS place;
     INSERT INTO docspool.search_packages SELECT 'npm', 'p' || id, id FROM docspool.search_sets;
     INSERT INTO docspool.search_dependencies
     SELECT 'npm', 'p' || (id * 13 + n) % 12000, id, 'runtime' FROM docspool.search_sets, generate_series(1, 4) AS n
     ON CONFLICT DO NOTHING;
     INSERT INTO docspool.client_jobs SELECT ${hash(`'c' || n % 1500`)}, 'acme--wait-' || n, now() - n * interval '1 second'
     FROM generate_series(1, 6000) AS n;
     INSERT INTO docspool.git_tokens (job_id, sealed, key_id, client, kept_at)
     SELECT 'acme--wait-' || n, 'x', 'y', ${hash(`'c' || n % 900`)}, now() - n * interval '1 second' FROM generate_series(1, 4000) AS n;
     INSERT INTO docspool.spend_days SELECT current_date - n, 'm', 1, 1, 1, 1 FROM generate_series(1, 400) AS n;
     INSERT INTO docspool.spend_jobs SELECT 'job ' || n, current_date - n % 3, 1, 1, 1, 1 FROM generate_series(1, 20000) AS n;
     INSERT INTO docspool.spend_reservations
     SELECT gen_random_uuid(), current_date - n % 3, 'job ' || n, 'm', 1, 1, 1 FROM generate_series(1, 200) AS n;
     INSERT INTO docspool.job_counts SELECT gen_random_uuid(), '[]', now() FROM generate_series(1, 16);
     INSERT INTO docspool.steps SELECT 'https://github.com/acme/' || n / 6, (n % 6)::text, ${hash(`'t' || n`)}, now() - n * interval '1 minute'
     FROM generate_series(1, 24000) AS n;
     INSERT INTO docspool.step_pieces SELECT ${hash(`'t' || n`)}, 0, 'x' FROM generate_series(1, 24000) AS n;
     COMMIT`,
  )
  await onDatabase(url, 'VACUUM ANALYZE')
}

/** Notes which functions of an object were called. */
function watched<T extends object>(target: T, name: string, missing: Set<string>): T {
  for (const [key, value] of Object.entries(target)) if (typeof value === 'function') missing.add(`${name}.${key}`)
  return new Proxy(target, {
    get(of, key) {
      missing.delete(`${name}.${String(key)}`)
      return Reflect.get(of, key)
    },
  })
}

test('no query scans a table that grows', { timeout: 300_000 }, async (t) => {
  const url = await makeEmptyDatabase(server)
  await migrate(url)
  await fill(url)
  const missing = new Set<string>()
  const from = await logSize()
  const opened = await openPostgres(url, { log: silent, clock: () => NOW, leaseMs: 60_000 })
  t.after(() => opened.close())
  const database = openDatabase(url)
  t.after(() => database.close())
  await useQueue(opened, missing)
  await useSets(database, missing)
  await useSearch(database, missing)
  await useShared(database, missing)
  assert.deepEqual([...missing], [], 'all functions were called')

  const plans = (await readPlans(from)).filter(({ query }) => query.includes('docspool.'))
  assert.ok(plans.length > 100, `${plans.length} plans`)
  const scanned = plans.flatMap(({ query, scans }) =>
    scans
      .filter((table) => GROWING.includes(table))
      .filter((table) => !WHOLE.some((each) => each.table === table && each.query.test(query.trim())))
      .map((table) => `${table}: ${query.replace(/\s+/g, ' ').trim()}`),
  )
  assert.deepEqual([...new Set(scanned)], [])
})

test('a scan is found where an index is missing', async () => {
  const url = await makeEmptyDatabase(server)
  await migrate(url)
  await onDatabase(url, `INSERT INTO docspool.expired SELECT 'j' || n, n FROM generate_series(1, 20000) AS n`)
  await onDatabase(url, 'DROP INDEX docspool.expired_age; ANALYZE docspool.expired')
  const from = await logSize()
  await onDatabase(url, 'SELECT job_id FROM docspool.expired WHERE at_ms < 10')
  const [plan] = await readPlans(from)
  assert.deepEqual(plan?.scans, ['expired'])
})

async function useQueue(opened: Awaited<ReturnType<typeof openPostgres>>, missing: Set<string>): Promise<void> {
  const part = <K extends keyof typeof opened>(name: K): (typeof opened)[K] & object =>
    watched(opened[name] as (typeof opened)[K] & object, name, missing)
  const jobs = part('jobs') as RecordStore
  const keys = part('keys') as SweptKeys
  const follows = part('follows') as FollowRecords
  const [work, catalog, events, workers] = [part('work') as WorkRows, part('catalog'), part('events'), part('workers')]
  const [cancels, outbox, expiry] = [part('cancels'), part('outbox'), part('expiry')]
  const [looks, control] = [part('looks'), part('control')]
  const [stats, lanes, combined] = [part('stats'), part('lanes'), part('combined')]

  const fresh = createJob(request('acme--fresh'), NOW)
  await opened.accept(fresh)
  await jobs.wasWritten('acme--fresh', randomUUID())
  await jobs.swap('acme--fresh', randomUUID(), 'SELECT', [])
  await jobs.create(createJob(request('acme--fresh-3'), NOW))
  const current = (await jobs.read('acme--fresh')) ?? assert.fail()
  await jobs.confirm(current)
  const lease = await workers.register()
  const { worker } = lease
  await workers.insert({ worker: 'x', pid: 1, pidStart: '1', bootId: 'b', pidNamespace: 'p', host: 'h' })
  await workers.isRegistered(worker)
  await workers.listDead()
  await workers.listLive()
  await workers.retire('x')
  const entry = entryOf(fresh)
  await work.claim(worker)
  await work.claim(worker, ({ jobId }) => jobId.endsWith('-77'))
  await work.countIfMany()
  work.noteCount(1)
  const submitted = createJob(request('acme--joined'), NOW)
  await combined.accept(submitted, 10_000)
  await combined.accept(submitted, 10_000)
  await combined.take(worker, 3, ({ jobId }) => jobId.endsWith('7'))
  await work.takeFirst(worker, 1, ({ jobId }) => jobId === 'acme--joined')
  const claimed = await combined.start(
    { ...submitted, rev: 1 },
    start({ ...submitted, rev: 1 }, worker, NOW),
    entryOf(submitted),
  )
  const running = claimed ?? assert.fail()
  await combined.finish(running, complete(running, result, NOW), entryOf(submitted))
  await work.push(entry, NOW + 5)
  await work.isReady(entry)
  await work.hold(worker, entry)
  await work.holds(worker, entry)
  await work.putBack(worker, entry, null)
  await work.drop(worker, entry)
  await work.discard({ ...entry, jobId: 'acme--none' })
  await work.promoteDue(NOW + 60_000)
  await work.countWaiting()
  await work.position(entry)
  await work.claimedBy(worker)
  await work.isPaused()
  await lanes.take({ worker, jobId: 'a', lane: 'l', width: 2 })
  await lanes.listFull(2)
  await lanes.leave(worker, 'a')
  const begun = await jobs.update(current, start(current as JobIn<'queued'>, worker, NOW))
  const ended = complete((begun ?? assert.fail()) as JobIn<'processing'>, result, NOW)
  const done = ((await jobs.update(begun ?? current, ended)) ?? assert.fail()) as JobIn<'completed'>
  await catalog.note(done)
  await catalog.addEnded(done)
  await catalog.removeEnded(done)
  await catalog.forget(done)
  await catalog.counts()
  const after = { jobId: 'acme--done-700', submittedMs: NOW - 700_000 }
  for (const query of [
    {},
    { after },
    { before: after },
    { status: 'completed' as const },
    { status: 'queued' as const },
    { status: 'processing' as const },
    { repoUrl: 'https://github.com/acme/77' },
    { nameHas: 'done-4242' },
    { withPrivate: true },
  ]) {
    await catalog.newest({ limit: 20, ...query })
  }
  const sink = events.open('acme--fresh', 9)
  await sink.append({ type: 'log', at: new Date(NOW).toISOString(), level: 'info', text: 'x' })
  await sink.close()
  await events.read('acme--done-77', 1)
  await events.readFrom('acme--done-77', 1, 3)
  await events.readFrom('acme--none', 1, 3)
  await events.lastProgress('acme--done-77', 1)
  await cancels.mark(done)
  await cancels.isMarked(done)
  await cancels.clear(done.job_id)
  const record = { request: 'r', jobId: 'acme--fresh', outcome: null }
  await keys.take('key', record)
  await keys.settle('key', { ...record, outcome: 'created' })
  await keys.release('key', record)
  await keys.sweep()
  await outbox.add({ jobId: 'j', callbackId: 'c', lane: 'l' }, NOW)
  const [due] = await outbox.listDue(NOW)
  const moved = (await outbox.move(due ?? assert.fail(), NOW + 9)) ?? assert.fail()
  await outbox.drop(moved)
  await expiry.oldestEnded({ beforeMs: NOW - 1_000, limit: 100 })
  await expiry.oldestEnded({ beforeMs: NOW - 1_000, after, limit: 100 })
  await expiry.removeEmptyDays(NOW)
  await expiry.mark('acme--fresh')
  await expiry.isMarked('acme--fresh')
  await expiry.unmark('acme--fresh')
  await expiry.sweepMarks({ beforeMs: NOW - 5_900_000_000, isDry: true })
  await expiry.sweepMarks({ beforeMs: NOW - 5_900_000_000, isDry: false })
  await expiry.jobsOf('https://github.com/acme/77')
  const follow = {
    ...{ version: 1 as const, status: 'followed' as const, id: 'f-new', rev: 1 },
  }
  await follows.read('f-none')
  await follows.list()
  await follows.create(follow as never).catch(() => undefined)
  await follows.update(follow as never, follow as never).catch(() => undefined)
  await follows.remove({ ...follow, id: 'f1' } as never)
  await follows.sweep()
  await looks.hasten('f1', 5)
  await looks.list()
  const look = (await looks.move({ id: 'f1', dueMs: 5 }, 9)) ?? assert.fail()
  await looks.drop(look)
  await control.pause('me')
  await control.read()
  await control.resume()
  await stats.oldestWaiting()
  await stats.countWorkers()
  await stats.lastBeat()
  for (const scope of ['suspects', 'all'] as const) {
    const { suspects } = await opened.audit(scope)
    for (const { places } of suspects.slice(0, 3)) for (const place of places) await place.remove()
  }
  await jobs.remove(done)
  await jobs.sweep()
  await opened.probe()
  await lease.release()
}

async function useSets(database: Database, missing: Set<string>): Promise<void> {
  const sets = watched(createSharedSets(database), 'sets', missing)
  const docs = path.join(folder, 'docs')
  const key = await createSetStore(docs).publish(newSet('a'))
  const source = path.join(docs, key)
  const spans = await listSpans(source)
  await sets.publish({ key, repoUrl: 'https://h/a', bytes: 1, pieces: () => readPieces(source, spans) })
  for await (const { body } of sets.readBodies(await sets.listParts(key))) assert.ok(body)
  await sets.renew(key)
  await sets.list()
  sets.clock()
  await sets.lastUse(key)
  await sets.restoreUse(key, NOW)
  assert.equal(await sets.isDamaged(key), false)
  await sets.readRepoUrl(key)
  await sets.measure(key)
  assert.equal(await sets.removeUnused(key, Number.POSITIVE_INFINITY), true)
  await sets.sweep()

  const steps = watched(createSharedSteps(database, 24_000), 'steps', missing)
  await steps.write('https://github.com/acme/77', '1', randomBytes(30))
  for (const { hash } of await steps.list('https://github.com/acme/77')) await steps.read(hash)
  // Over the limit.
  await steps.write('https://github.com/acme/78', '1', randomBytes(23_000))
  await steps.write('https://github.com/acme/79', '1', randomBytes(2_000))
}

async function useSearch(database: Database, missing: Set<string>): Promise<void> {
  const index = watched(createPostgresIndex(database), 'index', missing)
  const set = { repoUrl: 'https://github.com/acme/new', jobId: 'acme--new', key: 'k', name: 'acme/new', since: 0 }
  const packages = [{ ecosystem: 'npm', name: 'p5' }]
  await index.put({ ...set, entries: [], packages, dependencies: [{ ecosystem: 'npm', name: 'p9', kind: 'runtime' }] })
  await index.complete()
  await index.list()
  // Not what nearly all have: of that, the first ones that are met are enough.
  for (const query of ['word77', 'word7 word8', 'word9 in:acme/r77']) await index.search(query, [], 20)
  await index.links('https://github.com/acme/77')
  await index.remove('https://github.com/acme/new')
}

async function useShared(database: Database, missing: Set<string>): Promise<void> {
  const spend = watched(createSpendStore(database), 'spend', missing)
  const [id, other] = [randomUUID(), randomUUID()]
  const limit = { calls: 1_000_000, tokens: 0, microUsd: 0 }
  const bound = {
    job: 'job 77',
    model: 'm',
    inputTokens: 1,
    outputTokens: 1,
    microUsd: 1,
    jobLimit: limit,
    dayLimit: limit,
  }
  assert.equal(await spend.reserve({ ...bound, id }), undefined)
  await spend.reserve({ ...bound, id: other })
  await spend.settle(id, { calls: 1, inputTokens: 1, outputTokens: 1, microUsd: 1 })
  await spend.release(other)
  await spend.spent('job 77')
  await spend.readDays()
  await spend.sweep()
  const quota = watched(createSharedJobQuota(database, 3), 'quota', missing)
  ;(await quota.take('client', 'acme--fresh'))?.()
  await quota.sweep()
  const tokens = watched(createSealedTokens(database, randomBytes(32), { log: silent }), 'tokens', missing)
  await tokens.secretFor('https://h/a', 't')
  const kept = await tokens.keep('acme--fresh', 'token', 'client')
  if (typeof kept === 'object') await kept.settle(true)
  const again = await tokens.keep('acme--fresh', 'token', 'client')
  if (typeof again === 'object') await again.settle(false)
  const { version } = (await tokens.take('acme--fresh')) ?? assert.fail()
  await tokens.drop('acme--fresh', version)
  await tokens.sweep()
  const counts = watched(createCountStore(database), 'counts', missing)
  const owner = randomUUID()
  await counts.adopt(owner)
  await counts.create(owner, '[]')
  await counts.write(owner, '[]', { isLast: true })
  await counts.list()
}
