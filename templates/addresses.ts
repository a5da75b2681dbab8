/** URLs that pages link to. Names go in as they are and come out encoded. */

/** The list of jobs. A cursor is that of the page on the one side (`before`) or the other. */
export function indexHref(query: { status: string | null; repo: string; before?: string; after?: string }): string {
  const parameters = new URLSearchParams()
  for (const name of ['status', 'repo', 'before', 'after'] as const) {
    const value = query[name]
    if (value) parameters.set(name, value)
  }
  return `/${parameters.size === 0 ? '' : `?${parameters}`}#List`
}

/** The page about the HTTP interface. */
export const API_HREF = '/api'

export const jobHref = (jobId: string): string => `/jobs/${encodeURIComponent(jobId)}`

/** The job as data. */
export const jobApiHref = (jobId: string): string => `/api/job/${encodeURIComponent(jobId)}`

/** What happens to the job, as it happens. */
export const eventsHref = (jobId: string): string => `${jobApiHref(jobId)}/events`

/** The log of a job's newest claim, as a file. */
export const logHref = (jobId: string): string => `/api/job/${encodeURIComponent(jobId)}/log`

/** @param file - A page's Markdown file; the overview has the address of the set itself. */
export function docsHref(jobId: string, file = 'overview.md'): string {
  const folder = `/static-docs/${encodeURIComponent(jobId)}/`
  return file === 'overview.md' ? folder : folder + encodeURIComponent(file)
}

/** The repository's page on the web, or `null` for what a browser cannot open. */
export const webHref = (repoUrl: string): string | null => (/^https?:\/\//.test(repoUrl) ? repoUrl : null)

const COMMITS: ReadonlyMap<string, string> = new Map([
  ['github.com', '/commit/'],
  ['gitlab.com', '/-/commit/'],
  ['bitbucket.org', '/commits/'],
  ['codeberg.org', '/commit/'],
])

/** A commit's page on the web, or `null` where its address is not known. */
export function webCommitHref(repoUrl: string, commit: string): string | null {
  const [, host = ''] = /^https:\/\/([^/]+)\//.exec(repoUrl) ?? []
  const path = COMMITS.get(host)
  return path === undefined || !/^[0-9a-f]{40}$/.test(commit) ? null : repoUrl + path + commit
}

const PLAIN = /^[\w@%+=:,./-]+$/

/** A word for a shell, in quotes where it needs them. */
export const shellWord = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
