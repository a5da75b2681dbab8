/**
 * Job ids: one for each combination of repository, commit and options; readable, unique, and safe as a file name and in a URL.
 */

import { isFullCommitId } from './commit-id.ts'
import { secretSuffix, UNLISTED_SUFFIX } from './private-jobs.ts'
import type { Repository } from './repository.ts'
import { sha256Of } from './sha256.ts'

/** An id is the name of a folder, and part of longer file names, whose limit is 255 bytes. */
const MAX_ID_BYTES = 200
const MAX_NAME_BYTES = 150
/** Only for readers: a digest of the whole branch or tag follows. */
const MAX_REF_BYTES = 24

/** A format of job ids. `name`, `commit`, `ref` and `options` are the numbers of hex digits of these digests. */
interface IdForm {
  name: number
  commit: number
  ref: number
  options: number
  /** Bytes of the name reserved for its digest and prefix. */
  margin: number
  /** Matches hosts that need a digest of the whole URL in the id. */
  ambiguousHost: RegExp
}

/**
 * The current format. Digests have 128 bits, so that no collisions can be found. The text before the first `--` is a host only if
 * it has a dot and no `--`; otherwise, `xn--abc.com` with `/a/b` and `xn` with `/abc.com/a/b` would have the same id.
 */
const FORM: IdForm = { name: 32, commit: 40, ref: 32, options: 32, margin: 41, ambiguousHost: /--|^[^.]*$/ }
/** The format of versions up to 0.6. Collisions between commits or options can be found in seconds. */
const FORMER: IdForm = { name: 16, commit: 12, ref: 12, options: 10, margin: 20, ambiguousHost: /^$/ }
const CASELESS_HOSTS = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org'])

/** The request that a job id identifies. */
export interface JobIdentity {
  repoUrl: string
  commitId: string | null
  options: object
}

/**
 * The id of a job.
 *
 * `pallets--flask`; `gitlab.com--group--sub--repo` for another host; `pallets--flask@<40 hex>` for a pinned commit;
 * `pallets--flask@main.<32 hex>` for a branch or tag; `~<32 hex>` at the end for options that differ from the defaults. An
 * ambiguous name (a segment that contains `--` or `~` or starts or ends with `-`, a host without a dot, …) and a truncated name
 * end with `~~` and 32 hex digits of a hash of the whole URL. For `~p<32 hex>` and `~n` see `private-jobs.ts`.
 *
 * @param commitId - From `parseCommitId`; `null` for the default branch.
 * @param options - Options that change the result; an empty object is the default.
 * @param secret - 32 hex digits that make the job private.
 */
export function jobIdOf(
  repository: Repository,
  commitId: string | null,
  options: object = {},
  secret: string | null = null,
): string {
  const suffix = suffixOf(FORM, commitId, options, secret)
  const room = Math.min(MAX_NAME_BYTES, MAX_ID_BYTES - suffix.length - UNLISTED_SUFFIX.length)
  return nameOf(FORM, repository, room) + suffix
}

/**
 * The id that versions up to 0.6 gave to the same request. Another request may have had the same id, so the records must be
 * compared.
 */
export function formerJobIdOf(
  repository: Repository,
  commitId: string | null,
  options: object = {},
  secret: string | null = null,
): string {
  const room = secret === null ? MAX_NAME_BYTES : MAX_NAME_BYTES - secretSuffix(secret).length
  return nameOf(FORMER, repository, room) + suffixOf(FORMER, commitId, options, secret)
}

/**
 * Whether an id is that of the default branch, a branch or a tag, with the default options. Ids of earlier versions do not contain
 * this information.
 */
export const isOfNamedRef = (jobId: string): boolean => !/@[0-9a-f]{40}(?:~|$)|(?<!~)~[0-9a-f]{32}$/.test(jobId)

/** Whether two requests ask for the same documents. Ignores the case of paths on hosts that ignore it. */
export function isSameRequest(one: JobIdentity, other: JobIdentity): boolean {
  return (
    foldUrl(one.repoUrl) === foldUrl(other.repoUrl) &&
    one.commitId === other.commitId &&
    optionsText(one.options) === optionsText(other.options)
  )
}

/** The host that a job clones from, derived from its id: equal for all jobs of one host. `undefined` for local folders. */
export function hostOfJob(jobId: string): string | undefined {
  const first = jobId.slice(0, jobId.indexOf('--'))
  if (first === 'local') return undefined
  return /[.\]]/.test(first) ? first : 'github.com'
}

/** The part of an id that names the repository. @param room - Its maximum length in bytes. */
function nameOf(form: IdForm, repository: Repository, room: number): string {
  const { scheme, host } = repository
  const cut = (name: string, address: string): string =>
    `${plainName(name).slice(0, room - form.margin)}~~${digest(address, form.name)}`
  if (scheme === 'file') return `local--${cut(repository.name, repository.url)}`
  const fold = CASELESS_HOSTS.has(host)
  const segments = fold ? repository.segments.map((segment) => segment.toLowerCase()) : repository.segments
  const isGithub = host === 'github.com'
  const name = (isGithub ? segments : [host.replace(':', '_'), ...segments]).join('--')
  const isAmbiguous =
    segments.some((segment) => /--|^-|-$|~/.test(segment)) ||
    (!isGithub && (segments.length === 1 || form.ambiguousHost.test(host))) ||
    scheme !== 'https' ||
    /^\.|[^A-Za-z0-9._-]/.test(name)
  if (!isAmbiguous && name.length <= room) return name
  // The SSH user is included, because another user may have another repository at the same path.
  const user = scheme === 'ssh' ? `${new URL(repository.url).username}@` : ''
  return cut(name, `${scheme}://${user}${host}/${segments.join('/')}`)
}

const plainName = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\./, '_')

/** The part of an id after the name. */
function suffixOf(form: IdForm, commitId: string | null, options: object, secret: string | null): string {
  const end = secret === null ? '' : secretSuffix(secret)
  return commitPart(form, commitId) + optionsPart(form, options) + end
}

function commitPart({ commit, ref }: IdForm, commitId: string | null): string {
  if (commitId === null) return ''
  if (isFullCommitId(commitId)) return `@${commitId.slice(0, commit)}`
  return `@${commitId.replace(/[^A-Za-z0-9_]/g, '_').slice(0, MAX_REF_BYTES)}.${digest(commitId, ref)}`
}

function optionsPart(form: IdForm, options: object): string {
  const text = optionsText(options)
  return text === '[]' ? '' : `~${digest(text, form.options)}`
}

const optionsText = (options: object): string =>
  JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)))

/** The URL with its path in lower case if the host ignores the case. */
export function foldUrl(repoUrl: string): string {
  if (!URL.canParse(repoUrl)) return repoUrl
  const url = new URL(repoUrl)
  if (CASELESS_HOSTS.has(url.host)) url.pathname = url.pathname.toLowerCase()
  return url.href
}

const digest = (text: string, digits: number): string => sha256Of(text).slice(0, digits)
