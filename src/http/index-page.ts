/** The start page: the submission form and the list of repositories or of jobs. Also shown when a submitted form is refused. */

import { z } from 'zod'
import { Cursor, type JobSnapshot, type ListQuery, type Pause, Status } from '#queue/contract.ts'
import { type Filter, IndexPage } from '#templates/index.tsx'
import type { RepositoryRow } from '#templates/repository-list.tsx'
import type { TypedFields } from '#templates/submit-form.tsx'
import { pageAccess } from './access.ts'
import { sendPage } from './compressed-responses.ts'
import { type AppContext, type AppDeps, originOf } from './deps.ts'
import { logOmittedPart } from './error-response.ts'
import { allowedSources, searchOf } from './job-search.ts'
import { listRepositories } from './list-repositories.ts'
import { Refusal, toProblem } from './problem.ts'
import { readQuery } from './query-parameters.ts'
import { paceOf } from './waiting-time.ts'

const PAGE_SIZE = 20
/** Number of jobs of each status shown next to the repositories. */
const BESIDE = 5
const EMPTY: TypedFields = { repoUrl: '', commitId: '' }
const MAX_SEARCH = 200
const MAX_URL = 2_000

const unfilled = z.literal('').transform(() => undefined)

/** Unknown parameters are ignored, because other sites may add them to links. */
export const IndexParameters = z.object({
  status: z
    .union([unfilled, Status, z.literal('all')])
    .optional()
    .describe('A status, or all, lists jobs; without it, the documented repositories are listed.'),
  repo: z.string().max(MAX_SEARCH).default('').describe('Part of a name, or a URL.'),
  after: Cursor.optional(),
  before: Cursor.optional(),
  repo_url: z.string().max(MAX_URL).default('').describe('Pre-filled in the form, for links to submit a repository.'),
})

const KNOWN =
  'status (queued, processing, completed, failed or all), repo (at most 200 characters), after or before (from a link of the page) and repo_url'

export async function showIndex(c: AppContext, deps: AppDeps): Promise<Response> {
  const { status, repo, after, before, repo_url } = readQuery(c, IndexParameters, KNOWN)
  if (after !== undefined && before !== undefined) {
    throw new Refusal('BAD_FIELD', 'Expected after or before, found both.', `The parameters are ${KNOWN}.`)
  }
  if (repo !== '') c.var.limits.search(c)
  const filter: Filter = { status: status ?? null, repo: repo.trim() }
  const cursor = after ?? before
  const query: ListQuery = {
    limit: PAGE_SIZE,
    ...(status !== undefined && status !== 'all' && { status }),
    ...searchOf(filter.repo, deps.policy),
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
  }
  const readIt = (wanted: ListQuery) => () =>
    status === undefined ? readRepositories(deps, wanted) : readJobs(deps, wanted)
  const inTurn = <T>(step: () => Promise<T>) =>
    c.var.turns[query.nameHas === undefined && (status !== undefined || cursor === undefined) ? 'list' : 'search'](
      c.var.limits.callerOf(c),
      step,
    )
  let read = await inTurn(readIt(query))
  // Fewer newer jobs are left than a page holds: show the first page instead.
  if (before !== undefined && read.newer === null) {
    const { before: _, ...first } = query
    read = await inTurn(readIt(first))
  }
  return render(c, deps, { filter, typed: { ...EMPTY, repoUrl: repo_url }, read })
}

/**
 * Show the form again with the error and its status. The list of jobs is omitted if the queue is unavailable or the client has
 * no searches left.
 */
export async function refuseForm(
  c: AppContext,
  deps: AppDeps,
  typed: TypedFields,
  refused: unknown,
): Promise<Response> {
  const problem = toProblem(refused, c.var.requestId)
  if (problem.status >= 500) {
    deps.log.error({ id: c.var.requestId, code: problem.code, err: refused }, 'request failed')
  }
  if (problem.retry_after !== undefined) c.header('Retry-After', String(problem.retry_after))
  const isShown = c.var.limits.maySearch(c)
  const list = (): Promise<Overview> => readRepositories(deps, { limit: PAGE_SIZE })
  const read = isShown
    ? await c.var.turns.list(c.var.limits.callerOf(c), list).catch((error) => logOmittedPart(c, deps, error) ?? NOTHING)
    : NOTHING
  return render(c, deps, { filter: { status: null, repo: '' }, typed, read, problem })
}

interface Overview {
  /** `null` in a list of jobs. */
  repositories: RepositoryRow[] | null
  jobs: JobSnapshot[]
  newer: string | null
  older: string | null
  counts: Record<Status, number>
  paused: Pause | null
  hasWorkers: boolean
  paceMs: number | null
}

const NOTHING: Overview = {
  repositories: [],
  jobs: [],
  newer: null,
  older: null,
  counts: { queued: 0, processing: 0, completed: 0, failed: 0 },
  paused: null,
  hasWorkers: true,
  paceMs: null,
}

async function readJobs(deps: AppDeps, query: ListQuery): Promise<Overview> {
  const { jobs, next, previous } = await deps.queue.list(query)
  return { repositories: null, jobs, newer: previous, older: next, ...(await readState(deps, jobs)) }
}

/** The repositories and, on the first page, the newest jobs that are running or waiting. */
async function readRepositories(deps: AppDeps, query: ListQuery): Promise<Overview> {
  const { queue, policy } = deps
  const { rows, next, previous } = await listRepositories(queue, policy, query)
  const { after, before, limit: _, ...filter } = query
  const isFirst = after === undefined && before === undefined
  const beside = (isFirst ? BESIDE_STATUSES : []).map((status) => queue.list({ ...filter, status, limit: BESIDE }))
  const jobs = (await Promise.all(beside)).flatMap((page) => page.jobs)
  return { repositories: rows, jobs, newer: previous, older: next, ...(await readState(deps, jobs)) }
}

const BESIDE_STATUSES = ['processing', 'queued'] as const

async function readState({ queue }: AppDeps, jobs: readonly JobSnapshot[]) {
  const { counts, paused, workers } = await queue.state()
  const isWaiting = jobs.some(({ view }) => view.queue_position !== null)
  const paceMs = isWaiting && paused === null && workers > 0 ? await paceOf(queue, counts) : null
  return { counts, paused, hasWorkers: workers > 0, paceMs }
}

interface Parts {
  filter: Filter
  typed: TypedFields
  read: Overview
  problem?: ReturnType<typeof toProblem>
}

async function render(c: AppContext, deps: AppDeps, { filter, typed, read, problem }: Parts): Promise<Response> {
  const { repositories, jobs, newer, older, counts, paused, hasWorkers, paceMs } = read
  c.header('Cache-Control', 'no-store')
  const page = IndexPage({
    repositories,
    jobs: jobs.map((job) => job.view),
    counts,
    filter,
    newer,
    older,
    pausedSince: paused?.since ?? null,
    hasWorkers,
    paceMs,
    hasSearch: deps.crossSearcher !== undefined,
    allowed: allowedSources(deps.policy),
    models: deps.allowedModels ?? [],
    form: { ...typed, error: problem ?? null },
    origin: originOf(c, deps),
    access: pageAccess(c, deps),
    now: deps.clock(),
    asset: deps.assets.version,
  })
  return await sendPage(c, String(await page), problem?.status ?? 200)
}
