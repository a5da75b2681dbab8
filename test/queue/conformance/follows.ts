/** What `FollowStore` and `FollowSchedule` promise, and the follows above them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Backend } from '#queue/backend.ts'
import type { SubmitRequest } from '#queue/contract.ts'
import { type CountedRange, type Follow, followIdOf, type RepositoryWish } from '#queue/follows/follow-record.ts'
import { createFollowedRepositories } from '#queue/follows/followed-repositories.ts'
import type { Look, LookRequest, LookResult } from '#queue/follows/look.ts'
import { createLooks } from '#queue/follows/look-at-follows.ts'
import { repairFollows } from '#queue/follows/repair-follows.ts'
import { indexEndedJob } from '#queue/index-ended-job.ts'
import { isIn } from '#queue/job.ts'
import { complete, fail, start } from '#queue/job-transitions.ts'
import { createJobRetention } from '#queue/retention.ts'
import { readReferences } from '#queue/set-references.ts'
import { createSubmitter } from '#queue/submit.ts'
import { type Clock, request, result, settings, silent, until } from '../support.ts'
import type { OpenBackend } from './harness.ts'

/** Time passes when the test says so. */
function createStillClock(): Clock {
  const start = Date.now()
  const clock = Object.assign(() => start + clock.aheadMs, { aheadMs: 0 })
  return clock
}

const FLASK = 'https://github.com/pallets/flask'
const HOUR_MS = 3_600_000
const commit = (letter: string): string => letter.repeat(40)
const wished = (changes = {}) => ({ repoUrl: FLASK, wish: { tags: ['v*'] }, everyMinutes: 360, ...changes })

/** Follows on one handle, with the refs that its host lists. */
function follow(backend: Backend, clock: Clock, refs: () => LookResult = () => seen(), requests: LookRequest[] = []) {
  const submits: SubmitRequest[] = []
  const submitter = createSubmitter(backend, settings, clock)
  const look: Look = async (asked) => {
    requests.push(...asked)
    return new Map(asked.map(({ id }) => [id, refs()]))
  }
  const looks = createLooks(backend, {
    look,
    toRequest: async (_, repoUrl, name) =>
      request(name === null ? 'pallets--flask' : `pallets--flask@${name}`, { repoUrl, commitId: name }),
    async submit(one) {
      submits.push(one)
      return await submitter.submit(one)
    },
    log: silent,
    clock,
    signal: new AbortController().signal,
    random: () => 1,
  })
  const follows = createFollowedRepositories(backend, 3, clock)
  return {
    follows,
    submits,
    async step() {
      await looks.step()
      await looks.settled()
    },
  }
}

const seen = (
  refs: Record<string, string> = { HEAD: commit('a') },
  repositoryWish: RepositoryWish | undefined = { docs_key: 'd', wish: {} },
  counted: CountedRange[] = [],
): LookResult => ({
  ...{ is: 'seen', repositoryWish },
  refs: Object.entries(refs).map(([ref, id]) => ({ ref, commit: id })),
  counted,
})

const failed = (changes: Partial<Extract<LookResult, { is: 'failed' }>> = {}): LookResult => ({
  is: 'failed',
  error: { code: 'HOST_UNREACHABLE', message: 'It does not answer.', hint: null },
  isLimited: false,
  isPassing: true,
  retryAfterMs: 0,
  ...changes,
})

async function dueIn(backend: Backend, clock: Clock): Promise<number[]> {
  return (await backend.looks.list()).map(({ dueMs }) => (dueMs - clock()) / 1_000)
}

const read = async (backend: Backend): Promise<Follow> =>
  (await backend.follows.read(followIdOf(FLASK))) ?? assert.fail('it is followed')

export function testFollows(open: OpenBackend): void {
  test('one of several writers of a revision succeeds, and a removed follow counts on', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    const { follows } = follow(one, clock)
    await follows.put(wished())
    const current = await read(two)
    const all = [one, two, one, two].map((backend, index) =>
      backend.follows.update(current, { ...current, every_minutes: 60 + index }),
    )
    assert.equal((await Promise.all(all)).filter((written) => written !== undefined).length, 1)
    assert.equal(await two.follows.remove(current), false)
    const { rev } = await read(two)
    assert.equal(await follows.remove(FLASK), true)
    assert.equal(await follows.read(FLASK), undefined)
    assert.deepEqual(await two.looks.list(), [])
    assert.equal((await follows.put(wished())).isNew, true)
    assert.equal((await read(two)).rev, rev + 2)
  })

  test('a removal that was cut short is completed when it is asked for again', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    await follow(one, clock).follows.put(wished())
    assert.equal(await one.follows.remove(await read(one)), true)
    assert.equal((await two.looks.list()).length, 1, 'what dies here leaves an entry in the schedule')
    assert.equal(await follow(two, clock).follows.remove(FLASK), false)
    assert.deepEqual(await one.looks.list(), [])
  })

  test('twenty who follow one repository at once make one follow with one look', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    const puts = Array.from({ length: 20 }, (_, at) => follow(at % 2 === 0 ? one : two, clock).follows.put(wished()))
    assert.equal((await Promise.all(puts)).filter(({ isNew }) => isNew).length, 1)
    assert.equal((await follow(two, clock).follows.list()).length, 1)
    await repairFollows(one, clock)
    assert.equal((await two.looks.list()).length, 1)
  })

  test('no more are followed than allowed', async (t) => {
    const clock = createStillClock()
    const { one } = await open(t, clock)
    const { follows } = follow(one, clock)
    for (const name of ['a', 'b', 'c']) await follows.put(wished({ repoUrl: `https://github.com/x/${name}` }))
    await assert.rejects(follows.put(wished()), { code: 'TOO_MANY_FOLLOWS' })
    await follows.put(wished({ repoUrl: 'https://github.com/x/a', everyMinutes: 15 }))
    await follows.remove('https://github.com/x/b')
    await follows.put(wished())
  })

  test('a look is told what is documented and counted; counts to older commits are dropped', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    let host = seen({ HEAD: commit('a'), 'refs/heads/next': commit('d'), 'refs/tags/v1': commit('b') })
    const asked: LookRequest[] = []
    const here = follow(one, clock, () => host, asked)
    await here.follows.put(wished())
    await here.step()
    assert.deepEqual([asked[0]?.documented, asked[0]?.counted], [[], []])
    for (const [id, letter] of [
      ['pallets--flask', 'a'],
      ['pallets--flask@next', 'd'],
      ['pallets--flask@v1', 'b'],
    ] as const) {
      const job = (await two.jobs.read(id)) ?? assert.fail(id)
      assert.ok(isIn(job, 'queued'))
      const running = (await two.jobs.update(job, start(job, 'w', clock()))) ?? assert.fail()
      const done = complete(running, { ...result, resolvedCommit: commit(letter) }, clock())
      await two.jobs.update(running, done)
    }
    const count = (from: string, to: string, commits: number) => ({ from: commit(from), to: commit(to), commits })
    const counted = [count('a', 'c', 5), count('b', 'c', 9)]
    const refs = { HEAD: commit('c'), 'refs/heads/next': commit('d'), 'refs/tags/v1': commit('b') }
    host = seen(refs, undefined, counted)
    clock.aheadMs += 6 * HOUR_MS
    await here.step()
    const known = [
      { ref: 'HEAD', commit: commit('a') },
      { ref: 'refs/heads/next', commit: commit('d') },
      { ref: 'refs/tags/v1', commit: commit('b') },
    ]
    assert.deepEqual([asked[1]?.documented, asked[1]?.counted], [known, []])
    assert.deepEqual((await here.follows.read(FLASK))?.counted, counted)
    host = seen(refs, undefined, [count('d', 'd', 0)])
    clock.aheadMs += 6 * HOUR_MS
    await here.step()
    assert.deepEqual(asked[2]?.counted, counted)
    assert.deepEqual((await read(two)).counted, [count('d', 'd', 0), ...counted])
    host = seen({ ...refs, HEAD: commit('e') })
    clock.aheadMs += 6 * HOUR_MS
    await here.step()
    assert.deepEqual((await read(two)).counted, [count('d', 'd', 0)])
  })

  test('a look is taken by one of several supervisors', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    const [here, there] = [follow(one, clock), follow(two, clock)]
    await here.follows.put(wished())
    await Promise.all([here, there, here, there].map(({ step }) => step()))
    assert.equal(here.submits.length + there.submits.length, 1)
    assert.equal((await one.looks.list()).length, 1)
  })

  test('what has moved is submitted once, the rest is left', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    let refs = { HEAD: commit('a'), 'refs/tags/v1': commit('b') }
    const { follows, step, submits } = follow(one, clock, () => seen(refs))
    await follows.put(wished())
    await step()
    assert.deepEqual(
      submits.map(({ jobId, commitId, hasMoved, force }) => ({ jobId, commitId, hasMoved, force })),
      [
        { jobId: 'pallets--flask', commitId: null, hasMoved: true, force: false },
        { jobId: 'pallets--flask@v1', commitId: 'v1', hasMoved: true, force: false },
      ],
    )
    assert.equal((await two.jobs.read('pallets--flask@v1'))?.status, 'queued')
    clock.aheadMs += 6 * HOUR_MS
    await step()
    assert.equal(submits.length, 2)
    refs = { HEAD: commit('c'), 'refs/tags/v1': commit('b') }
    clock.aheadMs += 6 * HOUR_MS
    await step()
    assert.deepEqual(
      submits.slice(2).map(({ jobId }) => jobId),
      ['pallets--flask'],
    )
    const kept = (await read(two)).refs
    assert.deepEqual(
      kept.map(({ ref, commit: id }) => [ref, id]),
      [
        ['HEAD', commit('c')],
        ['refs/tags/v1', commit('b')],
      ],
    )
  })

  test('a ref that returns to a commit is submitted each time', async (t) => {
    const clock = createStillClock()
    const { one } = await open(t, clock)
    let id = commit('a')
    const { follows, step, submits } = follow(one, clock, () => seen({ HEAD: id }))
    await follows.put(wished())
    for (const letter of ['a', 'b', 'a', 'b']) {
      id = commit(letter)
      await step()
      await endJob(one, 'pallets--flask')
      clock.aheadMs += 6 * HOUR_MS
    }
    assert.equal(submits.length, 4)
    assert.equal(new Set(submits.map(({ idempotencyKey }) => idempotencyKey)).size, 4)
    assert.equal((await one.jobs.read('pallets--flask'))?.epoch, 4)
  })

  test('a look that dies after its submissions is repeated, and submits nothing twice', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    let isSubmitted = false
    const update = (): Promise<never> => {
      isSubmitted = true
      return new Promise(() => undefined)
    }
    const dying = follow({ ...one, follows: { ...one.follows, update } }, clock)
    await dying.follows.put(wished())
    void dying.step()
    await until(() => isSubmitted, 'the submissions are made')
    await endJob(two, 'pallets--flask')
    assert.deepEqual(await dueIn(two, clock), [120])
    clock.aheadMs += 121_000
    const next = follow(two, clock)
    await next.step()
    assert.equal(next.submits[0]?.idempotencyKey, dying.submits[0]?.idempotencyKey)
    assert.equal((await two.jobs.read('pallets--flask'))?.status, 'completed')
    assert.equal((await read(two)).refs.length, 1)
  })

  test('the interval is promised: the next look is due within it', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    const { follows, step } = follow(one, clock)
    await follows.put(wished({ wish: { tags: [], branches: [] } }))
    assert.deepEqual(await dueIn(two, clock), [0])
    await step()
    assert.deepEqual(await dueIn(two, clock), [6 * 3_600 * 0.9])
    await step()
    assert.deepEqual(await dueIn(two, clock), [6 * 3_600 * 0.9])
    await follows.put(wished({ everyMinutes: 15 }))
    assert.deepEqual(await dueIn(two, clock), [0])
  })

  test('where the repository may name branches and tags, a second look comes soon', async (t) => {
    const clock = createStillClock()
    const { one } = await open(t, clock)
    const { follows, step } = follow(one, clock)
    await follows.put(wished({ wish: {} }))
    await step()
    assert.deepEqual(await dueIn(one, clock), [120])
    clock.aheadMs += 120_000
    await step()
    assert.deepEqual(await dueIn(one, clock), [6 * 3_600 * 0.9])
  })

  test('failed looks back off, and keep what is known', async (t) => {
    const clock = createStillClock()
    const { one } = await open(t, clock)
    let answer = seen()
    const { follows, step, submits } = follow(one, clock, () => answer)
    await follows.put(wished({ wish: { tags: [], branches: [] } }))
    await step()
    answer = failed()
    const delays: number[] = []
    for (let tries = 0; tries < 11; tries++) {
      clock.aheadMs += 48 * HOUR_MS
      await step()
      delays.push(...(await dueIn(one, clock)))
    }
    assert.deepEqual(delays.slice(0, 4), [66, 132, 264, 528])
    assert.ok(
      delays.every((delay) => delay <= 6 * 3_600 * 1.1),
      String(delays),
    )
    const { failures, error, refs } = await read(one)
    assert.deepEqual(
      { failures, code: error?.code, refs: refs.length },
      { failures: 11, code: 'HOST_UNREACHABLE', refs: 1 },
    )
    answer = seen()
    clock.aheadMs += 48 * HOUR_MS
    await step()
    assert.deepEqual((await read(one)).error, null)
    assert.equal(submits.length, 1)
  })

  test('while the job of the default branch cannot be read, what is kept stays and the look is postponed', async (t) => {
    const clock = createStillClock()
    const { one } = await open(t, clock)
    const before = follow(one, clock, () => seen({ HEAD: commit('a'), 'refs/tags/v1': commit('b') }))
    await before.follows.put(wished())
    await before.step()
    const { refs } = await read(one)
    assert.equal(refs.length, 2)
    clock.aheadMs += 12 * HOUR_MS
    const jobs = { ...one.jobs, read: () => Promise.reject(new Error('away')) }
    await follow({ ...one, jobs }, clock, () => seen()).step()
    assert.deepEqual((await read(one)).refs, refs)
    const [dueS = 0] = await dueIn(one, clock)
    assert.ok(dueS > 0 && dueS <= 120, `${dueS}`)
  })

  test('what the repository asks for stays known when its documents are gone', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    const repositoryWish = { docs_key: result.docsKey, wish: { tags: ['v*'], keep: 3 } }
    const first = follow(one, clock, () => seen({ HEAD: commit('a'), 'refs/tags/v1': commit('b') }, repositoryWish))
    await first.follows.put(wished({ wish: {} }))
    await first.step()
    assert.deepEqual((await read(two)).repository_wish, repositoryWish)
    const asked: LookRequest[] = []
    const look: Look = async (requests) => {
      asked.push(...requests)
      return new Map(
        requests.map(({ id, repositoryWish }) => [
          id,
          seen({ HEAD: commit('a'), 'refs/tags/v1': commit('b') }, repositoryWish),
        ]),
      )
    }
    const looks = createLooks(two, { ...lookDeps(two, clock), look })
    clock.aheadMs += 6 * HOUR_MS
    await looks.step()
    await looks.settled()
    assert.deepEqual(
      asked.map(({ repositoryWish }) => repositoryWish),
      [repositoryWish],
    )
    assert.deepEqual((await read(one)).repository_wish, repositoryWish)
  })

  test('while it is not known what the repository asks for, what it may ask for is kept', async (t) => {
    const clock = createStillClock()
    const { one } = await open(t, clock)
    const refs = { HEAD: commit('a'), 'refs/heads/next': commit('c'), 'refs/tags/v1': commit('b') }
    let answer = seen(refs)
    const { follows, step, submits } = follow(one, clock, () => answer)
    await follows.put(wished({ wish: { branches: ['next'] } }))
    await step()
    const namesOf = async () => (await read(one)).refs.map(({ ref }) => ref)
    answer = { ...seen({ HEAD: commit('a') }), repositoryWish: undefined } as LookResult
    clock.aheadMs += 6 * HOUR_MS
    await step()
    // Branches are the operator's.
    assert.deepEqual(await namesOf(), ['HEAD', 'refs/tags/v1'])
    answer = seen({ HEAD: commit('a') })
    clock.aheadMs += 6 * HOUR_MS
    await step()
    assert.deepEqual(await namesOf(), ['HEAD'])
    assert.equal(submits.length, 3)
  })

  test('a host that limits is not asked for its other repositories either', async (t) => {
    const clock = createStillClock()
    const { one } = await open(t, clock)
    const limited = failed({ isLimited: true, isPassing: true, retryAfterMs: 10 * HOUR_MS })
    const { follows, step } = follow(one, clock, () => limited)
    await follows.put(wished())
    await step()
    assert.deepEqual(await dueIn(one, clock), [10 * 3_600 * 1.1])
    await follows.put(wished({ repoUrl: 'https://github.com/x/other' }))
    await step()
    assert.equal((await follows.read('https://github.com/x/other'))?.error, null)
    assert.ok((await dueIn(one, clock)).every((delay) => delay >= 10 * 3_600 * 1.1))
  })

  test('a webhook makes a look due at once, once for each delivery', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    const { follows, step } = follow(one, clock)
    assert.equal(await follows.requestLook(FLASK, '1'), 'not followed')
    await follows.put(wished({ wish: { tags: [], branches: [] } }))
    await step()
    assert.equal(await follow(two, clock).follows.requestLook(FLASK, '1'), 'requested')
    assert.deepEqual(await dueIn(one, clock), [1])
    assert.equal(await follows.requestLook(FLASK, '1'), 'repeated')
    const told = await Promise.all(Array.from({ length: 20 }, (_, at) => follows.requestLook(FLASK, `many ${at}`)))
    assert.deepEqual(new Set(told), new Set(['requested']))
    clock.aheadMs += 1_100
    await step()
    // Nothing has moved, though a push was told: hosts may list it late.
    assert.deepEqual(await dueIn(one, clock), [30])
    clock.aheadMs += 31_000
    await step()
    assert.deepEqual(await dueIn(one, clock), [6 * 3_600 * 0.9])
  })

  test('a webhook during a look is not lost', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    let answer: (value: LookResult) => void = () => undefined
    const held = new Promise<LookResult>((resolve) => {
      answer = resolve
    })
    const look: Look = async ([asked]) => new Map([[asked?.id ?? '', await held]])
    const looks = createLooks(one, { ...lookDeps(one, clock), look })
    const { follows, step, submits } = follow(two, clock, () => seen({ HEAD: commit('b') }))
    await follows.put(wished({ wish: { tags: [], branches: [] } }))
    await looks.step()
    await follows.requestLook(FLASK, '1')
    answer(seen({ HEAD: commit('a') }))
    await looks.settled()
    assert.deepEqual(await dueIn(one, clock), [1])
    clock.aheadMs += 1_100
    await step()
    assert.deepEqual(
      submits.map(({ hasMoved }) => hasMoved),
      [true],
    )
    assert.equal((await read(one)).refs[0]?.commit, commit('b'))
  })

  test('repair adds lost looks and removes those of nobody', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    const { follows } = follow(one, clock)
    await follows.put(wished())
    for (const item of await one.looks.list()) await one.looks.drop(item)
    await one.looks.hasten('f'.repeat(32), clock())
    assert.deepEqual(await repairFollows(two, clock), { follows: 1, repaired: 2, unreadable: 0 })
    assert.deepEqual(
      (await one.looks.list()).map(({ id }) => id),
      [followIdOf(FLASK)],
    )
    assert.deepEqual(await repairFollows(one, clock), { follows: 1, repaired: 0, unreadable: 0 })
  })

  test('a branch or tag whose job failed is submitted again with backoff, and says so until it is documented', async (t) => {
    const clock = createStillClock()
    const { one, two } = await open(t, clock)
    const { follows, step, submits } = follow(one, clock, () =>
      seen({ HEAD: commit('a'), 'refs/tags/v1': commit('b') }),
    )
    await follows.put(wished({ wish: { branches: [], tags: ['v*'] }, everyMinutes: 43_200 }))
    await step()
    await endJob(one, 'pallets--flask')
    await endJob(one, 'pallets--flask@v1', error(clock))
    const failureOf = async (ref: string) =>
      (await follows.list())[0]?.refs.find((one) => one.ref === ref)?.failure ?? null
    assert.equal((await failureOf('refs/tags/v1'))?.code, 'SPOOL_FULL')
    assert.equal(await failureOf('HEAD'), null)
    assert.deepEqual((await dueIn(two, clock)).map(Math.round), [900])
    clock.aheadMs += 14 * 60_000
    await step()
    assert.equal(submits.length, 2)
    // The second failure is tried again after twice the time.
    clock.aheadMs += 2 * 60_000
    await step()
    assert.deepEqual(
      submits.map(({ jobId }) => jobId),
      ['pallets--flask', 'pallets--flask@v1', 'pallets--flask@v1'],
    )
    await endJob(one, 'pallets--flask@v1', error(clock))
    assert.deepEqual((await dueIn(two, clock)).map(Math.round), [1_800])
    clock.aheadMs += 31 * 60_000
    await step()
    assert.equal(submits.length, 4)
    await endJob(one, 'pallets--flask@v1')
    assert.equal(await failureOf('refs/tags/v1'), null)
    clock.aheadMs += 48 * HOUR_MS
    await step()
    assert.equal(submits.length, 4)
  })

  test('failures that are not in the record yet are found by the next look; a cancelled job stays cancelled', async (t) => {
    const clock = createStillClock()
    const { one } = await open(t, clock)
    const { follows, step, submits } = follow(one, clock, () =>
      seen({ HEAD: commit('a'), 'refs/tags/v1': commit('b') }),
    )
    await follows.put(wished())
    await step()
    await endJob(one, 'pallets--flask', error(clock, 'CANCELLED'))
    await endJob(one, 'pallets--flask@v1', error(clock))
    // As an earlier version left it.
    const current = await read(one)
    await one.follows.update(current, { ...current, refs: current.refs.map(({ failure: _, ...ref }) => ref) })
    clock.aheadMs += 6 * HOUR_MS
    await step()
    await step()
    assert.deepEqual(
      submits.map(({ jobId }) => jobId),
      ['pallets--flask', 'pallets--flask@v1', 'pallets--flask@v1'],
    )
  })

  test('retention keeps the jobs and documents that a follow wants, and no others', async (t) => {
    const clock = createStillClock()
    const { one } = await open(t, clock)
    let refs: Record<string, string> = { HEAD: commit('a'), 'refs/tags/v1': commit('b') }
    const { follows, step } = follow(one, clock, () => seen(refs))
    await follows.put(wished())
    await step()
    for (const id of ['pallets--flask', 'pallets--flask@v1']) await endJob(one, id)
    const retention = createJobRetention(one, { keepJobsMs: HOUR_MS, log: silent, clock })
    clock.aheadMs += 48 * HOUR_MS
    assert.deepEqual((await retention.removeSome()).removed, [])
    assert.deepEqual([...(await readReferences(one, FLASK)).kept], [result.docsKey])
    refs = { HEAD: commit('a') }
    await step()
    assert.deepEqual((await retention.removeSome()).removed, ['pallets--flask@v1'])
    await follows.remove(FLASK)
    assert.deepEqual((await retention.removeSome()).removed, ['pallets--flask'])
  })
}

function lookDeps(backend: Backend, clock: Clock) {
  const submitter = createSubmitter(backend, settings, clock)
  return {
    toRequest: async (_: unknown, repoUrl: string, name: string | null) =>
      request('pallets--flask', { repoUrl, commitId: name }),
    submit: submitter.submit,
    log: silent,
    clock,
    signal: new AbortController().signal,
    random: () => 1,
  }
}

/** The end of a job that fails now. */
const error = (clock: Clock, code = 'SPOOL_FULL') => ({ code, message: 'No space.', hint: null, at: clock() })

/** As a worker would: claimed, run, done. */
async function endJob(backend: Backend, jobId: string, failure?: ReturnType<typeof error>): Promise<void> {
  const { jobs, work, workers } = backend
  const lease = await workers.register()
  for (;;) {
    const job = await jobs.read(jobId)
    if (job === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      continue
    }
    assert.ok(isIn(job, 'queued'), job.status)
    await work.claim(lease.worker, (entry) => entry.jobId === jobId)
    const running = (await jobs.update(job, start(job, lease.worker, Date.parse(job.submitted_at)))) ?? assert.fail()
    const ended =
      failure === undefined
        ? complete(running, result, Date.parse(job.submitted_at))
        : fail(running, failure, failure.at)
    const done = (await jobs.update(running, ended)) ?? assert.fail()
    assert.ok(isIn(done, 'completed', 'failed'))
    await indexEndedJob(backend, done)
    for (const entry of await work.claimedBy(lease.worker)) await work.drop(lease.worker, entry)
    return await lease.release()
  }
}
