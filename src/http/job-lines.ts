/** Jobs as lines for a terminal: state, id, and the URL or the progress. */

import { escapeControls, plainLine } from '#base/control-characters.ts'
import type { JobView } from '#queue/contract.ts'
import { jobHref } from '#templates/addresses.ts'
import { degradedText, spendText, stateOf } from '#templates/format.ts'

/** The job just submitted: `queued  pallets--flask  http://localhost:8000/jobs/pallets--flask`. */
export function submissionLine(job: JobView, origin: string): string {
  const path = job.status === 'completed' && job.docs_path !== null ? job.docs_path : jobHref(job.job_id)
  return plainLine(`${stateOf(job)}  ${job.job_id}  ${origin}${path}`)
}

/** The state of a job: `processing  pallets--flask  42 %  Reading src/app.py`. The cost of a model follows the URL. */
export function jobLine(job: JobView, origin: string): string {
  switch (job.status) {
    case 'queued':
      return plainLine(
        `queued  ${job.job_id}  ${job.queue_position === null ? '' : `#${job.queue_position}  `}${job.progress}`,
      )
    case 'processing':
      return plainLine(`processing  ${job.job_id}  ${job.percent} %  ${job.progress}`)
    case 'completed':
      return [submissionLine(job, origin), ...costOf(job)].join('  ')
    case 'failed':
      return plainLine(
        `${stateOf(job)}  ${job.job_id}  ${job.error_message ?? ''}${job.hint === null ? '' : ` ${job.hint}`} (${job.error_code ?? 'UNKNOWN'})`,
      )
  }
}

/** Columns about the use of models: `12 questions, 45,210 tokens, $0.12`, and whether prose is missing. */
function costOf({ spend, degraded }: JobView): string[] {
  return [...(spend === null ? [] : [spendText(spend)]), ...(degraded === null ? [] : [degradedText(degraded)])]
}

/** The URL path of a job in the API. */
export const jobApiPath = (jobId: string): string => `/api/job/${encodeURIComponent(jobId)}`

/** JSON with a final line feed, for terminals. */
export const jsonText = (value: unknown): string => `${escapeControls(JSON.stringify(value))}\n`
