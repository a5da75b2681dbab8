/** Positions in a queue so long that they are counted from an entry nearby: they are the same as counted from the first one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPostgres } from '#queue/postgres/open-postgres.ts'
import { silent } from '../queue/support.ts'
import { sharedServer, takeDatabase } from './server.ts'
import { onDatabase } from './start-server.ts'

const WAITING = 25_000

test('positions far back, in any order of asking, and after others have gone', async () => {
  const { url, give } = await takeDatabase(await sharedServer())
  await onDatabase(
    url,
    `INSERT INTO docspool.entries (job_id, submitted_ms, priority, kind, rank, is_listed)
     SELECT 'job-' || lpad(n::text, 6, '0'), n, 5, 'ready', n + 5 * 3600000, true FROM generate_series(1, ${WAITING}) AS n`,
  )
  const { work, close } = await openPostgres(url, { log: silent, clock: Date.now, leaseMs: 15_000 })
  try {
    const entry = (n: number) => ({ jobId: `job-${String(n).padStart(6, '0')}`, priority: 5, submittedMs: n })
    for (const n of [20_000, 24_999, 15_000, 1, 25_000, 12_345, 25_001]) {
      assert.equal(await work.position(entry(n)), n)
    }
    assert.equal(await work.position({ ...entry(7), priority: 0 }), 1)
    assert.equal(await work.countWaiting(), WAITING)
    // A count may be some seconds old; then it is right again.
    await onDatabase(url, 'DELETE FROM docspool.entries WHERE submitted_ms <= 20000')
    const end = performance.now() + 60_000
    while ((await work.position(entry(25_000))) !== 5_000 || (await work.countWaiting()) !== 5_000) {
      assert.ok(performance.now() < end, 'positions stay wrong')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  } finally {
    await close()
    give()
  }
})
