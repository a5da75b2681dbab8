/** The first page: the form, the recent jobs and the counts. Also the answer to a form that was refused. */

import type { JobSnapshot, Pause, Status } from '#queue/contract.ts'
import { IndexPage } from '#templates/index.tsx'
import { type AppContext, type AppDeps, originOf } from './deps.ts'
import { toProblem } from './problem.ts'

/** What stands in the form. */
export interface TypedForm {
  repoUrl: string
  commitId: string
}

const RECENT = 20
const EMPTY: TypedForm = { repoUrl: '', commitId: '' }

/**
 * @param refused - Why the form comes back; the page then has the status of this error and does not need the queue.
 */
export async function indexPage(
  c: AppContext,
  deps: AppDeps,
  typed: TypedForm = EMPTY,
  refused?: unknown,
): Promise<Response> {
  const problem = refused === undefined ? null : toProblem(refused, c.var.requestId)
  if (problem !== null && problem.status >= 500) {
    deps.log.error({ id: c.var.requestId, code: problem.code, err: refused }, 'request failed')
  }
  const reading = readQueue(deps)
  const { jobs, counts, paused } = await (problem === null ? reading : reading.catch(() => NOTHING))
  c.header('Cache-Control', 'no-store')
  if (problem?.retry_after !== undefined) c.header('Retry-After', String(problem.retry_after))
  const page = IndexPage({
    jobs: jobs.map((job) => job.view),
    counts,
    pausedSince: paused?.since ?? null,
    form: { ...typed, error: problem === null ? null : { detail: problem.detail, hint: problem.hint } },
    origin: originOf(c, deps),
    asset: deps.assets.version,
  })
  return c.html(page, problem?.status ?? 200)
}

interface Overview {
  jobs: JobSnapshot[]
  counts: Record<Status, number>
  paused: Pause | null
}

const NOTHING: Overview = { jobs: [], counts: { queued: 0, processing: 0, completed: 0, failed: 0 }, paused: null }

async function readQueue({ queue }: AppDeps): Promise<Overview> {
  const [{ jobs }, counts, paused] = await Promise.all([queue.list({ limit: RECENT }), queue.counts(), queue.paused()])
  return { jobs, counts, paused }
}
