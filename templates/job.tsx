/** The page of a job: its progress or result, actions, log and details. */

import type { EarlierEvents, JobView, ShownEvent } from '#queue/contract.ts'
import type { LogDigest } from '#queue/log-digest.ts'
import { docsHref, logHref } from './addresses.ts'
import { formatDuration } from './assets/duration.js'
import { counted, degradedText, formatAbout, formatCount, isUnfinished, repositoryName, stateOf } from './format.ts'
import { JobActions, OtherCommit } from './job-actions.tsx'
import { JobCommands } from './job-commands.tsx'
import { Commit, JobFacts, triesText } from './job-facts.tsx'
import { JobLog } from './job-log.tsx'
import { foundNothingNew, type Step, stepsOf } from './job-stages.ts'
import { Layout, MAIN, type PageProps } from './layout.tsx'
import { QueueNotices } from './notices.tsx'
import { Coded, StateBadge } from './parts.tsx'
import { remediesOf } from './remedies.ts'

/** Why a queued job is waiting. */
export interface Waiting {
  /** ISO 8601 UTC, while the queue is paused. */
  pausedSince: string | null
  /** A supervisor is running. */
  hasWorkers: boolean
  /** Estimated time until it starts, in milliseconds; `null` if unknown. */
  aboutMs: number | null
}

export interface JobPageProps extends PageProps {
  job: JobView
  /** The newest events of its log. */
  log: readonly ShownEvent[]
  /** What precedes them. */
  earlier: EarlierEvents
  /** The id of the last event shown, after which following continues. */
  after: string | null
  digest: LogDigest
  /** Set only for a queued job. */
  waiting?: Waiting | null
  /** `http://localhost:8000`. */
  origin: string
  /** Milliseconds since the epoch. */
  now: number
}

/** Interval at which the page is reloaded without JavaScript, in seconds. */
const REFRESH_S = 3

export function JobPage(props: JobPageProps) {
  const { job, log, earlier, after, digest, waiting = null, origin, now, asset, access } = props
  const name = repositoryName(job.repo_url)
  const isUpToDate = foundNothingNew(job, digest)
  return (
    <Layout
      title={`${stateOf(job)}: ${name} · docspool`}
      description={`Progress of the documentation job for ${name}.`}
      asset={asset}
      access={access}
      scripts={['job.js']}
      refreshSeconds={isUnfinished(job) ? REFRESH_S : undefined}
      kind="plain"
    >
      <main id={MAIN} class="narrow" tabindex={-1} data-job={job.job_id} data-status={job.status} data-now={now}>
        <p class="eyebrow">
          <a href="/">All documentation</a> · Job
        </p>
        <div class="row">
          <h1>{name}</h1>
          <StateBadge job={job} />
        </div>
        {waiting !== null && <QueueNotices pausedSince={waiting.pausedSince} hasWorkers={waiting.hasWorkers} />}
        {job.status === 'completed' && <Completed job={job} isUpToDate={isUpToDate} />}
        {job.status === 'failed' && <Failed job={job} />}
        {isUnfinished(job) && <Running job={job} digest={digest} waiting={waiting} now={now} />}
        <JobActions job={job} />
        {/* The progress of a queued job already says why it is waiting. */}
        {job.status !== 'queued' && <Warnings digest={digest} />}
        {!isUnfinished(job) && !isUpToDate && <Stages job={job} digest={digest} now={now} />}
        <JobLog
          log={log}
          earlier={earlier}
          after={after}
          isOpen={isUnfinished(job) || (job.status === 'failed' && log.length > 0)}
          isLive={job.status === 'processing'}
          href={job.epoch === 0 ? null : logHref(job.job_id)}
        />
        <JobFacts job={job} isUpToDate={isUpToDate} now={now} />
        <JobCommands job={job} origin={origin} access={access} />
      </main>
    </Layout>
  )
}

function Running({
  job,
  digest,
  waiting,
  now,
}: Pick<JobPageProps, 'job' | 'digest' | 'now'> & { waiting: Waiting | null }) {
  const isQueued = job.status === 'queued'
  // The progress text already gives the time of the next attempt and the number of attempts so far.
  const isRetry = isQueued && job.attempt > 0
  const tries = triesText(job)
  return (
    <section class="card" aria-label="Progress">
      <p class="progress-line">
        <span data-field="progress" aria-live="polite">
          {job.progress}
        </span>
        {!isQueued && <span class="percent" data-field="percent">{`${job.percent} %`}</span>}
      </p>
      {isQueued ? (
        !isRetry && <Position job={job} waiting={waiting} />
      ) : (
        <>
          <progress max={100} value={job.percent} aria-label="Progress in percent" data-field="bar" />
          <Steps steps={stepsOf(job, digest)} now={now} />
        </>
      )}
      {tries !== null && !isRetry && <p class="quiet">{tries}</p>}
      {job.follow_up && <p class="quiet">Another run was requested; it starts when this one has finished.</p>}
      {job.docs_path !== null && (
        <p class="quiet">
          Meanwhile, you can read <a href={docsHref(job.job_id)}>the previous version</a>.
        </p>
      )}
    </section>
  )
}

function Position({ job, waiting }: { job: JobView; waiting: Waiting | null }) {
  return (
    <>
      <p class="quiet" data-field="position">
        {job.queue_position === null
          ? 'Waiting for its turn'
          : `Number ${formatCount(job.queue_position)} in the queue`}
      </p>
      {waiting?.aboutMs != null && (
        <p class="quiet" data-field="estimate">
          {`It starts in ${formatAbout(waiting.aboutMs)}, judging by the duration of recent jobs.`}
        </p>
      )}
    </>
  )
}

function Steps({ steps, now }: { steps: Step[]; now: number }) {
  return (
    <ol class="steps">
      {steps.map(({ id, title, state, beganAt, tookMs }) => (
        <li class={`step step-${state}`} data-stage={id} aria-current={state === 'now' ? 'step' : undefined}>
          <span class="step-name">{title}</span>
          {state === 'failed' && <span class="unseen"> (failed here)</span>}
          {state === 'cancelled' && <span class="unseen"> (cancelled here)</span>}
          {state === 'skipped' && <span class="step-time"> not needed</span>}
          <StepTime state={state} beganAt={beganAt} tookMs={tookMs} now={now} />
        </li>
      ))}
    </ol>
  )
}

function StepTime({ state, beganAt, tookMs, now }: Pick<Step, 'state' | 'beganAt' | 'tookMs'> & { now: number }) {
  if (state === 'now' && beganAt !== null) {
    return (
      <span class="step-time" data-since={beganAt}>
        {formatDuration(now - Date.parse(beganAt))}
      </span>
    )
  }
  if (tookMs === null || state === 'ahead') return null
  return <span class="step-time">{formatDuration(tookMs)}</span>
}

/** The durations of the stages of a finished job, unless it was cancelled while it was waiting, so in none of them. */
function Stages({ job, digest, now }: Pick<JobPageProps, 'job' | 'digest' | 'now'>) {
  if (digest.stages.length === 0 || job.started_at === null) return null
  return (
    <section aria-labelledby="Stages">
      <h2 id="Stages">Stages</h2>
      <Steps steps={stepsOf(job, digest)} now={now} />
    </section>
  )
}

function Warnings({ digest: { warnings, warningCount } }: { digest: LogDigest }) {
  if (warningCount === 0) return null
  const more = warningCount - warnings.length
  return (
    <details class="warnings" open={warningCount <= 5}>
      <summary>{counted(warningCount, 'warning')}</summary>
      <ul>
        {warnings.map(({ level, text }) => (
          <li class={`warning-${level}`}>{text}</li>
        ))}
        {more > 0 && <li>{`and ${formatCount(more)} more in the log`}</li>}
      </ul>
    </details>
  )
}

function Completed({ job, isUpToDate }: { job: JobView; isUpToDate: boolean }) {
  const tries = triesText(job)
  return (
    <section class="card card-good" aria-label="Result">
      {isUpToDate && job.resolved_commit !== null ? (
        <p>
          Nothing has changed since commit <Commit job={job} commit={job.resolved_commit} />: its documentation already
          exists.
        </p>
      ) : (
        <p>{job.progress}</p>
      )}
      {tries !== null && <p class="quiet">{tries}</p>}
      {job.degraded !== null && <p>{degradedText(job.degraded)} “Document again” continues from the stored answers.</p>}
      {job.docs_path !== null && (
        <p class="actions">
          <a class="button button-main" href={docsHref(job.job_id)} data-docs>
            Read the documentation
          </a>
        </p>
      )}
    </section>
  )
}

function Failed({ job }: { job: JobView }) {
  const isCancelled = stateOf(job) === 'cancelled'
  const tries = isCancelled ? null : triesText(job)
  const advice = [...(job.hint === null ? [] : [job.hint]), ...remediesOf(job.error_code)]
  return (
    <section class={isCancelled ? 'card' : 'card card-bad'} aria-label={isCancelled ? 'Cancelled' : 'What went wrong'}>
      <p>
        <strong>{job.error_message ?? 'The job failed.'}</strong>
      </p>
      {advice.length === 1 && (
        <p>
          <Coded text={advice[0] ?? ''} />
        </p>
      )}
      {advice.length > 1 && (
        <>
          <p class="try">What to try</p>
          <ul>
            {advice.map((text) => (
              <li>
                <Coded text={text} />
              </li>
            ))}
          </ul>
        </>
      )}
      {job.error_code === 'NO_SUCH_COMMIT' && <OtherCommit job={job} />}
      {tries !== null && <p>{tries}</p>}
      {job.error_code !== null && !isCancelled && (
        <p class="quiet">
          Code <code>{job.error_code}</code>
        </p>
      )}
      {job.docs_path !== null && (
        <p>
          <a href={docsHref(job.job_id)}>Read the previous version</a>
        </p>
      )}
    </section>
  )
}
