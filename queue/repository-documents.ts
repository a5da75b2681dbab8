/**
 * Reads the documents of a repository, for its versions, feed and badge, for agents, and for the search over all repositories.
 *
 * Anybody may submit jobs of a repository, most of which may never have documents, and commits that exist only in a fork or a pull
 * request, because hosts serve those under the URL of the original. So the default branch is read by its job id, however many jobs
 * there are, and a commit that is not known to be on a branch or tag is left out; it can still be read by its id or its job.
 */

import { isListed } from '#base/private-jobs.ts'
import { findRepository, type Repository, type RepositoryPolicy } from '#base/repository.ts'
import { isOffRef } from '#base/unreachable-commit.ts'
import type { JobQueue, JobSnapshot } from './contract.ts'
import { findJobId } from './find-job-id.ts'

export interface RepositoryDocuments {
  /** The URL as spelled by the job of the default branch; on hosts that ignore case, jobs may spell it differently. */
  repoUrl: string
  /** The job of the default branch with the default options, if it has documents. */
  latest: JobSnapshot | undefined
  /**
   * All jobs with documents, at most about `MAX_DOCUMENTS`: `latest` first, then branches and tags with the default options, then
   * others, each the most recently submitted first.
   */
  jobs: JobSnapshot[]
}

/** Whether the documents of a job are shown as those of its repository. */
export const isOfRepository = ({ view, docsKey }: JobSnapshot): boolean =>
  docsKey !== null && isListed(view.job_id) && !isOffRef(view)

const MAX_DOCUMENTS = 1_000
/** Limit on jobs with other than the default options, because anybody may submit any number of them. */
const MAX_WITH_OPTIONS = 100
/** Maximum number of list pages read, of branches and tags and again of others; a page may be empty. */
const MAX_PAGES = 100
const PAGE_SIZE = 100

export async function readDocuments(
  queue: Pick<JobQueue, 'list' | 'read'>,
  repoUrl: string,
  policy: RepositoryPolicy,
): Promise<RepositoryDocuments> {
  const repository = findRepository(repoUrl, policy)
  const main = repository && (await readJobOf(queue, repository, null))
  const latest = main !== undefined && isOfRepository(main) ? main : undefined
  const spelling = latest?.view.repo_url ?? repoUrl
  const jobs = latest === undefined ? [] : [latest]
  let withOptions = 0
  // Branches and tags first: their number is limited by the repository, that of commits and options by nothing.
  for (const ofNamedRef of [true, false]) {
    let pages = 0
    for (const url of new Set([spelling, repoUrl])) {
      for (let after: string | null = ''; after !== null; ) {
        if (jobs.length >= MAX_DOCUMENTS || pages++ >= MAX_PAGES) break
        const query = { repoUrl: url, documented: true, ofNamedRef, limit: PAGE_SIZE }
        const page = await queue.list({ ...query, ...(after !== '' && { after }) })
        for (const job of page.jobs) {
          if (!isOfRepository(job) || job.view.job_id === latest?.view.job_id) continue
          const hasOptions = Object.keys(job.view.options).length > 0
          if (hasOptions && ++withOptions > MAX_WITH_OPTIONS) continue
          jobs.push(job)
        }
        after = page.next
      }
    }
  }
  return { repoUrl: spelling, latest, jobs }
}

/** Read the job of a branch, tag or commit with the default options, by its job id. */
export async function readJobOf(
  queue: Pick<JobQueue, 'read'>,
  repository: Repository,
  commitId: string | null,
): Promise<JobSnapshot | undefined> {
  const readJob = async (jobId: string) => {
    const view = (await queue.read(jobId))?.view
    return view && { repoUrl: view.repo_url, commitId: view.commit_id, options: view.options }
  }
  return queue.read(await findJobId(readJob, repository, { commitId, options: {}, secret: null }))
}
