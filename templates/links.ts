/**
 * URLs of the parts of a set, relative to its pages: on the server, or in a folder. Pages of a set get all URLs from here, so
 * that the same templates work for both.
 */

import { API_HREF, docsHref, jobHref } from './addresses.ts'

export interface DocsLinks {
  /** The start page of the service; `null` in a folder. */
  home: string | null
  /** A file of `templates/assets.ts`. */
  asset(name: string): string
  /** @param file - The Markdown file of a page. */
  page(file: string): string
  /** The Markdown of a page; `null` if it is not available. */
  source(file: string): string | null
  /** The list of source files. */
  files: string
  /** The same list as JSON; `null` in a folder. */
  sources: string | null
  /** The page of a source file, by its name. */
  sourcePage(name: string): string
  /** The text of a source file; `null` if it is not available. */
  sourceText(name: string): string | null
  job: string | null
  /** The search of the server, with the parameter `q`; `null` in a folder. */
  search: string | null
  /** The page on which questions are asked; `null` in a folder. */
  ask: string | null
  /** The index for the search in the browser: JSON, or a script in a folder, where nothing can be fetched. */
  index: string
  /** Archives of the whole set. */
  archives: { set: string; site: string } | null
  llms: string | null
  /** The page about the HTTP interface; `null` in a folder. */
  api: string | null
}

/**
 * @param version - The hash of an asset by its name.
 * @param overview - URL path of the pages, with a slash at the end: below the job, or at the address of a version.
 */
export function serverLinks(
  jobId: string,
  version: (name: string) => string,
  overview: string = docsHref(jobId),
): DocsLinks {
  const archive = `/static-docs/${encodeURIComponent(jobId)}`
  return {
    home: '/',
    asset: (name) => assetHref(name, version),
    page: (file) => (file === 'overview.md' ? overview : overview + encodeURIComponent(file)),
    source: (file) => `${overview}${encodeURIComponent(file)}?format=md`,
    files: `${overview}source/`,
    sources: `${overview}sources.json`,
    sourcePage: (name) => `${overview}source/${name}`,
    sourceText: (name) => `${overview}source/${name}?format=text`,
    job: jobHref(jobId),
    search: overview,
    ask: `/ask?id=${encodeURIComponent(jobId)}`,
    index: `${overview}search.json`,
    archives: { set: `${archive}.zip`, site: `${archive}.site.zip` },
    llms: `${overview}llms.txt`,
    api: API_HREF,
  }
}

export const assetHref = (name: string, version: (name: string) => string): string =>
  `/assets/${name}?v=${version(name)}`

/** The URL of an anchor on a page; of the page itself if the anchor is empty. */
export const hrefOf = (page: string, anchor: string): string =>
  anchor === '' ? page : `${page}#${encodeURIComponent(anchor)}`
