/** Suggestions for an unknown job id: similar jobs, and the form to submit it. */

import { distanceOf } from '#base/distance.ts'
import type { JobQueue, JobView } from '#queue/contract.ts'
import { repositoryName, shortCommit } from '#templates/format.ts'
import { formOf } from './content-negotiation.ts'
import type { AppContext, AppDeps } from './deps.ts'
import { logOmittedPart } from './error-response.ts'
import { allowedSources } from './job-search.ts'
import { Refusal } from './problem.ts'

const MAX_SUGGESTIONS = 5
/** The longest job id. */
const MAX_ID = 240
const JOBS_PER_QUERY = 8
/** Number of letters at the start of a name that must match; its end may be mistyped. */
const PREFIX_LETTERS = 4
/** A shorter search text matches almost every id. */
const MIN_DISTINCTIVE = 3

/** The URL path of a job or its documents. */
type HrefOf = (job: JobView) => string

/**
 * Rethrow an error. If it refuses an unknown job, the HTML page lists similar jobs and offers to submit the missing
 * one. Looking for them counts as a search; clients over their limit get no suggestions.
 */
export async function suggestJobs(
  c: AppContext,
  deps: Pick<AppDeps, 'queue' | 'policy' | 'log'>,
  error: unknown,
  hrefOf: HrefOf,
): Promise<never> {
  const id = c.req.param('id') ?? ''
  const isMissing = error instanceof Refusal && ['NO_SUCH_JOB', 'JOB_EXPIRED'].includes(error.code)
  if (!isMissing || formOf(c, 'html') !== 'html') throw error
  const maySearch = id.length <= MAX_ID && c.var.limits.maySearch(c)
  const search = () => nearestJobs(deps.queue, id, hrefOf)
  const suggestions = maySearch
    ? await c.var.turns
        .search(c.var.limits.callerOf(c), search)
        .catch((failure) => logOmittedPart(c, deps, failure) ?? [])
    : []
  const hint = error.code === 'JOB_EXPIRED' ? error.hint : null
  throw error.withPage({ suggestions, hint, submit: { repoUrl: addressOf(id), allowed: allowedSources(deps.policy) } })
}

/** Jobs with similar ids, the most likely first. Opens no records. */
async function nearestJobs(queue: JobQueue, jobId: string, hrefOf: HrefOf): Promise<{ href: string; title: string }[]> {
  const wanted = withoutDigests(jobId)
  const found = new Map<string, { view: JobView; distance: number }>()
  for (const nameHas of searchTextsFor(jobId)) {
    const { jobs } = await queue.list({ nameHas, limit: JOBS_PER_QUERY })
    for (const { view } of jobs) {
      const distance = distanceOf(withoutDigests(view.job_id), wanted)
      if (nameHas.length >= MIN_DISTINCTIVE || distance <= wanted.length / 3) found.set(view.job_id, { view, distance })
    }
    if (found.size > 0) break
  }
  return [...found]
    .map(([, match]) => match)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ view }) => {
      const name = repositoryName(view.repo_url)
      const { commit_id: commit } = view
      return { href: hrefOf(view), title: commit === null ? name : `${name} at ${shortCommit(commit)}` }
    })
}

/**
 * Search texts for the queue, most specific first: the name without the commit, its last segment, the first letters of
 * that, the owner likewise, and as a last resort two letters.
 */
function searchTextsFor(jobId: string): string[] {
  const [owner = '', ...rest] = withoutDigests(jobId)
    .replace(/@.*/s, '')
    .split('--')
    .filter((segment, index) => segment.length > 1 && (index > 0 || !(segment === 'local' || segment.includes('.'))))
  const last = rest.at(-1) ?? owner
  const prefixOf = (segment: string): string => segment.slice(0, PREFIX_LETTERS)
  const texts = [[owner, ...rest].join('--'), last, prefixOf(last), owner, prefixOf(owner), last.slice(0, 2)]
  return [...new Set(texts)].filter((text) => text.length > 1)
}

/** The readable part of an id, without the digests after `~`. */
const withoutDigests = (jobId: string): string => jobId.replace(/~.*/s, '').toLowerCase()

/** The repository URL that an id was made from, if it can be derived: `pallets--flask`. */
function addressOf(jobId: string): string {
  const [name = ''] = jobId.split('@')
  const segments = name.split('--')
  if (segments[0] === 'local' || name.includes('~') || segments.length < 2 || segments.includes('')) return ''
  const isHost = segments[0]?.includes('.') === true
  if (isHost && segments.length < 3) return ''
  return `https://${isHost ? '' : 'github.com/'}${segments.join('/')}`
}
