/** The start page: an introduction, the submission form, and the list of jobs with filters. Once something is documented, the list comes first. */

import { isFullUrl } from '#base/full-url.ts'
import { shellWord } from '#base/shell-word.ts'
import type { JobView, Status } from '#queue/contract.ts'
import { curlTo } from './access.ts'
import { indexHref } from './addresses.ts'
import { type AllowedSources, exampleUrl } from './allowed-repositories.ts'
import { formatCount, statusName } from './format.ts'
import { JobList, type JobListProps } from './job-list.tsx'
import { Layout, MAIN, type PageProps } from './layout.tsx'
import { NoJobs } from './no-jobs.tsx'
import { QueueNotices } from './notices.tsx'
import { Command } from './parts.tsx'
import { RepositoryList, type RepositoryRow } from './repository-list.tsx'
import { CrossSearchForm } from './search-box.tsx'
import { SubmitForm, type TypedFields } from './submit-form.tsx'

export interface Filter {
  /** `null` for the documented repositories instead of jobs. */
  status: Status | 'all' | null
  /** Part of a repository's name, or a URL; empty for all. */
  repo: string
}

export interface IndexPageProps extends PageProps {
  /** The documented repositories; `null` when jobs are listed because the filter is by a status. */
  repositories: RepositoryRow[] | null
  /** Newest first. With repositories: those that are running or waiting. */
  jobs: JobView[]
  counts: Record<Status, number>
  filter?: Filter
  /** Cursors of the neighbouring pages; `null` at the ends. */
  newer?: string | null
  older?: string | null
  pausedSince?: string | null
  hasWorkers?: boolean
  /** All documentation can be searched. */
  hasSearch?: boolean
  /** Average time between finished jobs, in milliseconds; `null` if unknown. */
  paceMs?: number | null
  allowed: AllowedSources
  /** The content of the form, and the error if it was refused. */
  form: TypedFields & { error: { detail: string; hint: string | null } | null }
  /** Models that a job may choose; empty without a model. */
  models?: readonly string[]
  /** `http://localhost:8000`. */
  origin: string
  /** Milliseconds since the epoch. */
  now: number
}

const SENTENCE =
  'docspool reads a git repository at one commit and writes browsable, cross-linked documentation from its code.'
const STATES: Status[] = ['completed', 'processing', 'queued', 'failed']
const NO_FILTER: Filter = { status: null, repo: '' }
/** Interval at which lists of unfinished jobs are reloaded without JavaScript, in seconds. */
const REFRESH_S = 10

export function IndexPage(props: IndexPageProps) {
  const { repositories, jobs, counts, form, origin, allowed, models = [], asset, access, now } = props
  const { filter = NO_FILTER, newer = null, older = null } = props
  const { pausedSince = null, hasWorkers = true, paceMs = null } = props
  const hasDocs = counts.completed > 0
  const submission = (
    <>
      <SubmitForm {...form} allowed={allowed} models={models} />
      <p class="or">or from a terminal</p>
      <Command line={`${curlTo('write', access)} -d repo_url=${exampleUrl(allowed)} ${shellWord(`${origin}/`)}`} />
    </>
  )
  const isUnderWay = filter.status === 'queued' || filter.status === 'processing'
  return (
    <Layout
      title={filter.status === null ? 'docspool' : `${nameOf(filter.status)} · docspool`}
      description={SENTENCE}
      asset={asset}
      access={access}
      scripts={['index.js']}
      refreshSeconds={isUnderWay && form.error === null ? REFRESH_S : undefined}
      kind="plain"
    >
      <main id={MAIN} tabindex={-1} data-now={now}>
        <section class={hasDocs ? 'home' : 'hero'}>
          <h1>{hasDocs ? 'Documentation' : 'Documentation for any git repository'}</h1>
          {!hasDocs && <p class="lead">{SENTENCE}</p>}
          <div data-live="notices">
            <QueueNotices pausedSince={pausedSince} hasWorkers={hasWorkers} />
          </div>
          {hasDocs ? (
            <details class="add" open={form.error !== null || form.repoUrl !== ''}>
              <summary class="button button-main">Document a repository…</summary>
              {submission}
            </details>
          ) : (
            submission
          )}
          {hasDocs && props.hasSearch === true && <CrossSearchForm query="" isFocused={false} />}
        </section>
        <section aria-labelledby="Jobs" id="List">
          <h2 id="Jobs">{repositories === null ? 'Jobs' : 'Repositories'}</h2>
          <div class="finder">
            <States counts={counts} filter={filter} />
            <Search filter={filter} />
          </div>
          <div data-live="jobs">
            {(repositories ?? jobs).length === 0 ? (
              <NoJobs counts={counts} filter={filter} allowed={allowed} isBeyond={newer !== null} />
            ) : repositories === null ? (
              <JobList jobs={jobs} now={now} paceMs={paceMs} />
            ) : (
              <RepositoryList rows={repositories} />
            )}
            <Pager filter={filter} newer={newer} older={older} />
          </div>
          <details class="terminal">
            <summary>{repositories === null ? 'This list' : 'The jobs'} from a terminal</summary>
            <Command
              line={`${curlTo('read', access)} -H 'Accept: text/plain' ${shellWord(origin + apiPath(filter))}`}
            />
          </details>
        </section>
        {repositories !== null && <UnfinishedJobs jobs={jobs} counts={counts} now={now} paceMs={paceMs} />}
      </main>
    </Layout>
  )
}

/** Waiting jobs in the order in which they start, after running ones. */
const byPosition = (a: JobView, b: JobView): number => (a.queue_position ?? 0) - (b.queue_position ?? 0)

function UnfinishedJobs({ jobs, counts, now, paceMs }: Pick<IndexPageProps, 'counts'> & JobListProps) {
  return (
    <section class="other-jobs" aria-label="Running and waiting" data-live="unfinished" hidden={jobs.length === 0}>
      <h2>Running and waiting</h2>
      <JobList jobs={jobs.toSorted(byPosition)} now={now} paceMs={paceMs} />
      {(['processing', 'queued'] as const).map((status) => {
        if (counts[status] <= jobs.filter((job) => job.status === status).length) return null
        return (
          <a href={indexHref({ status, repo: '' })}>{`All ${formatCount(counts[status])} ${statusName(status)}`}</a>
        )
      })}
    </section>
  )
}

/** The API path of the same list. */
function apiPath({ status, repo }: Filter): string {
  const parameters = new URLSearchParams()
  if (status !== null && status !== 'all') parameters.set('status', status)
  if (repo !== '') parameters.set(isFullUrl(repo) ? 'repo' : 'search', repo)
  return `/api/jobs${parameters.size === 0 ? '' : `?${parameters}`}`
}

const nameOf = (status: Filter['status']): string =>
  status === null ? 'repositories' : status === 'all' ? 'all jobs' : statusName(status)

function States({ counts, filter }: { counts: Record<Status, number>; filter: Filter }) {
  const all = STATES.reduce((sum, state) => sum + counts[state], 0)
  const entries = [
    { state: null, kind: 'repositories', count: null },
    { state: 'all' as const, kind: 'all', count: all },
    ...STATES.map((state) => ({ state, kind: state, count: counts[state] })),
  ]
  return (
    <nav aria-label="Jobs by state" data-live="states">
      <ul class="states">
        {entries.map(({ state, kind, count }) => (
          <li>
            <a
              href={indexHref({ ...filter, status: state })}
              class={`state state-${kind}`}
              aria-current={state === filter.status ? 'page' : undefined}
            >
              {nameOf(state)}
              {count !== null && (
                <>
                  {' '}
                  <strong>{formatCount(count)}</strong>
                </>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Search({ filter }: { filter: Filter }) {
  return (
    <search>
      <form class="find" method="get" action="/#List">
        {filter.status !== null && <input type="hidden" name="status" value={filter.status} />}
        <input
          type="search"
          name="repo"
          aria-label="Filter by repository"
          placeholder="Filter by repository"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxlength={200}
          value={filter.repo}
        />
        <button class="button" type="submit">
          Filter
        </button>
        {filter.repo !== '' && <a href={indexHref({ ...filter, repo: '' })}>Clear</a>}
      </form>
    </search>
  )
}

function Pager({ filter, newer, older }: { filter: Filter; newer: string | null; older: string | null }) {
  if (newer === null && older === null) return null
  return (
    <nav class="pager" aria-label="Pages of the list">
      {newer !== null && (
        <>
          <a href={indexHref(filter)}>Newest</a>
          <a href={indexHref({ ...filter, before: newer })} rel="prev">
            ← Newer
          </a>
        </>
      )}
      {older !== null && (
        <a class="pager-older" href={indexHref({ ...filter, after: older })} rel="next">
          Older →
        </a>
      )}
    </nav>
  )
}
