/** Search results as a page or as JSON. */

import { z } from 'zod'
import { noticeField, noticeOf } from '#base/unreachable-commit.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import { type Found, MAX_QUERY, type Searcher } from '#search/searcher.ts'
import type { Manifest } from '#store/model.ts'
import { hrefOf, serverLinks } from '#templates/links.ts'
import { addressIn, SearchPage } from '#templates/search.tsx'
import { etagOf, tagged } from './conditional.ts'
import { formOf } from './content-negotiation.ts'
import type { AppContext, AppDeps } from './deps.ts'
import { jsonText } from './job-lines.ts'
import { Refusal } from './problem.ts'
import { docsPath } from './published-set.ts'

const MAX_HITS = 50
const NOTHING: Found = { hits: [], work: 0 }

export const SearchAnswer = z.object({
  query: z.string(),
  results: z
    .array(
      z.object({
        title: z.string(),
        kind: z.string().describe('page, section, guide, document, or the kind of symbol as in graph.json.'),
        file: z.string().nullable().describe('Path in the repository.'),
        line: z.int().positive().nullable(),
        text: z.string().describe('The beginning of its text; may be empty.'),
        page: z.string(),
        page_title: z.string(),
        href: z.string(),
      }),
    )
    .max(MAX_HITS)
    .describe('Best first.'),
  ...noticeField,
})
const REVALIDATE = 'no-cache'
/** Amount of work that counts as one search; see `Found`. */
const WORK_PER_SEARCH = 20_000

interface SetSearch {
  searcher: Searcher
  job: JobSnapshot
  manifest: Manifest
  query: string
  /** The path of the documents, to which results link; by default, that of the job. */
  folder?: string
}

/** @throws {Refusal} `BAD_FIELD` for a query that is too long; `RATE_LIMITED`. */
export async function answerSearch(
  c: AppContext,
  deps: AppDeps,
  { searcher, job: { view }, manifest, query, folder = docsPath(view.job_id) }: SetSearch,
): Promise<Response> {
  if (query.length > MAX_QUERY) {
    throw new Refusal('BAD_FIELD', `Expected at most ${MAX_QUERY} characters in q.`, 'Search for fewer words.')
  }
  c.var.limits.search(c)
  deps.sets.noteUse(manifest.key)
  const caller = c.var.limits.callerOf(c)
  const found = query.trim() === '' ? NOTHING : await searcher.search(manifest.key, query, MAX_HITS, caller)
  if (found !== undefined) c.var.limits.searched(c, Math.floor(found.work / WORK_PER_SEARCH))
  const hits = found?.hits ?? null
  const notice = noticeOf(view)
  if (formOf(c, 'html') === 'json') {
    const results = (hits ?? []).map(({ page, pageTitle, anchor, address, ...hit }) => ({
      ...hit,
      page,
      page_title: pageTitle,
      href: address === null ? hrefOf(folder + encodeURIComponent(page), anchor) : addressIn(folder, address),
    }))
    const body = jsonText({ query, results, notice } satisfies z.infer<typeof SearchAnswer>)
    return tagged(c, await etagOf(body), body, 'application/json', REVALIDATE)
  }
  const links = serverLinks(view.job_id, deps.assets.version, folder)
  const body = String(await SearchPage({ manifest, links, query, hits, limit: MAX_HITS, notice }))
  return tagged(c, await etagOf(body), body, 'text/html; charset=UTF-8', REVALIDATE)
}
