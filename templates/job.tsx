/** One job: how far it is, why it failed, and what can be done with it. It keeps itself up to date. */

import type { JobView, ShownEvent } from '#queue/contract.ts'
import { docsHref, jobHref, logHref, shellWord } from './addresses.ts'
import { formatCount, isUnfinished, repositoryName, shortCommit, stateOf } from './format.ts'
import { JobLog } from './job-log.tsx'
import { Layout, MAIN, type PageProps } from './layout.tsx'
import { Command, RepositoryLink, StateBadge, Time } from './parts.tsx'
import { stepsOf } from './stages.ts'

export interface JobPageProps extends PageProps {
  job: JobView
  /** The newest lines of its log. */
  log: readonly ShownEvent[]
  /** The id of the last of them, to follow the job from. */
  after: string | null
  /** `http://localhost:8000`. */
  origin: string
}

/** Seconds between two loads of the page where there is no JavaScript. */
const REFRESH_S = 3

export function JobPage({ job, log, after, origin, asset }: JobPageProps) {
  const name = repositoryName(job.repo_url)
  return (
    <Layout
      title={`${stateOf(job)}: ${name} · docspool`}
      description={`The documentation of ${name}: how far it is.`}
      asset={asset}
      scripts={['job.js']}
      refreshSeconds={isUnfinished(job) ? REFRESH_S : undefined}
      kind="plain"
    >
      <main id={MAIN} class="narrow" tabindex={-1} data-job={job.job_id} data-status={job.status}>
        <p class="eyebrow">Job</p>
        <div class="row">
          <h1>{name}</h1>
          <StateBadge job={job} />
        </div>
        {job.status === 'completed' && <Completed job={job} />}
        {job.status === 'failed' && <Failed job={job} />}
        {isUnfinished(job) && <Running job={job} />}
        <Actions job={job} />
        <JobLog
          log={log}
          after={after}
          isOpen={isUnfinished(job)}
          href={job.epoch === 0 ? null : logHref(job.job_id)}
        />
        <Facts job={job} />
        <h2>From a terminal</h2>
        <Command line={curlOf(job, origin)} />
      </main>
    </Layout>
  )
}

/** Follows a job that is under way; shows one that has ended. */
function curlOf(job: JobView, origin: string): string {
  const address = `${origin}/api/job/${encodeURIComponent(job.job_id)}`
  return isUnfinished(job)
    ? `curl -N -H 'Accept: text/plain' ${shellWord(`${address}/events`)}`
    : `curl ${shellWord(address)}`
}

function Running({ job }: { job: JobView }) {
  const isQueued = job.status === 'queued'
  return (
    <section class="card" aria-label="Progress">
      <p class="progress-line">
        <span data-field="progress" aria-live="polite">
          {job.progress}
        </span>
        {!isQueued && <span class="percent" data-field="percent">{`${job.percent} %`}</span>}
      </p>
      {isQueued ? (
        <p class="quiet" data-field="position">
          {job.queue_position === null
            ? 'Waiting for its turn'
            : `Number ${formatCount(job.queue_position)} in the queue`}
        </p>
      ) : (
        <>
          <progress max={100} value={job.percent} aria-label="Progress in percent" data-field="bar" />
          <ol class="steps">
            {stepsOf(job).map((step) => (
              <li
                class={`step step-${step.state}`}
                data-stage={step.id}
                aria-current={step.state === 'now' ? 'step' : undefined}
              >
                {step.title}
              </li>
            ))}
          </ol>
        </>
      )}
      {job.docs_path !== null && (
        <p class="quiet">
          <a href={docsHref(job.job_id)}>The version before this one</a> can be read meanwhile.
        </p>
      )}
    </section>
  )
}

function Completed({ job }: { job: JobView }) {
  return (
    <section class="card card-good" aria-label="Result">
      <p>{job.progress}</p>
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
  return (
    <section class={isCancelled ? 'card' : 'card card-bad'} aria-label="What went wrong">
      <p>
        <strong>{job.error_message ?? 'The job failed.'}</strong>
      </p>
      {job.hint !== null && <p>{job.hint}</p>}
      {job.error_code !== null && (
        <p class="quiet">
          Code <code>{job.error_code}</code>
        </p>
      )}
      {job.docs_path !== null && (
        <p>
          <a href={docsHref(job.job_id)}>Read the version before this one</a>
        </p>
      )}
    </section>
  )
}

function Actions({ job }: { job: JobView }) {
  if (isUnfinished(job)) {
    return (
      <div class="actions">
        <Action job={job} verb="cancel" label="Cancel" />
      </div>
    )
  }
  return (
    <div class="actions">
      <Action job={job} verb="retry" label={job.status === 'completed' ? 'Document again' : 'Try again'} />
      <details class="confirm">
        <summary class="button">Delete…</summary>
        <div class="confirm-box">
          <p>Forget this job? Its documentation is no longer served.</p>
          <Action job={job} verb="delete" label="Delete it" isDangerous />
        </div>
      </details>
    </div>
  )
}

interface ActionProps {
  job: JobView
  verb: 'cancel' | 'retry' | 'delete'
  label: string
  isDangerous?: boolean
}

function Action({ job, verb, label, isDangerous = false }: ActionProps) {
  return (
    <form method="post" action={`${jobHref(job.job_id)}/${verb}`}>
      <button class={isDangerous ? 'button button-danger' : 'button'} type="submit">
        {label}
      </button>
    </form>
  )
}

function Facts({ job }: { job: JobView }) {
  return (
    <dl class="facts">
      <dt>Repository</dt>
      <dd>
        <RepositoryLink repoUrl={job.repo_url} />
      </dd>
      <dt>Asked for</dt>
      <dd>{job.commit_id === null ? 'the newest commit' : <code>{shortCommit(job.commit_id)}</code>}</dd>
      {job.resolved_commit !== null && (
        <>
          <dt>Documented</dt>
          <dd>
            <code>{shortCommit(job.resolved_commit)}</code>
          </dd>
        </>
      )}
      <dt>Submitted</dt>
      <dd>
        <Time iso={job.created_at} />
      </dd>
      {job.started_at !== null && (
        <>
          <dt>Started</dt>
          <dd>
            <Time iso={job.started_at} />
          </dd>
        </>
      )}
      {job.completed_at !== null && (
        <>
          <dt>Ended</dt>
          <dd>
            <Time iso={job.completed_at} />
          </dd>
        </>
      )}
      <dt>Written by</dt>
      <dd>{job.main_model === 'offline' ? 'static analysis alone' : job.main_model}</dd>
      {job.attempt + job.stalls > 0 && (
        <>
          <dt>Tries before</dt>
          <dd>{`${job.attempt} failed, ${job.stalls} interrupted`}</dd>
        </>
      )}
    </dl>
  )
}
