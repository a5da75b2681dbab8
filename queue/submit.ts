/** Handles submissions: creates a job or joins the existing one. Accepted jobs are durable before the response. */

import { createHash, randomBytes } from 'node:crypto'
import { failpoint } from '#base/failpoint.ts'
import { isSameRequest } from '#base/job-id.ts'
import { secretOfJob } from '#base/private-jobs.ts'
import { type AdmissionSettings, decideAdmission } from './admit.ts'
import { type Backend, entryOf, type KeyRecord } from './backend.ts'
import { type NewCallback, withCallback } from './callbacks.ts'
import type { Outcome, SubmitRequest } from './contract.ts'
import { IdempotencyKeyReused, JobIdTaken, QueueFull } from './errors.ts'
import { postCallbacks } from './index-ended-job.ts'
import { askAgain, createJob, insist, isIn, type Job, type JobIn, type Resubmission, resubmit } from './job.ts'
import { Serial } from './serial.ts'

export interface SubmitSettings extends AdmissionSettings {
  /** Jobs that may wait. */
  queueSize: number
}

export interface Admission {
  outcome: Outcome
  job: Job
  /** For `cooldown`: how long it lasts. */
  waitMs: number
}

export interface Submitter {
  submit(request: SubmitRequest): Promise<Admission>
  /** Queue a job that ended again. @returns `undefined` when another was first. */
  requeue(job: JobIn<'completed' | 'failed'>, by: Resubmission): Promise<JobIn<'queued'> | undefined>
}

/** Others may write the record at the same time; each round somebody gets on. */
const MAX_ROUNDS = 100

export function createSubmitter(backend: Backend, settings: SubmitSettings, clock: () => number): Submitter {
  const serial = new Serial()
  let reserved = 0

  async function submit(request: SubmitRequest): Promise<Admission> {
    const { idempotencyKey: key } = request
    if (key === null) return await serial.run(request.jobId, () => admit(request))
    return await serial.run(`key ${key}`, () => submitOnce(key, request))
  }

  async function submitOnce(key: string, request: SubmitRequest): Promise<Admission> {
    const mine: KeyRecord = { request: fingerprint(request), jobId: request.jobId, outcome: null }
    const held = await backend.keys.take(key, mine)
    failpoint('key:taken')
    if (!isTakenFor(held, request)) {
      throw new IdempotencyKeyReused('This idempotency key was used for another request.')
    }
    if (held.outcome !== null && held.outcome !== 'cooldown') {
      const job = await backend.jobs.read(held.jobId)
      if (job !== undefined) return { outcome: held.outcome, job: requireSame(job, request), waitMs: 0 }
    }
    let admission: Admission | undefined
    try {
      admission = await serial.run(request.jobId, () => admit(request))
    } finally {
      // Nothing was accepted: the same request is to be asked again later, and nothing is left of this one.
      const isAccepted = admission !== undefined && admission.outcome !== 'cooldown'
      if (!isAccepted && held === mine) await backend.keys.giveBack(key, mine).catch(() => undefined)
    }
    if (admission.outcome === 'cooldown') return admission
    await backend.keys.settle(key, { ...mine, outcome: admission.outcome })
    failpoint('key:answered')
    return admission
  }

  async function admit(request: SubmitRequest): Promise<Admission> {
    const callback = request.callback && { id: randomBytes(8).toString('hex'), ...request.callback }
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const admission = await tryAdmit(request, callback)
      if (admission !== undefined) return admission
    }
    throw new Error(`The record of ${request.jobId} changed under every one of ${MAX_ROUNDS} tries.`)
  }

  /** `undefined`: somebody else wrote the record in between. */
  async function tryAdmit(request: SubmitRequest, callback?: NewCallback): Promise<Admission | undefined> {
    const job = await backend.jobs.read(request.jobId)
    if (job === undefined) {
      const created = withCallback(createJob(request, clock()), callback)
      if (!(await withRoom(() => backend.accept(created)))) return undefined
      return { outcome: 'created', job: created, waitMs: 0 }
    }
    requireSame(job, request)
    if (isIn(job, 'queued')) return await join(job, request, callback)
    if (isIn(job, 'processing')) return await joinRunning(job, request, callback)
    const verdict = decideAdmission(job, request, settings, clock())
    if (verdict.is === 'cached') return await answerCached(job, callback)
    if (verdict.is === 'cooldown') return { outcome: 'cooldown', job, waitMs: verdict.waitMs }
    const queued = await requeue(job, request, callback)
    return queued === undefined ? undefined : { outcome: 'created', job: queued, waitMs: 0 }
  }

  /** A crash may have kept the entry of a recorded job from the queue: this call promises that the job will run. */
  async function join(
    job: JobIn<'queued'>,
    request: SubmitRequest,
    callback?: NewCallback,
  ): Promise<Admission | undefined> {
    const next = withCallback(request.force && !job.force ? insist(job) : job, callback)
    const joined = next === job ? job : await backend.jobs.update(job, next)
    if (joined === undefined) return undefined
    const entry = entryOf(joined)
    if (joined.not_before === null && !(await backend.work.isReady(entry))) await backend.work.push(entry, null)
    await backend.jobs.confirm(joined)
    return { outcome: 'joined', job: joined, waitMs: 0 }
  }

  /** What runs may have begun before what the caller wants to see, or is being cancelled: then another run follows. */
  async function joinRunning(
    job: JobIn<'processing'>,
    request: SubmitRequest,
    callback?: NewCallback,
  ): Promise<Admission | undefined> {
    const isCancelled = await backend.cancels.isMarked(job)
    const asked = request.force || isCancelled ? askAgain(job, { ...request, isCancelled }, clock()) : job
    const next = withCallback(asked, callback)
    const joined = next === job ? job : await backend.jobs.update(job, next)
    if (joined === undefined) return undefined
    await backend.jobs.confirm(joined)
    return { outcome: 'joined', job: joined, waitMs: 0 }
  }

  /** Who asks to be told is told at once. */
  async function answerCached(
    job: JobIn<'completed' | 'failed'>,
    callback: NewCallback | undefined,
  ): Promise<Admission | undefined> {
    if (callback === undefined) return { outcome: 'cached', job, waitMs: 0 }
    const next = withCallback(job, callback)
    const known = next === job ? job : await backend.jobs.update(job, next)
    if (known === undefined) return undefined
    failpoint('cached:recorded')
    await backend.jobs.confirm(known)
    await postCallbacks(backend, known)
    return { outcome: 'cached', job: known, waitMs: 0 }
  }

  async function requeue(
    job: JobIn<'completed' | 'failed'>,
    by: Resubmission,
    callback?: NewCallback,
  ): Promise<JobIn<'queued'> | undefined> {
    return await withRoom(async () => {
      const next = withCallback(resubmit(job, by, clock()), callback)
      // In this order a crash leaves a job without any place, which the next check finds.
      await backend.catalog.removeEnded(job)
      failpoint('again:unlisted')
      let queued: JobIn<'queued'> | undefined
      try {
        queued = await backend.jobs.update(job, next)
      } catch (error) {
        // The revision may have been written all the same.
        const now = await backend.jobs.read(job.job_id).catch(() => undefined)
        if (now?.rev === job.rev) await backend.catalog.addEnded(job).catch(() => undefined)
        throw error
      }
      failpoint('again:recorded')
      if (queued !== undefined) await backend.work.push(entryOf(queued), null)
      failpoint('again:entered')
      return queued
    })
  }

  /** @throws {QueueFull} As many jobs wait, or are about to, as may. */
  async function withRoom<T>(step: () => Promise<T>): Promise<T> {
    reserved += 1
    try {
      const waiting = await backend.work.countWaiting()
      if (waiting + reserved > settings.queueSize) throw new QueueFull(`${waiting} jobs wait already.`)
      return await step()
    } finally {
      reserved -= 1
    }
  }

  return { submit, requeue }
}

/** The same request has had another job id in the spool of an earlier version, never another secret. */
const isTakenFor = (held: KeyRecord, request: SubmitRequest): boolean =>
  held.request === fingerprint({ ...request, jobId: held.jobId }) &&
  secretOfJob(held.jobId) === secretOfJob(request.jobId)

/**
 * Nobody is answered with the documents of another request, whatever the ids say.
 *
 * @throws {JobIdTaken}
 */
function requireSame(job: Job, request: SubmitRequest): Job {
  const { repo_url: repoUrl, commit_id: commitId, options } = job
  if (isSameRequest({ repoUrl, commitId, options }, request)) return job
  throw new JobIdTaken('The id of this submission is that of a job with another repository, commit or options.')
}

/**
 * The same for requests that ask for the same. Which model writes by default is the server's setting and nothing that was
 * asked for; the word in its place keeps keys that were taken before.
 */
function fingerprint({ jobId, repoUrl, commitId, options, priority, force, callback }: SubmitRequest): string {
  const asked = [jobId, repoUrl, commitId, Object.entries(options).sort(), priority, force, 'offline']
  const text = JSON.stringify(callback === undefined ? asked : [...asked, callback.url])
  return createHash('sha256').update(text).digest('hex')
}
