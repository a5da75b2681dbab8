/** Suggestions for an unknown job id: similar jobs, and the form to submit it. */

import { distanceOf } from '#base/distance.ts'
import type { JobQueue, JobView } from '#queue/contract.ts'
import { repositoryName, shortCommit } from '#templates/format.ts'
import { formOf } from './content-negotiation.ts'
import type { AppContext, AppDeps } from './deps.ts'
import { allowedSources } from './job-search.ts'
import { Refusal } from './problem.ts'

const MAX_SUGGESTIONS = 5
/** Longer than any id. */
const MAX_ID = 240
/** Jobs per query. */
const JOBS_PER_QUERY = 8
/** How many letters at the start of a word must match; its end may be mistyped. */
const HEAD = 4

/** The URL path of a job or its documents. */
type HrefOf = (job: JobView) => string

/**
 * Refuse an unknown job with suggestions: the HTML page lists similar jobs and offers to submit the missing one. This counts as
 * a search; clients over their limit get no suggestions.
 */
export async function suggestJobs(
  c: AppContext,
  { queue, policy }: Pick<AppDeps, 'queue' | 'policy'>,
  error: unknown,
  hrefOf: HrefOf,
): Promise<never> {
  const id = c.req.param('id') ?? ''
  const isMissing = error instanceof Refusal && ['NO_SUCH_JOB', 'JOB_EXPIRED'].includes(error.code)
  if (isMissing && formOf(c, 'html') === 'html') {
    const mayLook = id.length <= MAX_ID && c.var.limits.maySearch(c)
    const ways = !mayLook
      ? []
      : await c.var.turns.search(c.var.limits.callerOf(c), () => nearestJobs(queue, id, hrefOf)).catch(() => [])
    const hint = error.code === 'JOB_EXPIRED' ? error.hint : null
    error.page = { ways, hint, submit: { repoUrl: addressOf(id), allowed: allowedSources(policy) } }
  }
  throw error
}

/** Jobs with similar ids, the most likely first. Opens no records. */
async function nearestJobs(queue: JobQueue, jobId: string, hrefOf: HrefOf): Promise<{ href: string; title: string }[]> {
  const wanted = withoutDigests(jobId)
  const found = new Map<string, { view: JobView; distance: number }>()
  for (const nameHas of partsOf(jobId)) {
    const { jobs } = await queue.list({ nameHas, limit: JOBS_PER_QUERY })
    for (const { view } of jobs) {
      const distance = distanceOf(withoutDigests(view.job_id), wanted)
      // One or two letters match anything.
      if (nameHas.length > 2 || distance <= wanted.length / 3) found.set(view.job_id, { view, distance })
    }
    if (found.size > 0) break
  }
  return [...found]
    .map(([, one]) => one)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ view }) => {
      const name = repositoryName(view.repo_url)
      const { commit_id: commit } = view
      return { href: hrefOf(view), title: commit === null ? name : `${name} at ${shortCommit(commit)}` }
    })
}

/** The name without the commit; its last segment and the start of it; the same for its owner. */
function partsOf(jobId: string): string[] {
  const [owner = '', ...rest] = withoutDigests(jobId)
    .replace(/@.*/s, '')
    .split('--')
    .filter((segment) => segment.length > 1 && segment !== 'local' && !segment.includes('.'))
  const last = rest.at(-1) ?? owner
  const parts = [[owner, ...rest].join('--'), last, last.slice(0, HEAD), owner, owner.slice(0, HEAD), last.slice(0, 2)]
  return [...new Set(parts)].filter((part) => part.length > 1)
}

/** The readable part of an id, without the digests after `~`. */
const withoutDigests = (jobId: string): string => jobId.replace(/~.*/s, '').toLowerCase()

/** The repository URL that the id stands for, if it can be derived: `pallets--flask`. */
function addressOf(jobId: string): string {
  const [name = ''] = jobId.split('@')
  const segments = name.split('--')
  if (segments[0] === 'local' || name.includes('~') || segments.length < 2 || segments.includes('')) return ''
  const isHost = segments[0]?.includes('.') === true
  if (isHost && segments.length < 3) return ''
  return `https://${isHost ? '' : 'github.com/'}${segments.join('/')}`
}
