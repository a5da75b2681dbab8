/**
 * Parses and validates repository URLs. The result is safe to store, show and connect to. This is the only parser of
 * repository URLs; it resolves no names and makes no connections.
 *
 * libgit2 parses URLs differently from WHATWG (`http://github.com#@127.0.0.1/` connects to 127.0.0.1). All other code
 * therefore uses `url`, which is rebuilt from the parsed parts, and never the caller's text.
 */

import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ipaddr from 'ipaddr.js'
import { parseCommitId } from './commit-id.ts'
import { distanceOf } from './distance.ts'
import { AppError } from './errors.ts'
import { isPrivateName } from './public-address.ts'

/** What may be cloned. Part of the configuration. */
export interface RepositoryPolicy {
  /** Lower case: `host`, `host:port` or `*` for every public host. */
  allowedHosts: readonly string[]
  /** Allow private addresses and plain http. */
  allowPrivateNetworks: boolean
  /** Absolute folders below which `file://` repositories are allowed. */
  localRepos: readonly string[]
  /** The SSH settings; `null` or absent when SSH is off. */
  ssh?: object | null
}

export interface Repository {
  /** `https://github.com/pallets/flask`: no credentials, no `.git`, no trailing slash. With `ssh://`, the user's name. */
  url: string
  scheme: 'https' | 'http' | 'file' | 'ssh'
  /** Lower case, with the port unless it is the default one; empty for `file`. */
  host: string
  /** Path segments after the host, `['pallets', 'flask']`; for `file` only the folder's name. */
  segments: string[]
  /** Last segment. */
  name: string
  /** `pallets/flask`. */
  fullName: string
  /** Absolute folder of a `file` repository, else `null`. */
  folder: string | null
}

/** Thrown when a repository URL is not acceptable. `code` says why. */
export class BadRepositoryUrl extends AppError {
  readonly code: BadRepositoryReason
  override readonly hint: string

  constructor(code: BadRepositoryReason, message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}

type BadRepositoryReason =
  | 'NOT_A_URL'
  | 'URL_TOO_LONG'
  | 'URL_HAS_CONTROL_CHARACTERS'
  | 'SCHEME_NOT_ALLOWED'
  | 'URL_HAS_USER_INFO'
  | 'URL_HAS_QUERY'
  | 'URL_HAS_FRAGMENT'
  | 'HOST_NOT_ALLOWED'
  | 'PRIVATE_ADDRESS'
  | 'NOT_A_REPOSITORY_PATH'
  | 'FOLDER_NOT_ALLOWED'

/** What is in a local folder. `outside`: through a symbolic link, it is outside all allowed folders. */
export type FolderFinding = 'repository' | 'none' | 'outside'

export const folderNotAllowed = (): BadRepositoryUrl =>
  new BadRepositoryUrl(
    'FOLDER_NOT_ALLOWED',
    'The folder is not below one of DOCSPOOL_LOCAL_REPOS.',
    'The operator can add a parent folder to DOCSPOOL_LOCAL_REPOS (separated by colons) and restart docspool.',
  )

const MAX_URL = 2_000
const MAX_SEGMENTS = 20
const SSH_IS_OFF =
  'An operator can allow SSH with DOCSPOOL_SSH_KEY_FILE and DOCSPOOL_SSH_KNOWN_HOSTS_FILE (docs/private-repositories.md).'
const EXAMPLE = 'Give the URL of a repository, such as https://github.com/pallets/flask.'

/** Hosts with case-insensitive names; `nested` when groups can be nested. */
const KNOWN_HOSTS: ReadonlyMap<string, { nested: boolean }> = new Map([
  ['github.com', { nested: false }],
  ['gitlab.com', { nested: true }],
  ['bitbucket.org', { nested: false }],
  ['codeberg.org', { nested: false }],
])

/**
 * Validate and normalise a repository URL.
 *
 * @throws {BadRepositoryUrl} With the reason as `code`.
 */
export function parseRepository(input: string, policy: RepositoryPolicy): Repository {
  const text = input.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, '')
  if (text.length > MAX_URL) {
    throw new BadRepositoryUrl('URL_TOO_LONG', `Expected at most ${MAX_URL} characters, found ${text.length}.`, EXAMPLE)
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  if (/[\u0000-\u0020\u007f\\]/.test(text)) {
    throw new BadRepositoryUrl(
      'URL_HAS_CONTROL_CHARACTERS',
      'The URL contains spaces, backslashes, line breaks or control characters.',
      EXAMPLE,
    )
  }
  const ssh = policy.ssh ? toWebAddress(text) : undefined
  if (ssh !== undefined) {
    const web = parseRepository(ssh.address, policy)
    return { ...web, scheme: 'ssh', url: `ssh://${ssh.user}@${web.host}/${web.fullName}` }
  }
  const url = parseUrl(text, policy)
  refuseExtras(url, text, policy)
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
const SSH_SHORT = /^([a-z_][a-z0-9_.-]{0,31})@([^/?#@:[\]]+):(?!\/\/)\/?(.*)$/i

/**
 * Convert an SSH address to an https URL with the same host, port and path, so that one set of checks covers both.
 *
 * @returns `undefined` for anything else, and for port 443, which the https URL could not express.
 */
function toWebAddress(text: string): { user: string; address: string } | undefined {
  const [, user = 'git', host, port = '22', path] = SSH_URL.exec(text) ?? []
  if (host !== undefined && Number(port) !== 443) {
    return { user, address: `https://${host}${Number(port) === 22 ? '' : `:${port}`}${path}` }
  }
  const [, shortUser = '', shortHost, shortPath] = SSH_SHORT.exec(text) ?? []
  return shortHost === undefined ? undefined : { user: shortUser, address: `https://${shortHost}/${shortPath}` }
}

function parseUrl(text: string, policy: RepositoryPolicy): URL {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) {
    const shown = JSON.stringify(text.slice(0, 80))
    throw new BadRepositoryUrl('NOT_A_URL', `Expected a full URL, found ${shown}.`, likelyUrl(text, policy))
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:' && url.protocol !== 'file:') {
    const hint = url.protocol === 'ssh:' ? sshHint(policy) : EXAMPLE
    throw new BadRepositoryUrl('SCHEME_NOT_ALLOWED', `Expected an https URL, found ${url.protocol}//.`, hint)
  }
  return url
}

const sshHint = ({ ssh }: RepositoryPolicy): string =>
  ssh
    ? 'Give ssh://git@host/path, without a password and with a port other than 443.'
    : `${SSH_IS_OFF} Public repositories do not need it: give the URL with https.`

/** A hint for a local path, or a URL without its scheme. */
function likelyUrl(text: string, policy: RepositoryPolicy): string {
  const { localRepos, allowedHosts } = policy
  if (/^(?:[./~]|[a-z]:)/i.test(text)) {
    const allowed = localRepos.length === 0 ? 'must first allow a parent folder' : 'has allowed some'
    const example =
      text.startsWith('/') && !text.includes('"') ? pathToFileURL(text).href : 'file:///path/to/repository'
    return `For a folder on the server, give ${example}; the operator ${allowed} in DOCSPOOL_LOCAL_REPOS.`
  }
  const [, host = 'github.com', path] =
    /^(?:git@)?(?:([\w.-]+\.[a-z]{2,})[:/])?([\w.-]+(?:\/[\w.-]+)+)$/i.exec(text) ?? []
  if (path === undefined || !allowedHosts.includes(host.toLowerCase())) {
    return SSH_SHORT.test(text) ? sshHint(policy) : EXAMPLE
  }
  return `Did you mean https://${host}/${path.replace(/\.git$/, '')}?`
}

function refuseExtras(url: URL, text: string, policy: RepositoryPolicy): void {
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

/** @returns The normalised host, with the port unless it is the default. */
function checkHost(url: URL, policy: RepositoryPolicy): string {
  const name = url.hostname.toLowerCase()
  const host = url.port === '' ? name : `${name}:${url.port}`
  if (url.protocol === 'http:' && !policy.allowPrivateNetworks) {
    throw new BadRepositoryUrl(
      'SCHEME_NOT_ALLOWED',
      'Expected an https URL, found http://.',
      'Use https; an operator can allow http with DOCSPOOL_ALLOW_PRIVATE_NETWORKS=true.',
    )
  }
  if (!policy.allowPrivateNetworks && isPrivateName(name)) {
    throw new BadRepositoryUrl(
      'PRIVATE_ADDRESS',
      `${host} is not a public address.`,
      'Set DOCSPOOL_ALLOW_PRIVATE_NETWORKS=true and add the host to DOCSPOOL_ALLOWED_HOSTS to clone inside your network.',
    )
  }
  const plain = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(name) || isIpv6Literal(name)
  const listed = policy.allowedHosts.includes(host) || (url.port === '' && policy.allowedHosts.includes('*'))
  if (!plain || !listed) {
    const isPort = plain && policy.allowedHosts.includes('*')
    throw new BadRepositoryUrl(
      'HOST_NOT_ALLOWED',
      `Expected one of the hosts ${policy.allowedHosts.join(', ')}, found ${host}.`,
      isPort
        ? `\`*\` allows every host at its default port; add ${host} to DOCSPOOL_ALLOWED_HOSTS.`
        : `${meantHost(host, policy)}An operator can add the host to DOCSPOOL_ALLOWED_HOSTS.`,
    )
  }
  return host
}

/** `Did you mean github.com? `, for a host with at most two wrong letters. */
function meantHost(host: string, { allowedHosts }: RepositoryPolicy): string {
  const near = allowedHosts.find((one) => one !== '*' && distanceOf(one, host.slice(0, 100)) <= 2)
  return near === undefined ? '' : `Did you mean ${near}? `
}

const isIpv6Literal = (name: string): boolean => name.startsWith('[') && ipaddr.IPv6.isValid(name.slice(1, -1))

function checkPath(url: URL, text: string, policy: RepositoryPolicy): string[] {
  const segments = url.pathname.split('/').filter((segment) => segment !== '')
  const last = withoutGit(segments.pop() ?? '')
  if (last !== '') segments.push(last)
  const known = KNOWN_HOSTS.get(url.host)
  const least = known === undefined ? 1 : 2
  const most = Math.min(MAX_SEGMENTS, endOfName(url.host, segments))
  const plain = segments.every(isName)
  if (!plain || segments.length < least || segments.length > most || last === '' || /\/\.{1,2}(?:\/|$)/.test(text)) {
    const form = known?.nested === false ? 'owner/name' : 'group/name'
    throw new BadRepositoryUrl(
      'NOT_A_REPOSITORY_PATH',
      `Expected ${url.host}/${form}, found the path ${JSON.stringify(url.pathname.slice(0, 120))}.`,
      repositoryOfPage(url, policy),
    )
  }
  return segments
}

/** The rest of a web page's URL after the repository: the branch, tag or commit, then a file or folder. */
const PAGE =
  /^(?:-\/)?(?:tree|blob|blame|raw|commits?|src|tags|releases\/tag)\/(?:(?:branch|commit|tag|refs\/heads|refs\/tags)\/)?([^/]+)(\/.)?/

/** A hint for the URL of a page in a repository, such as a folder, a file, a commit or a pull request. */
function repositoryOfPage(url: URL, policy: RepositoryPolicy): string {
  const { protocol, host, pathname } = url
  const segments = pathname.split('/').filter((segment) => segment !== '')
  const length = endOfName(host, segments)
  const repository = segments.slice(0, length).map((segment, at) => (at === length - 1 ? withoutGit(segment) : segment))
  const isAllowed = protocol === 'https:' && isAccepted(() => checkHost(url, policy))
  if (!isAllowed || repository.length < 2 || repository.length > MAX_SEGMENTS || !repository.every(isName))
    return EXAMPLE
  const [, ref, more] = PAGE.exec(segments.slice(length).join('/')) ?? []
  const isRef = ref !== undefined && isAccepted(() => parseCommitId(ref))
  const commit = !isRef ? '' : `, with the branch, tag or commit ${ref} as commit_id`
  const whole = more === undefined ? '' : ' (docspool documents whole repositories)'
  return `Did you mean https://${host}/${repository.join('/')}${commit}${whole}?`
}

/** Hints suggest only what would be accepted. */
function isAccepted(check: () => string): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}

const withoutGit = (segment: string): string => segment.replace(/\.git$/i, '')

const isName = (segment: string): boolean => /^[A-Za-z0-9._~-]+$/.test(segment) && !/^\.+$/.test(segment)

/** How many segments name the repository. GitLab puts the repository's pages below `-`. */
function endOfName(host: string, segments: readonly string[]): number {
  if (KNOWN_HOSTS.get(host)?.nested === false) return 2
  const dash = segments.indexOf('-', 2)
  return dash === -1 ? segments.length : dash
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
  if (url.host !== '' || /%2f|%00/i.test(url.pathname)) throw refused
  let folder: string
  try {
    folder = path.resolve(fileURLToPath(url))
  } catch {
    throw refused
  }
  const allowed = policy.localRepos.some(
    (root) => folder === root || folder.startsWith(root.replace(/(?<!\/)\/*$/, '/')),
  )
  const name = withoutGit(path.basename(folder))
  if (!allowed || name === '') throw refused
  return { url: pathToFileURL(folder).href, scheme: 'file', host: '', segments: [name], name, fullName: name, folder }
}
