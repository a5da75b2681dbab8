/**
 * A database that has grown: ten million jobs that ended and a hundred thousand that wait, beside an empty one of the same
 * server, in turns. Milliseconds to accept and to claim a job and to remove expired ones, size on the disk, and how many
 * statements a second supervisors without work send. Each job ends with a wait for the disk, as in service.
 */

import { rm } from 'node:fs/promises'
import path from 'node:path'
import { complete, createJob, start } from '#queue/job-transitions.ts'
import { LEASE_MS } from '#queue/lease.ts'
import { createQueue } from '#queue/open-queue.ts'
import { openPostgres } from '#queue/postgres/open-postgres.ts'
import { createJobRetention } from '#queue/retention.ts'
import { makeEmptyDatabase } from '../test/postgres/server.ts'
import { onDatabase, startServer, type TestServer } from '../test/postgres/start-server.ts'
import { percentile, print, readFlag } from './measure.ts'
import { type Program, startDocspool } from './programs.ts'
import { deps, request, settings } from './spool.ts'

const DAY_MS = 86_400_000
/** Tables are filled in the transaction that empties them, which needs no write-ahead log. */
const SERVER = [
  ...['fsync=on', 'shared_buffers=512MB', 'max_wal_size=4GB', 'wal_level=minimal', 'max_wal_senders=0'],
  ...['shared_preload_libraries=pg_stat_statements', 'maintenance_work_mem=512MB', 'track_io_timing=on'],
]

export async function run(): Promise<void> {
  const [ended, queued] = [readFlag('ended', 10_000_000), readFlag('queued', 100_000)]
  const server = await startServer(SERVER)
  try {
    const [empty, grown] = [await makeTables(server), await makeTables(server)]
    const begin = performance.now()
    await fill(grown, ended, queued)
    print(`filled with ${ended} ended and ${queued} queued jobs in ${seconds(begin)} s`)
    await measureSize(grown)
    await measureJobs(empty, grown)
    await measureIdle(server, empty)
  } finally {
    await server.stop()
    await rm(server.folder, { recursive: true, force: true })
  }
}

const seconds = (begin: number): string => ((performance.now() - begin) / 1_000).toFixed(0)

async function makeTables(server: TestServer): Promise<string> {
  const url = await makeEmptyDatabase(server)
  await (await open(url)).close()
  return url
}

const open = (url: string) => openPostgres(url, { ...deps, leaseMs: LEASE_MS })

/** Records as the queue writes them; of jobs that ended, over the last hundred days. */
async function fill(url: string, ended: number, queued: number): Promise<void> {
  const now = Date.now()
  const first = createJob(request('acme--NUMBER'), now)
  const claimed = start({ ...first, rev: 2 }, '1-1-00000000', now)
  const result = { docsKey: '0'.repeat(64), resolvedCommit: '0'.repeat(40), summary: '12 files in 3 modules' }
  const completed = complete({ ...claimed, rev: 3 }, result, now)
  const id = (prefix: string): string => `'acme--${prefix}-' || lpad(n::text, 8, '0')`
  const rows = (prefix: string, job: object, status: string, at: string, isIndexed: boolean, count: number): string =>
    `INSERT INTO docspool.jobs (job_id, rev, epoch, status, submitted_ms, repo_url, is_listed, is_indexed, record, writes)
     SELECT ${id(prefix)}, 3, 1, '${status}', ${at}, 'https://git.invalid/acme/' || (n % 1000000), true, ${isIndexed},
            replace(replace('${JSON.stringify(job)}', 'acme--NUMBER', ${id(prefix)}), '${new Date(now).toISOString()}',
                    to_char(to_timestamp((${at}) / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
            ARRAY[gen_random_uuid(), gen_random_uuid(), gen_random_uuid()]
     FROM generate_series(1, ${count}) AS n`
  const found = await onDatabase(
    url,
    `SELECT indexname AS name, indexdef AS text FROM pg_indexes
     WHERE schemaname = 'docspool' AND tablename = 'jobs' AND indexname <> 'jobs_pkey'`,
  )
  const wait = `${now} - (n::bigint * 1000)`
  await onDatabase(
    url,
    `BEGIN;
     TRUNCATE docspool.jobs, docspool.entries, docspool.events;
     ${found.map(({ name }) => `DROP INDEX docspool.${name}`).join(';')};
     ${rows('done', completed, 'completed', `${now} - (n::bigint * ${Math.floor((100 * DAY_MS) / ended)})`, true, ended)};
     ${rows('wait', first, 'queued', wait, false, queued)};
     ${found.map(({ text }) => text).join(';')};
     INSERT INTO docspool.entries (job_id, submitted_ms, priority, kind, rank, is_listed)
     SELECT ${id('wait')}, ${wait}, 5, 'ready', ${wait} + 5 * 3600000::bigint, true FROM generate_series(1, ${queued}) AS n;
     INSERT INTO docspool.events (job_id, epoch, n, type, body, total)
     SELECT ${id('done')}, 1, line, 'progress', '{"type":"progress","at":"2026-11-28T12:00:00.000Z","stage":"analyse","percent":50,"text":"Reading files"}', line * 110
     FROM generate_series(1, ${Math.floor(ended / 100)}) AS n, generate_series(1, 10) AS line;
     COMMIT`,
  )
  await onDatabase(url, 'VACUUM ANALYZE docspool.jobs')
  await onDatabase(url, 'VACUUM ANALYZE docspool.entries')
  await onDatabase(url, 'VACUUM ANALYZE docspool.events')
}

async function measureSize(url: string): Promise<void> {
  const rows = await onDatabase(
    url,
    `SELECT relname AS name, pg_table_size(oid) / 1e6 AS mb, pg_indexes_size(oid) / 1e6 AS indexes FROM pg_class
     WHERE relnamespace = 'docspool'::regnamespace AND relkind = 'r' AND pg_total_relation_size(oid) > 1e6 ORDER BY 2 DESC`,
  )
  for (const { name, mb, indexes } of rows)
    print(`size of ${name}: ${Number(mb).toFixed(0)} MB, its indexes ${Number(indexes).toFixed(0)} MB`)
}

/** In turns, so that whatever else runs meets both. */
async function measureJobs(empty: string, grown: string): Promise<void> {
  const rounds = readFlag('jobs', 2_000)
  const sides = await Promise.all(
    [empty, grown].map(async (url) => {
      const backend = await open(url)
      const queue = createQueue(backend, settings, deps)
      const lease = await backend.workers.register()
      const removal = createJobRetention(backend, { ...deps, keepJobsMs: 30 * DAY_MS })
      return {
        backend,
        queue,
        lease,
        removal,
        times: { accept: [], claim: [], finish: [] } as Record<string, number[]>,
      }
    }),
  )
  const timed = async <T>(times: number[] | undefined, step: () => Promise<T>): Promise<T> => {
    const begin = performance.now()
    const value = await step()
    times?.push(performance.now() - begin)
    return value
  }
  for (let n = -100; n < rounds; n++) {
    for (const { backend, queue, lease, times } of sides) {
      const kept = n < 0 ? {} : times
      const id = `acme--bench-${n + 100}`
      await timed(kept.accept, () => queue.submit(request(id)))
      const entry = await timed(kept.claim, async () => {
        const claimed = await backend.work.claim(lease.worker, () => true)
        const job = claimed && (await backend.jobs.read(claimed.jobId))
        if (claimed === undefined || job?.status !== 'queued') throw new Error('nothing could be claimed')
        await backend.jobs.update(job, start(job, lease.worker, Date.now()))
        return claimed
      })
      await timed(kept.finish, () => backend.work.drop(lease.worker, entry))
    }
  }
  const [before, after] = sides
  for (const name of ['accept', 'claim']) {
    const figures = [50, 99].map((percent) => {
      const [a, b] = [percentile(before?.times[name] ?? [], percent), percentile(after?.times[name] ?? [], percent)]
      return `p${percent} ${a.toFixed(2)} ms empty, ${b.toFixed(2)} ms grown, ratio ${(b / a).toFixed(2)}`
    })
    print(`${name}, ${rounds} in turns: ${figures.join('; ')}`)
  }
  if (after !== undefined) {
    for (let round = 1; round <= 5; round++) {
      const begin = performance.now()
      const { removed } = await after.removal.removeSome()
      print(`removal, step ${round}: ${removed.length} expired jobs in ${(performance.now() - begin).toFixed(0)} ms`)
    }
    for (const [what, step] of [
      ['counts', () => after.queue.counts()],
      ['counts, again', () => after.queue.counts()],
      ['list of the 20 newest', () => after.queue.list({ limit: 20 })],
      ['check of suspects', () => after.backend.audit('suspects')],
    ] as const) {
      const times: number[] = []
      await timed(times, async () => void (await step()))
      print(`grown, ${what}: ${times[0]?.toFixed(0)} ms`)
    }
  }
  for (const { queue, lease } of sides) {
    await lease.release()
    await queue.close()
  }
}

/** Supervisors as in service, each with a folder of its own. */
async function measureIdle(server: TestServer, url: string): Promise<void> {
  const [count, idle] = [readFlag('supervisors', 16), readFlag('idle', 60)]
  await onDatabase(url, 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements')
  // What is left of the jobs above would be work.
  await onDatabase(url, 'TRUNCATE docspool.jobs, docspool.entries')
  const programs: Program[] = []
  try {
    for (let n = 0; n < count; n++) {
      const env = { DOCSPOOL_DATABASE_URL: url, DOCSPOOL_SPOOL_DIR: path.join(server.folder, `machine-${n}`) }
      programs.push(
        await startDocspool(['supervise'], env, (line) => (/supervisor has started/.test(line) ? line : undefined)),
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 10_000))
    await onDatabase(url, 'SELECT pg_stat_statements_reset()')
    await new Promise((resolve) => setTimeout(resolve, idle * 1_000))
    const rows = await onDatabase(
      url,
      `SELECT calls, total_exec_time AS ms, query FROM pg_stat_statements
       WHERE query !~ 'pg_stat_statements' ORDER BY calls DESC`,
    )
    const sum = (key: string): number => rows.reduce((total, row) => total + Number(row[key]), 0)
    print(
      `${count} supervisors without work: ${(sum('calls') / idle).toFixed(1)} statements a second on the server, ${(sum('calls') / idle / count).toFixed(2)} of each; they take ${(sum('ms') / idle / 10).toFixed(2)} % of a processor`,
    )
    for (const { calls, query } of rows.slice(0, 12))
      print(`  ${(Number(calls) / idle).toFixed(2)}/s ${String(query).replaceAll(/\s+/g, ' ').trim().slice(0, 130)}`)
  } finally {
    for (const program of programs) await program.stop()
  }
}
