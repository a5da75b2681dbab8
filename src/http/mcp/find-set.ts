/** Finds the documents that an agent means by the name of a repository. */

import { z } from 'zod'
import { JobId } from '#http/job-in-path.ts'
import { JobList } from '#http/jobs.ts'
import { JobView } from '#queue/contract.ts'
import { Refused, readJson, type Service } from './service.ts'

const DEFAULT_HOST = 'https://github.com/'
/** Repositories that are named when a name means several. */
const MOST_NAMED = 5
/** Jobs of one repository that are looked through. */
const MOST_JOBS = 100

/** The fields of a job that are needed here, from any version of the service. */
export const Job = JobView.pick({
  job_id: true,
  repo_url: true,
  status: true,
  progress: true,
  percent: true,
  completed_at: true,
  docs_path: true,
  commit_id: true,
  resolved_commit: true,
  options: true,
  error_code: true,
  error_message: true,
  hint: true,
})
export type Job = z.infer<typeof Job>
export const Jobs = JobList.pick({ next: true }).extend({ jobs: z.array(Job) })

/**
 * @param name - The id of a job, `owner/name`, `host/owner/name`, a URL, or the name alone.
 * @param revision - A branch or tag as it was submitted, or the start of a commit id; any by default.
 * @throws {Refused} `NO_SUCH_JOB`, `NO_DOCS`, `AMBIGUOUS_REPOSITORY`
 */
export async function findSet(
  service: Service,
  name: string,
  revision: string | undefined,
  signal?: AbortSignal,
): Promise<Job> {
  const jobs = await jobsOf(service, name, signal)
  const documented = jobs.filter((job) => job.docs_path !== null)
  const fitting = documented.filter((job) => revision === undefined || isOf(job, revision))
  // Jobs are listed newest first.
  const [best] = fitting.sort((a, b) => rankOf(a) - rankOf(b))
  if (best !== undefined) return best
  const [first] = documented.length === 0 ? jobs : []
  if (first !== undefined) {
    const detail = `There are no documents of ${name} yet: its job is ${first.status}. ${first.progress}`
    throw new Refused(404, { code: 'NO_DOCS', detail, hint: 'Ask job_status, or document_repository to run it again.' })
  }
  const which = documented.length === 0 ? '' : ` at ${revision}`
  throw new Refused(404, {
    code: 'NO_SUCH_JOB',
    detail: `There are no documents of ${JSON.stringify(name.slice(0, 200))}${which}.`,
    hint: 'list_repositories lists what there is; document_repository makes documents.',
  })
}

async function jobsOf(service: Service, name: string, signal: AbortSignal | undefined): Promise<Job[]> {
  if (JobId.safeParse(name).success) {
    const job = await readJson(service, `/api/job/${encodeURIComponent(name)}`, Job, { signal }).catch(unlessMissing)
    if (job !== undefined) return [job]
  }
  const listed = (query: Record<string, string>): Promise<Job[]> => {
    const path = `/api/jobs?${new URLSearchParams({ ...query, limit: String(MOST_JOBS) })}`
    return readJson(service, path, Jobs, { signal }).then(({ jobs }) => jobs)
  }
  const url = urlOf(name)
  const exact = url === undefined ? [] : ((await listed({ repo: url }).catch(unlessMissing)) ?? [])
  if (exact.length > 0 || name.includes('://')) return exact
  // On another host, or the last part of the address alone.
  const ending = `/${name.toLowerCase().replace(/\.git$/, '')}`
  const found = await listed({
    search: name
      .replace(/\.git$/i, '')
      .slice(-200)
      .replace(/^.*\//, ''),
  })
  const jobs = found.filter((job) =>
    job.repo_url
      .toLowerCase()
      .replace(/\.git$/, '')
      .endsWith(ending),
  )
  const urls = [...new Set(jobs.map((job) => job.repo_url))]
  if (urls.length > 1) throw ambiguous(name, urls)
  return jobs
}

function ambiguous(name: string, urls: readonly string[]): Refused {
  const shown = urls.slice(0, MOST_NAMED).join(', ') + (urls.length > MOST_NAMED ? ', …' : '')
  return new Refused(409, {
    code: 'AMBIGUOUS_REPOSITORY',
    detail: `${JSON.stringify(name.slice(0, 200))} is the name of several repositories: ${shown}.`,
    hint: 'Give the URL of one of them.',
  })
}

/** `pallets/flask` is on the host that most repositories are on. */
function urlOf(name: string): string | undefined {
  if (name.includes('://')) return name
  const parts = name.split('/')
  if (parts.length < 2 || parts.includes('')) return undefined
  return parts.length > 2 && parts[0]?.includes('.') ? `https://${name}` : DEFAULT_HOST + name
}

/** Not pinned to a commit and without options first. */
const rankOf = ({ commit_id, options }: Job): number =>
  (commit_id === null ? 0 : 1) + (Object.keys(options).length === 0 ? 0 : 2)

const isOf = ({ commit_id, resolved_commit }: Job, revision: string): boolean =>
  commit_id === revision ||
  (/^[0-9a-f]{4,40}$/i.test(revision) && resolved_commit?.startsWith(revision.toLowerCase()) === true)

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof Refused) || error.status === 429 || error.status >= 500 || error.status === 401) throw error
}
