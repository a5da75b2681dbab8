/** The `end` event, the last one of a claim's log. */

import { isIn, type Job } from './job.ts'
import type { JobEvent } from './job-event.ts'

export function endEventOf(job: Job, now: number): JobEvent {
  const error = isIn(job, 'failed') ? { code: job.error_code, message: job.error_message, hint: job.hint } : null
  return { type: 'end', at: new Date(now).toISOString(), status: job.status, error }
}
