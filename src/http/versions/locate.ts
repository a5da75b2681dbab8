/** Resolves addresses below `/docs/` to a page, the list of versions or a redirect. Reads the queue and manifests. */

import { isFullCommitId } from '#base/commit-id.ts'
import { KNOWN_HOSTS } from '#base/repository-hints.ts'
import type { AppDeps } from '#http/deps.ts'
import { Refusal } from '#http/problem.ts'
import { refuseIfDamaged } from '#http/published-set.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest } from '#store/model.ts'
import { addressOf, segmentsOf, versionHref, versionsHref } from './addresses.ts'
import { nearestPage } from './nearest-page.ts'
import { type RepositoryVersions, type Version, type VersionReader, versionCalled } from './repository-versions.ts'

export type Located =
  | { type: 'list'; address: string; versions: RepositoryVersions }
  | { type: 'page'; job: JobSnapshot; manifest: Manifest; name: string; folder: string; missing?: MissingPage }
  /** Temporary: another version may have the page tomorrow. */
  | { type: 'redirect'; to: string }

/** A page that this version lacks. */
export interface MissingPage {
  versions: readonly Version[]
  /** URL path of the most similar page of this version. */
  nearest: string
}

const OVERVIEW = 'overview.md'
/** Maximum number of segments of a repository after its host. */
const MAX_DEPTH = 8
/** Maximum number of versions named in a message. */
const MAX_NAMED = 20

type Deps = Pick<AppDeps, 'sets' | 'queue'> & { versions: VersionReader }

/**
 * @param pathname - As it was sent, `/docs/github.com/pallets/flask/3.0.0/overview.md`.
 * @throws {Refusal} `NO_VERSIONS`, `NO_SUCH_VERSION`, `NO_DOCS`, `SET_DAMAGED`. A page that the version lacks is located under its own name.
 */
export async function locateVersion(pathname: string, deps: Deps): Promise<Located> {
  const segments = segmentsOf(pathname, '/docs/')
  const found = segments && (await repositoryIn(segments, deps.versions))
  if (found === undefined) {
    throw new Refusal(
      'NO_VERSIONS',
      'No repository is documented at this URL.',
      'GET /api/jobs lists what is documented.',
    )
  }
  const { address, versions, rest } = found
  if (rest.length === 0) return { type: 'redirect', to: versionsHref(address) }
  if (rest.length === 1 && rest[0] === '') return { type: 'list', address, versions }
  for (let length = 1; length <= rest.length; length++) {
    const name = rest.slice(0, length).join('/')
    const version = name === '' ? undefined : await versionIn(deps.versions, versions, name)
    if (version === undefined) continue
    if (length === rest.length) return { type: 'redirect', to: versionHref(address, name) }
    const page = rest.slice(length).join('/') || OVERVIEW
    return pageIn(deps, versions, { job: version.job, page, folder: versionHref(address, name), address, name })
  }
  throw noSuchVersion(versions, address, rest[0] ?? '')
}

const versionIn = async (reader: VersionReader, all: RepositoryVersions, name: string): Promise<Version | undefined> =>
  versionCalled(all, name) ?? (isFullCommitId(name) ? await reader.pinned(all.repoUrl, name) : undefined)

interface Wanted {
  job: JobSnapshot
  page: string
  folder: string
  address: string
  name: string
}

async function pageIn(deps: Deps, { versions }: RepositoryVersions, wanted: Wanted): Promise<Located> {
  const { job, page, folder, address, name } = wanted
  const manifest = job.docsKey === null ? undefined : await deps.sets.readManifest(job.docsKey)
  if (manifest === undefined) {
    await refuseIfDamaged(job, deps.sets)
    throw new Refusal('NO_DOCS', 'The documents of this version have expired.', 'Submit it again.')
  }
  // Files of the repository have no other address.
  if (page === 'source' || page.startsWith('source/')) {
    const path = page === 'source' ? 'source/' : page.split('/').map(encodeURIComponent).join('/')
    return { type: 'redirect', to: `/static-docs/${encodeURIComponent(job.view.job_id)}/${path}` }
  }
  const isThere = manifest.pages.some(({ file }) => file === page) || manifest.files.some(({ name }) => name === page)
  const located: Located = { type: 'page', job, manifest, name: page, folder }
  if (isThere || !page.endsWith('.md')) return located
  return { ...located, missing: { versions, nearest: versionHref(address, name, nearestPage(manifest, page)) } }
}

interface FoundRepository {
  address: string
  versions: RepositoryVersions
  /** Segments after the repository. */
  rest: string[]
}

/** The repository that a path begins with, host first: the shortest one that has documents. */
export async function repositoryIn(
  segments: readonly string[],
  reader: VersionReader,
): Promise<FoundRepository | undefined> {
  const [host = ''] = segments
  const isFlat = KNOWN_HOSTS.get(host.toLowerCase())?.nested === false
  const max = Math.min(segments.length, isFlat ? 3 : MAX_DEPTH + 1)
  for (let length = isFlat ? 3 : 2; length <= max; length++) {
    const parts = segments.slice(0, length)
    if (parts.some((part) => part === '' || part.includes('/'))) return undefined
    const versions = await reader.find(parts.map((part) => encodeURI(part)).join('/'))
    if (versions === undefined) continue
    return { address: addressOf(versions.repoUrl) ?? parts.join('/'), versions, rest: segments.slice(length) }
  }
  return undefined
}

function noSuchVersion({ versions }: RepositoryVersions, address: string, requested: string): Refusal {
  const names = versions.flatMap(({ name, aliases }) => [...aliases.filter((alias) => alias !== name), name])
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : ''
  const other = names.find((name) => name.toLowerCase() === requested.toLowerCase())
  const refusal = new Refusal(
    'NO_SUCH_VERSION',
    `There is no documentation of version ${JSON.stringify(requested.slice(0, 80))}.`,
    `${other === undefined ? '' : `Did you mean ${other}? `}There are ${names.slice(0, MAX_NAMED).join(', ')}${more}.`,
  )
  const suggestions = versions
    .slice(0, MAX_NAMED)
    .map(({ name }) => ({ href: versionHref(address, name), title: name }))
  return refusal.withPage({ suggestions, links: [{ href: versionsHref(address), title: 'All versions' }] })
}
