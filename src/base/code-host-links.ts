/** URLs of files, lines and commits on code hosts: GitHub, GitLab, Bitbucket, Gitea. */

import type { Repository } from './repository.ts'

/** The URL scheme of a code host. */
export type LinkForm = 'github' | 'gitlab' | 'bitbucket' | 'gitea'

const LINK_FORMS: ReadonlyMap<string, LinkForm> = new Map([
  ['github.com', 'github'],
  ['gitlab.com', 'gitlab'],
  ['bitbucket.org', 'bitbucket'],
  ['codeberg.org', 'gitea'],
])

/** A value of `DOCSPOOL_SOURCE_LINKS`; `docspool` links to the copies of the files in the set. */
export type SourceLinkForm = LinkForm | 'docspool'

/** Configured link formats, keyed by host. */
export type SourceLinks = ReadonlyMap<string, SourceLinkForm>

/** The format of a host's links, configured or well known. `null` if pages link to the copies of the files in the set. */
export function linkFormOf(repository: Repository, configured: SourceLinks): LinkForm | null {
  const form = configured.get(repository.host) ?? LINK_FORMS.get(repository.host) ?? null
  return form === 'docspool' ? null : form
}

/** The repository's web page. For one that is cloned over SSH it is on https, not on the port of the SSH server. */
const webUrlOf = ({ scheme, url, host, fullName }: Repository): string =>
  scheme === 'ssh' ? `https://${host.replace(/:\d+$/, '')}/${fullName}` : url

/**
 * The URL of a file, or of some of its lines, at a commit; `null` without a link format.
 *
 * @param form - From `linkFormOf`.
 */
export function sourceUrl(
  repository: Repository,
  form: LinkForm | null,
  commit: string,
  file: string,
  startLine?: number,
  endLine?: number,
): string | null {
  if (form === null) return null
  const path = file.split('/').map(encodeURIComponent).join('/')
  const lines = startLine === undefined ? '' : lineFragment(form, startLine, endLine ?? startLine)
  return `${webUrlOf(repository)}/${FILE_PATHS[form]}/${commit}/${path}${lines}`
}

/** What precedes the commit in the path of a file's URL. */
const FILE_PATHS: Readonly<Record<LinkForm, string>> = {
  github: 'blob',
  gitea: 'src/commit',
  gitlab: '-/blob',
  bitbucket: 'src',
}

/** The fragment for a range of lines, such as `#L3-L9`; a range that ends before it starts is its first line. */
function lineFragment(form: LinkForm, first: number, last: number): string {
  const isOne = last <= first
  if (form === 'bitbucket') return `#lines-${first}${isOne ? '' : `:${last}`}`
  return `#L${first}${isOne ? '' : form === 'gitlab' ? `-${last}` : `-L${last}`}`
}

/** The URL of a commit; `null` without a link format. */
export function commitUrl(repository: Repository, form: LinkForm | null, commit: string): string | null {
  if (form === null) return null
  return `${webUrlOf(repository)}/${COMMIT_PATHS[form]}/${commit}`
}

/** The URL of a commit on a well-known host; `null` for other hosts. @param repoUrl - Normalised. */
export function wellKnownCommitUrl(repoUrl: string, commit: string): string | null {
  const [, host = ''] = /^https:\/\/([^/]+)\//.exec(repoUrl) ?? []
  const form = LINK_FORMS.get(host)
  return form === undefined ? null : `${repoUrl}/${COMMIT_PATHS[form]}/${commit}`
}

const COMMIT_PATHS: Readonly<Record<LinkForm, string>> = {
  github: 'commit',
  gitea: 'commit',
  gitlab: '-/commit',
  bitbucket: 'commits',
}
