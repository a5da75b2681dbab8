/**
 * Runs one claimed job and records the result. Its reports are handled in `run-context.ts`, its outcome in
 * `conclude-run.ts`.
 */

import { failpoint } from '#base/failpoint.ts'
import { forLog } from '#base/log.ts'
import type { Backend, EventSink } from './backend.ts'
import type { Claim } from './claim.ts'
import { commitRun } from './commit-run.ts'
import { afterError, afterResult, type Conclusion, type ConclusionDeps, endedEvent } from './conclude-run.ts'
import { followIdOf } from './follows/follow-record.ts'
import { readNeighbours } from './follows/neighbours.ts'
import { isIn, type JobIn } from './job.ts'
import { lastEventsOf } from './last-log-events.ts'
import { placeEntry } from './place-entry.ts'
import { type ContextDeps, createContext } from './run-context.ts'
import type { ClaimedJob, Run } from './runner.ts'
import type { WorkFolders } from './work-folders.ts'

export interface RunDeps extends ConclusionDeps, ContextDeps {
  run: Run
  workFolders: WorkFolders
}

/**
 * Run the job, record the result, move its entry accordingly and remove its work folder.
 *
 * Never rejects. If the storage is unavailable, retries until the result is recorded or `hardSignal` is aborted; then
 * `reapDead` recovers the job.
 *
 * @param signal - Stops the run; its reason is `Cancelled`, `ShuttingDown` or `LeaseLost`.
 */
export async function runClaim(
  backend: Backend,
  worker: string,
  { entry, job, place }: Claim,
  signal: AbortSignal,
  deps: RunDeps,
): Promise<void> {
  const { log, clock, onMetricEvent = () => undefined } = deps
  const startedAt = performance.now()
  const isFirst = job.attempt === 0 && job.stalls === 0
  onMetricEvent({ type: 'started', waitMs: isFirst ? Math.max(0, clock() - Date.parse(job.submitted_at)) : null })
  const about = { job_id: job.job_id, epoch: job.epoch }
  const events = backend.events.open(job.job_id, job.epoch)
  log.info(about, 'a job starts')
  const conclusion = await perform(backend, { job, signal, events, startedAt }, deps)
  const { settled, isIndexed = false, event } = await commitRun(backend, { entry, job, place }, conclusion, deps)
  if (settled === undefined) {
    onMetricEvent({ type: 'fenced' })
    log.warn(about, 'fenced: this worker was declared dead; the result of the job is discarded')
  } else {
    onMetricEvent(event)
    if (event.type === 'stalled' && isIn(settled, 'failed')) onMetricEvent(endedEvent(settled.error_code, startedAt))
    log.info(
      { ...about, status: settled.status, ...(isIn(settled, 'failed') && { code: settled.error_code }) },
      'a job ends',
    )
    for (const last of lastEventsOf(settled, clock(), event.type === 'stalled')) await events.append(last)
  }
  await events.close()
  await tidy(async () => failpoint('commit:recorded'))
  if (!isIndexed) {
    await tidy(() =>
      settled === undefined ? backend.work.drop(worker, entry) : placeEntry(backend, worker, entry, settled),
    )
  }
  await deps.workFolders.remove(job.job_id, job.epoch)

  async function tidy(step: () => Promise<void>): Promise<void> {
    // `reapDead` or the next check finishes what failed here.
    await step().catch((error) => log.warn({ ...forLog(error), ...about }, 'could not clean up after a job'))
  }
}

interface StartedRun {
  job: JobIn<'processing'>
  signal: AbortSignal
  events: EventSink
  startedAt: number
}

async function perform(
  backend: Backend,
  { job, signal, events, startedAt }: StartedRun,
  deps: RunDeps,
): Promise<Conclusion> {
  const context = createContext(job, signal, events, deps)
  const { absences } = backend
  const wasUnavailable = (): boolean => backend.absences !== absences || !isThere(backend)
  try {
    const result = await deps.run(await toClaimedJob(backend, job, deps), context)
    return afterResult(result, deps, startedAt)
  } catch (error) {
    return afterError(job, error, { signal, wasUnavailable: wasUnavailable(), startedAt }, deps)
  } finally {
    context.end()
  }
}

async function toClaimedJob(
  backend: Backend,
  job: JobIn<'processing'>,
  { workFolders, log }: Pick<RunDeps, 'workFolders' | 'log'>,
): Promise<ClaimedJob> {
  const { docs_key: docsKey, resolved_commit: resolvedCommit } = job
  // The follow and its other sets only make the job cheaper, so the job runs without what cannot be read.
  const orNothing = (error: unknown): undefined =>
    void log.warn({ ...forLog(error), job_id: job.job_id }, 'a job runs without the sets of other versions')
  const follow = await backend.follows.read(followIdOf(job.repo_url)).catch(orNothing)
  const neighbours = follow && (await readNeighbours(backend, follow, job).catch(orNothing))
  return {
    jobId: job.job_id,
    repoUrl: job.repo_url,
    commitId: job.commit_id,
    options: job.options,
    mainModel: job.main_model,
    submittedAt: job.submitted_at,
    epoch: job.epoch,
    previous: docsKey === null || resolvedCommit === null ? null : { docsKey, resolvedCommit },
    force: job.force,
    ...(follow !== undefined && { isFollowed: true, neighbours: neighbours ?? [] }),
    workDir: workFolders.folderOf(job.job_id, job.epoch),
  }
}

function isThere(backend: Backend): boolean {
  try {
    backend.locate()
    return true
  } catch {
    return false
  }
}
