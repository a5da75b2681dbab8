/** Suggests repository URLs for addresses that are not valid, such as a local path or a web page of a code host. */

import { URL_HINT } from './bad-repository-url.ts'
import { parseCommitId } from './commit-id.ts'
import type { RepositoryPolicy } from './repository.ts'
import { checkHost } from './repository-host.ts'

const SSH_IS_OFF =
  'An operator can allow SSH with DOCSPOOL_SSH_KEY_FILE and DOCSPOOL_SSH_KNOWN_HOSTS_FILE (docs/private-repositories.md).'

/** Well-known hosts; `nested` says whether their groups can be nested. */
export const KNOWN_HOSTS: ReadonlyMap<string, { nested: boolean }> = new Map([
  ['github.com', { nested: false }],
  ['gitlab.com', { nested: true }],
  ['bitbucket.org', { nested: false }],
  ['codeberg.org', { nested: false }],
])

/** The short form of SSH addresses: `git@github.com:owner/name.git`. */
export const SSH_SHORT = /^([a-z_][a-z0-9_.-]{0,31})@([^/?#@:[\]]+):(?!\/\/)\/?(.*)$/i

export const sshHint = ({ ssh }: RepositoryPolicy): string =>
  ssh
    ? 'Give ssh://git@host/path, without a password and with a port other than 443.'
    : `${SSH_IS_OFF} Public repositories do not need it: give the URL with https.`

/** A hint for a local path or a URL without a scheme. */
export function likelyUrl(text: string, policy: RepositoryPolicy): string {
  const { localRepos, allowedHosts } = policy
  if (/^(?:[./~]|[a-z]:)/i.test(text)) {
    const allowed = localRepos.length === 0 ? 'must first allow a parent folder' : 'has allowed some'
    return `For a folder on the server, give its absolute path; the operator ${allowed} in DOCSPOOL_LOCAL_REPOS.`
  }
  const [, host = 'github.com', path] =
    /^(?:git@)?(?:([\w.-]+\.[a-z]{2,})[:/])?([\w.-]+(?:\/[\w.-]+)+)$/i.exec(text) ?? []
  if (path === undefined || !allowedHosts.includes(host.toLowerCase())) {
    return SSH_SHORT.test(text) ? sshHint(policy) : URL_HINT
  }
  return `Did you mean https://${host}/${path.replace(/\.git$/, '')}?`
}

/** The part of a web page's URL after the repository: the branch, tag or commit, then a file or folder, as in `tree/main/src`. */
const PAGE =
  /^(?:-\/)?(?:tree|blob|blame|raw|commits?|src|tags|releases\/tag)\/(?:(?:branch|commit|tag|refs\/heads|refs\/tags)\/)?([^/]+)(\/.)?/

/** A hint for the URL of a page in a repository, such as a folder, a file, a commit or a pull request. */
export function repositoryOfPage(url: URL, policy: RepositoryPolicy): string {
  const { protocol, host, pathname } = url
  const segments = pathname.split('/').filter((segment) => segment !== '')
  const length = endOfName(host, segments)
  const repository = segments.slice(0, length).map((segment, at) => (at === length - 1 ? withoutGit(segment) : segment))
  const isAllowed = protocol === 'https:' && isAccepted(() => checkHost(url, policy))
  if (!isAllowed || repository.length < 2 || repository.length > MAX_SEGMENTS || !repository.every(isName))
    return URL_HINT
  const [, ref, more] = PAGE.exec(segments.slice(length).join('/')) ?? []
  const isRef = ref !== undefined && isAccepted(() => parseCommitId(ref))
  const commit = !isRef ? '' : `, with the branch, tag or commit ${ref} as commit_id`
  const note = more === undefined ? '' : ' (docspool documents whole repositories)'
  return `Did you mean https://${host}/${repository.join('/')}${commit}${note}?`
}

/** Whether a check passes, because hints suggest only URLs that would be accepted. */
function isAccepted(check: () => string): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}

export const withoutGit = (segment: string): string => segment.replace(/\.git$/i, '')

export const isName = (segment: string): boolean => /^[A-Za-z0-9._~-]+$/.test(segment) && !/^\.+$/.test(segment)

/** How many segments of the path name the repository. GitLab puts the repository's pages below `-`. */
export function endOfName(host: string, segments: readonly string[]): number {
  if (KNOWN_HOSTS.get(host)?.nested === false) return 2
  const dash = segments.indexOf('-', 2)
  return dash === -1 ? segments.length : dash
}

/** Limit on the segments of a repository's path. */
export const MAX_SEGMENTS = 20
