/** URLs that pages link to. Names go in as they are and come out encoded. */

export const jobHref = (jobId: string): string => `/jobs/${encodeURIComponent(jobId)}`

/** @param file - A page's Markdown file; the overview has the address of the set itself. */
export function docsHref(jobId: string, file = 'overview.md'): string {
  const folder = `/static-docs/${encodeURIComponent(jobId)}/`
  return file === 'overview.md' ? folder : folder + encodeURIComponent(file)
}

/** The repository's page on the web, or `null` for what a browser cannot open. */
export const webHref = (repoUrl: string): string | null => (/^https?:\/\//.test(repoUrl) ? repoUrl : null)

/** Hosts whose addresses of commits are known, and what they put between the repository and the commit. */
const COMMIT_PATHS: ReadonlyMap<string, string> = new Map([
  ['github.com', 'commit'],
  ['gitlab.com', '-/commit'],
  ['bitbucket.org', 'commits'],
  ['codeberg.org', 'commit'],
])

/** The commit's page on its host, or `null` when the host's addresses are not known. */
export function commitHref(repoUrl: string, commit: string): string | null {
  const host = /^https:\/\/([^/]+)\/./.exec(repoUrl)?.[1]
  const middle = host === undefined ? undefined : COMMIT_PATHS.get(host)
  return middle === undefined ? null : `${repoUrl}/${middle}/${encodeURIComponent(commit)}`
}

const PLAIN = /^[\w@%+=:,./-]+$/

/** A word for a shell, in quotes where it needs them. */
export const shellWord = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
