/** `GET /api/documents`: chooses the documents of a repository when the caller names no job. Agents and `docspool ask` use it. */

import type { Hono } from 'hono'
import { z } from 'zod'
import { isFullCommitId, parseCommitId } from '#base/commit-id.ts'
import { isListed } from '#base/private-jobs.ts'
import { findRepository, parseRepository, type Repository } from '#base/repository.ts'
import { type JobSnapshot, JobView } from '#queue/contract.ts'
import { isOfRepository, readDocuments, readJobOf } from '#queue/repository-documents.ts'
import { etagOf, tagged } from './conditional.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { jsonText } from './job-lines.ts'
import { Refusal } from './problem.ts'
import { readQuery } from './query-parameters.ts'

export const DOCUMENTS_PATH = '/api/documents'

const MAX_REVISION = 2_000
/** The beginning of a commit id. */
const COMMIT_START = /^[0-9a-f]{4,40}$/i

export const DocumentsParameters = z.strictObject({
  repo: z.string().meta({ description: 'URL of the repository.', examples: ['https://github.com/pallets/flask'] }),
  revision: z
    .string()
    .min(1)
    .max(MAX_REVISION)
    .optional()
    .describe('A branch or tag as it was submitted, or the beginning of a commit id; by default the newest documents.'),
})

export const DocumentsAnswer = JobView

type Deps = Pick<AppDeps, 'queue' | 'policy'>

export function addDocumentsRoute(app: Hono<AppEnv>, deps: AppDeps): void {
  app.get(DOCUMENTS_PATH, async (c) => {
    const { repo, revision } = readQuery(c, DocumentsParameters, 'repo (a URL) and revision')
    const charge = (): void => c.var.limits.search(c)
    const { view } = await c.var.turns.list(c.var.limits.callerOf(c), () =>
      chooseDocuments(deps, repo, revision, charge),
    )
    const body = jsonText(view)
    return tagged(c, await etagOf(body), body, 'application/json', 'no-store')
  })
}

/**
 * Choose documents of a repository. By default those of the default branch, otherwise of another branch or tag; those without
 * options first, then the last submitted. A commit that is on no branch or tag is found only by its full id.
 *
 * @param charge - Called before all documents of the repository are read, which costs as much as a search.
 * @throws {Refusal} `NO_DOCS`, `NO_SUCH_VERSION`, or `NO_SUCH_JOB` if the repository has no job.
 * @throws {BadRepositoryUrl} It has no documents, and could not be submitted.
 */
async function chooseDocuments(
  deps: Deps,
  repo: string,
  revision: string | undefined,
  charge: () => void,
): Promise<JobSnapshot> {
  // Documents stay readable after the settings no longer allow their repository.
  const known = findRepository(repo, deps.policy)
  const pinned = known && revision !== undefined ? await readPinned(deps, known, revision) : undefined
  if (pinned !== undefined && pinned.docsKey !== null) return pinned
  const main = known && revision === undefined ? await readJobOf(deps.queue, known, null) : undefined
  if (main !== undefined && isOfRepository(main)) return main
  charge()
  const { jobs } = await readDocuments(deps.queue, known?.url ?? repo, deps.policy)
  const [best] = jobs
    .filter((job) => revision === undefined || isOfRevision(job.view, revision))
    .sort((one, other) => rankOf(one) - rankOf(other))
  if (best !== undefined) return best
  const repository = known ?? parseRepository(repo, deps.policy)
  if (jobs.length > 0 && revision !== undefined) {
    throw new Refusal('NO_SUCH_VERSION', `There are no documents of ${repository.fullName} at ${quoted(revision)}.`)
  }
  throw await whyNone(deps, repository)
}

/** The job that was submitted with this revision and no options. */
async function readPinned({ queue }: Deps, repository: Repository, revision: string): Promise<JobSnapshot | undefined> {
  let commitId: string
  try {
    commitId = parseCommitId(revision)
  } catch {
    // Nothing with this name can be submitted.
    return undefined
  }
  const job = await readJobOf(queue, repository, commitId)
  const isMatch = job !== undefined && isListed(job.view.job_id) && job.view.commit_id === commitId
  return isMatch && (isOfRepository(job) || isFullCommitId(commitId)) ? job : undefined
}

async function whyNone({ queue }: Deps, repository: Repository): Promise<Refusal> {
  const { url, fullName } = repository
  const main = await readJobOf(queue, repository, null)
  const first = main ?? (await queue.list({ repoUrl: url, limit: 1 })).jobs[0]
  if (first === undefined) {
    return new Refusal('NO_SUCH_JOB', `There are no documents of ${fullName}.`, 'Submit it to POST /api/jobs.')
  }
  if (first.docsKey !== null) {
    const detail = `There are no documents of a branch or tag of ${fullName}, only of a commit that was requested by its id.`
    return new Refusal('NO_DOCS', detail, 'Give the id of the commit as `revision`, or submit the repository.')
  }
  const detail = `There are no documents of ${fullName} yet: its job is ${first.view.status}. ${first.view.progress}`
  return new Refusal('NO_DOCS', detail, 'GET /api/jobs lists the jobs of a repository.')
}

/** Sort key: jobs without options first, then jobs that are not pinned to a commit. */
const rankOf = ({ view: { commit_id, options } }: JobSnapshot): number =>
  (commit_id === null ? 0 : 1) + (Object.keys(options).length === 0 ? 0 : 2)

/** Whether the job documents this branch or tag, or a commit whose id starts like this. */
export const isOfRevision = (
  { commit_id, resolved_commit }: Pick<JobView, 'commit_id' | 'resolved_commit'>,
  revision: string,
): boolean =>
  commit_id === revision ||
  (COMMIT_START.test(revision) && resolved_commit?.startsWith(revision.toLowerCase()) === true)

const quoted = (text: string): string => JSON.stringify(text.slice(0, 200))
