/** URLs that pages link to. Arguments are encoded here. */

import { wellKnownCommitUrl } from '#base/code-host-links.ts'
import { isFullCommitId } from '#base/commit-id.ts'

/** The list of jobs. `before` and `after` are the cursors of the neighbouring pages. */
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

export const FOLLOWS_HREF = '/follows'

export const jobHref = (jobId: string): string => `/jobs/${encodeURIComponent(jobId)}`

/** The job as JSON. */
export const jobApiHref = (jobId: string): string => `/api/job/${encodeURIComponent(jobId)}`

/** The live events of a job. */
export const eventsHref = (jobId: string): string => `${jobApiHref(jobId)}/events`

/** The log of the newest claim, as a file. */
export const logHref = (jobId: string): string => `${jobApiHref(jobId)}/log`

/** @param file - The Markdown file of a page; the overview has the URL of the set itself. */
export function docsHref(jobId: string, file = 'overview.md'): string {
  const folder = `/static-docs/${encodeURIComponent(jobId)}/`
  return file === 'overview.md' ? folder : folder + encodeURIComponent(file)
}

/** The web page of a repository; `null` if a browser cannot open its URL. */
export const webHref = (repoUrl: string): string | null => (/^https?:\/\//.test(repoUrl) ? repoUrl : null)

/** The web page of a commit; `null` if its URL is unknown. */
export const webCommitHref = (repoUrl: string, commit: string): string | null =>
  isFullCommitId(commit) ? wellKnownCommitUrl(repoUrl, commit) : null
