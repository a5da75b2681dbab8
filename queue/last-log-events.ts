/** The last events of a claim's log: why the job will be retried, and `end`. */

import { isIn, type Job } from './job.ts'
import type { JobEvent } from './job-event.ts'

export function endEventOf(job: Job, now: number): JobEvent {
  const error = isIn(job, 'failed') ? { code: job.error_code, message: job.error_message, hint: job.hint } : null
  return { type: 'end', at: new Date(now).toISOString(), status: job.status, error }
}

/** @param isDead - Whether the worker of the claim died. */
export function lastEventsOf(job: Job, now: number, isDead = false): JobEvent[] {
  const end = endEventOf(job, now)
  if (!isIn(job, 'queued')) return [end]
  const { not_before: notBefore, waits_because: because } = job
  const next = notBefore === null ? '' : ` The next try starts at ${notBefore.slice(11, 19)} UTC.`
  const text =
    because !== undefined
      ? `${because}${next}`
      : isDead
        ? `The process of this job ended unexpectedly.${next}`
        : notBefore === null
          ? undefined
          : `No process could be started.${next}`
  return text === undefined ? [end] : [{ type: 'log', at: end.at, level: 'warn', text }, end]
}
