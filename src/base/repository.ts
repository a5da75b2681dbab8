/**
 * Parses and validates repository URLs. The result is safe to store, show and connect to. This is the only parser of
 * repository URLs; it resolves no names and makes no connections.
 *
 * libgit2 parses URLs differently from WHATWG (`http://github.com#@127.0.0.1/` connects to 127.0.0.1). All other code
 * therefore uses `url`, which is rebuilt from the parsed parts, and never the caller's text.
 */

import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { BadRepositoryUrl, folderNotAllowed, URL_HINT } from './bad-repository-url.ts'
import {
  endOfName,
  isName,
  KNOWN_HOSTS,
  likelyUrl,
  MAX_SEGMENTS,
  repositoryOfPage,
  SSH_SHORT,
  sshHint,
  withoutGit,
} from './repository-hints.ts'
import { checkHost } from './repository-host.ts'

/** Which repositories may be cloned. Part of the configuration. */
export interface RepositoryPolicy {
  /** Allowed hosts in lower case: `host`, `host:port`, or `*` for every public host. */
  allowedHosts: readonly string[]
  /** Allow private addresses and plain http. */
  allowPrivateNetworks: boolean
  /** Absolute paths of folders below which `file://` repositories are allowed. */
  localRepos: readonly string[]
  /** The SSH settings; `null` or absent if SSH is not configured. */
  ssh?: object | null
}

export interface Repository {
  /**
   * The normalised URL, such as `https://github.com/pallets/flask`, without credentials, `.git` or a trailing slash. An
   * `ssh://` URL contains the user name.
   */
  url: string
  scheme: 'https' | 'http' | 'file' | 'ssh'
  /** The host in lower case, with the port unless it is the default; empty for `file`. */
  host: string
  /** Path segments after the host, such as `['pallets', 'flask']`; for `file`, only the folder's name. */
  segments: string[]
  /** The last segment. */
  name: string
  /** All segments, such as `pallets/flask`. */
  fullName: string
  /** The absolute path of a `file` repository; otherwise `null`. */
  folder: string | null
}

const MAX_URL = 2_000

/**
 * Validate and normalise a repository URL.
 *
 * @throws {BadRepositoryUrl} With the reason as `code`.
 */
export function parseRepository(input: string, policy: RepositoryPolicy): Repository {
  const trimmed = input.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, '')
  // A local path.
  const text = /^\/(?!\/)/.test(trimmed) ? pathToFileURL(trimmed).href : trimmed
  if (text.length > MAX_URL) {
    throw new BadRepositoryUrl(
      'URL_TOO_LONG',
      `Expected at most ${MAX_URL} characters, found ${text.length}.`,
      URL_HINT,
    )
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  if (/[\u0000-\u0020\u007f\\]/.test(text)) {
    throw new BadRepositoryUrl(
      'URL_HAS_CONTROL_CHARACTERS',
      'The URL contains spaces, backslashes, line breaks or control characters.',
      URL_HINT,
    )
  }
  const ssh = policy.ssh ? toWebAddress(text) : undefined
  if (ssh !== undefined) {
    if (!URL.canParse(ssh.address)) throw notAUrl(text, policy)
    const web = parseRepository(ssh.address, policy)
    return { ...web, scheme: 'ssh', url: `ssh://${ssh.user}@${web.host}/${web.fullName}` }
  }
  const url = parseUrl(text, policy)
  refuseCredentialsQueryAndFragment(url, text, policy)
  if (url.protocol === 'file:') return parseFolder(url, policy)
  const host = checkHost(url, policy)
  const segments = checkPath(url, text, policy)
  const scheme = url.protocol === 'https:' ? 'https' : 'http'
  return {
    url: `${scheme}://${host}/${segments.join('/')}`,
    scheme,
    host,
    segments,
    name: segments.at(-1) ?? host,
    fullName: segments.join('/'),
    folder: null,
  }
}

/** `ssh://user@host:port/path` or `user@host:path`. */
const SSH_URL = /^ssh:\/\/(?:([a-z_][a-z0-9_.-]{0,31})@)?([^/?#@:]+|\[[^/?#@\]]+\])(?::([0-9]{1,5}))?(\/.*)$/i

/**
 * Convert an SSH address to an https URL with the same host, port and path, so that the same checks apply to both.
 *
 * The path of `git@host:path` becomes absolute, while ssh means one below the home directory (docs/private-repositories.md).
 *
 * @returns `undefined` for other addresses, for port 443, which the https URL cannot express.
 */
function toWebAddress(text: string): { user: string; address: string } | undefined {
  const [, user = 'git', host, port = '22', path] = SSH_URL.exec(text) ?? []
  if (host !== undefined && Number(port) !== 443) {
    return { user, address: `https://${host}${Number(port) === 22 ? '' : `:${port}`}${path}` }
  }
  const [, shortUser = '', shortHost, shortPath] = SSH_SHORT.exec(text) ?? []
  return shortHost === undefined ? undefined : { user: shortUser, address: `https://${shortHost}/${shortPath}` }
}

/** Like `parseRepository`, but returns `undefined` for a URL that is not accepted. */
export function findRepository(url: string, policy: RepositoryPolicy): Repository | undefined {
  try {
    return parseRepository(url, policy)
  } catch {
    return undefined
  }
}

function parseUrl(text: string, policy: RepositoryPolicy): URL {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) throw notAUrl(text, policy)
  if (url.protocol !== 'https:' && url.protocol !== 'http:' && url.protocol !== 'file:') {
    const hint = url.protocol === 'ssh:' ? sshHint(policy) : URL_HINT
    throw new BadRepositoryUrl('SCHEME_NOT_ALLOWED', `Expected an https URL, found ${url.protocol}//.`, hint)
  }
  return url
}

function notAUrl(text: string, policy: RepositoryPolicy): BadRepositoryUrl {
  const excerpt = JSON.stringify(text.slice(0, 80))
  return new BadRepositoryUrl('NOT_A_URL', `Expected a full URL, found ${excerpt}.`, likelyUrl(text, policy))
}

function refuseCredentialsQueryAndFragment(url: URL, text: string, policy: RepositoryPolicy): void {
  if (url.username !== '' || url.password !== '' || /^[^/]*\/\/[^/?#]*@/.test(text)) {
    throw new BadRepositoryUrl(
      'URL_HAS_USER_INFO',
      'The URL contains a user name or a password.',
      'Leave credentials out of the URL; they would be stored and shown.',
    )
  }
  if (text.includes('?')) {
    throw new BadRepositoryUrl('URL_HAS_QUERY', 'The URL contains a query (?…).', repositoryOfPage(url, policy))
  }
  if (text.includes('#')) {
    throw new BadRepositoryUrl('URL_HAS_FRAGMENT', 'The URL contains a fragment (#…).', repositoryOfPage(url, policy))
  }
}

function checkPath(url: URL, text: string, policy: RepositoryPolicy): string[] {
  const segments = url.pathname.split('/').filter((segment) => segment !== '')
  const last = withoutGit(segments.pop() ?? '')
  if (last !== '') segments.push(last)
  const known = KNOWN_HOSTS.get(url.host)
  const minLength = known === undefined ? 1 : 2
  const maxLength = Math.min(MAX_SEGMENTS, endOfName(url.host, segments))
  const isLengthValid = segments.length >= minLength && segments.length <= maxLength
  if (!segments.every(isName) || !isLengthValid || last === '' || /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(text)) {
    const form = known?.nested === false ? 'owner/name' : 'group/name'
    throw new BadRepositoryUrl(
      'NOT_A_REPOSITORY_PATH',
      `Expected ${url.host}/${form}, found the path ${JSON.stringify(url.pathname.slice(0, 120))}.`,
      repositoryOfPage(url, policy),
    )
  }
  return segments
}

function parseFolder(url: URL, policy: RepositoryPolicy): Repository {
  if (policy.localRepos.length === 0) {
    throw new BadRepositoryUrl(
      'SCHEME_NOT_ALLOWED',
      'Repositories in local folders (file://) are not allowed.',
      'The operator can allow them with their parent folders in DOCSPOOL_LOCAL_REPOS, such as /srv/git:/srv/projects.',
    )
  }
  const refused = folderNotAllowed()
  // `%2f` is a slash within a name; `%00` to `%1f` and `%7f` are control characters.
  if (url.host !== '' || /%(?:2f|[01][0-9a-f]|7f)/i.test(url.pathname)) throw refused
  let folder: string
  try {
    folder = path.resolve(fileURLToPath(url))
  } catch {
    throw refused
  }
  const name = withoutGit(path.basename(folder))
  if (!isBelow(folder, policy.localRepos)) throw folderNotAllowed(path.dirname(folder))
  if (name === '') {
    throw new BadRepositoryUrl(
      'NOT_A_REPOSITORY_PATH',
      'The URL does not end with the name of a folder.',
      'Give the folder that contains `.git`.',
    )
  }
  return { url: pathToFileURL(folder).href, scheme: 'file', host: '', segments: [name], name, fullName: name, folder }
}

/** Whether a path is one of the folders or below one. Resolves no links. */
export const isBelow = (file: string, folders: readonly string[]): boolean =>
  folders.some((folder) => file === folder || file.startsWith(folder.endsWith('/') ? folder : `${folder}/`))
