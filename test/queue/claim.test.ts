/** Claims of several jobs at once of which some fail. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import pino from 'pino'
import type { Backend } from '#queue/backend.ts'
import { claimSome } from '#queue/claim.ts'
import { LeaseLost, RecordTooNew, RecordUnreadable, SpoolUnavailable } from '#queue/errors.ts'
import { createJob } from '#queue/job-transitions.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { atEnd, createClock, makeFolder, request, silent } from './support.ts'

interface LogLine {
  level: number
  job_id: string
  stack: string
}

/** Claims a job for each of these; its record is read, or reading it throws the error. @returns What was thrown, claimed and logged. */
async function claimAll(t: TestContext, reads: Readonly<Record<string, Error | null>>) {
  const clock = createClock()
  const spool = await openSpool(`${await makeFolder(t)}/spool`, { log: silent, clock, leaseMs: 15_000 })
  atEnd(t, () => spool.close())
  const { worker, release } = await spool.workers.register()
  atEnd(t, release)
  for (const id of Object.keys(reads)) await spool.accept(createJob(request(id), clock()))
  const { work, jobs, combined } = spool
  const backend: Backend = {
    ...spool,
    combined: {
      ...(combined as NonNullable<Backend['combined']>),
      async take() {
        const taken = await Promise.all(Object.keys(reads).map(() => work.claim(worker)))
        return await Promise.all(
          taken.map(async (entry = assert.fail('nothing waits')) => {
            const error = reads[entry.jobId]
            const job = await jobs.read(entry.jobId)
            return {
              entry,
              read() {
                if (error) throw error
                return { job, isCancelled: false }
              },
            }
          }),
        )
      },
      start: async (job, next) => await jobs.update(job, next),
    },
  }
  const lines: LogLine[] = []
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(JSON.parse(line) as LogLine) })
  const claimed: string[] = []
  const thrown = await claimSome(backend, worker, 9, {
    log,
    clock,
    onClaim: ({ job }) => claimed.push(job.job_id),
  }).then(
    () => undefined,
    (error: unknown) => error,
  )
  const logged = lines.map(({ level, job_id, stack }) => [pino.levels.labels[level], job_id, stack.split('\n')[0]])
  return { thrown, claimed: claimed.sort(), logged }
}

test('a lost lease is thrown before other errors, whichever came first, and the others are logged', async (t) => {
  const lost = new LeaseLost('lost')
  const { thrown, claimed, logged } = await claimAll(t, {
    a: new RecordUnreadable('damaged'),
    b: null,
    c: lost,
    d: new SpoolUnavailable('away'),
    e: new RecordTooNew('newer'),
  })
  assert.equal(thrown, lost)
  assert.deepEqual(claimed, ['b'])
  assert.deepEqual(logged, [
    ['warn', 'd', 'SpoolUnavailable: away'],
    ['warn', 'a', 'RecordUnreadable: damaged'],
    ['debug', 'e', 'RecordTooNew: newer'],
  ])
})

test('an error of the storage is thrown before errors of single records', async (t) => {
  const bug = new TypeError('a bug')
  const { thrown, logged } = await claimAll(t, { a: new RecordTooNew('newer'), b: bug })
  assert.equal(thrown, bug)
  assert.deepEqual(logged, [['debug', 'a', 'RecordTooNew: newer']])
})

test('a single error is thrown and not logged as well', async (t) => {
  const damaged = new RecordUnreadable('damaged')
  const { thrown, claimed, logged } = await claimAll(t, { a: damaged, b: null })
  assert.deepEqual([thrown, claimed, logged], [damaged, ['b'], []])
})
