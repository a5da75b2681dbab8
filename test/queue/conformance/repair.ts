/** Every way in which names and record of a job can disagree, at once, and what a check makes of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Backend, type Entry, entryOf, type FoundPlace } from '#queue/backend.ts'
import { isIn, type Job, type JobIn } from '#queue/job.ts'
import { cancelQueued, complete, createJob, retryLater, start } from '#queue/job-transitions.ts'
import { reapDead } from '#queue/reap.ts'
import { reconcile } from '#queue/reconcile.ts'
import { removeEnded } from '#queue/remove.ts'
import { runClaim } from '#queue/run-claim.ts'
import { claimNext } from '../../support/claim-next.ts'
import { createClock, noFolders, request, result, silent } from '../support.ts'
import type { OpenBackend } from './harness.ts'

const at = Date.parse('2026-01-01T00:00:00.000Z')
const dueMs = at + 1_000
const error = { code: 'X', message: 'x', hint: null }

interface Stage {
  backend: Backend
  living: string
  dead: string
}
const states = [
  'none',
  'removed',
  'queued',
  'postponed',
  'running',
  'orphaned',
  'unknown',
  'completed',
  'failed',
] as const
type StateName = (typeof states)[number]

/** Bring the record of a new job into a state. @returns The record, also when it is gone again. */
async function record({ backend, living, dead }: Stage, jobId: string, state: StateName): Promise<Job> {
  const { jobs } = backend
  const queued = createJob(request(jobId), at)
  if (state === 'none') return queued
  assert.equal(await jobs.create(queued), true)
  const move = async <J extends Job>(current: Job, next: J): Promise<J> =>
    (await jobs.update(current, next)) ?? assert.fail('refused')
  if (state === 'queued') return queued
  if (state === 'failed' || state === 'removed') {
    const ended = await move(queued, cancelQueued(queued, error, at))
    if (state === 'removed') assert.ok(await jobs.remove(ended))
    return ended
  }
  const worker = { running: living, orphaned: dead, unknown: 'nobody' }[state as string] ?? living
  const running = await move(queued, start(queued, worker, at))
  if (state === 'postponed') return await move(running, retryLater(running, dueMs))
  if (state === 'completed') return await move(running, complete(running, result, at))
  return running
}

/** Names that may be there for a job, whatever its record says. */
const names: Record<string, (stage: Stage, entry: Entry, job: Job) => Promise<void>> = {
  ready: ({ backend }, entry) => backend.work.push(entry, null),
  delayed: ({ backend }, entry) => backend.work.push(entry, dueMs),
  held: ({ backend, living }, entry) => backend.work.hold(living, entry),
  left: ({ backend, dead }, entry) => backend.work.hold(dead, entry),
  ended: ({ backend }, _entry, job) => backend.catalog.addEnded(asEnded(job)),
  outdated: ({ backend }, entry) => backend.work.push({ ...entry, submittedMs: entry.submittedMs - 5 }, null),
}

/** As the job has ended, or as it will. */
function asEnded(job: Job): JobIn<'completed' | 'failed'> {
  if (isIn(job, 'completed', 'failed')) return job
  return complete(start(createJob(request(job.job_id), at), 'nobody', at), result, at)
}

const CURRENT = Object.keys(names).filter((name) => name !== 'outdated')

interface Combination {
  jobId: string
  state: StateName
  /** Keys of `names`. */
  has: string[]
}

/** All sets of names for each state; every other one with an entry of an older submission beside it. */
const combinations: Combination[] = states.flatMap((state, row) =>
  Array.from({ length: 2 ** CURRENT.length }, (_, bits) => {
    const has = CURRENT.filter((_name, n) => (bits >> n) & 1)
    if ((bits + row) % 2 === 1) has.push('outdated')
    return { jobId: `${state}--${['job', ...has].join('-')}`, state, has }
  }),
)

/** Where a check lets the one entry of a job be, or puts it over the one that is there; other states: anywhere. */
const fitting: { [state in StateName]?: string[] } = {
  running: ['held'],
  orphaned: ['left', 'ready'],
  unknown: ['left', 'ready'],
}

const isCurrent = ({ submittedMs }: FoundPlace): boolean => submittedMs === at

export function testRepair(open: OpenBackend): void {
  test('from every combination of record and names a check leaves each job where it belongs, and all can end', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const [alive, dying] = [await employ(), await employ()]
    const stage = { backend: one, living: alive.worker, dead: dying.worker }
    for (const [n, { jobId, state, has }] of combinations.entries()) {
      const job = await record(stage, jobId, state)
      if (n % 3 > 0) await one.catalog.note(job)
      for (const name of has) await names[name]?.(stage, entryOf(job), job)
    }
    await dying.kill()

    // Names alone show a check of the cheap kind only what has no place, or several.
    await reconcile(two, 'suspects', silent, clock)
    await examine(one, ({ has }) => !has.includes('left') && has.length !== 1)
    await reconcile(two, 'all', silent, clock)
    await examine(one, () => true)

    await alive.kill()
    await reapDead(two, { log: silent, clock })
    await one.work.promoteDue(dueMs)
    const { worker } = await employ()
    const ran = new Map<string, number>()
    const hardSignal = new AbortController().signal
    const deps = { log: silent, clock, isPassing: () => false, workFolders: noFolders, hardSignal }
    for (;;) {
      const claim = await claimNext(two, worker, deps)
      if (claim === undefined) break
      const { job_id: jobId } = claim.job
      ran.set(jobId, (ran.get(jobId) ?? 0) + 1)
      await runClaim(two, worker, claim, new AbortController().signal, { ...deps, run: async () => result })
    }
    for (const { jobId, state } of combinations) {
      const isOpen = !['none', 'removed', 'completed', 'failed'].includes(state)
      assert.equal(ran.get(jobId) ?? 0, isOpen ? 1 : 0, `${jobId}: runs once when it had not ended`)
    }
    await reconcile(one, 'all', silent, clock)
    assert.equal((await reconcile(two, 'all', silent, clock)).repaired, 0)
    const found = await findPlaces(one)
    for (const { jobId, state } of combinations) {
      const places = found.get(jobId)?.map(({ kind, submittedMs }) => `${kind} ${submittedMs}`)
      assert.deepEqual(places ?? [], state === 'none' || state === 'removed' ? [] : [`ended ${at}`], jobId)
    }
    const total = combinations.filter(({ state }) => state !== 'none' && state !== 'removed').length
    const { queued, processing, completed, failed } = await one.catalog.counts()
    assert.deepEqual([queued, processing, completed + failed], [0, 0, total])
  })

  test('nothing is left of a job that is removed at any step of a check, or checked at any step of its removal', async (t) => {
    const clock = createClock()
    const { one, two } = await open(t, clock)
    const check = (backend: Backend): Promise<unknown> => reconcile(backend, 'all', silent, clock)
    let made = 0
    for (const isRemovedFirst of [false, true]) {
      for (let at = 0; ; at++) {
        const queued = createJob(request(`acme--${made++}`, { repoUrl: 'https://github.com/acme/a' }), clock())
        await one.jobs.create(queued)
        const job = (await one.jobs.update(queued, cancelQueued(queued, error, clock()))) ?? assert.fail()
        const remove = (backend: Backend): Promise<unknown> => removeEnded(backend, job)
        const [outer, inner] = isRemovedFirst ? [remove, check] : [check, remove]
        let steps = 0
        await outer(
          interrupted(one, job.job_id, async () => {
            if (steps++ === at) await inner(two)
          }),
        )
        if (at >= steps) {
          assert.ok(steps >= 4, `${steps} steps`)
          await removeEnded(one, job)
          break
        }
        const step = `step ${at} of ${isRemovedFirst ? 'the removal' : 'the check'}`
        assert.deepEqual(await one.expiry.jobsOf(job.repo_url), [], step)
        assert.deepEqual(await one.expiry.oldestEnded({ beforeMs: clock() + 1_000, limit: 9 }), [], step)
      }
    }
  })

  test('a check that meets another one, and one that finds nothing wrong, change nothing', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const { worker } = await employ()
    for (let n = 0; n < 12; n++) {
      const job = createJob(request(`acme--${n}`), at)
      await one.jobs.create(job)
      if (n % 3 === 0) await one.work.push(entryOf(job), null)
      if (n % 3 === 1) await one.jobs.update(job, start(job, worker, at))
    }
    await Promise.all([one, two, one, two].map((backend) => reconcile(backend, 'suspects', silent, clock)))
    for (const [jobId, places] of await findPlaces(one)) assert.equal(places.length, 1, jobId)
    assert.equal((await one.work.claimedBy(worker)).length, 4)
    const { jobs, checked, repaired, reaped } = await reconcile(two, 'suspects', silent, clock)
    assert.deepEqual({ jobs, checked, repaired, reaped }, { jobs: 12, checked: 0, repaired: 0, reaped: 0 })
  })
}

/** A storage that does something before each step on the record of an ended job and on its indexes. */
function interrupted({ jobs, catalog, ...rest }: Backend, jobId: string, step: () => Promise<void>): Backend {
  const after =
    <Of extends Job | string, R>(act: (of: Of) => Promise<R>) =>
    async (of: Of): Promise<R> => {
      if (of === jobId || (typeof of === 'object' && of.job_id === jobId)) await step()
      return await act(of)
    }
  return {
    ...rest,
    jobs: { ...jobs, read: after(jobs.read), remove: after(jobs.remove) },
    catalog: {
      ...catalog,
      note: after(catalog.note),
      addEnded: after(catalog.addEnded),
      removeEnded: after(catalog.removeEnded),
      forget: after(catalog.forget),
    },
  }
}

/** Whether each job is where its record says. */
async function examine(backend: Backend, isMeant: (combination: Combination) => boolean): Promise<void> {
  const found = await findPlaces(backend)
  for (const { jobId, state, has } of combinations.filter(isMeant)) {
    const job = await backend.jobs.read(jobId)
    const places = found.get(jobId) ?? []
    const entries = places.filter(({ kind }) => kind !== 'ended')
    if (state === 'none' || state === 'removed') {
      assert.equal(job, undefined)
      assert.deepEqual(places, [], `${jobId}: what there is not has no place`)
      continue
    }
    assert.ok(job !== undefined, jobId)
    assert.deepEqual(
      places.filter((place) => !isCurrent(place)),
      [],
      `${jobId}: nothing of an older submission`,
    )
    if (isIn(job, 'completed', 'failed')) {
      assert.equal(places.filter(({ kind }) => kind === 'ended').length, 1, `${jobId}: one place in the index`)
      assert.deepEqual(
        entries.filter(({ kind }) => kind === 'waiting'),
        [],
        `${jobId}: waits no more`,
      )
    } else {
      assert.ok(entries.length >= 1, `${jobId}: it is in the queue or in hands`)
      // A second entry of this submission is left to whoever claims it: it may be on its way from hand to hand.
      const given = has.filter((name) => name !== 'ended' && name !== 'outdated')
      const fits = fitting[state]
      if (given.length === 0 || (given.length === 1 && (fits === undefined || fits.includes(given[0] ?? ''))))
        assert.equal(entries.length, 1, `${jobId}: once`)
    }
  }
}

async function findPlaces(backend: Backend): Promise<Map<string, FoundPlace[]>> {
  const { suspects } = await backend.audit('all')
  return new Map(suspects.map(({ jobId, places }) => [jobId, places]))
}
