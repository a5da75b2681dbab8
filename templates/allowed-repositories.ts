/** Describes the allowed sources of repositories, with examples. */

export interface AllowedSources {
  /** `github.com`, `git.example.org:8443`, or `*` for every public host. */
  hosts: readonly string[]
  /** Private networks and plain http are allowed. */
  isPrivateAllowed: boolean
  /** Some folders of the machine are allowed, as `file://`. */
  isFolderAllowed: boolean
}

/** Small, well known, in several languages. */
const EXAMPLES: readonly { name: string; host: string; path: string }[] = [
  { name: 'flask', host: 'github.com', path: 'pallets/flask' },
  { name: 'hono', host: 'github.com', path: 'honojs/hono' },
  { name: 'ripgrep', host: 'github.com', path: 'BurntSushi/ripgrep' },
  { name: 'gitlab-runner', host: 'gitlab.com', path: 'gitlab-org/gitlab-runner' },
  { name: 'forgejo', host: 'codeberg.org', path: 'forgejo/forgejo' },
]
const MAX_EXAMPLES = 3

/** Examples on allowed hosts; may be empty. */
export function examplesOf({ hosts }: AllowedSources): { name: string; url: string }[] {
  return EXAMPLES.filter(({ host }) => hosts.includes('*') || hosts.includes(host))
    .slice(0, MAX_EXAMPLES)
    .map(({ name, host, path }) => ({ name, url: `https://${host}/${path}` }))
}

/** An example of a URL that is allowed, at least in its form. */
export function exampleUrl(allowed: AllowedSources): string {
  const [first] = examplesOf(allowed)
  if (first !== undefined) return first.url
  const host = allowed.hosts[0]
  return host === undefined ? 'file:///srv/repositories/name' : `https://${host}/owner/name`
}

/** `github.com, gitlab.com and folders of this machine (file://)`. */
export function sourcesText({ hosts, isPrivateAllowed, isFolderAllowed }: AllowedSources): string {
  const parts = hosts.includes('*')
    ? [isPrivateAllowed ? 'every host, also in private networks and over http' : 'every public host']
    : [...hosts]
  const folders = isFolderAllowed ? ['folders of this machine that the operator has named (file://…)'] : []
  if (parts.length + folders.length === 0) return 'none. No host is configured (DOCSPOOL_ALLOWED_HOSTS)'
  const isPrivate = isPrivateAllowed && parts.length > 0 && !hosts.includes('*')
  return joined([...(isPrivate ? [`${joined(parts)}, also at private addresses and over http`] : parts), ...folders])
}

function joined(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}
