/** Jobs as data: list, read, wait, cancel, retry, remove. `/api/job/{id}` and `/api/jobs/{id}` are equivalent. */

import type { Hono } from 'hono'
import { z } from 'zod'
import { parseRepository } from '#base/repository.ts'
import { Cursor, type JobSnapshot, JobView, type ListQuery, Status } from '#queue/contract.ts'
import { etagOf, isKnown, tagged } from './conditional.ts'
import { formOf } from './content-negotiation.ts'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'
import { jobIdIn, readJob, refuseMissing, requireJob } from './job-in-path.ts'
import { jobApiPath, jobLine, jsonText } from './job-lines.ts'
import { searchOf } from './job-search.ts'
import { createWait, hasEnded } from './long-polling.ts'
import { Refusal } from './problem.ts'
import { readQuery } from './query-parameters.ts'
import { retryJob } from './retry-job.ts'

const MAX_WAIT_S = 60
/** Seconds between polls of an unfinished job. */
const POLL_AFTER_S = 2

const JSON_TYPE = 'application/json'
const TEXT_TYPE = 'text/plain; charset=UTF-8'

const count = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(min).max(max))

export const ListParameters = z.strictObject({
  status: Status.optional().meta({ examples: ['completed'] }),
  repo: z.string().optional().describe('URL of a repository.'),
  search: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Part of the name, or a URL.', examples: ['pallets/'] }),
  documented: z
    .literal('true')
    .optional()
    .describe(
      'Only jobs that have documents, whatever their status. Pages before the last may then have fewer jobs, or none.',
    ),
  limit: count(1, 100).default(20).describe('1 to 100; 20 by default.'),
  after: Cursor.optional().describe('Older jobs; from `next` of a list.'),
  before: Cursor.optional().describe('Newer jobs; from `previous` of a list.'),
})

type Listed = z.infer<typeof ListParameters>

const LIST_PARAMETERS =
  'status, repo (a URL), search (part of a name), documented (true), limit (1 to 100), and after or before (from a list)'

export const ReadParameters = z.strictObject({
  wait: count(0, MAX_WAIT_S)
    .optional()
    .meta({
      description: `Seconds, 0 to ${MAX_WAIT_S}: delay the response until the job has finished; with If-None-Match, until it has changed.`,
      examples: ['1'],
    }),
})

export const JobList = z.object({
  jobs: z.array(JobView),
  next: z.string().nullable().describe('URL of the page with older jobs; null on the last page.'),
  previous: z.string().nullable().describe('URL of the page with newer jobs; null on the first page.'),
})

export function addJobRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  const { queue } = deps
  const wait = createWait(queue, deps.signal, deps.limits)
  const paths = (rest = ''): string[] => [`/api/job/:id${rest}`, `/api/jobs/:id${rest}`]

  app.get('/api/jobs', async (c) => {
    const parameters = readQuery(c, ListParameters, LIST_PARAMETERS)
    if (parameters.search !== undefined) c.var.limits.search(c)
    const asked = listQuery(parameters, deps)
    const inTurn = asked.nameHas === undefined ? c.var.turns.list : c.var.turns.search
    const { jobs, next, previous } = await inTurn(c.var.limits.callerOf(c), () => queue.list(asked))
    const more = next === null ? null : otherPage(parameters, { after: next })
    if (more !== null) c.header('Link', `<${more}>; rel="next"`)
    if (formOf(c) === 'text') {
      const lines = jobs.map((job) => `${jobLine(job.view, originOf(c, deps))}\n`).join('')
      return tagged(c, await etagOf(lines), lines, TEXT_TYPE, 'no-store')
    }
    const all: z.infer<typeof JobList> = {
      jobs: jobs.map((job) => job.view),
      next: more,
      previous: previous === null ? null : otherPage(parameters, { before: previous }),
    }
    const body = jsonText(all)
    return tagged(c, await etagOf(body), body, JSON_TYPE, 'no-store')
  })

  app.on('GET', paths(), async (c) => {
    const { wait: seconds = 0 } = readQuery(c, ReadParameters, `wait (0 to ${MAX_WAIT_S} seconds)`)
    const first = await readJob(c, deps)
    if (seconds === 0) return answerJob(c, deps, first)
    const isNews = c.req.header('if-none-match') === undefined ? hasEnded : (job: JobSnapshot) => isNewTo(c, job)
    const isEnough = (job: JobSnapshot) => hasEnded(job) || isNews(job)
    return answerJob(
      c,
      deps,
      await requireJob(c, deps, await wait(first, isEnough, seconds * 1_000, c.var.limits.callerOf(c))),
    )
  })

  app.on('POST', paths('/cancel'), async (c) => {
    const job = await requireJob(c, deps, await queue.cancel(jobIdIn(c)))
    return answerChange(c, deps, job, hasEnded(job) ? 200 : 202)
  })

  app.on('POST', paths('/retry'), async (c) => {
    const job = await retryJob(c, deps)
    c.header('Location', jobApiPath(job.view.job_id))
    return answerChange(c, deps, job, 202)
  })

  app.on('DELETE', paths(), async (c) => {
    if (!(await queue.remove(jobIdIn(c)))) return refuseMissing(c, deps)
    return c.body(null, 204)
  })
}

function listQuery({ status, repo, search, documented, limit, after, before }: Listed, { policy }: AppDeps): ListQuery {
  if (after !== undefined && before !== undefined) {
    throw new Refusal('BAD_FIELD', 'Expected after or before, found both.', `The parameters are ${LIST_PARAMETERS}.`)
  }
  return {
    limit,
    ...(status !== undefined && { status }),
    ...(search !== undefined && searchOf(search, policy)),
    ...(documented !== undefined && { documented: true }),
    ...(repo !== undefined && { repoUrl: parseRepository(repo, policy).url }),
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
  }
}

function otherPage(
  { status, repo, search, documented, limit }: Listed,
  cursor: { after: string } | { before: string },
): string {
  const parameters = new URLSearchParams()
  if (status !== undefined) parameters.set('status', status)
  if (repo !== undefined) parameters.set('repo', repo)
  if (search !== undefined) parameters.set('search', search)
  if (documented !== undefined) parameters.set('documented', documented)
  parameters.set('limit', String(limit))
  for (const [name, value] of Object.entries(cursor)) parameters.set(name, value)
  return `/api/jobs?${parameters}`
}

const tagOf = (job: JobSnapshot, form: 'json' | 'text'): string => `"${job.version}-${form}"`

const dataForm = (c: AppContext): 'json' | 'text' => (formOf(c) === 'text' ? 'text' : 'json')

const isNewTo = (c: AppContext, job: JobSnapshot): boolean => !isKnown(c, tagOf(job, dataForm(c)))

function answerJob(c: AppContext, deps: AppDeps, job: JobSnapshot): Response {
  const form = dataForm(c)
  if (!hasEnded(job)) c.header('Retry-After', String(POLL_AFTER_S))
  const body = form === 'text' ? `${jobLine(job.view, originOf(c, deps))}\n` : jsonText(job.view)
  return tagged(c, tagOf(job, form), body, form === 'text' ? TEXT_TYPE : JSON_TYPE, 'no-store')
}

function answerChange(c: AppContext, deps: AppDeps, job: JobSnapshot, status: 200 | 202): Response {
  c.header('Cache-Control', 'no-store')
  if (!hasEnded(job)) c.header('Retry-After', String(POLL_AFTER_S))
  if (dataForm(c) === 'text') return c.text(`${jobLine(job.view, originOf(c, deps))}\n`, status)
  return c.body(jsonText(job.view), status, { 'Content-Type': JSON_TYPE })
}
