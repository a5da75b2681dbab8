/** Details of a job, and links to its other forms. */

import type { Child } from 'hono/jsx'
import type { JobView } from '#queue/contract.ts'
import { docsHref, eventsHref, jobApiHref, logHref, webCommitHref } from './addresses.ts'
import { formatDuration } from './assets/duration.js'
import { counted, degradedText, formatCost, isUnfinished, languageName, shortCommit, spendText } from './format.ts'
import { RepositoryLink, Time } from './parts.tsx'

/** @param isUpToDate - See `foundNothingNew`. */
export function JobFacts({ job, isUpToDate, now }: { job: JobView; isUpToDate: boolean; now: number }) {
  return (
    <dl class="facts">
      <Fact name="Repository">
        <RepositoryLink repoUrl={job.repo_url} withHost />
      </Fact>
      <Fact name="Requested">
        {job.commit_id === null ? 'the newest commit' : <code>{shortCommit(job.commit_id)}</code>}
      </Fact>
      {job.resolved_commit !== null && (
        <Fact name="Documented">
          <Commit job={job} commit={job.resolved_commit} />
        </Fact>
      )}
      <Fact name="Submitted">
        <Time iso={job.submitted_at} />
        {job.submitted_at !== job.created_at && (
          <span class="quiet">
            {' '}
            (first <Time iso={job.created_at} />)
          </span>
        )}
      </Fact>
      {job.started_at !== null && (
        <Fact name="Started">
          <Time iso={job.started_at} />
        </Fact>
      )}
      {job.completed_at !== null && (
        <Fact name="Ended">
          <Time iso={job.completed_at} />
        </Fact>
      )}
      <Elapsed job={job} isUpToDate={isUpToDate} now={now} />
      <Fact name="Written by">{job.main_model === 'offline' ? 'static analysis alone' : job.main_model}</Fact>
      <Options job={job} />
      <Cost job={job} />
      <Callbacks job={job} />
      <Fact name="Job">
        <code>{job.job_id}</code>
      </Fact>
      <dt>See also</dt>
      <dd class="links">
        {job.docs_path !== null && <a href={docsHref(job.job_id)}>documentation</a>}
        <a href={jobApiHref(job.job_id)}>JSON</a>
        <a href={eventsHref(job.job_id)}>events</a>
        <EarlierLogs job={job} />
      </dd>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: Child }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Options({ job: { options } }: { job: JobView }) {
  const { language, notes, max_cost_usd } = options
  return (
    <>
      {language !== undefined && (
        <>
          <dt>Language</dt>
          <dd lang={language}>{languageName(language)}</dd>
        </>
      )}
      {notes !== undefined && (
        <>
          <dt>Notes</dt>
          <dd class="notes">{notes}</dd>
        </>
      )}
      {max_cost_usd !== undefined && <Fact name="Cost limit">{formatCost(max_cost_usd)}</Fact>}
    </>
  )
}

/** The cost of the published documents. */
function Cost({ job }: { job: JobView }) {
  const { spend, degraded } = job
  // For a completed job, the result says so.
  const lack = job.status === 'completed' ? null : degraded
  if (spend === null && lack === null) return null
  return (
    <Fact name="Model">
      {spend !== null && spendText(spend)}
      {lack !== null && <p class="quiet">{degradedText(lack)}</p>}
    </Fact>
  )
}

function Callbacks({ job: { callbacks } }: { job: JobView }) {
  if (callbacks.length === 0) return null
  return (
    <>
      <dt>Webhooks</dt>
      {callbacks.map((callback) => (
        <dd>
          <code>{callback.origin}</code> <CallbackState callback={callback} />
        </dd>
      ))}
    </>
  )
}

function CallbackState({ callback }: { callback: JobView['callbacks'][number] }) {
  const { tries, delivered_at, failed_at, last_error } = callback
  if (delivered_at !== null) {
    return (
      <span class="quiet">
        delivered <Time iso={delivered_at} />
      </span>
    )
  }
  if (last_error === null) return <span class="quiet">when it has finished</span>
  return (
    <span class="quiet">
      {`${failed_at === null ? 'not reached yet' : 'given up'} after ${counted(tries, 'try', 'tries')}: ${last_error}`}
    </span>
  )
}

export function Commit({ job, commit }: { job: JobView; commit: string }) {
  const href = webCommitHref(job.repo_url, commit)
  const short = <code>{shortCommit(commit)}</code>
  return href === null ? (
    short
  ) : (
    <a href={href} rel="noopener noreferrer">
      {short}
    </a>
  )
}

function Elapsed({ job, isUpToDate, now }: { job: JobView; isUpToDate: boolean; now: number }) {
  const { started_at: from, completed_at: to } = job
  if (from === null) {
    if (!isUnfinished(job)) return null
    return (
      <>
        <dt>Waiting for</dt>
        <dd data-since={job.submitted_at}>{formatDuration(now - Date.parse(job.submitted_at))}</dd>
      </>
    )
  }
  return (
    <>
      <dt>{to === null ? 'Running for' : isUpToDate ? 'Check took' : 'Took'}</dt>
      {to === null ? (
        <dd data-since={from}>{formatDuration(now - Date.parse(from))}</dd>
      ) : (
        <dd>{formatDuration(Date.parse(to) - Date.parse(from))}</dd>
      )}
    </>
  )
}

/** How many logs of claims are kept: `KEPT_LOGS` of `queue/job-event.ts`. */
const KEPT_LOGS = 8

function EarlierLogs({ job }: { job: JobView }) {
  const first = Math.max(1, job.epoch - KEPT_LOGS + 1)
  const earlier = Array.from({ length: Math.max(0, job.epoch - first) }, (_, at) => first + at)
  return (
    <>
      {earlier.map((epoch) => (
        <a href={`${logHref(job.job_id)}?epoch=${epoch}`} download>{`log of run ${epoch}`}</a>
      ))}
    </>
  )
}

/** A sentence about the failed and interrupted tries of a job; `null` if the page need not mention them. */
export function triesText({ attempt, stalls, status }: JobView): string | null {
  // The error describes the only try of a failed job.
  if (attempt + stalls <= (status === 'failed' ? 1 : 0)) return null
  const parts: string[] = []
  const total = attempt + stalls
  if (attempt > 0) parts.push(`${counted(attempt, 'try', 'tries')} failed`)
  if (stalls > 0) parts.push(`${counted(stalls, 'try', 'tries')} interrupted because the process died or was stopped`)
  const what = parts.join(' and ')
  if (status === 'failed') return `docspool gave up: ${what}.`
  if (status === 'completed') return `It took ${total + 1} tries: ${what}.`
  if (status === 'queued') return `${what}. It will be tried again automatically.`
  return `This is try ${total + 1}: ${what}.`
}
