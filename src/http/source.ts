/**
 * Files of the repository that a set keeps, as pages or as text. The name in the URL is looked up in the set's own table;
 * it is never part of a path. The text is escaped here and was never parsed by the server.
 */

import type { Hono } from 'hono'
import { z } from 'zod'
import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest, Source, SourceRow } from '#store/model.ts'
import { serverLinks } from '#templates/links.ts'
import { entryHref, SourcePage } from '#templates/source.tsx'
import { countLines, sourceHtml } from '#templates/source-lines.ts'
import { SourceListPage } from '#templates/source-list.tsx'
import { prefers } from './accept.ts'
import type { AnswerKept, KeptBody } from './answer-kept.ts'
import { etagOf } from './conditional.ts'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { readJob } from './job-id.ts'
import { noSuchPage } from './nearest.ts'
import { readQuery } from './query.ts'
import { docsPath, noDocs, readManifest } from './set.ts'

export const SourceParameters = z.object({
  format: z.enum(['text', 'html']).optional().describe('text is the file alone; what Accept says unless told.'),
})
/** Kept by caches, and asked for again each time. */
const REVALIDATE = 'no-cache'
const HTML = 'text/html; charset=UTF-8'
const NO_MARKS = { home: null, symbols: [], spans: [] }

interface Wanted {
  job: JobSnapshot
  manifest: Manifest
  row: SourceRow
}

/** Goes before the route of pages. */
export function addSourceRoutes(app: Hono<AppEnv>, deps: AppDeps, answerKept: AnswerKept): void {
  async function answer(c: AppContext, job: JobSnapshot, { key }: Manifest, body: Body): Promise<Response> {
    const isThere = (): Promise<boolean> => deps.sets.has(key)
    const answered = await answerKept(c, { ...body, cacheControl: REVALIDATE, isThere })
    if (answered === undefined) throw noDocs(job)
    deps.sets.noteUse(key)
    return answered
  }

  app.get('/static-docs/:id/source/', async (c) => {
    const job = await readJob(c, deps)
    const manifest = await readManifest(job, deps)
    if ((manifest.sources?.files ?? 0) === 0) throw noSuchPage(job.view.job_id, manifest, 'source')
    return answer(c, job, manifest, await listOf(deps, { job, manifest }))
  })

  app.get('/static-docs/:id/source/:name{[^]+}', async (c) => {
    const job = await readJob(c, deps)
    const manifest = await readManifest(job, deps)
    const { format } = readQuery(c, SourceParameters, 'format (text, the file alone, or html)')
    const name = c.req.param('name')
    const row = manifest.sources === undefined ? undefined : await deps.sets.findSource(manifest.key, name)
    if (row === undefined) throw noSuchPage(job.view.job_id, manifest, name)
    // Asked for by its path, which not every address can hold. Another set may have another name for it.
    if (row.name !== name) {
      return c.redirect(`${docsPath(job.view.job_id)}source/${row.name}${new URL(c.req.url).search}`, 302)
    }
    const wantsText = format === 'text' || (format === undefined && isTextPreferred(c))
    const wanted = { job, manifest, row }
    return answer(c, job, manifest, await (wantsText ? textOf(deps, wanted) : pageOf(deps, wanted)))
  })
}

const isTextPreferred = (c: AppContext): boolean => prefers(c, 'text/plain') || prefers(c, 'text/markdown')

type Body = Pick<KeptBody, 'etag' | 'type' | 'read'>

async function listOf({ sets, assets }: AppDeps, { job: { view }, manifest }: Omit<Wanted, 'row'>): Promise<Body> {
  const links = serverLinks(view.job_id, assets.version)
  const render = async (files: readonly SourceRow[]): Promise<string> =>
    String(await SourceListPage({ job: view, manifest, links, files }))
  return {
    etag: await tagOf(manifest, '', await render([])),
    type: HTML,
    async read() {
      const files = await sets.listSources(manifest.key)
      return files.length === 0 ? undefined : new TextEncoder().encode(await render(files))
    },
  }
}

/** Whatever the file is: a browser shows it as text and runs nothing. */
async function textOf({ sets }: AppDeps, { manifest, row }: Wanted): Promise<Body> {
  return {
    etag: await tagOf(manifest, row.name, 'text'),
    type: 'text/plain; charset=utf-8',
    async read() {
      const source = await sets.readSource(manifest.key, row.name)
      return source === undefined ? undefined : new TextEncoder().encode(source.text)
    },
  }
}

async function pageOf({ sets, assets }: AppDeps, { job: { view }, manifest, row }: Wanted): Promise<Body> {
  const links = serverLinks(view.job_id, assets.version)
  const render = async ({ text, marks }: Pick<Source, 'text' | 'marks'>, linesHtml: string): Promise<string> =>
    String(
      await SourcePage({ job: view, manifest, links, linesHtml, file: { ...row, lines: countLines(text), marks } }),
    )
  return {
    // What surrounds the file; the key of the set stands for the rest.
    etag: await tagOf(manifest, row.name, await render({ text: '', marks: NO_MARKS }, '')),
    type: HTML,
    async read() {
      const source = await sets.readSource(manifest.key, row.name)
      if (source === undefined) return undefined
      const linesHtml = sourceHtml(source, (page, anchor) => entryHref(links, page, anchor))
      return new TextEncoder().encode(await render(source, linesHtml))
    },
  }
}

/** The set's key is a hash of every byte of the set. */
const tagOf = ({ key }: Manifest, name: string, rest: string): Promise<string> =>
  etagOf(`source ${key} ${name}\n${rest}`)
