/** Shown instead of an empty list of jobs: the reason, and what to do. */

import { BadRepositoryUrl } from '#base/bad-repository-url.ts'
import { isFullUrl } from '#base/full-url.ts'
import { parseRepository } from '#base/repository.ts'
import type { Status } from '#queue/contract.ts'
import { indexHref } from './addresses.ts'
import type { AllowedSources } from './allowed-repositories.ts'
import { statusName } from './format.ts'
import type { Filter } from './index.tsx'

export interface NoJobsProps {
  counts: Record<Status, number>
  filter: Filter
  /** The page is after the end of the list. */
  isBeyond: boolean
  allowed: AllowedSources
}

const NONE: Record<Status, { title: string; text: string }> = {
  queued: { title: 'No jobs are waiting.', text: 'Jobs appear here while they wait for others to finish.' },
  processing: { title: 'No jobs are running.', text: 'Running jobs appear here with their stage and progress.' },
  completed: {
    title: 'No jobs are completed yet.',
    text: 'Completed jobs appear here with links to their documentation.',
  },
  failed: {
    title: 'No jobs have failed or been cancelled.',
    text: 'Failed and cancelled jobs appear here with the reason, and can be retried.',
  },
}

const NO_DOCUMENTS = {
  title: 'No repository is documented yet.',
  text: 'Repositories appear here when their first job is completed.',
}

const FIRST_RUNS = {
  title: 'The first repository is being documented.',
  text: 'It appears here when its job is completed.',
}

export function NoJobs({ counts, filter, isBeyond, allowed }: NoJobsProps) {
  const hasAny = Object.values(counts).some((count) => count > 0)
  const { status } = filter
  if (isBeyond) {
    return (
      <div class="empty">
        <p>
          <strong>{status === null ? 'There are no more repositories.' : 'There are no more jobs.'}</strong>
        </p>
        <p>
          <a href={indexHref(filter)}>Show the newest</a>
        </p>
      </div>
    )
  }
  if (filter.repo !== '') return <NoMatch filter={filter} allowed={allowed} />
  if (status !== 'all' && hasAny) {
    const { title, text } =
      status !== null ? NONE[status] : counts.queued + counts.processing > 0 ? FIRST_RUNS : NO_DOCUMENTS
    return (
      <div class="empty">
        <p>
          <strong>{title}</strong>
        </p>
        <p>
          {text} <a href={indexHref({ status: 'all', repo: '' })}>Show all jobs</a>
        </p>
      </div>
    )
  }
  return <GetStarted />
}

function NoMatch({ filter, allowed }: { filter: Filter; allowed: AllowedSources }) {
  const address = addressIn(filter.repo, allowed)
  const { status } = filter
  const kind = status === null ? 'documented repository' : status === 'all' ? 'job' : `${statusName(status)} job`
  return (
    <div class="empty">
      <p>
        <strong>{`No ${kind} matches “${filter.repo}”.`}</strong>
      </p>
      <ul class="widen">
        {status !== 'all' && (
          <li>
            <a href={indexHref({ status: 'all', repo: filter.repo })}>Search all jobs</a>
          </li>
        )}
        <li>
          Search for a part of the owner’s or the repository’s name, such as <code>flask</code> or <code>pallets/</code>
        </li>
        <li>
          <a href={indexHref({ status, repo: '' })}>Clear the search</a>
        </li>
        {address !== null && (
          <li>
            <a href={`/?repo_url=${encodeURIComponent(address)}#RepoUrl`}>{`Document ${address}`}</a>
          </li>
        )}
      </ul>
    </div>
  )
}

/** The search text as a URL that the form accepts; `null` if it cannot be one. */
function addressIn(text: string, { hosts, isPrivateAllowed, isFolderAllowed }: AllowedSources): string | null {
  if (/^file:/i.test(text)) return isFolderAllowed ? text : null
  if (!isFullUrl(text) && !/^[\w.-]+(?::\d{1,5})?(?:\/[\w.-]+)+$/.test(text)) return null
  const isOnGitHub = /^[\w-]+\/[^/]+$/.test(text)
  const address = isFullUrl(text) ? text : isOnGitHub ? `https://github.com/${text}` : `https://${text}`
  try {
    return parseRepository(address, { allowedHosts: hosts, allowPrivateNetworks: isPrivateAllowed, localRepos: [] }).url
  } catch (error) {
    if (error instanceof BadRepositoryUrl) return null
    throw error
  }
}

function GetStarted() {
  return (
    <div class="empty empty-long">
      <p>
        <strong>Nothing here yet.</strong>
      </p>
      <ol>
        <li>Paste the address of a repository above and choose “Document it”, or run the command below the form.</li>
        <li>
          The latest commit of the repository is fetched and analysed statically; none of its code is run. A small
          repository takes seconds. The job’s page shows its progress.
        </li>
        <li>
          Then the job appears here, and its documentation can be read in the browser, searched, and downloaded as a{' '}
          <code>.zip</code>.
        </li>
      </ol>
    </div>
  )
}
