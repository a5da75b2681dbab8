/** Job ids: one for each repository, commit and set of options; readable, injective, safe as a file name and in a URL. */

import { createHash } from 'node:crypto'
import { isFullCommitId, type Repository } from './repository.ts'

/** An id is the name of a folder, and part of names that have as much again. */
const MAX_ID_BYTES = 200
const MAX_NAME_BYTES = 150
/** At the end of an id: this job is in no list. */
const UNLISTED = '~n'
/** How many hex digits stand for what cannot stand in an id as it is. */
interface IdForm {
  name: number
  commit: number
  ref: number
  options: number
  /** Bytes of a name that are left for its digest and for what comes before it. */
  margin: number
  /** A host that does not stand in an id as it is. */
  ambiguousHost: RegExp
}
/**
 * Nobody can find two texts that have a digest of 128 bits in common. What comes before the first `--` is a host only where it
 * has a dot and no `--`: `xn--abc.com` with `/a/b` reads as `xn` with `/abc.com/a/b`.
 */
const FORM: IdForm = { name: 32, commit: 40, ref: 32, options: 32, margin: 41, ambiguousHost: /--|^[^.]*$/ }
/** Of versions up to 0.6: two commits or two options with one id can be found in seconds. */
const FORMER: IdForm = { name: 16, commit: 12, ref: 12, options: 10, margin: 20, ambiguousHost: /^$/ }
const CASELESS_HOSTS = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org'])

/** What a job was asked to document. Two jobs with the same id have the same request. */
export interface JobIdentity {
  repoUrl: string
  commitId: string | null
  options: object
}

/**
 * The id of a job.
 *
 * `pallets--flask`; `gitlab.com--group--sub--repo` for another host; `pallets--flask@<40 hex>` for a pinned commit;
 * `pallets--flask@main.<32 hex>` for a branch or tag; `~<32 hex>` at the end for options that are not the default. An
 * ambiguous name (a segment with `--`, with a `-` at either end, with a `~`, a host without a dot, …) and a truncated one get `~~<32 hex>` of
 * a hash of the whole address. An id that ends with `~p<32 hex>` cannot be guessed: who knows it may read the job.
 *
 * @param commitId - As `parseCommitId` gives it, `null` for the default branch.
 * @param options - Options that change the result; an empty object is the default.
 * @param secret - 32 hex digits for a job that is for those alone who know its id.
 */
export function jobIdOf(
  repository: Repository,
  commitId: string | null,
  options: object = {},
  secret: string | null = null,
): string {
  const rest = restOf(FORM, commitId, options, secret)
  return nameOf(FORM, repository, Math.min(MAX_NAME_BYTES, MAX_ID_BYTES - rest.length - UNLISTED.length)) + rest
}

/** The id that versions up to 0.6 gave to the same job. It may be that of another job, too: compare its record. */
export function formerJobIdOf(
  repository: Repository,
  commitId: string | null,
  options: object = {},
  secret: string | null = null,
): string {
  const room = secret === null ? MAX_NAME_BYTES : MAX_NAME_BYTES - `~p${secret}`.length
  return nameOf(FORMER, repository, room) + restOf(FORMER, commitId, options, secret)
}

/** True when both ask for the same documents. Hosts that compare names without case are compared so. */
export function isSameRequest(one: JobIdentity, other: JobIdentity): boolean {
  return (
    foldUrl(one.repoUrl) === foldUrl(other.repoUrl) &&
    one.commitId === other.commitId &&
    optionsText(one.options) === optionsText(other.options)
  )
}

/** What makes the id of a job unguessable, as it was given to `jobIdOf`; `undefined` for a job that all may see. */
export const secretOfJob = (jobId: string): string | undefined => /~p([0-9a-f]{32})$/.exec(jobId)?.[1]

/** The id of the same job in no list, which is not secret: that of a stranger's words to a model. */
export const unlistedId = (jobId: string): string => jobId + UNLISTED

/** Whether a job is in lists and searches. */
export const isListed = (jobId: string): boolean => secretOfJob(jobId) === undefined && !jobId.endsWith(UNLISTED)

/**
 * The host that a job clones from, as far as its id tells: equal for jobs of one host. `undefined` for folders of this
 * machine.
 */
export function hostOfJob(jobId: string): string | undefined {
  const first = jobId.slice(0, jobId.indexOf('--'))
  if (first === 'local') return undefined
  return /[.\]]/.test(first) ? first : 'github.com'
}

/** @param room - Bytes that the name may have. */
function nameOf(form: IdForm, repository: Repository, room: number): string {
  const { scheme, host } = repository
  const cut = (name: string, address: string): string =>
    `${plainName(name).slice(0, room - form.margin)}~~${digest(address, form.name)}`
  if (scheme === 'file') return `local--${cut(repository.name, repository.url)}`
  const fold = CASELESS_HOSTS.has(host)
  const segments = fold ? repository.segments.map((segment) => segment.toLowerCase()) : repository.segments
  const isGithub = host === 'github.com'
  const name = (isGithub ? segments : [host.replace(':', '_'), ...segments]).join('--')
  const ambiguous =
    segments.some((segment) => /--|^-|-$|~/.test(segment)) ||
    (!isGithub && (segments.length === 1 || form.ambiguousHost.test(host))) ||
    scheme !== 'https' ||
    /^\.|[^A-Za-z0-9._-]/.test(name)
  if (!ambiguous && name.length <= room) return name
  // Of an address of SSH the user's name, too: another user may have another repository there.
  const user = scheme === 'ssh' ? `${new URL(repository.url).username}@` : ''
  return cut(name, `${scheme}://${user}${host}/${segments.join('/')}`)
}

const plainName = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\./, '_')

function restOf(form: IdForm, commitId: string | null, options: object, secret: string | null): string {
  const end = secret === null ? '' : `~p${secret}`
  return commitPart(form, commitId) + optionsPart(form, options) + end
}

function commitPart({ commit, ref }: IdForm, commitId: string | null): string {
  if (commitId === null) return ''
  if (isFullCommitId(commitId)) return `@${commitId.slice(0, commit)}`
  return `@${commitId.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 24)}.${digest(commitId, ref)}`
}

function optionsPart(form: IdForm, options: object): string {
  const text = optionsText(options)
  return text === '[]' ? '' : `~${digest(text, form.options)}`
}

const optionsText = (options: object): string =>
  JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Without the case of the path where the host does not heed it. */
function foldUrl(repoUrl: string): string {
  if (!URL.canParse(repoUrl)) return repoUrl
  const url = new URL(repoUrl)
  if (CASELESS_HOSTS.has(url.host)) url.pathname = url.pathname.toLowerCase()
  return url.href
}

const digest = (text: string, digits: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits)
