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

/** The repository's web page, which uses https even if the repository is cloned over SSH. */
const webUrlOf = ({ scheme, url, host, fullName }: Repository): string =>
  scheme === 'ssh' ? `https://${host}/${fullName}` : url

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
  const encoded = file.split('/').map(encodeURIComponent).join('/')
  const last = endLine ?? startLine
  const range = startLine === undefined ? null : { first: startLine, last: last ?? startLine }
  const several = range !== null && range.last > range.first
  switch (form) {
    case 'github':
      return `${webUrlOf(repository)}/blob/${commit}/${encoded}${range === null ? '' : `#L${range.first}${several ? `-L${range.last}` : ''}`}`
    case 'gitea':
      return `${webUrlOf(repository)}/src/commit/${commit}/${encoded}${range === null ? '' : `#L${range.first}${several ? `-L${range.last}` : ''}`}`
    case 'gitlab':
      return `${webUrlOf(repository)}/-/blob/${commit}/${encoded}${range === null ? '' : `#L${range.first}${several ? `-${range.last}` : ''}`}`
    case 'bitbucket':
      return `${webUrlOf(repository)}/src/${commit}/${encoded}${range === null ? '' : `#lines-${range.first}${several ? `:${range.last}` : ''}`}`
  }
}

/** The URL of a commit; `null` without a link format. */
export function commitUrl(repository: Repository, form: LinkForm | null, commit: string): string | null {
  if (form === null) return null
  const middle = form === 'gitlab' ? '-/commit' : form === 'bitbucket' ? 'commits' : 'commit'
  return `${webUrlOf(repository)}/${middle}/${commit}`
}
