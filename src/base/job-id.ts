/** Job ids: one for each repository, commit and set of options; readable, injective, safe as a file name and in a URL. */

import { createHash } from 'node:crypto'
import { isFullCommitId, type Repository } from './repository.ts'

const MAX_NAME_BYTES = 150
/** Less of a longer name is left, for a hash; with everything that may follow, an id has at most 200 bytes. */
const CUT_BYTES = 20
/** `~p` and 32 hex digits. */
const PRIVATE_BYTES = 34
const CASELESS_HOSTS = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org'])

/**
 * The id of a job.
 *
 * `pallets--flask`; `gitlab.com--group--sub--repo` for another host; `pallets--flask@0123456789ab` for a pinned commit;
 * `pallets--flask@main.0d6e4079b7c1` for a branch or tag; `~<10 hex>` at the end for options that are not the default. What
 * could be read in two ways (a segment with `--`, at its ends a `-`, a `~`, …) and what is cut gets `~~<16 hex>` of
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
  const [room, end] = secret === null ? [MAX_NAME_BYTES, ''] : [MAX_NAME_BYTES - PRIVATE_BYTES, `~p${secret}`]
  return nameOf(repository, room) + commitPart(commitId) + optionsPart(options) + end
}

/** What makes the id of a job unguessable, as it was given to `jobIdOf`; `undefined` for a job that all may see. */
export const secretOfJob = (jobId: string): string | undefined => /~p([0-9a-f]{32})$/.exec(jobId)?.[1]

/** At the end of an id: this job is in no list. */
const UNLISTED = '~n'

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
function nameOf(repository: Repository, room: number): string {
  const plain = (text: string): string => plainName(text).slice(0, room - CUT_BYTES)
  if (repository.scheme === 'file') return `local--${plain(repository.name)}~~${digest(repository.url, 16)}`
  const fold = CASELESS_HOSTS.has(repository.host)
  const segments = fold ? repository.segments.map((segment) => segment.toLowerCase()) : repository.segments
  const isGithub = repository.host === 'github.com'
  const name = (isGithub ? segments : [repository.host.replace(':', '_'), ...segments]).join('--')
  const ambiguous =
    segments.some((segment) => /--|^-|-$|~/.test(segment)) ||
    (!isGithub && segments.length === 1) ||
    repository.scheme !== 'https' ||
    /^\.|[^A-Za-z0-9._-]/.test(name)
  if (!ambiguous && name.length <= room) return name
  // Of an address of SSH the user's name, too: another user may have another repository there.
  const user = repository.scheme === 'ssh' ? `${new URL(repository.url).username}@` : ''
  return `${plain(name)}~~${digest(`${repository.scheme}://${user}${repository.host}/${segments.join('/')}`, 16)}`
}

const plainName = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\./, '_')

function commitPart(commitId: string | null): string {
  if (commitId === null) return ''
  if (isFullCommitId(commitId)) return `@${commitId.slice(0, 12)}`
  return `@${commitId.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 24)}.${digest(commitId, 12)}`
}

function optionsPart(options: object): string {
  const entries = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.length === 0 ? '' : `~${digest(JSON.stringify(entries), 10)}`
}

const digest = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length)
