/** Handles submissions: creates a job or joins the existing one. Accepted jobs are durable before the response. */

import { randomBytes } from 'node:crypto'
import { failpoint } from '#base/failpoint.ts'
import { isSameRequest } from '#base/job-id.ts'
import { secretOfJob } from '#base/private-jobs.ts'
import { sha256Of } from '#base/sha256.ts'
import { type Backend, entryOf, type KeyRecord } from './backend.ts'
import { type AdmissionSettings, decideAdmission } from './cache-and-cooldown.ts'
import { type NewCallback, withCallback } from './callbacks.ts'
import type { Acceptance, CombinedSteps, QueuePlace } from './combined-steps.ts'
import type { Outcome, SubmitRequest } from './contract.ts'
import { IdempotencyKeyReused, JobIdTaken, QueueFull } from './errors.ts'
import { scheduleCallbacks } from './index-ended-job.ts'
import { isIn, type Job, type JobIn } from './job.ts'
import { createJob, isQueuedBy, type Resubmission, requestRerun, resubmit, withForce } from './job-transitions.ts'
import { Serial } from './serial.ts'

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
  /** Submissions that are being added to the queue, in order; each resolves when it has been added or refused. */
  const adding = new Set<Promise<void>>()

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
    const accepted = held === mine ? undefined : await readAccepted(held, key)
    if (accepted !== undefined) {
      await backend.keys.settle(key, { ...mine, outcome: 'created' })
      return { outcome: 'created', job: requireSame(accepted, request), waitMs: 0 }
    }
    let admission: Admission | undefined
    try {
      admission = await serial.run(request.jobId, () => admit(request))
    } finally {
      // If nothing was accepted, release the key, so that the same request can be retried. If that fails, too, the key expires; the
      // error that is being thrown says more.
      const isAccepted = admission !== undefined && admission.outcome !== 'cooldown'
      if (!isAccepted && held === mine) await backend.keys.release(key, mine).catch(() => undefined)
    }
    if (admission.outcome === 'cooldown') return admission
    await backend.keys.settle(key, { ...mine, outcome: admission.outcome })
    failpoint('key:answered')
    return admission
  }

  /** The job of an earlier attempt that was accepted and has started, although its response was not stored. */
  async function readAccepted({ jobId, outcome }: KeyRecord, key: string): Promise<Job | undefined> {
    if (outcome !== null) return undefined
    const job = await backend.jobs.read(jobId)
    if (job === undefined || isIn(job, 'queued') || !isQueuedBy(job, key)) return undefined
    await backend.jobs.confirm(job)
    return job
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
    return await withRoom(async () => {
      const next = withCallback(resubmit(job, by, clock()), callback)
      // In this order, a crash leaves a job that is not indexed, which the next check finds.
      await backend.catalog.removeEnded(job)
      failpoint('again:unlisted')
      let queued: JobIn<'queued'> | undefined
      try {
        queued = await backend.jobs.update(job, next)
      } catch (error) {
        // The revision may have been written despite the error; index the job again only if not. What fails here is left to the next
        // check.
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
    return { is: (await withRoom(() => backend.accept(created))) ? 'accepted' : 'changed' }
  }

  /** @throws {QueueFull} */
  async function acceptInOne(combined: CombinedSteps, created: JobIn<'queued'>): Promise<Accepted> {
    return await reserve(async (maxWaiting) => {
      const accepted = await combined.accept(created, maxWaiting)
      return accepted.is === 'full' ? { waiting: accepted.waiting } : { done: accepted }
    })
  }

  /** @throws {QueueFull} The maximum number of jobs is waiting or being added. */
  async function withRoom<T>(step: () => Promise<T>): Promise<T> {
    return await reserve(async (maxWaiting) => {
      const waiting = await backend.work.countWaiting()
      return waiting > maxWaiting ? { waiting } : { done: await step() }
    })
  }

  /**
   * Add a job if there is room for it and for all jobs whose adding began earlier, whether or not they already count as waiting.
   * If there is not, try again when those have been added.
   *
   * @param step - Adds a job, or returns the number of waiting jobs if that is more than `maxWaiting`.
   * @throws {QueueFull}
   */
  async function reserve<T>(step: (maxWaiting: number) => Promise<{ done: T } | { waiting: number }>): Promise<T> {
    let end = (): void => undefined
    const mine = new Promise<void>((resolve) => {
      end = resolve
    })
    adding.add(mine)
    try {
      for (;;) {
        const all = [...adding]
        const earlier = all.slice(0, all.indexOf(mine))
        const outcome = await step(settings.queueSize - earlier.length - 1)
        if ('done' in outcome) return outcome.done
        const { waiting } = outcome
        if (waiting >= settings.queueSize || earlier.length === 0)
          throw new QueueFull(`Too many jobs are waiting; the limit is ${settings.queueSize}.`)
        await Promise.all(earlier)
      }
    } finally {
      adding.delete(mine)
      end()
    }
  }

  return { submit, requeue }
}

/**
 * Whether a key was taken for the same request. The job id may differ, because earlier versions used other ids, but the secret
 * of a private job must not.
 */
const isTakenFor = (held: KeyRecord, request: SubmitRequest): boolean =>
  held.request === fingerprint({ ...request, jobId: held.jobId }) &&
  secretOfJob(held.jobId) === secretOfJob(request.jobId)

/**
 * Make sure that a job belongs to the same repository, commit and options as the request, whatever its id.
 *
 * @throws {JobIdTaken}
 */
function requireSame(job: Job, request: SubmitRequest): Job {
  const { repo_url: repoUrl, commit_id: commitId, options } = job
  if (isSameRequest({ repoUrl, commitId, options }, request)) return job
  throw new JobIdTaken('The id of this submission belongs to a job with another repository, commit or options.')
}

/**
 * A hash that is equal for equal requests. The default model is a setting of the server, not part of the request; the constant
 * `offline` in its place keeps fingerprints equal to those of earlier versions.
 */
function fingerprint(request: SubmitRequest): string {
  const { jobId, repoUrl, commitId, options, priority, force, hasMoved, callback } = request
  const basic = [jobId, repoUrl, commitId, Object.entries(options).sort(), priority, force, 'offline']
  const more = [...(callback === undefined ? [] : [callback.url]), ...(hasMoved === true ? [{ hasMoved }] : [])]
  const text = JSON.stringify([...basic, ...more])
  return sha256Of(text)
}
