/** Compares the documents of two jobs of one repository: JSON, a page, Markdown, an Atom feed. */

import type { Hono } from 'hono'
import { z } from 'zod'
import { linkFormOf, sourceUrl } from '#base/code-host-links.ts'
import { findRepository } from '#base/repository.ts'
import { createShareRuns } from '#base/share-runs.ts'
import { noticeOf } from '#base/unreachable-commit.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import type { Diff } from '#diff/change.ts'
import { type LinkSide, renderMarkdown } from '#diff/render-markdown.ts'
import { ruleText, summaryOf } from '#diff/wording.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest } from '#store/model.ts'
import { docsHref } from '#templates/addresses.ts'
import { DiffPage } from '#templates/diff.tsx'
import { ATOM_TYPE, atomFeed } from './atom.ts'
import type { SendCompressed } from './compressed-responses.ts'
import { etagOf } from './conditional.ts'
import { prefers } from './content-negotiation.ts'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'
import { createDiffer } from './differ.ts'
import { jobIdIn, refuseMissing } from './job-in-path.ts'
import { noticeMarkdown } from './noticed-files.ts'
import { Refusal } from './problem.ts'
import { readManifest } from './published-set.ts'
import { readQuery } from './query-parameters.ts'
import { versionName } from './versions/version-name.ts'

export const DiffParameters = z.object({
  format: z
    .enum(['html', 'md', 'json', 'atom'])
    .optional()
    .describe('By default, Accept decides between a page and Markdown.'),
})

const REVALIDATE = 'no-cache'
const TYPES = {
  html: 'text/html; charset=UTF-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json',
  atom: ATOM_TYPE,
} as const
type Format = keyof typeof TYPES

/** A comparison costs as much as this many searches. */
const COST = 4
/** Maximum number of entries in a feed. */
const MAX_ENTRIES = 200

/** The documents of one job. */
interface Side {
  job: JobSnapshot
  manifest: Manifest
}

interface Sides {
  before: Side
  after: Side
}

export function addDiffRoutes(app: Hono<AppEnv>, deps: AppDeps, sendCompressed: SendCompressed): void {
  const differ = deps.differ ?? createDiffer(deps.sets)
  const shareRendering = createShareRuns<Uint8Array<ArrayBuffer>>()

  app.get('/api/diff/:before/:after', async (c) => answer(c, await sidesOf(c, deps), 'json'))

  app.get('/diff/:before/:after', async (c) => {
    const { format } = readQuery(c, DiffParameters, 'format (html, md, json or atom)')
    return answer(c, await sidesOf(c, deps), format ?? (prefers(c, 'text/markdown') ? 'md' : 'html'))
  })

  async function answer(c: AppContext, sides: Sides, format: Format): Promise<Response> {
    const { before, after } = sides
    const keys = [before.manifest.key, after.manifest.key]
    const ids = [before.job.view.job_id, after.job.view.job_id]
    const notice = noticeOn(sides)
    const origin = originOf(c, deps)
    const asset = format === 'html' ? deps.assets.version('docspool.css') : origin
    const linkForms = [...(deps.sourceLinks ?? [])].join(' ')
    const etag = await etagOf([...keys, ...ids, format, GENERATOR_VERSION, asset, notice, linkForms].join('\n'))
    const sent = await sendCompressed(c, {
      etag,
      type: TYPES[format],
      cacheControl: REVALIDATE,
      isMade: true,
      async read() {
        c.var.limits.search(c, COST)
        const [old = '', now = ''] = keys
        const caller = c.var.limits.callerOf(c)
        if (format === 'json') return withMember(await differ.whole(old, now, caller), { notice })
        const diff = await differ.shown(old, now, caller)
        if (diff === undefined) return undefined
        const render = async () => new TextEncoder().encode(await rendered(diff, sides, format, origin))
        return shareRendering(etag, render)
      },
      isThere: async () => (await Promise.all(keys.map((key) => deps.sets.has(key)))).every(Boolean),
    })
    for (const key of keys) deps.sets.noteUse(key)
    return sent ?? refuseOldSet()
  }

  async function rendered(diff: Diff, sides: Sides, format: Exclude<Format, 'json'>, origin: string): Promise<string> {
    const link = linkOf(deps, sides)
    const notice = noticeOn(sides)
    if (format === 'md') return noticeMarkdown(notice) + renderMarkdown(diff, titleOf(sides), link)
    if (format === 'atom') return feedOf(diff, sides, origin)
    const of = ({ job, manifest }: Side) => ({ jobId: job.view.job_id, name: versionName(job.view), manifest })
    const page = { before: of(sides.before), after: of(sides.after), diff, link, asset: deps.assets.version, notice }
    return String(await DiffPage(page))
  }
}

/** @throws {Refusal} `NO_SUCH_JOB`, `JOB_EXPIRED`, `NO_DOCS`, `OTHER_REPOSITORY` */
async function sidesOf(c: AppContext, deps: AppDeps): Promise<Sides> {
  const side = async (name: 'before' | 'after'): Promise<Side> => {
    const id = jobIdIn(c, name)
    const job = (await deps.queue.read(id)) ?? (await refuseMissing(c, deps, id))
    return { job, manifest: await readManifest(job, deps) }
  }
  const [before, after] = [await side('before'), await side('after')]
  if (before.manifest.repo_url !== after.manifest.repo_url) {
    throw new Refusal(
      'OTHER_REPOSITORY',
      `Expected two versions of one repository, found ${before.manifest.full_name} and ${after.manifest.full_name}.`,
      'Give the ids of two jobs of the same repository.',
    )
  }
  return { before, after }
}

function refuseOldSet(): never {
  throw new Refusal(
    'NO_PUBLIC_API',
    'One of the two sets of documents was made by a version that stored nothing to compare.',
    'Submit it again with force.',
  )
}

/** The notices on the two commits, each after its commit id; `undefined` if there are none. */
function noticeOn({ before, after }: Sides): string | undefined {
  const notices = [before, after].flatMap(({ job: { view } }) => {
    const notice = noticeOf(view)
    return notice === undefined ? [] : [`${view.resolved_commit?.slice(0, 12)}: ${notice}`]
  })
  return notices.length === 0 ? undefined : notices.join(' ')
}

/** Inserts members at the start of a JSON object without parsing it, since it may have tens of megabytes. */
function withMember(
  json: Uint8Array<ArrayBuffer> | undefined,
  members: Record<string, string | undefined>,
): Uint8Array<ArrayBuffer> | undefined {
  const [, inside = ''] = /^\{(.*)\}$/.exec(JSON.stringify(members)) ?? []
  if (json === undefined || inside === '') return json
  const before = new TextEncoder().encode(`{${inside},`)
  const whole = new Uint8Array(before.length + json.length - 1)
  whole.set(before)
  whole.set(json.subarray(1), before.length)
  return whole
}

const titleOf = ({ before, after }: Sides): string =>
  `${after.manifest.full_name}: ${versionName(before.job.view)} → ${versionName(after.job.view)}`

/** Links to lines on the code host, or to the source files stored with a set. */
function linkOf({ policy, sourceLinks = new Map() }: AppDeps, { before, after }: Sides): LinkSide {
  const sides = {
    before: { ...before, at: findRepository(before.manifest.repo_url, policy) },
    after: { ...after, at: findRepository(after.manifest.repo_url, policy) },
  }
  return (which, { file, line, end }) => {
    const { job, manifest, at } = sides[which]
    if (manifest.sources !== undefined) {
      const path = file.split('/').map(encodeURIComponent).join('/')
      return `${docsHref(job.view.job_id)}source/${path}#L${line}`
    }
    return at === undefined ? null : sourceUrl(at, linkFormOf(at, sourceLinks), manifest.commit, file, line, end)
  }
}

function feedOf(diff: Diff, sides: Sides, origin: string): string {
  const { before, after } = sides
  const [first, second] = [before, after].map(({ job }) => encodeURIComponent(job.view.job_id))
  const page = `${origin}/diff/${first}/${second}`
  return atomFeed({
    id: page,
    title: [`${titleOf(sides)}. ${summaryOf(diff)}`, noticeOn(sides)].filter(Boolean).join(' '),
    self: `${page}?format=atom`,
    page,
    updated: after.manifest.committed_at,
    entries: diff.changes.slice(0, MAX_ENTRIES).map((change, index) => ({
      id: `${page}#change-${index + 1}`,
      title: `${change.severity}: ${change.name}`,
      href: `${page}#change-${index + 1}`,
      updated: after.manifest.committed_at,
      summary: `${ruleText(change)}${change.detail === '' ? '' : `: ${change.detail}`}`,
    })),
  })
}
