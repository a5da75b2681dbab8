/** Versions as data and as a page, badges, and a feed of the documents of a repository. Pages of versions are in `docs.ts`. */

import type { Hono } from 'hono'
import { z } from 'zod'
import { GENERATOR_VERSION } from '#base/version.ts'
import { ATOM_TYPE, atomFeed } from '#http/atom.ts'
import { createByteCache } from '#http/byte-cache.ts'
import type { SendCompressed } from '#http/compressed-responses.ts'
import { etagOf, tagged } from '#http/conditional.ts'
import { type AppContext, type AppDeps, type AppEnv, originOf } from '#http/deps.ts'
import { jsonText } from '#http/job-lines.ts'
import { Refusal } from '#http/problem.ts'
import { readQuery } from '#http/query-parameters.ts'
import { shortCommit } from '#templates/format.ts'
import type { Lag } from '#templates/version-bar.tsx'
import { VersionsPage } from '#templates/versions.tsx'
import { addressOf, badgeHref, feedHref, segmentsOf, versionHref, versionsApiHref, versionsHref } from './addresses.ts'
import { ageOf, badge, shareBadge, versionBadge } from './badge.ts'
import { repositoryIn } from './locate.ts'
import { lagOf } from './reported-commits.ts'
import { type RepositoryVersions, type Version, type VersionReader, versionCalled } from './repository-versions.ts'

export const VersionsAnswer = z.object({
  repo_url: z.string(),
  latest: z.string().nullable().describe('The name of the version that `latest` points to.'),
  stable: z.string().nullable().describe('The highest release; a pre-release only if there is no other.'),
  versions: z
    .array(
      z.object({
        name: z.string().describe('As in URLs; `@latest` is a ref named `latest`.'),
        aliases: z.array(z.enum(['latest', 'stable'])),
        job_id: z.string(),
        commit: z.string().describe('Full commit id.'),
        documented_at: z.iso.datetime().nullable(),
        is_newest: z
          .boolean()
          .nullable()
          .describe('False if the host has reported a newer commit of this branch; null if unknown, and for releases.'),
        commits_behind: z
          .int()
          .nullable()
          .describe(
            'How many commits its branch has that these documents do not contain; for a release, the default branch. Null if they could not be counted.',
          ),
        docs_path: z.string(),
        changes_path: z
          .string()
          .nullable()
          .describe('Path of the changes since the previous release; null if there is none.'),
      }),
    )
    .describe('The default branch first, then releases from the newest, then branches and commits.'),
})

export const BadgeParameters = z.object({
  show: z
    .enum(['version', 'api'])
    .default('version')
    .describe('version and age, or the share of the public API that is documented.'),
})

const REVALIDATE = 'no-cache'
/** Image proxies of code hosts revalidate after this time. */
const BADGE_CACHE = 'public, max-age=600'
const MAX_ENTRIES = 100
/** Size of the cache of pages that list versions; a page of 1,000 versions takes about 1 MB. */
const KEPT_BYTES = 16 * 1_048_576

type Deps = AppDeps & { versions: VersionReader }

export function addVersionRoutes(app: Hono<AppEnv>, deps: Deps): void {
  app.get('/api/versions/:address{.+}', async (c) => {
    const { versions } = await repositoryOf(c, deps, '/api/versions/')
    const body = jsonText(answerOf(versions))
    return tagged(c, await etagOf(body), body, 'application/json', REVALIDATE)
  })

  app.get('/feed/:address{.+}', async (c) => {
    const { address, versions } = await repositoryOf(c, deps, '/feed/', '.atom')
    const body = feedOf(versions, address, originOf(c, deps))
    return tagged(c, await etagOf(body), body, ATOM_TYPE, REVALIDATE)
  })

  app.get('/badge/:address{.+}', async (c) => {
    const { show } = readQuery(c, BadgeParameters, 'show (version or api)')
    const svg = await badgeFor(c, deps, show)
    const cache = deps.access?.for === 'everything' ? REVALIDATE : BADGE_CACHE
    return tagged(c, await etagOf(svg), svg, 'image/svg+xml', cache)
  })
}

export type AnswerVersions = (
  c: AppContext,
  found: { address: string; versions: RepositoryVersions },
) => Promise<Response>

/** The page that lists the versions of a repository. It is cached, since rendering 1,000 versions takes tens of milliseconds. */
export function createAnswerVersions(
  { assets }: Pick<AppDeps, 'assets'>,
  sendCompressed: SendCompressed,
): AnswerVersions {
  const kept = createByteCache<Uint8Array<ArrayBuffer>>(KEPT_BYTES, ({ length }) => length)

  return async (c, { address, versions }) => {
    const times = versions.versions.map(({ job }) => job.view.documented_at)
    const inputs = [
      GENERATOR_VERSION,
      assets.version('docspool.css'),
      address,
      versions.repoUrl,
      versions.stamp,
      ...times,
    ]
    const etag = await etagOf(inputs.join('\n'))
    const read = async (): Promise<Uint8Array<ArrayBuffer>> => {
      const known = kept.get(etag)
      if (known !== undefined) return known
      const page = new TextEncoder().encode(await renderVersions(address, versions, assets.version))
      kept.set(etag, page)
      return page
    }
    const cacheControl = REVALIDATE
    const isThere = async (): Promise<boolean> => true
    const sent = await sendCompressed(c, { etag, type: 'text/html; charset=UTF-8', cacheControl, read, isThere })
    return sent ?? c.notFound()
  }
}

async function renderVersions(
  address: string,
  versions: RepositoryVersions,
  asset: (name: string) => string,
): Promise<string> {
  const changesOf = changesIn(versions)
  const rows = versions.versions.map((version) => ({
    name: shortCommit(version.name),
    aliases: version.aliases.filter((alias) => alias !== version.name),
    commit: version.commit,
    documentedAt: version.job.view.documented_at,
    lag: versions.reported && lagOf(version, versions.reported),
    href: versionHref(address, version.name),
    changes: changesOf(version),
  }))
  const links = { feed: feedHref(address), data: versionsApiHref(address), badge: badgeHref(address) }
  return String(await VersionsPage({ address, repoUrl: versions.repoUrl, rows, links, asset }))
}

function answerOf(all: RepositoryVersions): z.infer<typeof VersionsAnswer> {
  const address = addressOf(all.repoUrl) ?? ''
  const changesOf = changesIn(all)
  return {
    repo_url: all.repoUrl,
    latest: all.latest?.name ?? null,
    stable: all.stable?.name ?? null,
    versions: all.versions.map((version) => ({
      name: version.name,
      aliases: version.aliases,
      job_id: version.job.view.job_id,
      commit: version.commit,
      documented_at: version.job.view.documented_at,
      ...lagFields(all.reported && lagOf(version, all.reported)),
      docs_path: versionHref(address, version.name),
      changes_path: changesOf(version),
    })),
  }
}

const lagFields = (lag: Lag | null | undefined) => ({
  is_newest: lag === null ? true : lag?.of === 'branch' ? false : null,
  commits_behind: lag === null ? 0 : (lag?.commits ?? null),
})

/** Returns the path of a version's changes since the previous release; of a branch or commit since the stable release. */
function changesIn({ versions, stable }: RepositoryVersions): (version: Version) => string | null {
  const releases = versions.filter(({ release }) => release !== undefined)
  const before = new Map(releases.map((version, index) => [version, releases[index + 1]]))
  return (version) => {
    const older = version.release === undefined ? stable : before.get(version)
    if (older === undefined || older === version) return null
    return `/diff/${encodeURIComponent(older.job.view.job_id)}/${encodeURIComponent(version.job.view.job_id)}`
  }
}

function feedOf(all: RepositoryVersions, address: string, origin: string): string {
  const entries = all.versions
    .map((version) => ({ version, at: version.job.view.documented_at ?? version.job.view.submitted_at }))
    .sort((a, b) => Number(a.at < b.at) - Number(a.at > b.at))
    .slice(0, MAX_ENTRIES)
  const page = origin + versionsHref(address)
  const changesOf = changesIn(all)
  return atomFeed({
    id: page,
    title: `Documentation of ${address}`,
    self: origin + feedHref(address),
    page,
    updated: entries[0]?.at ?? new Date(0).toISOString(),
    entries: entries.map(({ version, at }) => {
      const changes = changesOf(version)
      const about = `Documentation of ${shortCommit(version.name)} at commit ${version.commit.slice(0, 7)}.`
      return {
        // A new commit is a new entry, even of the same branch.
        id: `${page}#${encodeURIComponent(version.name)}-${version.commit}`,
        title: `${shortCommit(version.name)} (${version.commit.slice(0, 7)})`,
        href: origin + versionHref(address, version.name),
        updated: at,
        summary: changes === null ? about : `${about} What changed: ${origin}${changes}`,
      }
    }),
  })
}

/**
 * Repositories without documents have a badge, too, so that pages that embed it show no broken image.
 *
 * @throws {Refusal} `NO_VERSIONS` for an address that no repository can have.
 */
async function badgeFor(c: AppContext, deps: Deps, show: 'version' | 'api'): Promise<string> {
  const { pathname } = new URL(c.req.url)
  const segments = pathname.endsWith('.svg') ? segmentsOf(pathname.slice(0, -'.svg'.length), '/badge/') : undefined
  if (segments === undefined || !isAddress(segments)) throw noVersions('/badge/', '.svg')
  const found = await inTurn(c, () => repositoryIn(segments, deps.versions))
  const name = found?.rest.join('/') ?? ''
  const version =
    found &&
    (name === ''
      ? (found.versions.stable ?? found.versions.latest ?? found.versions.versions[0])
      : versionCalled(found.versions, name))
  if (version === undefined) return badge('docs', 'none', 'unknown')
  if (show === 'version')
    return versionBadge(
      shortCommit(version.name),
      ageOf(version.job.view.documented_at, deps.clock()),
      found?.versions.reported && lagOf(version, found.versions.reported),
    )
  const key = version.job.docsKey
  return shareBadge((key === null ? undefined : await deps.sets.readManifest(key))?.public_api)
}

/** Waits for a turn, because listing versions reads lists of jobs. */
const inTurn = <T>(c: AppContext, step: () => Promise<T>): Promise<T> =>
  c.var.turns.list(c.var.limits.callerOf(c), step)

/** @throws {Refusal} `NO_VERSIONS` */
async function repositoryOf(
  c: AppContext,
  deps: Deps,
  prefix: string,
  suffix = '',
): Promise<{ address: string; versions: RepositoryVersions }> {
  const { pathname } = new URL(c.req.url)
  const segments = pathname.endsWith(suffix)
    ? segmentsOf(pathname.slice(0, pathname.length - suffix.length), prefix)
    : undefined
  const parts = segments?.at(-1) === '' ? segments.slice(0, -1) : segments
  const found = parts && (await inTurn(c, () => repositoryIn(parts, deps.versions)))
  if (found === undefined || found.rest.length > 0) throw noVersions(prefix, suffix)
  return found
}

/** A host, an owner and a name, in plain characters. */
const isAddress = ([host = '', ...rest]: readonly string[]): boolean =>
  /^[\w.-]+(?::\d+)?$/.test(host) &&
  rest.length >= 2 &&
  [host, ...rest].every((part) => !/^\.*$|[/\\:%\s\p{C}]/u.test(part.replace(/:\d+$/, '')))

const noVersions = (prefix: string, suffix: string): Refusal =>
  new Refusal(
    'NO_VERSIONS',
    'No repository is documented at this URL.',
    `Expected ${prefix}github.com/owner/name${suffix}.`,
  )
