/** How a job moves, and that it moves in no other way. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Job, submittedMs } from '#queue/job.ts'
import * as move from '#queue/job-transitions.ts'
import { NO_CONTEXT, toView } from '#queue/job-view.ts'
import { request, result } from './support.ts'

const error = { code: 'X', message: 'It failed.', hint: null }
const queued = move.createJob(request('acme--a'), 1_000)
const processing = move.start(queued, 'w1', 2_000)
const completed = move.complete(processing, result, 3_000)
const failed = move.fail(processing, error, 3_000)

test('every state is a record that can be read back', () => {
  const all = [
    queued,
    processing,
    completed,
    failed,
    move.cancelQueued(queued, error, 4_000),
    move.retryLater(processing, 9_000),
  ]
  for (const job of all) assert.deepEqual(Job.parse(JSON.parse(JSON.stringify(job))), job)
})

test('a claim counts the epoch, a failure the attempts, a dead worker the stalls, a hand-back nothing', () => {
  assert.equal(processing.epoch, 1)
  assert.equal(move.start(move.requeueDead(processing), 'w2', 0).epoch, 2)
  const counts = (job: Job) => [job.attempt, job.stalls]
  assert.deepEqual(counts(failed), [1, 0])
  assert.deepEqual(counts(move.retryLater(processing, 0)), [1, 0])
  assert.deepEqual(counts(move.requeueDead(processing)), [0, 1])
  assert.deepEqual(counts(move.failDead(processing, error, 0)), [0, 1])
  assert.deepEqual(counts(move.handBack(processing)), [0, 0])
  assert.deepEqual(counts(move.cancelProcessing(processing, error, 0)), [0, 0])
})

test('the published set outlives later runs, also those that fail', () => {
  const again = move.resubmit(completed, { priority: 1, force: true, mainModel: 'm' }, 5_000)
  const next = move.fail(move.start(again, 'w2', 6_000), error, 7_000)
  assert.equal(next.docs_key, result.docsKey)
  assert.equal(next.resolved_commit, result.resolvedCommit)
})

test('another run gets the model of the last request', () => {
  const by = { priority: 1, force: true, isCancelled: false }
  const once = move.requestRerun(processing, { ...by, mainModel: 'a' }, 3_000)
  assert.equal(move.requestRerun(once, { ...by, mainModel: 'a' }, 4_000), once)
  assert.equal(move.requestRerun(once, { ...by, mainModel: 'b' }, 4_000).again?.main_model, 'b')
})

test('documents have the time of the run that made them, not of one that found nothing new', () => {
  const start = (job: Parameters<typeof move.resubmit>[0]) =>
    move.start(move.resubmit(job, { priority: 1, force: false, mainModel: 'm' }, 5_000), 'w2', 6_000)
  const timeOf = (job: Job) => toView(job, NO_CONTEXT).documented_at
  const same = move.complete(start(completed), result, 7_000)
  assert.deepEqual([timeOf(completed), timeOf(start(same)), timeOf(same)], Array(3).fill(completed.completed_at))
  assert.equal(
    timeOf(move.complete(start(same), { ...result, docsKey: 'other' }, 9_000)),
    new Date(9_000).toISOString(),
  )
  assert.equal(timeOf({ ...completed, documented_at: undefined }), completed.completed_at)
  assert.equal(timeOf(queued), null)
})

test('queued anew, counters start over and the time of submission grows even when the clock does not', () => {
  const again = move.resubmit(failed, { priority: 0, force: false, mainModel: 'm' }, 0)
  assert.deepEqual([again.attempt, again.stalls, again.priority, again.epoch], [0, 0, 0, 1])
  assert.equal(submittedMs(again), submittedMs(failed) + 1)
  assert.equal(again.created_at, failed.created_at)
})

test('a move keeps no field of the state it leaves', () => {
  assert.ok(!('worker' in move.requeueDead(processing)))
  assert.ok(!('error_code' in move.resubmit(failed, { priority: 5, force: false, mainModel: 'm' }, 0)))
  assert.ok(!('not_before' in move.start(move.retryLater(processing, 9), 'w2', 0)))
})

test('a wrong move does not compile', () => {
  // @ts-expect-error A processing job cannot be claimed again.
  move.start(processing, 'w2', 0)
  // @ts-expect-error A queued job has no result.
  move.complete(queued, result, 0)
  // @ts-expect-error A completed job does not fail.
  move.fail(completed, error, 0)
  // @ts-expect-error A queued job needs no resubmission.
  assert.throws(() => move.resubmit(queued, request('a'), 0))
  // @ts-expect-error A failed job is not cancelled.
  move.cancelQueued(failed, error, 0)
})

test('a commit that was seen on a branch stays so for its job; another commit is judged anew', () => {
  const seen = (
    job: Parameters<typeof move.resubmit>[0],
    isOnRef: boolean | undefined,
    resolvedCommit = 'a'.repeat(40),
  ) => {
    const again = move.start(move.resubmit(job, { priority: 1, force: true, mainModel: 'm' }, 5_000), 'w', 6_000)
    return move.complete(again, { ...result, resolvedCommit, isOnRef }, 7_000)
  }
  assert.equal(completed.commit_on_ref, undefined)
  const off = seen(completed, false)
  assert.equal(off.commit_on_ref, false)
  assert.equal(seen(off, undefined).commit_on_ref, false)
  const on = seen(off, true)
  assert.deepEqual([on.commit_on_ref, Job.parse(on)], [true, on])
  // Whoever submits it again after the branch has moved on does not take it away.
  assert.equal(seen(on, false).commit_on_ref, true)
  assert.equal(seen(on, false, 'b'.repeat(40)).commit_on_ref, false)
  assert.equal(seen(on, undefined, 'b'.repeat(40)).commit_on_ref, undefined)
  const failed = move.fail(
    move.start(move.resubmit(off, { priority: 1, force: true, mainModel: 'm' }, 1), 'w', 2),
    error,
    3,
  )
  assert.equal(failed.commit_on_ref, false)
})
