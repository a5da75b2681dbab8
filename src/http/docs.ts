/**
 * Published documents. The name in the URL is looked up in the set's manifest; it is never part of a path. Bodies of
 * pages were sanitised when the set was published; here they are only put into a page.
 */

import type { Hono } from 'hono'
import { z } from 'zod'
import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest } from '#store/model.ts'
import { DocsPage } from '#templates/docs.tsx'
import { prefers } from './accept.ts'
import { etagOf, tagged } from './conditional.ts'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { readJob } from './job-id.ts'
import { jobPath } from './lines.ts'
import { Refusal } from './problem.ts'
import { readQuery } from './query.ts'

const OVERVIEW = 'overview.md'
/** Kept by caches, and asked for again each time. */
const REVALIDATE = 'no-cache'

const DocsParameters = z.object({ format: z.enum(['md', 'html']).optional() })

/** What a file may be served as; anything else is bytes to download. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['json', 'application/json'],
  ['md', 'text/markdown; charset=utf-8'],
  ['txt', 'text/plain; charset=utf-8'],
])

export function addDocsRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.get('/docs/:id', async (c) => {
    const { view, docsKey } = await readJob(c, deps)
    return c.redirect(docsKey === null ? jobPath(view.job_id) : docsPath(view.job_id), 302)
  })

  app.get('/static-docs/:id', async (c) => {
    const { view } = await readJob(c, deps)
    return c.redirect(docsPath(view.job_id) + new URL(c.req.url).search, 301)
  })

  app.get('/static-docs/:id/', (c) => answerFile(c, deps, OVERVIEW))

  app.get('/static-docs/:id/:filename{.+}', (c) => answerFile(c, deps, c.req.param('filename')))
}

/** The URL path of a job's documents. */
const docsPath = (jobId: string): string => `/static-docs/${encodeURIComponent(jobId)}/`

async function answerFile(c: AppContext, deps: AppDeps, name: string): Promise<Response> {
  const job = await readJob(c, deps)
  const manifest = await readManifest(job, deps)
  const { format } = readQuery(c, DocsParameters, 'format (md, the source, or html)')
  const wantsSource = format === 'md' || (format === undefined && prefers(c, 'text/markdown'))
  const page = wantsSource ? undefined : manifest.pages.find((entry) => entry.file === name)
  if (page === undefined) return answerSource(c, deps, job, manifest, name)
  const bodyHtml = await deps.sets.readHtml(manifest.key, name)
  if (bodyHtml === undefined) throw noDocs(job)
  deps.sets.noteUse(manifest.key)
  const html = await DocsPage({ job: job.view, manifest, page, bodyHtml, asset: deps.assets.version })
  const body = String(html)
  return tagged(c, await etagOf(body), body, 'text/html; charset=UTF-8', REVALIDATE)
}

async function answerSource(
  c: AppContext,
  deps: AppDeps,
  job: JobSnapshot,
  manifest: Manifest,
  name: string,
): Promise<Response> {
  const file = manifest.files.find((entry) => entry.name === name)
  if (file === undefined) {
    throw new Refusal(
      'NO_SUCH_PAGE',
      `These documents have no page of this name.`,
      `The overview, ${docsPath(job.view.job_id)}, lists the pages.`,
    )
  }
  const body = await deps.sets.readFile(manifest.key, name)
  if (body === undefined) throw noDocs(job)
  deps.sets.noteUse(manifest.key)
  const type = TYPES.get(name.slice(name.lastIndexOf('.') + 1)) ?? 'application/octet-stream'
  return tagged(c, `"${file.sha256}"`, new Uint8Array(body), type, REVALIDATE)
}

async function readManifest(job: JobSnapshot, { sets }: AppDeps): Promise<Manifest> {
  const manifest = job.docsKey === null ? undefined : await sets.readManifest(job.docsKey)
  if (manifest === undefined) throw noDocs(job)
  return manifest
}

function noDocs({ view }: JobSnapshot): Refusal {
  const page = jobPath(view.job_id)
  switch (view.status) {
    case 'queued':
    case 'processing':
      return new Refusal('NO_DOCS', 'The documents are not ready yet.', `${page} shows how far they are.`)
    case 'failed':
      return new Refusal('NO_DOCS', 'There are no documents: the job failed.', `${page} says why.`)
    case 'completed':
      return new Refusal('NO_DOCS', 'The documents have expired.', `Retry the job at ${page}, or submit it again.`)
  }
}
