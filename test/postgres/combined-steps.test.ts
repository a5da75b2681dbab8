/** What is done in one statement, where it differs from the same steps one by one. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Backend } from '#queue/backend.ts'
import { claimSome } from '#queue/claim.ts'
import type { CombinedSteps } from '#queue/combined-steps.ts'
import { createFollow, followIdOf } from '#queue/follows/follow-record.ts'
import type { JobIn } from '#queue/job.ts'
import { complete, createJob } from '#queue/job-transitions.ts'
import { createQueue } from '#queue/open-queue.ts'
import { openPostgres } from '#queue/postgres/open-postgres.ts'
import { atEnd, createClock, request, result, settings, silent } from '../queue/support.ts'
import { claimNext } from '../support/claim-next.ts'
import { sharedServer, takeDatabase } from './server.ts'
import { onDatabase } from './start-server.ts'

const clock = createClock()
const deps = { log: silent, clock }

async function open(t: TestContext): Promise<{ url: string; backend: Backend; combined: CombinedSteps }> {
  const { url, give } = await takeDatabase(await sharedServer())
  atEnd(t, give)
  const backend = await openPostgres(url, { ...deps, leaseMs: 60_000 })
  atEnd(t, () => backend.close())
  return { url, backend, combined: backend.combined ?? assert.fail() }
}

const newJob = (id: string, changes = {}): JobIn<'queued'> => createJob(request(id, changes), clock())

test('a job is accepted with its place, and one that exists is returned, even when no more may wait', async (t) => {
  const { backend, combined } = await open(t)
  assert.deepEqual(await combined.accept(newJob('a'), 2), { is: 'accepted', place: { position: 1, isPaused: false } })
  await backend.control.pause('ann@host')
  assert.deepEqual(await combined.accept(newJob('b'), 2), { is: 'accepted', place: { position: 2, isPaused: true } })
  const urgent = await combined.accept(newJob('c', { priority: 0 }), 2)
  assert.deepEqual(urgent, { is: 'accepted', place: { position: 1, isPaused: true } })
  assert.deepEqual(await combined.accept(newJob('d'), 2), { is: 'full', waiting: 3 })
  const again = await combined.accept(newJob('a'), 2)
  assert.deepEqual(again, { is: 'exists', job: await backend.jobs.read('a') })
  assert.equal(await backend.jobs.read('d'), undefined)
  const { job } = await createQueue(backend, settings, deps).submit(request('e'))
  assert.deepEqual([job.view.queue_position, job.view.progress], [4, 'The queue is paused'])
})

test('a job that was removed is accepted as a new one that counts on', async (t) => {
  const { backend, combined } = await open(t)
  await combined.accept(newJob('a'), 9)
  const { worker } = await backend.workers.register()
  const { job, entry } = (await claimNext(backend, worker, deps)) ?? assert.fail()
  const ended = await combined.finish(job, complete(job, result, clock()), entry)
  assert.equal(await backend.jobs.remove(ended?.written ?? assert.fail()), true)
  assert.equal((await combined.accept(newJob('a'), 9)).is, 'accepted')
  const { rev, epoch, status } = (await backend.jobs.read('a')) ?? assert.fail()
  assert.deepEqual({ rev, epoch, status }, { rev: 5, epoch: 1, status: 'queued' })
})

test('as many jobs are taken at once as are wanted, in order, and one that cannot be read stops no other', async (t) => {
  const { url, backend, combined } = await open(t)
  const ids = ['a', 'b', 'c', 'd', 'e']
  for (const id of ids) await combined.accept(newJob(id), 9)
  await onDatabase(url, `UPDATE docspool.jobs SET record = 'damaged' WHERE job_id = 'b'`)
  const { worker } = await backend.workers.register()
  const [claimed, faults]: string[][] = [[], []]
  const claiming = claimSome(backend, worker, 3, {
    ...deps,
    onClaim: ({ job }) => claimed?.push(job.job_id),
    onFault: ({ jobId }) => faults?.push(jobId),
  })
  await assert.rejects(claiming, { code: 'RECORD_UNREADABLE' })
  assert.deepEqual([claimed?.sort(), faults], [['a', 'c'], ['b']])
  const rest = await combined.take(worker, 8, ({ jobId }) => jobId !== 'd')
  assert.deepEqual(
    rest.map(({ entry }) => entry.jobId),
    ['e'],
  )
})

test('the end of a job is indexed with its record, but not of a repository that is followed', async (t) => {
  const { backend, combined } = await open(t)
  const { worker } = await backend.workers.register()
  for (const id of ['a', 'b']) await combined.accept(newJob(id), 9)
  const [first, second] = [await claimNext(backend, worker, deps), await claimNext(backend, worker, deps)]
  const { job, entry } = first ?? assert.fail()
  const ended = await combined.finish(job, complete(job, result, clock()), entry)
  assert.equal(ended?.isIndexed, true)
  assert.equal(await combined.finish(job, complete(job, result, clock()), entry), undefined, 'it is fenced')
  const other = second ?? assert.fail()
  const { repo_url: repoUrl } = other.job
  await backend.follows.create(createFollow({ repoUrl, wish: {}, everyMinutes: 60 }, clock()))
  assert.notEqual(await backend.follows.read(followIdOf(repoUrl)), undefined)
  const followed = await combined.finish(other.job, complete(other.job, result, clock()), other.entry)
  assert.deepEqual([followed?.isIndexed, followed?.written.status], [false, 'completed'])
  assert.deepEqual(await backend.work.claimedBy(worker), [other.entry])
})
