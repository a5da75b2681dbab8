/**
 * The documents of a repository. Whatever shows a repository by them asks here: its versions, feed and badge, agents, the search
 * over all repositories.
 *
 * Anybody may submit jobs of a repository, most of which may never have documents, and commits that only a fork or a pull request
 * has: hosts give those out under the URL of the original. So the default branch is read by its id, however many jobs there are,
 * and a commit that no branch or tag was seen to lead to is left out; whoever asks for it by its id or its job gets it.
 */

import { isOffRef } from '#base/commit-id.ts'
import { isListed } from '#base/private-jobs.ts'
import { findRepository, type Repository, type RepositoryPolicy } from '#base/repository.ts'
import type { JobQueue, JobSnapshot } from './contract.ts'
import { findJobId } from './find-job-id.ts'

export interface RepositoryDocuments {
  /** As its jobs name it: hosts that ignore case have several spellings, of which that of the default branch's job counts. */
  repoUrl: string
  /** The default branch with the default options. */
  latest: JobSnapshot | undefined
  /** All of them: `latest` first, then by the last submission, the newest first. At most `MAX_DOCUMENTS`. */
  jobs: JobSnapshot[]
}

/** A job with documents that are shown as those of its repository. */
export const isOfRepository = ({ view, docsKey }: JobSnapshot): boolean =>
  docsKey !== null && isListed(view.job_id) && !isOffRef(view)

const MAX_DOCUMENTS = 1_000
/** Anybody may submit a version with ever other options: of those, so many are of the repository. */
const MAX_WITH_OPTIONS = 100
/** Jobs that are read, whether they count or not. */
const MAX_READ = 10_000
const PAGE = 100

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
  let read = 0
  const counts = (job: JobSnapshot): boolean => {
    if (!isOfRepository(job) || job.view.job_id === latest?.view.job_id) return false
    return Object.keys(job.view.options).length === 0 || ++withOptions <= MAX_WITH_OPTIONS
  }
  for (const url of new Set([spelling, repoUrl])) {
    for (let after: string | null = ''; after !== null && jobs.length < MAX_DOCUMENTS && read < MAX_READ; ) {
      const page = await queue.list({ repoUrl: url, documented: true, limit: PAGE, ...(after !== '' && { after }) })
      jobs.push(...page.jobs.filter(counts))
      read += page.jobs.length
      after = page.next
    }
  }
  return { repoUrl: spelling, latest, jobs }
}

/** The job of a branch, tag or commit with the default options, by its id. */
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
