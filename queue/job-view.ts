/** Converts a record to the view of the API. */

import { toCallbackView } from './callbacks.ts'
import type { JobView } from './contract.ts'
import type { Job, JobIn } from './job.ts'
import type { Progress } from './runner.ts'

/** The parts of a view that are not in the record. */
export interface ViewContext {
  /** Position in the queue, from 1; `null` unless queued. */
  position: number | null
  /** The last progress report of the running claim; `null` if there is none. */
  progress: Progress | null
  /** Whether the queue is paused. */
  isPaused?: boolean
}

export const NO_CONTEXT: ViewContext = { position: null, progress: null }

/** The response of `GET /api/job/{job_id}`. */
export function toView(job: Job, context: ViewContext): JobView {
  return {
    job_id: job.job_id,
    repo_url: job.repo_url,
    status: job.status,
    created_at: job.created_at,
    submitted_at: job.submitted_at,
    started_at: job.status === 'queued' ? null : job.started_at,
    completed_at: job.status === 'completed' || job.status === 'failed' ? job.completed_at : null,
    ...progressOf(job, context),
    queue_position: job.status === 'queued' ? context.position : null,
    error_message: job.status === 'failed' ? job.error_message : null,
    error_code: job.status === 'failed' ? job.error_code : null,
    hint: job.status === 'failed' ? job.hint : null,
    docs_path: job.docs_key === null ? null : `/static-docs/${job.job_id}/`,
    main_model: job.main_model,
    options: job.options,
    spend: job.spend,
    degraded: job.degraded,
    commit_id: job.commit_id,
    resolved_commit: job.resolved_commit,
    documented_at:
      job.docs_key === null ? null : (job.documented_at ?? (job.status === 'completed' ? job.completed_at : null)),
    commit_on_ref: job.commit_on_ref ?? null,
    priority: job.priority,
    follow_up: job.status === 'processing' && job.again !== null,
    ...(job.previous_run !== undefined && { previous_run: job.previous_run }),
    callbacks: job.callbacks.map(toCallbackView),
    attempt: job.attempt,
    stalls: job.stalls,
    epoch: job.epoch,
    rev: job.rev,
  }
}

function progressOf(job: Job, { progress, isPaused }: ViewContext): Pick<JobView, 'progress' | 'stage' | 'percent'> {
  if (job.status === 'completed') return { progress: job.summary, stage: null, percent: 100 }
  if (job.status === 'failed') {
    return { progress: job.error_code === 'CANCELLED' ? 'Cancelled' : 'Failed', stage: null, percent: 0 }
  }
  if (job.status === 'queued') {
    if (isPaused) return { progress: 'The queue is paused', stage: null, percent: 0 }
    return { progress: waitingText(job), stage: null, percent: 0 }
  }
  if (progress === null) return { progress: 'Starting', stage: null, percent: 0 }
  return { progress: progress.text, stage: progress.stage, percent: progress.percent }
}

/** `Waiting to try again at 18:05 UTC: github.com does not answer.` */
function waitingText({ not_before, waits_because }: JobIn<'queued'>): string {
  if (not_before === null) return 'Waiting'
  return waits_because === undefined
    ? 'Waiting to try again'
    : `Waiting to try again at ${not_before.slice(11, 16)} UTC: ${waits_because}`
}
