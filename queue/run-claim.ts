/** Runs one claimed job and records how it ended. */

import { AppError, toErrorRecord } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import type { Backend, EventSink } from './backend.ts'
import type { Claim } from './claim.ts'
import type { ClaimedJob, Progress, Run, RunContext } from './contract.ts'
import { Cancelled, LeaseLost, ShuttingDown, WorkerDied, WorkerNotStarted } from './errors.ts'
import { cancelProcessing, complete, fail, handBack, isIn, type Job, type JobIn, postpone, retryLater } from './job.ts'
import { afterDeath, cancelled, endOf, followRecord } from './reap.ts'
import { pause } from './wakeup.ts'

const MAX_ATTEMPTS = 3
const BACKOFF_MS = 5_000
const MAX_BACKOFF_MS = 60_000
/** How long a job waits when no worker can be started. */
const NOT_STARTED_MS = 30_000
const MAX_TEXT = 2_000
/** A report that only words the same step anew is written at most this often. */
const TEXT_EVERY_MS = 1_000
const COMMIT_RETRY_MS = 500

export interface RunDeps {
  run: Run
  /** Codes of errors that may pass by themselves: tried again. */
  isPassing(code: string): boolean
  log: Log
  clock(): number
  /** Ends all waiting. */
  hardSignal: AbortSignal
}

type Outcome = JobIn<'queued' | 'completed' | 'failed'>

/**
 * Run the job, record its end, put its entry where it belongs and clear its work folder away.
 *
 * Never rejects. When the storage cannot take the end, it tries until it can or `hardSignal` fires; then the job is left to whoever reaps.
 *
 * @param signal - Ends the run; its reason says why: `Cancelled`, `ShuttingDown` or `LeaseLost`.
 */
export async function runClaim(
  backend: Backend,
  worker: string,
  { entry, job }: Claim,
  signal: AbortSignal,
  deps: RunDeps,
): Promise<void> {
  const { log, clock } = deps
  const about = { job_id: job.job_id, epoch: job.epoch }
  const events = backend.events.open(job.job_id, job.epoch)
  log.info(about, 'a job starts')
  const next = await perform(backend, job, signal, events, deps)
  const settled = await commit(backend, job, next, deps)
  if (settled === undefined)
    log.warn(about, 'fenced: this worker was declared dead, and what it made of the job is dropped')
  else {
    log.info(
      { ...about, status: settled.status, ...(isIn(settled, 'failed') && { code: settled.error_code }) },
      'a job ends',
    )
    await events.append(endOf(settled, clock()))
  }
  await events.close()
  await tidy(() =>
    settled === undefined ? backend.work.drop(worker, entry) : followRecord(backend, worker, entry, settled),
  )
  await tidy(() => backend.removeWorkDir(job.job_id, job.epoch))

  async function tidy(step: () => Promise<void>): Promise<void> {
    // What stays is found by the reaper or the next check.
    await step().catch((error) => log.warn({ ...forLog(error), ...about }, 'could not clear up after a job'))
  }
}

async function perform(
  backend: Backend,
  job: JobIn<'processing'>,
  signal: AbortSignal,
  events: EventSink,
  deps: RunDeps,
): Promise<Outcome> {
  try {
    const context = createContext(signal, events, deps)
    const result = await deps.run(toClaimedJob(backend, job), context)
    return complete(job, { ...result, summary: result.summary.slice(0, MAX_TEXT) }, deps.clock())
  } catch (error) {
    return afterError(job, error, signal, deps)
  }
}

function toClaimedJob(backend: Backend, job: JobIn<'processing'>): ClaimedJob {
  const { docs_key: docsKey, resolved_commit: resolvedCommit } = job
  return {
    jobId: job.job_id,
    repoUrl: job.repo_url,
    commitId: job.commit_id,
    options: job.options,
    mainModel: job.main_model,
    epoch: job.epoch,
    previous: docsKey === null || resolvedCommit === null ? null : { docsKey, resolvedCommit },
    force: job.force,
    workDir: backend.workDir(job.job_id, job.epoch),
  }
}

function createContext(signal: AbortSignal, events: EventSink, { hardSignal, clock }: RunDeps): RunContext {
  const at = (): string => new Date(clock()).toISOString()
  let last: Progress | undefined
  let writtenAt = Number.NEGATIVE_INFINITY
  return {
    signal,
    hardSignal,
    report(progress) {
      const percent = Math.min(100, Math.max(0, Math.trunc(progress.percent)))
      const isNews = progress.stage !== last?.stage || percent !== last.percent
      const now = performance.now()
      if (!isNews && now - writtenAt < TEXT_EVERY_MS) return
      last = { stage: progress.stage, percent, text: progress.text.slice(0, MAX_TEXT) }
      writtenAt = now
      void events.append({ type: 'progress', at: at(), ...last })
    },
    log: (level, text) => void events.append({ type: 'log', at: at(), level, text }),
    spawned: (pid, pidStart) => events.append({ type: 'spawn', at: at(), pid, pidStart }),
  }
}

/** Why the run ended decides where the job goes. */
function afterError(job: JobIn<'processing'>, error: unknown, signal: AbortSignal, deps: RunDeps): Outcome {
  const { isPassing, log, clock } = deps
  const reason: unknown = signal.aborted ? signal.reason : undefined
  if (reason instanceof Cancelled) return cancelProcessing(job, cancelled(), clock())
  if (reason instanceof ShuttingDown || reason instanceof LeaseLost) return handBack(job)
  if (error instanceof WorkerNotStarted) {
    const stderr = error.cause instanceof Error ? error.cause.message : ''
    log.error({ code: error.code, job_id: job.job_id, stderr }, 'no worker can be started; the job waits')
    return postpone(job, clock() + NOT_STARTED_MS)
  }
  if (error instanceof WorkerDied) {
    log.warn({ ...forLog(error), job_id: job.job_id, epoch: job.epoch }, error.message)
    return afterDeath(job, clock())
  }
  if (!(error instanceof AppError))
    log.error({ ...forLog(error), job_id: job.job_id }, 'a job failed by a fault of the program')
  const record = toErrorRecord(error)
  const message = record.message.slice(0, MAX_TEXT)
  const hint = record.hint?.slice(0, MAX_TEXT) ?? null
  if (isPassing(record.code) && job.attempt + 1 < MAX_ATTEMPTS) return retryLater(job, clock() + backoffMs(job.attempt))
  return fail(job, { code: record.code.slice(0, 100), message, hint }, clock())
}

/** Exponential with full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
const backoffMs = (attempt: number): number => Math.random() * Math.min(MAX_BACKOFF_MS, BACKOFF_MS * 2 ** attempt)

/** @returns The record as it is now, `undefined` when the claim is not this worker's any more. */
async function commit(
  backend: Backend,
  job: JobIn<'processing'>,
  next: Outcome,
  deps: RunDeps,
): Promise<Job | undefined> {
  for (let tries = 0; ; tries++) {
    try {
      const written = await backend.jobs.update(job, next)
      if (written !== undefined) return written
      // Written by an earlier try that failed only afterwards?
      const now = await backend.jobs.read(job.job_id)
      return now?.rev === job.rev + 1 && now.epoch === job.epoch && now.status === next.status ? now : undefined
    } catch (error) {
      if (tries === 0)
        deps.log.error({ ...forLog(error), job_id: job.job_id }, 'the end of a job cannot be recorded; trying on')
      if (deps.hardSignal.aborted) return undefined
      await pause(COMMIT_RETRY_MS, deps.hardSignal)
    }
  }
}
