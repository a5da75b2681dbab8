/**
 * Source files stored in a set, as pages or as text. The name in the URL is looked up in the set's table and never used in a
 * path.
 */

import type { Hono } from 'hono'
import { z } from 'zod'
import type { Caller } from '#base/caller.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest, SourceRow } from '#store/model.ts'
import type { CacheableBody, SendCompressed } from './compressed-responses.ts'
import { etagOf } from './conditional.ts'
import { prefers } from './content-negotiation.ts'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { readJob } from './job-in-path.ts'
import type { ReadDocumentedJob } from './known-jobs.ts'
import { noSuchPage } from './page-suggestions.ts'
import { docsPath, readManifest, refuseDocs } from './published-set.ts'
import { readQuery } from './query-parameters.ts'
import { createSourcePages, renderList, renderSource, type SourcePages } from './source-pages.ts'

export const SourceParameters = z.object({
  format: z.enum(['text', 'html']).optional().describe('text is the plain file; by default, Accept decides.'),
})
/** Caches must revalidate each time. */
const REVALIDATE = 'no-cache'
const HTML = 'text/html; charset=UTF-8'
const EMPTY = { text: '', colours: new Uint8Array(), marks: { home: null, symbols: [], spans: [] } }

interface SourceRequest {
  job: JobSnapshot
  manifest: Manifest
  row: SourceRow
}

/** Must be added before the routes of pages. */
export function addSourceRoutes(
  app: Hono<AppEnv>,
  deps: AppDeps,
  sendCompressed: SendCompressed,
  readKnown: ReadDocumentedJob,
): void {
  const pages = deps.sourcePages ?? createSourcePages(deps.sets, deps.assets)

  async function answer(c: AppContext, job: JobSnapshot, { key }: Manifest, body: Body): Promise<Response> {
    const isThere = (): Promise<boolean> => deps.sets.has(key)
    const answered = await sendCompressed(c, { ...body, cacheControl: REVALIDATE, isThere })
    if (answered === undefined) return refuseDocs(job, deps)
    deps.sets.noteUse(key)
    return answered
  }

  app.get('/static-docs/:id/source/', async (c) => {
    const job = await readJob(c, deps, readKnown)
    const manifest = await readManifest(job, deps)
    if ((manifest.sources?.files ?? 0) === 0) throw noSuchPage(c, job.view.job_id, manifest, 'source')
    return answer(c, job, manifest, await listOf(c, deps, pages, { job, manifest }))
  })

  app.get('/static-docs/:id/source/:name{[^]+}', async (c) => {
    const job = await readJob(c, deps, readKnown)
    const manifest = await readManifest(job, deps)
    const { format } = readQuery(c, SourceParameters, 'format (text, only the file, or html)')
    const name = c.req.param('name')
    const row = manifest.sources === undefined ? undefined : await deps.sets.findSource(manifest.key, name)
    if (row === undefined && !(await deps.sets.has(manifest.key))) return refuseDocs(job, deps)
    if (row === undefined) throw noSuchPage(c, job.view.job_id, manifest, name)
    // A file requested by its path. A temporary redirect: the page name may differ in another set.
    if (row.name !== name) {
      return c.redirect(`${docsPath(job.view.job_id)}source/${row.name}${new URL(c.req.url).search}`, 302)
    }
    const wantsText = format === 'text' || (format === undefined && isTextPreferred(c))
    const wanted = { job, manifest, row }
    return answer(c, job, manifest, await (wantsText ? textOf(deps, wanted) : pageOf(c, deps, pages, wanted)))
  })
}

const isTextPreferred = (c: AppContext): boolean => prefers(c, 'text/plain') || prefers(c, 'text/markdown')

type Body = Pick<CacheableBody, 'etag' | 'type' | 'read' | 'isMade'>

/** This many rendered bytes count as one search against the client's rate limit. */
const BYTES_PER_SEARCH = 500_000

/**
 * Charges a page by its size once it is made. Clients that have used up their searches are refused first.
 *
 * @throws {Refusal} `RATE_LIMITED`
 */
async function charged(
  c: AppContext,
  make: (caller: Caller) => Promise<Uint8Array<ArrayBuffer> | undefined>,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { limits } = c.var
  limits.search(c, 0)
  const page = await make(limits.callerOf(c))
  limits.searched(c, (page?.length ?? 0) / BYTES_PER_SEARCH)
  return page
}

/** The ETag covers the set's key and the page rendered with an empty list, so that template changes also invalidate it. */
async function listOf(
  c: AppContext,
  deps: AppDeps,
  pages: SourcePages,
  wanted: Omit<SourceRequest, 'row'>,
): Promise<Body> {
  const { job, manifest } = wanted
  const around = { job: job.view, manifest, version: deps.assets.version }
  return {
    etag: await tagOf(manifest, '', await renderList(around, [])),
    type: HTML,
    isMade: true,
    read: () => charged(c, (caller) => pages.list(job.view, manifest.key, caller)),
  }
}

/** Always text/plain, so that browsers run nothing. */
async function textOf({ sets }: AppDeps, { manifest, row }: SourceRequest): Promise<Body> {
  return {
    etag: await tagOf(manifest, row.name, 'text'),
    type: 'text/plain; charset=utf-8',
    read: async () => (await sets.readSource(manifest.key, row.name))?.textBytes,
  }
}

async function pageOf(c: AppContext, deps: AppDeps, pages: SourcePages, wanted: SourceRequest): Promise<Body> {
  const { job, manifest, row } = wanted
  const around = { job: job.view, manifest, version: deps.assets.version }
  return {
    etag: await tagOf(manifest, row.name, await renderSource(around, row, EMPTY)),
    type: HTML,
    isMade: true,
    read: () => charged(c, (caller) => pages.file(job.view, manifest.key, row, caller)),
  }
}

/** The set's key is a hash of every byte of the set. */
const tagOf = ({ key }: Manifest, name: string, rest: string): Promise<string> =>
  etagOf(`source ${key} ${name}\n${rest}`)
