/**
 * Random lives of a queue. Servers and workers are actors over two handles; every call of every actor to the storage waits
 * for its turn, which fast-check deals out, so that steps of all of them interleave in any way; and an actor may die
 * between any two calls. Then the storage is repaired, the queue worked off, and what happened is judged by the records
 * that were written.
 */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import type { Backend } from '#queue/backend.ts'
import type { Acceptance } from '#queue/combined-steps.ts'
import { ReportedError } from '#queue/errors.ts'
import type { Job } from '#queue/job.ts'
import { createQueue, type Queue } from '#queue/open-queue.ts'
import { reapDead } from '#queue/reap.ts'
import { reconcile } from '#queue/reconcile.ts'
import { runClaim } from '#queue/run-claim.ts'
import { claimNext } from '../../support/claim-next.ts'
import { type Clock, createClock, noFolders, request, result, settings, silent } from '../support.ts'
import { gate } from './gate.ts'
import type { Mortal, OpenBackend, Storage } from './harness.ts'

const JOBS = ['acme--a', 'acme--b']
const jobId = fc.constantFrom(...JOBS)
const half = fc.constantFrom('one' as const, 'two' as const)
/** The actor dies when it has made so many calls; most do not. */
const fuel = fc.oneof(
  { weight: 3, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
  { weight: 1, arbitrary: fc.nat(12) },
)

const Step = fc.oneof(
  fc.record({ kind: fc.constant('submit' as const), half, jobId, force: fc.boolean(), fuel }),
  fc.record({ kind: fc.constantFrom('cancel' as const, 'retry' as const, 'remove' as const), half, jobId, fuel }),
  fc.record({ kind: fc.constant('work' as const), half, end: fc.constantFrom('complete', 'fail', 'pass'), fuel }),
  fc.record({ kind: fc.constantFrom('reap' as const, 'reconcile' as const, 'promote' as const), half, fuel }),
)
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never

/** What was written, as the storage let it through. */
interface History {
  written: Map<string, Map<number, Job | 'removed'>>
  doubles: string[]
  /** How often a job was brought in; these revisions are not in `written`. */
  created: Map<string, number>
  /** Ids that were answered. */
  accepted: Set<string>
}

class Died extends Error {}

export function testModel(open: OpenBackend, numRuns: number): void {
  test('whatever interleaves and whoever dies, no job is lost, none ends twice in one claim, all can end', async (t) => {
    const rounds = fc.array(fc.array(Step, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(rounds, fc.scheduler(), (steps, scheduler) => live(t, open, steps, scheduler)),
      { numRuns, includeErrorInReport: true },
    )
  })
}

async function live(t: TestContext, open: OpenBackend, rounds: Step[][], scheduler: fc.Scheduler): Promise<void> {
  const clock = createClock()
  const storage = await open(t, clock)
  const history: History = { written: new Map(), doubles: [], created: new Map(), accepted: new Set() }
  for (const steps of rounds) {
    const actors = steps.map((step) => act(step, storage, history, scheduler, clock))
    await scheduler.waitFor(Promise.all(actors))
  }
  await workOff(storage, history, clock)
  judge(history)
}

/** One actor takes one step, and is gone. */
async function act(step: Step, storage: Storage, history: History, scheduler: fc.Scheduler, clock: Clock) {
  let left = step.fuel
  let mine: Mortal | undefined
  const hard = new AbortController()
  const gated = gate(observe(storage[step.half], history), async (name, call) => {
    if (left-- <= 0) throw await die()
    return await scheduler.schedule(Promise.resolve(), name).then(call)
  })
  /** Nothing that the actor would do after its death happens: all its later calls fail as well. */
  async function die(): Promise<Died> {
    hard.abort()
    await mine?.kill()
    return new Died()
  }
  const deps = { log: silent, clock }
  try {
    switch (step.kind) {
      case 'submit': {
        const queue = createQueue(gated, { ...settings, revalidateMs: 0, retryCooldownMs: 0 }, deps)
        const { job } = await queue.submit(request(step.jobId, { force: step.force }))
        history.accepted.add(job.view.job_id)
        break
      }
      case 'cancel':
      case 'retry':
      case 'remove':
        await ask(createQueue(gated, settings, deps), step.kind, step.jobId)
        break
      case 'work':
        mine = await storage.employ()
        await work(gated, mine, step.end, hard.signal, deps)
        await mine.kill()
        break
      case 'reap':
        await reapDead(gated, deps)
        break
      case 'reconcile':
        await reconcile(gated, 'suspects', silent, clock)
        break
      case 'promote':
        clock.aheadMs += 20_000
        await gated.work.promoteDue(clock())
    }
  } catch (error) {
    if (left > 0) throw error
  }
}

async function ask(queue: Queue, what: 'cancel' | 'retry' | 'remove', jobId: string): Promise<void> {
  try {
    await queue[what](jobId)
  } catch (error) {
    // It runs, or waits already.
    if (!(error instanceof Error && 'code' in error && error.code === 'WRONG_STATE')) throw error
  }
}

/** Claim a job, if there is one, and run it to this end. @param hardSignal - Fires when the process is dead. */
async function work(
  backend: Backend,
  { worker }: Mortal,
  end: string,
  hardSignal: AbortSignal,
  deps: { log: typeof silent; clock: Clock },
): Promise<void> {
  const claim = await claimNext(backend, worker, deps)
  if (claim === undefined) return
  await runClaim(backend, worker, claim, new AbortController().signal, {
    ...{ ...deps, hardSignal, workFolders: noFolders, isPassing: (code) => code === 'NETWORK' },
    run: async () => {
      if (end === 'complete') return result
      throw new ReportedError({ code: end === 'pass' ? 'NETWORK' : 'X', message: 'x', hint: null })
    },
  })
}

/** Notes every record that gets written, by any actor. */
function observe(backend: Backend, history: History): Backend {
  return gate(backend, async (name, call, args) => {
    const answer = await call()
    if ((name === 'accept' && answer === true) || (name === 'combined.accept' && isAccepted(answer))) {
      const [{ job_id: id }] = args as [Job]
      history.created.set(id, (history.created.get(id) ?? 0) + 1)
    }
    if (name === 'combined.finish' && answer !== undefined) {
      const { written } = answer as { written: Job }
      note(history, written.job_id, written.rev, written)
    }
    if ((name === 'jobs.update' || name === 'combined.start') && answer !== undefined) {
      const job = answer as Job
      note(history, job.job_id, job.rev, job)
    }
    if (name === 'jobs.remove' && answer === true) {
      const [job] = args as [Job]
      note(history, job.job_id, job.rev + 1, 'removed')
    }
    return answer
  })
}

const isAccepted = (answer: unknown): boolean => (answer as Acceptance).is === 'accepted'

function note({ written, doubles }: History, id: string, rev: number, job: Job | 'removed'): void {
  const all = written.get(id) ?? new Map<number, Job | 'removed'>()
  written.set(id, all)
  if (all.has(rev)) doubles.push(`${id} revision ${rev}`)
  all.set(rev, job)
}

/** The fault is over: everybody is dead, the storage is checked, and one worker does what is left. */
async function workOff(storage: Storage, history: History, clock: Clock): Promise<void> {
  const one = observe(storage.one, history)
  const deps = { log: silent, clock }
  for (let round = 0; round < 2; round++) await reconcile(one, 'all', silent, clock)
  const { suspects } = await storage.two.audit('all')
  for (const { jobId, places } of suspects) {
    const job = await storage.two.jobs.read(jobId)
    if (job === undefined) assert.deepEqual(places, [], jobId)
    else if (job.status === 'completed' || job.status === 'failed') {
      assert.equal(places.filter(({ kind }) => kind === 'ended').length, 1, `${jobId} in the index`)
    } else assert.equal(places.filter(({ kind }) => kind !== 'ended').length >= 1, true, `${jobId} has an entry`)
  }
  clock.aheadMs += 3_600_000
  await one.work.promoteDue(clock())
  const last = await storage.employ()
  for (let n = 0; (await one.work.countWaiting()) > 0; n++) {
    assert.ok(n < 50, 'the queue can be worked off')
    await work(one, last, 'complete', new AbortController().signal, deps)
  }
  for (const id of history.accepted) {
    const job = await storage.two.jobs.read(id)
    if (job === undefined) {
      const last = [...(history.written.get(id) ?? [])].sort(([a], [b]) => b - a)[0]?.[1]
      assert.equal(last, 'removed', `${id} was accepted and is lost`)
    } else assert.ok(job.status === 'completed' || job.status === 'failed', `${id} is ${job.status} for ever`)
  }
  const { queued, processing } = await storage.two.catalog.counts()
  assert.deepEqual([queued, processing], [0, 0], 'nothing waits and nothing is held')
  await last.kill()
}

function judge({ written, doubles, created }: History): void {
  assert.deepEqual(doubles, [], 'no revision is written twice')
  for (const [id, all] of written) {
    const last = Math.max(...all.keys())
    const missing = Array.from({ length: last }, (_, n) => n + 1).filter((rev) => !all.has(rev))
    for (const rev of missing) assert.ok(rev === 1 || all.get(rev - 1) === 'removed', `${id}: no revision ${rev}`)
    assert.ok(missing.length <= (created.get(id) ?? 0), `${id}: revisions without a gap`)
    const revs = [...all.keys()].sort((a, b) => a - b)
    let epoch = 0
    const ended = new Set<number>()
    let before: Job | 'removed' | undefined
    for (const rev of revs) {
      const job = all.get(rev)
      if (job !== undefined && job !== 'removed') {
        const isRunning = before !== undefined && before !== 'removed' && before.status === 'processing'
        if (job.status === 'processing' && !isRunning) {
          assert.equal(job.epoch, epoch + 1, `${id}: a claim is the next epoch`)
          epoch = job.epoch
        } else if (isRunning) {
          // Asked for again while it runs, or how it ended.
          assert.equal(job.epoch, epoch, `${id}: a claim keeps its epoch`)
          if (job.status !== 'processing') assert.ok(!ended.has(epoch), `${id}: epoch ${epoch} ends twice`)
          if (job.status !== 'processing') ended.add(epoch)
        }
      }
      before = job
    }
  }
}
