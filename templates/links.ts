/**
 * Where the parts of a set are, seen from one of its pages: behind the server, or in a folder that is opened as files.
 * Pages of a set take every address from here, so that both are made of the same templates.
 */

import { API_HREF, docsHref, jobHref } from './addresses.ts'

export interface DocsLinks {
  /** The first page of the service; `null` where there is none. */
  home: string | null
  /** A file of `templates/assets.ts`. */
  asset(name: string): string
  /** @param file - A page's Markdown file. */
  page(file: string): string
  /** The page's Markdown; `null` where it is not. */
  source(file: string): string | null
  /** The list of kept files, where the set has any. */
  files: string
  /** The page of a kept file, by its name. */
  kept(name: string): string
  /** Its text alone; `null` where it is not. */
  plain(name: string): string | null
  job: string | null
  /** Takes `q` and answers with a page of results, also without JavaScript; `null` where nobody answers. */
  search: string | null
  /** What the search of the browser loads: JSON, or a script that holds it where nothing can be fetched. */
  index: string
  /** Archives of the whole set. */
  archives: { set: string; site: string } | null
  llms: string | null
  /** The page about the HTTP interface; `null` where there is none. */
  api: string | null
}

/** @param version - The hash of an asset by its name. */
export function serverLinks(jobId: string, version: (name: string) => string): DocsLinks {
  const overview = docsHref(jobId)
  const archive = `/static-docs/${encodeURIComponent(jobId)}`
  return {
    home: '/',
    asset: (name) => assetHref(name, version),
    page: (file) => docsHref(jobId, file),
    source: (file) => `${overview}${encodeURIComponent(file)}?format=md`,
    files: `${overview}source/`,
    kept: (name) => `${overview}source/${name}`,
    plain: (name) => `${overview}source/${name}?format=text`,
    job: jobHref(jobId),
    search: overview,
    index: `${overview}search.json`,
    archives: { set: `${archive}.zip`, site: `${archive}.site.zip` },
    llms: `${overview}llms.txt`,
    api: API_HREF,
  }
}

export const assetHref = (name: string, version: (name: string) => string): string =>
  `/assets/${name}?v=${version(name)}`
