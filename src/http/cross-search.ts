/**
 * Search over all repositories, as JSON at `/api/search` and as a page at `/search`; links between repositories at
 * `/api/links/{id}`.
 */

import type { Hono } from 'hono'
import { z } from 'zod'
import { isListed } from '#base/private-jobs.ts'
import { type CrossHit, type CrossLinks, type CrossSearcher, Link } from '#cross-search/contract.ts'
import { MAX_QUERY, withoutFilters } from '#cross-search/query.ts'
import { partsOf, STOP_WORDS } from '#search/words.js'
import { CrossSearchPage } from '#templates/cross-search.tsx'
import { hrefOf } from '#templates/links.ts'
import { addressIn } from '#templates/search.tsx'
import { pageAccess } from './access.ts'
import { etagOf, tagged } from './conditional.ts'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { readJob } from './job-in-path.ts'
import { jsonText } from './job-lines.ts'
import { ConcurrencyLimit } from './limits/concurrency-limit.ts'
import { Refusal } from './problem.ts'
import { docsPath } from './published-set.ts'
import { readQuery } from './query-parameters.ts'

export const CROSS_SEARCH_PATH = '/api/search'

const MAX_HITS = 50
const DEFAULT_HITS = 20
/** Extra results to fetch, because the documents of some may have been removed meanwhile. */
const SPARE_HITS = 10
/** Milliseconds of work that count as one more search. */
const MS_PER_SEARCH = 50
/** Maximum number of words highlighted in results. */
const MAX_MARKED = 12
/** Limits on concurrent searches. A client may run only one, so that it cannot delay others. */
const CONCURRENCY = { max: 8, maxPerClient: 1 }

const Query = z
  .string()
  .max(MAX_QUERY)
  .default('')
  .meta({
    description: `Words, a question or a name in the code, at most ${MAX_QUERY} characters. in:flask, in:python and in:class filter by repository, language and kind.`,
    examples: ['route in:python'],
  })

export const CrossSearchParameters = z.strictObject({
  q: Query,
  in: z
    .array(z.string().max(MAX_QUERY))
    .max(8)
    .default([])
    .describe('A repository, a language or a kind (class, function, module, guide, repository, …); may be repeated.'),
  limit: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(MAX_HITS))
    .default(DEFAULT_HITS)
    .describe(`1 to ${MAX_HITS}; ${DEFAULT_HITS} by default.`),
})

/** Unknown parameters are ignored, because other sites may add them to links. */
export const CrossSearchPageParameters = z.object({ q: Query })

export const CrossSearchAnswer = z.object({
  query: z.string(),
  corrected: z
    .string()
    .nullable()
    .describe(
      'The query that was searched instead, because some of its words occur nowhere but similar ones do; else null.',
    ),
  results: z
    .array(
      z.object({
        title: z.string(),
        kind: z
          .string()
          .describe('repository, module, guide, section (of a guide), or the kind of symbol as in graph.json.'),
        language: z.string().nullable(),
        repository: z.string().describe('Its URL.'),
        repository_name: z.string(),
        job_id: z.string(),
        file: z.string().nullable().describe('Path in the repository.'),
        line: z.int().positive().nullable(),
        text: z.string().describe('The beginning of its text; may be empty.'),
        page: z.string(),
        href: z.string(),
      }),
    )
    .max(MAX_HITS)
    .describe('Best first.'),
  unknown_filters: z.array(z.string()).describe('Filter values that match no repository, language or kind.'),
  complete: z.boolean().describe('false while the index is being built: there may be more results.'),
})
export type CrossSearchAnswer = z.infer<typeof CrossSearchAnswer>

export const LinksAnswer = z.object({
  job_id: z.string(),
  repository: z.string(),
  used_by: z
    .array(Link)
    .describe('Documented repositories whose manifests name a package of this repository, sorted by name.'),
  uses: z.array(Link).describe('Documented repositories whose packages are named in the manifests of this repository.'),
})

export function addCrossSearchRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  const running = new ConcurrencyLimit(CONCURRENCY)

  app.get(CROSS_SEARCH_PATH, async (c) => {
    const {
      q,
      in: within,
      limit,
    } = readQuery(c, CrossSearchParameters, `q, in (may be repeated) and limit (1 to ${MAX_HITS})`)
    if (q.trim() === '' && within.length === 0)
      throw new Refusal('MISSING_FIELD', 'Expected q, the words to search for.', 'Send `?q=route`.')
    const body = jsonText(await search(c, deps, running, { query: q, within, limit }))
    return tagged(c, await etagOf(body), body, 'application/json', 'no-cache')
  })

  app.get('/search', async (c) => {
    const { q } = readQuery(c, CrossSearchPageParameters, 'q')
    const answer = q.trim() === '' ? null : await search(c, deps, running, { query: q, within: [], limit: MAX_HITS })
    const access = pageAccess(c, deps)
    const words = partsOf(withoutFilters(answer?.corrected ?? q)).filter(
      (word) => word.length > 1 && !STOP_WORDS.has(word),
    )
    const hasDocs = answer === null || answer.results.length > 0 || (await deps.queue.state()).counts.completed > 0
    const found = { query: q, words: words.slice(0, MAX_MARKED), answer, hasDocs }
    const body = String(await CrossSearchPage({ ...found, asset: deps.assets.version, access, limit: MAX_HITS }))
    return tagged(c, await etagOf(body), body, 'text/html; charset=UTF-8', 'no-cache')
  })

  app.get('/api/links/:id', async (c) => {
    const job = await readJob(c, deps)
    const links = await linksOf(c, deps, job.view.repo_url)
    const { job_id, repo_url } = job.view
    const answer: z.infer<typeof LinksAnswer> = {
      job_id,
      repository: repo_url,
      used_by: links.usedBy,
      uses: links.uses,
    }
    const body = jsonText(answer)
    return tagged(c, await etagOf(body), body, 'application/json', 'no-cache')
  })
}

async function search(
  c: AppContext,
  deps: AppDeps,
  running: ConcurrencyLimit,
  { query, within, limit }: { query: string; within: readonly string[]; limit: number },
): Promise<CrossSearchAnswer> {
  const searcher = searcherOf(deps)
  c.var.limits.search(c)
  const caller = c.var.limits.callerOf(c)
  const release = running.take(caller.client)
  if (release === undefined) {
    throw new Refusal('SERVER_BUSY', 'Another search over all repositories is still running.', 'Try again shortly.')
  }
  const found = await searcher.search(query, within, limit + SPARE_HITS, caller).finally(release)
  if (found === undefined) throw noIndex()
  charge(c, found.work)
  const isVisible = createVisibilityCheck(deps)
  const shown: CrossHit[] = []
  for (const hit of found.hits) if (shown.length < limit && (await isVisible(hit))) shown.push(hit)
  return {
    query,
    corrected: found.corrected,
    results: shown.map((hit) => ({
      title: hit.title,
      kind: hit.kind,
      language: hit.language,
      repository: hit.repoUrl,
      repository_name: hit.name,
      job_id: hit.jobId,
      file: hit.file,
      line: hit.line,
      text: hit.text,
      page: hit.page,
      href: hrefTo(hit),
    })),
    unknown_filters: found.unknown,
    complete: found.isComplete,
  }
}

/** Links between public repositories; private ones are never listed. */
async function linksOf(c: AppContext, deps: AppDeps, repoUrl: string): Promise<CrossLinks> {
  const searcher = searcherOf(deps)
  c.var.limits.search(c)
  const found = await searcher.links(repoUrl, c.var.limits.callerOf(c))
  if (found === undefined) throw noIndex()
  const isVisible = createVisibilityCheck(deps)
  const visible = async (links: readonly Link[]): Promise<Link[]> => {
    const shown: Link[] = []
    for (const link of links) if (await isVisible({ jobId: link.job_id })) shown.push(link)
    return shown
  }
  return { usedBy: await visible(found.usedBy), uses: await visible(found.uses) }
}

/** Checks that a job still exists and is listed and, if a key is given, still has this set: the index may lag behind. */
function createVisibilityCheck({ queue }: AppDeps): (found: { jobId: string; key?: string }) => Promise<boolean> {
  const keys = new Map<string, string | null>()
  return async ({ jobId, key }) => {
    if (!isListed(jobId)) return false
    let current = keys.get(jobId)
    if (current === undefined) {
      current = (await queue.read(jobId))?.docsKey ?? null
      keys.set(jobId, current)
    }
    return current !== null && (key === undefined || current === key)
  }
}

function hrefTo({ jobId, page, anchor, address }: CrossHit): string {
  const folder = docsPath(jobId)
  if (address !== null) return addressIn(folder, address)
  return hrefOf(page === 'overview.md' ? folder : folder + encodeURIComponent(page), anchor)
}

function charge(c: AppContext, workMs: number): void {
  c.var.limits.searched(c, Math.floor(workMs / MS_PER_SEARCH))
}

function searcherOf({ crossSearcher }: AppDeps): CrossSearcher {
  if (crossSearcher !== undefined) return crossSearcher
  const hint = 'Search the documents of a repository: `/static-docs/{id}/?q=`.'
  throw new Refusal('NO_CROSS_SEARCH', 'This service has no search over all repositories.', hint)
}

const noIndex = (): Refusal =>
  new Refusal(
    'INDEX_NOT_READY',
    'The search over all repositories is not ready yet.',
    'A supervisor builds its index; try again in a minute.',
  )
