/** Handles submissions: creates a job or joins the existing one. Accepted jobs are durable before the response. */

import { randomBytes } from 'node:crypto'
import { failpoint } from '#base/failpoint.ts'
import { type Backend, entryOf } from './backend.ts'
import { type AdmissionSettings, decideAdmission } from './cache-and-cooldown.ts'
import { type NewCallback, withCallback } from './callbacks.ts'
import type { Acceptance, CombinedSteps, QueuePlace } from './combined-steps.ts'
import type { Outcome, SubmitRequest } from './contract.ts'
import { scheduleCallbacks } from './index-ended-job.ts'
import { isIn, type Job, type JobIn } from './job.ts'
import { createJob, type Resubmission, requestRerun, resubmit, withForce } from './job-transitions.ts'
import { QueueRoom } from './queue-room.ts'
import { Serial } from './serial.ts'
import { requireSame, submitWithKey } from './submit-with-key.ts'

export interface SubmitSettings extends AdmissionSettings {
  /** Maximum number of waiting jobs. */
  queueSize: number
}

export interface Admission {
  outcome: Outcome
  job: Job
  /** For `cooldown`, the remaining time; otherwise 0. */
  waitMs: number
  /** The place of a created job, if it was read with it. */
  place?: QueuePlace
}

export interface Submitter {
  submit(request: SubmitRequest): Promise<Admission>
  /** Queue a finished job again. @returns `undefined` when another process changed it first. */
  requeue(job: JobIn<'completed' | 'failed'>, by: Resubmission): Promise<JobIn<'queued'> | undefined>
}

type Accepted = Exclude<Acceptance, { is: 'full' }>

/** Several processes may write a record at the same time; in each round, at least one of them succeeds. */
const MAX_ROUNDS = 100

export function createSubmitter(backend: Backend, settings: SubmitSettings, clock: () => number): Submitter {
  const serial = new Serial()
  const room = new QueueRoom(backend.work, settings.queueSize)

  async function submit(request: SubmitRequest): Promise<Admission> {
    const { idempotencyKey: key } = request
    const admitInTurn = () => serial.run(request.jobId, () => admit(request))
    if (key === null) return await admitInTurn()
    return await serial.run(`key ${key}`, () => submitWithKey(backend, key, request, admitInTurn))
  }

  async function admit(request: SubmitRequest): Promise<Admission> {
    const callback = request.callback && { id: randomBytes(8).toString('hex'), ...request.callback }
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const admission = await tryAdmit(request, callback)
      if (admission !== undefined) return admission
    }
    throw new Error(`The record of ${request.jobId} changed during each of ${MAX_ROUNDS} attempts.`)
  }

  /** @returns `undefined` when another process wrote the record first. */
  async function tryAdmit(request: SubmitRequest, callback?: NewCallback): Promise<Admission | undefined> {
    const created = withCallback(createJob(request, clock()), callback)
    const accepted = await (backend.combined === undefined
      ? acceptBySteps(created)
      : acceptInOne(backend.combined, created))
    if (accepted.is === 'changed') return undefined
    if (accepted.is === 'accepted') {
      const { place } = accepted
      return { outcome: 'created', job: created, waitMs: 0, ...(place !== undefined && { place }) }
    }
    const { job } = accepted
    requireSame(job, request)
    if (isIn(job, 'queued')) return await join(job, request, callback)
    if (isIn(job, 'processing')) return await joinRunning(job, request, callback)
    const admission = decideAdmission(job, request, settings, clock())
    if (admission.is === 'cached') return await answerCached(job, callback)
    if (admission.is === 'cooldown') return { outcome: 'cooldown', job, waitMs: admission.waitMs }
    const queued = await requeue(job, request, callback)
    return queued === undefined ? undefined : { outcome: 'created', job: queued, waitMs: 0 }
  }

  /**
   * Join a queued job. Its entry is added if it is missing after a crash, because the response promises that the job will run.
   */
  async function join(
    job: JobIn<'queued'>,
    request: SubmitRequest,
    callback?: NewCallback,
  ): Promise<Admission | undefined> {
    const next = withCallback(request.force && !job.force ? withForce(job) : job, callback)
    const joined = next === job ? job : await backend.jobs.update(job, next)
    if (joined === undefined) return undefined
    const entry = entryOf(joined)
    if (joined.not_before === null && !(await backend.work.isReady(entry))) await backend.work.push(entry, null)
    await backend.jobs.confirm(joined)
    return { outcome: 'joined', job: joined, waitMs: 0 }
  }

  /**
   * Join a running job. Another run is requested with `force` or `hasMoved`, because the current run may have started
   * before the change that the caller wants to see, and when the run is being cancelled.
   */
  async function joinRunning(
    job: JobIn<'processing'>,
    request: SubmitRequest,
    callback?: NewCallback,
  ): Promise<Admission | undefined> {
    const isCancelled = await backend.cancels.isMarked(job)
    const needsAnotherRun = request.force || request.hasMoved === true || isCancelled
    const requested = needsAnotherRun ? requestRerun(job, { ...request, isCancelled }, clock()) : job
    const next = withCallback(requested, callback)
    const joined = next === job ? job : await backend.jobs.update(job, next)
    if (joined === undefined) return undefined
    await backend.jobs.confirm(joined)
    return { outcome: 'joined', job: joined, waitMs: 0 }
  }

  /** Answer from the cache; a new callback is delivered at once. */
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
    await scheduleCallbacks(backend, known)
    return { outcome: 'cached', job: known, waitMs: 0 }
  }

  async function requeue(
    job: JobIn<'completed' | 'failed'>,
    by: Resubmission,
    callback?: NewCallback,
  ): Promise<JobIn<'queued'> | undefined> {
    return await room.add(async () => {
      const next = withCallback(resubmit(job, by, clock()), callback)
      // In this order, a crash leaves a job that is not indexed, which the next check finds.
      await backend.catalog.removeEnded(job)
      failpoint('again:unlisted')
      let queued: JobIn<'queued'> | undefined
      try {
        queued = await backend.jobs.update(job, next)
      } catch (error) {
        // The revision may have been written despite the error; index the job again only if not. If that fails, the next check does it.
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

  async function acceptBySteps(created: JobIn<'queued'>): Promise<Accepted> {
    const job = await backend.jobs.read(created.job_id)
    if (job !== undefined) return { is: 'exists', job }
    return { is: (await room.add(() => backend.accept(created))) ? 'accepted' : 'changed' }
  }

  /** @throws {QueueFull} */
  async function acceptInOne(combined: CombinedSteps, created: JobIn<'queued'>): Promise<Accepted> {
    return await room.addCounting(async (maxWaiting) => {
      const accepted = await combined.accept(created, maxWaiting)
      return accepted.is === 'full' ? { waiting: accepted.waiting } : { done: accepted }
    })
  }

  return { submit, requeue }
}
