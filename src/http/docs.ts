/**
 * Published documents. The name in the URL is looked up in the set's manifest; it is never part of a path. Bodies of
 * pages were sanitised when the set was published; here they are only put into a page.
 */

import type { Hono } from 'hono'
import { z } from 'zod'
import type { JobSnapshot } from '#queue/contract.ts'
import { createSearcher } from '#search/searcher.ts'
import type { Manifest } from '#store/model.ts'
import { prefers } from './accept.ts'
import { answerArchive } from './archives.ts'
import { isKnown, tagged } from './conditional.ts'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { jobIdIn, readJob, refuseMissing } from './job-id.ts'
import { jobPath } from './lines.ts'
import { noSuchPage } from './nearest.ts'
import { readQuery } from './query.ts'
import { answerSearch } from './search.ts'
import { docsPath, noDocs, readManifest } from './set.ts'
import { createWrap, type Wrap } from './wrap.ts'

const OVERVIEW = 'overview.md'
/** Kept by caches, and asked for again each time. */
const REVALIDATE = 'no-cache'

const DocsParameters = z.object({ format: z.enum(['md', 'html']).optional() })
const OverviewParameters = DocsParameters.extend({ q: z.string().optional() })

/** What a file may be served as; anything else is bytes to download. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['json', 'application/json'],
  ['md', 'text/markdown; charset=utf-8'],
  ['txt', 'text/plain; charset=utf-8'],
])

export function addDocsRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  const wrap = createWrap(deps)
  const searcher = createSearcher(deps.sets)

  app.get('/docs/:id', async (c) => {
    const { view, docsKey } = await readJob(c, deps)
    return c.redirect(docsKey === null ? jobPath(view.job_id) : docsPath(view.job_id), 302)
  })

  // A repository may be called `x.zip`: its job comes before an archive of the same name.
  app.get('/static-docs/:id', async (c) => {
    const id = jobIdIn(c)
    if ((await deps.queue.read(id)) !== undefined) return c.redirect(docsPath(id) + new URL(c.req.url).search, 301)
    return (await answerArchive(c, deps, id)) ?? (await refuseMissing(c, deps))
  })

  app.get('/static-docs/:id/', async (c) => {
    const job = await readJob(c, deps)
    const manifest = await readManifest(job, deps)
    const { q, format } = readQuery(c, OverviewParameters, 'q (words to search for) and format (md or html)')
    if (q !== undefined) return answerSearch(c, deps, searcher, job, manifest, q)
    return answerFile(c, deps, wrap, { job, manifest, name: OVERVIEW, format })
  })

  app.get('/static-docs/:id/:filename{.+}', async (c) => {
    const job = await readJob(c, deps)
    const manifest = await readManifest(job, deps)
    const { format } = readQuery(c, DocsParameters, 'format (md, the source, or html)')
    return answerFile(c, deps, wrap, { job, manifest, name: c.req.param('filename'), format })
  })
}

interface Wanted {
  job: JobSnapshot
  manifest: Manifest
  name: string
  format: 'md' | 'html' | undefined
}

async function answerFile(c: AppContext, deps: AppDeps, wrap: Wrap, wanted: Wanted): Promise<Response> {
  const { job, manifest, name, format } = wanted
  const wantsSource = format === 'md' || (format === undefined && prefers(c, 'text/markdown'))
  const page = wantsSource ? undefined : manifest.pages.find((entry) => entry.file === name)
  if (page === undefined) return answerSource(c, deps, wanted)
  const { etag, readBody } = await wrap(job, manifest, page)
  const body = isKnown(c, etag) ? new Uint8Array() : await readBody()
  if (body === undefined) throw noDocs(job)
  deps.sets.noteUse(manifest.key)
  return tagged(c, etag, body, 'text/html; charset=UTF-8', REVALIDATE)
}

async function answerSource(c: AppContext, deps: AppDeps, { job, manifest, name }: Wanted): Promise<Response> {
  const file = manifest.files.find((entry) => entry.name === name)
  if (file === undefined) throw noSuchPage(job.view.job_id, manifest, name)
  const body = await deps.sets.readFile(manifest.key, name)
  if (body === undefined) throw noDocs(job)
  deps.sets.noteUse(manifest.key)
  const type = TYPES.get(name.slice(name.lastIndexOf('.') + 1)) ?? 'application/octet-stream'
  return tagged(c, `"${file.sha256}"`, new Uint8Array(body), type, REVALIDATE)
}
