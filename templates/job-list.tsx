/** The list of jobs. `index.js` keeps it up to date by replacing changed rows with new ones from the server. */

import { isFullCommitId } from '#base/commit-id.ts'
import type { JobView } from '#queue/contract.ts'
import { docsHref, jobHref } from './addresses.ts'
import { formatDuration } from './assets/duration.js'
import { formatAbout, formatCount, isUnfinished, repositoryName, shortCommit } from './format.ts'
import { stageTitle } from './job-stages.ts'
import { StateBadge, Time } from './parts.tsx'

export interface JobListProps {
  /** Newest first. */
  jobs: JobView[]
  /** Milliseconds since the epoch. */
  now: number
  /** Average time between finished jobs, in milliseconds; `null` if unknown. */
  paceMs: number | null
}

export function JobList({ jobs, now, paceMs }: JobListProps) {
  return (
    <ul class="jobs">
      {jobs.map((job) => (
        <li class="job" data-key={job.job_id}>
          <div class="job-name">
            <a class="job-link" href={job.docs_path === null ? jobHref(job.job_id) : docsHref(job.job_id)}>
              {repositoryName(job.repo_url)}
            </a>
            <JobVersion job={job} />
          </div>
          <div class="job-state">
            <StateBadge job={job} />
            <HowFar job={job} paceMs={paceMs} />
          </div>
          <div class="job-time quiet">
            <When job={job} now={now} />
          </div>
          <a class="job-more" href={jobHref(job.job_id)} aria-label={`Job of ${nameOf(job)}`}>
            Job
          </a>
          {job.status === 'queued' && job.attempt > 0 && <p class="job-waits quiet">{job.progress}</p>}
          {job.status === 'failed' && job.error_code !== 'CANCELLED' && (
            <p class="job-why">{job.error_message ?? 'It failed.'}</p>
          )}
        </li>
      ))}
    </ul>
  )
}

/** A name that distinguishes several jobs of a repository. */
const nameOf = ({ repo_url, commit_id, options }: JobView): string =>
  [repositoryName(repo_url) + (commit_id === null ? '' : ` at ${shortCommit(commit_id)}`), ...variantOf(options)].join(
    ', ',
  )

/** Words for the options that distinguish jobs of the same commit. */
export const variantOf = ({ language, model, notes }: JobView['options']): string[] => [
  ...(language === undefined ? [] : [language]),
  ...(model === undefined ? [] : [model]),
  ...(notes === undefined ? [] : ['with notes']),
]

function HowFar({ job, paceMs }: { job: JobView; paceMs: number | null }) {
  if (job.status === 'processing') {
    const stage = stageTitle(job.stage)
    return <span class="quiet">{`${job.percent} %${stage === null ? '' : ` · ${stage}`}`}</span>
  }
  if (job.queue_position === null) return null
  const wait = paceMs === null ? '' : ` · ${formatAbout(job.queue_position * paceMs)}`
  return <span class="quiet">{`number ${formatCount(job.queue_position)}${wait}`}</span>
}

function When({ job, now }: { job: JobView; now: number }) {
  const { started_at, completed_at, submitted_at } = job
  if (job.status === 'processing' && started_at !== null) {
    return (
      <>
        for <span data-since={started_at}>{formatDuration(now - Date.parse(started_at))}</span>
      </>
    )
  }
  const took = started_at === null || completed_at === null ? null : Date.parse(completed_at) - Date.parse(started_at)
  return (
    <>
      <Time iso={isUnfinished(job) ? submitted_at : (completed_at ?? submitted_at)} />
      {took !== null && <span class="job-took">{` in ${formatDuration(took)}`}</span>}
    </>
  )
}

export function JobVersion({ job }: { job: JobView }) {
  const { commit_id: requested, resolved_commit: resolved, options } = job
  const variant = variantOf(options).join(', ')
  const isName = requested !== null && !isFullCommitId(requested)
  const commit = resolved ?? requested
  const variantName = variant === '' ? null : <span class="commit-name">{variant}</span>
  if (commit === null) return variantName
  return (
    <>
      {variantName}
      {isName && resolved !== null && <span class="commit-name">{requested}</span>}
      <code class="commit">{shortCommit(commit)}</code>
    </>
  )
}
