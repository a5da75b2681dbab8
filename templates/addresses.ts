/** URLs that pages link to. Names go in as they are and come out encoded. */

export const jobHref = (jobId: string): string => `/jobs/${encodeURIComponent(jobId)}`

/** The log of a job's newest claim, as a file. */
export const logHref = (jobId: string): string => `/api/job/${encodeURIComponent(jobId)}/log`

/** @param file - A page's Markdown file; the overview has the address of the set itself. */
export function docsHref(jobId: string, file = 'overview.md'): string {
  const folder = `/static-docs/${encodeURIComponent(jobId)}/`
  return file === 'overview.md' ? folder : folder + encodeURIComponent(file)
}

/** The repository's page on the web, or `null` for what a browser cannot open. */
export const webHref = (repoUrl: string): string | null => (/^https?:\/\//.test(repoUrl) ? repoUrl : null)

const PLAIN = /^[\w@%+=:,./-]+$/

/** A word for a shell, in quotes where it needs them. */
export const shellWord = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
