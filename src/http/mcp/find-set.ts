/** Resolves the name of a repository to its documentation, for agents. */

import { z } from 'zod'
import { SSH_SHORT } from '#base/repository-hints.ts'
import { isOffRef, noticeOf } from '#base/unreachable-commit.ts'
import { DOCUMENTS_PATH, isOfRevision } from '#http/documents.ts'
import { JobId } from '#http/job-in-path.ts'
import { JobList } from '#http/jobs.ts'
import { JobView } from '#queue/contract.ts'
import { Refused, readJson, type Service } from './service.ts'
import type { ToolCall } from './tool.ts'

const DEFAULT_HOST = 'https://github.com/'
/** Maximum number of repositories named in the refusal of an ambiguous name. */
const MAX_NAMED = 5
/** Maximum number of pages of jobs that are searched for a part of a name. */
const MAX_PAGES = 10

/** The fields of a job that are needed here; reading no others allows services of other versions. */
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
}).extend({ commit_on_ref: JobView.shape.commit_on_ref.optional() })
export type Job = z.infer<typeof Job>
export const Jobs = JobList.pick({ next: true }).extend({ jobs: z.array(Job) })
/** Whether to list a job's documents unasked; false for commits of forks. */
export const isOffered = (job: Job): boolean => !isOffRef(job)

/**
 * Resolve the name of a repository to its documentation.
 *
 * @param given - The id of a job, `owner/name`, `host/owner/name`, a URL, `git@host:owner/name.git`, or the name alone.
 * @param revision - A branch or tag as it was submitted, or the start of a commit id; any by default.
 * @throws {Refused} `NO_SUCH_JOB`, `NO_DOCS`, `AMBIGUOUS_REPOSITORY`
 */
export async function findSet(
  { service, signal }: ToolCall,
  given: string,
  revision: string | undefined,
): Promise<Job> {
  const name = plainName(given)
  if (name === '') throw noSuchJob(given, revision)
  const wanted = { service, signal, revision }
  const job = (await byId(name, wanted)) ?? (await byRepository(name, wanted))
  if (job === undefined) throw noSuchJob(name, revision)
  if (job.docs_path === null) {
    const detail = `There are no documents of ${name} yet: its job is ${job.status}. ${job.progress}`
    throw new Refused(404, { code: 'NO_DOCS', detail, hint: NO_DOCS_HINT })
  }
  const notice = noticeOf(job)
  if (notice !== undefined) service.notice?.(notice)
  return job
}

const plainName = (given: string): string =>
  given
    .trim()
    .replace(/(?<!\/)\/+$/, '')
    .replace(SSH_SHORT, '$2/$3')

const noSuchJob = (name: string, revision: string | undefined): Refused =>
  new Refused(404, {
    code: 'NO_SUCH_JOB',
    detail: `There are no documents of ${JSON.stringify(name.slice(0, 200))}${revision === undefined ? '' : ` at ${revision}`}.`,
    hint: 'list_repositories lists the documented repositories; document_repository documents another one.',
  })

const NO_DOCS_HINT = 'Call job_status, or document_repository to run it again.'

interface Wanted {
  service: Service
  signal: AbortSignal | undefined
  revision: string | undefined
}

async function byId(name: string, wanted: Wanted): Promise<Job | undefined> {
  const { service, signal, revision } = wanted
  if (!JobId.safeParse(name).success) return undefined
  const job = await readJson(service, `/api/job/${encodeURIComponent(name)}`, Job, { signal }).catch(unlessMissing)
  if (job === undefined || revision === undefined || isOfRevision(job, revision)) return job
  return await documentsOf(job.repo_url, wanted)
}

async function byRepository(name: string, wanted: Wanted): Promise<Job | undefined> {
  const { service, signal } = wanted
  const url = urlOf(name)
  if (url !== undefined && name.includes('://')) return await documentsOf(url, wanted)
  let refused: unknown
  const exact =
    url === undefined
      ? undefined
      : await documentsOf(url, wanted).catch((error) => {
          if (!isCode(error, 'NO_DOCS')) throw error
          // Anybody may have submitted this repository, so look for others with this name.
          refused = error
        })
  if (exact !== undefined) return exact
  // The name may be that of a repository on another host, or the last part of its address.
  const urls = await repositoriesCalled(service, name, { documented: 'true' }, signal)
  if (urls.length > 1) throw ambiguous(name, urls)
  const found = urls[0] === undefined ? undefined : await documentsOf(urls[0], wanted)
  if (found === undefined && refused !== undefined) throw refused
  if (found !== undefined && url !== undefined && !hasHost(name)) {
    const called = JSON.stringify(name.slice(0, 200))
    service.notice?.(`${called} names no host and has no documents on github.com; these are of ${found.repo_url}.`)
  }
  return found
}

/** @throws {Refused} `NO_DOCS` if there is a job without documents; `NO_SUCH_JOB` if there are documents of other revisions. */
async function documentsOf(repo: string, { service, signal, revision }: Wanted): Promise<Job | undefined> {
  const query = new URLSearchParams({ repo, ...(revision !== undefined && { revision }) })
  return await readJson(service, `${DOCUMENTS_PATH}?${query}`, Job, { signal }).catch((error) => {
    if (isCode(error, 'NO_DOCS')) throw new Refused(404, { code: error.code, detail: error.detail, hint: NO_DOCS_HINT })
    if (isCode(error, 'NO_SUCH_VERSION')) throw noSuchJob(repo, revision)
    return unlessMissing(error)
  })
}

const isCode = (error: unknown, code: string): error is Refused => error instanceof Refused && error.code === code

/**
 * The URLs of the repositories that may be meant by a name, whether or not they have documents, the likeliest first.
 *
 * @param given - `owner/name`, `host/owner/name`, `git@host:owner/name.git`, or the name alone.
 * @throws {Refused} `AMBIGUOUS_REPOSITORY`
 */
export async function repositoriesMeant(service: Service, given: string, signal?: AbortSignal): Promise<string[]> {
  const name = plainName(given)
  if (name === '') return []
  const called = await repositoriesCalled(service, name, {}, signal)
  const url = urlOf(name)?.replace(/\.git$/i, '')
  const exact = called.filter(
    (other) => url !== undefined && other.replace(/\.git$/i, '').toLowerCase() === url.toLowerCase(),
  )
  if (exact.length === 0 && called.length > 1) throw ambiguous(name, called)
  return exact.length === 0 ? called : exact
}

/**
 * URLs of repositories whose last part, whole path, or host and path are the name. Anybody may create
 * `https://gitlab.com/anybody/pallets/flask`, so matching the end of a path is not enough.
 *
 * @throws {Refused} `AMBIGUOUS_REPOSITORY` when there are too many jobs to search them all.
 */
async function repositoriesCalled(
  service: Service,
  name: string,
  filter: { documented?: 'true' },
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const plain = name.replace(/\.git$/i, '')
  const wanted = plain.toLowerCase()
  const search = plain.slice(-200).replace(/^.*\//, '')
  const urls = new Set<string>()
  let next: string | null = `/api/jobs?${new URLSearchParams({ search, ...filter, limit: '100' })}`
  for (let pages = 0; next !== null; pages++) {
    // The pages so far have only the last submitted jobs, so the requested repository may not be among them.
    if (pages === MAX_PAGES) throw ambiguous(name, [...urls])
    const page: z.output<typeof Jobs> = await readJson(service, next, Jobs, { signal })
    for (const { repo_url: url } of page.jobs) {
      const parts = addressOf(url)
      const from = hasHost(wanted) ? 0 : wanted.includes('/') ? 1 : -1
      if (parts.slice(from).join('/') === wanted) urls.add(url)
    }
    next = page.next
  }
  return [...urls]
}

/** The host, without a user, and the parts of the path, in lower case. */
const addressOf = (url: string): string[] =>
  url
    .toLowerCase()
    .replace(/^[^/]*:\/\/(?:[^/@]*@)?/, '')
    .replace(/\.git$/, '')
    .split('/')

function ambiguous(name: string, urls: readonly string[]): Refused {
  const shown = urls.slice(0, MAX_NAMED).join(', ') + (urls.length > MAX_NAMED ? ', …' : '')
  return new Refused(409, {
    code: 'AMBIGUOUS_REPOSITORY',
    detail: `${JSON.stringify(name.slice(0, 200))} may be the name of several repositories${shown === '' ? '' : `: ${shown}`}.`,
    hint: 'Give the URL of one of them.',
  })
}

/** The URL of a repository; `undefined` for a name alone. `pallets/flask` is on the default host. */
function urlOf(name: string): string | undefined {
  if (name.includes('://')) return name
  const parts = name.split('/')
  if (parts.length < 2 || parts.includes('')) return undefined
  return hasHost(name) ? `https://${name}` : DEFAULT_HOST + name
}

/** `gitlab.com/owner/name`, but not `owner/name` or `group/owner/name`. */
function hasHost(name: string): boolean {
  const [host = '', ...path] = name.split('/')
  return path.length > 1 && /[.:]/.test(host)
}

/**
 * For `catch`: resolves to `undefined` if the request was refused, because then there is no such job; rethrows all other errors.
 */
function unlessMissing(error: unknown): undefined {
  if (error instanceof Refused && error.status < 500 && error.status !== 401 && error.status !== 429) return undefined
  throw error
}
