/** The page of search results of the server, which works without JavaScript. */

import type { Hit } from '#search/index-format.ts'
import { DocsFrame, type SetProps } from './docs-frame.tsx'
import { hrefOf } from './links.ts'
import { countText, SearchForm } from './search-box.tsx'
import { CommitNotice } from './version-notices.tsx'

export interface SearchPageProps extends SetProps {
  query: string
  /** Best first; `null` when the documents have no index. */
  hits: readonly Hit[] | null
  /** Maximum number of results. */
  limit: number
  /** The notice on the commit; see `noticeOf`. */
  notice?: string | undefined
}

export function SearchPage({ manifest, links, query, hits, limit, notice }: SearchPageProps) {
  return (
    <DocsFrame title={`Search · ${manifest.full_name}`} manifest={manifest} links={links} file="">
      <CommitNotice notice={notice} />
      <div class="results">
        <h1>Search</h1>
        {links.ask !== null && query.trim() !== '' && (
          <p class="quiet">
            <a href={`${links.ask}&q=${encodeURIComponent(query)}`}>Ask this as a question</a> to see the definitions it
            is about and what uses them.
          </p>
        )}
        <SearchForm action={links.search ?? ''} query={query} label={`Search ${manifest.name}`} />
        <Answer links={links} query={query} hits={hits} limit={limit} />
      </div>
    </DocsFrame>
  )
}

function Answer({ links, query, hits, limit }: Pick<SearchPageProps, 'links' | 'query' | 'hits' | 'limit'>) {
  if (hits === null) return <p>These documents have no search index. Document the repository again.</p>
  if (query.trim() === '') {
    return (
      <p class="quiet">
        Names of symbols come first: <code>Worker</code> also finds <code>BackgroundWorker</code>, and{' '}
        <code>parse json</code> finds <code>parse_json</code> and <code>parseJSON</code>.
      </p>
    )
  }
  if (hits.length === 0) {
    return (
      <p>
        Nothing found. Try part of the name, or fewer words; <a href={links.page('overview.md')}>the overview</a> lists
        all pages.
      </p>
    )
  }
  return (
    <>
      <p class="quiet" role="status">
        {countText(hits.length, limit)}
      </p>
      <ol class="hits">
        {hits
          .map((hit) => ({ hit, place: placeOf(hit) }))
          .map(({ hit, place }) => (
            <li class="hit">
              <div class="hit-head">
                <a
                  class="hit-title"
                  href={
                    hit.address === null
                      ? hrefOf(links.page(hit.page), hit.anchor)
                      : addressIn(links.page('overview.md'), hit.address)
                  }
                >
                  {isWords(hit.kind) ? hit.title : <code>{hit.title}</code>}
                </a>
                <span class="hit-kind">{hit.kind}</span>
              </div>
              {place !== '' && <p class="hit-place">{place}</p>}
              {hit.text !== '' && <p class="hit-text">{hit.text}</p>}
            </li>
          ))}
      </ol>
    </>
  )
}

const isWords = (kind: string): boolean => ['page', 'guide', 'section', 'document'].includes(kind)

/** An absolute URL, or one relative to the folder of the pages. */
export const addressIn = (folder: string, address: string): string =>
  /^https?:/.test(address) ? address : folder + address

/** `src/app.py:12 · app`. Empty for a page; the title of the page is left out if it is that of the file. */
function placeOf({ kind, file, line, pageTitle }: Hit): string {
  if (kind === 'page') return ''
  if (file === null) return pageTitle
  const place = line === null ? file : `${file}:${line}`
  return kind === 'document' || file.endsWith(pageTitle) ? place : `${place} · ${pageTitle}`
}
