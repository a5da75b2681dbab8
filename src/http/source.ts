/**
 * Files of the repository that a set keeps, as pages or as text. The name in the URL is looked up in the set's own table;
 * it is never part of a path. The text is escaped here and was never parsed by the server.
 */

import type { Hono } from 'hono'
import { z } from 'zod'
import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest, SourceRow } from '#store/model.ts'
import { serverLinks } from '#templates/links.ts'
import { entryHref, SourcePage } from '#templates/source.tsx'
import { countLines, sourceHtml } from '#templates/source-lines.ts'
import { prefers } from './accept.ts'
import { isKnown, quickHash, tagged } from './conditional.ts'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { readJob } from './job-id.ts'
import { noSuchPage } from './nearest.ts'
import { readQuery } from './query.ts'
import { docsPath, noDocs, readManifest } from './set.ts'

const Parameters = z.object({ format: z.enum(['text', 'html']).optional() })
/** Kept by caches, and asked for again each time. */
const REVALIDATE = 'no-cache'

interface Wanted {
  job: JobSnapshot
  manifest: Manifest
  row: SourceRow
}

/** Goes before the route of pages. */
export function addSourceRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.get('/static-docs/:id/source/:name{[^]+}', async (c) => {
    const job = await readJob(c, deps)
    const manifest = await readManifest(job, deps)
    const { format } = readQuery(c, Parameters, 'format (text, the file alone, or html)')
    const name = c.req.param('name')
    const row = manifest.sources === undefined ? undefined : await deps.sets.findSource(manifest.key, name)
    if (row === undefined) throw noSuchPage(job.view.job_id, manifest, name)
    // Asked for by its path, which no address may hold.
    if (row.name !== name) {
      return c.redirect(`${docsPath(job.view.job_id)}source/${row.name}${new URL(c.req.url).search}`, 301)
    }
    const wantsText = format === 'text' || (format === undefined && isTextPreferred(c))
    return (wantsText ? answerText : answerPage)(c, deps, { job, manifest, row })
  })
}

const isTextPreferred = (c: AppContext): boolean => prefers(c, 'text/plain') || prefers(c, 'text/markdown')

/** Whatever the file is: a browser shows it as text and runs nothing. */
async function answerText(c: AppContext, deps: AppDeps, { job, manifest, row }: Wanted): Promise<Response> {
  const etag = etagOf(manifest, row, 'text')
  const source = isKnown(c, etag) ? null : await deps.sets.readSource(manifest.key, row.name)
  if (source === undefined) throw noDocs(job)
  deps.sets.noteUse(manifest.key)
  return tagged(c, etag, source?.text ?? '', 'text/plain; charset=utf-8', REVALIDATE)
}

async function answerPage(c: AppContext, deps: AppDeps, { job, manifest, row }: Wanted): Promise<Response> {
  const { view } = job
  const links = serverLinks(view.job_id, deps.assets.version)
  const marks = { home: null, symbols: [], spans: [] }
  const parts = { job: view, manifest, links }
  // All but what the key of the set stands for.
  const around = String(await SourcePage({ ...parts, file: { ...row, lines: 0, marks }, linesHtml: '' }))
  const etag = etagOf(manifest, row, around)
  const source = isKnown(c, etag) ? null : await deps.sets.readSource(manifest.key, row.name)
  if (source === undefined) throw noDocs(job)
  deps.sets.noteUse(manifest.key)
  if (source === null) return tagged(c, etag, '', 'text/html; charset=UTF-8', REVALIDATE)
  const linesHtml = sourceHtml(source, (page, anchor) => entryHref(links, page, anchor))
  const file = { ...row, lines: countLines(source.text), marks: source.marks }
  const body = String(await SourcePage({ ...parts, file, linesHtml }))
  return tagged(c, etag, body, 'text/html; charset=UTF-8', REVALIDATE)
}

/** The set's key stands for the file, since it is a hash of every byte of the set. */
const etagOf = ({ key }: Manifest, { name }: SourceRow, rest: string): string =>
  `"${key.slice(0, 16)}${quickHash(`source ${name}\n${rest}`)}"`
