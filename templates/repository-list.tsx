/** The list of documented repositories: a row each, with its versions and a link to its jobs. `index.js` keeps it up to date. */

import type { JobView } from '#queue/contract.ts'
import { docsHref, indexHref } from './addresses.ts'
import { formatCount, repositoryName, shortCommit } from './format.ts'
import { JobVersion, variantOf } from './job-list.tsx'
import { StateBadge, Time } from './parts.tsx'

export interface RepositoryRow {
  /** The job whose documents the name links to: those of the default branch if there are any. */
  job: JobView
  /** Some of the other jobs with documents, the last submitted first. */
  others: JobView[]
}

/** Maximum number of versions shown; the link to the jobs lists all. */
const MAX_VERSIONS = 4

export function RepositoryList({ rows }: { rows: RepositoryRow[] }) {
  return (
    <ul class="jobs">
      {rows.map(({ job, others }) => (
        <li class="job repository" data-key={job.repo_url}>
          <div class="job-name">
            <a class="job-link" href={docsHref(job.job_id)}>
              {repositoryName(job.repo_url)}
            </a>
            <JobVersion job={job} />
          </div>
          <div class="versions">
            <StateBadge job={job} />
            {others.slice(0, MAX_VERSIONS).map((other) => (
              <a class="version" href={docsHref(other.job_id)}>
                {versionName(other)}
              </a>
            ))}
            {others.length > MAX_VERSIONS && (
              <span class="quiet">{`and ${formatCount(others.length - MAX_VERSIONS)} more`}</span>
            )}
          </div>
          <div class="job-time quiet">
            <Time iso={job.documented_at ?? job.submitted_at} />
          </div>
          <a
            class="job-more"
            href={indexHref({ status: 'all', repo: job.repo_url })}
            aria-label={`Jobs of ${repositoryName(job.repo_url)}`}
          >
            Jobs
          </a>
        </li>
      ))}
    </ul>
  )
}

const versionName = ({ commit_id, resolved_commit, options }: JobView): string =>
  [shortCommit(commit_id ?? resolved_commit ?? 'default branch'), ...variantOf(options)].join(', ')
