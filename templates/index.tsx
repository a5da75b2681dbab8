/** The first page: what this is, the form, and what was made lately. */

import type { JobView, Status } from '#queue/contract.ts'
import { docsHref, jobHref, shellWord } from './addresses.ts'
import { formatCount, repositoryName, shortCommit } from './format.ts'
import { Layout, MAIN, type PageProps } from './layout.tsx'
import { Command, StateBadge, Time } from './parts.tsx'

export interface IndexPageProps extends PageProps {
  /** Newest first. */
  jobs: JobView[]
  counts: Record<Status, number>
  /** ISO 8601 UTC, while an operator keeps jobs from beginning. */
  pausedSince?: string | null
  /** What stands in the form, and why it came back. */
  form: { repoUrl: string; commitId: string; error: { detail: string; hint: string | null } | null }
  /** `http://localhost:8000`. */
  origin: string
}

const EXAMPLE = 'https://github.com/pallets/flask'
const SENTENCE =
  'docspool reads a git repository at one commit and writes browsable, cross-linked documentation from its code.'
const STATES: Status[] = ['completed', 'processing', 'queued', 'failed']

export function IndexPage({ jobs, counts, pausedSince = null, form, origin, asset }: IndexPageProps) {
  return (
    <Layout title="docspool" description={SENTENCE} asset={asset} kind="plain">
      <main id={MAIN} tabindex={-1}>
        <section class="hero">
          <h1>Documentation for any git repository</h1>
          <p class="lead">{SENTENCE}</p>
          {pausedSince !== null && <Paused since={pausedSince} />}
          <SubmitForm {...form} />
          <p class="or">or from a terminal</p>
          <Command line={`curl -d repo_url=${EXAMPLE} ${shellWord(`${origin}/`)}`} />
        </section>
        <section aria-labelledby="Recent">
          <div class="row">
            <h2 id="Recent">Recent documentation</h2>
            <Counts counts={counts} />
          </div>
          {jobs.length === 0 ? <Empty /> : <Jobs jobs={jobs} />}
        </section>
      </main>
    </Layout>
  )
}

function Paused({ since }: { since: string }) {
  return (
    <p class="card" role="status">
      <strong>The queue is paused</strong> (<Time iso={since} />
      ). Submissions are accepted and wait.
    </p>
  )
}

function SubmitForm({ repoUrl, commitId, error }: IndexPageProps['form']) {
  const isRefused = error !== null
  return (
    <form class="card submit" method="post" action="/">
      {isRefused && (
        <div class="alert" id="Refused" role="alert">
          <p>{error.detail}</p>
          {error.hint !== null && <p class="quiet">{error.hint}</p>}
        </div>
      )}
      <div class="field field-wide">
        <label for="RepoUrl">Repository</label>
        <input
          id="RepoUrl"
          name="repo_url"
          type="text"
          inputmode="url"
          autocomplete="url"
          autocapitalize="off"
          spellcheck={false}
          required
          placeholder={EXAMPLE}
          value={repoUrl}
          autofocus={isRefused}
          aria-invalid={isRefused ? 'true' : undefined}
          aria-describedby={isRefused ? 'Refused' : undefined}
        />
      </div>
      <div class="field">
        <label for="CommitId">
          Commit, branch or tag <span class="quiet">(optional)</span>
        </label>
        <input
          id="CommitId"
          name="commit_id"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="newest"
          value={commitId}
        />
      </div>
      <button class="button button-main" type="submit">
        Document it
      </button>
    </form>
  )
}

function Counts({ counts }: { counts: Record<Status, number> }) {
  return (
    <ul class="counts" aria-label="Jobs by state">
      {STATES.map((state) => (
        <li class={`count count-${state}`}>
          <strong>{formatCount(counts[state])}</strong> {state}
        </li>
      ))}
    </ul>
  )
}

function Empty() {
  return (
    <div class="empty">
      <p>
        <strong>Nothing here yet.</strong>
      </p>
      <p>
        Paste the address of a repository above and choose “Document it”. A small one takes seconds; its page shows how
        far it is.
      </p>
    </div>
  )
}

function Jobs({ jobs }: { jobs: JobView[] }) {
  return (
    <ul class="jobs">
      {jobs.map((job) => (
        <li class="job">
          <div class="job-name">
            <a class="job-link" href={job.docs_path === null ? jobHref(job.job_id) : docsHref(job.job_id)}>
              {repositoryName(job.repo_url)}
            </a>
            <Version job={job} />
          </div>
          <div class="job-state">
            <StateBadge job={job} />
            {job.status === 'processing' && <span class="quiet">{`${job.percent} %`}</span>}
            {job.queue_position !== null && <span class="quiet">{`number ${formatCount(job.queue_position)}`}</span>}
          </div>
          <div class="job-time quiet">
            <Time iso={job.completed_at ?? job.started_at ?? job.created_at} />
          </div>
          <a class="job-more" href={jobHref(job.job_id)} aria-label={`Job of ${repositoryName(job.repo_url)}`}>
            Job
          </a>
        </li>
      ))}
    </ul>
  )
}

function Version({ job }: { job: JobView }) {
  const commit = job.resolved_commit ?? job.commit_id
  if (commit === null) return null
  return <code class="commit">{shortCommit(commit)}</code>
}
