/** Hints that come more than once, of nobody, or never: they make things quicker and decide nothing. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openDatabase } from '#database/database.ts'
import { openQueue } from '#queue/open-queue.ts'
import { createHints } from '#queue/postgres/hints.ts'
import { supervise } from '#queue/supervisor.ts'
import { atEnd, createClock, makeFolder, request, result, settings, silent, until } from '../queue/support.ts'
import { startProxy } from './proxy.ts'
import { sharedServer, takeDatabase } from './server.ts'
import { onDatabase } from './start-server.ts'

/** Two supervisors. @returns How often each job ran. */
async function superviseTwice(t: TestContext, databaseUrl: string): Promise<Map<string, number>> {
  const ran = new Map<string, number>()
  const stop = new AbortController()
  const hardSignal = new AbortController().signal
  const all = [1, 2].map(async () =>
    supervise({
      ...{ spoolDir: await makeFolder(t), databaseUrl, log: silent, concurrency: 4, graceMs: 5_000 },
      ...{ isPassing: () => false, signal: stop.signal, hardSignal },
      async run({ jobId }) {
        ran.set(jobId, (ran.get(jobId) ?? 0) + 1)
        return result
      },
    }),
  )
  atEnd(t, async () => {
    stop.abort()
    await Promise.all(all)
  })
  return ran
}

async function open(t: TestContext, databaseUrl: string) {
  const queue = await openQueue({ databaseUrl }, settings, { log: silent, clock: createClock() })
  atEnd(t, () => queue.close())
  return queue
}

test('the same NOTIFY many times, and NOTIFYs of others, start nothing twice', async (t) => {
  const { url, give } = await takeDatabase(await sharedServer())
  atEnd(t, give)
  const queue = await open(t, url)
  const ran = await superviseTwice(t, url)
  const ids = Array.from({ length: 30 }, (_, n) => `acme--${n}`)
  for (const id of ids) {
    await queue.submit(request(id))
    await onDatabase(
      url,
      `SELECT pg_notify('docspool', topic) FROM unnest($1::text[]) AS topic, generate_series(1, 20)`,
      [['queue', id, 'acme--nobody', '', '{"queue":1}', 'x'.repeat(7_000)]],
    )
  }
  await until(async () => (await queue.counts()).completed === ids.length, 'all are done', 60_000)
  assert.deepEqual(ran, new Map(ids.map((id) => [id, 1])))
})

test('a pooler that refuses LISTEN keeps no connection of each attempt', async (t) => {
  const { url, give } = await takeDatabase(await sharedServer())
  atEnd(t, give)
  const proxy = await startProxy(Number(new URL(url).port))
  atEnd(t, () => proxy.close())
  proxy.replace('LISTEN docspool', 'REFUSE docspool')
  const pooled = new URL(url)
  pooled.port = String(proxy.port)
  const database = openDatabase(pooled.href)
  atEnd(t, () => database.close())
  let [opened, ended] = [0, 0]
  const connect = async () => {
    const client = await database.connect()
    opened += 1
    return client.once('end', () => (ended += 1))
  }
  const hints = createHints({ ...database, connect })
  atEnd(t, () => hints.close())
  hints.watch('queue', () => undefined)
  await until(() => opened === 2, 'a second attempt', 10_000)
  await until(() => ended >= 1, 'the first connection is closed', 1_000)
})

test('a pooler that forgets LISTEN costs a second, and no job', async (t) => {
  const { url, give } = await takeDatabase(await sharedServer())
  atEnd(t, give)
  const proxy = await startProxy(Number(new URL(url).port))
  atEnd(t, () => proxy.close())
  // The statement succeeds, for a session that nobody listens to.
  proxy.replace('LISTEN docspool', 'LISTEN nowhere_')
  const pooled = new URL(url)
  pooled.port = String(proxy.port)
  const queue = await open(t, url)
  const ran = await superviseTwice(t, pooled.href)
  const heard = async () =>
    (await onDatabase(url, `SELECT FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND query NOT LIKE '%nowhere_'`))
      .length
  const ids = Array.from({ length: 12 }, (_, n) => `acme--${n}`)
  for (const id of ids) {
    await queue.submit(request(id))
    await until(async () => (await queue.read(id))?.view.status === 'completed', `${id} is done`, 60_000)
  }
  assert.equal(await heard(), 0, 'no supervisor is told of anything')
  assert.deepEqual(ran, new Map(ids.map((id) => [id, 1])))
})
