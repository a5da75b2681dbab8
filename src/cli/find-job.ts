/** Finds the job that a user means by naming a repository instead of a job id. */

import { AppError } from '#base/errors.ts'
import { append } from '#base/long-arrays.ts'
import { isOfRevision } from '#http/documents.ts'
import { JobId } from '#http/job-in-path.ts'
import { type Job, Jobs, repositoriesMeant } from '#http/mcp/find-set.ts'
import { Refused, readJson } from '#http/mcp/service.ts'
import { ReportedError } from '#queue/errors.ts'
import { remoteService } from './remote-service.ts'
import { isAddress, NoSuchFolder, urlOfKnown } from './repository-argument.ts'
import { NO_SUCH_JOB_HINT, type Service } from './service-client.ts'
import { warn } from './terminal.ts'

/** Maximum number of pages of a repository's jobs that are searched for a revision. */
const MAX_PAGES = 10

/** Thrown when the server has no job of the repository. */
class NoSuchJob extends AppError {
  readonly code = 'NO_SUCH_JOB'
  override readonly hint = NO_SUCH_JOB_HINT
}

export interface MeantJob {
  service: Service
  signal: AbortSignal
  /** The id of a job, a URL, a folder, or a name that `ask` takes. */
  given: string
  /** A branch or tag as it was submitted, or the start of a commit id; any by default. */
  revision: string | undefined
}

/**
 * Run a command for the selected job. An id is used as it is, without looking it up first.
 *
 * @throws {ReportedError | NoSuchJob} Also what `run` throws.
 */
export async function withJob<T>(meant: MeantJob, run: (jobId: string) => Promise<T>): Promise<T> {
  const { given, revision } = meant
  if (revision !== undefined || !JobId.safeParse(given).success) return await run(await findJob(meant))
  try {
    return await run(given)
  } catch (error) {
    if (!(error instanceof ReportedError) || error.code !== 'NO_SUCH_JOB') throw error
  }
  return await run(await findJob(meant))
}

/**
 * The newest job of a repository, of any branch by default. If there are others, a message says which one was selected.
 *
 * @throws {ReportedError | NoSuchJob}
 */
async function findJob({ service: server, signal, given, revision }: MeantJob): Promise<string> {
  const service = remoteService(server)
  try {
    const url = urlMeant(given)
    const isName = !isAddress(given)
    let jobs =
      url === undefined
        ? []
        : await jobsOf(url).catch((error) => {
            // A local folder may have this name by coincidence.
            if (isName && error instanceof Refused && error.status < 500) return []
            throw error
          })
    if (jobs.length === 0 && isName) {
      for (const found of await repositoriesMeant(service, given, signal)) {
        if (jobs.length === 0) jobs = await jobsOf(found)
      }
    }
    const [newest] = jobs
    if (newest === undefined) {
      const what = JSON.stringify(given.slice(0, 200))
      throw new NoSuchJob(`There is no job of ${what}${revision === undefined ? '' : ` at ${revision}`}.`)
    }
    if (jobs.length > 1) warn(`${newest.repo_url} has several jobs. This is the newest: ${textOf(newest)}.`)
    return newest.job_id
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const hint = error.code === 'AMBIGUOUS_REPOSITORY' ? 'Give the URL of one of them.' : null
    throw new ReportedError({ code: error.code, message: error.detail, hint })
  }

  /** The newest jobs first: all of the first pages, if a revision is wanted, and otherwise two at most. */
  async function jobsOf(repo: string): Promise<Job[]> {
    const jobs: Job[] = []
    const limit = revision === undefined ? '2' : '100'
    let next: string | null = `/api/jobs?${new URLSearchParams({ repo, limit })}`
    for (let pages = 0; next !== null && pages < MAX_PAGES && jobs.length < 2; pages++) {
      const page: { jobs: Job[]; next: string | null } = await readJson(service, next, Jobs, { signal })
      append(
        jobs,
        page.jobs.filter((job) => revision === undefined || isOfRevision(job, revision)),
      )
      next = page.next
    }
    return jobs
  }
}

/** The URL of a repository that is given as for `submit`; its folder may no longer exist. */
function urlMeant(text: string): string | undefined {
  try {
    return urlOfKnown(text)
  } catch (error) {
    if (!(error instanceof NoSuchFolder)) throw error
    return undefined
  }
}

function textOf({ job_id, commit_id, status }: Job): string {
  return `${job_id}, ${commit_id === null ? '' : `at ${commit_id}, `}${status}`
}
