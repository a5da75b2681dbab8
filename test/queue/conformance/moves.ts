/** The queue's own logic on a storage: submissions, claims, ends and crashes, alone and concurrently. */
import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { test } from 'node:test'
import { type Backend, entryOf, notBeforeOf } from '#queue/backend.ts'
import { type Claim, releaseStrays } from '#queue/claim.ts'
import {
  Cancelled,
  LeaseLost,
  QueueFull,
  ReportedError,
  ShuttingDown,
  WorkerDied,
  WorkerNotStarted,
} from '#queue/errors.ts'
import { isIn, type Job } from '#queue/job.ts'
import { createJob, start } from '#queue/job-transitions.ts'
import { reapDead } from '#queue/reap.ts'
import { reconcile } from '#queue/reconcile.ts'
import { runClaim } from '#queue/run-claim.ts'
import type { Run } from '#queue/runner.ts'
import { createSubmitter } from '#queue/submit.ts'
import { claimNext } from '../../support/claim-next.ts'
import { type Clock, createClock, noFolders, request, result, settings, silent } from '../support.ts'
import { gate } from './gate.ts'
import type { OpenBackend } from './harness.ts'

const at = Date.parse('2026-01-01T00:00:00.000Z')

const read = async (backend: Backend, jobId: string): Promise<Job> =>
  (await backend.jobs.read(jobId)) ?? assert.fail(`no ${jobId}`)

/** Where the entry of a job is: `waiting` counts those for later as well. */
async function findEntry({ audit }: Backend, jobId: string): Promise<string[]> {
  const { suspects } = await audit('all')
  return suspects.flatMap((suspect) => (suspect.jobId === jobId ? suspect.places.map(({ kind }) => kind) : []))
}

async function claim(backend: Backend, worker: string, clock: Clock): Promise<Claim> {
  return (await claimNext(backend, worker, { log: silent, clock })) ?? assert.fail('nothing waits')
}

function run(backend: Backend, worker: string, claimed: Claim, clock: Clock, work: Run, abort = new AbortController()) {
  const deps = {
    run: work,
    isPassing: (code: string) => code === 'NETWORK',
    workFolders: noFolders,
    log: silent,
    clock,
  }
  return runClaim(backend, worker, claimed, abort.signal, { ...deps, hardSignal: new AbortController().signal })
}

export function testMoves(open: OpenBackend): void {
  test('a job is submitted through one handle, claimed and run through the other, and then cached for both', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const { worker } = await employ()
    const [here, there] = [one, two].map((backend) => createSubmitter(backend, settings, clock))
    assert.equal((await here?.submit(request('acme--a')))?.outcome, 'created')
    assert.equal((await there?.submit(request('acme--a')))?.outcome, 'joined')
    const claimed = await claim(two, worker, clock)
    assert.deepEqual([claimed.job.job_id, claimed.job.epoch, claimed.job.worker], ['acme--a', 1, worker])
    assert.equal((await here?.submit(request('acme--a')))?.outcome, 'joined')
    await run(two, worker, claimed, clock, async (_job, { report }) => {
      report({ stage: 'pages', percent: 50, text: 'Half' })
      return result
    })
    const job = await read(one, 'acme--a')
    assert.ok(isIn(job, 'completed'))
    assert.deepEqual([job.docs_key, job.summary, job.rev], [result.docsKey, result.summary, 3])
    assert.deepEqual(await findEntry(one, 'acme--a'), ['ended'])
    assert.deepEqual(
      (await one.events.read('acme--a', 1)).map(({ type }) => type),
      ['progress', 'end'],
    )
    assert.equal((await there?.submit(request('acme--a')))?.outcome, 'cached')
  })

  test('of many submissions of one job through both handles one creates it, and it waits once', async (t) => {
    const clock = createClock()
    const { one, two } = await open(t, clock)
    const submitters = [one, two].map((backend) => createSubmitter(backend, settings, clock))
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => submitters[n % 2]?.submit(request('acme--a', { force: n % 5 === 0 }))),
    )
    assert.equal(answers.filter((answer) => answer?.outcome === 'created').length, 1)
    for (const answer of answers) assert.equal(answer?.job.job_id, 'acme--a')
    assert.deepEqual(await findEntry(one, 'acme--a'), ['waiting'])
  })

  test('one request under one key gives one job and, later, the same answer through any handle', async (t) => {
    const clock = createClock()
    const { one, two } = await open(t, clock)
    const submitters = [one, two].map((backend) => createSubmitter(backend, settings, clock))
    const asked = request('acme--a', { idempotencyKey: 'k' })
    const first = await submitters[0]?.submit(asked)
    const later = await Promise.all(Array.from({ length: 8 }, (_, n) => submitters[n % 2]?.submit(asked)))
    for (const answer of [first, ...later]) assert.equal(answer?.outcome, 'created')
    assert.equal((await read(two, 'acme--a')).rev, 1)
    const other = request('acme--b', { idempotencyKey: 'k' })
    await assert.rejects(submitters[1]?.submit(other) ?? assert.fail(), { code: 'IDEMPOTENCY_KEY_REUSED' })
    assert.equal(await one.jobs.read('acme--b'), undefined)
  })

  test('a submission that was accepted and never answered is not run again when it is repeated', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const { worker } = await employ()
    const dying = { ...one, keys: { ...one.keys, settle: () => Promise.reject(new Error('it died')) } }
    const asked = request('acme--a', { idempotencyKey: 'k', hasMoved: true })
    await assert.rejects(createSubmitter(dying, settings, clock).submit(asked), /it died/)
    await run(two, worker, await claim(two, worker, clock), clock, async () => result)
    const submitter = createSubmitter(two, settings, clock)
    for (let n = 0; n < 2; n++) {
      const { outcome, job } = await submitter.submit(asked)
      assert.deepEqual([outcome, job.status, job.rev], ['created', 'completed', 3])
    }
    const other = await submitter.submit({ ...asked, idempotencyKey: 'other' })
    assert.deepEqual([other.outcome, other.job.status], ['created', 'queued'])
  })

  test('no more jobs are accepted than may wait', async (t) => {
    const clock = createClock()
    const { one } = await open(t, clock)
    const submitter = createSubmitter(one, { ...settings, queueSize: 5 }, clock)
    const answers = await Promise.allSettled(
      Array.from({ length: 9 }, (_, n) => submitter.submit(request(`acme--${n}`))),
    )
    const refused = answers.filter((answer) => answer.status === 'rejected')
    assert.equal(refused.length, 4)
    for (const { reason } of refused) assert.ok(reason instanceof QueueFull)
    assert.equal(await one.work.countWaiting(), 5)
  })

  test('a job that is added while those that wait are counted is counted as well', async (t) => {
    const clock = createClock()
    const { one } = await open(t, clock)
    let first: Promise<unknown> = Promise.resolve()
    const events = new EventEmitter()
    let counts = 0
    const { combined: _, ...steps } = one
    const submitter = createSubmitter(
      gate(steps, async (name, call, [job]) => {
        if (name === 'accept' && JSON.stringify(job).includes('acme--first')) {
          events.emit('first is counted')
          await once(events, 'second is counting')
        }
        const answer = await call()
        if (name !== 'work.countWaiting' || ++counts !== 2) return answer
        events.emit('second is counting')
        await first
        return answer
      }),
      { ...settings, queueSize: 1 },
      clock,
    )
    const isFirstCounted = once(events, 'first is counted')
    first = submitter.submit(request('acme--first'))
    await isFirstCounted
    await assert.rejects(submitter.submit(request('acme--second')), { code: 'QUEUE_FULL' })
    await first
    assert.equal(await one.work.countWaiting(), 1)
  })

  test('a claim passes over entries that no record bears out, and clears them away', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const { worker } = await employ()
    const stale = [request('acme--none'), request('acme--ended'), request('acme--removed'), request('acme--marked')]
    for (const [n, asked] of stale.entries()) {
      const job = createJob(asked, at + n)
      if (asked.jobId !== 'acme--none') await one.jobs.create(job)
      await one.work.push(entryOf(job), null)
    }
    const end = async (jobId: string) => {
      const job = await read(one, jobId)
      const claimed =
        (await one.jobs.update(job, isIn(job, 'queued') ? start(job, worker, at) : assert.fail())) ?? assert.fail()
      await run(one, worker, { entry: entryOf(job), job: claimed, place: one.locate() }, clock, async () => result)
      return await read(one, jobId)
    }
    await end('acme--ended')
    await one.jobs.remove(await end('acme--removed'))
    await one.cancels.mark(await read(one, 'acme--marked'))
    const job = createJob(request('acme--good'), at + 9)
    await one.accept(job)
    assert.equal((await claim(two, worker, clock)).job.job_id, 'acme--good')
    assert.deepEqual(await two.work.claimedBy(worker), [entryOf(job)])
    assert.equal(await one.work.countWaiting(), 0)
    const marked = await read(two, 'acme--marked')
    assert.ok(isIn(marked, 'failed') && marked.error_code === 'CANCELLED' && marked.epoch === 0)
  })

  test('a second entry of a job that runs starts it no second time, whoever claims it', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const [mine, other] = [await employ(), await employ()]
    const job = createJob(request('acme--a'), at)
    await one.accept(job)
    await claim(one, mine.worker, clock)
    for (const { worker } of [other, mine]) {
      await two.work.push(entryOf(job), null)
      await two.work.push({ ...entryOf(job), submittedMs: at - 1 }, null)
      assert.equal(await claimNext(two, worker, { log: silent, clock }), undefined)
    }
    assert.deepEqual(
      [await one.work.claimedBy(mine.worker), await one.work.claimedBy(other.worker)],
      [[entryOf(job)], []],
    )
    assert.equal((await read(one, 'acme--a')).epoch, 1)
  })

  test('a worker that is struck off between taking an entry and recording the claim starts nothing', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const { worker } = await employ()
    const job = createJob(request('acme--a'), at)
    await one.accept(job)
    const slow = gate(one, async (name, call) => {
      if (/^(?:jobs.update|combined.start)$/.test(name) && (await two.work.holds(worker, entryOf(job)))) {
        await two.work.putBack(worker, entryOf(job), null)
        await two.workers.retire(worker)
      }
      return await call()
    })
    await assert.rejects(claimNext(slow, worker, { log: silent, clock }), LeaseLost)
    assert.equal((await read(two, 'acme--a')).status, 'queued')
    assert.deepEqual(await findEntry(two, 'acme--a'), ['waiting'])
  })

  const ends: {
    title: string
    work: (abort: AbortController) => Promise<never>
    expected: [string, string | null, number, number]
  }[] = [
    {
      title: 'fails',
      work: fail(new ReportedError({ code: 'X', message: 'x', hint: null })),
      expected: ['failed', 'X', 1, 0],
    },
    { title: 'fails by a bug', work: fail(new TypeError('secret')), expected: ['failed', 'INTERNAL', 1, 0] },
    {
      title: 'fails for the moment',
      work: fail(new ReportedError({ code: 'NETWORK', message: 'x', hint: null })),
      expected: ['queued', null, 1, 0],
    },
    { title: 'cannot be started', work: fail(new WorkerNotStarted('x')), expected: ['queued', null, 0, 0] },
    { title: 'dies', work: fail(new WorkerDied('x')), expected: ['queued', null, 0, 1] },
    { title: 'is cancelled', work: stop(new Cancelled('x')), expected: ['failed', 'CANCELLED', 0, 0] },
    {
      title: 'is cut short by the end of its supervisor',
      work: stop(new ShuttingDown('x')),
      expected: ['queued', null, 0, 0],
    },
    { title: 'is cut short by a lost lease', work: stop(new LeaseLost('x')), expected: ['queued', null, 0, 0] },
  ]
  for (const { title, work, expected } of ends) {
    test(`a job that ${title} is recorded so, and its entry follows`, async (t) => {
      const clock = createClock()
      const { one, two, employ } = await open(t, clock)
      const { worker } = await employ()
      await one.accept(createJob(request('acme--a'), at))
      const abort = new AbortController()
      await run(one, worker, await claim(one, worker, clock), clock, () => work(abort), abort)
      const job = await read(two, 'acme--a')
      const code = isIn(job, 'failed') ? job.error_code : null
      assert.deepEqual([job.status, code, job.attempt, job.stalls], expected)
      assert.deepEqual(await findEntry(two, 'acme--a'), [job.status === 'failed' ? 'ended' : 'waiting'])
      if (isIn(job, 'queued')) assert.equal(await two.work.isReady(entryOf(job)), notBeforeOf(job) === null)
      assert.equal((await two.events.read('acme--a', 1)).at(-1)?.type, 'end')
    })
  }

  test('a worker that is declared dead before it records the end is fenced, and leaves no trace', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const { worker, kill } = await employ()
    const next = await employ()
    await one.accept(createJob(request('acme--a'), at))
    let taken: Claim | undefined
    const slow = gate(one, async (name, call) => {
      if (/^(?:jobs\.update|combined\.finish)$/.test(name)) {
        await kill()
        assert.equal(await reapDead(two, { log: silent, clock }), 1)
        taken = await claim(two, next.worker, clock)
      }
      return await call()
    })
    await run(slow, worker, await claim(one, worker, clock), clock, async () => ({ ...result, docsKey: 'late' }))
    const running = await read(two, 'acme--a')
    assert.deepEqual([running.status, running.epoch, running.stalls], ['processing', 2, 1])
    await run(two, next.worker, taken ?? assert.fail(), clock, async () => ({ ...result, docsKey: 'right' }))
    assert.equal((await read(one, 'acme--a')).docs_key, 'right')
    assert.deepEqual(await findEntry(one, 'acme--a'), ['ended'])
  })

  test('a worker that dies after it recorded the end has ended the job: it is not run again', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const { worker, kill } = await employ()
    await one.accept(createJob(request('acme--a'), at))
    const claimed = await claim(one, worker, clock)
    let isDead = false
    const { combined: _, ...steps } = one
    const dying = gate(steps, async (name, call) => {
      if (isDead) throw new Error('the process is gone')
      const answer = await call()
      isDead = name === 'jobs.update'
      return answer
    })
    await run(dying, worker, claimed, clock, async () => result)
    await kill()
    assert.deepEqual(await findEntry(two, 'acme--a'), ['held'])
    assert.equal(await reapDead(two, { log: silent, clock }), 1)
    const job = await read(two, 'acme--a')
    assert.deepEqual([job.status, job.epoch, job.stalls], ['completed', 1, 0])
    assert.deepEqual(await findEntry(two, 'acme--a'), ['ended'])
  })

  test('many reapers at once take each claim of the dead over once', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const dead = [await employ(), await employ()]
    const jobs = Array.from({ length: 20 }, (_, n) => createJob(request(`acme--${n}`), at + n))
    for (const job of jobs) await one.accept(job)
    for (let n = 0; n < 20; n++) await claim(one, dead[n % 2]?.worker ?? '', clock)
    for (const { kill } of dead) await kill()
    const deps = { log: silent, clock }
    await Promise.all([one, two, one, two, one, two].map((backend) => reapDead(backend, deps)))
    for (const job of jobs) {
      const { status, stalls, epoch, rev } = await read(two, job.job_id)
      assert.deepEqual({ status, stalls, epoch, rev }, { status: 'queued', stalls: 1, epoch: 1, rev: 3 })
      assert.deepEqual(await findEntry(one, job.job_id), ['waiting'])
    }
    for (const { worker } of dead) assert.equal(await one.workers.isRegistered(worker), false)
  })

  test('the third death of its worker ends a job, and others go on', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    await one.accept(createJob(request('acme--poison', { priority: 0 }), at))
    await one.accept(createJob(request('acme--good'), at))
    for (let death = 0; death < 3; death++) {
      const { worker, kill } = await employ()
      assert.equal((await claim(one, worker, clock)).job.job_id, 'acme--poison')
      await kill()
      await reapDead(two, { log: silent, clock })
    }
    const poison = await read(two, 'acme--poison')
    assert.ok(isIn(poison, 'failed'))
    assert.deepEqual([poison.error_code, poison.stalls], ['WORKER_DIED_REPEATEDLY', 3])
    assert.equal((await claim(two, (await employ()).worker, clock)).job.job_id, 'acme--good')
  })

  test('a job whose end was asked for ends as cancelled when its worker dies instead', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const { worker, kill } = await employ()
    await one.accept(createJob(request('acme--a'), at))
    await two.cancels.mark((await claim(one, worker, clock)).job)
    await kill()
    await reapDead(two, { log: silent, clock })
    const job = await read(one, 'acme--a')
    assert.ok(isIn(job, 'failed') && job.error_code === 'CANCELLED')
    assert.equal(await two.cancels.isMarked(job), false)
    assert.deepEqual(await findEntry(two, 'acme--a'), ['ended'])
  })

  test('what a storage that failed has left in the hands of a living worker, the worker lets go of', async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const { worker } = await employ()
    for (const id of ['acme--later', 'acme--done']) {
      await one.accept(createJob(request(id), at))
      let faults = 0
      const { combined: _, ...steps } = one
      const faulty = gate(steps, async (name, call) => {
        if (name.startsWith('work.') && faults++ < 3) throw Object.assign(new Error('EROFS'), { code: 'EROFS' })
        return await call()
      })
      const claimed = await claim(one, worker, clock)
      await run(faulty, worker, claimed, clock, async () => {
        if (id === 'acme--done') return result
        throw new ReportedError({ code: 'NETWORK', message: 'x', hint: null })
      })
      assert.ok((await findEntry(two, id)).includes('held'), id)
      await releaseStrays(one, worker, new Set())
      assert.deepEqual(await findEntry(two, id), [id === 'acme--done' ? 'ended' : 'waiting'], id)
    }
  })

  // Its old place in the index is put back without a look at the record, and then its one name hides it from the check.
  test('a job that was queued anew, though the storage said it was not, is found by a check', {}, async (t) => {
    const clock = createClock()
    const { one, two, employ } = await open(t, clock)
    const { worker } = await employ()
    await one.accept(createJob(request('acme--a'), at))
    await run(one, worker, await claim(one, worker, clock), clock, async () => result)
    const faulty = gate(one, async (name, call) => {
      const answer = await call()
      if (name === 'jobs.update') throw Object.assign(new Error('EIO'), { code: 'EIO' })
      return answer
    })
    const submitter = createSubmitter(faulty, settings, clock)
    await assert.rejects(submitter.submit(request('acme--a', { force: true })))
    assert.equal((await read(two, 'acme--a')).status, 'queued')
    await reconcile(two, 'suspects', silent, clock)
    assert.deepEqual(await findEntry(two, 'acme--a'), ['waiting'])
  })
}

function fail(error: Error): () => Promise<never> {
  return async () => {
    throw error
  }
}

/** As a runner that is told to stop: it ends with whatever error. */
function stop(reason: Error): (abort: AbortController) => Promise<never> {
  return async (abort) => {
    abort.abort(reason)
    throw new Error('stopped')
  }
}
