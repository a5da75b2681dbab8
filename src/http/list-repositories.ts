/** Lists the documented repositories for the start page, a page at a time, from the list of jobs. */

import { findRepository, type RepositoryPolicy } from '#base/repository.ts'
import type { JobQueue, JobSnapshot, ListQuery } from '#queue/contract.ts'
import { isOfRepository, readJobOf } from '#queue/repository-documents.ts'
import type { RepositoryRow } from '#templates/repository-list.tsx'

interface RepositoryPage {
  /** The repository whose documents were submitted last comes first. */
  rows: RepositoryRow[]
  /** Cursors as in `JobPage`. */
  next: string | null
  previous: string | null
}

/** Limit on lists that are read for a page, since all of their jobs may be versions of one repository. */
const MAX_LISTS = 10

/**
 * A repository is on the page of the last submitted of its jobs with documents, so a page may have fewer rows than `limit`, or none.
 *
 * @param query - `limit` is the maximum number of repositories.
 */
export async function listRepositories(
  queue: Pick<JobQueue, 'list' | 'read'>,
  policy: RepositoryPolicy,
  query: ListQuery,
): Promise<RepositoryPage> {
  const groups = new Map<string, JobSnapshot[]>()
  const elsewhere = new Set<string>()
  const { after, before, ...rest } = query
  const isBackward = before !== undefined
  let cursor: Pick<ListQuery, 'after' | 'before'> = { ...(after && { after }), ...(before && { before }) }
  let next: string | null = null
  let previous: string | null = null
  for (let lists = 0; lists < MAX_LISTS && groups.size < query.limit; lists++) {
    const page = await queue.list({ ...rest, ...cursor, documented: true, limit: query.limit - groups.size })
    for (const job of isBackward ? page.jobs.toReversed() : page.jobs) {
      const url = job.view.repo_url
      if (elsewhere.has(url)) continue
      const group = groups.get(url)
      if (group !== undefined) group.push(job)
      else if (after === undefined && !isBackward) groups.set(url, [job])
      else if ((await newestOf(url)) === job.view.job_id) groups.set(url, [job])
      else if (!isBackward) elsewhere.add(url)
    }
    if (lists === 0 || isBackward) previous = page.previous
    if (lists === 0 || !isBackward) next = page.next
    const further = isBackward ? page.previous : page.next
    if (further === null) break
    cursor = isBackward ? { before: further } : { after: further }
  }
  const rows = await Promise.all([...groups.values()].map(rowOf))
  return { rows: isBackward ? rows.reverse() : rows, next, previous }

  async function newestOf(repoUrl: string): Promise<string | undefined> {
    const { jobs } = await queue.list({ repoUrl, documented: true, limit: 1 })
    return jobs[0]?.view.job_id
  }

  /** @param jobs - Some of a repository's jobs, the newest first. */
  async function rowOf(jobs: JobSnapshot[]): Promise<RepositoryRow> {
    const [newest] = jobs as [JobSnapshot]
    const repository = findRepository(newest.view.repo_url, policy)
    const main = repository && (await readJobOf(queue, repository, null))
    const shown = main !== undefined && isOfRepository(main) ? main : newest
    const others = jobs.filter(({ view }) => view.job_id !== shown.view.job_id)
    return { job: shown.view, others: others.map(({ view }) => view) }
  }
}
