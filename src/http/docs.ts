/**
 * Published documents. The name in the URL is looked up in the set's manifest and never used in a path. Pages were
 * sanitised when the set was published; here they are only wrapped in the layout.
 */

import type { Hono } from 'hono'
import { z } from 'zod'
import type { JobSnapshot } from '#queue/contract.ts'
import { createSearcher, MAX_QUERY } from '#search/searcher.ts'
import type { Manifest, SetFile, SetPage } from '#store/model.ts'
import { jobHref } from '#templates/addresses.ts'
import { createAnswerArchive } from './archives.ts'
import { rangeOf } from './byte-ranges.ts'
import { acceptsGzip, type CacheableBody, gzipTag, type SendCompressed } from './compressed-responses.ts'
import { isKnown } from './conditional.ts'
import { prefers } from './content-negotiation.ts'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { logOmittedPart } from './error-response.ts'
import { jobIdIn, readJob, refuseMissing } from './job-in-path.ts'
import { suggestJobs } from './job-suggestions.ts'
import type { ReadDocumentedJob } from './known-jobs.ts'
import { bytesOf, sendStored } from './large-responses.ts'
import { createWrap, type Wrap, type WrappedPage } from './layout-cache.ts'
import { noticeBefore, noticedTag, withNotice } from './noticed-files.ts'
import { noSuchPage } from './page-suggestions.ts'
import { Refusal } from './problem.ts'
import { docsPath, readManifest, refuseDocs } from './published-set.ts'
import { readQuery } from './query-parameters.ts'
import { answerSearch } from './search.ts'
import { countSent } from './sent-bytes.ts'
import { locateVersion } from './versions/locate.ts'
import { createFindElsewhere } from './versions/page-elsewhere.ts'
import { createVersionReader, type VersionReader } from './versions/repository-versions.ts'
import { addVersionRoutes, createAnswerVersions } from './versions/routes.ts'
import { versionBarOf } from './versions/version-bar.ts'

const OVERVIEW = 'overview.md'
/** Caches must revalidate each time. */
const REVALIDATE = 'no-cache'

export const DocsParameters = z.object({
  format: z.enum(['md', 'html']).optional().describe('md is the source; by default, Accept decides.'),
})
export const OverviewParameters = DocsParameters.extend({
  q: z
    .string()
    .optional()
    .meta({ description: 'Search for these words.', maxLength: MAX_QUERY, examples: ['app'] }),
})

/** Larger files are streamed from disk. */
const LARGE_BYTES = 1_048_576
/** Bytes inflated and skipped to reach a range that count as one search. */
const SKIPPED_PER_SEARCH = 33_554_432

const HTML = 'text/html; charset=UTF-8'

/** Content types of files; others are downloads. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['json', 'application/json'],
  ['md', 'text/markdown; charset=utf-8'],
  ['txt', 'text/plain; charset=utf-8'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
])

/** @param readKnown - The same function as for `addSourceRoutes`. */
export function addDocsRoutes(
  app: Hono<AppEnv>,
  deps: AppDeps,
  sendCompressed: SendCompressed,
  readKnown: ReadDocumentedJob,
): void {
  const versions = createVersionReader(deps)
  const rendering: PageRendering = { wrap: createWrap(deps), sendCompressed, versions }
  const isElsewhere = createFindElsewhere(deps.sets)
  const answerVersions = createAnswerVersions(deps, sendCompressed)
  const answerArchive = createAnswerArchive({ ...deps, versions })
  const searcher = deps.searcher ?? createSearcher(deps.sets)

  /** The job in the path. For an unknown one, the HTML error page suggests similar documents. */
  const find = (c: AppContext): Promise<JobSnapshot> => readJob(c, deps, readKnown).catch((error) => help(c, error))
  function help(c: AppContext, error: unknown): Promise<never> {
    const isUnknown = error instanceof Refusal && error.code === 'NO_SUCH_JOB'
    const refused = isUnknown
      ? new Refusal(error.code, 'There is no documentation at this address.', error.hint)
      : error
    return suggestJobs(c, deps, refused, (job) => (job.docs_path === null ? jobHref(job.job_id) : docsPath(job.job_id)))
  }

  app.get('/docs/:id', async (c) => {
    const { view, docsKey } = await find(c)
    return c.redirect(docsKey === null ? jobHref(view.job_id) : docsPath(view.job_id), 302)
  })

  app.get('/docs/:host/:rest{.+}', async (c) => {
    const url = new URL(c.req.url)
    const found = await c.var.turns.list(c.var.limits.callerOf(c), () =>
      locateVersion(url.pathname, { ...deps, versions }),
    )
    c.header('Cache-Control', REVALIDATE)
    if (found.type === 'redirect') return c.redirect(found.to + url.search, 302)
    if (found.type === 'list') return answerVersions(c, found)
    const { job, manifest, name, folder, missing } = found
    if (missing !== undefined && (await isElsewhere(c, missing.versions, name)))
      return c.redirect(missing.nearest + url.search, 302)
    const { q, format } = readQuery(c, OverviewParameters, 'q (words to search for) and format (md or html)')
    if (q !== undefined) return answerSearch(c, deps, { searcher, job, manifest, query: q, folder })
    return answerFile(c, deps, rendering, { job, manifest, name, format, folder })
  })

  addVersionRoutes(app, { ...deps, versions })

  app.get('/static-docs/:id', (c) => locate(c).catch((error) => help(c, error)))

  // A repository may be called `x.zip`; its job takes precedence over an archive of the same name.
  async function locate(c: AppContext): Promise<Response> {
    const id = jobIdIn(c)
    if ((await deps.queue.read(id)) !== undefined) return c.redirect(docsPath(id) + new URL(c.req.url).search, 301)
    return (await answerArchive(c, id)) ?? (await refuseMissing(c, deps))
  }

  app.get('/static-docs/:id/', async (c) => {
    const job = await find(c)
    const manifest = await readManifest(job, deps)
    const { q, format } = readQuery(c, OverviewParameters, 'q (words to search for) and format (md or html)')
    if (q !== undefined) return answerSearch(c, deps, { searcher, job, manifest, query: q })
    return answerFile(c, deps, rendering, { job, manifest, name: OVERVIEW, format })
  })

  app.get('/static-docs/:id/:filename{.+}', async (c) => {
    const job = await find(c)
    const manifest = await readManifest(job, deps)
    const { format } = readQuery(c, DocsParameters, 'format (md, the source, or html)')
    return answerFile(c, deps, rendering, { job, manifest, name: c.req.param('filename'), format })
  })
}

const typeOf = (name: string): string => TYPES.get(name.slice(name.lastIndexOf('.') + 1)) ?? 'application/octet-stream'

interface PageRendering {
  wrap: Wrap
  sendCompressed: SendCompressed
  versions: VersionReader
}

interface FileRequest {
  job: JobSnapshot
  manifest: Manifest
  name: string
  format: 'md' | 'html' | undefined
  /** The URL path of the folder that the pages appear in; by default, that of the job's documents. */
  folder?: string
}

async function answerFile(
  c: AppContext,
  deps: AppDeps,
  rendering: PageRendering,
  requested: FileRequest,
): Promise<Response> {
  const { job, manifest, format, folder } = requested
  const name = presentName(manifest, requested.name)
  const wanted = { ...requested, name }
  const wantsSource = format === 'md' || (format === undefined && prefers(c, 'text/markdown'))
  const page = wantsSource ? undefined : manifest.pages.find((entry) => entry.file === name)
  const isThere = (): Promise<boolean> => deps.sets.has(manifest.key)
  const file = page === undefined ? manifest.files.find((entry) => entry.name === name) : undefined
  if (file !== undefined && file.bytes > LARGE_BYTES && deps.sets.openFile !== undefined)
    return answerLarge(c, deps, wanted, file)
  const wrapped = async (page: SetPage): Promise<WrappedPage> => {
    // If the versions cannot be read, the page is sent without its version bar.
    const read = () =>
      versionBarOf(rendering.versions, deps.sets, { job, manifest, page: page.file, now: deps.clock() })
    const bar = await c.var.turns.list(c.var.limits.callerOf(c), read).catch((error) => logOmittedPart(c, deps, error))
    return rendering.wrap(job, manifest, page, { folder, bar })
  }
  const { etag, type, read } = page === undefined ? sourceOf(c, deps, wanted) : { ...(await wrapped(page)), type: HTML }
  const answer = await rendering.sendCompressed(c, {
    etag,
    type,
    cacheControl: REVALIDATE,
    read,
    isThere,
    expectedBytes: page?.stored?.inflated ?? page?.stored?.length,
  })
  if (answer === undefined) return refuseDocs(job, deps)
  deps.sets.noteUse(manifest.key)
  return answer
}

/** The present name of a file, for scripts that request one that is no longer written; the name itself otherwise. */
function presentName({ files }: Manifest, name: string): string {
  const renamed = name === 'first_module_tree.json' && !files.some((file) => file.name === name)
  return renamed ? 'module_tree.json' : name
}

/** Streams a large file from disk. Clients that accept gzip get the stored compressed bytes. */
async function answerLarge(c: AppContext, deps: AppDeps, { job, manifest, name }: FileRequest, file: SetFile) {
  const { sets } = deps
  const before = noticeBefore(job.view, name)
  const packed = acceptsGzip(c) && before === undefined ? await sets.openPacked?.(manifest.key, name) : undefined
  const found = packed ?? (await sets.openFile?.(manifest.key, name))
  if (found === undefined) return refuseDocs(job, deps)
  const stored = before === undefined ? found : withNotice(found, before)
  sets.noteUse(manifest.key)
  c.header('Vary', 'Accept-Encoding', { append: true })
  const plainTag = noticedTag(file.sha256, before)
  const etag = packed === undefined ? plainTag : gzipTag(plainTag)
  const headers = { ETag: etag, 'Cache-Control': REVALIDATE, 'Content-Type': typeOf(name) }
  if (isKnown(c, etag)) return c.body(null, 304, { ETag: etag, 'Cache-Control': REVALIDATE })
  if (stored.skips)
    c.var.limits.searched(c, Math.floor((rangeOf(c, stored.bytes, etag)?.from ?? 0) / SKIPPED_PER_SEARCH))
  const release = stored.isInMemory === true ? countSent(c, stored.bytes) : undefined
  return sendStored(c, stored, { ...headers, ...(packed !== undefined && { 'Content-Encoding': 'gzip' }) }, release)
}

/** A file of the set, unchanged except for a notice at the beginning if there is one. */
function sourceOf(
  c: AppContext,
  { sets }: AppDeps,
  { job, manifest, name }: FileRequest,
): Pick<CacheableBody, 'etag' | 'type' | 'read' | 'readPacked'> {
  const file = manifest.files.find((entry) => entry.name === name)
  if (file === undefined) throw noSuchPage(c, job.view.job_id, manifest, name)
  const before = noticeBefore(job.view, name)
  if (before !== undefined) {
    return {
      etag: noticedTag(file.sha256, before),
      type: typeOf(name),
      async read() {
        const bytes = await sets.readFile(manifest.key, name)
        return bytes === undefined
          ? undefined
          : new Uint8Array(await new Blob([before, new Uint8Array(bytes)]).arrayBuffer())
      },
    }
  }
  return {
    etag: `"${file.sha256}"`,
    type: typeOf(name),
    async read() {
      const bytes = await sets.readFile(manifest.key, name)
      return bytes === undefined ? undefined : new Uint8Array(bytes)
    },
    async readPacked() {
      const stored = await sets.openPacked?.(manifest.key, name)
      return stored === undefined ? undefined : bytesOf(stored)
    },
  }
}
