/**
 * A process that dies between any two statements of a move, or is frozen there for longer than its lease and goes on, loses
 * nothing and does nothing twice. As for the spool, each failpoint in turn.
 */
import assert from 'node:assert/strict'
import { copyFile, readFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { FAILPOINTS, type Failpoint } from '#base/failpoint.ts'
import { migrate } from '#database/open.ts'
import { fsck } from '#queue/fsck.ts'
import { Job } from '#queue/job.ts'
import { inspectPromises, startMoves } from '../queue/failpoints/moves.ts'
import { atEnd, makeFolder, silent, until } from '../queue/support.ts'
import { makeEmptyDatabase, sharedServer } from './server.ts'
import { onDatabase } from './start-server.ts'

/** Processes at once; most of their time they wait. */
const concurrency = 4
/** Steps between files of a spool, and of the command `move`, which has its own test. */
const OF_OTHERS = /^(?:layout|accept|record|journal|publish|bring|move):|^follow:(?:written|linked)$/
const ALL = FAILPOINTS.filter((name) => !OF_OTHERS.test(name))
/** Those after which another process may do the same, or its opposite, before this one goes on. */
const FREEZING: Failpoint[] = ['claim:renamed', 'claim:recorded', 'commit:recorded', 'reap:recorded']

interface Queue {
  url: string
  journal: string
}

let queues = 0

/** A database in which a process has died that held a job. */
async function makeInheritance(t: TestContext): Promise<Queue> {
  const url = await makeEmptyDatabase(await sharedServer())
  await migrate(url)
  const journal = path.join(await makeFolder(t), 'journal')
  const { signal, stderr } = await startMoves(url, 'all', 'claim:confirmed=exit', journal).ended
  assert.equal(signal, 'SIGKILL', stderr)
  return { url, journal }
}

async function copyOf(t: TestContext, from: Queue): Promise<Queue> {
  const server = await sharedServer()
  const name = `moves_${queues++}`
  await server.admin(`CREATE DATABASE ${name} TEMPLATE ${new URL(from.url).pathname.slice(1)}`)
  const journal = path.join(await makeFolder(t), 'journal')
  await copyFile(from.journal, journal)
  return { url: server.url(name), journal }
}

/** Everything that was promised holds, and nothing is left over. */
async function inspect({ url, journal }: Queue): Promise<void> {
  const rows = await onDatabase(url, 'SELECT job_id, rev, epoch, record FROM docspool.jobs WHERE record IS NOT NULL')
  const jobs = rows.map(({ job_id, rev, epoch, record }): [string, Job[]] => [
    String(job_id),
    [Job.parse({ ...JSON.parse(String(record)), rev, epoch })],
  ])
  const looks = await onDatabase(url, 'SELECT FROM docspool.looks')
  await inspectPromises(journal, `${journal}.machine/docs`, new Map(jobs), looks.length)
  // A check posts callbacks that were recorded and never acknowledged.
  assert.deepEqual(await onDatabase(url, 'SELECT * FROM docspool.outbox'), [], 'all are told')
  await fsck({ databaseUrl: url }, { log: silent, clock: Date.now })
  const { repaired, reaped, quarantined } = await fsck({ databaseUrl: url }, { log: silent, clock: Date.now })
  assert.deepEqual({ repaired, reaped, quarantined }, { repaired: 0, reaped: 0, quarantined: [] })
  for (const table of ['entries', 'workers', 'lanes', 'cancels']) {
    assert.deepEqual(await onDatabase(url, `SELECT * FROM docspool.${table}`), [], table)
  }
}

test('killed at each failpoint', { concurrency }, async (t) => {
  const from = await makeInheritance(t)
  await Promise.all(
    ALL.map((name) =>
      t.test(name, async (t) => {
        const queue = await copyOf(t, from)
        const { code, signal, stderr } = await startMoves(queue.url, 'all', `${name}=exit`, queue.journal).ended
        assert.equal(signal, 'SIGKILL', `the failpoint is reached: ended with ${code}, ${stderr}`)
        const rest = await startMoves(queue.url, 'rest', '', queue.journal).ended
        assert.equal(rest.code, 0, rest.stderr)
        await inspect(queue)
      }),
    ),
  )
})

test('stopped at a failpoint for longer than the lease, and going on after others took over', {
  concurrency,
}, async (t) => {
  const from = await makeInheritance(t)
  await Promise.all(
    FREEZING.map((name) =>
      t.test(name, async (t) => {
        const queue = await copyOf(t, from)
        const frozen = startMoves(queue.url, 'all', `${name}=stop`, queue.journal)
        atEnd(t, () => frozen.process.kill('SIGKILL'))
        await until(
          async () => / T /.test(await readFile(`/proc/${frozen.process.pid}/stat`, 'utf8')),
          'it has stopped',
          60_000,
        )
        const rest = await startMoves(queue.url, 'rest', '', queue.journal).ended
        assert.equal(rest.code, 0, rest.stderr)
        frozen.process.kill('SIGCONT')
        const { code, signal, stderr } = await frozen.ended
        assert.equal(code, 0, `${signal} ${stderr}`)
        await inspect(queue)
      }),
    ),
  )
})
